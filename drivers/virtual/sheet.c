/* SPDX-License-Identifier: Apache-2.0
 *
 * Characters of different height share a base line, so the line buffer grows upwards from its last row.
 */
#include "drivers/virtual/sheet.h"

#include <stdlib.h>
#include <string.h>

#include "base/qr.h"
#include "base/text.h"
#include "drivers/virtual/font.h"
#include "drivers/virtual/qr_read.h"

#define TEXT_MAX (256 * 1024)
#define LINE_TEXT_MAX 1024

void sheet_init(struct sheet *s, int width)
{
    memset(s, 0, sizeof *s);
    s->width = width;
    buf_init(&s->rows, (size_t)SHEET_ROWS_MAX * SHEET_STRIDE);
    buf_init(&s->text, TEXT_MAX);
    buf_init(&s->line_text, LINE_TEXT_MAX);
    sheet_reset(s);
}

void sheet_finish(struct sheet *s)
{
    buf_finish(&s->rows);
    buf_finish(&s->text);
    buf_finish(&s->line_text);
    for (int i = 0; i < s->n_qr; i++)
        free(s->qr[i]);
    s->n_qr = 0;
}

void sheet_reset(struct sheet *s)
{
    buf_reset(&s->rows);
    buf_reset(&s->text);
    for (int i = 0; i < s->n_qr; i++)
        free(s->qr[i]);
    s->n_qr = 0;
    s->height = 0;
    sheet_drop_line(s);
    sheet_feed(s, SHEET_HEAD_MARGIN);
}

void sheet_drop_line(struct sheet *s)
{
    memset(s->line, 0, sizeof s->line);
    buf_reset(&s->line_text);
    s->line_x = s->line_height = 0;
}

static void add_row(struct sheet *s, const uint8_t *row)
{
    if (s->height < SHEET_ROWS_MAX && buf_add(&s->rows, row, (size_t)s->width / 8) == 0)
        s->height++;
}

void sheet_feed(struct sheet *s, int rows)
{
    static const uint8_t white[SHEET_STRIDE];

    for (int i = 0; i < rows; i++)
        add_row(s, white);
}

void sheet_row(struct sheet *s, const uint8_t *row, int n, int x)
{
    uint8_t out[SHEET_STRIDE] = {0};

    for (int i = 0; i < n * 8; i++)
        if ((row[i / 8] & (0x80 >> (i & 7))) && x + i < s->width)
            out[(x + i) / 8] |= (uint8_t)(0x80 >> ((x + i) & 7));
    add_row(s, out);
}

/* --- the line buffer --- */

static void set(struct sheet *s, int x, int y)
{
    if (x >= 0 && x < s->width && y >= 0 && y < SHEET_LINE_ROWS)
        s->line[y][x / 8] |= (uint8_t)(0x80 >> (x & 7));
}

static void block(struct sheet *s, int x, int y, int width, int height)
{
    for (int j = 0; j < height; j++)
        for (int i = 0; i < width; i++)
            set(s, x + i, y + j);
}

int sheet_char_width(uint32_t cp, const struct sheet_style *style)
{
    return (cp < 0x80 ? FONT_CELL / 2 : FONT_CELL) * style->wide;
}

static void grow(struct sheet *s, int width, int height)
{
    s->line_x += width;
    if (height > s->line_height)
        s->line_height = height;
}

void sheet_char(struct sheet *s, uint32_t cp, const struct sheet_style *style)
{
    const struct font_cell *cell = font_cell(cp);
    int width = sheet_char_width(cp, style), top = SHEET_LINE_ROWS - FONT_CELL * style->high;
    char utf8[4];

    if (cp != ' ' && cp != 0x3000)
        for (int y = 0; y < FONT_CELL; y++)
            for (int x = 0; x < width / style->wide; x++)
                if (cell->rows[y] & (0x80000000u >> x))
                    /* emphasised: each dot twice, side by side */
                    block(s, s->line_x + x * style->wide, top + y * style->high, style->wide * (style->bold ? 2 : 1),
                          style->high);
    if (style->underline)
        block(s, s->line_x, SHEET_LINE_ROWS - 1, width, 1);
    buf_add(&s->line_text, utf8, utf8_put(cp, utf8));
    grow(s, width, FONT_CELL * style->high);
}

