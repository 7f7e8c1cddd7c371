/* SPDX-License-Identifier: Apache-2.0
 *
 * The loop under the virtual clock: order of timers, removal from inside callbacks, signals.
 */
#include "base/loop.h"

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "test.h"

static char said[64];
static struct loop *the_loop;
static struct loop_timer *timers[4];
static struct loop_fd *sources[3];

static void say(void *ctx)
{
    strncat(said, ctx, sizeof said - strlen(said) - 1);
}

static void fresh(void)
{
    said[0] = '\0';
    the_loop = loop_create();
}

TEST(due_timers_fire_in_the_order_of_their_deadlines)
{
    fresh();
    timers[0] = loop_add_timer(the_loop, say, "c");
    timers[1] = loop_add_timer(the_loop, say, "a");
    timers[2] = loop_add_timer(the_loop, say, "b");
    timers[3] = loop_add_timer(the_loop, say, "z");
    loop_timer_start(timers[0], 30000);
    loop_timer_start(timers[1], 10000);
    loop_timer_start(timers[2], 20000);
    loop_timer_start(timers[3], 90000);
    loop_step(the_loop, 0);
    CHECK_STR(said, "");
    clock_advance(60000);
    loop_step(the_loop, 0);
    CHECK_STR(said, "abc");
    CHECK_INT(loop_timer_left(timers[0]), -1);
    CHECK(loop_timer_left(timers[3]) > 0 && loop_timer_left(timers[3]) <= 30000);
    loop_step(the_loop, 0);
    CHECK_STR(said, "abc");
    clock_advance(30000);
    loop_step(the_loop, -1);
    CHECK_STR(said, "abcz");
    loop_destroy(the_loop);
}

TEST(equal_deadlines_fire_as_they_were_started)
{
    fresh();
    timers[0] = loop_add_timer(the_loop, say, "2");
    timers[1] = loop_add_timer(the_loop, say, "1");
    loop_timer_start(timers[1], 0);
    loop_timer_start(timers[0], 0);
    loop_step(the_loop, 0);
    /* a millisecond may pass between the two starts; the order is the same */
    loop_step(the_loop, 0);
    CHECK_STR(said, "12");
    loop_destroy(the_loop);
}

TEST(restart_and_stop)
{
    fresh();
    timers[0] = loop_add_timer(the_loop, say, "x");
    loop_timer_start(timers[0], 1000);
    loop_timer_start(timers[0], 50000);
    clock_advance(2000);
    loop_step(the_loop, 0);
    CHECK_STR(said, "");
    loop_timer_stop(timers[0]);
    clock_advance(100000);
    loop_step(the_loop, 0);
    CHECK_STR(said, "");
    CHECK_INT(loop_timer_left(timers[0]), -1);
    loop_destroy(the_loop);
}

static void again(void *ctx)
{
    say(ctx);
    loop_timer_start(timers[0], 0);
}

TEST(a_zero_timer_that_restarts_itself_fires_once_a_step)
{
    fresh();
    timers[0] = loop_add_timer(the_loop, again, "x");
    loop_timer_start(timers[0], 0);
    for (int i = 0; i < 3; i++)
        loop_step(the_loop, -1);
    CHECK_STR(said, "xxx");
    loop_destroy(the_loop);
}

static void remove_all(void *ctx)
{
    say(ctx);
    for (int i = 0; i < 3; i++) {
        loop_timer_remove(timers[i]);
        timers[i] = NULL;
    }
}

TEST(a_callback_may_remove_itself_and_those_after_it)
{
    fresh();
    for (int i = 0; i < 3; i++) {
        timers[i] = loop_add_timer(the_loop, remove_all, "r");
        loop_timer_start(timers[i], 10 * i);
    }
    clock_advance(1000);
    loop_step(the_loop, 0);
    CHECK_STR(said, "r");
    loop_timer_remove(NULL);
    loop_destroy(the_loop);
}

static void on_readable(void *ctx, int fd, short revents)
{
    say(ctx);
    CHECK(revents & (POLLIN | POLLHUP));
    for (int i = 0; i < 3; i++) {
        loop_fd_remove(sources[i]);
        sources[i] = NULL;
    }
}

