/* SPDX-License-Identifier: Apache-2.0
 *
 * Block by block: paragraphs and rows become lines that fit, by the printer's font where it has every character.
 */
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "drivers/printer/layout_parts.h"

#define NARROW_COLUMNS 40 /* below it the label column takes no more than it needs */
#define LABEL_GAP 2
#define GETA "〓" /* what stands for a character that cannot be printed */

struct layout_line *layout_add_line(struct builder *b, enum layout_kind kind, int dots)
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

int layout_pitch(int scale)
{
    return scale == 1 ? LAYOUT_PITCH : LAYOUT_CELL * scale * 5 / 4;
}

static int columns_of(const struct builder *b, int scale)
{
    return (b->width / LAYOUT_COLUMN - (b->frame ? 2 : 0)) / scale;
}

/* --- text --- */

/* What the printer's own font prints in the cells that were counted. */
static bool has_code(const struct builder *b, uint32_t cp)
{
    return (cp >= 0x20 && cp < 0x7F) || (paper_columns_of(cp) == 2 && gb18030_code(cp, b->p->chinese));
}

struct taught { /* characters of a line that the printer would have to be taught */
    uint32_t cp[LAYOUT_TAUGHT_MAX];
    int n;
};

static bool teach(const struct builder *b, uint32_t cp, struct taught *t)
{
    int most = b->p->user_glyphs < LAYOUT_TAUGHT_MAX ? b->p->user_glyphs : LAYOUT_TAUGHT_MAX;

    for (int i = 0; i < t->n; i++)
        if (t->cp[i] == cp)
            return true;
    if (!b->g || paper_columns_of(cp) != 2 || t->n == most)
        return false;
    t->cp[t->n++] = cp;
    return true;
}

static bool printable(const struct builder *b, const struct layout_run *run, struct taught *t)
{
    const char *text = layout_run_text(b->l, run), *end = text + run->len;

    while (text < end) {
        uint32_t cp = (uint32_t)utf8_next(&text, end);

        if (!has_code(b, cp) && !teach(b, cp, t))
            return false;
    }
    return true;
}

/* Whether the line goes as text; the characters that its printer must be taught are kept then. */
static bool native(struct builder *b, const struct layout_run *runs, int n, int scale)
{
    struct taught t = {.n = 0};

    if (!b->g)
        return true;
    if (scale > b->p->scale_max)
        return false;
    for (int i = 0; i < n; i++)
        if (!printable(b, &runs[i], &t))
            return false;
    for (int i = 0; i < t.n; i++)
        if (!layout_keep_glyph(b, t.cp[i]))
            return false;
    return true;
}

/* What stands, as wide, for a character that cannot be printed: nothing for an accent. */
static const char *instead_of(const struct builder *b, uint32_t cp)
{
    static const char *const by_columns[] = {"", "?", GETA};

    return b->p->chinese == GB_NONE && paper_columns_of(cp) == 2 ? "??" : by_columns[paper_columns_of(cp)];
}

/* Keeps text for a run. Without fonts some of it cannot be printed. */
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
            buf_adds(&b->l->texts, instead_of(b, cp));
    }
    run.len = b->l->texts.len - run.at;
    return run;
}

static void pad(struct builder *b, struct layout_run *run, int columns)
{
    int have = paper_columns(layout_run_text(b->l, run), run->len);

    for (; have < columns; have++, run->len++)
        buf_addc(&b->l->texts, ' ');
}

/* One line of runs that fits: by the printer's font where it has them all, else as a picture. */
static void text_line(struct builder *b, const struct layout_run *runs, int n, int scale, enum paper_align align)
{
    int pitch = layout_pitch(scale);
    struct layout_line *line;

    if (!native(b, runs, n, scale)) {
        layout_picture_text(b, runs, n, scale, align);
        return;
    }
    line = layout_add_line(b, LAYOUT_TEXT, b->frame ? LAYOUT_CELL * scale : pitch);
    line->framed = b->frame;
    line->align = align;
    line->scale = scale <= b->p->scale_max ? scale : b->p->scale_max;
    line->n_runs = n;
    memcpy(line->runs, runs, (size_t)n * sizeof *runs);
    if (b->frame)
        layout_white(b, pitch - LAYOUT_CELL * scale);
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
            layout_picture_text(b, &run, 1, scale, block->align);
        else
            text_line(b, &run, 1, scale, block->align);
        text += len + skip;
    } while (*text);
}

/* A label too long for its column gets lines of its own above the value. */
static const char *label_lines(struct builder *b, const char *label, bool bold, int column)
{
    while (paper_columns(label, strlen(label)) >= column) {
        size_t skip, len = layout_wrap(label, columns_of(b, 1), &skip);
        struct layout_run run = keep(b, label, len, bold);

        text_line(b, &run, 1, 1, PAPER_LEFT);
        label += len + skip;
        if (!*label)
            return "";
    }
    return label;
}

