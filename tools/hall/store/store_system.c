/* SPDX-License-Identifier: Apache-2.0
 *
 * Systems and their rollout as rows. What failed on a terminal stays failed until staff say otherwise: `retried` is the
 * moment, and an older word of failure counts no more.
 */
#include "tools/hall/store/store_system.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "tools/hall/store/terminal.h"

/* --- what is published --- */

int system_release(struct store *s, const char *version, struct system_release *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT r.size, r.sha256, e.board, e.signer, e.replaces FROM system_release r"
                        " JOIN system_edition e ON e.name=r.version WHERE r.version=$1",
                        "t", version);

    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 1) {
        *ret = (struct system_release){.size = sql_int(r, 0)};
        text_copy(ret->version, sizeof ret->version, version);
        text_copy(ret->board, sizeof ret->board, sql_text(r, 2));
        text_copy(ret->signer, sizeof ret->signer, sql_text(r, 3));
        text_copy(ret->replaces, sizeof ret->replaces, sql_text(r, 4));
        rc = sql_copy(r, 1, ret->sha256, SHA256_LEN) ? err_set(e, ERR_INVALID, "its hash is damaged") : 0;
    } else if (rc == 0) {
        rc = err_set(e, ERR_NOTFOUND, "no such version is published");
    }
    sql_done(r);
    return err_wrap(e, rc, "system %s", version);
}

static int add_edition(struct store *s, const struct system_release *r, const struct edition_row *by, struct err *e)
{
    const struct edition *ed = &by->edition;

    return sql_do(
        store_sql(s), e,
        "INSERT INTO system_edition (version, name, seq, state, percent, next, next_at, stop_after, board, signer,"
        " replaces, brought_id, brought_by, brought, approved_by, approved, changed_by, changed, why)"
        " SELECT coalesce(max(version), 0)+1, $1, 1, $2, $3, $4, 0, $5, $6, $7, $8, $9, $10, $11, '', 0, '', 0, $12"
        " FROM system_edition",
        "ttiiitttttit", r->version, edition_state_word(ed->state), (int64_t)ed->percent, (int64_t)ed->next,
        (int64_t)ed->stop_after, r->board, r->signer, r->replaces, by->brought_id, by->brought_by, by->brought, by->why);
}

int system_publish(struct store *s, const struct system_release *r, const struct edition_row *by, struct err *e)
{
    struct system_release known;
    struct err none = {0};
    int rc = system_release(s, r->version, &known, &none);

    if (rc == 0)
        return known.size == r->size && memcmp(known.sha256, r->sha256, SHA256_LEN) == 0
                   ? 0
                   : err_set(e, ERR_EXISTS, "system %s is published with other bytes: give this one another version",
                             r->version);
    if (rc != -ERR_NOTFOUND) {
        *e = none;
        return rc;
    }
    rc = sql_do(store_sql(s), e, "INSERT INTO system_release (version, size, sha256, made) VALUES ($1,$2,$3,$4)", "tibi",
                r->version, r->size, r->sha256, (size_t)SHA256_LEN, clock_wall_ms());
    if (rc >= 0)
        rc = add_edition(s, r, by, e);
    return rc < 0 ? err_wrap(e, rc, "system %s", r->version) : 0;
}

int system_number(struct store *s, const char *version, int64_t *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT version FROM system_edition WHERE name=$1", "t", version);

    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 1)
        *ret = sql_int(r, 0);
    else if (rc == 0)
        rc = err_set(e, ERR_NOTFOUND, "no system %s is published", version);
    sql_done(r);
    return rc < 0 ? rc : 0;
}

static int find_begun(void *ctx, const struct edition_row *r)
{
    if (r->edition.percent == EDITION_NO_STAGE)
        return 0;
    *(struct edition *)ctx = r->edition;
    return 1;
}

int system_rollout(struct store *s, struct edition *ret, struct err *e)
{
    *ret = (struct edition){.kind = EDITION_SYSTEM, .percent = EDITION_NO_STAGE, .next = EDITION_NO_STAGE};
    int rc = edition_each(s, EDITION_SYSTEM, 0, find_begun, ret, e);

    return err_wrap(e, rc, "the rollout");
}

