/* SPDX-License-Identifier: Apache-2.0
 *
 * A printer has its font in ROM; this one renders a character when it is first used and keeps it.
 */
#include "drivers/virtual/font.h"

#include <ft2build.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/must.h"
#include FT_FREETYPE_H

#define FONT_FILE "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
#define FONT_FAMILY "Noto Sans Mono CJK SC"
#define FACE_LIKELY 7 /* where Debian's collection has it */
#define FACES_MAX 16
#define CELLS_MAX 4096 /* beyond it the table starts anew */

struct entry {
    uint32_t cp;
    struct font_cell cell;
};
static struct {
    bool tried;
    FT_Face face;
    struct entry *cells;
    size_t n;
} font;

static bool open_face(FT_Library library, FT_Long index)
{
    if (FT_New_Face(library, FONT_FILE, index, &font.face))
        return false;
    if (font.face->family_name && !strcmp(font.face->family_name, FONT_FAMILY) &&
        !FT_Set_Pixel_Sizes(font.face, 0, FONT_CELL))
        return true;
    FT_Done_Face(font.face);
    font.face = NULL;
    return false;
}

static void open_font(void)
{
    FT_Library library;

    font.tried = true;
    font.cells = calloc(CELLS_MAX, sizeof *font.cells);
    must(font.cells, "out of memory");
    if (FT_Init_FreeType(&library) || open_face(library, FACE_LIKELY))
        return;
    for (FT_Long i = 0; i < FACES_MAX && !font.face; i++)
        open_face(library, i);
}

static void box(struct font_cell *c)
{
    for (int y = 2; y < FONT_CELL - 2; y++)
        c->rows[y] = y == 2 || y == FONT_CELL - 3 ? 0x3FFFFC00u : 0x20000400u;
}

static void draw(uint32_t cp, struct font_cell *c)
{
    const FT_Bitmap *b;
    int left, top;

    memset(c, 0, sizeof *c);
    if (!font.face || !FT_Get_Char_Index(font.face, cp) ||
        FT_Load_Char(font.face, cp, FT_LOAD_RENDER | FT_LOAD_TARGET_MONO)) {
        box(c);
        return;
    }
    b = &font.face->glyph->bitmap;
    left = font.face->glyph->bitmap_left;
    top = 21 - font.face->glyph->bitmap_top;
    for (int y = 0; y < (int)b->rows; y++)
        for (int x = 0; x < (int)b->width; x++)
            if (y + top >= 0 && y + top < FONT_CELL && x + left >= 0 && x + left < FONT_CELL &&
                (b->buffer[y * b->pitch + x / 8] & (0x80 >> (x & 7))))
                c->rows[y + top] |= 0x80000000u >> (x + left);
}

const struct font_cell *font_cell(uint32_t cp)
{
    if (!font.tried)
        open_font();
    for (size_t i = 0; i < font.n; i++)
        if (font.cells[i].cp == cp)
            return &font.cells[i].cell;
    if (font.n == CELLS_MAX)
        font.n = 0;
    font.cells[font.n].cp = cp;
    draw(cp, &font.cells[font.n].cell);
    return &font.cells[font.n++].cell;
}
