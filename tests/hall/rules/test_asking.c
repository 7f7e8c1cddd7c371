/* SPDX-License-Identifier: Apache-2.0
 *
 * How often a terminal may ask.
 */
#include "test.h"

#include "tools/hall/rules/asking.h"

static int asked(struct asking_rate *r, int64_t now, int tries)
{
    int n = 0;

    for (int i = 0; i < tries; i++)
        n += asking_may(r, now);
    return n;
}

TEST(a_burst_and_then_in_turn)
{
    struct asking_rate r = {0};

    CHECK_INT(asked(&r, 1000000, 100), ASKING_BURST);
    CHECK_INT(asked(&r, 1000000 + ASKING_EVERY_MS - 1, 100), 0);
    CHECK_INT(asked(&r, 1000000 + ASKING_EVERY_MS, 100), 1);
    CHECK_INT(asked(&r, 1000000 + 4 * ASKING_EVERY_MS, 100), 3);
    CHECK_INT(asked(&r, 1000000 + 100 * ASKING_EVERY_MS, 100), ASKING_BURST); /* and no more is saved up */
}

TEST_MAIN(T(a_burst_and_then_in_turn))
