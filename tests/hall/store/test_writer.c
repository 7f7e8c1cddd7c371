/* SPDX-License-Identifier: Apache-2.0
 *
 * Group commit: everything is answered after it is durable, a bad job fails alone, a full disk fails all and loses nothing.
 */
#include "hall/store/alert_count.h"
#include "test.h"

#include "hall/database.h"

#include <unistd.h>

#include "tools/hall/store/writer.h"

static struct event_base *base;
static struct store *store;
static struct writer *writer;
static char dir[64];
static int answered, refused;

struct job {
    struct write_job job;
    int kind; /* 0: good, 1: breaks the transaction */
};

static int run(struct write_job *j, struct store *s, struct err *e)
{
    const struct job *one = (const struct job *)j;
    int rc = store_alert(s, 1, "t-1", "test", "row", e);
    return rc == 0 && one->kind ? err_set(e, ERR_EXISTS, "on purpose") : rc;
}

static void done(struct write_job *j, int rc, const struct err *e)
{
    answered++;
    refused += rc != 0;
    free(j);
}

static bool push(int kind)
{
    struct job *one = calloc(1, sizeof *one);
    one->job = (struct write_job){.run = run, .done = done, .rows = 1, .bytes = 100};
    one->kind = kind;
    bool taken = writer_push(writer, &one->job);
    if (!taken)
        free(one);
    return taken;
}

static void begin(void)
{
    snprintf(dir, sizeof dir, "/tmp/tongban-writer-XXXXXX");
    CHECK(mkdtemp(dir) != NULL);
    answered = refused = 0;
    base = event_base_new();
    CHECK_INT((database_make(dir, NULL) ? -1 : store_open(dir, &store, NULL)), 0);
    CHECK_INT(writer_create(base, store, &writer, NULL), 0);
}

static void wait_for(int n)
{
    while (answered < n)
        event_base_loop(base, EVLOOP_ONCE);
}

static void end(void)
{
    char command[100];
    writer_destroy(writer);
    store_close(store);
    event_base_free(base);
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    CHECK_INT(system(command), 0);
}

TEST(all_are_stored)
{
    begin();
    for (int i = 0; i < 1500; i++)
        CHECK(push(0));
    wait_for(1500);
    CHECK_INT(refused, 0);
    CHECK_INT(alert_count(store, 1, "test", NULL), 1500);
    end();
}

TEST(a_bad_job_fails_alone)
{
    begin();
    for (int i = 0; i < 30; i++)
        CHECK(push(i == 17));
    wait_for(30);
    CHECK_INT(refused, 1);
    CHECK_INT(alert_count(store, 1, "test", NULL), 29);
    end();
}

TEST(full_disk)
{
    begin();
    store_set_full(store, true);
    CHECK(push(0));
    wait_for(1);
    CHECK_INT(refused, 1);
    CHECK_INT(alert_count(store, 1, "test", NULL), 0);
    store_set_full(store, false);
    CHECK(push(0));
    wait_for(2);
    CHECK_INT(alert_count(store, 1, "test", NULL), 1);
    end();
}

TEST(queue_is_bounded)
{
    begin();
    struct job *large = calloc(1, sizeof *large);
    large->job = (struct write_job){.run = run, .done = done, .rows = 1, .bytes = WRITER_BYTES_MAX + 1};
    CHECK(!writer_push(writer, &large->job));
    free(large);
    end();
}

/* --- fair turns --- */

static char order[4096]; /* the lanes' letters as their jobs were run */
static int runs;

static int run_lane(struct write_job *j, struct store *s, struct err *e)
{
    order[strlen(order)] = j->from[0];
    runs++;
    return 0;
}

/* The writer is busy until it may go on. */
static int gate[2];

static int run_gate(struct write_job *j, struct store *s, struct err *e)
{
    char byte;
    return read(gate[0], &byte, 1) == 1 ? 0 : err_set(e, ERR_IO, "gate");
}

static bool push_lane(const char *from, int office, int (*fn)(struct write_job *, struct store *, struct err *),
                      size_t bytes)
{
    struct job *one = calloc(1, sizeof *one);
    one->job = (struct write_job){.run = fn, .done = done, .rows = 1, .bytes = bytes, .from = from, .office = office};
    bool taken = writer_push(writer, &one->job);
    if (!taken)
        free(one);
    return taken;
}

static void close_gate(void)
{
    CHECK_INT(pipe(gate), 0);
    memset(order, 0, sizeof order);
    runs = 0;
    /* larger than a group: it is alone in one */
    CHECK(push_lane(NULL, 0, run_gate, WRITER_GROUP_BYTES));
}

static void open_gate(int n)
{
    CHECK_INT(write(gate[1], "x", 1), 1);
    wait_for(n);
    close(gate[0]);
    close(gate[1]);
}

