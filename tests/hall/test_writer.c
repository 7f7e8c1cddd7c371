/* SPDX-License-Identifier: Apache-2.0
 *
 * Group commit: everything is answered after it is durable, a bad job fails alone, a full disk fails all and loses nothing.
 */
#include "test.h"

#include "tools/hall/writer.h"

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
    return !rc && one->kind ? err_set(e, ERR_EXISTS, "on purpose") : rc;
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
    CHECK_INT(store_open(dir, &store, NULL), 0);
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
    CHECK_INT(store_alert_count(store, 1, "test", NULL), 1500);
    end();
}

TEST(a_bad_job_fails_alone)
{
    begin();
    for (int i = 0; i < 30; i++)
        CHECK(push(i == 17));
    wait_for(30);
    CHECK_INT(refused, 1);
    CHECK_INT(store_alert_count(store, 1, "test", NULL), 29);
    end();
}

TEST(full_disk)
{
    begin();
    store_set_full(store, true);
    CHECK(push(0));
    wait_for(1);
    CHECK_INT(refused, 1);
    CHECK_INT(store_alert_count(store, 1, "test", NULL), 0);
    store_set_full(store, false);
    CHECK(push(0));
    wait_for(2);
    CHECK_INT(store_alert_count(store, 1, "test", NULL), 1);
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
    CHECK_INT(store_alert_count(store, 1, "test", NULL), 700);
    end();
}

TEST_MAIN(T(all_are_stored), T(a_bad_job_fails_alone), T(full_disk), T(queue_is_bounded), T(end_writes_what_waits))
