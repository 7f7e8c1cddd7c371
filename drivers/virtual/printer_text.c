/* SPDX-License-Identifier: Apache-2.0
 *
 * From bytes to characters: GB 18030 as far as the profile's font goes, the page chosen by ESC t, and glyphs that FS 2
 * defined. Tables are the C library's.
 */
#include <iconv.h>
#include <string.h>

#include "drivers/virtual/printer_parts.h"

#define WRONG_SIGN 0xFFFD /* what a printer prints for a code it has no glyph for */
#define TAB 8             /* characters, unless ESC D says otherwise */
#define FONT_B_WIDTH 9
#define FONT_B_HEIGHT 17

/* --- codes --- */

/* A printer has its tables in ROM; these are loaded when they are first used, and stay. */
static iconv_t table_of(const char *name)
{
    enum {
        TABLES = 1 /* GB 18030 */
#define PAGE(number, name) +1
#include "drivers/virtual/printer_page.def"
#undef PAGE
    };
    static struct {
        const char *name;
        iconv_t table;
    } rom[TABLES];
    int i = 0;

    while (rom[i].name && strcmp(rom[i].name, name))
        i++;
    if (!rom[i].name) {
        rom[i].name = name;
        rom[i].table = iconv_open("UCS-4LE", name);
    }
    return rom[i].table;
}

static uint32_t convert(const char *name, const uint8_t *code, size_t n)
{
    iconv_t table = table_of(name);
    uint8_t out[8] = {0};
    char *from = (char *)code, *to = (char *)out;
    size_t from_left = n, to_left = sizeof out;

    if (table == (iconv_t)-1)
        return WRONG_SIGN;
    iconv(table, NULL, NULL, NULL, NULL);
    /* some tables hold a letter back, for an accent may follow: the last call has it out */
    if (iconv(table, &from, &from_left, &to, &to_left) == (size_t)-1 || from_left ||
        iconv(table, NULL, NULL, &to, &to_left) == (size_t)-1 || to_left != sizeof out - 4)
        return WRONG_SIGN;
    return (uint32_t)out[0] | (uint32_t)out[1] << 8 | (uint32_t)out[2] << 16 | (uint32_t)out[3] << 24;
}

static const char *page_name(uint8_t n)
{
    static const struct {
        uint8_t n;
        const char *name;
    } pages[] = {
#define PAGE(number, name) {number, name},
#include "drivers/virtual/printer_page.def"
#undef PAGE
    };

    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (pages[i].n == n)
            return pages[i].name;
    return NULL;
}

/* Page 1: signs of Japanese home computers, half of JIS X 0201 in the middle. */
static uint32_t katakana(uint8_t b)
{
    static const uint16_t low[32] = {0x2581, 0x2582, 0x2583, 0x2584, 0x2585, 0x2586, 0x2587, 0x2588, 0x258F, 0x258E, 0x258D,
                                     0x258C, 0x258B, 0x258A, 0x2589, 0x253C, 0x2534, 0x252C, 0x2524, 0x251C, 0x2594, 0x2500,
                                     0x2502, 0x2595, 0x250C, 0x2510, 0x2514, 0x2518, 0x256D, 0x256E, 0x2570, 0x256F};

    if (b >= 0xA1 && b <= 0xDF)
        return 0xFF61 + (b - 0xA1u);
    return b < 0x80 ? b : b < 0xA0 ? low[b - 0x80] : WRONG_SIGN;
}

