/* SPDX-License-Identifier: Apache-2.0
 *
 * Characters of different height share a base line, so the line buffer grows upwards from its last row.
 */
#include <string.h>

#include "base/text.h"
#include "drivers/virtual/font.h"
#include "drivers/virtual/sheet.h"

void sheet_drop_line(struct sheet *s)
{
    /* nothing was drawn above its height */
    memset(s->line + (SHEET_LINE_ROWS - s->line_height), 0, (size_t)s->line_height * SHEET_STRIDE);
    buf_reset(&s->line_text);
    s->line_x = s->line_height = 0;
}

/* --- dots --- */

/* Dots x to end - 1 of one row, by bytes. */
static void fill(uint8_t *row, int x, int end, bool black)
{
    for (; x < end; x = (x | 7) + 1) {
        uint8_t bits = (uint8_t)(0xFF >> (x & 7));

        if (end < (x | 7) + 1)
            bits &= (uint8_t)(0xFF00 >> (end & 7));
        row[x / 8] = (uint8_t)(black ? row[x / 8] | bits : row[x / 8] & ~bits);
    }
}

static void block(struct sheet *s, int x, int y, int width, int height, bool black)
{
    int end = x + width < s->width ? x + width : s->width, bottom = y + height;

    x = x < 0 ? 0 : x;
    bottom = bottom < SHEET_LINE_ROWS ? bottom : SHEET_LINE_ROWS;
    for (y = y < 0 ? 0 : y; y < bottom; y++)
        fill(s->line[y], x, end, black);
}

static void grow(struct sheet *s, int width, int height)
{
    s->line_x += width;
    if (height > s->line_height)
        s->line_height = height < SHEET_LINE_ROWS ? height : SHEET_LINE_ROWS;
}

/* --- characters --- */

static int advance(const struct sheet_style *style)
{
    return (style->before + style->cell_width + style->after) * style->wide;
}

bool sheet_fits(const struct sheet *s, const struct sheet_style *style)
{
    return !s->line_x || s->line_x + advance(style) <= s->area;
}

/* Draws what row(y) of the cell says, its left dot in the highest bit; emphasised: each dot twice, side by side. */
static void draw(struct sheet *s, const struct sheet_style *style, uint32_t (*row)(const void *from, int y),
                 const void *from)
{
    int left = s->line_x + style->before * style->wide, top = SHEET_LINE_ROWS - style->cell_height * style->high;

    if (style->reverse)
        block(s, s->line_x, top, advance(style), style->cell_height * style->high, true);
    for (int y = 0; from && y < style->cell_height; y++)
        for (uint32_t dots = row(from, y) & ~(0xFFFFFFFFu >> style->cell_width); dots;) {
            int x = __builtin_clz(dots), n = ~(dots << x) ? __builtin_clz(~(dots << x)) : 32;

            block(s, left + x * style->wide, top + y * style->high, (n + style->bold) * style->wide, style->high,
                  !style->reverse);
            dots &= (uint32_t)((UINT64_C(1) << (32 - x - n)) - 1);
        }
    if (style->underline && !style->reverse)
        block(s, s->line_x, SHEET_LINE_ROWS - 1, advance(style), 1, true);
}

struct fitted { /* a cell of our font, made narrower for a smaller one */
    const struct font_cell *cell;
    int width, height, font_width;
};

static uint32_t row_of_font(const void *from, int y)
{
    const struct fitted *f = from;
    uint32_t row = f->cell->rows[y * FONT_CELL / f->height], out = 0;

    if (f->width == f->font_width)
        return row;
    for (int x = 0; row && x < f->width; x++)
        if (row & (0x80000000u >> (x * f->font_width / f->width)))
            out |= 0x80000000u >> x;
    return out;
}

void sheet_char(struct sheet *s, uint32_t cp, const struct sheet_style *style)
{
    bool whole = style->cell_width == FONT_CELL;
    struct fitted f = {NULL, style->cell_width, style->cell_height, whole ? FONT_CELL : FONT_CELL / 2};
    char utf8[4];

    if (cp != ' ' && cp != 0x3000)
        f.cell = font_cell(cp);
    draw(s, style, row_of_font, f.cell ? &f : NULL);
    buf_add(&s->line_text, utf8, utf8_put(cp, utf8));
    grow(s, advance(style), style->cell_height * style->high);
}

static uint32_t row_of_columns(const void *from, int y)
{
    const uint8_t *columns = from;
    uint32_t out = 0;

    for (int x = 0; x < SHEET_CELL; x++)
        if (columns[x * 3 + y / 8] & (0x80 >> (y & 7)))
            out |= 0x80000000u >> x;
    return out;
}

void sheet_glyph(struct sheet *s, const uint8_t *columns, const struct sheet_style *style)
{
    char utf8[4];

    draw(s, style, row_of_columns, columns);
    buf_add(&s->line_text, utf8, utf8_put(0xFFFC, utf8));
    grow(s, advance(style), style->cell_height * style->high);
}

void sheet_columns(struct sheet *s, const uint8_t *image, int n, int bytes, int wide, int high)
{
    int rows = bytes * 8;

    for (int x = 0; x < n && s->line_x + x * wide < s->width; x++)
        for (int y = 0; y < rows; y++)
            if (image[x * bytes + y / 8] & (0x80 >> (y & 7)))
                block(s, s->line_x + x * wide, SHEET_LINE_ROWS - (rows - y) * high, wide, high, true);
    grow(s, n * wide, rows * high);
}

void sheet_move_to(struct sheet *s, int x)
{
    x = x < 0 ? 0 : x < s->area ? x : s->area;
    for (int gap = x - s->line_x; gap >= SHEET_CELL / 2; gap -= SHEET_CELL / 2)
        buf_addc(&s->line_text, ' ');
    s->line_x = x;
}

/* --- the line is done --- */

/* The text without the spaces at its end. */
static void keep_text(struct sheet *s)
{
    size_t len = s->line_text.len;

    while (len && s->line_text.data[len - 1] == ' ')
        len--;
    s->last_line_has_text = len > 0;
    if (!len)
        return;
    buf_add(&s->text, s->line_text.data, len);
    buf_addc(&s->text, '\n');
}

int sheet_print_line(struct sheet *s, int pitch, int align)
{
    int left = sheet_left(s, s->line_x, align), height = s->line_height;

    for (int y = SHEET_LINE_ROWS - height; y < SHEET_LINE_ROWS; y++)
        sheet_row(s, s->line[y], s->width / 8, left);
    if (pitch > height)
        sheet_feed(s, pitch - height);
    keep_text(s);
    sheet_drop_line(s);
    return pitch > height ? pitch : height;
}
