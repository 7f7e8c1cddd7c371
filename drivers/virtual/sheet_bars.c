/* SPDX-License-Identifier: Apache-2.0
 *
 * Bar codes of GS k but CODE128's (sheet_code.c): each becomes a row of elements, bar and space in turn, and what people
 * read. Symbologies: ISO/IEC 15420 (EAN, UPC), 16388 (Code 39), 16390 (Interleaved 2 of 5), AIM USS Codabar and Code 93. How
 * many characters each takes: GS k in Epson's command reference.
 */
#include <string.h>

#include "drivers/virtual/sheet_bars.h"

static void bars_add(struct bars *b, int dots)
{
    if (b->n < BARS_MAX)
        b->dots[b->n++] = dots;
    b->width += dots;
}

void bars_modules(struct bars *b, const char *widths)
{
    for (; *widths; widths++)
        bars_add(b, (*widths - '0') * b->module);
}

/* "n" and "w": thick ones are two and a half modules. */
static void thin_and_thick(struct bars *b, const char *pattern)
{
    for (; *pattern; pattern++)
        bars_add(b, *pattern == 'w' ? (b->module * 5 + 1) / 2 : b->module);
}

static bool all_of(const uint8_t *data, size_t n, const char *set)
{
    for (size_t i = 0; i < n; i++)
        if (!data[i] || !strchr(set, data[i]))
            return false;
    return true;
}
#define DIGITS "0123456789"

/* --- EAN and UPC --- */

static const char *const ean_digits[] = {"3211", "2221", "2122", "1411", "1132", "1231", "1114", "1312", "1213", "3112"};

static void ean_digit(struct bars *b, uint8_t digit, bool mirrored)
{
    const char *widths = ean_digits[digit - '0'];

    for (int i = 0; i < 4; i++)
        bars_add(b, (widths[mirrored ? 3 - i : i] - '0') * b->module);
}

/* The digit that makes the weighted sum a multiple of ten: weights 3, 1, 3 … from the right. */
uint8_t bars_check_digit(const uint8_t *digits, size_t n)
{
    int sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += (digits[i] - '0') * ((n - i) % 2 ? 3 : 1);
    return (uint8_t)('0' + (10 - sum % 10) % 10);
}

/* `full` digits, the last of which may be left out: it is the check digit then. */
static bool with_check(const uint8_t *data, size_t n, size_t full, uint8_t *out)
{
    if ((n != full && n != full - 1) || !all_of(data, n, DIGITS))
        return false;
    memcpy(out, data, n);
    if (n < full)
        out[n] = bars_check_digit(data, n);
    return true;
}

static bool ean13(struct bars *b, const uint8_t d[13])
{
    /* which of the first six are mirrored says what the leading digit is */
    static const uint8_t mirrored[] = {0x00, 0x0B, 0x0D, 0x0E, 0x13, 0x19, 0x1C, 0x15, 0x16, 0x1A};

    bars_modules(b, "111");
    for (int i = 1; i <= 6; i++)
        ean_digit(b, d[i], mirrored[d[0] - '0'] >> (6 - i) & 1);
    bars_modules(b, "11111");
    for (int i = 7; i <= 12; i++)
        ean_digit(b, d[i], false);
    bars_modules(b, "111");
    return true;
}

static bool jan13(struct bars *b, const uint8_t *data, size_t n)
{
    uint8_t d[13];

    if (!with_check(data, n, 13, d))
        return false;
    buf_add(&b->hri, d, 13);
    return ean13(b, d);
}

static bool upc_a(struct bars *b, const uint8_t *data, size_t n)
{
    uint8_t d[13] = {'0'};

    if (!with_check(data, n, 12, d + 1))
        return false;
    buf_add(&b->hri, d + 1, 12);
    return ean13(b, d);
}

static bool jan8(struct bars *b, const uint8_t *data, size_t n)
{
    uint8_t d[8];

    if (!with_check(data, n, 8, d))
        return false;
    buf_add(&b->hri, d, 8);
    bars_modules(b, "111");
    for (int i = 0; i < 4; i++)
        ean_digit(b, d[i], false);
    bars_modules(b, "11111");
    for (int i = 4; i < 8; i++)
        ean_digit(b, d[i], false);
    bars_modules(b, "111");
    return true;
}

