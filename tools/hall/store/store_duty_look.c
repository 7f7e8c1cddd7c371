/* SPDX-License-Identifier: Apache-2.0
 *
 * Looking at an office's alerts (store_duty.h): what lasts begins and ends with what its terminals say, and who is on duty
 * is told. What is written is only what differs from what stands there.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/rules/feed.h"
#include "tools/hall/store/store_duty.h"
#include "tools/hall/store/store_notice.h"

struct seen_terminal {
    char id[TERMINAL_ID_MAX + 1];
    int64_t heard;
    const char *lasts[DUTY_LASTS_MAX];
    size_t n;
};
struct duty_seen {
    int office;
    int64_t now;
    struct seen_terminal *list; /* by id */
    size_t n, room;
    bool full;
};

/* --- how they stand --- */

static struct seen_terminal *add(struct duty_seen *d)
{
    if (d->n == d->room) {
        size_t room = d->room ? 2 * d->room : 64;
        struct seen_terminal *more = realloc(d->list, room * sizeof *more);

        if (!more)
            return NULL;
        d->list = more;
        d->room = room;
    }
    return &d->list[d->n++];
}

static int see(void *ctx, const struct fleet_stand *t)
{
    struct duty_seen *d = ctx;
    struct situation_now now;
    struct seen_terminal *one = add(d);

    if (!one)
        return d->full = true;
    *one = (struct seen_terminal){.heard = t->heard_ms};
    text_copy(one->id, sizeof one->id, t->id);
    if (!t->certified) /* it is not in the hall any more, or not yet */
        return 0;
    fleet_judge_stand(t, d->now, &now);
    if (now.situation == SITUATION_SILENT && t->told && t->health.out[0])
        now.situation = SITUATION_OUT; /* nobody waits for its word */
    one->n = duty_lasts(&now, one->lasts);
    return 0;
}

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct seen_terminal *)a)->id, ((const struct seen_terminal *)b)->id);
}

int duty_see(struct store *s, int office, int64_t now_ms, struct duty_seen **ret, struct err *e)
{
    struct duty_seen *d = calloc(1, sizeof *d);

    if (!d)
        return err_set(e, ERR_NOMEM, "the terminals of office %d", office);
    d->office = office;
    d->now = now_ms;
    int rc = fleet_each_stand(s, office, see, d, e);
    if (rc == 0 && d->full)
        rc = err_set(e, ERR_NOMEM, "the terminals of office %d", office);
    if (rc < 0) {
        duty_forget(d);
        return rc;
    }
    if (d->n)
        qsort(d->list, d->n, sizeof *d->list, by_id);
    *ret = d;
    return 0;
}

void duty_forget(struct duty_seen *d)
{
    if (!d)
        return;
    free(d->list);
    free(d);
}

/* --- what begins and what ends --- */

struct open_rows {
    struct duty_row *list;
    size_t n, room;
    bool full;
};

static int keep(void *ctx, const struct duty_row *r)
{
    struct open_rows *o = ctx;

    if (o->n == o->room) {
        size_t room = o->room ? 2 * o->room : 64;
        struct duty_row *more = realloc(o->list, room * sizeof *more);

        if (!more)
            return o->full = true;
        o->list = more;
        o->room = room;
    }
    o->list[o->n++] = *r;
    return 0;
}

static int read_open(struct store *s, int office, struct open_rows *o, struct err *e)
{
    o->n = 0;
    int rc = duty_each(s, office, 0, keep, o, e);

    return rc == 0 && o->full ? err_set(e, ERR_NOMEM, "the open alerts of office %d", office) : rc;
}

static int by_terminal(const void *a, const void *b)
{
    const struct duty_row *one = a, *other = b;
    int c = strcmp(one->terminal, other->terminal);

    return c ? c : strcmp(one->what, other->what);
}

static bool says(const struct seen_terminal *t, const char *what)
{
    for (size_t i = 0; t && i < t->n; i++)
        if (strcmp(t->lasts[i], what) == 0)
            return true;
    return false;
}

static bool stands(const struct open_rows *o, const char *terminal, const char *what)
{
    struct duty_row key = {.office = 0};

    text_copy(key.terminal, sizeof key.terminal, terminal);
    text_copy(key.what, sizeof key.what, what);
    return o->n && bsearch(&key, o->list, o->n, sizeof *o->list, by_terminal);
}

/* What lasts and is not said any more. */
static int end_old(struct store *s, const struct duty_seen *d, const struct open_rows *o, struct err *e)
{
    int rc = 0;

    for (size_t i = 0; rc >= 0 && i < o->n; i++) {
        const struct duty_row *r = &o->list[i];
        struct seen_terminal key;

        text_copy(key.id, sizeof key.id, r->terminal);
        const struct seen_terminal *t = d->n ? bsearch(&key, d->list, d->n, sizeof *d->list, by_id) : NULL;
        if (r->lasts && !says(t, r->what))
            rc = sql_do(store_sql(s), e,
                        "UPDATE duty SET ended=$1 WHERE office=$2 AND terminal=$3 AND what=$4 AND since=$5 AND ended=0",
                        "iitti", d->now, (int64_t)d->office, r->terminal, r->what, r->since);
    }
    return rc < 0 ? rc : 0;
}

