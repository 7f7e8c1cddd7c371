/* SPDX-License-Identifier: Apache-2.0
 *
 * UTF-8 by the table of well-formed byte sequences (Unicode 15, table 3-7), UTF-16LE as cards hold it.
 */
#include "base/text.h"

#include <string.h>

#include "base/err.h"

/* Length by first byte, and the limits of the second byte that shut out overlong forms, surrogates and > 10FFFF. */
static size_t lead(uint8_t c, uint8_t *low, uint8_t *high)
{
    *low = 0x80;
    *high = 0xBF;
    if (c < 0x80)
        return 1;
    if (c < 0xC2 || c > 0xF4)
        return 0;
    if (c < 0xE0)
        return 2;
    if (c == 0xE0)
        *low = 0xA0;
    if (c == 0xED)
        *high = 0x9F;
    if (c == 0xF0)
        *low = 0x90;
    if (c == 0xF4)
        *high = 0x8F;
    return c < 0xF0 ? 3 : 4;
}

int32_t utf8_next(const char **p, const char *end)
{
    const uint8_t *s = (const uint8_t *)*p;
    size_t left = (size_t)(end - *p);
    uint8_t low, high;
    if (left == 0)
        return -1;
    size_t n = lead(s[0], &low, &high);
    (*p)++;
    if (n == 0 || n > left)
        return -1;
    if (n == 1)
        return s[0];
    int32_t cp = s[0] & (0x7F >> n);
    for (size_t i = 1; i < n; i++) {
        if (s[i] < low || s[i] > high)
            return -1;
        cp = cp << 6 | (s[i] & 0x3F);
        low = 0x80;
        high = 0xBF;
    }
    *p += n - 1;
    return cp;
}

bool utf8_valid(const char *s, size_t len)
{
    const char *end = s + len;
    while (s < end) {
        if (utf8_next(&s, end) < 0)
            return false;
    }
    return true;
}

size_t utf8_count(const char *s)
{
    size_t n = 0;
    for (; *s; s++)
        n += ((uint8_t)*s & 0xC0) != 0x80;
    return n;
}

size_t utf8_put(uint32_t cp, char out[4])
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        return 0;
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

size_t utf8_prefix(const char *s, size_t n)
{
    const char *p = s;
    for (; *p; p++) {
        if (((uint8_t)*p & 0xC0) != 0x80 && n-- == 0)
            break;
    }
    return (size_t)(p - s);
}