void sheet_columns(struct sheet *s, const uint8_t *image, int n)
{
    for (int x = 0; x < n; x++)
        for (int y = 0; y < 24; y++)
            if (image[x * 3 + y / 8] & (0x80 >> (y & 7)))
                set(s, s->line_x + x, SHEET_LINE_ROWS - 24 + y);
    grow(s, n, 24);
}

void sheet_move_to(struct sheet *s, int x)
{
    s->line_x = x < s->width ? x : s->width;
}

/* The text without the spaces at its end. */
static void keep_text(struct sheet *s)
{
    size_t len = s->line_text.len;

    while (len && s->line_text.data[len - 1] == ' ')
        len--;
    if (!len)
        return;
    buf_add(&s->text, s->line_text.data, len);
    buf_addc(&s->text, '\n');
}

int sheet_print_line(struct sheet *s, int pitch, const struct sheet_style *style)
{
    int left = style->align == 0 ? 0 : (s->width - s->line_x) / (style->align == 1 ? 2 : 1);
    int height = s->line_height;

    if (left < 0)
        left = 0;
    for (int y = SHEET_LINE_ROWS - height; y < SHEET_LINE_ROWS; y++)
        sheet_row(s, s->line[y], s->width / 8, left);
    if (pitch > height)
        sheet_feed(s, pitch - height);
    keep_text(s);
    sheet_drop_line(s);
    return pitch > height ? pitch : height;
}

/* --- QR codes --- */

static void add_qr(struct sheet *s, const char *text)
{
    for (int i = 0; i < s->n_qr; i++)
        if (!strcmp(s->qr[i], text))
            return;
    if (s->n_qr < SHEET_QR_MAX)
        s->qr[s->n_qr++] = strdup(text);
}

void sheet_qr(struct sheet *s, const char *text, int module, const struct sheet_style *style)
{
    struct qr qr;
    int left;

    if (qr_encode(text, &qr, NULL) < 0)
        return;
    left = style->align == 0 ? 0 : (s->width - qr.size * module) / (style->align == 1 ? 2 : 1);
    for (int y = 0; y < qr.size * module; y++) {
        uint8_t row[SHEET_STRIDE] = {0};

        for (int x = 0; x < qr.size * module && left + x < s->width; x++)
            if (left + x >= 0 && qr.dark[y / module * qr.size + x / module])
                row[(left + x) / 8] |= (uint8_t)(0x80 >> ((left + x) & 7));
        add_row(s, row);
    }
    add_qr(s, text);
}

bool sheet_empty(const struct sheet *s)
{
    if (s->text.len || s->n_qr)
        return false;
    for (size_t i = 0; i < s->rows.len; i++)
        if (s->rows.data[i])
            return false;
    return true;
}

static void found_qr(void *ctx, const char *text)
{
    add_qr(ctx, text);
}

void sheet_give(struct sheet *s, const struct buf *bytes, bool cut, virtual_paper_fn *fn, void *ctx)
{
    struct virtual_paper p = {.bytes = bytes->data,
                              .n_bytes = bytes->len,
                              .text = buf_str(&s->text),
                              .width = s->width,
                              .height = s->height,
                              .stride = s->width / 8,
                              .rows = s->rows.data,
                              .cut = cut};

    qr_read(s->rows.data, s->width, s->height, s->width / 8, found_qr, s);
    p.qr = (const char *const *)s->qr;
    p.n_qr = s->n_qr;
    if (fn)
        fn(ctx, &p);
}
