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
    trust_see(&t, clock_wall_ms() - 1500, 0);
    CHECK(trust_now(&t));
    clock_advance(23 * INT64_C(3600000));
    CHECK(trust_now(&t));
    clock_advance(INT64_C(3600000));
    CHECK(!trust_now(&t));
}

TEST(clock_jumps)
{
    struct trust t = {0};
    trust_see(&t, clock_wall_ms(), 0);
    clock_set_wall(clock_wall_ms() - 86400000);
    CHECK(!trust_now(&t));
    trust_see(&t, clock_wall_ms() + 86400000, 0); /* the hall says otherwise */
    CHECK(!trust_now(&t));
    clock_set_wall(clock_wall_ms() + 86400000);
    trust_see(&t, clock_wall_ms(), 0);
    CHECK(trust_now(&t));
}

#define DAY INT64_C(86400000)

/* A clock in 1970: the moment is the latest that has surely passed, and goes on from there. */
TEST(a_clock_that_is_wrong)
{
    int64_t now = clock_wall_ms(), built = now - 30 * DAY;
    struct trust t = {.floor_ms = built};
    bool sure = true;
    clock_set_wall(0);
    CHECK_INT(trust_moment(&t, &sure), built);
    CHECK(!sure);
    trust_see(&t, now, now + 100 * DAY);
    CHECK(trust_moment(&t, &sure) >= now);
    CHECK(!sure);
    clock_advance(DAY);
    CHECK(trust_moment(&t, &sure) >= now + DAY);
    trust_see(&t, now - 50 * DAY, 0); /* a hall whose clock went back: it has been later */
    CHECK(trust_moment(&t, &sure) >= now + DAY);
    clock_set_wall(now + 4000 * DAY);
    CHECK(trust_moment(&t, &sure) < now + 2 * DAY);
}

/* A hall that errs by years is believed up to the end of the certificate it showed, which stays good that way. */
TEST(a_hall_that_errs)
{
    int64_t now = clock_wall_ms();
    struct trust t = {.floor_ms = now};
    bool sure = true;
    trust_see(&t, now + 5000 * DAY, now + 100 * DAY);
    CHECK(trust_moment(&t, &sure) <= now + 100 * DAY + 60000);
    CHECK(!sure);
    trust_see(&t, clock_wall_ms(), now + 100 * DAY);
    CHECK(trust_moment(&t, &sure) < now + DAY);
    CHECK(sure);
}

TEST_MAIN(T(never_seen), T(seen_within_a_day), T(clock_jumps), T(a_clock_that_is_wrong), T(a_hall_that_errs))