/* One code point of UTF-16LE at in[*i]; -1 for a lone surrogate. */
static int32_t utf16_next(const uint8_t *in, size_t len, size_t *i)
{
    uint32_t unit = (uint32_t)(in[*i] | in[*i + 1] << 8);
    *i += 2;
    if (unit < 0xD800 || unit > 0xDFFF)
        return (int32_t)unit;
    if (unit > 0xDBFF || *i + 2 > len)
        return -1;
    uint32_t low = (uint32_t)(in[*i] | in[*i + 1] << 8);
    if (low < 0xDC00 || low > 0xDFFF)
        return -1;
    *i += 2;
    return (int32_t)(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
}

int utf16le_to_utf8(const uint8_t *in, size_t len, char *out, size_t cap)
{
    size_t used = 0;
    if (len % 2)
        return -ERR_INVALID;
    if (cap == 0)
        return -ERR_TOOLONG;
    for (size_t i = 0; i < len;) {
        char bytes[4];
        int32_t cp = utf16_next(in, len, &i);
        if (cp <= 0)
            return -ERR_INVALID;
        size_t n = utf8_put((uint32_t)cp, bytes);
        if (used + n + 1 > cap)
            return -ERR_TOOLONG;
        memcpy(out + used, bytes, n);
        used += n;
    }
    out[used] = '\0';
    return 0;
}

static size_t utf16_put(uint32_t cp, uint8_t out[4])
{
    if (cp < 0x10000) {
        out[0] = (uint8_t)cp;
        out[1] = (uint8_t)(cp >> 8);
        return 2;
    }
    uint32_t high = 0xD800 + ((cp - 0x10000) >> 10), low = 0xDC00 + ((cp - 0x10000) & 0x3FF);
    out[0] = (uint8_t)high;
    out[1] = (uint8_t)(high >> 8);
    out[2] = (uint8_t)low;
    out[3] = (uint8_t)(low >> 8);
    return 4;
}

int utf8_to_utf16le(const char *in, uint8_t *out, size_t cap, size_t *ret_len)
{
    const char *end = in + strlen(in);
    size_t used = 0;
    while (in < end) {
        uint8_t bytes[4];
        int32_t cp = utf8_next(&in, end);
        if (cp < 0)
            return -ERR_INVALID;
        size_t n = utf16_put((uint32_t)cp, bytes);
        if (used + n > cap)
            return -ERR_TOOLONG;
        memcpy(out + used, bytes, n);
        used += n;
    }
    *ret_len = used;
    return 0;
}

/* Appends as much of s[0..len) as fits with whole code points. False when something was cut. */
static bool append_cut(char *out, size_t cap, size_t *used, const char *s, size_t len)
{
    size_t room = cap - *used - 1, n = len;
    if (n > room) {
        n = room;
        while (n > 0 && ((uint8_t)s[n] & 0xC0) == 0x80)
            n--;
    }
    memcpy(out + *used, s, n);
    *used += n;
    out[*used] = '\0';
    return n == len;
}

/* "{0}", "{0|one|many}" at s: the index, and what stands between the bars; -1 for anything else. */
static int slot(const char *s, const char **ret_bar, const char **ret_end)
{
    if (s[0] != '{' || s[1] < '0' || s[1] > '9' || (s[2] != '}' && s[2] != '|') || !(*ret_end = strchr(s, '}')))
        return -1;
    *ret_bar = s[2] == '|' ? s + 2 : NULL;
    return s[1] - '0';
}

static bool append_number_word(char *out, size_t cap, size_t *used, const char *bar, const char *end, bool one)
{
    const char *second = memchr(bar + 1, '|', (size_t)(end - bar - 1));
    if (!second)
        return append_cut(out, cap, used, bar + 1, (size_t)(end - bar - 1));
    return one ? append_cut(out, cap, used, bar + 1, (size_t)(second - bar - 1))
               : append_cut(out, cap, used, second + 1, (size_t)(end - second - 1));
}

void text_fill(char *out, size_t cap, const char *format, const char *const *args, size_t n)
{
    size_t used = 0;
    bool whole = true;
    if (cap == 0)
        return;
    out[0] = '\0';
    for (const char *s = format, *bar, *end; *s && whole;) {
        int arg = slot(s, &bar, &end);
        if (arg >= 0 && (size_t)arg < n && args[arg]) {
            whole = bar ? append_number_word(out, cap, &used, bar, end, !strcmp(args[arg], "1"))
                        : append_cut(out, cap, &used, args[arg], strlen(args[arg]));
            s = end + 1;
            continue;
        }
        size_t plain = 1 + strcspn(s + 1, "{");
        whole = append_cut(out, cap, &used, s, plain);
        s += plain;
    }
}

bool text_copy(char *out, size_t cap, const char *s)
{
    size_t used = 0;
    if (cap == 0)
        return false;
    out[0] = '\0';
    return append_cut(out, cap, &used, s, strlen(s));
}

bool text_in(uint32_t cp, const struct text_range *ranges, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (cp >= ranges[i].first && cp <= ranges[i].last)
            return true;
    return false;
}

bool text_is_wide(uint32_t cp)
{
    static const struct text_range ranges[] = {
        {0x1100, 0x115F},   /* Hangul leading consonants */
        {0x2E80, 0x303E},   /* radicals, description characters, CJK punctuation */
        {0x3041, 0x33FF},   /* kana, bopomofo, enclosed and squared forms */
        {0x3400, 0x4DBF},   /* extension A */
        {0x4E00, 0xA4CF},   /* ideographs, Yi */
        {0xAC00, 0xD7A3},   /* Hangul */
        {0xE000, 0xFAFF},   /* private use (ideographs of old encodings on cards), compatibility ideographs */
        {0xFE30, 0xFE6F},   /* vertical and small forms */
        {0xFF01, 0xFF60},   /* full-width forms */
        {0xFFE0, 0xFFE6},   /* full-width signs */
        {0x20000, 0x3FFFD}, /* extensions B and later */
    };
    static const struct text_range quotes[] = {
        {0x2014, 0x2014}, {0x2018, 0x2019}, {0x201C, 0x201D}, {0x2026, 0x2026}}; /* — ‘ ’ “ ” … */

    return text_in(cp, ranges, sizeof ranges / sizeof *ranges) || text_in(cp, quotes, sizeof quotes / sizeof *quotes);
}

bool text_has_no_width(uint32_t cp)
{
    /* Unicode 15: blocks of combining diacritical marks, variation selectors, and the format characters of general text */
    static const struct text_range none[] = {{0x0AD, 0x0AD},    {0x300, 0x36F},   {0x61C, 0x61C},   {0x1AB0, 0x1AFF},
                                             {0x1DC0, 0x1DFF},  {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x206F},
                                             {0x20D0, 0x20FF},  {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF},
                                             {0xE0100, 0xE01EF}};

    return cp >= 0xAD && text_in(cp, none, sizeof none / sizeof *none);
}

bool text_is_invisible(uint32_t cp)
{
    /* Unicode 15, DerivedCoreProperties, Default_Ignorable_Code_Point */
    static const struct text_range ranges[] = {
        {0xAD, 0xAD},     {0x34F, 0x34F},     {0x61C, 0x61C},     {0x115F, 0x1160},   {0x17B4, 0x17B5},  {0x180B, 0x180F},
        {0x200B, 0x200F}, {0x202A, 0x202E},   {0x2060, 0x206F},   {0x3164, 0x3164},   {0xFEFF, 0xFEFF},  {0xFFA0, 0xFFA0},
        {0xFFF0, 0xFFFB}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE00FF}, {0xE01F0, 0xE0FFF}};

    return cp >= 0xAD && text_in(cp, ranges, sizeof ranges / sizeof *ranges);
}

