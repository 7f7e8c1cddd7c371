/* SPDX-License-Identifier: Apache-2.0
 *
 * See store_duty.h: rows, and what somebody does about one. Looking is store_duty_look.c's.
 */
#include "tools/hall/store/store_duty.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "wire/enrol.h"

int duty_alert(struct store *s, int office, const char *terminal, const char *what, int64_t since, struct err *e)
{
    struct duty_kind k = duty_kind(what);
    int rc = k.lasts ? 0
                     : sql_do(store_sql(s), e,
                              "INSERT INTO duty (office, terminal, what, since, ended, level, staff, name, words, taken,"
                              " promised, act, told, told_to) VALUES ($1,$2,$3,$4,0,$5,'','','',0,0,$6,0,'')"
                              " ON CONFLICT DO NOTHING",
                              "ittiib", (int64_t)office, terminal, what, since, (int64_t)k.level, "", (size_t)0);

    return rc < 0 ? err_wrap(e, rc, "open the alert %s", what) : 0;
}

/* --- rows --- */

/* The message of who was told last is of the look in which he was (feed_of_duty). */
#define ROWS                                                                                                                \
    "SELECT d.office, d.terminal, d.what, d.since, d.ended, d.level, d.staff, d.name, d.words, d.taken, d.promised,"        \
    " d.told, d.told_to, coalesce(t.place, ''), coalesce(a.count, 0), coalesce(a.detail, ''), coalesce(z.zone, ''),"        \
    " coalesce(c.state, -1), coalesce(c.role, -1), CASE WHEN n.sent=0 THEN 1 ELSE 0 END, coalesce(n.tries, 0),"             \
    " coalesce(g.rounds, 0)"                                                                                                \
    " FROM duty d LEFT JOIN terminal t ON t.office=d.office AND t.terminal=d.terminal"                                      \
    " LEFT JOIN terminal_zone z ON z.office=d.office AND z.terminal=d.terminal"                                             \
    " LEFT JOIN notice n ON n.office=d.office AND n.number=d.told_to AND n.about='duty ' || CAST(d.told AS TEXT)"           \
    " LEFT JOIN duty_round g ON g.office=d.office AND g.terminal=d.terminal AND g.what=d.what AND g.since=d.since"          \
    " LEFT JOIN account c ON c.id=d.staff"                                                                                  \
    " LEFT JOIN alert a ON a.office=d.office AND a.terminal=d.terminal AND a.what=d.what "

/* One that cannot be read is none: an alert is shown all the same. */
static void read_place(const char *text, struct place *ret)
{
    if (!text[0] || enrol_place_decode(text, strlen(text), ret, NULL) < 0)
        *ret = (struct place){.zone = ""};
}

/* He has an account no more, it is disabled, or he looks after no terminals any more. */
static bool is_gone(int64_t state, int64_t role)
{
    return state < 0 || state == ACCOUNT_DISABLED || role < 0 || !role_uses((enum role)role, ROLE_USE_FLEET);
}

static void read_row(struct sql_rows *r, struct duty_row *ret)
{
    int64_t level = sql_int(r, 5);

    *ret = (struct duty_row){.office = (int)sql_int(r, 0),
                             .since = sql_int(r, 3),
                             .ended = sql_int(r, 4),
                             .level = level >= 0 && level < DUTY_LEVELS ? (enum duty_level)level : DUTY_SOON,
                             .taken = sql_int(r, 9),
                             .by = sql_int(r, 10),
                             .told = sql_int(r, 11),
                             .count = sql_int(r, 14)};
    text_copy(ret->terminal, sizeof ret->terminal, sql_text(r, 1));
    text_copy(ret->what, sizeof ret->what, sql_text(r, 2));
    text_copy(ret->staff, sizeof ret->staff, sql_text(r, 6));
    text_copy(ret->name, sizeof ret->name, sql_text(r, 7));
    text_copy(ret->words, sizeof ret->words, sql_text(r, 8));
    text_copy(ret->told_to, sizeof ret->told_to, sql_text(r, 12));
    read_place(sql_text(r, 13), &ret->place);
    text_copy(ret->detail, sizeof ret->detail, sql_text(r, 15));
    text_copy(ret->zone, sizeof ret->zone, sql_text(r, 16));
    ret->lasts = duty_kind(ret->what).lasts;
    ret->waits = ret->told && sql_int(r, 19) != 0;
    ret->tries = ret->waits ? (int)sql_int(r, 20) : 0;
    ret->rounds = (int)sql_int(r, 21);
    ret->gone = ret->staff[0] && is_gone(sql_int(r, 17), sql_int(r, 18));
}

