/* SPDX-License-Identifier: Apache-2.0
 *
 * See store_act.h.
 */
#include "tools/hall/store/store_act.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "tools/hall/rules/rollout.h"
#include "tools/hall/store/terminal.h"

#define AWAY_MAX 512 /* terminals of an office that are away by acts; beyond it nothing is given */

/* --- rows --- */

#define COLUMNS "terminal, id, act, reason, back, zh, en, why, staff, name, made, until, granted, done FROM terminal_act"

static void read_row(struct sql_rows *r, struct act_row *ret)
{
    const char *reason = sql_text(r, 3);

    *ret = (struct act_row){.granted_ms = sql_int(r, 12), .done_ms = sql_int(r, 13)};
    text_copy(ret->act.terminal, sizeof ret->act.terminal, sql_text(r, 0));
    bool known = sql_copy(r, 1, ret->act.id, ACT_ID_LEN) == 0 && act_by_word(sql_text(r, 2), &ret->act.kind);
    if (!known)
        ret->act.kind = ACT_SYNC; /* of a newer hall, or damaged: its time is over, so it is never given */
    ret->act.reason = *reason ? outage_by_word(reason) : 0;
    ret->act.back_ms = sql_int(r, 4);
    text_copy(ret->act.zh, sizeof ret->act.zh, sql_text(r, 5));
    text_copy(ret->act.en, sizeof ret->act.en, sql_text(r, 6));
    text_copy(ret->why, sizeof ret->why, sql_text(r, 7));
    text_copy(ret->act.by, sizeof ret->act.by, sql_text(r, 8));
    text_copy(ret->name, sizeof ret->name, sql_text(r, 9));
    ret->act.at_ms = sql_int(r, 10);
    ret->act.until_ms = known ? sql_int(r, 11) : 0;
}

static bool same(const struct act_row *a, const struct act_row *b)
{
    return a->act.kind == b->act.kind && a->act.reason == b->act.reason && strcmp(a->act.terminal, b->act.terminal) == 0 &&
           strcmp(a->act.zh, b->act.zh) == 0 && strcmp(a->act.en, b->act.en) == 0 && strcmp(a->why, b->why) == 0;
}

static int find_row(struct store *s, int office, const uint8_t id[ACT_ID_LEN], struct act_row *ret, struct err *e)
{
    struct sql_rows *rows = NULL;
    int rc = sql_select(store_sql(s), &rows, e, "SELECT " COLUMNS " WHERE office=$1 AND id=$2", "ib", (int64_t)office, id,
                        (size_t)ACT_ID_LEN);

    if (rc == 0 && (rc = sql_next(rows, e)) == 1)
        read_row(rows, ret);
    sql_done(rows);
    return rc;
}

static int check_known(struct store *s, int office, const struct act_row *r, struct err *e)
{
    struct act_row is;
    int rc = find_row(s, office, r->act.id, &is, e);

    return rc == 1 && !same(&is, r) ? err_set(e, ERR_EXISTS, "something else has this id") : rc < 0 ? rc : 0;
}

/* What is wanted in the place of something that no terminal has yet ends it: out of service and back are one matter. */
static int overtake(struct store *s, int office, const struct act *a, struct err *e)
{
    enum act_kind other = a->kind == ACT_OUT ? ACT_IN : a->kind == ACT_IN ? ACT_OUT : a->kind;
    int rc = sql_do(store_sql(s), e,
                    "UPDATE terminal_act SET until=$1 WHERE office=$2 AND terminal=$3 AND act IN ($4,$5) AND id<>$6"
                    " AND granted=0 AND done=0 AND made<=$7 AND until>$8",
                    "iitttbii", a->at_ms, (int64_t)office, a->terminal, act_word(a->kind), act_word(other), a->id,
                    (size_t)ACT_ID_LEN, a->at_ms, a->at_ms);

    return rc < 0 ? rc : 1;
}

