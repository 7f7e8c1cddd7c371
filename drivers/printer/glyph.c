/* SPDX-License-Identifier: Apache-2.0
 *
 * One-bit rendering: the same black and white a thermal head makes, no grey to threshold later.
 */
#include "drivers/printer/glyph.h"

#include <ft2build.h>
#include <stdlib.h>
#include <string.h>
#include FT_FREETYPE_H

#include "base/code_box.h"
#include "base/must.h"
#include "model/paper.h"

#define NOTO "/usr/share/fonts/opentype/noto/NotoSansCJK-"
#define HANA "/usr/share/fonts/truetype/hanazono/HanaMin"
#define MONO_SC "Noto Sans Mono CJK SC"
#define MONO_SC_INDEX 7
#define FACES_MAX 16
#define CELL 24 /* dots of a character that is not enlarged */

enum font { FONT_REGULAR, FONT_BOLD, FONT_RARE_A, FONT_RARE_B, FONT_COUNT };
static const char *const paths[FONT_COUNT] = {NOTO "Regular.ttc", NOTO "Bold.ttc", HANA "A.ttf", HANA "B.ttf"};

struct font_face {
    FT_Face ft;
    bool tried;
    int px; /* its size now: setting it again is not free */
};

struct glyphs {
    FT_Library library;
    struct font_face faces[FONT_COUNT];
};

void dots_set(struct dots *d, int x, int y, bool black)
{
    uint8_t bit = (uint8_t)(0x80 >> (x & 7));

    if (x < 0 || y < 0 || x >= d->width || y >= d->height)
        return;
    if (black)
        d->rows[y * d->stride + x / 8] |= bit;
    else
        d->rows[y * d->stride + x / 8] &= (uint8_t)~bit;
}

bool dots_get(const struct dots *d, int x, int y)
{
    if (x < 0 || y < 0 || x >= d->width || y >= d->height)
        return false;
    return d->rows[y * d->stride + x / 8] & (0x80 >> (x & 7));
}

void dots_fill(struct dots *d, int x, int y, int width, int height)
{
    int left = x < 0 ? 0 : x, right = x + width > d->width ? d->width : x + width;
    int top = y < 0 ? 0 : y, bottom = y + height > d->height ? d->height : y + height;

    for (int j = top; j < bottom; j++)
        for (int i = left; i < right;) {
            bool whole = (i & 7) == 0 && i + 8 <= right;

            d->rows[j * d->stride + i / 8] |= (uint8_t)(whole ? 0xFF : 0x80 >> (i & 7));
            i += whole ? 8 : 1;
        }
}

void dots_invert(struct dots *d)
{
    for (int i = 0; i < d->height * d->stride; i++)
        d->rows[i] = (uint8_t)~d->rows[i];
}

static FT_Face open_if(FT_Library library, const char *path, FT_Long index, const char *family)
{
    FT_Face face;

    if (FT_New_Face(library, path, index, &face))
        return NULL;
    if (face->num_faces == 1 || (face->family_name && !strcmp(face->family_name, family)))
        return face;
    FT_Done_Face(face);
    return NULL;
}

/* The face called `family` in a collection; the first one of a plain file. Opening a face takes milliseconds, so it is
 * looked for first where Debian's collection has it. */
static FT_Face open_face(FT_Library library, const char *path, const char *family)
{
    FT_Face face = open_if(library, path, MONO_SC_INDEX, family);

    for (FT_Long i = 0; !face && i < FACES_MAX; i++)
        face = open_if(library, path, i, family);
    return face;
}

static FT_Face face_of(struct glyphs *g, enum font f)
{
    if (!g->faces[f].tried)
        g->faces[f].ft = open_face(g->library, paths[f], MONO_SC);
    g->faces[f].tried = true;
    return g->faces[f].ft;
}

int glyphs_open(struct glyphs **ret, struct err *e)
{
    struct glyphs *g = calloc(1, sizeof *g);

    must(g, "out of memory");
    if (FT_Init_FreeType(&g->library)) {
        free(g);
        return err_set(e, ERR_NOMEM, "FreeType cannot start");
    }
    if (!face_of(g, FONT_REGULAR) && !face_of(g, FONT_BOLD)) {
        glyphs_close(g);
        return err_set(e, ERR_NOTFOUND, "no font at %s: install fonts-noto-cjk", paths[FONT_REGULAR]);
    }
    *ret = g;
    return 0;
}

