/* SPDX-License-Identifier: Apache-2.0
 *
 * The byte buffer. It wipes what it leaves behind, also when growing: a buffer may hold a form before it is sealed.
 */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/secret.h"

#define FIRST_CAP 256

void buf_init(struct buf *b, size_t max)
{
    *b = (struct buf){.max = max};
}

void buf_finish(struct buf *b)
{
    if (!b)
        return;
    if (b->data)
        secret_wipe(b->data, b->cap);
    free(b->data);
    *b = (struct buf){.max = b->max};
}

void buf_reset(struct buf *b)
{
    if (b->data)
        secret_wipe(b->data, b->cap);
    b->len = 0;
    b->failed = false;
}

static int fail(struct buf *b, int rc)
{
    b->failed = true;
    return rc;
}

/* Not realloc: that would leave the old bytes unwiped. */
static int grow(struct buf *b, size_t need)
{
    size_t cap = b->cap ? b->cap : FIRST_CAP;
    while (cap < need)
        cap *= 2;
    if (cap > b->max + 1)
        cap = b->max + 1;
    uint8_t *data = malloc(cap);
    if (!data)
        return -ERR_NOMEM;
    if (b->data) {
        memcpy(data, b->data, b->len);
        secret_wipe(b->data, b->cap);
        free(b->data);
    }
    b->data = data;
    b->cap = cap;
    return 0;
}

static int reserve(struct buf *b, size_t more)
{
    if (b->failed)
        return -ERR_TOOLONG;
    if (more > b->max || b->len > b->max - more)
        return fail(b, -ERR_TOOLONG);
    size_t need = b->len + more + 1;
    if (need <= b->cap)
        return 0;
    int rc = grow(b, need);
    return rc < 0 ? fail(b, rc) : 0;
}

int buf_add(struct buf *b, const void *data, size_t len)
{
    int rc = reserve(b, len);
    if (rc < 0)
        return rc;
    if (len)
        memcpy(b->data + b->len, data, len);
    b->len += len;
    b->data[b->len] = 0;
    return 0;
}

int buf_addc(struct buf *b, uint8_t c)
{
    return buf_add(b, &c, 1);
}

int buf_adds(struct buf *b, const char *s)
{
    return buf_add(b, s, strlen(s));
}

int buf_addf(struct buf *b, const char *fmt, ...)
{
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    int rc = n < 0 ? fail(b, -ERR_INVALID) : reserve(b, (size_t)n);
    if (rc == 0) {
        vsnprintf((char *)b->data + b->len, (size_t)n + 1, fmt, again);
        b->len += (size_t)n;
    }
    va_end(again);
    return rc;
}

int buf_add_be16(struct buf *b, uint16_t v)
{
    const uint8_t bytes[] = {(uint8_t)(v >> 8), (uint8_t)v};
    return buf_add(b, bytes, sizeof bytes);
}

int buf_add_be32(struct buf *b, uint32_t v)
{
    const uint8_t bytes[] = {(uint8_t)(v >> 24), (uint8_t)(v >> 16), (uint8_t)(v >> 8), (uint8_t)v};
    return buf_add(b, bytes, sizeof bytes);
}

int buf_add_be64(struct buf *b, uint64_t v)
{
    uint8_t bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(v >> (56 - 8 * i));
    return buf_add(b, bytes, sizeof bytes);
}

int buf_add_hex(struct buf *b, const void *data, size_t len)
{
    if (len > b->max / 2)
        return fail(b, -ERR_TOOLONG);
    int rc = reserve(b, 2 * len);
    if (rc < 0)
        return rc;
    hex_encode(data, len, (char *)b->data + b->len);
    b->len += 2 * len;
    return 0;
}

void buf_drop(struct buf *b, size_t n)
{
    if (n > b->len)
        n = b->len;
    if (!n)
        return;
    memmove(b->data, b->data + n, b->len - n);
    secret_wipe(b->data + b->len - n, n);
    b->len -= n;
    b->data[b->len] = 0;
}

bool buf_ok(const struct buf *b)
{
    return !b->failed;
}

const char *buf_str(const struct buf *b)
{
    return b->data ? (const char *)b->data : "";
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

int hex_decode(const char *hex, size_t hex_len, uint8_t *out, size_t cap, size_t *ret_len)
{
    if (hex_len % 2)
        return -ERR_INVALID;
    if (hex_len / 2 > cap)
        return -ERR_TOOLONG;
    for (size_t i = 0; i < hex_len; i += 2) {
        int high = hex_value(hex[i]), low = hex_value(hex[i + 1]);
        if (high < 0 || low < 0)
            return -ERR_INVALID;
        out[i / 2] = (uint8_t)(high << 4 | low);
    }
    *ret_len = hex_len / 2;
    return 0;
}

void hex_encode(const void *data, size_t len, char *out)
{
    static const char digits[] = "0123456789abcdef";
    const uint8_t *p = data;
    for (size_t i = 0; i < len; i++) {
        *out++ = digits[p[i] >> 4];
        *out++ = digits[p[i] & 15];
    }
    *out = '\0';
}
