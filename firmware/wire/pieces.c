/* SPDX-License-Identifier: Apache-2.0
 *
 * The pieces of a large file.
 */
#include "wire/pieces.h"

#include <string.h>

#include "crypto/hash.h"

static size_t pieces_count(uint32_t skip, uint32_t block, int64_t size)
{
    if (size <= (int64_t)skip)
        return skip && size > 0 ? 1 : 0;
    return (skip ? 1 : 0) + (size_t)((size - skip + block - 1) / block);
}

static uint64_t be(const uint8_t *at, int n)
{
    uint64_t v = 0;

    while (n--)
        v = v << 8 | *at++;
    return v;
}

int pieces_decode(const void *data, size_t len, int64_t max, struct pieces *ret, struct err *e)
{
    const uint8_t *at = data;
    struct pieces p;

    if (len < PIECES_HEAD_LEN || memcmp(at, PIECES_MAGIC, sizeof PIECES_MAGIC - 1) != 0)
        return err_set(e, ERR_INVALID, "no list of pieces");
    at += sizeof PIECES_MAGIC - 1;
    p.skip = (uint32_t)be(at, 4);
    p.block = (uint32_t)be(at + 4, 4);
    uint64_t size = be(at + 8, 8);
    if (p.block < PIECES_BLOCK_MIN || p.block > PIECES_BLOCK_MAX || p.skip >= p.block || size < 1 || size > (uint64_t)max)
        return err_set(e, ERR_INVALID, "a list of pieces of a size that cannot be");
    p.size = (int64_t)size;
    p.count = pieces_count(p.skip, p.block, p.size);
    if (p.count > PIECES_COUNT_MAX || len != PIECES_HEAD_LEN + p.count * PIECES_HASH_LEN)
        return err_set(e, ERR_INVALID, "a list of %zu pieces has another length", p.count);
    p.hashes = at + 16;
    *ret = p;
    return 0;
}

int pieces_head(struct buf *out, uint32_t skip, uint32_t block, int64_t size)
{
    buf_adds(out, PIECES_MAGIC);
    buf_add_be32(out, skip);
    buf_add_be32(out, block);
    buf_add_be32(out, (uint32_t)((uint64_t)size >> 32));
    return buf_add_be32(out, (uint32_t)size);
}

int64_t pieces_at(const struct pieces *p, size_t i)
{
    if (i == 0)
        return 0;
    return p->skip ? (int64_t)p->skip + (int64_t)(i - 1) * p->block : (int64_t)i * p->block;
}

size_t pieces_len(const struct pieces *p, size_t i)
{
    int64_t at = pieces_at(p, i), end = i + 1 < p->count ? pieces_at(p, i + 1) : p->size;

    return (size_t)(end - at);
}

void pieces_hash(const void *data, size_t len, uint8_t out[PIECES_HASH_LEN])
{
    uint8_t hash[SHA256_LEN];

    sha256(data, len, hash);
    memcpy(out, hash, PIECES_HASH_LEN);
}