/* Six digits of UPC-E from the eleven of UPC-A, whose zeros they leave out. */
static bool without_zeros(const uint8_t a[11], uint8_t out[6])
{
    const uint8_t *maker = a + 1, *item = a + 6;

    if (a[0] != '0')
        return false;
    if (maker[2] <= '2' && !memcmp(maker + 3, "00", 2) && !memcmp(item, "00", 2)) {
        memcpy(out, (const uint8_t[6]){maker[0], maker[1], item[2], item[3], item[4], maker[2]}, 6);
        return true;
    }
    if (!memcmp(maker + 3, "00", 2) && !memcmp(item, "000", 3)) {
        memcpy(out, (const uint8_t[6]){maker[0], maker[1], maker[2], item[3], item[4], '3'}, 6);
        return true;
    }
    if (maker[4] == '0' && !memcmp(item, "0000", 4)) {
        memcpy(out, (const uint8_t[6]){maker[0], maker[1], maker[2], maker[3], item[4], '4'}, 6);
        return true;
    }
    memcpy(out, (const uint8_t[6]){maker[0], maker[1], maker[2], maker[3], maker[4], item[4]}, 6);
    return !memcmp(item, "0000", 4) && item[4] >= '5';
}

static void with_zeros(const uint8_t e[6], uint8_t out[11])
{
    static const char *const maps[] = {"0ab f0000cde", "0ab f0000cde", "0ab f0000cde", "0abc 00000de", "0abcd 00000e",
                                       "0abcde 0000f", "0abcde 0000f", "0abcde 0000f", "0abcde 0000f", "0abcde 0000f"};
    int n = 0;

    for (const char *m = maps[e[5] - '0']; *m; m++)
        if (*m != ' ')
            out[n++] = *m >= 'a' ? e[*m - 'a'] : '0';
}

static bool upc_e(struct bars *b, const uint8_t *data, size_t n)
{
    static const uint8_t mirrored[] = {0x38, 0x34, 0x32, 0x31, 0x2C, 0x26, 0x23, 0x2A, 0x29, 0x25};
    uint8_t e[6], a[11], check;

    if (!all_of(data, n, DIGITS) || !n || (n > 6 && data[0] != '0'))
        return false;
    if (n >= 6 && n <= 8)
        memcpy(e, data + (n > 6), 6);
    else if ((n != 11 && n != 12) || !without_zeros(data, e))
        return false;
    with_zeros(e, a);
    check = n == 8 ? data[7] : n == 12 ? data[11] : bars_check_digit(a, 11);
    bars_modules(b, "111");
    for (int i = 0; i < 6; i++)
        ean_digit(b, e[i], mirrored[check - '0'] >> (5 - i) & 1);
    bars_modules(b, "111111");
    buf_addc(&b->hri, '0');
    buf_add(&b->hri, e, 6);
    buf_addc(&b->hri, check);
    return true;
}

/* --- two widths --- */

