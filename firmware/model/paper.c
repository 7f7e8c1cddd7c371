/* SPDX-License-Identifier: Apache-2.0
 *
 * Building a paper block by block. What does not fit sets `failed`, so whoever composes checks once, at the end.
 */
#include "model/paper.h"

#include <string.h>

#include "base/secret.h"
#include "base/text.h"

struct paper *paper_create(void)
{
    struct paper *p = secret_alloc(sizeof *p);

    memset(p, 0, sizeof *p);
    return p;
}

void paper_destroy(struct paper *p)
{
    secret_free(p, sizeof *p);
}

bool paper_ok(const struct paper *p)
{
    return !p->failed;
}

static const char *keep(struct paper *p, const char *text)
{
    size_t len = strlen(text) + 1;
    char *at = p->pool + p->used;

    if (len > sizeof p->pool - p->used) {
        p->failed = true;
        return "";
    }
    memcpy(at, text, len);
    p->used += len;
    return at;
}

/* The next block, or one that is thrown away when there is no room. */
static struct paper_block *add(struct paper *p, enum paper_op op)
{
    if (p->n_blocks == PAPER_BLOCKS_MAX) {
        p->failed = true;
        p->n_blocks--;
    }
    struct paper_block *b = &p->blocks[p->n_blocks++];
    memset(b, 0, sizeof *b);
    b->op = op;
    b->text = b->value = "";
    return b;
}

void paper_text(struct paper *p, enum paper_size size, enum paper_align align, bool bold, const char *text)
{
    struct paper_block *b = add(p, PAPER_TEXT);

    b->size = size;
    b->align = align;
    b->bold = bold;
    b->text = keep(p, text);
}

void paper_row(struct paper *p, int label_columns, const char *label, const char *value, bool bold)
{
    struct paper_block *b = add(p, PAPER_ROW);

    b->dots = label_columns;
    b->bold = bold;
    b->text = keep(p, label);
    b->value = keep(p, value);
}

void paper_note(struct paper *p, int label_columns, const char *label, const char *value)
{
    paper_row(p, label_columns, label, value, false);
    p->blocks[p->n_blocks - 1].label_bold = true;
}

void paper_rule(struct paper *p, bool dashed)
{
    add(p, PAPER_RULE)->dashed = dashed;
}

void paper_frame(struct paper *p, bool on)
{
    add(p, PAPER_FRAME)->on = on;
}

void paper_band(struct paper *p, const char *text)
{
    struct paper_block *b = add(p, PAPER_BAND);

    b->text = keep(p, text);
}

void paper_qr(struct paper *p, const char *text)
{
    struct paper_block *b = add(p, PAPER_QR);

    b->text = keep(p, text);
}

void paper_space(struct paper *p, int dots)
{
    add(p, PAPER_SPACE)->dots = dots;
}

void paper_mark(struct paper *p, int dots, const char *text)
{
    struct paper_block *b = add(p, PAPER_MARK);

    b->dots = dots;
    b->text = keep(p, text);
}

void paper_cut(struct paper *p)
{
    add(p, PAPER_CUT);
}

/* --- columns --- */

int paper_columns_of(uint32_t cp)
{
    /* the signs between the Latin letters stand in GB 2312, full width */
    static const struct text_range one[] = {{0x00, 0x7F},     {0xA0, 0xA0},     {0xC0, 0xD6},     {0xD8, 0xF6},
                                            {0xF8, 0x24F},    {0x1E00, 0x1EFF}, {0x2000, 0x200A}, {0x202F, 0x202F},
                                            {0xFF61, 0xFFDC}, {0xFFE8, 0xFFEE}};

    if (cp >= 0x20 && cp < 0x7F)
        return 1;
    if (text_has_no_width(cp))
        return 0;
    return text_in(cp, one, sizeof one / sizeof *one) ? 1 : 2;
}

int paper_columns(const char *text, size_t len)
{
    const char *end = text + len;
    int n = 0;

    while (text < end)
        n += paper_columns_of((uint32_t)utf8_next(&text, end));
    return n;
}
