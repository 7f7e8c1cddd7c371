/* SPDX-License-Identifier: Apache-2.0
 *
 * The ticket at the output, by what the sensor sees and what time it is.
 */
#include "drivers/printer/presenter.h"

#include "test.h"

TEST(out_then_taken)
{
    struct presenter p;

    presenter_init(&p, 60000);
    CHECK(!presenter_watched(&p));
    presenter_await(&p, "J001", 1000);
    CHECK(presenter_watched(&p));
    CHECK_INT(presenter_step(&p, false, 1500), PRESENTER_NOTHING);
    CHECK_INT(presenter_step(&p, true, 2000), PRESENTER_OUT);
    CHECK_INT(presenter_step(&p, true, 61999), PRESENTER_NOTHING);
    CHECK_INT(presenter_step(&p, false, 62000), PRESENTER_TAKEN);
    CHECK_STR(p.job, "J001");
    CHECK(!presenter_watched(&p));
    CHECK_INT(presenter_step(&p, false, 90000), PRESENTER_NOTHING);
}

TEST(drawn_back_and_again_when_it_would_not_go)
{
    struct presenter p;

    presenter_init(&p, 60000);
    presenter_await(&p, "J001", 0);
    presenter_step(&p, true, 0);
    CHECK_INT(presenter_step(&p, true, 60000), PRESENTER_DRAW_BACK);
    CHECK_INT(presenter_step(&p, true, 65000), PRESENTER_NOTHING);
    CHECK_INT(presenter_step(&p, true, 70000), PRESENTER_DRAW_BACK);
    CHECK_INT(presenter_step(&p, false, 72000), PRESENTER_RETRACTED);
    CHECK(!presenter_watched(&p));
}

TEST(one_that_never_shows_up_is_not_spoken_of)
{
    struct presenter p;

    presenter_init(&p, 60000);
    presenter_await(&p, "J001", 0);
    CHECK_INT(presenter_step(&p, false, 5001), PRESENTER_NOTHING);
    CHECK(!presenter_watched(&p));
}

TEST(anothers_goes_back_before_the_next)
{
    struct presenter p;

    presenter_init(&p, 60000);
    CHECK(!presenter_make_way(&p));
    CHECK_INT(presenter_step(&p, true, 0), PRESENTER_OUT); /* nobody's of this run */
    CHECK_STR(p.job, "");
    CHECK(presenter_make_way(&p));
    CHECK(!presenter_make_way(&p));
    /* without a presenter it only hangs there */
    presenter_init(&p, 0);
    presenter_await(&p, "J001", 0);
    presenter_step(&p, true, 0);
    CHECK(!presenter_make_way(&p));
    CHECK_INT(presenter_step(&p, true, 1000000), PRESENTER_NOTHING);
    CHECK_INT(presenter_step(&p, false, 1000000), PRESENTER_TAKEN);
}

TEST_MAIN(T(out_then_taken), T(drawn_back_and_again_when_it_would_not_go), T(one_that_never_shows_up_is_not_spoken_of),
          T(anothers_goes_back_before_the_next))