int act_add(struct store *s, int office, const struct act_row *r, struct err *e)
{
    const struct act *a = &r->act;
    struct terminal t;
    int rc = terminal_get(s, a->terminal, &t, e);

    if (rc == 0 && t.office != office)
        rc = err_set(e, ERR_NOTFOUND, "terminal %s", a->terminal);
    if (rc == 0)
        rc = sql_do(
            store_sql(s), e,
            "INSERT INTO terminal_act (office, id, terminal, act, reason, back, zh, en, why, staff, name, made, until,"
            " granted, done) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,0,0) ON CONFLICT (office, id)"
            " DO NOTHING",
            "ibtttitttttii", (int64_t)office, a->id, (size_t)ACT_ID_LEN, a->terminal, act_word(a->kind),
            a->kind == ACT_OUT ? outage_word(a->reason) : "", a->back_ms, a->zh, a->en, r->why, a->by, r->name, a->at_ms,
            a->until_ms);
    if (rc == 0)
        rc = check_known(s, office, r, e);
    else if (rc == 1)
        rc = overtake(s, office, a, e);
    return err_wrap(e, rc, "%s for terminal %s", act_word(a->kind), a->terminal);
}

int act_each(struct store *s, int office, const char *terminal, act_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *rows = NULL;
    struct act_row r;
    int rc = sql_select(store_sql(s), &rows, e,
                        "SELECT " COLUMNS " WHERE office=$1 AND terminal=$2 ORDER BY made DESC, id LIMIT $3", "iti",
                        (int64_t)office, terminal, (int64_t)ACTS_SHOWN_MAX);

    while (rc == 0 && (rc = sql_next(rows, e)) == 1) {
        read_row(rows, &r);
        rc = 0;
        if (fn(ctx, &r) != 0)
            break;
    }
    sql_done(rows);
    return err_wrap(e, rc, "what staff want of terminal %s", terminal);
}

int act_waits(struct store *s, int office, const char *terminal, int64_t now_ms, struct err *e)
{
    struct sql_rows *rows = NULL;
    int rc = sql_select(
        store_sql(s), &rows, e,
        "SELECT 1 FROM terminal_act WHERE office=$1 AND terminal=$2 AND until>$3 AND until>made AND (done=0 OR"
        " act='message') LIMIT 1",
        "iti", (int64_t)office, terminal, now_ms);

    if (rc == 0)
        rc = sql_next(rows, e);
    sql_done(rows);
    return err_wrap(e, rc, "what staff want of terminal %s", terminal);
}

int act_done(struct store *s, int office, const char *terminal, const uint8_t id[ACT_ID_LEN], int64_t at_ms, struct err *e)
{
    int rc = sql_do(store_sql(s), e, "UPDATE terminal_act SET done=$1 WHERE office=$2 AND id=$3 AND terminal=$4 AND done=0",
                    "iibt", at_ms, (int64_t)office, id, (size_t)ACT_ID_LEN, terminal);

    return rc < 0 ? err_wrap(e, rc, "what terminal %s has done", terminal) : 0;
}

/* What is withdrawn was good for no moment; nothing else is. */
static bool is_withdrawn(const struct act_row *r)
{
    return r->act.until_ms == r->act.at_ms;
}

/* Halls that share a database give, or take back, one after the other: each must see what the other has given. */
static int lock_office(struct store *s, int office, struct err *e)
{
    int rc = sql_do(store_sql(s), e, "UPDATE office SET registration=registration WHERE office=$1", "i", (int64_t)office);

    return rc < 0 ? rc : 0;
}

bool act_row_waits(const struct act_row *r, int64_t now_ms)
{
    return !r->granted_ms && !r->done_ms && !is_withdrawn(r) && now_ms < r->act.until_ms;
}

void act_row_tell(const struct act_row *r, char out[ACT_TOLD_MAX + 1])
{
    const struct act *a = &r->act;
    char at[CLOCK_RFC3339_LEN + 1];
    const char *reason = a->kind == ACT_OUT ? outage_word(a->reason) : "";

    clock_format_rfc3339(a->at_ms, at);
    snprintf(out, ACT_TOLD_MAX + 1, "%s%s%s%s%s%s, wanted by %s at %s", act_word(a->kind), *reason ? " " : "", reason,
             *a->zh ? " “" : "", a->zh, *a->zh ? "”" : "", r->name, at);
}

