/* SPDX-License-Identifier: Apache-2.0
 *
 * How much paper is left.
 */
#include "drivers/printer/roll.h"

#include "test.h"

TEST(from_near_end_on_it_is_counted)
{
    struct roll r = {0};

    CHECK_INT(roll_left(&r, 0, 2000), -1);
    roll_fed(&r, 500); /* enough there: nobody counts */
    CHECK(roll_seen(&r, true));
    CHECK(!roll_seen(&r, true));
    CHECK_INT(roll_left(&r, 0, 2000), 2000);
    roll_fed(&r, 300);
    CHECK_INT(roll_left(&r, 0, 2000), 1700);
    roll_fed(&r, 5000);
    CHECK_INT(roll_left(&r, 0, 2000), 0);
}

TEST(a_sensor_that_flickers_makes_no_new_roll)
{
    struct roll r = {0};

    roll_seen(&r, true);
    roll_fed(&r, 300);
    roll_seen(&r, false);
    CHECK_INT(roll_left(&r, 0, 2000), -1);
    roll_seen(&r, true);
    CHECK_INT(roll_left(&r, 0, 2000), 1700);
    roll_seen(&r, false);
    roll_fed(&r, 200); /* paper came and it still sees enough */
    roll_seen(&r, true);
    CHECK_INT(roll_left(&r, 0, 2000), 2000);
}

TEST(a_roll_whose_length_is_known_is_counted_from_its_first_paper)
{
    struct roll r = {0};

    roll_fed(&r, 500);
    CHECK_INT(roll_left(&r, 80000, 2000), -1); /* nobody saw it being put in */
    CHECK_INT(r.used_mm, 500);
    roll_new(&r, 1000);
    CHECK_INT(r.papers, 0);
    CHECK_INT(roll_left(&r, 80000, 2000), 80000);
    CHECK_INT(roll_left(&r, 0, 2000), -1); /* nobody says how long it is */
    roll_fed(&r, 500);
    CHECK_INT(roll_left(&r, 80000, 2000), 79500);
    CHECK_INT(r.papers, 1);
    roll_seen(&r, true); /* a shorter roll than was said: the sensor knows better */
    CHECK_INT(roll_left(&r, 80000, 2000), 2000);
    roll_new(&r, 2000);
    roll_fed(&r, 79000);
    roll_seen(&r, true); /* a longer one: the count does */
    CHECK_INT(roll_left(&r, 80000, 2000), 1000);
    roll_fed(&r, 9000);
    CHECK_INT(roll_left(&r, 80000, 2000), 0);
}

TEST(paper_that_came_back_is_another_roll)
{
    struct roll r = {.used_mm = 70000, .papers = 300, .at = 5};

    CHECK(!roll_there(&r, true, 10));
    CHECK(!roll_there(&r, false, 20));
    CHECK(!roll_there(&r, false, 30));
    CHECK_INT(r.used_mm, 70000);
    CHECK(roll_there(&r, true, 40));
    CHECK_INT(r.used_mm, 0);
    CHECK_INT(r.at, 40);
    CHECK(!roll_there(&r, true, 50));
}

TEST_MAIN(T(a_roll_whose_length_is_known_is_counted_from_its_first_paper), T(paper_that_came_back_is_another_roll),
          T(from_near_end_on_it_is_counted), T(a_sensor_that_flickers_makes_no_new_roll))
