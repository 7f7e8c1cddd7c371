/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether a block of numbers is granted.
 */
#include "test.h"

#include "tools/hall/rules/lease.h"

#define NINE INT64_C(1767574800000) /* 2026-01-05T09:00:00+08:00 */

TEST(verdicts)
{
    CHECK_INT(lease_judge(&(struct lease_facts){.queue_known = true}), LEASE_GRANT);
    CHECK_INT(lease_judge(&(struct lease_facts){.queue_known = true, .blocks = LEASE_BLOCKS_MAX - 1}), LEASE_GRANT);
    CHECK_INT(lease_judge(&(struct lease_facts){.queue_known = true, .blocks = LEASE_BLOCKS_MAX}), LEASE_SHARE_USED);
    CHECK_INT(lease_judge(&(struct lease_facts){.queue_known = false}), LEASE_NO_QUEUE);
}

/* What was granted stands, whatever has changed since. */
TEST(the_same_request)
{
    CHECK_INT(lease_judge(&(struct lease_facts){.granted = true, .same_words = true, .blocks = 2 * LEASE_BLOCKS_MAX}),
              LEASE_SAME);
    CHECK_INT(lease_judge(&(struct lease_facts){.granted = true, .queue_known = true}), LEASE_OTHER_WORDS);
}

TEST(days)
{
    CHECK(lease_day_near((struct date){2026, 1, 5}, NINE));
    CHECK(lease_day_near((struct date){2026, 1, 4}, NINE));
    CHECK(lease_day_near((struct date){2026, 1, 6}, NINE));
    CHECK(!lease_day_near((struct date){2026, 1, 3}, NINE));
    CHECK(!lease_day_near((struct date){2026, 1, 7}, NINE));
}

TEST(series)
{
    CHECK(lease_in_series(1));
    CHECK(lease_in_series(999999));
    CHECK(!lease_in_series(1000000));
}

TEST_MAIN(T(verdicts), T(the_same_request), T(days), T(series))