/* Silence begins when its terminal was last heard: who looked with a clock that was behind has ended this very one. 1: it is
 * open again. */
static int begin_again(struct store *s, const struct duty_seen *d, const struct seen_terminal *t, struct err *e)
{
    return sql_do(store_sql(s), e,
                  "UPDATE duty SET ended=0 WHERE office=$1 AND terminal=$2 AND what=$3 AND since=$4 AND ended>0", "itti",
                  (int64_t)d->office, t->id, DUTY_SILENT, t->heard);
}

static int begin_one(struct store *s, const struct duty_seen *d, const struct seen_terminal *t, const char *what,
                     struct err *e)
{
    bool silent = strcmp(what, DUTY_SILENT) == 0;
    int64_t since = silent ? t->heard : d->now;
    int rc = silent ? begin_again(s, d, t, e) : 0;

    if (rc != 0)
        return rc;
    return sql_do(store_sql(s), e,
                  "INSERT INTO duty (office, terminal, what, since, ended, level, staff, name, words, taken, promised, act,"
                  " told, told_to) VALUES ($1,$2,$3,$4,0,$5,'','','',0,0,$6,0,'') ON CONFLICT DO NOTHING",
                  "ittiib", (int64_t)d->office, t->id, what, since, (int64_t)duty_kind(what).level, "", (size_t)0);
}

static int begin_new(struct store *s, const struct duty_seen *d, const struct open_rows *o, struct err *e)
{
    int rc = 0;

    for (size_t i = 0; i < d->n; i++)
        for (size_t k = 0; rc >= 0 && k < d->list[i].n; k++)
            if (!stands(o, d->list[i].id, d->list[i].lasts[k]))
                rc = begin_one(s, d, &d->list[i], d->list[i].lasts[k], e);
    return rc < 0 ? rc : 0;
}

#define WITHOUT_ONE(table)                                                                                                  \
    "DELETE FROM " table " WHERE office=$1 AND NOT EXISTS (SELECT 1 FROM duty d WHERE d.office=" table ".office"            \
    " AND d.terminal=" table ".terminal AND d.what=" table ".what AND d.since=" table ".since)"

static int sweep(struct store *s, const struct duty_seen *d, struct err *e)
{
    static const char *const left[] = {WITHOUT_ONE("duty_told"), WITHOUT_ONE("duty_round")};
    int64_t before = d->now - DUTY_KEPT_MS;
    int rc = sql_do(store_sql(s), e, "DELETE FROM duty WHERE office=$1 AND ended>0 AND ended<$2", "ii", (int64_t)d->office,
                    before);

    for (size_t i = 0; rc > 0 && i < sizeof left / sizeof *left; i++) {
        rc = sql_do(store_sql(s), e, left[i], "i", (int64_t)d->office);
        rc = rc < 0 ? rc : 1;
    }
    return rc < 0 ? rc : 0;
}

/* --- who is told --- */

struct telling {
    const struct duty_seen *seen;
    struct shift shifts[SHIFTS_MAX];
    int n;
    const struct shift *told[SHIFTS_MAX + 1]; /* in this look, each once */
    size_t n_told;
};
/* In the place of somebody. */
static const struct shift nobody = {.staff = DUTY_NOBODY, .place = 1};

/* 1: he is to be told; 0: another look told somebody meanwhile. */
static int tell(struct store *s, struct telling *l, const struct duty_row *r, const struct shift *to, struct err *e)
{
    size_t i = 0;
    int rc = sql_do(store_sql(s), e,
                    "UPDATE duty SET told=$1, told_to=$2 WHERE office=$3 AND terminal=$4 AND what=$5 AND since=$6"
                    " AND told=$7 AND told_to=$8",
                    "itittiit", l->seen->now, to->staff, (int64_t)r->office, r->terminal, r->what, r->since, r->told,
                    r->told_to);

    if (rc != 1)
        return rc;
    while (i < l->n_told && strcmp(l->told[i]->staff, to->staff) != 0)
        i++;
    if (i == l->n_told)
        l->told[l->n_told++] = to;
    rc = sql_do(store_sql(s), e,
                "INSERT INTO duty_told (office, terminal, what, since, staff, way, at) VALUES ($1,$2,$3,$4,$5,$6,$7)"
                " ON CONFLICT (office, terminal, what, since, staff) DO UPDATE SET way = excluded.way, at = excluded.at",
                "ittitti", (int64_t)r->office, r->terminal, r->what, r->since, to->staff, to->way, l->seen->now);
    return rc < 0 ? rc : 1;
}

