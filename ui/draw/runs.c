/* SPDX-License-Identifier: Apache-2.0
 *
 * See runs.h. Two generations are kept: what is used moves to the young one, and when that is full the old one goes.
 */
#include "ui/draw/runs.h"

#include <stdlib.h>
#include <string.h>

#include "base/code_box.h"
#include "base/must.h"
#include "base/secret.h"
#include "base/text.h"

#define BUCKETS 1024
#define YOUNG_BYTES_MAX (896 * 1024)
#define PIECE_TEXT_MAX 256
#define DASH 0x2014 /* two are one mark: its line has no gap */

struct piece {
    struct piece *next;
    uint64_t key;
    uint8_t *cover; /* NULL for white space */
    int w, h;
    int left, above; /* from the pen to the mask: to the right, and above the baseline */
    int advance;     /* 1/64 px */
};

struct generation {
    struct piece *bucket[BUCKETS];
    size_t bytes;
};

struct runs {
    struct fonts *fonts;
    struct generation young, old;
};

struct runs *runs_create(struct fonts *f)
{
    struct runs *r = calloc(1, sizeof *r);

    must(r, "out of memory");
    r->fonts = f;
    return r;
}

static void empty(struct generation *g)
{
    for (int i = 0; i < BUCKETS; i++)
        for (struct piece *p = g->bucket[i], *next; p; p = next) {
            next = p->next;
            free(p->cover);
            free(p);
        }
    *g = (struct generation){.bytes = 0};
}

void runs_destroy(struct runs *r)
{
    if (!r)
        return;
    empty(&r->young);
    empty(&r->old);
    free(r);
}

size_t runs_kept(const struct runs *r)
{
    return r->young.bytes + r->old.bytes;
}

/* --- making a piece --- */

/* utf8_next(), with a mark for what is none, in the form the style asks for. */
static uint32_t next_char(const struct run_style *s, const char **text, const char *end)
{
    int32_t cp = utf8_next(text, end);

    return cp < 0 ? 0xFFFD : s->latin ? latin_form((uint32_t)cp) : (uint32_t)cp;
}

/* Bytes of the next piece: one wide character (or dashes in a row), or all others up to one, of one face. */
static size_t next_piece(struct runs *r, const struct run_style *s, const char *text, int *ret_face)
{
    const char *end = text + strlen(text), *p = text, *at = text;
    uint32_t before = 0;

    *ret_face = -1;
    while (at < end) {
        uint32_t cp = next_char(s, &p, end);
        bool wide = text_is_wide(cp), joined = cp == DASH && before == DASH;
        int face = fonts_face(r->fonts, s->weight, cp);

        if (at > text &&
            ((!joined && (wide || before == DASH)) || face != *ret_face || (size_t)(p - text) >= PIECE_TEXT_MAX))
            break;
        *ret_face = face;
        at = p;
        if (wide && cp != DASH)
            break;
        before = cp;
    }
    return (size_t)(at - text);
}

/* Where a piece is put together: room for marks that reach over the em square. */
struct sheet {
    uint8_t *cover;
    int w, h, origin, baseline;
};

static void put(struct sheet *s, const struct glyph *g, int pen)
{
    for (int y = 0; y < g->h; y++)
        for (int x = 0; x < g->w; x++) {
            int at_x = s->origin + pen + g->left + x, at_y = s->baseline - g->above + y;

            if (at_x >= 0 && at_x < s->w && at_y >= 0 && at_y < s->h) {
                uint8_t *to = s->cover + (size_t)at_y * (size_t)s->w + at_x, ink = g->cover[y * g->pitch + x];

                *to = ink > *to ? ink : *to; /* letters that touch do not darken each other */
            }
        }
}

struct ink_at {
    struct sheet *sheet;
    int x, y;
};

/* Only the inked part is kept. */
static void crop(struct piece *p, const struct sheet *s)
{
    int x0 = s->w, x1 = -1, y0 = s->h, y1 = -1;

    for (int y = 0; y < s->h; y++)
        for (int x = 0; x < s->w; x++)
            if (s->cover[y * s->w + x]) {
                x0 = x < x0 ? x : x0;
                x1 = x > x1 ? x : x1;
                y0 = y < y0 ? y : y0;
                y1 = y;
            }
    if (x1 < 0)
        return;
    p->w = x1 - x0 + 1;
    p->h = y1 - y0 + 1;
    p->left = x0 - s->origin;
    p->above = s->baseline - y0;
    must(p->cover = malloc((size_t)p->w * (size_t)p->h), "out of memory");
    for (int y = 0; y < p->h; y++)
        memcpy(p->cover + (size_t)y * (size_t)p->w, s->cover + (size_t)(y + y0) * (size_t)s->w + x0, (size_t)p->w);
}

static int advance_of(struct runs *r, const struct run_style *s, const char *text, const char *end)
{
    int sum = 0;

    while (text < end)
        sum += fonts_advance(r->fonts, s->weight, s->px, next_char(s, &text, end));
    return sum;
}

static void ink(void *ctx, int x, int y, int width, int height)
{
    const struct ink_at *at = ctx;

    for (int j = y; j < y + height; j++)
        for (int i = x; i < x + width; i++)
            if (at->x + i >= 0 && at->x + i < at->sheet->w && at->y + j >= 0 && at->y + j < at->sheet->h)
                at->sheet->cover[(size_t)(at->y + j) * (size_t)at->sheet->w + (size_t)(at->x + i)] = 255;
}

