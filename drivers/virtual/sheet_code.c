/* SPDX-License-Identifier: Apache-2.0
 *
 * Codes that the printer draws itself: QR codes, and CODE128 (ISO/IEC 15417).
 */
#include <string.h>

#include "base/qr.h"
#include "drivers/virtual/sheet.h"

int sheet_qr_size(const char *text, int module)
{
    struct qr qr;

    return qr_encode(text, &qr, NULL) < 0 ? 0 : qr.size * module;
}

int sheet_qr(struct sheet *s, const char *text, int module, int align)
{
    struct qr qr;
    uint8_t row[SHEET_STRIDE];

    if (qr_encode(text, &qr, NULL) < 0)
        return 0;
    for (int y = 0; y < qr.size; y++) {
        memset(row, 0, sizeof row);
        for (int x = 0; x < qr.size && x / 8 < SHEET_STRIDE; x++)
            if (qr.dark[y * qr.size + x])
                row[x / 8] |= (uint8_t)(0x80 >> (x & 7));
        sheet_image_row(s, row, qr.size, module, module, align);
    }
    sheet_add_qr(s, text);
    return qr.size * module;
}

/* --- CODE128 --- */

enum { FNC1 = 102, START_A = 103, START_C = 105, STOP = 106, SHIFT = 98 };
#define VALUES_MAX 260

/* Table 1: widths of bars and spaces in turn. */
static const char *const patterns[STOP + 1] = {
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213", "221312", "231212",
    "112232", "122132", "122231", "113222", "123122", "123221", "223211", "221132", "221231", "213212", "223112", "312131",
    "311222", "321122", "321221", "312212", "322112", "322211", "212123", "212321", "232121", "111323", "131123", "131321",
    "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331", "132131", "113123", "113321", "133121",
    "313121", "211331", "231131", "213113", "213311", "213131", "311123", "311321", "331121", "312113", "312311", "332111",
    "314111", "221411", "431111", "111224", "111422", "121124", "121421", "141122", "141221", "112214", "112412", "122114",
    "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111", "111242", "121142", "121241", "114212",
    "124112", "124211", "411212", "421112", "421211", "212141", "214121", "412121", "111143", "111341", "131141", "114113",
    "114311", "411113", "411311", "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112"};

struct code128 {
    int values[VALUES_MAX];
    int n;
    char set;       /* 'A', 'B', 'C'; 0: not chosen yet */
    bool shifted;   /* the next one is of the other of A and B */
    struct buf hri; /* what a person reads below it */
};

static void add(struct code128 *c, int value)
{
    if (c->n < VALUES_MAX)
        c->values[c->n++] = value;
}

/* After a brace. False: no such thing. */
static bool special(struct code128 *c, uint8_t what)
{
    static const int function[] = {FNC1, 97, 96};

    if (what >= 'A' && what <= 'C') {
        add(c, c->set ? 101 - (what - 'A') : START_A + (what - 'A'));
        c->set = (char)what;
        return true;
    }
    if (what >= '1' && what <= '3')
        add(c, function[what - '1']);
    else if (what == '4' && c->set != 'C')
        add(c, c->set == 'A' ? 101 : 100);
    else if (what == 'S' && c->set != 'C')
        add(c, SHIFT);
    else
        return false;
    c->shifted = what == 'S';
    return true;
}

static bool character(struct code128 *c, uint8_t b)
{
    char set = c->shifted ? (c->set == 'A' ? 'B' : 'A') : c->set;

    c->shifted = false;
    if (set == 'C') {
        add(c, b);
        buf_addf(&c->hri, "%02d", b);
        return b < 100;
    }
    if (b > 127 || (set == 'B' ? b < 32 : b > 95))
        return false;
    add(c, b < 32 ? b + 64 : b - 32);
    buf_addc(&c->hri, b < 32 ? ' ' : b);
    return true;
}

static bool encode(struct code128 *c, const uint8_t *data, size_t n)
{
    int sum;

    for (size_t i = 0; i < n; i++) {
        bool brace = data[i] == '{' && i + 1 < n, ok;

        if (brace && data[i + 1] != '{')
            ok = special(c, data[++i]) && c->set;
        else
            ok = c->set && character(c, data[i += brace]);
        if (!ok)
            return false;
    }
    if (!c->n)
        return false;
    sum = c->values[0];
    for (int i = 1; i < c->n; i++)
        sum += i * c->values[i];
    add(c, sum % 103);
    add(c, STOP);
    return true;
}

static int bars(const struct code128 *c, uint8_t row[SHEET_STRIDE], int module)
{
    int x = 0;

    for (int i = 0; i < c->n; i++)
        for (int k = 0; patterns[c->values[i]][k]; k++)
            for (int w = (patterns[c->values[i]][k] - '0') * module; w > 0; w--, x++)
                if (k % 2 == 0 && x < SHEET_WIDTH_MAX)
                    row[x / 8] |= (uint8_t)(0x80 >> (x & 7));
    return x;
}

static int read_by_people(struct sheet *s, const struct buf *text, int align)
{
    const struct sheet_style style = {.cell_width = SHEET_CELL / 2, .cell_height = SHEET_CELL, .wide = 1, .high = 1};

    for (size_t i = 0; i < text->len && sheet_fits(s, &style); i++)
        sheet_char(s, text->data[i], &style);
    return sheet_print_line(s, SHEET_CELL, align);
}

int sheet_code128(struct sheet *s, const uint8_t *data, size_t n, const struct sheet_code *how)
{
    struct code128 c = {0};
    uint8_t row[SHEET_STRIDE] = {0};
    int moved = 0, width;

    buf_init(&c.hri, 2 * VALUES_MAX);
    if (encode(&c, data, n) && (width = bars(&c, row, how->module)) <= s->area) {
        if (s->line_x)
            moved += sheet_print_line(s, 0, how->align);
        if (how->text & 1)
            moved += read_by_people(s, &c.hri, how->align);
        for (int y = 0; y < how->height; y++)
            moved += sheet_image_row(s, row, width, 1, 1, how->align);
        if (how->text & 2)
            moved += read_by_people(s, &c.hri, how->align);
    }
    buf_finish(&c.hri);
    return moved;
}