int system_set_hours(struct store *s, int office, int from_min, int to_min, struct err *e)
{
    int rc = sql_do(
        store_sql(s), e,
        "INSERT INTO system_hours (office, from_min, to_min) VALUES ($1,$2,$3) ON CONFLICT (office) DO UPDATE SET"
        " from_min=excluded.from_min, to_min=excluded.to_min",
        "iii", (int64_t)office, (int64_t)from_min, (int64_t)to_min);
    return rc < 0 ? err_wrap(e, rc, "hours of office %d", office) : 0;
}

/* --- the terminals --- */

/* A word that cannot be read is of a newer hall, or damaged: the terminal is as if it had said nothing of its system. */
static void read_report(struct sql_rows *r, struct system_terminal *t)
{
    const char *report = sql_text(r, 4);
    struct err why = {0};

    if (!*report || system_report_decode(report, strlen(report), &t->rule.report, &why) == 0)
        return;
    log_warn("hall", "the system of terminal %s cannot be read: %s", t->id, why.text);
    t->rule.report = (struct system_report){.state = SYSTEM_NONE};
}

/* What counting takes stands in columns; why it failed only in its words. One that has not spoken since those columns came
 * is read whole. */
static void read_columns(struct sql_rows *r, struct system_terminal *t)
{
    struct system_report *p = &t->rule.report;

    text_copy(p->running, sizeof p->running, sql_text(r, 10));
    text_copy(p->version, sizeof p->version, sql_text(r, 11));
    if (!p->running[0] || !system_state_by_word(sql_text(r, 12), &p->state) || p->state >= SYSTEM_FELLBACK)
        read_report(r, t);
}

static void read_terminal(struct sql_rows *r, bool whole, struct system_terminal *t)
{
    *t = (struct system_terminal){.office = (int)sql_int(r, 0)};
    text_copy(t->id, sizeof t->id, sql_text(r, 1));
    t->rule = (struct rollout_terminal){.id = t->id,
                                        .heard_ms = sql_int(r, 3),
                                        .granted_ms = sql_int(r, 5),
                                        .chosen = sql_int(r, 7) != 0,
                                        .from_min = (int)sql_int(r, 8),
                                        .to_min = (int)sql_int(r, 9)};
    if (whole) {
        terminal_read_place(t->id, sql_text(r, 2), &t->place);
        read_report(r, t);
    } else {
        read_columns(r, t);
    }
    if (sql_int(r, 6) && t->rule.report.state >= SYSTEM_FELLBACK) { /* staff said: again */
        t->rule.report.state = SYSTEM_HERE;
        t->rule.report.why[0] = '\0';
    }
}

typedef int system_fn(void *ctx, const struct system_terminal *t);

#define TERMINALS                                                                                                           \
    "SELECT t.office, t.terminal, t.place, coalesce(y.at, 0), coalesce(y.report, ''),"                                      \
    " coalesce(y.granted, 0),"                                                                                              \
    " CASE WHEN y.retried>0 THEN 1 ELSE 0 END,"                                                                             \
    " CASE WHEN c.terminal IS NULL THEN 0 ELSE 1 END,"                                                                      \
    " coalesce(h.from_min, $1), coalesce(h.to_min, $2), coalesce(w.running, ''), coalesce(y.version, ''),"                  \
    " coalesce(y.state, '')"                                                                                                \
    " FROM terminal t LEFT JOIN system_terminal y ON y.office=t.office AND y.terminal=t.terminal"                           \
    " LEFT JOIN system_running w ON w.office=t.office AND w.terminal=t.terminal"                                            \
    " LEFT JOIN system_chosen c ON c.version=$3 AND c.terminal=t.terminal"                                                  \
    " LEFT JOIN system_hours h ON h.office=t.office "
#define FROM_TO (int64_t) SYSTEM_FROM_MIN, (int64_t)SYSTEM_TO_MIN

static int give(struct sql_rows *rows, int rc, bool whole, system_fn *fn, void *ctx, struct err *e)
{
    while (rc == 0 && (rc = sql_next(rows, e)) == 1) {
        struct system_terminal t;

        read_terminal(rows, whole, &t);
        rc = 0;
        if (fn(ctx, &t))
            break;
    }
    sql_done(rows);
    return rc < 0 ? rc : 0;
}

