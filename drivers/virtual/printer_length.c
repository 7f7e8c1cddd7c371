/* SPDX-License-Identifier: Apache-2.0
 *
 * A command whose length is misjudged turns what follows into rubbish, so every documented one is here, also those that
 * this printer only steps over.
 */
#include "drivers/virtual/printer_length.h"

#include <string.h>

enum { ESC = 0x1B, FS = 0x1C, GS = 0x1D };
#define TABS_MAX 32
#define BAR_CODE_MAX 255

static size_t le16(const uint8_t *p)
{
    return (size_t)(p[0] | p[1] << 8);
}

static size_t le32(const uint8_t *p)
{
    return le16(p) | le16(p + 2) << 16;
}

static const struct command_length more = {LENGTH_MORE, true, false}, unknown = {LENGTH_UNKNOWN, false, false};

static struct command_length fixed(size_t n)
{
    return (struct command_length){n, true, false};
}

static struct command_length data(size_t n)
{
    return (struct command_length){n, true, true};
}

/* Arguments up to a NUL, at most `max` of them. */
static struct command_length to_nul(const uint8_t *c, int len, int head, int max)
{
    for (int i = head; i < len && i <= head + max; i++)
        if (!c[i])
            return data((size_t)i + 1);
    return len > head + max ? unknown : more;
}

static struct command_length esc(const uint8_t *c, int len)
{
    switch (c[1]) {
    case '(':
        return len < 5 ? more : data(5 + le16(c + 3));
    case '*': /* m 32 and 33 have three bytes a column */
        return len < 5 ? more : data(5 + le16(c + 3) * (c[2] == 32 || c[2] == 33 ? 3 : 1));
    case 'D':
        return to_nul(c, len, 2, TABS_MAX);
    default:
        return unknown;
    }
}

static struct command_length fs(const uint8_t *c, int len)
{
    switch (c[1]) {
    case '(':
        return len < 5 ? more : data(5 + le16(c + 3));
    case '2': /* two bytes of code, 24 columns of three */
        return data(4 + 72);
    case 'g': /* write to or read from the user's memory */
        return len < 10 ? more : data(10 + (c[2] == '1' || c[2] == 1 ? le16(c + 8) : 0));
    default:
        return unknown;
    }
}

static struct command_length counter(uint8_t function)
{
    return function == 1 || function == '1' ? data(9) : function == ';' ? unknown : data(5);
}

/* From m = 65 on the length is told; before, the code ends with NUL. */
static struct command_length bar_code(const uint8_t *c, int len)
{
    if (len < 4)
        return more;
    return c[2] >= 65 ? data(4u + c[3]) : to_nul(c, len, 3, BAR_CODE_MAX);
}

/* GS D: an image file, which tells its size itself. */
static struct command_length image_file(const uint8_t *c, int len)
{
    if (len < 15)
        return more;
    return data(c[9] == 'B' && c[10] == 'M' ? 9 + le32(c + 11) : 9);
}

static struct command_length gs(const uint8_t *c, int len)
{
    switch (c[1]) {
    case '(':
        return len < 5 ? more : data(5 + le16(c + 3));
    case '8':
        return len < 7 ? more : data(7 + le32(c + 3));
    case '*':
        return len < 4 ? more : data(4 + (size_t)c[2] * c[3] * 8);
    case 'C':
        return len < 3 ? more : counter(c[2]);
    case 'D':
        return image_file(c, len);
    case 'Q':
        return len < 8 ? more : data(8 + le16(c + 4) * le16(c + 6));
    case 'V': /* the longer forms feed first, or cut later */
        return len < 3 ? more : fixed(c[2] >= 65 ? 4 : 3);
    case 'e': /* presenter: 3 takes steps, 32 steps and a time */
        return len < 3 ? more : fixed(c[2] == 3 ? 4 : c[2] == 32 ? 5 : 3);
    case 'g':
        return fixed(6);
    case 'k':
        return bar_code(c, len);
    case 'v': /* its rows are burnt as they come: printer_decode.c */
        return fixed(8);
    default:
        return unknown;
    }
}

struct command_length command_length(const uint8_t *c, int len)
{
    static const struct {
        uint8_t prefix, code, arguments;
    } table[] = {
#define COMMAND(prefix, code, arguments, about) {prefix, code, arguments},
#include "drivers/virtual/printer_length.def"
#undef COMMAND
    };

    if (len < 2)
        return more;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].prefix == c[0] && table[i].code == c[1])
            return fixed(2u + table[i].arguments);
    return c[0] == ESC ? esc(c, len) : c[0] == FS ? fs(c, len) : gs(c, len);
}