/* ESC R: what stands for twelve signs of ASCII. From Epson's table. */
static uint32_t of_country(uint8_t country, uint8_t b)
{
    static const char ascii[] = "#$@[\\]^`{|}~";
    static const uint32_t signs[][12] = {
        [1] = {'#', '$', 0xE0, 0xB0, 0xE7, 0xA7, '^', '`', 0xE9, 0xF9, 0xE8, 0xA8},              /* France */
        [2] = {'#', '$', 0xA7, 0xC4, 0xD6, 0xDC, '^', '`', 0xE4, 0xF6, 0xFC, 0xDF},              /* Germany */
        [3] = {0xA3, '$', '@', '[', '\\', ']', '^', '`', '{', '|', '}', '~'},                    /* U.K. */
        [4] = {'#', '$', '@', 0xC6, 0xD8, 0xC5, '^', '`', 0xE6, 0xF8, 0xE5, '~'},                /* Denmark I */
        [5] = {'#', 0xA4, 0xC9, 0xC4, 0xD6, 0xC5, 0xDC, 0xE9, 0xE4, 0xF6, 0xE5, 0xFC},           /* Sweden */
        [6] = {'#', '$', '@', 0xB0, '\\', 0xE9, '^', 0xF9, 0xE0, 0xF2, 0xE8, 0xEC},              /* Italy */
        [7] = {0x20A7, '$', '@', 0xA1, 0xD1, 0xBF, '^', '`', 0xA8, 0xF1, '}', '~'},              /* Spain I */
        [8] = {'#', '$', '@', '[', 0xA5, ']', '^', '`', '{', '|', '}', '~'},                     /* Japan */
        [9] = {'#', 0xA4, 0xC9, 0xC6, 0xD8, 0xC5, 0xDC, 0xE9, 0xE6, 0xF8, 0xE5, 0xFC},           /* Norway */
        [10] = {'#', '$', 0xC9, 0xC6, 0xD8, 0xC5, 0xDC, 0xE9, 0xE6, 0xF8, 0xE5, 0xFC},           /* Denmark II */
        [11] = {'#', '$', 0xE1, 0xA1, 0xD1, 0xBF, 0xE9, '`', 0xED, 0xF1, 0xF3, 0xFA},            /* Spain II */
        [12] = {'#', '$', 0xE1, 0xA1, 0xD1, 0xBF, 0xE9, 0xFC, 0xED, 0xF1, 0xF3, 0xFA},           /* Latin America */
        [13] = {'#', '$', '@', '[', 0x20A9, ']', '^', '`', '{', '|', '}', '~'},                  /* Korea */
        [14] = {'#', '$', 0x17D, 0x160, 0x110, 0x106, 0x10C, 0x17E, 0x161, 0x111, 0x107, 0x10D}, /* Slovenia, Croatia */
        [15] = {'#', 0xA5, '@', '[', '\\', ']', '^', '`', '{', '|', '}', '~'},                   /* China */
        [16] = {'#', 0x20AB, '@', '[', '\\', ']', '^', '`', '{', '|', '}', '~'},                 /* Vietnam */
    };
    const char *at = strchr(ascii, b);

    return at && b && country < sizeof signs / sizeof *signs && signs[country][0] ? signs[country][at - ascii] : b;
}

static uint32_t single_byte(struct virtual_printer *p, uint8_t b)
{
    const char *name = page_name(p->decoder.page);

    if (b < 0x7F)
        return of_country(p->decoder.country, b);
    if (p->decoder.page == 1)
        return katakana(b);
    if (p->decoder.page == 13 && b == 0xD5) /* the euro came later than iconv's table */
        return 0x20AC;
    if (!name)
        return WRONG_SIGN;
    return convert(name, &b, 1);
}

/* GB 2312 has rows A1-A9 and B0-F7 of 94; GB 18030 filled gaps in them. */
static bool in_gb2312(const uint8_t *code)
{
    bool symbols = code[0] >= 0xA1 && code[0] <= 0xA9, ideographs = code[0] >= 0xB0 && code[0] <= 0xF7;
    bool gap = (code[0] == 0xA2 && code[1] < 0xB1) || (code[0] == 0xA6 && code[1] > 0xD8) ||
               (code[0] == 0xA8 && code[1] > 0xBA && code[1] < 0xC5) || (code[0] == 0xD7 && code[1] > 0xF9);

    return (symbols || ideographs) && code[1] >= 0xA1 && code[1] <= 0xFE && !gap;
}

/* The C library of 2005's standard gives these six a character; since 2022 the character has four bytes alone and the code
 * is private use. */
static bool private_since_2022(const uint8_t *code)
{
    static const uint8_t second[] = {0x51, 0x52, 0x53, 0x6C, 0x76, 0x91};

    return code[0] == 0xFE && memchr(second, code[1], sizeof second);
}

