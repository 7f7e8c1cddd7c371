/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a catalogue patch, piece by piece as catalog/patch.c takes them, against one old file.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "catalog/patch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define BASE_LEN 4096

static void head_again(const struct patch_piece *p, const uint8_t *head)
{
    struct buf out;

    buf_init(&out, PATCH_HEAD_LEN);
    patch_piece_encode(p, &out);
    if (out.len != PATCH_HEAD_LEN || memcmp(out.data, head, out.len))
        abort();
    buf_finish(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static uint8_t base[BASE_LEN], out[PATCH_PIECE_MAX];
    ZSTD_DCtx *z = ZSTD_createDCtx();
    int64_t left = 4 * (int64_t)PATCH_PIECE_MAX;
    struct patch_piece p;

    for (size_t i = 0; i < sizeof base; i++)
        base[i] = (uint8_t)(i * i >> 3);
    for (size_t at = 0; size - at >= PATCH_HEAD_LEN; at += PATCH_HEAD_LEN + p.packed_len) {
        if (patch_piece_decode(data + at, BASE_LEN, left, &p, NULL) < 0 || p.packed_len > size - at - PATCH_HEAD_LEN)
            break;
        head_again(&p, data + at);
        if (patch_unpack(z, &p, base + p.from, data + at + PATCH_HEAD_LEN, out, NULL) < 0)
            break;
        left -= p.len;
    }
    ZSTD_freeDCtx(z);
    return 0;
}