static const char code39_set[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%";
static const char *const code39_patterns[] = {
    "nnnwwnwnn", "wnnwnnnnw", "nnwwnnnnw", "wnwwnnnnn", "nnnwwnnnw", "wnnwwnnnn", "nnwwwnnnn", "nnnwnnwnw", "wnnwnnwnn",
    "nnwwnnwnn", "wnnnnwnnw", "nnwnnwnnw", "wnwnnwnnn", "nnnnwwnnw", "wnnnwwnnn", "nnwnwwnnn", "nnnnnwwnw", "wnnnnwwnn",
    "nnwnnwwnn", "nnnnwwwnn", "wnnnnnnww", "nnwnnnnww", "wnwnnnnwn", "nnnnwnnww", "wnnnwnnwn", "nnwnwnnwn", "nnnnnnwww",
    "wnnnnnwwn", "nnwnnnwwn", "nnnnwnwwn", "wwnnnnnnw", "nwwnnnnnw", "wwwnnnnnn", "nwnnwnnnw", "wwnnwnnnn", "nwwnwnnnn",
    "nwnnnnwnw", "wwnnnnwnn", "nwwnnnwnn", "nwnwnwnnn", "nwnwnnnwn", "nwnnnwnwn", "nnnwnwnwn"};

/* The printer adds the * at both ends where they are not there. */
static bool code39(struct bars *b, const uint8_t *data, size_t n)
{
    size_t first = n && data[0] == '*', last = n > 1 && data[n - 1] == '*' ? n - 1 : n;

    if (last <= first || !all_of(data + first, last - first, code39_set))
        return false;
    thin_and_thick(b, "nwnnwnwnnn");
    for (size_t i = first; i < last; i++) {
        thin_and_thick(b, code39_patterns[strchr(code39_set, data[i]) - code39_set]);
        thin_and_thick(b, "n");
    }
    thin_and_thick(b, "nwnnwnwnn");
    buf_addc(&b->hri, '*');
    buf_add(&b->hri, data + first, last - first);
    buf_addc(&b->hri, '*');
    return true;
}

/* Pairs: the bars are the first digit, the spaces the second. The last of an odd number is ignored. */
static bool itf(struct bars *b, const uint8_t *data, size_t n)
{
    static const char *const digits[] = {"nnwwn", "wnnnw", "nwnnw", "wwnnn", "nnwnw",
                                         "wnwnn", "nwwnn", "nnnww", "wnnwn", "nwnwn"};

    n -= n % 2;
    if (!n || !all_of(data, n, DIGITS))
        return false;
    thin_and_thick(b, "nnnn");
    for (size_t i = 0; i < n; i += 2)
        for (int k = 0; k < 5; k++)
            thin_and_thick(b, (const char[3]){digits[data[i] - '0'][k], digits[data[i + 1] - '0'][k]});
    thin_and_thick(b, "wnn");
    buf_add(&b->hri, data, n);
    return true;
}

static bool codabar(struct bars *b, const uint8_t *data, size_t n)
{
    static const char set[] = "0123456789-$:/.+ABCDabcd";
    static const char *const patterns[] = {"nnnnnww", "nnnnwwn", "nnnwnnw", "wwnnnnn", "nnwnnwn", "wnnnnwn", "nwnnnnw",
                                           "nwnnwnn", "nwwnnnn", "wnnwnnn", "nnnwwnn", "nnwwnnn", "wnnnwnw", "wnwnnnw",
                                           "wnwnwnn", "nnwnwnw", "nnwwnwn", "nwnwnnw", "nnnwnww", "nnnwwwn"};

    if (n < 2 || !all_of(data, 1, set + 16) || !all_of(data + n - 1, 1, set + 16) || !all_of(data, n, set))
        return false;
    for (size_t i = 0; i < n; i++) {
        size_t k = (size_t)(strchr(set, data[i]) - set);

        thin_and_thick(b, patterns[k < 20 ? k : k - 4]);
        if (i + 1 < n)
            thin_and_thick(b, "n");
    }
    buf_add(&b->hri, data, n);
    return true;
}

/* --- Code 93 --- */

enum { SHIFT_DOLLAR = 43, SHIFT_PERCENT, SHIFT_SLASH, SHIFT_PLUS, CODE93_ENDS };
#define CODE93_MAX 260
static const char *const code93_patterns[] = {
    "131112", "111213", "111312", "111411", "121113", "121212", "121311", "111114", "131211", "141111", "211113", "211212",
    "211311", "221112", "221211", "231111", "112113", "112212", "112311", "122112", "132111", "111123", "111222", "111321",
    "121122", "131121", "212112", "212211", "211122", "211221", "221121", "222111", "112122", "112221", "122121", "123111",
    "121131", "311112", "311211", "321111", "112131", "113121", "211131", "121221", "312111", "311121", "122211", "111141"};

/* What is not among the 43 is a shift and a letter. */
static void code93_shifted(uint8_t c, int out[2])
{
    static const struct {
        uint8_t first, last;
        int shift;
        char letter;
    } ranges[] = {{0, 0, SHIFT_PERCENT, 'U'},     {1, 26, SHIFT_DOLLAR, 'A'},     {27, 31, SHIFT_PERCENT, 'A'},
                  {'!', ',', SHIFT_SLASH, 'A'},   {':', ':', SHIFT_SLASH, 'Z'},   {';', '?', SHIFT_PERCENT, 'F'},
                  {'@', '@', SHIFT_PERCENT, 'V'}, {'[', '_', SHIFT_PERCENT, 'K'}, {'`', '`', SHIFT_PERCENT, 'W'},
                  {'a', 'z', SHIFT_PLUS, 'A'},    {'{', 127, SHIFT_PERCENT, 'P'}};

    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i].first && c <= ranges[i].last) {
            out[0] = ranges[i].shift;
            out[1] = ranges[i].letter + (c - ranges[i].first) - 'A' + 10;
        }
}

