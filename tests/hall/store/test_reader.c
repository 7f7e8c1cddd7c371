/* SPDX-License-Identifier: Apache-2.0
 *
 * Reads off the loop: each is answered once, in the loop, also what waits at the end.
 */
#include "hall/store/alert_count.h"
#include "test.h"

#include <pthread.h>

#include "hall/database.h"
#include "tools/hall/store/reader.h"

static struct event_base *base;
static struct reader *reader;
static char dir[64];
static pthread_t loop;
static int answered, refused, elsewhere;

struct job {
    struct read_job job; /* first */
    bool fails;
};

static int run(struct read_job *j, struct store *s, struct err *e)
{
    if (!pthread_equal(pthread_self(), loop))
        __atomic_add_fetch(&elsewhere, 1, __ATOMIC_RELAXED);
    if (((struct job *)j)->fails)
        return err_set(e, ERR_INVALID, "on purpose");
    return alert_count(s, 1, NULL, e);
}

static void done(struct read_job *j, int rc, const struct err *e)
{
    CHECK(pthread_equal(pthread_self(), loop));
    answered++;
    refused += rc < 0;
    if (rc < 0)
        CHECK_STR(e->text, "on purpose");
    else
        CHECK_INT(rc, 1);
    free(j);
}

static bool push(bool fails)
{
    struct job *one = calloc(1, sizeof *one);
    one->job = (struct read_job){.run = run, .done = done};
    one->fails = fails;
    bool taken = reader_push(reader, &one->job);
    if (!taken)
        free(one);
    return taken;
}

static void begin(void)
{
    struct store *s = NULL;
    struct err e = {0};
    loop = pthread_self();
    answered = refused = elsewhere = 0;
    snprintf(dir, sizeof dir, "/tmp/tongban-reader-XXXXXX");
    CHECK(mkdtemp(dir) != NULL);
    base = event_base_new();
    CHECK_INT(database_make(dir, &e), 0);
    CHECK_INT(store_open(dir, &s, &e), 0);
    CHECK_INT(store_alert(s, 1, "t-1", "test", "row", &e), 0);
    store_close(s);
    CHECK_INT(reader_create(base, dir, &reader, &e), 0);
}

static void end(void)
{
    char command[100];
    reader_destroy(reader);
    event_base_free(base);
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    CHECK_INT(system(command), 0);
}

TEST(each_is_answered)
{
    begin();
    for (int i = 0; i < 300; i++)
        CHECK(push(i % 3 == 0));
    while (answered < 300)
        event_base_loop(base, EVLOOP_ONCE);
    CHECK_INT(refused, 100);
    CHECK_INT(elsewhere, 300);
    end();
    CHECK_INT(answered, 300);
}

TEST(what_waits_at_the_end)
{
    begin();
    for (int i = 0; i < 300; i++)
        CHECK(push(false));
    end();
    CHECK_INT(answered, 300);
}

/* Until the loop has taken the answers, they count. */
TEST(it_is_bounded)
{
    begin();
    for (int i = 0; i < READER_JOBS_MAX; i++)
        CHECK(push(false));
    CHECK(!push(false));
    end();
    CHECK_INT(answered, READER_JOBS_MAX);
}

TEST_MAIN(T(each_is_answered), T(what_waits_at_the_end), T(it_is_bounded))
