/* SPDX-License-Identifier: Apache-2.0
 *
 * POST /api/duty/VERB: an open alert is taken, left or done (rules/duty.def), once: what is sent again with the same id is
 * told as it stands. Whoever was faster is named (409): {"reason","staff","name","words","taken","by"}.
 *
 * POST /api/duty-shift/put, /drop: a row of the duty list.
 */
#include <string.h>

#include "base/text.h"
#include "tools/hall/staff/fleet_view.h"
#include "tools/hall/store/store_duty.h"

#define MINUTE_MS INT64_C(60000)

static void take(struct ask *a, const void *body, size_t len)
{
    struct err e = {0};
    enum duty_verb verb = DUTY_VERBS;

    if (!duty_verb_by_word(exchange_tail(a->exchange), &verb))
        ask_refuse(a, 404, "no-verb");
    else if (duty_ask_decode(body, len, &a->duty, &e) < 0 || (verb == DUTY_TAKE) != (a->duty.minutes > 0))
        ask_refuse(a, 400, "unreadable");
    else
        (void)ask_keeps(a, a->duty.words);
    a->duty.verb = verb;
}

static void put_whose(struct jsonw *w, const struct duty_row *r)
{
    jsonw_str(w, "staff", r->staff);
    jsonw_str(w, "name", r->name);
    jsonw_str(w, "words", r->words);
    fleet_put_at(w, "taken", r->taken);
    fleet_put_at(w, "by", r->by);
    fleet_put_at(w, "ended", r->ended);
}

static int press_write(struct ask *a, struct store *s, struct err *e)
{
    const struct duty_ask *say = &a->duty;
    const struct duty_deed d = {.office = a->me.office,
                                .terminal = say->terminal,
                                .what = say->what,
                                .since = say->since,
                                .verb = say->verb,
                                .staff = a->me.id,
                                .name = a->me.name,
                                .words = say->words,
                                .seen = say->seen,
                                .now = a->now,
                                .by = say->verb == DUTY_TAKE ? a->now + say->minutes * MINUTE_MS : 0,
                                .id = say->id};
    enum duty_refusal why;
    struct duty_row row;
    int rc = duty_do(s, &d, &why, &row, e);

    if (rc < 0)
        return rc;
    if (why == DUTY_MAY) {
        ask_answer(a, 200);
        fleet_put_at(&a->w, "at", a->now);
        jsonw_bool(&a->w, "repeated", rc == 1);
    } else {
        ask_refuse(a, duty_refusal_status(why), duty_refusal_word(why));
    }
    if (why != DUTY_NOT_NONE)
        put_whose(&a->w, &row);
    return 0;
}

const struct api api_press_duty = {.take = take, .write = press_write};

/* --- the list --- */

static void shift_take(struct ask *a, const void *body, size_t len)
{
    const char *verb = exchange_tail(a->exchange);
    struct err e = {0};

    a->shift.drops = strcmp(verb, "drop") == 0;
    if (!a->shift.drops && strcmp(verb, "put") != 0)
        ask_refuse(a, 404, "no-verb");
    else if (shift_ask_decode(body, len, &a->shift, &e) < 0)
        ask_refuse(a, 400, "unreadable");
    else
        (void)ask_keeps(a, a->shift.shift.way);
}

static int shift_write(struct ask *a, struct store *s, struct err *e)
{
    struct err why = {0};
    int rc = a->shift.drops ? shift_drop(s, a->me.office, a->shift.shift.id, a->me.id, &why)
                            : shift_put(s, a->me.office, &a->shift.shift, a->me.id, &why);

    if (rc == -ERR_NOTFOUND || rc == -ERR_RANGE || rc == -ERR_NOSPACE) {
        ask_refuse(a, 422, rc == -ERR_NOTFOUND ? "not-of-fleet" : rc == -ERR_RANGE ? "no-zone" : "list-full");
        return 0;
    }
    if (rc < 0) {
        *e = why;
        return rc;
    }
    ask_answer(a, 200);
    fleet_put_at(&a->w, "at", a->now);
    return 0;
}

const struct api api_shift = {.take = shift_take, .write = shift_write};
