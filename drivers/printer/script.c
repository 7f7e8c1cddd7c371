/* SPDX-License-Identifier: Apache-2.0
 *
 * From lines to commands. State (size, weight, alignment, pitch) is sent only when it changes.
 */
#include "drivers/printer/script.h"

#include <stdlib.h>
#include <string.h>

#include "base/must.h"
#include "drivers/printer/escpos_wire.h"
#include "drivers/printer/user_glyph.h"

#define TEAR_DOTS 120 /* from the head to the tear bar */

struct writer {
    struct script *s;
    const struct layout *l;
    const struct profile *p;
    int scale, pitch;
    bool bold;
    enum paper_align align;
    struct user_glyphs taught;
};

static void end_command(struct writer *w)
{
    struct script *s = w->s;
    must(s->n_ends <= SCRIPT_ENDS_MAX, "more places to stop than there is room for");

    if (s->n_ends == SCRIPT_ENDS_MAX)
        s->n_ends--; /* fewer places to stop, and nothing else lost */
    s->ends[s->n_ends++] = s->bytes.len;
}

static void set_scale(struct writer *w, int scale)
{
    if (w->scale != scale)
        escpos_size(&w->s->bytes, scale, w->p->separate_size);
    w->scale = scale;
}

static void set_pitch(struct writer *w, int dots)
{
    if (w->pitch != dots)
        escpos_pitch(&w->s->bytes, dots);
    w->pitch = dots;
}

static void set_bold(struct writer *w, bool bold)
{
    if (w->bold != bold)
        escpos_bold(&w->s->bytes, bold);
    w->bold = bold;
}

static void set_align(struct writer *w, enum paper_align align)
{
    static const enum escpos_align to[] = {
        [PAPER_LEFT] = ESCPOS_LEFT, [PAPER_CENTER] = ESCPOS_CENTER, [PAPER_RIGHT] = ESCPOS_RIGHT};

    if (w->align != align)
        escpos_align(&w->s->bytes, to[align]);
    w->align = align;
}

/* A frame's side inside a text line, one column wide: three dots at the outer edge. */
static void side(struct writer *w, bool right)
{
    uint8_t image[LAYOUT_COLUMN * 3] = {0};

    memset(image + (right ? sizeof image - 9 : 0), 0xFF, 9);
    if (w->p->column_image)
        escpos_column_image(&w->s->bytes, image, LAYOUT_COLUMN);
    else
        escpos_text(&w->s->bytes, " ", 1, GB_NONE);
}

static int runs(struct writer *w, const struct layout_line *line)
{
    int rc = 0;

    for (int i = 0; rc == 0 && i < line->n_runs; i++) {
        set_bold(w, line->runs[i].bold);
        rc = user_glyphs_text(&w->taught, w->l, &line->runs[i], w->p->chinese, &w->s->bytes);
    }
    return rc;
}

static int filled(const struct writer *w, const struct layout_line *line)
{
    int n = 0;

    for (int i = 0; i < line->n_runs; i++)
        n += paper_columns(layout_run_text(w->l, &line->runs[i]), line->runs[i].len);
    return n * line->scale;
}

/* Sides stand at the edges, so alignment inside a frame is by spaces. */
static int framed_text(struct writer *w, const struct layout_line *line)
{
    int room = w->p->dots / LAYOUT_COLUMN - 2 - filled(w, line);
    int left = line->align == PAPER_LEFT ? 0 : line->align == PAPER_CENTER ? room / 2 : room;
    int rc;

    set_align(w, PAPER_LEFT);
    set_scale(w, 1);
    side(w, false);
    for (int i = 0; i < left; i++)
        escpos_text(&w->s->bytes, " ", 1, GB_NONE);
    set_scale(w, line->scale);
    rc = runs(w, line);
    set_scale(w, 1);
    for (int i = left; i < room; i++)
        escpos_text(&w->s->bytes, " ", 1, GB_NONE);
    side(w, true);
    return rc;
}

static int text(struct writer *w, const struct layout_line *line)
{
    int rc;

    while (user_glyphs_teach(&w->taught, w->l, line, &w->s->bytes))
        end_command(w);
    set_pitch(w, line->dots);
    if (line->framed) {
        rc = framed_text(w, line);
    } else {
        set_align(w, line->align);
        set_scale(w, line->scale);
        rc = runs(w, line);
    }
    escpos_line(&w->s->bytes);
    end_command(w);
    return rc;
}

