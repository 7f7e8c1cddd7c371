/* SPDX-License-Identifier: Apache-2.0
 *
 * Work in a process of its own: its result comes, its death is noticed, the loop goes on meanwhile.
 */
#include "base/work.h"

#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test.h"

struct outcome {
    struct loop *loop;
    int calls, ticks;
    bool died;
    char text[100000];
};
static struct outcome seen;

static void on_done(void *ctx, const void *result)
{
    struct outcome *o = ctx;

    o->calls++;
    o->died = result == NULL;
    if (result)
        memcpy(o->text, result, sizeof o->text);
    loop_stop(o->loop);
}

static void fill(const void *arg, void *result)
{
    memset(result, *(const char *)arg, sizeof seen.text);
}

static void die(const void *arg, void *result)
{
    memset(result, 'x', 10);
    kill(getpid(), SIGKILL);
}

/* Reads from the pipe `arg` names, so that it lasts until the test lets it end. */
static void wait_for(const void *arg, void *result)
{
    char c;

    if (read(*(const int *)arg, &c, 1) == 1)
        memset(result, c, 1);
}

static void begin(void)
{
    memset(&seen, 0, sizeof seen);
    seen.loop = loop_create();
}

TEST(result_comes_whole)
{
    char letter = 'q';
    struct err e = {0};

    begin();
    CHECK(work_start(seen.loop, fill, &letter, sizeof seen.text, on_done, &seen, &e) != NULL);
    letter = 'z'; /* the other process has its own */
    CHECK_INT(loop_run(seen.loop), 0);
    CHECK_INT(seen.calls, 1);
    CHECK(!seen.died);
    CHECK(seen.text[0] == 'q' && seen.text[sizeof seen.text - 1] == 'q');
    CHECK_INT(waitpid(-1, NULL, WNOHANG), -1); /* nothing is left of it */
    loop_destroy(seen.loop);
}

TEST(death_is_noticed)
{
    struct err e = {0};

    begin();
    CHECK(work_start(seen.loop, die, NULL, 10, on_done, &seen, &e) != NULL);
    CHECK_INT(loop_run(seen.loop), 0);
    CHECK_INT(seen.calls, 1);
    CHECK(seen.died);
    loop_destroy(seen.loop);
}

static void on_tick(void *ctx)
{
    int fd = *(int *)ctx;

    seen.ticks++;
    CHECK_INT(seen.calls, 0);
    CHECK_INT(write(fd, "k", 1), 1);
}

TEST(loop_goes_on)
{
    struct err e = {0};
    int ends[2];

    begin();
    CHECK_INT(pipe(ends), 0);
    CHECK(work_start(seen.loop, wait_for, &ends[0], sizeof seen.text, on_done, &seen, &e) != NULL);
    struct loop_timer *t = loop_add_timer(seen.loop, on_tick, &ends[1]);
    loop_timer_start(t, 1);
    CHECK_INT(loop_run(seen.loop), 0);
    CHECK_INT(seen.ticks, 1);
    CHECK_INT(seen.calls, 1);
    CHECK(seen.text[0] == 'k');
    loop_timer_remove(t);
    loop_destroy(seen.loop);
    close(ends[0]);
    close(ends[1]);
}

TEST(cancelled)
{
    struct err e = {0};
    int ends[2];

    begin();
    CHECK_INT(pipe(ends), 0);
    struct work *w = work_start(seen.loop, wait_for, &ends[0], 10, on_done, &seen, &e);
    CHECK(w != NULL);
    work_cancel(w);
    CHECK_INT(seen.calls, 0);
    CHECK_INT(waitpid(-1, NULL, WNOHANG), -1);
    loop_destroy(seen.loop);
    close(ends[0]);
    close(ends[1]);
}

TEST_MAIN(T(result_comes_whole), T(death_is_noticed), T(loop_goes_on), T(cancelled))
