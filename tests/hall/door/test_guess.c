/* SPDX-License-Identifier: Apache-2.0
 *
 * Wrong codes by address: slower and slower, never for somebody else, never for long.
 */
#include "test.h"

#include "tools/hall/door/guess.h"

TEST(each_waits_longer_up_to_a_minute)
{
    struct guesses *g = guess_create();
    int64_t now = 1000000;
    int last = 0;
    for (int i = 1; i < GUESS_FREE; i++) {
        CHECK_INT(guess_wrong(g, "10.0.0.1", now), i);
        CHECK_INT(guess_wait(g, "10.0.0.1", now), 0);
    }
    for (int i = 0; i < 20; i++) {
        guess_wrong(g, "10.0.0.1", now);
        int wait = guess_wait(g, "10.0.0.1", now);
        CHECK(wait > last || wait == GUESS_WAIT_MAX_S);
        CHECK_INT(guess_wait(g, "10.0.0.1", now + wait * 1000), 0);
        last = wait;
    }
    CHECK_INT(last, GUESS_WAIT_MAX_S);
    CHECK_INT(guess_wait(g, "10.0.0.2", now), 0);
    guess_right(g, "10.0.0.1");
    CHECK_INT(guess_wait(g, "10.0.0.1", now), 0);
    guess_destroy(g);
}

TEST(one_network_one_count)
{
    struct guesses *g = guess_create();
    char address[64];
    for (int i = 0; i < 2 * GUESS_FREE; i++) {
        snprintf(address, sizeof address, "2001:db8:1:2::%x", i);
        CHECK_INT(guess_wrong(g, address, 0), i + 1);
    }
    CHECK(guess_wait(g, "2001:db8:1:2:ffff::1", 0) > 0);
    CHECK_INT(guess_wait(g, "2001:db8:1:3::1", 0), 0);
    guess_destroy(g);
}

TEST(as_many_addresses_as_there_are)
{
    struct guesses *g = guess_create();
    char address[64];
    for (int i = 0; i < 100000; i++) {
        snprintf(address, sizeof address, "10.%d.%d.%d", i >> 16, i >> 8 & 255, i & 255);
        CHECK_INT(guess_wrong(g, address, i), 1);
    }
    CHECK_INT(guess_wrong(g, address, 100000), 2); /* the last ones are those remembered */
    guess_destroy(g);
}

TEST(alarms_are_few)
{
    CHECK(!guess_alarms(0));
    CHECK(!guess_alarms(GUESS_ALARM - 1));
    CHECK(guess_alarms(GUESS_ALARM));
    CHECK(!guess_alarms(GUESS_ALARM + 1));
    CHECK(guess_alarms(10 * GUESS_ALARM));
    CHECK(!guess_alarms(0x7fffffff));
}

TEST_MAIN(T(each_waits_longer_up_to_a_minute), T(one_network_one_count), T(as_many_addresses_as_there_are),
          T(alarms_are_few))
