/* SPDX-License-Identifier: Apache-2.0
 *
 * What becomes of a batch.
 */
#include "test.h"

#include "tools/hall/rules/batch.h"

static uint8_t hashes[3][HASH_LEN] = {{1}, {2}, {3}}, known[3][HASH_LEN] = {{1}, {2}, {3}};
static size_t at;

/* Three records from `first` on, of which the head is the last. */
static enum batch_verdict judge(uint64_t stored, uint64_t first)
{
    const struct batch_facts f = {stored, first, 3, first + 2, hashes[2], hashes, known};
    return batch_judge(&f, &at);
}

TEST(places)
{
    CHECK_INT(judge(0, 1), BATCH_FOLLOWS);
    CHECK_INT(judge(7, 8), BATCH_FOLLOWS);
    CHECK_INT(judge(7, 9), BATCH_GAP);
    CHECK_INT(judge(0, 2), BATCH_GAP);
    CHECK_INT(judge(3, 1), BATCH_REPEATED);
    CHECK_INT(judge(9, 1), BATCH_REPEATED);
    CHECK_INT(judge(2, 1), BATCH_OVERLAPS);
    CHECK_INT(judge(7, 6), BATCH_OVERLAPS);
}

TEST(another_hash)
{
    known[1][5] = 1;
    CHECK_INT(judge(3, 1), BATCH_FORKS);
    CHECK_INT(at, 1);
    CHECK_INT(judge(2, 1), BATCH_FORKS);
    CHECK_INT(judge(1, 1), BATCH_OVERLAPS); /* the second is not stored: nothing to compare it with */
    known[1][5] = 0;
}

TEST(a_head_that_does_not_follow)
{
    static const uint8_t other[HASH_LEN] = {9};
    const struct batch_facts f = {7, 8, 3, 10, other, hashes, known};
    CHECK_INT(batch_judge(&f, &at), BATCH_HEAD_LIES);
}

TEST_MAIN(T(places), T(another_hash), T(a_head_that_does_not_follow))