static int each(struct sql_rows *r, int rc, duty_fn *fn, void *ctx, struct err *e)
{
    struct duty_row row;

    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        read_row(r, &row);
        if (fn(ctx, &row) != 0)
            break;
        rc = 0;
    }
    sql_done(r);
    return rc < 0 ? err_wrap(e, rc, "read the open alerts") : 0;
}

int duty_each(struct store *s, int office, int64_t ended, duty_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = ended ? sql_select(store_sql(s), &r, e,
                                ROWS "WHERE d.office=$1 AND d.ended>$2 ORDER BY d.ended DESC, d.terminal, d.what", "ii",
                                (int64_t)office, ended)
                   : sql_select(store_sql(s), &r, e,
                                ROWS "WHERE d.office=$1 AND d.ended=0 ORDER BY d.level,"
                                     " CASE WHEN d.staff='' THEN 0 ELSE 1 END, d.since, d.terminal, d.what",
                                "i", (int64_t)office);

    return each(r, rc, fn, ctx, e);
}

int duty_each_zone(struct store *s, int office, duty_zone_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    struct place place;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT z.zone, min(t.place) FROM terminal_zone z JOIN terminal t ON t.office=z.office"
                        " AND t.terminal=z.terminal WHERE z.office=$1 AND z.zone<>'' GROUP BY z.zone ORDER BY z.zone",
                        "i", (int64_t)office);

    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        read_place(sql_text(r, 1), &place);
        if (fn(ctx, sql_text(r, 0), &place) != 0)
            break;
        rc = 0;
    }
    sql_done(r);
    return rc < 0 ? err_wrap(e, rc, "read the zones of office %d", office) : 0;
}

struct waiting {
    int64_t now;
    duty_fn *fn;
    void *ctx;
};

static int each_waiting(void *ctx, const struct duty_row *r)
{
    const struct waiting *w = ctx;

    return duty_facts_of(r, false).by_ms <= w->now ? w->fn(w->ctx, r) : 0;
}

int duty_each_told(struct store *s, int office, const char *staff, int64_t at, int64_t now_ms, duty_fn *fn, void *ctx,
                   struct err *e)
{
    struct waiting w = {now_ms, fn, ctx};
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        ROWS "JOIN duty_told k ON k.office=d.office AND k.terminal=d.terminal AND k.what=d.what"
                             " AND k.since=d.since WHERE k.office=$1 AND k.staff=$2 AND k.at=$3 AND d.ended=0"
                             " ORDER BY d.level, d.since, d.terminal, d.what",
                        "iti", (int64_t)office, staff, at);

    return each(r, rc, each_waiting, &w, e);
}

int duty_way(struct store *s, int office, const char *staff, int64_t at, char ret[SHIFT_WAY_MAX + 1], struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT way FROM duty_told WHERE office=$1 AND staff=$2 AND at=$3 LIMIT 1",
                        "iti", (int64_t)office, staff, at);

    if (rc == 0 && (rc = sql_next(r, e)) == 1)
        text_copy(ret, SHIFT_WAY_MAX + 1, sql_text(r, 0));
    else if (rc == 0)
        rc = err_set(e, ERR_NOTFOUND, "nothing was told %s then", staff);
    sql_done(r);
    return rc < 0 ? rc : 0;
}

struct duty_facts duty_facts_of(const struct duty_row *r, bool again)
{
    return (struct duty_facts){.level = r->level,
                               .told_ms = r->told,
                               .nobody = strcmp(r->told_to, DUTY_NOBODY) == 0,
                               .again = again && !r->waits,
                               .rounds = r->rounds,
                               .by_ms = r->gone ? 0 : r->by};
}

/* -1: never. */
static int told_at(struct store *s, const struct duty_row *r, const char *staff, int64_t *ret, struct err *e)
{
    struct sql_rows *rows = NULL;
    int rc = sql_select(store_sql(s), &rows, e,
                        "SELECT at FROM duty_told WHERE office=$1 AND terminal=$2 AND what=$3 AND since=$4 AND staff=$5",
                        "ittit", (int64_t)r->office, r->terminal, r->what, r->since, staff);

    rc = rc == 0 ? sql_next(rows, e) : rc;
    *ret = rc == 1 ? sql_int(rows, 0) : -1;
    sql_done(rows);
    return rc < 0 ? rc : 0;
}

int duty_next_of(struct store *s, const struct duty_row *r, const struct shift *const *on, size_t n,
                 const struct shift **ret, bool *ret_again, struct err *e)
{
    bool anew = strcmp(r->told_to, DUTY_NOBODY) == 0;
    int64_t at, least = INT64_MAX;
    int rc = 0;

    *ret = anew && n ? on[0] : NULL;
    for (size_t i = 0; rc == 0 && !anew && i < n; i++) {
        rc = told_at(s, r, on[i]->staff, &at, e);
        if (rc == 0 && at < least) {
            least = at;
            *ret = on[i];
        }
    }
    *ret_again = !anew && *ret && least > 0;
    return rc;
}

