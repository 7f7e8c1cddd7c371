/* SPDX-License-Identifier: Apache-2.0
 *
 * The only file with cairo and pango.
 */
#include "tools/hall/papers/case_paper_pdf.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <stdio.h>
#include <string.h>

#include "base/qr.h"
#include "base/text.h"
#include "tools/hall/papers/case_paper_words.h"

/* points */
#define PAGE_W 595.276
#define PAGE_H 841.89
#define MARGIN 68.0
#define FOOT 40.0
#define LABEL_W 84.0
#define TEXT_W (PAGE_W - 2 * MARGIN)
#define CODE_W 116.0
#define FONTS "Noto Sans CJK SC, HanaMinA, HanaMinB"

#define USED_MAX 2000

#ifdef __SANITIZE_ADDRESS__ /* what cairo 1.16 and fontconfig 2.14 keep at their end */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\nleak:libcairo\n";
}
#endif

struct used {
    PangoFontFace *face; /* the font map's */
    PangoGlyph glyph;
    uint32_t cp;
};
struct page {
    cairo_surface_t *surface;
    cairo_t *cairo;
    PangoFontMap *fonts;
    PangoContext *context;
    double y;
    struct used used[USED_MAX];
    int n_used;
    struct err *e;
    int rc; /* the first error */
};

struct style {
    double size;
    bool bold;
    PangoAlignment align;
};
static const struct style title = {24, true, PANGO_ALIGN_CENTER}, body = {11.5, false, PANGO_ALIGN_LEFT},
                          label = {11.5, true, PANGO_ALIGN_LEFT}, sign = {11.5, false, PANGO_ALIGN_RIGHT},
                          small = {9, false, PANGO_ALIGN_LEFT};

