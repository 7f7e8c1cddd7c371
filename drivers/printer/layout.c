/* SPDX-License-Identifier: Apache-2.0
 *
 * Block by block. A printer cannot draw beside its text, so a frame's sides are images one column wide inside the text
 * line, and pictures of eight rows fill the gap to the next line.
 */
#include "drivers/printer/layout.h"

#include <stdlib.h>
#include <string.h>

#include "base/qr.h"
#include "base/secret.h"
#include "base/text.h"

#define CANVAS_ROWS 320
#define CANVAS_STRIDE 104 /* 832 dots, the widest profile */
#define SIDE 3            /* thickness of frame and rules */
#define RULE_MARGIN 12
#define FRAME_MARGIN 10
#define BAND_ROWS 44
#define QR_DOTS 252
#define QR_MARGIN 16
#define GETA "〓" /* what stands for a character that cannot be printed */

struct builder {
    struct layout *l;
    const struct profile *p;
    struct glyphs *g;
    int width; /* whole columns: 504 of 512 dots */
    bool frame;
    struct dots canvas;
    uint8_t pixels[CANVAS_ROWS * CANVAS_STRIDE];
};

static struct layout_line *add_line(struct builder *b, enum layout_kind kind, int dots)
{
    struct layout_line *line;

    if (b->l->n == LAYOUT_LINES_MAX) {
        b->l->texts.failed = true;
        b->l->n--;
    }
    line = &b->l->lines[b->l->n++];
    memset(line, 0, sizeof *line);
    line->kind = kind;
    line->dots = dots;
    line->scale = 1;
    b->l->dots += dots;
    return line;
}

static int columns_of(const struct builder *b, int scale)
{
    return (b->width / LAYOUT_COLUMN - (b->frame ? 2 : 0)) / scale;
}

/* --- pictures --- */

static void begin_picture(struct builder *b, int rows)
{
    memset(b->pixels, 0, sizeof b->pixels);
    b->canvas = (struct dots){
        .rows = b->pixels, .width = b->width, .stride = CANVAS_STRIDE, .height = rows < CANVAS_ROWS ? rows : CANVAS_ROWS};
}

/* Keeps the canvas without the white bytes at its right. */
static void end_picture(struct builder *b)
{
    struct layout_line *line = add_line(b, LAYOUT_PICTURE, b->canvas.height);

    if (b->frame && b->p->column_image) {
        dots_fill(&b->canvas, 0, 0, SIDE, b->canvas.height);
        dots_fill(&b->canvas, b->canvas.width - SIDE, 0, SIDE, b->canvas.height);
    }
    line->stride = 1;
    for (int y = 0; y < b->canvas.height; y++)
        for (int x = line->stride; x < (b->width + 7) / 8; x++)
            if (b->pixels[y * CANVAS_STRIDE + x])
                line->stride = x + 1;
    line->at = b->l->pictures.len;
    for (int y = 0; y < b->canvas.height; y++)
        buf_add(&b->l->pictures, b->pixels + y * CANVAS_STRIDE, (size_t)line->stride);
}

static void white(struct builder *b, int dots)
{
    if (!b->frame) {
        add_line(b, LAYOUT_SPACE, dots);
        return;
    }
    for (; dots > 0; dots -= CANVAS_ROWS) {
        begin_picture(b, dots);
        end_picture(b);
    }
}

static int aligned(const struct builder *b, enum paper_align align, int width)
{
    int room = b->width - width - (b->frame ? 2 * LAYOUT_COLUMN : 0);
    int left = b->frame ? LAYOUT_COLUMN : 0;

    return left + (align == PAPER_LEFT || room < 0 ? 0 : align == PAPER_CENTER ? room / 2 : room);
}

/* Draws on the grid of the printer's own font: `px` high cells. Returns where the next one stands. */
static int draw(struct builder *b, const char *text, size_t len, int px, bool bold, int x, int y)
{
    const char *end = text + len;

    while (text < end) {
        uint32_t cp = (uint32_t)utf8_next(&text, end);

        if (cp != ' ' && cp != 0x3000)
            glyphs_draw(b->g, cp, px, bold, &b->canvas, x, y);
        x += cp < 0x80 ? px / 2 : px;
    }
    return x;
}

static int pitch_of(int scale)
{
    return scale == 1 ? LAYOUT_PITCH : LAYOUT_CELL * scale * 5 / 4;
}

