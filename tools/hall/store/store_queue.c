/* SPDX-License-Identifier: Apache-2.0
 *
 * Leases, tickets and pauses.
 */
#include "tools/hall/store/store_queue.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "tools/hall/store/lease_log.h"

int queue_changed(struct store *s, int office, struct err *e)
{
    int rc = sql_do(store_sql(s), e,
                    "INSERT INTO queue_version (office, version) VALUES ($1,1)"
                    " ON CONFLICT (office) DO UPDATE SET version = queue_version.version + 1",
                    "i", (int64_t)office);
    return rc < 0 ? rc : 0;
}

/* --- leases --- */

/* Whether the request was granted before; then *l is completed. */
static int read_granted(struct store *s, int office, const char *terminal, struct lease *l, struct lease_facts *f,
                        struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT terminal, queue, day, first, count FROM lease WHERE office=$1 AND request=$2", "ib",
                        (int64_t)office, l->id, sizeof l->id);
    if (rc == 0)
        rc = sql_next(r, e);
    f->granted = rc == 1;
    f->same_words = rc == 1 && strcmp(sql_text(r, 0), terminal) == 0 && strcmp(sql_text(r, 1), l->queue) == 0 &&
                    sql_int(r, 2) == date_to_days(l->day);
    if (rc == 1)
        l->block = (struct ticket_block){(int)sql_int(r, 3), (int)sql_int(r, 4)};
    sql_done(r);
    return rc < 0 ? rc : 0;
}

/* 1: a catalogue has it. */
static int known(struct store *s, const char *queue, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT 1 FROM queue_known WHERE queue=$1", "t", queue);
    if (rc == 0)
        rc = sql_next(r, e);
    sql_done(r);
    return rc;
}

int queue_known_add(struct store *s, const char *queue, int64_t catalogue, struct err *e)
{
    int rc = sql_do(store_sql(s), e,
                    "INSERT INTO queue_known (queue, catalogue) VALUES ($1,$2)"
                    " ON CONFLICT (queue) DO UPDATE SET catalogue = excluded.catalogue",
                    "ti", queue, catalogue);
    return rc < 0 ? err_wrap(e, rc, "keep the queues of the catalogue") : 0;
}

int queue_describe(struct store *s, const struct queue *q, struct err *e)
{
    int rc = sql_do(store_sql(s), e, "UPDATE queue_known SET name=$1, recall=$2, priority=$3 WHERE queue=$4", "tiit",
                    q->name, (int64_t)q->recall, (int64_t)q->priority, q->id);
    return rc < 0 ? err_wrap(e, rc, "keep the queues of the catalogue") : 0;
}

int queue_need_known(struct store *s, const char *queue, struct err *e)
{
    int rc = known(s, queue, e);
    return rc ? (rc < 0 ? rc : 0) : err_set(e, ERR_NOTFOUND, "no published catalogue has a queue %s", queue);
}

/* Blocks of that queue and day that the terminal has. */
static int count_blocks(struct store *s, int office, const char *terminal, const struct lease *l, int64_t *ret,
                        struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT count(*) FROM lease WHERE office=$1 AND queue=$2 AND day=$3 AND terminal=$4", "itit",
                        (int64_t)office, l->queue, date_to_days(l->day), terminal);
    if (rc == 0)
        rc = sql_next(r, e);
    *ret = rc == 1 ? sql_int(r, 0) : 0;
    sql_done(r);
    return rc < 0 ? rc : 0;
}

/* The first number of the next block of a queue and day. */
static int next_block(struct store *s, int office, const struct lease *l, int64_t *ret_first, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "INSERT INTO lease_next (office, queue, day, next) VALUES ($1,$2,$3,1+$4)"
                        " ON CONFLICT (office, queue, day) DO UPDATE SET next = lease_next.next + $4 RETURNING next",
                        "itii", (int64_t)office, l->queue, date_to_days(l->day), (int64_t)TICKET_BLOCK);
    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 1)
        *ret_first = sql_int(r, 0) - TICKET_BLOCK;
    else if (rc == 0)
        rc = err_set(e, ERR_IO, "the series gave no number");
    sql_done(r);
    if (rc == 1 && !lease_in_series(*ret_first))
        return err_set(e, ERR_RANGE, "the numbers of the day are used up");
    return rc == 1 ? 0 : rc;
}

