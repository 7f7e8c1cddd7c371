/* SPDX-License-Identifier: Apache-2.0
 *
 * A growing byte buffer with a ceiling named at its birth. Errors stick: after one failed append every later one fails
 * too, so a writer checks buf_ok() once at the end. Always NUL-terminated after the last byte (not counted in len).
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf {
    uint8_t *data; /* owned; NULL until the first append */
    size_t len, cap, max;
    bool failed;
};

/* `max`: ceiling in bytes. Does not allocate. */
void buf_init(struct buf *b, size_t max);
/* Wipes and frees what it holds; takes NULL and may be called twice. */
void buf_finish(struct buf *b);
/* Wipes the content, keeps the memory and the ceiling, clears `failed`. */
void buf_reset(struct buf *b);

/* Each returns 0, or -ERR_TOOLONG (ceiling) or -ERR_NOMEM, and sets `failed`. */
int buf_add(struct buf *b, const void *data, size_t len);
int buf_addc(struct buf *b, uint8_t c);
int buf_adds(struct buf *b, const char *s);
int buf_addf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
int buf_add_be16(struct buf *b, uint16_t v);
int buf_add_be32(struct buf *b, uint32_t v);
int buf_add_be64(struct buf *b, uint64_t v);
/* Lower-case hexadecimal digits of `data`. */
int buf_add_hex(struct buf *b, const void *data, size_t len);
/* Removes n bytes from the front (n <= len). */
void buf_drop(struct buf *b, size_t n);

bool buf_ok(const struct buf *b);
/* The content as a C string; "" when empty. Borrowed until the next change. */
const char *buf_str(const struct buf *b);

/* 0 and *ret_len, or -ERR_INVALID when `hex` has an odd length or another character, -ERR_TOOLONG above cap. */
int hex_decode(const char *hex, size_t hex_len, uint8_t *out, size_t cap, size_t *ret_len);
/* Writes 2*len digits and a NUL into out. */
void hex_encode(const void *data, size_t len, char *out);

/* Big-endian reads. */
static inline uint16_t be16(const uint8_t *p)
{
    return (uint16_t)(p[0] << 8 | p[1]);
}
static inline uint32_t be32(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}
static inline uint64_t be64(const uint8_t *p)
{
    return (uint64_t)be32(p) << 32 | be32(p + 4);
}

#endif