static int note_withdrawal(struct store *s, const struct act_withdrawal *w, const struct act_row *r, bool done,
                           struct err *e)
{
    char what[ACT_TOLD_MAX + 1] = "", words[ACT_TOLD_MAX + ACT_WHY_MAX + 40], id[2 * ACT_ID_LEN + 1];
    const char *subject = r->act.terminal;

    if (*subject) {
        act_row_tell(r, what);
    } else {
        hex_encode(w->id, ACT_ID_LEN, id);
        subject = id;
    }
    snprintf(words, sizeof words, "%s%s%s%s", done ? "" : "refused: act-not-waiting: ", what, *what ? ": " : "", w->why);
    return store_audit(s, w->office, w->who, "terminal-act-withdraw", subject, words, e);
}

int act_withdraw(struct store *s, const struct act_withdrawal *w, struct act_row *ret, struct err *e)
{
    bool done = false;
    int rc = lock_office(s, w->office, e);

    *ret = (struct act_row){.granted_ms = 0};
    if (rc == 0)
        rc = find_row(s, w->office, w->id, ret, e);
    if (rc == 1) {
        done = act_row_waits(ret, w->now_ms);
        rc = done ? sql_do(store_sql(s), e, "UPDATE terminal_act SET until=made WHERE office=$1 AND id=$2", "ib",
                           (int64_t)w->office, w->id, (size_t)ACT_ID_LEN)
                  : 0;
    }
    if (rc >= 0)
        rc = note_withdrawal(s, w, ret, done, e);
    return rc < 0 ? err_wrap(e, rc, "withdraw what was wanted of terminal %s", ret->act.terminal) : done;
}

/* --- the zone --- */

struct near {
    char away[AWAY_MAX][TERMINAL_ID_MAX + 1];
    size_t n_away;
    bool too_many;
    int64_t now_ms;
    struct zone_count count;
};

/* Terminals of the office that are away by an act, or may be at any moment. */
static int read_away(struct store *s, int office, struct near *n, struct err *e)
{
    struct sql_rows *rows = NULL;
    int rc = sql_select(
        store_sql(s), &rows, e,
        "SELECT DISTINCT terminal FROM terminal_act WHERE office=$1 AND act IN ('restart','out') AND granted>0"
        " AND ((done=0 AND until>$2) OR done>$3)",
        "iii", (int64_t)office, n->now_ms, n->now_ms - ACT_AWAY_MS);

    while (rc == 0 && (rc = sql_next(rows, e)) == 1) {
        rc = 0;
        n->too_many = n->n_away == AWAY_MAX;
        if (n->too_many)
            break;
        text_copy(n->away[n->n_away++], sizeof *n->away, sql_text(rows, 0));
    }
    sql_done(rows);
    return rc;
}

static bool is_away(const struct near *n, const char *id)
{
    for (size_t i = 0; i < n->n_away; i++)
        if (strcmp(n->away[i], id) == 0)
            return true;
    return n->too_many;
}

static int count_one(void *ctx, const struct fleet_terminal *t)
{
    struct near *n = ctx;
    struct situation_now now;
    int64_t heard = fleet_heard(t);

    if (!heard || n->now_ms - heard > ROLLOUT_GONE_MS)
        return 0;
    fleet_judge(t, n->now_ms, &now);
    n->count.all++;
    if (now.serves && !is_away(n, t->id)) /* who is not known to work is taken to be away */
        n->count.work++;
    else
        n->count.busy++;
    return 0;
}