int system_each(struct store *s, const struct edition *ed, int office, bool whole, system_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *rows = NULL;
    int rc = sql_select(store_sql(s), &rows, e,
                        TERMINALS "WHERE t.cert IS NOT NULL AND ($4<0 OR t.office=$4) ORDER BY t.office, t.terminal", "iiti",
                        FROM_TO, ed->name, (int64_t)office);

    return give(rows, rc, whole, fn, ctx, e);
}

/* The terminal that is asked about, and its neighbours. */
#define NEIGHBOURS_MAX 64
struct zone {
    struct system_terminal me;
    bool found;
    char ids[NEIGHBOURS_MAX][TERMINAL_ID_MAX + 1];
    struct rollout_terminal others[NEIGHBOURS_MAX];
    size_t n;
};

static int find_me(void *ctx, const struct system_terminal *t)
{
    struct zone *z = ctx;

    z->me = *t;
    z->me.rule.id = z->me.id;
    return z->found = true;
}

static int add_neighbour(void *ctx, const struct system_terminal *t)
{
    struct zone *z = ctx;

    z->others[z->n] = t->rule;
    text_copy(z->ids[z->n], sizeof *z->ids, t->id);
    z->others[z->n].id = z->ids[z->n];
    return ++z->n == NEIGHBOURS_MAX;
}

static int read_zone(struct store *s, const struct edition *ed, int office, const char *terminal, struct zone *z,
                     struct err *e)
{
    struct sql_rows *rows = NULL;
    int rc = sql_select(store_sql(s), &rows, e, TERMINALS "WHERE t.office=$4 AND t.terminal=$5", "iitit", FROM_TO, ed->name,
                        (int64_t)office, terminal);

    rc = give(rows, rc, true, find_me, z, e);
    if (rc < 0)
        return rc;
    if (!z->found)
        return err_set(e, ERR_NOTFOUND, "terminal %s", terminal);
    rows = NULL;
    rc = sql_select(store_sql(s), &rows, e, TERMINALS TERMINAL_NEAR("$4", "$5"), "iitit", FROM_TO, ed->name, (int64_t)office,
                    terminal);
    return give(rows, rc, false, add_neighbour, z, e);
}

int system_decide(struct store *s, const struct edition *ed, int office, const char *terminal,
                  struct system_terminal *ret_me, enum rollout_reason *ret, struct err *e)
{
    struct zone *z = calloc(1, sizeof *z);
    int64_t now = clock_wall_ms();
    int rc = z ? 0 : err_set(e, ERR_NOMEM, "an order");

    if (rc == 0)
        rc = read_zone(s, ed, office, terminal, z, e);
    if (rc == 0) {
        *ret = rollout_decide(ed, &z->me.rule, z->others, z->n, now, clock_minute_of_day(now));
        *ret_me = z->me;
        ret_me->rule.id = ret_me->id;
    }
    free(z);
    return rc;
}

/* A word of failure that comes again after staff said "again" is the old one, until it has gone on. */
int system_hear(struct store *s, int office, const char *terminal, const struct system_report *report, struct err *e)
{
    struct buf json;
    bool over = report->state == SYSTEM_FELLBACK || report->state == SYSTEM_FAILED || report->state == SYSTEM_REFUSED;

    buf_init(&json, SYSTEM_BYTES_MAX);
    int rc = system_report_encode(report, &json);
    if (rc == 0)
        rc = sql_do(store_sql(s), e,
                    "INSERT INTO system_terminal (office, terminal, at, report, version, state, granted, retried)"
                    " VALUES ($1,$2,$3,$4,$5,$6,0,0) ON CONFLICT (office, terminal) DO UPDATE SET at=excluded.at,"
                    " report=excluded.report, version=excluded.version, state=excluded.state,"
                    " granted=CASE WHEN $7=1 OR system_terminal.version<>excluded.version THEN 0"
                    " ELSE system_terminal.granted END,"
                    " retried=CASE WHEN $7=1 AND system_terminal.version=excluded.version THEN system_terminal.retried"
                    " ELSE 0 END",
                    "itittti", (int64_t)office, terminal, clock_wall_ms(), buf_str(&json), report->version,
                    system_state_word(report->state), (int64_t)over);
    buf_finish(&json);
    if (rc >= 0)
        rc = sql_do(store_sql(s), e,
                    "INSERT INTO system_running (office, terminal, running) VALUES ($1,$2,$3)"
                    " ON CONFLICT (office, terminal) DO UPDATE SET running=excluded.running",
                    "itt", (int64_t)office, terminal, report->running);
    return rc < 0 ? err_wrap(e, rc, "the system of terminal %s", terminal) : 0;
}