static void picture_text(struct builder *b, const struct layout_run *runs, int n, int scale, enum paper_align align)
{
    const char *texts = (const char *)b->l->texts.data;
    int px = LAYOUT_CELL * scale, width = 0, x;
    int top = scale == 1 ? 0 : (pitch_of(scale) - px) / 2; /* among lines of text it stands as they do */

    for (int i = 0; i < n; i++)
        width += layout_columns(texts + runs[i].at, runs[i].len) * px / 2;
    begin_picture(b, pitch_of(scale));
    x = aligned(b, align, width);
    for (int i = 0; i < n; i++)
        x = draw(b, texts + runs[i].at, runs[i].len, px, runs[i].bold, x, top);
    end_picture(b);
}

/* --- text --- */

static bool has_code(const struct builder *b, uint32_t cp)
{
    return (cp >= 0x20 && cp < 0x7F) || gb18030_code(cp, b->p->chinese);
}

static bool printable(const struct builder *b, const char *text, size_t len)
{
    const char *end = text + len;

    while (text < end)
        if (!has_code(b, (uint32_t)utf8_next(&text, end)))
            return false;
    return true;
}

/* Keeps text for a run. Without fonts a character the printer lacks becomes 〓, or ? when it has no Chinese. */
static struct layout_run keep(struct builder *b, const char *text, size_t len, bool bold)
{
    struct layout_run run = {.at = b->l->texts.len, .bold = bold};
    const char *end = text + len;

    while (text < end) {
        const char *from = text;
        uint32_t cp = (uint32_t)utf8_next(&text, end);

        if (b->g || has_code(b, cp))
            buf_add(&b->l->texts, from, (size_t)(text - from));
        else
            buf_adds(&b->l->texts, b->p->chinese == GB_NONE ? "?" : GETA);
    }
    run.len = b->l->texts.len - run.at;
    return run;
}

static void pad(struct builder *b, struct layout_run *run, int columns)
{
    int have = layout_columns((const char *)b->l->texts.data + run->at, run->len);

    for (; have < columns; have++, run->len++)
        buf_addc(&b->l->texts, ' ');
}

/* One line of runs that fits: by the printer's font where it has them all, else as a picture. */
static void text_line(struct builder *b, const struct layout_run *runs, int n, int scale, enum paper_align align)
{
    const char *texts = (const char *)b->l->texts.data;
    int pitch = pitch_of(scale);
    bool native = scale <= b->p->scale_max || !b->g;
    struct layout_line *line;

    for (int i = 0; i < n; i++)
        native = native && printable(b, texts + runs[i].at, runs[i].len);
    if (!native && b->g) {
        picture_text(b, runs, n, scale, align);
        return;
    }
    line = add_line(b, LAYOUT_TEXT, b->frame ? LAYOUT_CELL * scale : pitch);
    line->framed = b->frame;
    line->align = align;
    line->scale = scale <= b->p->scale_max ? scale : b->p->scale_max;
    line->n_runs = n;
    memcpy(line->runs, runs, (size_t)n * sizeof *runs);
    if (b->frame)
        white(b, pitch - LAYOUT_CELL * scale);
}

static int scale_of(enum paper_size size)
{
    switch (size) {
    case PAPER_NORMAL:
        return 1;
    case PAPER_TITLE:
    case PAPER_DOUBLE:
        return 2;
    case PAPER_HUGE:
        return 4;
    }
    return 1;
}

static void text_block(struct builder *b, const struct paper_block *block)
{
    const char *text = block->text;
    int scale = scale_of(block->size);
    bool drawn = (block->size == PAPER_TITLE || block->size == PAPER_HUGE) && b->g;

    do {
        size_t skip, len = layout_wrap(text, columns_of(b, scale), &skip);
        struct layout_run run = keep(b, text, len, block->bold || block->size == PAPER_TITLE);

        if (!buf_ok(&b->l->texts))
            return;
        if (drawn)
            picture_text(b, &run, 1, scale, block->align);
        else
            text_line(b, &run, 1, scale, block->align);
        text += len + skip;
    } while (*text);
}

/* A label too long for its column gets lines of its own above the value. */
static const char *label_lines(struct builder *b, const char *label, bool bold, int column)
{
    while (layout_columns(label, strlen(label)) >= column) {
        size_t skip, len = layout_wrap(label, columns_of(b, 1), &skip);
        struct layout_run run = keep(b, label, len, bold);

        text_line(b, &run, 1, 1, PAPER_LEFT);
        label += len + skip;
        if (!*label)
            return "";
    }
    return label;
}

