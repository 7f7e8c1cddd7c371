/* SPDX-License-Identifier: Apache-2.0
 *
 * Leases, tickets, calls and pauses as rows: no number twice, void ones not counted, each called once.
 */
#include "test.h"

#include "hall/database.h"
#include "hall/enter_call.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "tools/hall/store/projection.h"
#include "tools/hall/store/store_queue.h"

#define OFFICE 1103
#define DAY ((struct date){2026, 1, 5})
#define NINE INT64_C(1767574800000) /* 2026-01-05T09:00:00+08:00 */
#define MIN INT64_C(60000)

static struct store *store;
static char dir[] = "/tmp/tongban-queue-XXXXXX";

TEST(setup)
{
    struct err e = {0};
    CHECK(mkdtemp(dir) != NULL);
    CHECK_INT((database_make(dir, &e) ? -1 : store_open(dir, &store, &e)), 0);
    clock_set_wall(NINE - 60 * MIN);
    CHECK_INT(queue_known_add(store, "general", 1, &e), 0);
    CHECK_INT(queue_known_add(store, "insurance", 1, &e), 0);
}

/* --- leases --- */

static struct lease lease(const char *terminal, uint8_t id, const char *queue, struct date day, int want)
{
    struct lease l = {.id = {id}, .day = day};
    struct err e = {0};
    snprintf(l.queue, sizeof l.queue, "%s", queue);
    store_begin(store, NULL);
    CHECK_INT(queue_lease(store, OFFICE, terminal, &l, &e), want);
    if (want)
        store_rollback(store);
    else
        store_commit(store, NULL);
    return l;
}

TEST(two_terminals_share_a_series)
{
    CHECK_INT(lease("t-1", 1, "general", DAY, 0).block.first, 1);
    CHECK_INT(lease("t-2", 2, "general", DAY, 0).block.first, 21);
    CHECK_INT(lease("t-1", 3, "general", DAY, 0).block.first, 41);
    CHECK_INT(lease("t-1", 4, "insurance", DAY, 0).block.first, 1);
    CHECK_INT(lease("t-1", 5, "general", (struct date){2026, 1, 6}, 0).block.first, 1);
}

TEST(the_same_request_gets_the_same_block)
{
    struct lease l = lease("t-1", 3, "general", DAY, 0);
    CHECK_INT(l.block.first, 41);
    CHECK_INT(l.block.count, TICKET_BLOCK);
    CHECK_INT(lease("t-3", 6, "general", DAY, 0).block.first, 61); /* and nothing was used up by it */
    lease("t-2", 3, "general", DAY, -ERR_EXISTS);
    lease("t-1", 3, "insurance", DAY, -ERR_EXISTS);
}

/* --- tickets --- */

static struct store_record record(const char *queue, const char *number, int64_t at)
{
    struct store_record r = {.at = at, .day = date_to_days(DAY), .clock_trusted = true};
    snprintf(r.queue, sizeof r.queue, "%s", queue);
    snprintf(r.number, sizeof r.number, "%s", number);
    return r;
}

/* Of the terminal t-1, which has registration 3 and told nothing before. */
static enum projection_verdict take(struct store_record r, bool is_void)
{
    const struct sender who = {.office = OFFICE, .terminal = "t-1", .received = NINE + 600 * MIN, .registrations = {3, 3}};
    enum queue_verdict verdict = QUEUE_NOTHING;
    enum projection_verdict made = PROJECTION_NOTHING;
    text_copy(r.kind, sizeof r.kind, record_kind_word(is_void ? RECORD_TICKET_VOID : RECORD_TICKET));
    CHECK_INT(is_void ? queue_judge_void(store, &who, &r, &verdict, NULL)
                      : queue_judge_ticket(store, &who, &r, &verdict, NULL),
              0);
    CHECK_INT(verdict, QUEUE_ITS_OWN);
    CHECK_INT(projection_add(store, &who, &r, &made, NULL), 0);
    return made;
}

static struct queue_now now_of(const char *queue, int64_t at)
{
    struct queues_now q;
    CHECK_INT(queue_state(store, OFFICE, at, &q, NULL), 0);
    const struct queue_now *found = queues_now_find(&q, queue);
    CHECK(found != NULL);
    return found ? *found : (struct queue_now){.waiting = -2};
}

static enum queue_refusal call(const char *number, int64_t at, const char *want)
{
    char got[TICKET_NUMBER_MAX + 1] = "";
    store_begin(store, NULL);
    enum queue_refusal refusal = enter_call(store, OFFICE, "general", number, at, got);
    if (refusal != QUEUE_MAY)
        store_rollback(store);
    else
        store_commit(store, NULL);
    if (want)
        CHECK_STR(got, want);
    return refusal;
}