/* Rows of one table share their column: those with the same width, and nothing but text between them. */
static bool same_table(const struct paper_block *row, const struct paper_block *other)
{
    return other->op == PAPER_TEXT || (other->op == PAPER_ROW && other->dots == row->dots);
}

static int widest_label(const struct builder *b, const struct paper_block *row, int most)
{
    const struct paper_block *first = row, *last = row, *end = b->paper->blocks + b->paper->n_blocks;
    int widest = 0;

    while (first > b->paper->blocks && same_table(row, first - 1))
        first--;
    while (last + 1 < end && same_table(row, last + 1))
        last++;
    for (const struct paper_block *r = first; r <= last; r++) {
        int columns = r->op == PAPER_ROW ? paper_columns(r->text, strlen(r->text)) : 0;

        if (columns > widest && columns <= most)
            widest = columns;
    }
    return widest;
}

static int label_column(const struct builder *b, const struct paper_block *row)
{
    int columns = columns_of(b, 1), most = row->dots < columns / 2 ? row->dots : columns / 2, needed;

    if (columns >= NARROW_COLUMNS)
        return most;
    needed = widest_label(b, row, most) + LABEL_GAP;
    return needed < most ? needed : most;
}

static void row_block(struct builder *b, const struct paper_block *block)
{
    const char *label = block->text, *value = block->value;
    int column = label_column(b, block);
    bool label_bold = block->bold || block->label_bold;

    if (paper_columns(label, strlen(label)) > column)
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

static void band_block(struct builder *b, const char *text)
{
    struct layout_run run;

    if (b->g) {
        layout_band(b, text);
        return;
    }
    run = keep(b, text, strlen(text), true);
    if (buf_ok(&b->l->texts))
        text_line(b, &run, 1, 1, PAPER_CENTER);
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
        layout_rule(b, block->dashed);
        break;
    case PAPER_FRAME:
        layout_frame(b, block->on);
        break;
    case PAPER_BAND:
        band_block(b, block->text);
        break;
    case PAPER_QR:
        return layout_qr(b, block->text, e);
    case PAPER_SPACE:
        layout_white(b, block->dots);
        break;
    case PAPER_MARK:
        layout_mark(b, block->dots, block->text);
        break;
    case PAPER_CUT:
        layout_add_line(b, LAYOUT_CUT, b->p->cut_dots);
        break;
    }
    return 0;
}

static int wide_of(const struct builder *b, const struct layout_line *line)
{
    int columns = 0;

    switch (line->kind) {
    case LAYOUT_TEXT:
        for (int i = 0; i < line->n_runs; i++)
            columns += paper_columns(layout_run_text(b->l, &line->runs[i]), line->runs[i].len);
        return line->framed ? b->width : columns * line->scale * LAYOUT_COLUMN;
    case LAYOUT_PICTURE:
        return line->stride * 8;
    case LAYOUT_QR:
        return line->dots;
    case LAYOUT_SPACE:
    case LAYOUT_CUT:
        return 0;
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
    buf_init(&l->glyphs, LAYOUT_GLYPHS_MAX * sizeof(struct layout_glyph));
    b->l = l;
    b->paper = paper;
    b->p = p;
    b->width = p->dots / LAYOUT_COLUMN * LAYOUT_COLUMN;
    b->g = g;
    for (size_t i = 0; rc == 0 && i < paper->n_blocks; i++)
        rc = build_block(b, &paper->blocks[i], e);
    if (rc == 0 && (!buf_ok(&l->texts) || !buf_ok(&l->pictures)))
        rc = err_set(e, ERR_TOOLONG, "the paper has too many lines or pictures");
    for (int i = 0; i < l->n; i++)
        l->wide = wide_of(b, &l->lines[i]) > l->wide ? wide_of(b, &l->lines[i]) : l->wide;
    secret_free(b, sizeof *b);
    if (rc < 0)
        layout_destroy(l);
    else
        *ret = l;
    return rc;
}

const struct layout_glyph *layout_glyph(const struct layout *l, uint32_t cp)
{
    const struct layout_glyph *glyphs = (const void *)l->glyphs.data;

    for (size_t i = 0; i < l->glyphs.len / sizeof *glyphs; i++)
        if (glyphs[i].cp == cp)
            return &glyphs[i];
    return NULL;
}

void layout_destroy(struct layout *l)
{
    if (!l)
        return;
    buf_finish(&l->texts);
    buf_finish(&l->pictures);
    buf_finish(&l->glyphs);
    secret_free(l, sizeof *l);
}
