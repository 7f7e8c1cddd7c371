/* SPDX-License-Identifier: Apache-2.0
 *
 * The estimate: people, pace and minutes, and when nothing is claimed.
 */
#include "test.h"

#include "tools/hall/rules/estimate.h"

#define MIN INT64_C(60000)
#define NOW (1000 * MIN)

static int waiting, minutes;

/* Calls every `every` minutes up to `ago` minutes before now, of people who had waited for an hour. */
static void ask(int n, int every, int ago, int people)
{
    struct estimate_call calls[ESTIMATE_CALLS];
    for (int i = 0; i < n; i++) {
        calls[i].called = NOW - (ago + i * every) * MIN;
        calls[i].taken = calls[i].called - 60 * MIN;
    }
    estimate(calls, (size_t)n, people, NOW - 10 * MIN, NOW, &waiting, &minutes);
}

TEST(median)
{
    ask(4, 2, 1, 3);
    CHECK_INT(waiting, 3);
    CHECK_INT(minutes, 6);
    struct estimate_call calls[] = {{NOW - 1 * MIN, 0}, {NOW - 3 * MIN, 0}, {NOW - 5 * MIN, 0}, {NOW - 35 * MIN, 0}};
    estimate(calls, 4, 1, NOW, NOW, &waiting, &minutes); /* a long one in between does not count for much */
    CHECK_INT(minutes, 2);
}

TEST(rounding)
{
    ask(11, 2, 0, 12);
    CHECK_INT(minutes, 25); /* 24 */
    ask(11, 1, 0, 10);
    CHECK_INT(minutes, 10);
    ask(11, 5, 0, 97);
    CHECK_INT(minutes, -1); /* more than eight hours says nothing */
}

TEST(too_few_calls)
{
    ask(3, 2, 1, 5);
    CHECK_INT(waiting, 5);
    CHECK_INT(minutes, -1);
    ask(0, 2, 1, 5);
    CHECK_INT(waiting, 5);
    CHECK_INT(minutes, -1);
}

TEST(not_lately)
{
    ask(4, 2, 31, 5);
    CHECK_INT(waiting, 5);
    CHECK_INT(minutes, -1);
    ask(4, 2, 121, 5);
    CHECK_INT(waiting, -1); /* the windows do not say whom they call */
    CHECK_INT(minutes, -1);
    estimate(NULL, 0, 2, NOW - 121 * MIN, NOW, &waiting, &minutes);
    CHECK_INT(waiting, -1);
}

TEST(nobody_waits)
{
    ask(4, 2, 1, 0);
    CHECK_INT(waiting, 0);
    CHECK_INT(minutes, 0);
    ask(1, 2, 200, 0); /* nobody waits, and nobody seems to be at the window */
    CHECK_INT(waiting, 0);
    CHECK_INT(minutes, -1);
    ask(0, 2, 1, 0);
    CHECK_INT(waiting, 0);
    CHECK_INT(minutes, -1);
}

TEST(idle_windows_tell_no_pace)
{
    struct estimate_call calls[8];
    for (int i = 0; i < 8; i++) /* each came when the one before was long gone */
        calls[i] = (struct estimate_call){NOW - i * 5 * MIN, NOW - i * 5 * MIN - MIN};
    estimate(calls, 8, 2, NOW, NOW, &waiting, &minutes);
    CHECK_INT(waiting, 2);
    CHECK_INT(minutes, -1);
}

TEST_MAIN(T(median), T(rounding), T(too_few_calls), T(not_lately), T(nobody_waits), T(idle_windows_tell_no_pace))
