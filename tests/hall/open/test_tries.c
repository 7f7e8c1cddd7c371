/* SPDX-License-Identifier: Apache-2.0
 *
 * What bounds guesses at phones, and questions that come twice.
 */
#include "test.h"

#include "tools/hall/open/tries.h"

#define ONE "1103001260105000018"
#define TWO "1103001260105000026"
#define NOW INT64_C(1767546000000)
#define DAY INT64_C(86400000)

TEST(five_wrong_tries_a_day)
{
    struct tries *t = tries_create(NOW);

    for (int i = 0; i < TRIES_MAX; i++) {
        CHECK(tries_left(t, ONE, NOW));
        tries_wrong(t, ONE, NOW);
    }
    CHECK(!tries_left(t, ONE, NOW));
    CHECK(tries_left(t, TWO, NOW)); /* another case's are its own */
    CHECK(tries_left(t, ONE, NOW + DAY));
    tries_wrong(t, ONE, NOW + DAY);
    CHECK(tries_left(t, ONE, NOW + DAY));
    tries_destroy(t);
}

TEST(no_room_to_count_is_no_leave_to_guess)
{
    struct tries *t = tries_create(NOW);
    char number[CASE_NUMBER_LEN + 1];

    for (int i = 0; i < 10000; i++) {
        snprintf(number, sizeof number, "%019d", i);
        tries_wrong(t, number, NOW);
    }
    CHECK(tries_left(t, "0000000000000000001", NOW)); /* one that is counted */
    CHECK(!tries_left(t, ONE, NOW));
    CHECK(tries_left(t, ONE, NOW + DAY));
    tries_destroy(t);
}

static void name_question(uint8_t enc[16], int i)
{
    memset(enc, 0, 16);
    memcpy(enc, &i, sizeof i);
}

TEST(a_question_counts_once)
{
    struct tries *t = tries_create(NOW);
    uint8_t enc[16];

    name_question(enc, 1);
    CHECK_INT(tries_look(t, enc, NOW, NOW), TRIES_NEW);
    CHECK_INT(tries_question(t, enc, NOW, NOW), TRIES_NEW);
    CHECK_INT(tries_look(t, enc, NOW, NOW), TRIES_OLD);
    CHECK_INT(tries_question(t, enc, NOW, NOW), TRIES_OLD);
    name_question(enc, 2);
    CHECK_INT(tries_question(t, enc, NOW, NOW), TRIES_NEW);
    tries_destroy(t);
}

TEST(of_its_time_alone)
{
    struct tries *t = tries_create(NOW);
    uint8_t enc[16];

    name_question(enc, 1);
    CHECK_INT(tries_question(t, enc, NOW - 1, NOW), TRIES_OLD); /* of before the start */
    int64_t later = NOW + DAY;
    CHECK_INT(tries_question(t, enc, later - TRIES_WINDOW_MS - 1, later), TRIES_OLD);
    CHECK_INT(tries_question(t, enc, later + TRIES_WINDOW_MS + 1, later), TRIES_OLD);
    CHECK_INT(tries_question(t, enc, later + TRIES_WINDOW_MS, later), TRIES_NEW);
    /* known as long as it is good */
    CHECK_INT(tries_question(t, enc, later + TRIES_WINDOW_MS, later + 2 * TRIES_WINDOW_MS), TRIES_OLD);
    tries_destroy(t);
}

TEST(full_until_the_oldest_is_over)
{
    struct tries *t = tries_create(NOW);
    uint8_t enc[16];
    int n = 0;

    do
        name_question(enc, ++n);
    while (n < 20000 && tries_question(t, enc, NOW, NOW) == TRIES_NEW);
    CHECK(n > 1000 && n < 20000);
    CHECK_INT(tries_question(t, enc, NOW, NOW), TRIES_FULL);
    int64_t later = NOW + TRIES_WINDOW_MS + 1;
    CHECK_INT(tries_question(t, enc, later, later), TRIES_NEW);
    tries_destroy(t);
}

TEST_MAIN(T(five_wrong_tries_a_day), T(no_room_to_count_is_no_leave_to_guess), T(a_question_counts_once),
          T(of_its_time_alone), T(full_until_the_oldest_is_over))