int system_grant(struct store *s, int office, const char *terminal, struct err *e)
{
    int rc = sql_do(store_sql(s), e, "UPDATE system_terminal SET granted=$1 WHERE office=$2 AND terminal=$3", "iit",
                    clock_wall_ms(), (int64_t)office, terminal);
    return rc < 0 ? err_wrap(e, rc, "the system of terminal %s", terminal) : 0;
}

int system_retry(struct store *s, int office, const char *terminal, struct err *e)
{
    int rc = sql_do(store_sql(s), e,
                    "UPDATE system_terminal SET retried=$1 WHERE office=$2 AND terminal=$3"
                    " AND state IN ('fellback', 'failed', 'refused')",
                    "iit", clock_wall_ms(), (int64_t)office, terminal);
    if (rc == 0)
        return err_set(e, ERR_NOTFOUND, "nothing failed on terminal %s", terminal);
    return rc < 0 ? rc : 0;
}

struct counting {
    const struct edition *edition;
    int64_t now;
    struct edition_figures *figures;
};

static int count_one(void *ctx, const struct system_terminal *t)
{
    struct counting *c = ctx;

    c->figures->of[rollout_place(c->edition, &t->rule, c->now)]++;
    c->figures->proves += rollout_proves(c->edition, &t->rule, c->now);
    return 0;
}

int system_count(struct store *s, const struct edition *ed, int64_t now, struct edition_figures *ret, struct err *e)
{
    struct counting c = {ed, now, ret};

    *ret = (struct edition_figures){.proves = 0};
    return system_each(s, ed, -1, false, count_one, &c, e);
}

int system_each_running(struct store *s, int (*fn)(void *ctx, const char *version, int64_t n), void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT coalesce(w.running, ''), count(*) FROM terminal t LEFT JOIN system_running w"
                        " ON w.office=t.office AND w.terminal=t.terminal WHERE t.cert IS NOT NULL"
                        " GROUP BY coalesce(w.running, '') ORDER BY count(*) DESC, coalesce(w.running, '')",
                        "");

    while (rc == 0 && (rc = sql_next(r, e)) == 1)
        rc = fn(ctx, sql_text(r, 0), sql_int(r, 1)) ? 2 : 0;
    sql_done(r);
    return rc < 0 ? rc : 0;
}

/* --- an older hall --- */

int system_bring_editions(struct sql *d, struct err *e)
{
    static const char text[] =
        "INSERT INTO system_edition (version, name, seq, state, percent, next, next_at, stop_after, board, signer, replaces,"
        " brought_id, brought_by, brought, approved_by, approved, changed_by, changed, why)"
        " SELECT row_number() OVER (ORDER BY r.made, r.version), r.version, 1,"
        " CASE o.state WHEN 1 THEN 'runs' WHEN 2 THEN 'paused' WHEN 3 THEN 'stopped' WHEN 4 THEN 'withdrawn'"
        " ELSE 'brought' END, coalesce(o.percent, -1), -1, 0, coalesce(o.stop_after, 1), '', '', '', '', '', r.made, '', 0,"
        " '', coalesce(o.at, 0), coalesce(o.why, '') FROM system_release r"
        " LEFT JOIN system_rollout o ON o.version=r.version WHERE true ON CONFLICT (version) DO NOTHING";
    int rc = sql_has_table(d, "system_rollout", e);

    if (rc == 1)
        rc = sql_exec(d, text, e);
    return rc < 0 ? rc : sql_exec(d, "DROP TABLE IF EXISTS system_rollout", e);
}