TEST(tickets_and_void_ones)
{
    CHECK_INT(take(record("general", "A 001", NINE), false), PROJECTION_MADE);
    CHECK_INT(take(record("general", "A 041", NINE + 1 * MIN), false), PROJECTION_MADE);
    CHECK_INT(take(record("general", "A 002", NINE + 2 * MIN), false), PROJECTION_MADE);
    CHECK_INT(take(record("general", "A03-001", NINE + 3 * MIN), false), PROJECTION_MADE);
    CHECK_INT(now_of("general", NINE + 5 * MIN).waiting, 4);
    CHECK_INT(take(record("general", "A 002", NINE + 2 * MIN), true), PROJECTION_MADE);
    CHECK_INT(now_of("general", NINE + 5 * MIN).waiting, 3);
    CHECK_INT(take(record("general", "A 001", NINE + 4 * MIN), false), PROJECTION_DOUBLE);
    CHECK_INT(now_of("general", NINE + 5 * MIN).waiting, 3);
}

TEST(calls)
{
    CHECK_INT(call(NULL, NINE + 6 * MIN, "A 001"), 0);
    CHECK_INT(call(NULL, NINE + 8 * MIN, "A 041"), 0); /* in the order they came, not of their numbers */
    CHECK_INT(call("A041", NINE + 9 * MIN, NULL), QUEUE_REFUSAL_DONE);
    CHECK_INT(call("A 002", NINE + 9 * MIN, NULL), QUEUE_REFUSAL_VOID); /* void */
    CHECK_INT(call("A 999", NINE + 9 * MIN, NULL), QUEUE_REFUSAL_UNKNOWN);
    CHECK_INT(now_of("general", NINE + 9 * MIN).waiting, 1);
    CHECK_INT(call("A03-001", NINE + 10 * MIN, "A03-001"), 0);
    CHECK_INT(call(NULL, NINE + 10 * MIN, NULL), QUEUE_REFUSAL_NOBODY);
    CHECK_INT(now_of("general", NINE + 11 * MIN).waiting, 0);
    CHECK_INT(now_of("general", NINE + 11 * MIN).minutes, 0);
}

TEST(pace)
{
    char number[24];
    for (int i = 0; i < 6; i++) {
        snprintf(number, sizeof number, "A03-1%02d", i);
        take(record("general", number, NINE + 12 * MIN), false);
    }
    for (int i = 0; i < 4; i++)
        CHECK_INT(call(NULL, NINE + (14 + 3 * i) * MIN, NULL), 0);
    CHECK_INT(now_of("general", NINE + 24 * MIN).waiting, 2);
    CHECK_INT(now_of("general", NINE + 24 * MIN).minutes, 5); /* turns of 2, 2, 3, 3 and 3 minutes */
}

static int64_t version;

static int on_version(void *ctx, int office, int64_t v)
{
    version = v;
    return 0;
}

TEST(pauses_and_versions)
{
    struct queues_now q;
    queue_versions(store, on_version, NULL, NULL);
    int64_t before = version;
    CHECK_INT(queue_pause(store, OFFICE, "mistyped", NINE + 60 * MIN, "维护", NULL), -ERR_NOTFOUND);
    CHECK_INT(queue_known_add(store, "estate", 1, NULL), 0);
    CHECK_INT(queue_pause(store, OFFICE, "estate", NINE + 60 * MIN, "维护", NULL), 0);
    queue_versions(store, on_version, NULL, NULL);
    CHECK(version > before);
    CHECK_INT(now_of("estate", NINE).paused_until, NINE + 60 * MIN);
    CHECK_STR(now_of("estate", NINE).reason, "维护");
    CHECK_INT(queue_state(store, OFFICE, NINE + 60 * MIN, &q, NULL), 0);
    CHECK(!queues_now_find(&q, "estate")); /* over by itself */
    CHECK_INT(queue_resume(store, OFFICE, "estate", NULL), 0);
    CHECK_INT(queue_resume(store, OFFICE, "estate", NULL), -ERR_NOTFOUND);
    CHECK_INT(queue_state(store, OFFICE, NINE + 24 * 60 * MIN, &q, NULL), 0);
    CHECK_INT(q.n, 0); /* the next day nobody waits */
}

TEST(teardown)
{
    char path[200];
    store_close(store);
    static const char *const files[] = {"hall.db", "hall.db-wal", "hall.db-shm", "hall.id"};
    for (size_t i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "%s/%s", dir, files[i]);
        unlink(path);
    }
    rmdir(dir);
}

TEST_MAIN(SETUP(setup), T(two_terminals_share_a_series), T(the_same_request_gets_the_same_block), T(tickets_and_void_ones),
          T(calls), T(pace), T(pauses_and_versions), TEARDOWN(teardown))