static int read_facts(struct store *s, int office, const char *terminal, struct lease *l, struct lease_facts *ret,
                      struct err *e)
{
    int rc = read_granted(s, office, terminal, l, ret, e);
    if (rc == 0)
        rc = known(s, l->queue, e);
    ret->queue_known = rc == 1;
    return rc < 0 ? rc : count_blocks(s, office, terminal, l, &ret->blocks, e);
}

static int grant(struct store *s, int office, const char *terminal, struct lease *l, struct err *e)
{
    int64_t first = 0, now = clock_wall_ms();
    int rc = next_block(s, office, l, &first, e);
    if (rc == 0)
        rc = sql_do(store_sql(s), e,
                    "INSERT INTO lease (office, request, terminal, queue, day, first, count, at)"
                    " VALUES ($1,$2,$3,$4,$5,$6,$7,$8) ON CONFLICT (office, request) DO NOTHING",
                    "ibttiiii", (int64_t)office, l->id, sizeof l->id, terminal, l->queue, date_to_days(l->day), first,
                    (int64_t)TICKET_BLOCK, now);
    if (rc <= 0)
        return rc < 0 ? rc : err_set(e, ERR_RETRY, "the request was granted at another hall");
    l->block = (struct ticket_block){(int)first, TICKET_BLOCK};
    return lease_log_add(s, office, terminal, l, now, e);
}

static int do_verdict(struct store *s, int office, const char *terminal, struct lease *l, const struct lease_facts *f,
                      struct err *e)
{
    switch (lease_judge(f)) {
    case LEASE_GRANT:
        return grant(s, office, terminal, l, e);
    case LEASE_SAME:
        return 0;
    case LEASE_OTHER_WORDS:
        return err_set(e, ERR_EXISTS, "the request is known with other words");
    case LEASE_NO_QUEUE:
        return err_set(e, ERR_NOTFOUND, "no published catalogue has it");
    case LEASE_SHARE_USED:
        return err_set(e, ERR_RANGE, "the terminal has taken %lld blocks of %s on that day", (long long)f->blocks, l->queue);
    }
    return 0;
}

int queue_lease(struct store *s, int office, const char *terminal, struct lease *l, struct err *e)
{
    struct lease_facts f = {0};
    int rc = read_facts(s, office, terminal, l, &f, e);
    if (rc == 0)
        rc = do_verdict(s, office, terminal, l, &f, e);
    return err_wrap(e, rc, "lease numbers of %s", l->queue);
}

/* --- tickets --- */

int queue_entitled(struct store *s, const struct sender *who, const struct store_record *t, int64_t *ret_since,
                   struct err *e)
{
    struct sql_rows *r = NULL;
    struct sender_block b = {.terminal = NULL};
    struct ticket_number n = {.number = 0};
    ticket_number_parse(t->number, &n);
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT terminal, first, count, at FROM lease WHERE office=$1 AND queue=$2 AND day=$3 AND first<=$4"
                        " ORDER BY first DESC LIMIT 1",
                        "itii", (int64_t)who->office, t->queue, t->day, (int64_t)n.number);
    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 1)
        b = (struct sender_block){sql_text(r, 0), sql_int(r, 1), sql_int(r, 2), sql_int(r, 3)};
    if (rc >= 0)
        rc = sender_gives_ticket(who, t->number, &b, ret_since);
    sql_done(r);
    return rc;
}

int queue_judge_ticket(struct store *s, const struct sender *who, const struct store_record *t, enum queue_verdict *ret,
                       struct err *e)
{
    int64_t since = 0;
    int rc = known(s, t->queue, e);
    *ret = QUEUE_UNKNOWN;
    if (rc != 1)
        return rc;
    rc = queue_entitled(s, who, t, &since, e);
    *ret = rc == 1 ? QUEUE_ITS_OWN : QUEUE_FOREIGN;
    return rc < 0 ? rc : 0;
}

/* Whose it is: 1 the sender's, 0 another's, -ERR_NOTFOUND: there is none. */
static int owner(struct store *s, const struct sender *who, const struct store_record *t, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT terminal FROM ticket WHERE office=$1 AND day=$2 AND queue=$3 AND number=$4", "iitt",
                        (int64_t)who->office, t->day, t->queue, t->number);
    if (rc == 0)
        rc = sql_next(r, e);
    if (rc >= 0)
        rc = rc == 1 ? !strcmp(sql_text(r, 0), who->terminal) : -ERR_NOTFOUND;
    sql_done(r);
    return rc;
}