static bool is_control(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == 0x2028 || cp == 0x2029;
}

/* There is something to read: neither a blank nor what nobody sees. */
static bool is_read(uint32_t cp)
{
    /* Unicode 15, Space_Separator */
    static const struct text_range blanks[] = {{' ', ' '},       {0xA0, 0xA0},     {0x1680, 0x1680}, {0x2000, 0x200A},
                                               {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}};

    return !is_control(cp) && !text_in(cp, blanks, sizeof blanks / sizeof *blanks) && !text_is_invisible(cp);
}

bool text_is_line(const char *s)
{
    const char *end = s + strlen(s);
    bool seen = false;

    while (s < end) {
        int32_t cp = utf8_next(&s, end);

        if (cp < 0 || is_control((uint32_t)cp))
            return false;
        seen |= is_read((uint32_t)cp);
    }
    return seen;
}

size_t text_trim(const char **s)
{
    const char *end = *s + strlen(*s), *first = NULL, *last = end;

    for (const char *p = *s, *at = p; p < end; at = p) {
        int32_t cp = utf8_next(&p, end);

        if (cp >= 0 && !is_read((uint32_t)cp))
            continue;
        first = first ? first : at;
        last = p;
    }
    *s = first ? first : end;
    return (size_t)(last - *s);
}

bool text_is_plain_line(const char *s)
{
    if (!text_is_line(s))
        return false;
    for (const char *end = s + strlen(s); s < end;)
        if (text_is_invisible((uint32_t)utf8_next(&s, end)))
            return false;
    return true;
}
