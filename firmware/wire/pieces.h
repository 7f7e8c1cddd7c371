/* SPDX-License-Identifier: Apache-2.0
 *
 * By what a terminal finds which parts of a large file it has already, from an earlier one or a download that was broken
 * off: the file in blocks, and 8 bytes of the SHA-256 of each,
 *     "tongban-pieces-v1\n" ‖ be32(skip) ‖ be32(block) ‖ be64(size) ‖ hashes
 * The first block has `skip` bytes (none when 0), the others `block`, the last what is left. Unsigned and harmless: the file
 * as a whole is compared with a hash that is signed, and a wrong piece only makes it be fetched anew.
 */
#ifndef WIRE_PIECES_H
#define WIRE_PIECES_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

#define PIECES_MAGIC "tongban-pieces-v1\n"
#define PIECES_HEAD_LEN (sizeof PIECES_MAGIC - 1 + 16)
#define PIECES_HASH_LEN 8
#define PIECES_BLOCK_MIN 512
#define PIECES_BLOCK_MAX (1024 * 1024)
#define PIECES_COUNT_MAX (1024 * 1024)
#define PIECES_BYTES_MAX (PIECES_HEAD_LEN + (size_t)PIECES_COUNT_MAX * PIECES_HASH_LEN)

/* RAUC's bundles: squashfs begins its data behind 96 bytes; the block is erofs's and dm-verity's */
#define PIECES_BUNDLE_SKIP 96
#define PIECES_BUNDLE_BLOCK 4096

struct pieces {
    uint32_t skip, block;
    int64_t size; /* of the file */
    size_t count;
    const uint8_t *hashes; /* borrowed from the bytes */
};
/* -ERR_INVALID: the bytes are not exactly that, or the file is larger than `max`. */
int pieces_decode(const void *data, size_t len, int64_t max, struct pieces *ret, struct err *e);
/* The head alone; the hashes follow, one by one. */
int pieces_head(struct buf *out, uint32_t skip, uint32_t block, int64_t size);
/* Where piece i lies. */
int64_t pieces_at(const struct pieces *p, size_t i);
size_t pieces_len(const struct pieces *p, size_t i);
void pieces_hash(const void *data, size_t len, uint8_t out[PIECES_HASH_LEN]);

#endif
