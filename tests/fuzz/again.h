/* SPDX-License-Identifier: Apache-2.0
 *
 * What a decoder reads, its encoder writes, and read again it is the same value: not only the same text twice, which a
 * member that is never written would pass.
 */
#ifndef FUZZ_AGAIN_H
#define FUZZ_AGAIN_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

/* Defines void NAME(data, size). READ is a call with `bytes`, `len` and `value`, WRITE one with `value` and `out` (struct
 * buf
 * *): 0 or an error each. The type has no pointers, and a decoder leaves what it does not fill as it was: zeros, so padding
 * is equal too. `max`: what the decoder takes at most; escapes may be written longer than they were read, and what grows
 * beyond it is not read again. */
#define AGAIN(name, type, READ, WRITE, max)                                                                                 \
    static int name##_read(const uint8_t *bytes, size_t len, type *value)                                                   \
    {                                                                                                                       \
        return READ;                                                                                                        \
    }                                                                                                                       \
    static int name##_write(const type *value, struct buf *out)                                                             \
    {                                                                                                                       \
        return WRITE;                                                                                                       \
    }                                                                                                                       \
    static void name(const uint8_t *data, size_t size)                                                                      \
    {                                                                                                                       \
        static type one, two;                                                                                               \
        struct buf out;                                                                                                     \
                                                                                                                            \
        memset(&one, 0, sizeof one);                                                                                        \
        memset(&two, 0, sizeof two);                                                                                        \
        if (name##_read(data, size, &one) != 0)                                                                             \
            return;                                                                                                         \
        buf_init(&out, 8 * (max));                                                                                          \
        if (name##_write(&one, &out) != 0)                                                                                  \
            abort();                                                                                                        \
        if (out.len <= (max) && (name##_read(out.data, out.len, &two) != 0 || memcmp(&one, &two, sizeof one) != 0))         \
            abort();                                                                                                        \
        buf_finish(&out);                                                                                                   \
    }

#endif
