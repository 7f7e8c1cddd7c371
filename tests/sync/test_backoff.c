/* SPDX-License-Identifier: Apache-2.0 */
#include "test.h"

#include "sync/backoff.h"

TEST(grows_to_its_ceiling)
{
    struct backoff b = {0};
    int64_t ceiling = BACKOFF_FIRST_MS, largest = 0;
    for (int i = 0; i < 2000; i++) {
        int64_t ms = backoff_next(&b);
        CHECK(ms >= 100 && ms < ceiling);
        ceiling = ceiling * 2 < BACKOFF_MAX_MS ? ceiling * 2 : BACKOFF_MAX_MS;
        largest = ms > largest ? ms : largest;
    }
    CHECK(largest > BACKOFF_MAX_MS / 2); /* 2,000 draws: the jitter is full */
}

TEST(reset_starts_over)
{
    struct backoff b = {0};
    for (int i = 0; i < 20; i++)
        backoff_next(&b);
    backoff_reset(&b);
    CHECK(backoff_next(&b) < BACKOFF_FIRST_MS);
}

TEST_MAIN(T(grows_to_its_ceiling), T(reset_starts_over))
