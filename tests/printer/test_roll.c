/* SPDX-License-Identifier: Apache-2.0
 *
 * How much paper is left.
 */
#include "drivers/printer/roll.h"

#include "test.h"

TEST(from_near_end_on_it_is_counted)
{
    struct roll r = {0};

    CHECK_INT(roll_left(&r, 2000), -1);
    roll_fed(&r, 500); /* enough there: nobody counts */
    CHECK(roll_seen(&r, true));
    CHECK(!roll_seen(&r, true));
    CHECK_INT(roll_left(&r, 2000), 2000);
    roll_fed(&r, 300);
    CHECK_INT(roll_left(&r, 2000), 1700);
    roll_fed(&r, 5000);
    CHECK_INT(roll_left(&r, 2000), 0);
}

TEST(a_sensor_that_flickers_makes_no_new_roll)
{
    struct roll r = {0};

    roll_seen(&r, true);
    roll_fed(&r, 300);
    roll_seen(&r, false);
    CHECK_INT(roll_left(&r, 2000), -1);
    roll_seen(&r, true);
    CHECK_INT(roll_left(&r, 2000), 1700);
    roll_seen(&r, false);
    roll_fed(&r, 200); /* paper came and it still sees enough */
    roll_seen(&r, true);
    CHECK_INT(roll_left(&r, 2000), 2000);
}

TEST_MAIN(T(from_near_end_on_it_is_counted), T(a_sensor_that_flickers_makes_no_new_roll))
