/* SPDX-License-Identifier: Apache-2.0
 *
 * Randomness cannot be proved by looking, but an unfilled tail can be found.
 */
#include "test.h"

#include "crypto/random.h"

TEST(fills_every_byte)
{
    unsigned char seen[300] = {0}, block[300];

    for (int round = 0; round < 8; round++) {
        memset(block, 0, sizeof block);
        random_bytes(block, sizeof block);
        for (size_t i = 0; i < sizeof block; i++)
            seen[i] |= block[i];
    }
    int untouched = 0;
    for (size_t i = 0; i < sizeof seen; i++)
        untouched += !seen[i];
    CHECK_INT(untouched, 0);
}

TEST(two_draws_differ)
{
    unsigned char a[32], b[32];

    random_bytes(a, sizeof a);
    CHECK_INT(random_mbedtls(NULL, b, sizeof b), 0);
    CHECK(memcmp(a, b, sizeof a) != 0);
}

TEST_MAIN(T(fills_every_byte), T(two_draws_differ))