static void row_block(struct builder *b, const struct paper_block *block)
{
    const char *label = block->text, *value = block->value;
    int column = block->dots < columns_of(b, 1) / 2 ? block->dots : columns_of(b, 1) / 2;
    bool label_bold = block->bold || block->label_bold;

    if (layout_columns(label, strlen(label)) > column)
        label = label_lines(b, label, label_bold, column);
    do {
        size_t skip, len = layout_wrap(value, columns_of(b, 1) - column, &skip);
        struct layout_run runs[2];

        runs[0] = keep(b, label, strlen(label), label_bold);
        pad(b, &runs[0], column);
        runs[1] = keep(b, value, len, block->bold);
        if (!buf_ok(&b->l->texts))
            return;
        text_line(b, runs, 2, 1, PAPER_LEFT);
        value += len + skip;
        label = "";
    } while (*value);
}

/* --- the rest --- */

static void rule_block(struct builder *b, bool dashed)
{
    white(b, RULE_MARGIN);
    begin_picture(b, SIDE);
    for (int x = 0; x < b->width; x += 24)
        dots_fill(&b->canvas, x, 0, dashed ? 12 : 24, SIDE);
    end_picture(b);
    white(b, RULE_MARGIN);
}

static void frame_block(struct builder *b, bool on)
{
    b->frame = true;
    begin_picture(b, on ? SIDE + FRAME_MARGIN : SIDE + FRAME_MARGIN - (LAYOUT_PITCH - LAYOUT_CELL));
    dots_fill(&b->canvas, 0, on ? 0 : b->canvas.height - SIDE, b->width, SIDE);
    end_picture(b);
    b->frame = on;
}

static void band_block(struct builder *b, const char *text)
{
    struct layout_run run = keep(b, text, strlen(text), true);

    if (!buf_ok(&b->l->texts))
        return;
    if (!b->g) {
        text_line(b, &run, 1, 1, PAPER_CENTER);
        return;
    }
    begin_picture(b, BAND_ROWS);
    draw(b, text, strlen(text), LAYOUT_CELL, true,
         aligned(b, PAPER_CENTER, layout_columns(text, strlen(text)) * LAYOUT_COLUMN), (BAND_ROWS - LAYOUT_CELL) / 2);
    dots_invert(&b->canvas);
    end_picture(b);
}

static int qr_block(struct builder *b, const char *text, struct err *e)
{
    struct qr qr;
    int rc = qr_encode(text, &qr, e), module, left;

    if (rc < 0)
        return rc;
    module = QR_DOTS / qr.size;
    left = aligned(b, PAPER_CENTER, module * qr.size);
    white(b, QR_MARGIN);
    begin_picture(b, module * qr.size);
    for (int y = 0; y < qr.size; y++)
        for (int x = 0; x < qr.size; x++)
            if (qr.dark[y * qr.size + x])
                dots_fill(&b->canvas, left + x * module, y * module, module, module);
    end_picture(b);
    white(b, QR_MARGIN);
    return 0;
}

static int build_block(struct builder *b, const struct paper_block *block, struct err *e)
{
    switch (block->op) {
    case PAPER_TEXT:
        text_block(b, block);
        break;
    case PAPER_ROW:
        row_block(b, block);
        break;
    case PAPER_RULE:
        rule_block(b, block->dashed);
        break;
    case PAPER_FRAME:
        frame_block(b, block->on);
        break;
    case PAPER_BAND:
        band_block(b, block->text);
        break;
    case PAPER_QR:
        return qr_block(b, block->text, e);
    case PAPER_SPACE:
        white(b, block->dots);
        break;
    case PAPER_CUT:
        add_line(b, LAYOUT_CUT, b->p->cut_dots);
        break;
    }
    return 0;
}

int layout_create(const struct paper *paper, const struct profile *p, struct glyphs *g, struct layout **ret, struct err *e)
{
    struct layout *l = secret_alloc(sizeof *l);
    struct builder *b = secret_alloc(sizeof *b);
    int rc = 0;

    memset(l, 0, sizeof *l);
    memset(b, 0, sizeof *b);
    buf_init(&l->texts, LAYOUT_TEXT_MAX);
    buf_init(&l->pictures, LAYOUT_PICTURES_MAX);
    b->l = l;
    b->p = p;
    b->width = p->dots / LAYOUT_COLUMN * LAYOUT_COLUMN;
    b->g = g;
    for (size_t i = 0; rc == 0 && i < paper->n_blocks; i++)
        rc = build_block(b, &paper->blocks[i], e);
    if (rc == 0 && (!buf_ok(&l->texts) || !buf_ok(&l->pictures)))
        rc = err_set(e, ERR_TOOLONG, "the paper has too many lines or pictures");
    secret_free(b, sizeof *b);
    if (rc < 0)
        layout_destroy(l);
    else
        *ret = l;
    return rc;
}

void layout_destroy(struct layout *l)
{
    if (!l)
        return;
    buf_finish(&l->texts);
    buf_finish(&l->pictures);
    secret_free(l, sizeof *l);
}