/* After hours in which nobody was on duty all of it begins anew. */
static int count_round(struct store *s, const struct duty_row *r, bool begins, struct err *e)
{
    int rc = 0;

    if (begins)
        rc = sql_do(store_sql(s), e,
                    "INSERT INTO duty_round (office, terminal, what, since, rounds) VALUES ($1,$2,$3,$4,$5)"
                    " ON CONFLICT (office, terminal, what, since) DO UPDATE SET rounds=excluded.rounds",
                    "ittii", (int64_t)r->office, r->terminal, r->what, r->since, (int64_t)r->rounds + 1);
    else if (strcmp(r->told_to, DUTY_NOBODY) == 0 && r->rounds)
        rc = sql_do(store_sql(s), e, "DELETE FROM duty_round WHERE office=$1 AND terminal=$2 AND what=$3 AND since=$4",
                    "itti", (int64_t)r->office, r->terminal, r->what, r->since);
    return rc < 0 ? rc : 0;
}

/* Who is next on the list; where there is none, once, that nobody is on duty. */
static int tell_next(struct store *s, struct telling *l, const struct duty_row *r, struct err *e)
{
    const struct shift *on[SHIFTS_MAX], *next = NULL;
    struct duty_facts f = duty_facts_of(r, false);
    bool again;
    size_t n;

    if (!duty_due(&f, l->seen->now)) /* nor later, where the list begins again */
        return 0;
    n = shift_on(l->shifts, (size_t)l->n, r->zone, shift_hour(l->seen->now), on);
    if (n == 0)
        return f.nobody ? 0 : tell(s, l, r, &nobody, e);
    int rc = duty_next_of(s, r, on, n, &next, &again, e);
    if (rc < 0 || !next)
        return rc;
    f = duty_facts_of(r, again);
    if (!duty_due(&f, l->seen->now))
        return 0;
    rc = tell(s, l, r, next, e);
    return rc == 1 ? count_round(s, r, f.again && next == on[0], e) : rc;
}

static int put_messages(struct store *s, const struct telling *l, struct err *e)
{
    char about[NOTICE_ABOUT_MAX + 1];
    int rc = 0;

    for (size_t i = 0; rc >= 0 && i < l->n_told; i++) {
        enum notice_kind kind = feed_of_duty(l->seen->now, l->told[i] == &nobody, about);

        rc = store_notice_add(s, l->seen->office, l->told[i]->staff, kind, about, l->seen->now, e);
    }
    return rc < 0 ? rc : 0;
}

static int tell_all(struct store *s, const struct duty_seen *d, struct open_rows *o, struct err *e)
{
    struct telling *l = calloc(1, sizeof *l);
    int rc = l ? 0 : err_set(e, ERR_NOMEM, "the duty list");

    if (rc == 0) {
        l->seen = d;
        rc = l->n = shift_list(s, d->office, l->shifts, e);
    }
    if (rc > 0)
        rc = read_open(s, d->office, o, e);
    for (size_t i = 0; rc >= 0 && l->n > 0 && i < o->n; i++)
        rc = tell_next(s, l, &o->list[i], e);
    if (rc >= 0)
        rc = put_messages(s, l, e);
    free(l);
    return rc < 0 ? rc : 0;
}

int duty_settle(struct store *s, const struct duty_seen *d, struct err *e)
{
    struct open_rows o = {.list = NULL};
    int rc = read_open(s, d->office, &o, e);

    if (rc == 0 && o.n)
        qsort(o.list, o.n, sizeof *o.list, by_terminal);
    if (rc == 0)
        rc = end_old(s, d, &o, e);
    if (rc == 0)
        rc = begin_new(s, d, &o, e);
    if (rc == 0)
        rc = sweep(s, d, e);
    if (rc == 0)
        rc = tell_all(s, d, &o, e);
    free(o.list);
    return rc < 0 ? err_wrap(e, rc, "look at the alerts of office %d", d->office) : 0;
}

int duty_looked(struct store *s, int office, int64_t now_ms, struct err *e)
{
    int rc = sql_do(store_sql(s), e,
                    "INSERT INTO duty_look (office, at) VALUES ($1,$2) ON CONFLICT (office) DO UPDATE SET at = excluded.at",
                    "ii", (int64_t)office, now_ms);

    return rc < 0 ? rc : 0;
}

int duty_look_last(struct store *s, int office, int64_t *ret_ms, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT at FROM duty_look WHERE office=$1", "i", (int64_t)office);

    if (rc == 0)
        rc = sql_next(r, e);
    *ret_ms = rc == 1 ? sql_int(r, 0) : 0;
    sql_done(r);
    return rc < 0 ? rc : 0;
}
