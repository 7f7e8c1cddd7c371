/* SPDX-License-Identifier: Apache-2.0 */
#include "test.h"

#include "base/clock.h"
#include "sync/pace.h"

TEST(a_burst_then_one_by_one)
{
    struct pace p = {0};

    for (int i = 0; i < 5; i++)
        CHECK_INT(pace_take(&p, 5, 60000), 0);
    int64_t first = pace_take(&p, 5, 60000), second = pace_take(&p, 5, 60000);
    CHECK(first > 0 && first <= 60000);
    CHECK(second > 60000 && second <= 120000);
}

TEST(time_fills_it_to_the_brim_and_no_further)
{
    struct pace p = {0};

    for (int i = 0; i < 6; i++)
        pace_take(&p, 5, 60000);
    clock_advance(2 * 60000);
    CHECK_INT(pace_take(&p, 5, 60000), 0);
    CHECK(pace_take(&p, 5, 60000) > 0);
    clock_advance(INT64_C(86400000));
    for (int i = 0; i < 5; i++)
        CHECK_INT(pace_take(&p, 5, 60000), 0);
    CHECK(pace_take(&p, 5, 60000) > 0);
}

/* Each kind has its own: what one hall's answer drives takes nothing from the rest. */
TEST(by_path)
{
    struct paces p = {0};
    int waits = 0;

    while (paces_take(&p, "/v1/wait?catalogue=3") == 0)
        waits++;
    CHECK_INT(waits, 20);
    CHECK_INT(paces_take(&p, "/v1/records"), 0);
    CHECK_INT(paces_take(&p, "/v1/catalog/files/catalog-1.db"), 0);
    CHECK_INT(paces_take(&p, "/v1/what-comes-later"), 0);
}

/* A terminal that was alone for weeks: its backlog is not slowed. */
TEST(a_backlog_passes)
{
    struct paces p = {0};

    for (int i = 0; i < 1000; i++)
        CHECK_INT(paces_take(&p, "/v1/records"), 0);
}

TEST_MAIN(T(a_burst_then_one_by_one), T(time_fills_it_to_the_brim_and_no_further), T(by_path), T(a_backlog_passes))
