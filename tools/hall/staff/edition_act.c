/* SPDX-License-Identifier: Apache-2.0
 *
 * POST /api/edition/43/approve, rollout, pause, resume, withdraw, and /api/system/1.5.9/… the same:
 * {"reason","seq",…edition_wire.h…}. 200 with how it stands; 409, with how it stands too, where it is at another point by
 * now, or somebody changed what the page showed; 422 for all else, by rules/edition_refusal.def. What is due of a catalogue
 * follows within seconds (terminals/offer.c), of a system at once.
 *
 * POST /api/system-retry: {"terminal","reason"}. 409: nothing failed there, or not any more.
 */
#include <stdio.h>
#include <stdlib.h>

#include "tools/hall/staff/edition_view.h"
#include "tools/hall/staff/edition_wire.h"

static void take_say(struct ask *a, bool (*read_path)(const char *tail, struct edition_say *ret), const void *body,
                     size_t len)
{
    struct err e = {0};

    a->edition = calloc(1, sizeof *a->edition);
    if (!a->edition)
        ask_refuse(a, 503, "busy");
    else if (!read_path(exchange_tail(a->exchange), a->edition))
        ask_refuse(a, 404, "no-verb");
    else if (edition_say_decode(body, len, a->edition, &e) < 0 || !a->edition->seq)
        ask_refuse(a, 400, "unreadable");
    else
        ask_keeps(a, a->edition->reason);
}

static void take(struct ask *a, const void *body, size_t len)
{
    take_say(a, edition_path_decode, body, len);
}

static void take_system(struct ask *a, const void *body, size_t len)
{
    take_say(a, system_path_decode, body, len);
}

static int put_edition(struct ask *a, struct store *s, const struct edition_row *r, struct err *e)
{
    int64_t above = 0;
    int rc = r->edition.kind == EDITION_SYSTEM ? system_above(s, &r->edition, &above, e)
                                               : edition_files_offered(a->desk->data, &above, e);

    if (rc < 0)
        return rc;
    jsonw_obj(&a->w, "edition");
    rc = edition_put_view(a, s, &a->w, r, above, e);
    jsonw_end(&a->w);
    return rc;
}

static int refuse(struct ask *a, struct store *s, enum edition_refusal why, const struct edition_row *r, struct err *e)
{
    bool late = why == EDITION_STATE_REFUSED || why == EDITION_CHANGED_REFUSED;
    char reason[40];

    snprintf(reason, sizeof reason, "edition-%s", edition_refusal_word(why));
    ask_refuse(a, why == EDITION_NO_EDITION_REFUSED ? 404 : late ? 409 : 422, reason);
    return late ? put_edition(a, s, r, e) : 0;
}

static int put_answer(struct ask *a, struct store *s, const struct edition_row *r, struct err *e)
{
    ask_answer(a, 200);
    edition_put_at(&a->w, "at", a->now);
    return put_edition(a, s, r, e);
}

static struct edition_deed deed_of(const struct ask *a)
{
    const struct edition_say *say = a->edition;

    return (struct edition_deed){
        .data = a->desk->data,
        .kind = say->kind,
        .name = say->name,
        .act = say->act,
        .version = say->version,
        .seen = say->seq,
        .by = {.id = a->me.id, .name = a->me.name, .office = a->me.office, .why = say->reason, .now = a->now},
        .next = say->percent,
        .at = say->at,
        .chosen = say->terminals[0] ? say->terminals : NULL,
        .stop_after = say->stop_after,
        .damaged = a->damaged};
}

/* A bundle of hundreds of megabytes is read in a reader's thread: the writer's holds up all who hand something in. */
static int prepare(struct ask *a, struct store *s, struct err *e)
{
    struct edition_deed d = deed_of(a);
    int rc = edition_prepare(s, &d, e);

    a->damaged = d.damaged;
    return rc;
}

static int act(struct ask *a, struct store *s, struct err *e)
{
    const struct edition_say *say = a->edition;
    const struct edition_deed d = deed_of(a);
    enum edition_refusal why;
    struct edition_row r, stepped;
    int rc = edition_do(s, &d, &why, &r, e);

    if (rc == 0 && why != EDITION_MAY)
        return refuse(a, s, why, &r, e);
    if (rc == 0 && say->kind == EDITION_SYSTEM && (rc = edition_step(s, say->kind, d.data, a->now, &stepped, e)) >= 0)
        rc = edition_read(s, say->kind, r.edition.version, &r, e);
    return rc == 0 ? put_answer(a, s, &r, e) : rc;
}

static void ended(struct ask *a)
{
    free(a->edition);
}

const struct api api_edition_act = {.take = take, .write = act, .ended = ended};
const struct api api_system_act = {.take = take_system, .read = prepare, .write = act, .ended = ended};

/* --- one terminal --- */

static void take_again(struct ask *a, const void *body, size_t len)
{
    struct err e = {0};

    if (retry_say_decode(body, len, &a->again, &e) < 0)
        ask_refuse(a, 400, "unreadable");
    else
        (void)ask_keeps(a, a->again.reason);
}

static int again(struct ask *a, struct store *s, struct err *e)
{
    const struct edition_by by = {
        .id = a->me.id, .name = a->me.name, .office = a->me.office, .why = a->again.reason, .now = a->now};
    struct err none = {0};
    int rc = edition_again(s, a->again.terminal, &by, &none);

    if (rc == -ERR_NOTFOUND) {
        ask_refuse(a, 409, "nothing-failed");
        return 0;
    }
    if (rc < 0) {
        *e = none;
        return rc;
    }
    ask_answer(a, 200);
    edition_put_at(&a->w, "at", a->now);
    jsonw_str(&a->w, "terminal", a->again.terminal);
    return 0;
}

const struct api api_system_retry = {.take = take_again, .write = again};
