/* SPDX-License-Identifier: Apache-2.0 */
#include "drivers/virtual/sheet.h"

#include <stdlib.h>
#include <string.h>

#include "drivers/virtual/qr_read.h"

#define TEXT_MAX (256 * 1024)
#define LINE_TEXT_MAX 1024

void sheet_init(struct sheet *s, int width)
{
    memset(s, 0, sizeof *s);
    s->width = s->area = width;
    buf_init(&s->rows, (size_t)SHEET_ROWS_MAX * SHEET_STRIDE);
    buf_init(&s->text, TEXT_MAX);
    buf_init(&s->line_text, LINE_TEXT_MAX);
    sheet_reset(s);
}

static void forget_qr(struct sheet *s)
{
    for (int i = 0; i < s->n_qr; i++)
        free(s->qr[i]);
    s->n_qr = 0;
}

void sheet_finish(struct sheet *s)
{
    buf_finish(&s->rows);
    buf_finish(&s->text);
    buf_finish(&s->line_text);
    forget_qr(s);
}

void sheet_reset(struct sheet *s)
{
    buf_reset(&s->rows);
    buf_reset(&s->text);
    forget_qr(s);
    s->height = 0;
    s->clipped = false;
    sheet_drop_line(s);
    sheet_feed(s, SHEET_HEAD_MARGIN);
}

void sheet_area(struct sheet *s, int margin, int width)
{
    s->margin = margin < s->width ? margin : s->width;
    s->area = width < s->width - s->margin ? width : s->width - s->margin;
}

/* --- rows --- */

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
    uint8_t out[SHEET_STRIDE + 1] = {0};
    int whole = s->width / 8, at = x / 8, shift = x & 7;

    for (int i = 0; i < n && at < whole; i++, at++) {
        out[at] |= (uint8_t)(row[i] >> shift);
        out[at + 1] = (uint8_t)(row[i] << (8 - shift));
    }
    add_row(s, out);
}

int sheet_left(const struct sheet *s, int width, int align)
{
    int room = s->area - width;

    if (room < 0 || align == SHEET_LEFT)
        return s->margin;
    return s->margin + (align == SHEET_CENTRE ? room / 2 : room);
}

int sheet_image_row(struct sheet *s, const uint8_t *row, int dots, int scale_x, int scale_y, int align)
{
    uint8_t out[SHEET_STRIDE] = {0};
    int left = sheet_left(s, dots * scale_x, align);

    for (int i = 0; i < dots * scale_x && i / scale_x < SHEET_WIDTH_MAX; i++) {
        if (!(row[i / scale_x / 8] & (0x80 >> (i / scale_x & 7))))
            continue;
        if (left + i < s->width)
            out[(left + i) / 8] |= (uint8_t)(0x80 >> ((left + i) & 7));
        else
            s->clipped = true;
    }
    for (int k = 0; k < scale_y; k++)
        add_row(s, out);
    return scale_y;
}

void sheet_lose(struct sheet *s, int rows)
{
    size_t stride = (size_t)s->width / 8, len = s->text.len;

    rows = rows < s->height ? rows : s->height;
    memset(s->rows.data + s->rows.len - (size_t)rows * stride, 0, (size_t)rows * stride);
    if (!len || !s->last_line_has_text)
        return;
    for (len--; len && s->text.data[len - 1] != '\n';)
        len--;
    s->text.len = len;
    s->text.data[len] = '\0';
}

/* --- the whole --- */

bool sheet_empty(const struct sheet *s)
{
    if (s->text.len || s->n_qr)
        return false;
    for (size_t i = 0; i < s->rows.len; i++)
        if (s->rows.data[i])
            return false;
    return true;
}

void sheet_add_qr(struct sheet *s, const char *text)
{
    for (int i = 0; i < s->n_qr; i++)
        if (!strcmp(s->qr[i], text))
            return;
    if (s->n_qr < SHEET_QR_MAX)
        s->qr[s->n_qr++] = strdup(text);
}

static void found_qr(void *ctx, const char *text)
{
    sheet_add_qr(ctx, text);
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
                              .clipped = s->clipped,
                              .cut = cut};

    qr_read(s->rows.data, s->width, s->height, s->width / 8, found_qr, s);
    p.qr = (const char *const *)s->qr;
    p.n_qr = s->n_qr;
    if (fn)
        fn(ctx, &p);
}
