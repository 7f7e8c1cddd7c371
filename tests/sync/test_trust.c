/* SPDX-License-Identifier: Apache-2.0 */
#include "test.h"

#include "base/clock.h"
#include "sync/trust.h"

TEST(never_seen)
{
    struct trust t = {0};
    CHECK(!trust_now(&t));
}

TEST(seen_within_a_day)
{
    struct trust t = {0};
    trust_see(&t, clock_wall_ms() - 1500);
    CHECK(trust_now(&t));
    clock_advance(23 * INT64_C(3600000));
    CHECK(trust_now(&t));
    clock_advance(INT64_C(3600000));
    CHECK(!trust_now(&t));
}

TEST(clock_jumps)
{
    struct trust t = {0};
    trust_see(&t, clock_wall_ms());
    clock_set_wall(clock_wall_ms() - 86400000);
    CHECK(!trust_now(&t));
    trust_see(&t, clock_wall_ms() + 86400000); /* the hall says otherwise */
    CHECK(!trust_now(&t));
    clock_set_wall(clock_wall_ms() + 86400000);
    trust_see(&t, clock_wall_ms());
    CHECK(trust_now(&t));
}

TEST_MAIN(T(never_seen), T(seen_within_a_day), T(clock_jumps))
