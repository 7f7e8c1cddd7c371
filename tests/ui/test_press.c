/* SPDX-License-Identifier: Apache-2.0
 *
 * What counts as a press: slip, debouncing, keys.
 */
#include "test.h"
#include "ui/input/press.h"

static const struct node list[] = {
    {.id = "next", .role = NODE_BUTTON, .box = {400, 1600, 640, 128}, .enabled = true},
    {.id = "key.1", .role = NODE_KEY, .box = {24, 1300, 230, 96}, .enabled = true},
};
#define N 2

static const struct node *tap(struct press *p, int x, int y, int up_x, int up_y, int64_t at)
{
    press_down(p, list, N, x, y);
    return press_up(p, list, N, up_x, up_y, at);
}

TEST(begins_and_ends_in_the_same_target)
{
    struct press p = {.id = ""};

    CHECK(tap(&p, 500, 1650, 500, 1650, 0) == &list[0]);
    CHECK(!tap(&p, 500, 1650, 100, 1350, 5000)); /* slid to a key */
    CHECK(!tap(&p, 10, 10, 500, 1650, 9000));    /* came from beside */
}

TEST(slip_of_16_px_is_forgiven)
{
    struct press p = {.id = ""};

    CHECK(tap(&p, 401, 1601, 384, 1584, 0) == &list[0]);
    CHECK(!tap(&p, 401, 1601, 383, 1601, 5000));
}

TEST(a_button_again_within_half_a_second_is_one_press)
{
    struct press p = {.id = ""};

    CHECK(tap(&p, 500, 1650, 500, 1650, 1000) == &list[0]);
    CHECK(!tap(&p, 500, 1650, 500, 1650, 1499));
    CHECK(tap(&p, 500, 1650, 500, 1650, 1500) == &list[0]);
}

TEST(a_key_may_come_again_after_120_ms)
{
    struct press p = {.id = ""};

    CHECK(tap(&p, 100, 1350, 100, 1350, 1000) == &list[1]);
    CHECK(!tap(&p, 100, 1350, 100, 1350, 1119));
    CHECK(tap(&p, 100, 1350, 100, 1350, 1120) == &list[1]);
    CHECK(tap(&p, 500, 1650, 500, 1650, 1121) == &list[0]); /* another one at once */
}

TEST(a_target_that_went_away_is_not_meant)
{
    struct press p = {.id = ""};

    press_down(&p, list, N, 500, 1650);
    CHECK(!press_up(&p, list + 1, 1, 500, 1650, 0));
}

TEST_MAIN(T(begins_and_ends_in_the_same_target), T(slip_of_16_px_is_forgiven),
          T(a_button_again_within_half_a_second_is_one_press), T(a_key_may_come_again_after_120_ms),
          T(a_target_that_went_away_is_not_meant))