static int code93_check(const int *values, int n, int most)
{
    int sum = 0;

    for (int i = 0; i < n; i++)
        sum += values[n - 1 - i] * (i % most + 1);
    return sum % 47;
}

static bool code93(struct bars *b, const uint8_t *data, size_t n)
{
    int values[CODE93_MAX], k = 0;

    for (size_t i = 0; i < n; i++) {
        const char *plain = data[i] ? strchr(code39_set, data[i]) : NULL;

        if (data[i] > 127 || k + 4 > CODE93_MAX)
            return false;
        if (plain)
            values[k++] = (int)(plain - code39_set);
        else
            code93_shifted(data[i], values + k), k += 2;
        buf_addc(&b->hri, data[i] < 32 || data[i] == 127 ? ' ' : data[i]);
    }
    if (!k)
        return false;
    values[k] = code93_check(values, k, 20);
    k++;
    values[k] = code93_check(values, k, 15);
    k++;
    bars_modules(b, code93_patterns[CODE93_ENDS]);
    for (int i = 0; i < k; i++)
        bars_modules(b, code93_patterns[values[i]]);
    bars_modules(b, code93_patterns[CODE93_ENDS]);
    bars_modules(b, "1");
    return true;
}

/* --- on paper --- */

static int read_by_people(struct sheet *s, const struct buf *text, int align)
{
    const struct sheet_style style = {.cell_width = SHEET_CELL / 2, .cell_height = SHEET_CELL, .wide = 1, .high = 1};

    for (size_t i = 0; i < text->len && sheet_fits(s, &style); i++)
        sheet_char(s, text->data[i], &style);
    return sheet_print_line(s, SHEET_CELL, align);
}

static int print(struct sheet *s, const struct bars *b, const struct sheet_code *how)
{
    uint8_t row[SHEET_STRIDE] = {0};
    int moved = 0, x = 0;

    if (b->width > s->area || b->n == BARS_MAX)
        return 0;
    for (int i = 0; i < b->n; i++)
        for (int w = b->dots[i]; w > 0; w--, x++)
            if (i % 2 == 0)
                row[x / 8] |= (uint8_t)(0x80 >> (x & 7));
    if (s->line_x)
        moved += sheet_print_line(s, 0, how->align);
    if (how->text & 1)
        moved += read_by_people(s, &b->hri, how->align);
    for (int y = 0; y < how->height; y++)
        moved += sheet_image_row(s, row, b->width, 1, 1, how->align);
    if (how->text & 2)
        moved += read_by_people(s, &b->hri, how->align);
    return moved;
}

bool sheet_bars(struct sheet *s, int kind, const uint8_t *data, size_t n, const struct sheet_code *how, int *ret_moved)
{
    static bool (*const encode[])(struct bars *, const uint8_t *, size_t) = {[SHEET_UPC_A] = upc_a,
                                                                             [SHEET_UPC_E] = upc_e,
                                                                             [SHEET_JAN13] = jan13,
                                                                             [SHEET_JAN8] = jan8,
                                                                             [SHEET_CODE39] = code39,
                                                                             [SHEET_ITF] = itf,
                                                                             [SHEET_CODABAR] = codabar,
                                                                             [SHEET_CODE93] = code93,
                                                                             [SHEET_CODE128] = code128,
                                                                             [SHEET_GS1_128] = gs1_128,
                                                                             [SHEET_CODE128_AUTO] = code128_auto};
    struct bars b = {.module = how->module};

    if (kind < 0 || (size_t)kind >= sizeof encode / sizeof *encode || !encode[kind])
        return false;
    buf_init(&b.hri, BARS_MAX);
    if (encode[kind](&b, data, n))
        *ret_moved = print(s, &b, how);
    buf_finish(&b.hri);
    return true;
}
