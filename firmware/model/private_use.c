/* SPDX-License-Identifier: Apache-2.0
 *
 * See private_use.h.
 */
#include "model/private_use.h"

#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"

#define OPENING 0x3014
#define CLOSING 0x3015
#define GETA 0x3013 /* printers set it where a type is missing */
#define TOLD_MAX 16 /* two brackets of 3 bytes, "U+10FFFD" */

static const struct {
    uint32_t was, is;
} table[] = {
#define FORMER(was, is) {was, is},
#include "model/private_use.inc"
#undef FORMER
};

bool is_private_use(uint32_t cp)
{
    return (cp >= 0xE000 && cp <= 0xF8FF) || (cp >= 0xF0000 && cp <= 0xFFFFD) || (cp >= 0x100000 && cp <= 0x10FFFD);
}

uint32_t private_use_now(uint32_t cp)
{
    if (!is_private_use(cp))
        return cp;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (table[i].was == cp)
            return table[i].is;
    }
    return 0;
}

static size_t tell(uint32_t cp, char out[TOLD_MAX])
{
    size_t n = utf8_put(OPENING, out);
    n += (size_t)snprintf(out + n, TOLD_MAX - n, "U+%04X", (unsigned)cp & 0x1FFFFF);
    return n + utf8_put(CLOSING, out + n);
}

size_t private_use_told(const char *s)
{
    char opening[4], closing[4];
    size_t n = utf8_put(OPENING, opening), last = utf8_put(CLOSING, closing), digits;

    if (strncmp(s, opening, n) || strncmp(s + n, "U+", 2))
        return 0;
    digits = strspn(s + n + 2, "0123456789ABCDEF");
    n += 2 + digits;
    return digits >= 4 && digits <= 6 && !strncmp(s + n, closing, last) ? n + last : 0;
}

/* How many bytes `from` needs at least: what is told in full must leave room for the rest. */
static size_t least(const char *from, const char *end)
{
    size_t n = 0;
    while (from < end) {
        char geta[4];
        uint32_t cp = (uint32_t)utf8_next(&from, end), now = private_use_now(cp);
        n += utf8_put(now ? now : GETA, geta);
    }
    return n;
}

int private_use_resolve(const char *in, char *out, size_t cap)
{
    const char *end = in + strlen(in);
    size_t used = 0;
    out[0] = '\0';
    if (least(in, end) >= cap)
        return -ERR_TOOLONG;
    while (in < end) {
        char told[TOLD_MAX];
        uint32_t cp = (uint32_t)utf8_next(&in, end), now = private_use_now(cp);
        size_t n = now ? utf8_put(now, told) : tell(cp, told);
        if (!now && used + n + least(in, end) >= cap)
            n = utf8_put(GETA, told);
        memcpy(out + used, told, n);
        used += n;
    }
    out[used] = '\0';
    return 0;
}
