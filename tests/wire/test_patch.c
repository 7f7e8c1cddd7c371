/* SPDX-License-Identifier: Apache-2.0
 *
 * Heads of a patch's pieces: there and back, and every limit from both sides.
 */
#include "wire/patch.h"

#include "test.h"

static int decode(struct patch_piece p, int64_t base_len, int64_t left, struct patch_piece *ret)
{
    struct err e = {0};
    struct buf b;
    int rc;

    buf_init(&b, 64);
    patch_piece_encode(&p, &b);
    CHECK_INT(b.len, PATCH_HEAD_LEN);
    rc = patch_piece_decode(b.data, base_len, left, ret, &e);
    buf_finish(&b);
    return rc;
}

TEST(there_and_back)
{
    struct patch_piece p = {.from = 5000000000, .from_len = 7, .len = PATCH_PIECE_MAX, .packed_len = 99}, q = {0};

    CHECK_INT(decode(p, 5000000007, PATCH_PIECE_MAX, &q), 0);
    CHECK_INT(q.from, p.from);
    CHECK_INT(q.from_len, 7);
    CHECK_INT(q.len, p.len);
    CHECK_INT(q.packed_len, 99);
}

TEST(limits)
{
    const struct patch_piece good = {.from = 10, .from_len = 90, .len = 50, .packed_len = 20};
    struct patch_piece p, q = {.len = 1};

    CHECK_INT(decode(good, 100, 50, &q), 0);
    CHECK_INT(decode(good, 99, 50, &q), -ERR_RANGE);
    CHECK_INT(decode(good, 5, 50, &q), -ERR_RANGE);
    CHECK_INT(decode(good, 100, 49, &q), -ERR_RANGE);
    p = good;
    p.len = 0;
    CHECK_INT(decode(p, 100, 50, &q), -ERR_RANGE);
    p = good;
    p.packed_len = 0;
    CHECK_INT(decode(p, 100, 50, &q), -ERR_RANGE);
    p = good;
    p.packed_len = PATCH_PACKED_MAX + 1;
    CHECK_INT(decode(p, 100, 50, &q), -ERR_RANGE);
    p = good;
    p.len = PATCH_PIECE_MAX + 1;
    CHECK_INT(decode(p, 100, INT64_MAX, &q), -ERR_RANGE);
    p = good;
    p.from_len = PATCH_PREFIX_MAX + 1;
    CHECK_INT(decode(p, INT64_MAX, 50, &q), -ERR_RANGE);
    p = good;
    p.from = -1;
    CHECK_INT(decode(p, 100, 50, &q), -ERR_RANGE);
    p = good;
    p.from_len = 0; /* a piece without anything of the old file */
    CHECK_INT(decode(p, 100, 50, &q), 0);
}

TEST_MAIN(T(there_and_back), T(limits))
