/* SPDX-License-Identifier: Apache-2.0
 *
 * Work in a process of its own: its result comes, its death is noticed, the loop goes on meanwhile.
 */
#include "base/work.h"

#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
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

/* Lasts until the test lets it end. */
static void wait_for(const void *arg, void *result)
{
    while (!*(atomic_int *)(uintptr_t)arg)
        usleep(1000);
    memset(result, 'k', 1);
}

static atomic_int *go; /* shared with the other process */

static void begin(void)
{
    memset(&seen, 0, sizeof seen);
    go = mmap(NULL, sizeof *go, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
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
    seen.ticks++;
    CHECK_INT(seen.calls, 0);
    *go = 1;
}

TEST(loop_goes_on)
{
    struct err e = {0};

    begin();
    CHECK(work_start(seen.loop, wait_for, go, sizeof seen.text, on_done, &seen, &e) != NULL);
    struct loop_timer *t = loop_add_timer(seen.loop, on_tick, NULL);
    loop_timer_start(t, 1);
    CHECK_INT(loop_run(seen.loop), 0);
    CHECK_INT(seen.ticks, 1);
    CHECK_INT(seen.calls, 1);
    CHECK(seen.text[0] == 'k');
    loop_timer_remove(t);
    loop_destroy(seen.loop);
}

TEST(cancelled)
{
    struct err e = {0};

    begin();
    struct work *w = work_start(seen.loop, wait_for, go, 10, on_done, &seen, &e);
    CHECK(w != NULL);
    work_cancel(w);
    CHECK_INT(seen.calls, 0);
    CHECK_INT(waitpid(-1, NULL, WNOHANG), -1);
    loop_destroy(seen.loop);
}

static void wait_long(const void *arg, void *result)
{
    pause();
}

/* Tells how many milliseconds it has computed, until the test wants no more. */
static void compute_long(const void *arg, void *result)
{
    struct timespec used;

    while (!go[1]) {
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
        *go = (int)(used.tv_sec * 1000 + used.tv_nsec / 1000000);
    }
    memset(result, 'k', sizeof seen.text);
}

TEST(one_that_stands_still_is_ended)
{
    struct err e = {0};

    begin();
    work_set_still(0);
    CHECK(work_start(seen.loop, wait_long, NULL, 10, on_done, &seen, &e) != NULL);
    for (int i = 0; i < 100 && !seen.calls; i++) { /* what it computes until it waits is a look or two */
        poll(NULL, 0, 20);
        clock_advance(WORK_STILL_MS);
        CHECK(loop_step(seen.loop, 0) >= 0);
    }
    CHECK_INT(seen.calls, 1);
    CHECK(seen.died);
    CHECK_INT(waitpid(-1, NULL, WNOHANG), -1);
    work_set_still(WORK_STILL_MS);
    loop_destroy(seen.loop);
}

TEST(a_clock_that_is_set_forward_ends_nobody)
{
    struct err e = {0};

    begin();
    struct work *w = work_start(seen.loop, wait_long, NULL, 10, on_done, &seen, &e);
    CHECK(w != NULL);
    for (int i = 0; i < 100; i++) { /* by a day, or by seconds a hundred times */
        clock_advance(WORK_STILL_MS);
        CHECK(loop_step(seen.loop, 0) >= 0);
        CHECK_INT(seen.calls, 0);
    }
    work_cancel(w);
    loop_destroy(seen.loop);
}

TEST(one_that_computes_is_let_be)
{
    struct err e = {0};

    begin();
    work_set_still(0);
    CHECK(work_start(seen.loop, compute_long, go, sizeof seen.text, on_done, &seen, &e) != NULL);
    for (int i = 1; i < 4; i++) {
        while (*go < 50 * i) /* several ticks */
            poll(NULL, 0, 10);
        clock_advance(WORK_STILL_MS);
        CHECK(loop_step(seen.loop, 0) >= 0);
        CHECK_INT(seen.calls, 0);
    }
    go[1] = 1; /* a word of its own: the other writes *go at any moment */
    CHECK_INT(loop_run(seen.loop), 0);
    CHECK_INT(seen.calls, 1);
    CHECK(!seen.died);
    work_set_still(WORK_STILL_MS);
    loop_destroy(seen.loop);
}

static void on_text(void *ctx, const void *result)
{
    seen.calls++;
    seen.died = result == NULL;
    snprintf(seen.text, sizeof seen.text, "%s", result ? (const char *)result : "");
    loop_stop(seen.loop);
}

/* This program itself stands beside this program. */
static void run_beside(const char *word, size_t size)
{
    const char *const argv[] = {"test_work", word, NULL};
    struct err e = {0};

    begin();
    CHECK(work_spawn(seen.loop, argv, size, on_text, NULL, &e) != NULL);
    CHECK_INT(loop_run(seen.loop), 0);
    CHECK_INT(seen.calls, 1);
    CHECK_INT(waitpid(-1, NULL, WNOHANG), -1);
    loop_destroy(seen.loop);
}

TEST(a_program_answers_in_words)
{
    run_beside("say", 100);
    CHECK_STR(seen.text, "said");
    run_beside("say", 4); /* no room for its NUL */
    CHECK(seen.died);
    run_beside("silence", 100);
    CHECK(seen.died);
}

__attribute__((constructor)) static void as_a_program(int argc, char **argv)
{
    if (argc != 2)
        return;
    if (!strcmp(argv[1], "say"))
        fputs("said", stdout);
    fflush(stdout);
    _exit(0);
}

TEST_MAIN(T(result_comes_whole), T(death_is_noticed), T(loop_goes_on), T(cancelled), T(one_that_stands_still_is_ended),
          T(a_clock_that_is_set_forward_ends_nobody), T(one_that_computes_is_let_be), T(a_program_answers_in_words))