static int count_near(struct store *s, const struct fleet_terminal *t, int64_t now_ms, struct zone_count *ret, struct err *e)
{
    struct near *n = calloc(1, sizeof *n);
    int rc = n ? 0 : err_set(e, ERR_NOMEM, "a zone");

    if (rc == 0) {
        n->now_ms = now_ms;
        n->count.all = 1;
        rc = read_away(s, t->office, n, e);
    }
    if (rc == 0)
        rc = fleet_each_near(s, t, count_one, n, e);
    if (rc == 0)
        *ret = n->count;
    free(n);
    return rc;
}

int act_stands(struct store *s, const struct fleet_terminal *t, const struct act_row *r, int64_t now_ms, enum act_stand *ret,
               struct err *e)
{
    struct situation_now now;
    struct act_facts f = {
        .kind = r->act.kind, .until_ms = r->act.until_ms, .granted_ms = r->granted_ms, .done_ms = r->done_ms};
    int rc = 0;

    fleet_judge(t, now_ms, &now);
    f.silent = now.situation == SITUATION_SILENT || now.situation == SITUATION_NEW;
    f.serves = now.serves;
    f.withdrawn = is_withdrawn(r);
    if (act_is_away(f.kind) && f.serves && !f.granted_ms && !f.done_ms)
        rc = count_near(s, t, now_ms, &f.zone, e);
    *ret = act_judge(&f, now_ms);
    return rc;
}

/* --- what a terminal is given --- */

struct granting {
    struct act_row list[ACTS_SHOWN_MAX];
    size_t n;
    bool has_message;
    int64_t now_ms;
};

/* Newest first: of messages only the first. */
static int gather(void *ctx, const struct act_row *r)
{
    struct granting *g = ctx;
    bool message = r->act.kind == ACT_MESSAGE, first = message && !g->has_message;

    if (is_withdrawn(r)) /* also where another hall's clock is behind */
        return 0;
    g->has_message |= message;
    if (g->now_ms < r->act.until_ms && (message ? first : !r->done_ms))
        g->list[g->n++] = *r;
    return g->n == ACTS_SHOWN_MAX;
}

static int keep_terminal(void *ctx, const struct fleet_terminal *t)
{
    *(struct fleet_terminal *)ctx = *t;
    return 1;
}

static int grant(struct store *s, int office, const struct act_row *r, int64_t now_ms, struct err *e)
{
    int rc = sql_do(store_sql(s), e, "UPDATE terminal_act SET granted=$1 WHERE office=$2 AND id=$3 AND granted=0", "iib",
                    now_ms, (int64_t)office, r->act.id, (size_t)ACT_ID_LEN);

    return rc < 0 ? rc : 0;
}

static int grant_all(struct store *s, const struct fleet_terminal *t, struct granting *g, struct act list[ACTS_MAX],
                     size_t *ret_n, struct err *e)
{
    int rc = 0;

    for (size_t i = g->n; rc == 0 && i-- > 0 && *ret_n < ACTS_MAX;) {
        const struct act_row *r = &g->list[i];
        enum act_stand stand = ACT_STAND_DONE;

        rc = act_stands(s, t, r, g->now_ms, &stand, e);
        if (stand == ACT_STAND_ZONE || stand == ACT_STAND_ZONE_SILENT)
            continue;
        if (rc == 0)
            rc = grant(s, t->office, r, g->now_ms, e);
        list[(*ret_n)++] = r->act;
    }
    return rc;
}

int act_grant(struct store *s, int office, const char *terminal, int64_t now_ms, struct act list[ACTS_MAX], size_t *ret_n,
              struct err *e)
{
    struct granting *g = calloc(1, sizeof *g);
    struct fleet_terminal t = {.office = -1};
    int rc = g ? 0 : err_set(e, ERR_NOMEM, "what staff want");

    *ret_n = 0;
    if (rc == 0) {
        g->now_ms = now_ms;
        rc = lock_office(s, office, e);
    }
    if (rc == 0)
        rc = act_each(s, office, terminal, gather, g, e);
    if (rc == 0)
        rc = fleet_each(s, office, terminal, keep_terminal, &t, e);
    if (rc == 0 && t.office >= 0)
        rc = grant_all(s, &t, g, list, ret_n, e);
    free(g);
    return rc;
}