/* --- what somebody does --- */

struct found {
    struct duty_row row;
    bool found;
};

static int find(struct store *s, const struct duty_deed *d, struct found *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, ROWS "WHERE d.office=$1 AND d.terminal=$2 AND d.what=$3 AND d.since=$4", "itti",
                        (int64_t)d->office, d->terminal, d->what, d->since);

    *ret = (struct found){.found = false};
    if (rc == 0 && (rc = sql_next(r, e)) == 1) {
        ret->found = true;
        read_row(r, &ret->row);
        rc = 0;
    }
    sql_done(r);
    return rc;
}

/* 1: this very press was done before. */
static int is_again(struct store *s, const struct duty_deed *d, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT 1 FROM duty WHERE office=$1 AND terminal=$2 AND what=$3 AND since=$4 AND act=$5", "ittib",
                        (int64_t)d->office, d->terminal, d->what, d->since, d->id, (size_t)16);

    rc = rc == 0 ? sql_next(r, e) : rc;
    sql_done(r);
    return rc;
}

/* 1: it was written; 0: it is another's meanwhile, or over. Who leaves it stays named beside what he said. */
static int write_row(struct store *s, const struct duty_deed *d, struct err *e)
{
    bool leaves = d->verb == DUTY_LEAVE, done = d->verb == DUTY_DONE;

    return sql_do(store_sql(s), e,
                  "UPDATE duty SET staff=$1, name=$2, words=$3, taken=$4, promised=$5, act=$6, ended=$7, told=0, told_to=''"
                  " WHERE office=$8 AND terminal=$9 AND what=$10 AND since=$11 AND ended=0 AND staff=$12",
                  "tttiibiittit", leaves ? "" : d->staff, d->name, d->words, d->now, leaves || done ? (int64_t)0 : d->by,
                  d->id, (size_t)16, done ? d->now : (int64_t)0, (int64_t)d->office, d->terminal, d->what, d->since,
                  d->seen);
}

/* Whoever was told before may have thought that a colleague sees to it: all are to be told anew, who speaks now last. */
static int begin_anew(struct store *s, const struct duty_deed *d, struct err *e)
{
    int rc = sql_do(store_sql(s), e, "DELETE FROM duty_told WHERE office=$1 AND terminal=$2 AND what=$3 AND since=$4",
                    "itti", (int64_t)d->office, d->terminal, d->what, d->since);

    if (rc >= 0)
        rc = sql_do(store_sql(s), e, "DELETE FROM duty_round WHERE office=$1 AND terminal=$2 AND what=$3 AND since=$4",
                    "itti", (int64_t)d->office, d->terminal, d->what, d->since);
    return rc < 0 ? rc
                  : sql_do(store_sql(s), e,
                           "INSERT INTO duty_told (office, terminal, what, since, staff, way, at)"
                           " VALUES ($1,$2,$3,$4,$5,'',0) ON CONFLICT DO NOTHING",
                           "ittit", (int64_t)d->office, d->terminal, d->what, d->since, d->staff);
}

static int write_down(struct store *s, const struct duty_deed *d, enum duty_refusal why, struct err *e)
{
    char action[32], words[DUTY_WHAT_MAX + DUTY_WORDS_MAX + 80];

    snprintf(action, sizeof action, "duty-%s", duty_verb_word(d->verb));
    snprintf(words, sizeof words, "%s%s%s: %s", why == DUTY_MAY ? "" : "refused: ", duty_refusal_word(why),
             why == DUTY_MAY ? d->what : "", why == DUTY_MAY ? d->words : d->what);
    return store_audit(s, d->office, d->staff, action, d->terminal, words, e);
}

int duty_do(struct store *s, const struct duty_deed *d, enum duty_refusal *ret_why, struct duty_row *ret, struct err *e)
{
    struct found f;
    int rc = is_again(s, d, e), again = rc == 1;

    *ret_why = DUTY_NOT_NONE;
    if (rc >= 0)
        rc = find(s, d, &f, e);
    if (rc == 0 && f.found && !again) {
        const struct duty_stand stand = {f.row.ended != 0, f.row.lasts, f.row.staff};

        *ret_why = duty_judge(&stand, d->verb, d->staff, d->seen);
        if (*ret_why == DUTY_MAY && (rc = write_row(s, d, e)) == 0)
            rc = err_set(e, ERR_RETRY, "somebody was faster");
        if (rc == 1)
            rc = begin_anew(s, d, e);
        if (rc >= 0)
            rc = write_down(s, d, *ret_why, e);
        if (rc >= 0)
            rc = find(s, d, &f, e);
    }
    if (rc < 0)
        return rc;
    if (again)
        *ret_why = DUTY_MAY;
    *ret = f.row;
    return again;
}
