/* SPDX-License-Identifier: Apache-2.0
 *
 * POST /api/acts: something is wanted of terminals of the office, of each once: what is sent again with the same id changes
 * nothing. Whether their zone can spare them is asked when each comes for it (rules/act.h), not here.
 *
 * POST /api/acts-withdraw: one of them is taken back, by its id, so that nobody withdraws what he has not seen:
 * {"id","why"}. 409 where its terminal has it by now, or something newer stands in its place; then nothing changes.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/staff/fleet_view.h"
#include "tools/hall/store/store_act.h"

static void take(struct ask *a, const void *body, size_t len)
{
    struct err e = {0};

    if (order_ask_decode(body, len, &a->order, &e) < 0)
        ask_refuse(a, 400, "unreadable");
    else
        (void)(ask_keeps(a, a->order.zh) && ask_keeps(a, a->order.en) && ask_keeps(a, a->order.why));
}

/* Each terminal's own, of the id that was sent. */
static void name_act(const struct order_ask *o, const char *terminal, uint8_t out[ACT_ID_LEN])
{
    uint8_t hash[SHA256_LEN];
    struct sha256 *h = sha256_begin();

    sha256_add(h, o->id, sizeof o->id);
    sha256_add(h, terminal, strlen(terminal));
    sha256_end(h, hash);
    memcpy(out, hash, ACT_ID_LEN);
}

static void fill(const struct ask *a, const char *terminal, struct act_row *r)
{
    const struct order_ask *o = &a->order;
    int64_t hours = o->hours * HOUR_STRIP_MS;

    *r = (struct act_row){.act = {.at_ms = a->now, .kind = o->kind, .reason = o->reason}};
    r->act.until_ms = a->now + (o->kind == ACT_MESSAGE && hours ? hours : ACT_MS);
    r->act.back_ms = o->kind == ACT_OUT && hours ? a->now + hours : 0;
    name_act(o, terminal, r->act.id);
    text_copy(r->act.terminal, sizeof r->act.terminal, terminal);
    text_copy(r->act.by, sizeof r->act.by, a->me.id);
    text_copy(r->act.zh, sizeof r->act.zh, o->zh);
    text_copy(r->act.en, sizeof r->act.en, o->en);
    text_copy(r->why, sizeof r->why, o->why);
    text_copy(r->name, sizeof r->name, a->me.name);
}

/* 1: it is new; 0: it was sent before. */
static int add(struct ask *a, struct store *s, const char *terminal, struct err *e)
{
    char why[ORDER_WHY_MAX + 40];
    struct act_row r;

    fill(a, terminal, &r);
    int rc = act_add(s, a->me.office, &r, e);
    if (rc != 1)
        return rc;
    snprintf(why, sizeof why, "%s: %s", act_word(r.act.kind), r.why);
    rc = store_audit(s, a->me.office, a->me.id, "terminal-act", terminal, why, e);
    return rc < 0 ? rc : 1;
}

static int order_write(struct ask *a, struct store *s, struct err *e)
{
    struct err why = {0};
    int rc = store_mark(s, e);
    bool repeated = false;

    for (size_t i = 0; rc >= 0 && i < a->order.n; i++) {
        rc = add(a, s, a->order.terminals[i], &why);
        repeated |= rc == 0;
    }
    if (rc == -ERR_NOTFOUND || rc == -ERR_EXISTS) { /* none of them, then */
        ask_refuse(a, rc == -ERR_NOTFOUND ? 404 : 422, rc == -ERR_NOTFOUND ? "no-terminal" : "id-used");
        return store_back(s, e);
    }
    if (rc < 0) {
        *e = why;
        return rc;
    }
    ask_answer(a, 200);
    fleet_put_at(&a->w, "at", a->now);
    jsonw_int(&a->w, "wanted", (int64_t)a->order.n);
    jsonw_bool(&a->w, "repeated", repeated);
    return store_unmark(s, e);
}

const struct api api_order = {.take = take, .write = order_write};

/* --- taken back --- */

static void take_withdraw(struct ask *a, const void *body, size_t len)
{
    struct err e = {0};

    if (withdraw_ask_decode(body, len, &a->order, &e) < 0)
        ask_refuse(a, 400, "unreadable");
    else
        (void)ask_keeps(a, a->order.why);
}

static int withdraw_write(struct ask *a, struct store *s, struct err *e)
{
    const struct act_withdrawal w = {a->me.office, a->order.id, a->me.id, a->order.why, a->now};
    struct act_row r;
    int rc = act_withdraw(s, &w, &r, e);

    if (rc < 0)
        return rc;
    if (rc == 0) {
        ask_refuse(a, 409, "act-not-waiting");
        return 0;
    }
    ask_answer(a, 200);
    fleet_put_at(&a->w, "at", a->now);
    jsonw_str(&a->w, "terminal", r.act.terminal);
    jsonw_str(&a->w, "act", act_word(r.act.kind));
    jsonw_str(&a->w, "zh", r.act.zh);
    return 0;
}

const struct api api_withdraw = {.take = take_withdraw, .write = withdraw_write};
