/* SPDX-License-Identifier: Apache-2.0
 *
 * One-bit rendering: the same black and white a thermal head makes, no grey to threshold later.
 */
#include "drivers/printer/glyph.h"

#include <ft2build.h>
#include <stdlib.h>
#include <string.h>
#include FT_FREETYPE_H

#define NOTO "/usr/share/fonts/opentype/noto/NotoSansCJK-"
#define HANA "/usr/share/fonts/truetype/hanazono/HanaMin"
#define MONO_SC "Noto Sans Mono CJK SC"
#define MONO_SC_INDEX 7
#define FACES_MAX 16

enum font { FONT_REGULAR, FONT_BOLD, FONT_RARE_A, FONT_RARE_B, FONT_COUNT };
static const char *const paths[FONT_COUNT] = {NOTO "Regular.ttc", NOTO "Bold.ttc", HANA "A.ttf", HANA "B.ttf"};

struct glyphs {
    FT_Library library;
    FT_Face faces[FONT_COUNT];
    bool tried[FONT_COUNT];
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
    for (int j = y; j < y + height; j++)
        for (int i = x; i < x + width; i++)
            dots_set(d, i, j, true);
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
    if (!g->tried[f])
        g->faces[f] = open_face(g->library, paths[f], MONO_SC);
    g->tried[f] = true;
    return g->faces[f];
}

int glyphs_open(struct glyphs **ret, struct err *e)
{
    struct glyphs *g = calloc(1, sizeof *g);

    if (!g)
        abort();
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
        if (g->faces[i])
            FT_Done_Face(g->faces[i]);
    FT_Done_FreeType(g->library);
    free(g);
}

static void box(struct dots *to, int px, int x, int y)
{
    for (int i = 2; i < px - 2; i++) {
        dots_set(to, x + i, y + 2, true);
        dots_set(to, x + i, y + px - 3, true);
        dots_set(to, x + 2, y + i, true);
        dots_set(to, x + px - 3, y + i, true);
    }
}

/* First the wanted weight, then the other, then the rare fonts. */
static FT_Face face_with(struct glyphs *g, uint32_t cp, bool bold, FT_UInt *ret_index)
{
    const enum font order[] = {bold ? FONT_BOLD : FONT_REGULAR, bold ? FONT_REGULAR : FONT_BOLD, FONT_RARE_A, FONT_RARE_B};

    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        FT_Face face = face_of(g, order[i]);

        *ret_index = face ? FT_Get_Char_Index(face, cp) : 0;
        if (*ret_index)
            return face;
    }
    return NULL;
}

static void copy(const FT_Bitmap *from, struct dots *to, int x, int y)
{
    for (unsigned j = 0; j < from->rows; j++)
        for (unsigned i = 0; i < from->width; i++)
            if (from->buffer[(int)j * from->pitch + (int)(i / 8)] & (0x80 >> (i & 7)))
                dots_set(to, x + (int)i, y + (int)j, true);
}

void glyphs_draw(struct glyphs *g, uint32_t cp, int px, bool bold, struct dots *to, int x, int y)
{
    FT_UInt index;
    FT_Face face = face_with(g, cp, bold, &index);

    if (!face || FT_Set_Pixel_Sizes(face, 0, (FT_UInt)px) ||
        FT_Load_Glyph(face, index, FT_LOAD_RENDER | FT_LOAD_TARGET_MONO)) {
        box(to, px, x, y);
        return;
    }
    /* the em square of a Chinese font reaches 0.88 above the line and 0.12 below it */
    copy(&face->glyph->bitmap, to, x + face->glyph->bitmap_left, y + px * 88 / 100 - face->glyph->bitmap_top);
}
