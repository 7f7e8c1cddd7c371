/* SPDX-License-Identifier: Apache-2.0
 *
 * What goes to paper as dots. A printer cannot draw beside its text, so a frame's sides are images one column wide inside
 * the text line, and pictures of eight rows fill the gap to the next line.
 */
#include <string.h>

#include "base/qr.h"
#include "base/text.h"
#include "drivers/printer/layout_parts.h"

#define RULE_MARGIN 12
#define FRAME_MARGIN 10
#define BAND_ROWS 44
#define QR_DOTS 252
#define QR_MODULE_MAX 16
#define QR_MODULE_LEAST 5
#define QR_QUIET 4     /* modules of white on each side */
#define QR_OWN_MAX 800 /* bytes of a text; longer ones are few and go as pictures */
#define QR_MARGIN 28   /* three to four modules: what an old telephone needs */

/* Between begin and end the canvas is drawn on; a frame's sides are drawn at the end. */
static void layout_begin_picture(struct builder *b, int rows)
{
    if (rows > CANVAS_ROWS)
        rows = CANVAS_ROWS;
    memset(b->pixels, 0, (size_t)rows * CANVAS_STRIDE);
    b->canvas = (struct dots){.rows = b->pixels, .width = b->width, .stride = CANVAS_STRIDE, .height = rows};
}

/* Bytes of a row up to its last black dot, `least` at least. */
static int used_bytes(const uint8_t *row, int bytes, int least)
{
    while (bytes > least && !row[bytes - 1])
        bytes--;
    return bytes;
}

/* Keeps the canvas without the white bytes at its right. */
static void layout_end_picture(struct builder *b)
{
    struct layout_line *line = layout_add_line(b, LAYOUT_PICTURE, b->canvas.height);

    if (b->frame && b->p->column_image) {
        dots_fill(&b->canvas, 0, 0, SIDE, b->canvas.height);
        dots_fill(&b->canvas, b->canvas.width - SIDE, 0, SIDE, b->canvas.height);
    }
    line->stride = 1;
    for (int y = 0; y < b->canvas.height; y++)
        line->stride = used_bytes(b->pixels + y * CANVAS_STRIDE, (b->width + 7) / 8, line->stride);
    line->at = b->l->pictures.len;
    for (int y = 0; y < b->canvas.height; y++)
        buf_add(&b->l->pictures, b->pixels + y * CANVAS_STRIDE, (size_t)line->stride);
}

void layout_white(struct builder *b, int dots)
{
    if (!b->frame) {
        layout_add_line(b, LAYOUT_SPACE, dots);
        return;
    }
    for (; dots > 0; dots -= CANVAS_ROWS) {
        layout_begin_picture(b, dots);
        layout_end_picture(b);
    }
}

/* Where something of this width begins. */
static int layout_aligned(const struct builder *b, enum paper_align align, int width)
{
    int room = b->width - width - (b->frame ? 2 * LAYOUT_COLUMN : 0);
    int left = b->frame ? LAYOUT_COLUMN : 0;

    return left + (align == PAPER_LEFT || room < 0 ? 0 : align == PAPER_CENTER ? room / 2 : room);
}

/* On the grid of the printer's own font: `px` high cells. Returns where the next one stands. */
static int layout_draw(struct builder *b, const char *text, size_t len, int px, bool bold, int x, int y)
{
    const char *end = text + len;
    int before = x; /* the cell an accent goes over */

    while (text < end) {
        uint32_t cp = (uint32_t)utf8_next(&text, end);
        int width = paper_columns_of(cp) * px / 2;

        if (width)
            glyphs_draw(b->g, cp, px, bold, &b->canvas, x, y);
        else
            glyphs_mark(b->g, cp, px, bold, &b->canvas, before, x - before, y);
        if (width)
            before = x;
        x += width;
    }
    return x;
}

void layout_picture_text(struct builder *b, const struct layout_run *runs, int n, int scale, enum paper_align align)
{
    int px = LAYOUT_CELL * scale, width = 0, x;
    int top = scale == 1 ? 0 : (layout_pitch(scale) - px) / 2; /* among lines of text it stands as they do */

    for (int i = 0; i < n; i++)
        width += paper_columns(layout_run_text(b->l, &runs[i]), runs[i].len) * px / 2;
    layout_begin_picture(b, layout_pitch(scale));
    x = layout_aligned(b, align, width);
    for (int i = 0; i < n; i++)
        x = layout_draw(b, layout_run_text(b->l, &runs[i]), runs[i].len, px, runs[i].bold, x, top);
    layout_end_picture(b);
}

void layout_rule(struct builder *b, bool dashed)
{
    layout_white(b, RULE_MARGIN);
    layout_begin_picture(b, SIDE);
    for (int x = 0; x < b->width; x += 24)
        dots_fill(&b->canvas, x, 0, dashed ? 12 : 24, SIDE);
    layout_end_picture(b);
    layout_white(b, RULE_MARGIN);
}