int queue_judge_void(struct store *s, const struct sender *who, const struct store_record *t, enum queue_verdict *ret,
                     struct err *e)
{
    int rc = owner(s, who, t, e);
    *ret = rc == 1 ? QUEUE_ITS_OWN : rc == 0 ? QUEUE_FOREIGN : QUEUE_NOTHING;
    return rc < 0 && rc != -ERR_NOTFOUND ? rc : 0;
}

/* --- pauses --- */

int queue_pause(struct store *s, int office, const char *queue, int64_t until, const char *reason, struct err *e)
{
    int rc = queue_need_known(s, queue, e);
    if (rc)
        return rc;
    rc = sql_do(store_sql(s), e,
                "INSERT INTO queue_pause (office, queue, until, reason) VALUES ($1,$2,$3,$4)"
                " ON CONFLICT (office, queue) DO UPDATE SET until = excluded.until, reason = excluded.reason",
                "itit", (int64_t)office, queue, until, reason);
    return rc < 0 ? rc : queue_changed(s, office, e);
}

int queue_resume(struct store *s, int office, const char *queue, struct err *e)
{
    int rc = sql_do(store_sql(s), e, "DELETE FROM queue_pause WHERE office=$1 AND queue=$2", "it", (int64_t)office, queue);
    if (rc == 0)
        rc = err_set(e, ERR_NOTFOUND, "%s is not paused", queue);
    return rc < 0 ? rc : queue_changed(s, office, e);
}

/* --- how they stand --- */

static struct queue_now *row_of(struct queues_now *q, const char *id)
{
    for (int i = 0; i < q->n; i++)
        if (!strcmp(q->list[i].id, id))
            return &q->list[i];
    if (q->n == QUEUES_NOW_MAX || !queue_id_valid(id))
        return NULL;
    struct queue_now *now = &q->list[q->n++];
    *now = (struct queue_now){.minutes = -1};
    text_copy(now->id, sizeof now->id, id);
    return now;
}

static int read_version(struct store *s, int office, int64_t *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT version FROM queue_version WHERE office=$1", "i", (int64_t)office);
    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 1)
        *ret = sql_int(r, 0);
    sql_done(r);
    return rc < 0 ? rc : 0;
}

static int list_pauses(struct store *s, int office, int64_t now, struct queues_now *q, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT queue, until, reason FROM queue_pause WHERE office=$1 AND until>$2",
                        "ii", (int64_t)office, now);
    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        struct queue_now *row = row_of(q, sql_text(r, 0));
        rc = 0;
        if (!row)
            continue;
        row->paused_until = sql_int(r, 1);
        text_copy(row->reason, sizeof row->reason, sql_text(r, 2));
    }
    sql_done(r);
    return rc;
}

static int list_queues(struct store *s, int office, int64_t day, struct queues_now *q, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT DISTINCT line FROM ticket WHERE office=$1 AND day=$2 ORDER BY line",
                        "ii", (int64_t)office, day);
    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        row_of(q, sql_text(r, 0));
        rc = 0;
    }
    sql_done(r);
    return rc;
}

static int count_queue(struct store *s, int office, int64_t now, struct queue_now *q, struct err *e)
{
    struct estimate told;
    int rc = queue_wait(s, office, now, q->id, &told, e);
    q->waiting = told.people;
    q->minutes = told.minutes;
    return rc;
}

int queue_state(struct store *s, int office, int64_t now, struct queues_now *ret, struct err *e)
{
    struct queues_now q = {.n = 0};
    /* the version first: what changes in between is asked for again */
    int rc = read_version(s, office, &q.version, e);
    if (rc == 0)
        rc = list_queues(s, office, date_to_days(date_of_ms(now)), &q, e);
    if (rc == 0)
        rc = list_pauses(s, office, now, &q, e);
    for (int i = 0; rc == 0 && i < q.n; i++)
        rc = count_queue(s, office, now, &q.list[i], e);
    if (rc == 0)
        *ret = q;
    return err_wrap(e, rc, "the queues of office %d", office);
}

int queue_versions(struct store *s, int (*fn)(void *ctx, int office, int64_t version), void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT office, version FROM queue_version", "");
    while (rc == 0 && (rc = sql_next(r, e)) == 1)
        rc = fn(ctx, (int)sql_int(r, 0), sql_int(r, 1));
    sql_done(r);
    return rc;
}