TEST(a_source_may_remove_all_sources)
{
    int pair[3][2];
    fresh();
    for (int i = 0; i < 3; i++) {
        CHECK_INT(socketpair(AF_UNIX, SOCK_STREAM, 0, pair[i]), 0);
        CHECK_INT(write(pair[i][1], "x", 1), 1);
        sources[i] = loop_add_fd(the_loop, pair[i][0], POLLIN, on_readable, "f");
    }
    loop_step(the_loop, 0);
    loop_step(the_loop, 0);
    CHECK_STR(said, "f");
    loop_destroy(the_loop);
    for (int i = 0; i < 3; i++) {
        close(pair[i][0]);
        close(pair[i][1]);
    }
}

static void on_quiet(void *ctx, int fd, short revents)
{
    say(ctx);
}

static void add_source(void *ctx, int fd, short revents)
{
    say("a");
    if (!sources[1])
        sources[1] = loop_add_fd(the_loop, *(int *)ctx, POLLIN, on_quiet, "b");
}

TEST(a_source_added_in_a_callback_waits_for_the_next_step)
{
    int one[2], two[2];
    fresh();
    sources[1] = NULL;
    CHECK_INT(pipe(one) | pipe(two), 0);
    CHECK_INT(write(one[1], "x", 1) + write(two[1], "x", 1), 2);
    loop_add_fd(the_loop, one[0], POLLIN, add_source, &two[0]);
    loop_step(the_loop, 0);
    CHECK_STR(said, "a");
    loop_step(the_loop, 0);
    CHECK_STR(said, "aab");
    loop_destroy(the_loop);
    for (int i = 0; i < 2; i++) {
        close(one[i]);
        close(two[i]);
    }
}

TEST(a_source_that_waits_for_nothing_is_silent_even_when_hung_up)
{
    int one[2];
    fresh();
    CHECK_INT(pipe(one), 0);
    struct loop_fd *s = loop_add_fd(the_loop, one[0], 0, on_quiet, "q");
    close(one[1]);
    loop_step(the_loop, 0);
    CHECK_STR(said, "");
    loop_fd_events(s, POLLIN);
    loop_step(the_loop, 0);
    CHECK_STR(said, "q");
    loop_destroy(the_loop);
    close(one[0]);
}

static void stop(void *ctx)
{
    say("s");
    loop_stop(the_loop);
}

TEST(runs_until_stopped_and_prepares_before_each_wait)
{
    fresh();
    loop_set_prepare(the_loop, say, "p");
    timers[0] = loop_add_timer(the_loop, stop, NULL);
    loop_timer_start(timers[0], 0);
    CHECK_INT(loop_run(the_loop), 0);
    CHECK_STR(said, "ps");
    loop_set_prepare(the_loop, stop, NULL); /* stopping there does not leave the loop waiting */
    CHECK_INT(loop_run(the_loop), 0);
    CHECK_STR(said, "pss");
    loop_destroy(the_loop);
}

TEST(signals_come_as_a_call)
{
    fresh();
    CHECK_INT(loop_on_terminate(the_loop, say, "t"), 0);
    CHECK(loop_on_terminate(the_loop, say, "t") < 0);
    raise(SIGTERM);
    loop_step(the_loop, -1);
    CHECK_STR(said, "t");
    raise(SIGINT);
    loop_step(the_loop, -1);
    CHECK_STR(said, "tt");
    loop_destroy(the_loop);
    sigset_t now;
    pthread_sigmask(SIG_SETMASK, NULL, &now);
    CHECK(!sigismember(&now, SIGTERM));
    loop_destroy(NULL);
}

TEST_MAIN(T(due_timers_fire_in_the_order_of_their_deadlines), T(equal_deadlines_fire_as_they_were_started),
          T(restart_and_stop), T(a_zero_timer_that_restarts_itself_fires_once_a_step),
          T(a_callback_may_remove_itself_and_those_after_it), T(a_source_may_remove_all_sources),
          T(a_source_added_in_a_callback_waits_for_the_next_step),
          T(a_source_that_waits_for_nothing_is_silent_even_when_hung_up),
          T(runs_until_stopped_and_prepares_before_each_wait), T(signals_come_as_a_call))
