/* SPDX-License-Identifier: Apache-2.0
 *
 * How long one waits: the facts that rules/estimate.h goes by, from tickets and what happened to them.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "tools/hall/store/store_queue.h"

/* Days back in which those on which the queue was served are looked for. */
#define LOOK_DAYS 21

/* Thousands of calls that are the same all day, asked for at each of today's: kept, the latest ones in place of the first.
 */
#define KEPT 512
struct queue_rhythms {
    int next;
    struct kept {
        int office;
        int64_t day;
        char queue[QUEUE_ID_MAX + 1];
        struct estimate_rhythm rhythm;
    } list[KEPT];
};

static int count_waiting(struct store *s, int office, int64_t day, const char *queue, struct estimate_facts *f,
                         struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT state, count(*), coalesce(min(since), 0) FROM ticket WHERE office=$1 AND day=$2 AND line=$3"
                        " AND (state='waiting' AND void=0 OR state IN ('called','serving')) GROUP BY state",
                        "iit", (int64_t)office, day, queue);
    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        bool waits = strcmp(sql_text(r, 0), "waiting") == 0;
        *(waits ? &f->waiting : &f->busy) += (int)sql_int(r, 1);
        if (waits)
            f->first_since = sql_int(r, 2);
        rc = 0;
    }
    sql_done(r);
    return rc;
}

static int read_calls(struct store *s, int office, int64_t day, const char *queue, int64_t now, struct estimate_call *calls,
                      size_t *ret_n, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT at, since, counter FROM ticket_event WHERE office=$1 AND day=$2 AND line=$3"
                        " AND kind IN ('call','enter') AND at <= $4 ORDER BY at DESC, number DESC LIMIT $5",
                        "iitii", (int64_t)office, day, queue, now, (int64_t)ESTIMATE_CALLS);
    *ret_n = 0;
    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        calls[(*ret_n)++] = (struct estimate_call){sql_int(r, 0), sql_int(r, 1), (int)sql_int(r, 2)};
        rc = 0;
    }
    sql_done(r);
    return rc;
}

/* The first of the last ESTIMATE_DAYS days before `day` on which somebody was called. */
static int first_day(struct store *s, int office, int64_t day, const char *queue, int64_t *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(
        store_sql(s), &r, e,
        "SELECT DISTINCT day FROM ticket WHERE office=$1 AND day >= $2 AND day < $3 AND line=$4 AND called > 0"
        " ORDER BY day DESC LIMIT $5",
        "iiiti", (int64_t)office, day - LOOK_DAYS, day, queue, (int64_t)ESTIMATE_DAYS);
    *ret = day;
    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        *ret = sql_int(r, 0);
        rc = 0;
    }
    sql_done(r);
    return rc;
}

static int read_rhythm(struct store *s, int office, int64_t day, const char *queue, struct estimate_rhythm *ret,
                       struct err *e)
{
    struct sql_rows *r = NULL;
    int64_t from = day;
    int rc = first_day(s, office, day, queue, &from, e);
    if (rc == 0)
        rc = sql_select(store_sql(s), &r, e,
                        "SELECT day, counter, since, at FROM ticket_event WHERE office=$1 AND day >= $2 AND day < $3"
                        " AND line=$4 AND kind IN ('call','enter') ORDER BY day, counter, at",
                        "iiit", (int64_t)office, from, day, queue);
    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        estimate_rhythm_add(ret, sql_int(r, 0), (int)sql_int(r, 1), sql_int(r, 2), sql_int(r, 3));
        rc = 0;
    }
    sql_done(r);
    estimate_rhythm_end(ret);
    return rc;
}

static const struct estimate_rhythm *kept_rhythm(const struct queue_rhythms *all, int office, int64_t day, const char *queue)
{
    for (int i = 0; i < KEPT; i++) {
        const struct kept *k = &all->list[i];
        if (k->day == day && k->office == office && strcmp(k->queue, queue) == 0)
            return &k->rhythm;
    }
    return NULL;
}

/* Borrowed until the next one is asked for. */
static int get_rhythm(struct store *s, int office, int64_t day, const char *queue, const struct estimate_rhythm **ret,
                      struct err *e)
{
    struct queue_rhythms **all = store_rhythms(s);
    if (!*all && !(*all = calloc(1, sizeof **all)))
        return err_set(e, ERR_NOMEM, "keep the calls of earlier days");
    if ((*ret = kept_rhythm(*all, office, day, queue)))
        return 0;
    struct kept *k = &(*all)->list[(*all)->next];
    *k = (struct kept){.office = office};
    int rc = read_rhythm(s, office, day, queue, &k->rhythm, e);
    if (rc < 0)
        return rc;
    k->day = day;
    text_copy(k->queue, sizeof k->queue, queue);
    (*all)->next = ((*all)->next + 1) % KEPT;
    *ret = &k->rhythm;
    return 0;
}

int queue_wait(struct store *s, int office, int64_t now, const char *queue, struct estimate *ret, struct err *e)
{
    struct estimate_call calls[ESTIMATE_CALLS];
    int64_t day = date_to_days(date_of_ms(now));
    struct estimate_facts f = {.calls = calls, .now = now};
    int rc = count_waiting(s, office, day, queue, &f, e);
    if (rc == 0)
        rc = read_calls(s, office, day, queue, now, calls, &f.n, e);
    if (rc == 0)
        rc = get_rhythm(s, office, day, queue, &f.rhythm, e);
    if (rc == 0)
        estimate(&f, ret);
    return err_wrap(e, rc, "how long one waits in %s", queue);
}
