/* SPDX-License-Identifier: Apache-2.0
 *
 * Heads of a catalogue patch's pieces.
 */
#include "wire/patch.h"

void patch_piece_encode(const struct patch_piece *p, struct buf *out)
{
    buf_add_be64(out, (uint64_t)p->from);
    buf_add_be32(out, p->from_len);
    buf_add_be32(out, p->len);
    buf_add_be32(out, p->packed_len);
}

int patch_piece_decode(const uint8_t head[PATCH_HEAD_LEN], int64_t base_len, int64_t left, struct patch_piece *ret,
                       struct err *e)
{
    uint64_t from = be64(head);
    struct patch_piece p = {.from_len = be32(head + 8), .len = be32(head + 12), .packed_len = be32(head + 16)};

    if (p.from_len > PATCH_PREFIX_MAX || from > (uint64_t)base_len || p.from_len > (uint64_t)base_len - from)
        return err_set(e, ERR_RANGE, "a piece refers to bytes outside the old file");
    if (p.len < 1 || p.len > PATCH_PIECE_MAX || p.len > left)
        return err_set(e, ERR_RANGE, "a piece is too long");
    if (p.packed_len < 1 || p.packed_len > PATCH_PACKED_MAX)
        return err_set(e, ERR_RANGE, "a piece is packed too long");
    p.from = (int64_t)from;
    *ret = p;
    return 0;
}