void glyphs_close(struct glyphs *g)
{
    if (!g)
        return;
    for (int i = 0; i < FONT_COUNT; i++)
        if (g->faces[i].ft)
            FT_Done_Face(g->faces[i].ft);
    FT_Done_FreeType(g->library);
    free(g);
}

/* --- a character no font has --- */

struct cell {
    struct dots *to;
    int x, y;
};

static void fill_in_cell(void *ctx, int x, int y, int width, int height)
{
    const struct cell *c = ctx;

    dots_fill(c->to, c->x + x, c->y + y, width, height);
}

/* --- a character of a font --- */

/* The fonts' own dash is for Latin text: short, low, and two of them have a gap. Printers' fonts have a line from edge to
 * edge. */
static uint32_t as_printers_have_it(uint32_t cp)
{
    return cp == 0x2014 ? 0x2500 : cp;
}

/* First the wanted weight, then the other, then the rare fonts. */
static struct font_face *face_with(struct glyphs *g, uint32_t cp, bool bold, FT_UInt *ret_index)
{
    const enum font order[] = {bold ? FONT_BOLD : FONT_REGULAR, bold ? FONT_REGULAR : FONT_BOLD, FONT_RARE_A, FONT_RARE_B};

    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        FT_Face ft = face_of(g, order[i]);

        *ret_index = ft ? FT_Get_Char_Index(ft, as_printers_have_it(cp)) : 0;
        if (*ret_index)
            return &g->faces[order[i]];
    }
    return NULL;
}

/* Renders it; NULL when there is none. The rare fonts have one weight, and thickened the densest characters are blots. */
static FT_GlyphSlot render(struct glyphs *g, uint32_t cp, int px, bool bold)
{
    FT_UInt index;
    struct font_face *face = face_with(g, cp, bold, &index);

    if (!face || (face->px != px && FT_Set_Pixel_Sizes(face->ft, 0, (FT_UInt)px)))
        return NULL;
    face->px = px;
    return FT_Load_Glyph(face->ft, index, FT_LOAD_RENDER | FT_LOAD_TARGET_MONO) ? NULL : face->ft->glyph;
}

/* Copies at most `width` by `height` dots of it. */
static void copy(const FT_Bitmap *from, struct dots *to, int x, int y, int width, int height)
{
    for (int j = 0; j < (int)from->rows && j < height; j++)
        for (int i = 0; i < (int)from->width && i < width; i++)
            if (from->buffer[j * from->pitch + i / 8] & (0x80 >> (i & 7)))
                dots_set(to, x + i, y + j, true);
}

/* Where something of `size` that would begin at `at` begins so that it ends within `room`. */
static int inside(int at, int size, int room)
{
    if (at + size > room)
        at = room - size;
    return at < 0 ? 0 : at;
}

/* The em square of a Chinese font reaches 0.88 above the line and 0.12 below it. */
static int top_of(FT_GlyphSlot slot, int px)
{
    return inside(px * 88 / 100 - slot->bitmap_top, (int)slot->bitmap.rows, px);
}

static bool blank(uint32_t cp)
{
    return cp == ' ' || cp == 0xA0 || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x202F || cp == 0x3000;
}

void glyphs_draw(struct glyphs *g, uint32_t cp, int px, bool bold, struct dots *to, int x, int y)
{
    int width = paper_columns_of(cp) == 1 ? px / 2 : px;
    FT_GlyphSlot slot;

    if (blank(cp))
        return;
    slot = render(g, cp, px, bold);
    if (slot)
        copy(&slot->bitmap, to, x + inside(slot->bitmap_left, (int)slot->bitmap.width, width), y + top_of(slot, px), width,
             px);
    else
        code_box(cp, width, px, fill_in_cell, &(struct cell){to, x, y});
}

/* Marks with ink; variation selectors and signs that only steer have none, whatever a font shows for them. */
static bool combining(uint32_t cp)
{
    return (cp >= 0x300 && cp <= 0x36F) || (cp >= 0x1AB0 && cp <= 0x1DFF) || (cp >= 0x20D0 && cp <= 0x20FF) ||
           (cp >= 0xFE20 && cp <= 0xFE2F);
}

void glyphs_mark(struct glyphs *g, uint32_t cp, int px, bool bold, struct dots *to, int x, int width, int y)
{
    FT_GlyphSlot slot = combining(cp) ? render(g, cp, px, bold) : NULL;

    if (slot)
        copy(&slot->bitmap, to, x + (width - (int)slot->bitmap.width) / 2, y + top_of(slot, px), width, px);
}