/* Who pushed first and most is asked in its turn only. */
TEST(each_sender_in_its_turn)
{
    begin();
    close_gate();
    for (int i = 0; i < 6; i++)
        CHECK(push_lane("f", 1, run_lane, 1));
    CHECK(push_lane("a", 1, run_lane, 1));
    CHECK(push_lane("b", 2, run_lane, 1));
    CHECK(push_lane("b", 2, run_lane, 1));
    open_gate(10);
    CHECK_STR(order, "fabfbffff");
    end();
}

TEST(each_sender_has_its_share)
{
    begin();
    close_gate();
    int taken = 0;
    while (push_lane("f", 1, run_lane, 1))
        taken++;
    CHECK_INT(taken, WRITER_LANE_JOBS);
    CHECK(push_lane("a", 1, run_lane, 1)); /* others have theirs */
    CHECK(push_lane("b", 1, run_lane, WRITER_LANE_BYTES));
    CHECK(!push_lane("b", 1, run_lane, 1));
    CHECK(push_lane(NULL, 1, run_gate, 1)); /* the hall's own come in */
    CHECK_INT(write(gate[1], "x", 1), 1);
    open_gate(taken + 4);
    CHECK(push_lane("f", 1, run_lane, 1)); /* and when it is written there is room again */
    wait_for(taken + 5);
    end();
}

TEST(each_office_has_its_share)
{
    static char names[WRITER_OFFICE_JOBS][16];
    begin();
    close_gate();
    for (int i = 0; i < WRITER_OFFICE_JOBS; i++) {
        snprintf(names[i], sizeof names[i], "t%d", i);
        CHECK(push_lane(names[i], 7, run_lane, 1));
    }
    CHECK(!push_lane("more", 7, run_lane, 1));
    CHECK(push_lane("other", 8, run_lane, 1));
    open_gate(WRITER_OFFICE_JOBS + 2);
    end();
}

/* One that is refused costs its neighbours nothing: none of them is run a second time. */
static int run_bad(struct write_job *j, struct store *s, struct err *e)
{
    runs++;
    return store_alert(s, 1, "t-1", "bad", "row", e) ? -1 : err_set(e, ERR_EXISTS, "on purpose");
}

TEST(refused_ones_are_undone_alone)
{
    begin();
    close_gate();
    for (int i = 0; i < 10; i++) {
        CHECK(push_lane("a", 1, run_lane, 1));
        CHECK(push_lane("b", 1, run_bad, 1));
    }
    open_gate(21);
    CHECK_INT(runs, 20);
    CHECK_INT(refused, 10);
    CHECK_INT(alert_count(store, 1, "bad", NULL), 0);
    end();
}

/* --- what another hall may do meanwhile --- */

static int retries; /* that a job still asks for */

static int run_retried(struct write_job *j, struct store *s, struct err *e)
{
    int rc = store_alert(s, 1, "t-1", "retried", "row", e);
    if (rc == 0 && retries > 0) {
        retries--;
        rc = err_set(e, ERR_RETRY, "on purpose");
    }
    return rc;
}

/* Their neighbours in the transaction are run again with it, and are stored once. */
static void retry(int n, int want_refused)
{
    begin();
    close_gate();
    retries = n;
    for (int i = 0; i < 5; i++)
        CHECK(push_lane("a", 1, i == 2 ? run_retried : run, 1));
    open_gate(6);
    CHECK_INT(retries, 0);
    CHECK_INT(refused, want_refused);
    CHECK_INT(alert_count(store, 1, "retried", NULL), want_refused ? 0 : 1);
    CHECK_INT(alert_count(store, 1, "test", NULL), 4);
    end();
}

TEST(a_transaction_is_run_again)
{
    retry(1, 0);
    retry(WRITER_TRIES, 0);
}

TEST(not_for_ever)
{
    retry(1 + WRITER_TRIES, 1);
}

/* What waits when the hall ends is still written and answered. */
TEST(end_writes_what_waits)
{
    begin();
    for (int i = 0; i < 700; i++)
        CHECK(push(0));
    writer_destroy(writer);
    writer = NULL;
    CHECK_INT(answered, 700);
    CHECK_INT(refused, 0);
    CHECK_INT(alert_count(store, 1, "test", NULL), 700);
    end();
}

TEST_MAIN(T(all_are_stored), T(a_bad_job_fails_alone), T(full_disk), T(queue_is_bounded), T(each_sender_in_its_turn),
          T(each_sender_has_its_share), T(each_office_has_its_share), T(refused_ones_are_undone_alone),
          T(a_transaction_is_run_again), T(not_for_ever), T(end_writes_what_waits))