/* The em square of a Chinese font reaches 0.88 above the line and 0.12 below it. */
static void put_code(struct sheet *s, uint32_t cp, int px, int pen)
{
    code_box(cp, px, px, ink, &(struct ink_at){s, s->origin + pen, s->baseline - px * 88 / 100});
}

static struct piece *make(struct runs *r, const struct run_style *s, const char *text, size_t len, int face)
{
    const char *end = text + len;
    struct piece *p = calloc(1, sizeof *p);
    struct sheet sheet = {.h = 2 * s->px, .origin = s->px / 2, .baseline = 5 * s->px / 4};
    uint32_t before = 0;
    int pen = 0;

    must(p, "out of memory");
    p->advance = advance_of(r, s, text, end);
    sheet.w = p->advance / 64 + 2 * s->px;
    must(sheet.cover = calloc((size_t)sheet.w, (size_t)sheet.h), "out of memory");
    while (text < end) {
        uint32_t cp = next_char(s, &text, end);
        struct glyph g;

        if (!fonts_has(r->fonts, face, cp) && !text_has_no_width(cp))
            put_code(&sheet, cp, s->px, pen >> 6);
        else if (fonts_has(r->fonts, face, cp) && fonts_glyph(r->fonts, face, s->px, cp, pen & 63, &g))
            put(&sheet, &g, pen >> 6);
        if (cp == DASH && before == DASH && fonts_glyph(r->fonts, face, s->px, cp, 0, &g))
            put(&sheet, &g, (pen >> 6) - s->px / 2); /* a third one over the gap */
        before = cp;
        pen += fonts_advance(r->fonts, s->weight, s->px, cp);
    }
    crop(p, &sheet);
    secret_wipe(sheet.cover, (size_t)sheet.w * (size_t)sheet.h);
    free(sheet.cover);
    return p;
}

/* --- keeping it --- */

static uint64_t key_of(const struct run_style *s, const char *text, size_t len)
{
    uint64_t h = 0xcbf29ce484222325u;

    /* each takes a round of its own, or "1" at 44 px would be "5" at 40 */
    h = (h ^ (uint64_t)s->weight) * 0x100000001b3u;
    h = (h ^ (uint64_t)s->px) * 0x100000001b3u;
    h = (h ^ (uint64_t)s->latin) * 0x100000001b3u;
    for (size_t i = 0; i < len; i++)
        h = (h ^ (uint8_t)text[i]) * 0x100000001b3u;
    return h;
}

static void keep(struct runs *r, struct piece *p)
{
    struct piece **bucket = &r->young.bucket[p->key % BUCKETS];

    p->next = *bucket;
    *bucket = p;
    r->young.bytes += sizeof *p + (size_t)p->w * (size_t)p->h;
    if (r->young.bytes > YOUNG_BYTES_MAX) {
        empty(&r->old);
        r->old = r->young;
        r->young = (struct generation){.bytes = 0};
    }
}

static struct piece *find(struct runs *r, uint64_t key)
{
    for (struct piece *p = r->young.bucket[key % BUCKETS]; p; p = p->next)
        if (p->key == key)
            return p;
    for (struct piece **at = &r->old.bucket[key % BUCKETS]; *at; at = &(*at)->next)
        if ((*at)->key == key) {
            struct piece *p = *at;

            *at = p->next;
            keep(r, p);
            return p;
        }
    return NULL;
}

static void discard(struct piece *p)
{
    if (p->cover)
        secret_wipe(p->cover, (size_t)p->w * (size_t)p->h);
    free(p->cover);
    secret_wipe(p, sizeof *p);
    free(p);
}

/* --- drawing --- */

/* Draws the next piece at the pen (1/64 px), moves the pen, returns the bytes taken. */
static size_t draw_piece(struct runs *r, struct canvas *c, const struct run_style *s, const char *text, int *pen,
                         int baseline)
{
    int face;
    size_t len = next_piece(r, s, text, &face);
    uint64_t key = key_of(s, text, len);
    struct piece *p = find(r, key);
    bool made = !p;

    if (made)
        p = make(r, s, text, len, face);
    if (p->cover)
        canvas_mask(c, ((*pen + 32) >> 6) + p->left, baseline - p->above, (struct mask){p->cover, p->w, p->h}, s->rgb);
    *pen += p->advance;
    if (made && s->secret) {
        discard(p);
    } else if (made) {
        p->key = key;
        keep(r, p);
    }
    return len;
}

void runs_draw(struct runs *r, struct canvas *c, struct box b, const struct run_style *s, const char *text)
{
    /* the face's own line is 1.448 em: 1.16 above the baseline */
    int ascent = (s->px * 116 + 50) / 100, descent = (s->px * 288 + 500) / 1000;
    int baseline = b.y + (b.h - ascent - descent) / 2 + ascent, pen = b.x * 64;

    if (s->align != ALIGN_LEFT) {
        int slack = b.w * 64 - advance_of(r, s, text, text + strlen(text));

        pen += s->align == ALIGN_RIGHT ? slack : slack / 2;
    }
    while (*text)
        text += draw_piece(r, c, s, text, &pen, baseline);
}