static uint32_t chinese(struct virtual_printer *p, const uint8_t *code, size_t n)
{
    uint32_t cp;

    if (p->profile->chinese == CHINESE_GB2312 && !in_gb2312(code))
        return WRONG_SIGN;
    if (n == 2 && private_since_2022(code))
        return WRONG_SIGN;
    cp = convert("GB18030", code, n);
    return cp >= 0xE000 && cp <= 0xF8FF ? WRONG_SIGN : cp; /* nobody's glyphs are in its ROM */
}

static bool is_lead(const struct virtual_printer *p, uint8_t b)
{
    return p->decoder.chinese && b >= (p->profile->chinese == CHINESE_GB2312 ? 0xA1 : 0x81) && b <= 0xFE;
}

/* --- what is put into the line --- */

static int fit(struct virtual_printer *p, const struct sheet_style *style)
{
    return sheet_fits(&p->sheet, style) ? 0 : printer_line(p, p->decoder.pitch);
}

static struct sheet_style chinese_style(const struct decoder *d)
{
    struct sheet_style style = d->style;

    style.cell_width = style.cell_height = SHEET_CELL;
    style.wide = d->chinese_wide;
    style.high = d->chinese_high;
    style.underline = d->chinese_underline;
    style.before = d->chinese_before;
    style.after = d->chinese_after;
    return style;
}

static int put_chinese(struct virtual_printer *p, const uint8_t *code, size_t n)
{
    struct decoder *d = &p->decoder;
    struct sheet_style style = chinese_style(d);
    int moved = fit(p, &style),
        glyph = code[0] == 0xFE && code[1] >= 0xA1 && code[1] < 0xA1 + GLYPHS_MAX ? code[1] - 0xA1 : -1;

    if (glyph >= 0 && d->glyphs[glyph].defined)
        sheet_glyph(&p->sheet, d->glyphs[glyph].columns, &style);
    else
        sheet_char(&p->sheet, chinese(p, code, n), &style);
    return moved;
}

static int put_single(struct virtual_printer *p, uint8_t b)
{
    struct sheet_style style = p->decoder.style;
    int moved;

    style.cell_width = p->decoder.font_b ? FONT_B_WIDTH : SHEET_CELL / 2;
    style.cell_height = p->decoder.font_b ? FONT_B_HEIGHT : SHEET_CELL;
    moved = fit(p, &style);
    sheet_char(&p->sheet, single_byte(p, b), &style);
    return moved;
}

/* A code of several bytes goes on; true when it is whole. */
static bool code_is_whole(const struct virtual_printer *p)
{
    const struct decoder *d = &p->decoder;
    bool four = p->profile->chinese == CHINESE_FOUR_BYTE && d->n_code >= 2 && d->code[1] >= '0' && d->code[1] <= '9';

    return d->n_code == (four ? 4 : 2);
}

static void tab(struct virtual_printer *p)
{
    const struct decoder *d = &p->decoder;
    int unit = SHEET_CELL / 2 * d->style.wide, at = p->sheet.line_x / unit, to = (at / TAB + 1) * TAB;

    for (int i = 0; i < d->n_tabs; i++)
        if (d->tabs[i] > at) {
            to = d->tabs[i];
            break;
        }
    sheet_move_to(&p->sheet, to * unit);
}

static int control(struct virtual_printer *p, uint8_t b)
{
    if (b == HT)
        tab(p);
    else if (b == LF || (b == FF && p->sheet.line_x))
        return printer_line(p, p->decoder.pitch);
    else if (b != CR && b != NUL && b != FF && b != CAN)
        p->unknown++;
    return 0;
}

int printer_text(struct virtual_printer *p, uint8_t b)
{
    struct decoder *d = &p->decoder;

    if (d->n_code || is_lead(p, b)) {
        d->code[d->n_code++] = b;
        if (d->n_code < 2 || !code_is_whole(p))
            return 0;
        int n = d->n_code;
        d->n_code = 0;
        return put_chinese(p, d->code, (size_t)n);
    }
    return b < 0x20 ? control(p, b) : put_single(p, b);
}
