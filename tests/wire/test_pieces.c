/* SPDX-License-Identifier: Apache-2.0
 *
 * Lists of pieces: where each lies, and what is no list.
 */
#include "test.h"

#include "wire/pieces.h"

static struct buf list;

static int make(uint32_t skip, uint32_t block, int64_t size, size_t hashes, struct pieces *p)
{
    static const uint8_t hash[PIECES_HASH_LEN] = {7};

    buf_finish(&list);
    buf_init(&list, 1 << 16);
    pieces_head(&list, skip, block, size);
    for (size_t i = 0; i < hashes; i++)
        buf_add(&list, hash, sizeof hash);
    return pieces_decode(list.data, list.len, 1 << 20, p, NULL);
}

TEST(where_they_lie)
{
    struct pieces p;

    CHECK_INT(make(96, 4096, 96 + 4096 + 100, 3, &p), 0);
    CHECK_INT(p.count, 3);
    CHECK_INT(pieces_len(&p, 0), 96);
    CHECK_INT(pieces_at(&p, 1), 96);
    CHECK_INT(pieces_len(&p, 1), 4096);
    CHECK_INT(pieces_at(&p, 2), 96 + 4096);
    CHECK_INT(pieces_len(&p, 2), 100);
    CHECK_INT(make(0, 512, 1024, 2, &p), 0);
    CHECK_INT(pieces_at(&p, 1), 512);
    CHECK_INT(pieces_len(&p, 1), 512);
    CHECK_INT(make(96, 4096, 50, 1, &p), 0);
    CHECK_INT(pieces_len(&p, 0), 50);
    CHECK_INT(p.hashes[0], 7);
}

TEST(no_list)
{
    struct pieces p;

    CHECK(make(96, 4096, 96 + 4096, 1, &p) < 0); /* one is missing */
    CHECK(make(96, 4096, 96 + 4096, 3, &p) < 0);
    CHECK(make(96, 256, 96, 1, &p) < 0);
    CHECK(make(4096, 4096, 4096, 1, &p) < 0);
    CHECK(make(0, 4096, 0, 0, &p) < 0);
    CHECK(make(0, 4096, (1 << 20) + 1, 257, &p) < 0); /* larger than it may be */
    CHECK(pieces_decode("tongban", 7, 100, &p, NULL) < 0);
    CHECK(pieces_decode(NULL, 0, 100, &p, NULL) < 0);
    buf_finish(&list);
}

TEST_MAIN(T(where_they_lie), T(no_list))