void layout_frame(struct builder *b, bool on)
{
    b->frame = true;
    layout_begin_picture(b, on ? SIDE + FRAME_MARGIN : SIDE + FRAME_MARGIN - (LAYOUT_PITCH - LAYOUT_CELL));
    dots_fill(&b->canvas, 0, on ? 0 : b->canvas.height - SIDE, b->width, SIDE);
    layout_end_picture(b);
    b->frame = on;
}

void layout_band(struct builder *b, const char *text)
{
    int width = paper_columns(text, strlen(text)) * LAYOUT_COLUMN;

    layout_begin_picture(b, BAND_ROWS);
    layout_draw(b, text, strlen(text), LAYOUT_CELL, true, layout_aligned(b, PAPER_CENTER, width),
                (BAND_ROWS - LAYOUT_CELL) / 2);
    dots_invert(&b->canvas);
    layout_end_picture(b);
}

/* As wide as it says, and not as the printer is said to be. */
void layout_mark(struct builder *b, int dots, const char *text)
{
    int width = b->width, left;

    b->width = dots < CANVAS_STRIDE * 8 ? dots : CANVAS_STRIDE * 8;
    left = b->width - 4 * SIDE - paper_columns(text, strlen(text)) * LAYOUT_COLUMN;
    layout_begin_picture(b, LAYOUT_CELL);
    dots_fill(&b->canvas, 0, LAYOUT_CELL / 2, left - SIDE, 1);
    if (b->g)
        layout_draw(b, text, strlen(text), LAYOUT_CELL, false, left, 0);
    dots_fill(&b->canvas, b->width - 2 * SIDE, 0, 2 * SIDE, LAYOUT_CELL);
    layout_end_picture(b);
    b->width = width;
}

/* By the printer's own command, where its profile knows it: not within a frame, whose sides would be missing. */
static bool own_qr(struct builder *b, const char *text, int module, int size)
{
    size_t len = strlen(text);
    struct layout_line *line;

    if (b->p->qr != PROFILE_QR_NATIVE || b->frame || len > QR_OWN_MAX)
        return false;
    for (size_t i = 0; i < len; i++)
        if (text[i] < 0x20 || text[i] >= 0x7F)
            return false;
    layout_white(b, QR_MARGIN);
    line = layout_add_line(b, LAYOUT_QR, module * size);
    line->align = PAPER_CENTER;
    line->scale = module;
    line->runs[0] = (struct layout_run){.at = b->l->texts.len, .len = len};
    line->n_runs = 1;
    buf_adds(&b->l->texts, text);
    layout_white(b, QR_MARGIN);
    return true;
}

/* Codes of a usual length are alike in size. What would make dots too small for a faded head may be wider, up to the paper.
 */
static int module_of(const struct builder *b, int size)
{
    int module = QR_DOTS / size, most = b->width / (size + 2 * QR_QUIET);

    if (most > CANVAS_ROWS / size)
        most = CANVAS_ROWS / size;
    if (module >= QR_MODULE_LEAST || most <= module)
        return module;
    return most < QR_MODULE_LEAST ? most : QR_MODULE_LEAST;
}

int layout_qr(struct builder *b, const char *text, struct err *e)
{
    struct qr qr;
    int rc = qr_encode(text, &qr, e), module, left;

    if (rc < 0)
        return rc;
    module = module_of(b, qr.size);
    if (own_qr(b, text, module < QR_MODULE_MAX ? module : QR_MODULE_MAX, qr.size))
        return 0;
    left = layout_aligned(b, PAPER_CENTER, module * qr.size);
    layout_white(b, QR_MARGIN);
    layout_begin_picture(b, module * qr.size);
    for (int y = 0; y < qr.size; y++)
        for (int x = 0; x < qr.size; x++)
            if (qr.dark[y * qr.size + x])
                dots_fill(&b->canvas, left + x * module, y * module, module, module);
    layout_end_picture(b);
    layout_white(b, QR_MARGIN);
    return 0;
}

/* --- characters the printer is taught --- */

bool layout_keep_glyph(struct builder *b, uint32_t cp)
{
    struct layout_glyph glyph = {.cp = cp};
    uint8_t rows[LAYOUT_CELL * 3] = {0};
    struct dots cell = {rows, LAYOUT_CELL, LAYOUT_CELL, 3};

    if (layout_glyph(b->l, cp))
        return true;
    if (b->l->glyphs.len + sizeof glyph > b->l->glyphs.max)
        return false;
    glyphs_draw(b->g, cp, LAYOUT_CELL, false, &cell, 0, 0);
    for (int x = 0; x < LAYOUT_CELL; x++)
        for (int y = 0; y < LAYOUT_CELL; y++)
            if (dots_get(&cell, x, y))
                glyph.columns[x * 3 + y / 8] |= (uint8_t)(0x80 >> (y & 7));
    return buf_add(&b->l->glyphs, &glyph, sizeof glyph) == 0;
}
