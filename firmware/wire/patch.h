/* SPDX-License-Identifier: Apache-2.0
 *
 * The form of a catalogue patch: how the new file is made of the old one, piece by piece, so that a terminal needs memory
 * for one piece only. A patch is PATCH_MAGIC, then for each piece of the new file, in order, a head of PATCH_HEAD_LEN bytes
 *     be64 from   be32 from_len   be32 len   be32 packed_len
 * and a zstd frame (RFC 8878) of packed_len bytes that unpacks to `len` bytes with the old file's bytes
 * [from, from + from_len) as prefix. It ends with the last piece. Pure: bytes <-> values.
 */
#ifndef WIRE_PATCH_H
#define WIRE_PATCH_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

#define PATCH_MAGIC "tongban-patch-1\n"
#define PATCH_MAGIC_LEN 16
#define PATCH_HEAD_LEN 20
#define PATCH_PIECE_MAX (4u << 20)                       /* bytes a piece unpacks to */
#define PATCH_PACKED_MAX (PATCH_PIECE_MAX + (64u << 10)) /* what cannot be packed grows a little */
#define PATCH_PREFIX_MAX (36u << 20)                     /* bytes of the old file a piece may refer to */
#define PATCH_WINDOW_LOG 26                              /* 2^26 holds prefix and piece */

struct patch_piece {
    int64_t from;
    uint32_t from_len, len, packed_len;
};

void patch_piece_encode(const struct patch_piece *p, struct buf *out);
/* Of PATCH_HEAD_LEN bytes. `base_len`, `left`: bytes of the old file; bytes of the new one that are still missing. All
 * limits above are checked. -ERR_RANGE. */
int patch_piece_decode(const uint8_t head[PATCH_HEAD_LEN], int64_t base_len, int64_t left, struct patch_piece *ret,
                       struct err *e);

#endif