static cairo_status_t append(void *ctx, const unsigned char *data, unsigned len)
{
    return buf_add(ctx, data, len) == 0 ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static void fail(struct page *g, int rc)
{
    if (g->rc == 0)
        g->rc = rc;
}

/* Fonts that may stand in where a glyph was taken by another character, as 人 and ⼈ share one: readers without ActualText,
 * such as mupdf 1.21, would read both as the one that came first. The same shapes, in a font of its own in the file. */
static const char *const stand_ins[] = {
    "Noto Sans CJK TC", "Noto Sans CJK HK", "Noto Sans CJK JP", "Noto Sans CJK KR", "HanaMinA", "HanaMinB", NULL};

/* The character a glyph of a run stands for. */
static uint32_t character(const char *text, const PangoLayoutRun *run, int glyph, int *ret_at)
{
    *ret_at = run->item->offset + run->glyphs->log_clusters[glyph];
    const char *at = text + *ret_at;
    return (uint32_t)utf8_next(&at, at + strlen(at));
}

/* Whose this glyph is in this font: `cp`, unless another one had it before. */
static uint32_t owner(struct page *g, PangoFontFace *face, PangoGlyph glyph, uint32_t cp)
{
    for (int i = 0; i < g->n_used; i++)
        if (g->used[i].face == face && g->used[i].glyph == glyph)
            return g->used[i].cp;
    if (g->n_used == USED_MAX) {
        fail(g, err_set(g->e, ERR_TOOLONG, "a paper with more than %d different characters", USED_MAX));
        return cp;
    }
    g->used[g->n_used++] = (struct used){face, glyph, cp};
    return cp;
}

/* Readers lose or change what combines with a character or chooses its shape. */
static void refuse_marks(struct page *g, const char *text)
{
    const char *at = text, *end = text + strlen(text);

    while (at < end && g->rc == 0) {
        uint32_t cp = (uint32_t)utf8_next(&at, end);

        if (text_has_no_width(cp) || text_is_invisible(cp))
            fail(g, err_set(g->e, ERR_INVALID,
                            "U+%04X combines with the character before it or is not seen, and would not be read again from "
                            "a PDF: make a page to print (.html)",
                            cp));
    }
}

static void judge_glyph(struct page *g, const char *text, const PangoLayoutRun *run, int n, int *ret_clash)
{
    PangoGlyph glyph = run->glyphs->glyphs[n].glyph;
    int at;
    uint32_t cp = character(text, run, n, &at);

    if (glyph & PANGO_GLYPH_UNKNOWN_FLAG)
        fail(g, err_set(g->e, ERR_INVALID,
                        "no font here has the character U+%04X: install one, nothing else may stand for it", cp));
    else if (glyph != PANGO_GLYPH_EMPTY && owner(g, pango_font_get_face(run->item->analysis.font), glyph, cp) != cp &&
             *ret_clash < 0)
        *ret_clash = at;
}

/* The place of the first character whose glyph is another's; -1: none. */
static int clash(struct page *g, PangoLayout *layout, const char *text)
{
    PangoLayoutIter *i = pango_layout_get_iter(layout);
    int at = -1;

    do {
        const PangoLayoutRun *run = pango_layout_iter_get_run_readonly(i);
        for (int n = 0; run && n < run->glyphs->num_glyphs; n++)
            judge_glyph(g, text, run, n, &at);
    } while (at < 0 && pango_layout_iter_next_run(i));
    pango_layout_iter_free(i);
    return at;
}

static void set_family(PangoLayout *layout, const char *text, int at, const char *family)
{
    PangoAttrList *list = pango_layout_get_attributes(layout);
    PangoAttribute *a = pango_attr_family_new(family);
    const char *end = text + at;

    utf8_next(&end, end + strlen(end));
    a->start_index = (guint)at;
    a->end_index = (guint)(end - text);
    list = list ? pango_attr_list_copy(list) : pango_attr_list_new();
    pango_attr_list_change(list, a);
    pango_layout_set_attributes(layout, list);
    pango_attr_list_unref(list);
}

/* Each character gets a glyph that is no other's. */
static void keep_apart(struct page *g, PangoLayout *layout, const char *text)
{
    int at = clash(g, layout, text), before = -1, next = 0;

    for (; at >= 0 && g->rc == 0; at = clash(g, layout, text)) {
        next = at == before ? next + 1 : 0;
        before = at;
        if (!stand_ins[next]) {
            fail(g, err_set(g->e, ERR_INVALID,
                            "the paper has characters that look the same in every font here, from \"%.12s\" on", text + at));
            return;
        }
        set_family(layout, text, at, stand_ins[next]);
    }
}

static PangoLayout *lay(struct page *g, const char *text, const struct style *s, double width)
{
    PangoLayout *layout = pango_layout_new(g->context);
    PangoFontDescription *font = pango_font_description_from_string(FONTS);

    pango_font_description_set_absolute_size(font, s->size * PANGO_SCALE);
    pango_font_description_set_weight(font, s->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_auto_dir(layout, FALSE);
    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout, s->align);
    pango_layout_set_spacing(layout, (int)(s->size * 0.15 * PANGO_SCALE));
    pango_layout_set_text(layout, text, -1);
    refuse_marks(g, text);
    keep_apart(g, layout, text);
    return layout;
}

static double height(PangoLayout *layout)
{
    int h;

    pango_layout_get_size(layout, NULL, &h);
    return (double)h / PANGO_SCALE;
}

/* Room for so much, on a further page where this one is full. */
static void make_room(struct page *g, double h)
{
    if (g->y + h <= PAGE_H - FOOT || g->y <= MARGIN)
        return;
    cairo_show_page(g->cairo);
    g->y = MARGIN;
}

/* Returns its height. The text is there twice: in white, which readers find, and over it in black as outlines, which people
 * see: cairo 1.16 leaves some glyphs of Noto's out when it cuts the font down, 如 for one, where few others stand beside it.
 */
static double draw(struct page *g, const char *text, const struct style *s, double x, double width)
{
    PangoLayout *layout = lay(g, text, s, width);
    double h = height(layout);

    cairo_move_to(g->cairo, x, g->y);
    cairo_set_source_rgb(g->cairo, 1, 1, 1);
    pango_cairo_show_layout(g->cairo, layout);
    cairo_set_source_rgb(g->cairo, 0, 0, 0);
    cairo_new_path(g->cairo);
    cairo_move_to(g->cairo, x, g->y);
    pango_cairo_layout_path(g->cairo, layout);
    cairo_fill(g->cairo);
    g_object_unref(layout);
    return h;
}

static double measure(struct page *g, const char *text, const struct style *s, double width)
{
    PangoLayout *layout = lay(g, text, s, width);
    double h = height(layout);

    g_object_unref(layout);
    return h;
}

static void line(struct page *g)
{
    cairo_set_line_width(g->cairo, 0.6);
    cairo_move_to(g->cairo, MARGIN, g->y);
    cairo_line_to(g->cairo, PAGE_W - MARGIN, g->y);
    cairo_stroke(g->cairo);
}

static void put_row(struct page *g, const char *name, const char *text)
{
    make_room(g, measure(g, text, &body, TEXT_W - LABEL_W) + 8);
    line(g);
    g->y += 4;
    draw(g, name, &label, MARGIN, LABEL_W);
    g->y += draw(g, text, &body, MARGIN + LABEL_W, TEXT_W - LABEL_W) + 4;
}

static void put_block(struct page *g, const struct style *s, const char *text, double after)
{
    make_room(g, measure(g, text, s, TEXT_W));
    g->y += draw(g, text, s, MARGIN, TEXT_W) + after;
}

static void put(struct page *g, const struct case_paper *p, int i)
{
    const char *text = case_paper_text(p, i);
    bool last_row = p->blocks[i].part == PAPER_ROW && (i + 1 == p->n || p->blocks[i + 1].part != PAPER_ROW);

    switch (p->blocks[i].part) {
    case PAPER_TITLE:
        put_block(g, &title, text, 20);
        return;
    case PAPER_TO:
        put_block(g, &body, text, 6);
        return;
    case PAPER_TEXT:
        put_block(g, &body, text, 12);
        return;
    case PAPER_ROW:
        put_row(g, case_paper_label(p, i), text);
        break;
    case PAPER_SIGN:
        put_block(g, &sign, text, 4);
        return;
    }
    if (last_row) {
        line(g);
        g->y += 26;
    }
}

static void put_code(struct page *g, const struct case_paper *p, const char *code)
{
    char check[PAPER_CHECK_TEXT], words[80];
    struct qr q;

    fail(g, qr_encode_bytes(code, strlen(code), &q, g->e)); /* in one piece: readers guess the encoding of each */
    if (g->rc < 0)
        return;
    make_room(g, CODE_W + 10);
    double unit = CODE_W / q.size, top = g->y + 10;
    for (int y = 0; y < q.size; y++)
        for (int x = 0, n; x < q.size; x += n) {
            bool dark = q.dark[y * q.size + x];
            for (n = 1; x + n < q.size && (q.dark[y * q.size + x + n] != 0) == dark; n++)
                ;
            if (dark)
                cairo_rectangle(g->cairo, MARGIN + x * unit, top + y * unit, n * unit, unit);
        }
    cairo_fill(g->cairo);
    case_paper_check_text(p->check, check);
    snprintf(words, sizeof words, "%s %s", case_paper_word(PAPER_WORD_row_check), check);
    g->y = top + 4;
    g->y += draw(g, words, &label, MARGIN + CODE_W + 16, TEXT_W - CODE_W - 16) + 4;
    draw(g, case_paper_word(PAPER_WORD_scan), &small, MARGIN + CODE_W + 16, TEXT_W - CODE_W - 16);
}

static void put_dates(struct page *g, const struct case_paper *p)
{
    char day[DATE_LEN + 1], at[40];

    date_format(p->day, day);
    snprintf(at, sizeof at, "%sT00:00:00+08:00", day);
    cairo_pdf_surface_set_metadata(g->surface, CAIRO_PDF_METADATA_CREATE_DATE, at);
    cairo_pdf_surface_set_metadata(g->surface, CAIRO_PDF_METADATA_TITLE, case_paper_title(p->kind));
}

static void open_page(struct page *g, struct buf *out)
{
    g->surface = cairo_pdf_surface_create_for_stream(append, out, PAGE_W, PAGE_H);
    g->cairo = cairo_create(g->surface);
    g->fonts = pango_cairo_font_map_new();
    g->context = pango_font_map_create_context(g->fonts);
    pango_context_set_language(g->context, pango_language_from_string("zh-cn"));
    pango_context_set_round_glyph_positions(g->context, FALSE);
    g->y = MARGIN;
}

static void close_page(struct page *g)
{
    cairo_surface_finish(g->surface);
    cairo_status_t status = cairo_surface_status(g->surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_status(g->cairo);
    if (status != CAIRO_STATUS_SUCCESS)
        fail(g, err_set(g->e, ERR_IO, "the paper as PDF: %s", cairo_status_to_string(status)));
    g_object_unref(g->context);
    g_object_unref(g->fonts);
    cairo_destroy(g->cairo);
    cairo_surface_destroy(g->surface);
}

int case_paper_pdf(const struct case_paper *p, const char *code, struct buf *out, struct err *e)
{
    struct page g = {.e = e, .n_used = 0};

    open_page(&g, out);
    put_dates(&g, p);
    for (int i = 0; i < p->n; i++)
        put(&g, p, i);
    put_code(&g, p, code);
    close_page(&g);
    return g.rc;
}