static void picture(struct writer *w, const struct layout_line *line)
{
    const uint8_t *rows = w->l->pictures.data + line->at;

    set_align(w, PAPER_LEFT);
    for (int y = 0; y < line->dots; y += w->p->band_rows) {
        int n = line->dots - y < w->p->band_rows ? line->dots - y : w->p->band_rows;

        escpos_raster(&w->s->bytes, rows + y * line->stride, line->stride, line->stride, n);
        end_command(w);
    }
}

void script_cut(const struct profile *p, struct buf *out)
{
    if (p->presenter.family == PROFILE_PRESENTER_CUSTOM)
        escpos_retract(out); /* cuts first; it is nobody's to take */
    else if (p->cut == PROFILE_CUT_NONE || p->cut == PROFILE_CUT_EITHER)
        escpos_feed(out, TEAR_DOTS + p->cut_dots); /* to where it can be torn off */
    else
        escpos_cut(out, p->cut == PROFILE_CUT_FULL, p->cut_dots);
    if (p->cut == PROFILE_CUT_EITHER)
        escpos_cut_here(out);
}

static int qr(struct writer *w, const struct layout_line *line)
{
    int rc;

    set_align(w, line->align);
    rc = escpos_qr(&w->s->bytes, (const char *)w->l->texts.data + line->runs[0].at, line->runs[0].len, line->scale);
    end_command(w);
    return rc;
}

static int steps(const struct profile *p)
{
    int n = p->presenter.present_mm * 1000 / p->presenter.step_um;

    return n < 1 ? 1 : n > 255 ? 255 : n;
}

static void cut(struct writer *w)
{
    if (w->p->presenter.family == PROFILE_PRESENTER_CUSTOM)
        escpos_present(&w->s->bytes, steps(w->p));
    else
        script_cut(w->p, &w->s->bytes);
    end_command(w);
}

static void begin(struct writer *w, bool cut_first)
{
    struct buf *out = &w->s->bytes;

    escpos_init(out);
    if (cut_first)
        script_cut(w->p, out);
    escpos_chinese(out, w->p->code_page);
    if (w->p->automatic_status)
        escpos_automatic_status(out);
    end_command(w);
    w->s->first_print = out->len;
}

static void end(struct writer *w, const char job[5])
{
    if (w->s->marker == PROFILE_MARKER_PROCESS_ID)
        escpos_marker_process_id(&w->s->bytes, job);
    else
        escpos_marker_paper(&w->s->bytes);
    end_command(w);
}

static int lines(struct writer *w)
{
    int rc = 0;

    for (int i = 0; rc == 0 && i < w->l->n; i++) {
        const struct layout_line *line = &w->l->lines[i];

        switch (line->kind) {
        case LAYOUT_TEXT:
            rc = text(w, line);
            break;
        case LAYOUT_PICTURE:
            picture(w, line);
            break;
        case LAYOUT_QR:
            rc = qr(w, line);
            break;
        case LAYOUT_SPACE:
            escpos_feed(&w->s->bytes, line->dots);
            end_command(w);
            break;
        case LAYOUT_CUT:
            cut(w);
            break;
        }
    }
    return rc;
}

int script_create(const struct layout *l, const struct profile *p, const char job[5], enum profile_marker marker,
                  bool cut_first, struct script **ret, struct err *e)
{
    struct script *s = calloc(1, sizeof *s);
    struct writer w = {.s = s, .l = l, .p = p, .scale = 1, .taught.n = p->user_glyphs};
    int rc;

    must(s, "out of memory");
    s->marker = marker;
    buf_init(&s->bytes, SCRIPT_MAX);
    begin(&w, cut_first);
    rc = lines(&w);
    end(&w, job);
    s->dots = l->dots;
    s->wide = l->wide;
    s->cuts_first = cut_first;
    if (rc < 0 || !buf_ok(&s->bytes)) {
        rc = err_set(e, rc < 0 ? ERR_INVALID : ERR_TOOLONG, "the paper does not become commands of profile %s", p->name);
        script_destroy(s);
        return rc;
    }
    *ret = s;
    return 0;
}

void script_destroy(struct script *s)
{
    if (!s)
        return;
    buf_finish(&s->bytes);
    free(s);
}

size_t script_next(const struct script *s, size_t at)
{
    size_t best = at;

    for (int i = 0; i < s->n_ends; i++) {
        if (s->ends[i] <= at)
            continue;
        if (s->ends[i] - at > SCRIPT_WRITE_MAX && best > at)
            break;
        best = s->ends[i];
        if (best - at >= SCRIPT_WRITE_MAX)
            break;
    }
    return best - at;
}
