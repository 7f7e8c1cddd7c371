/* SPDX-License-Identifier: Apache-2.0
 *
 * See printed.h.
 */
#include "tools/hand/printed.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include <stdlib.h>
#include <string.h>

#include "tools/hand/skeleton.h"

#define GLYPH_PX 104
#define EDGE 2 /* px that stay white */

struct printed {
    FT_Library library;
    FT_Face face;
    uint8_t black[SKELETON_SIDE][SKELETON_SIDE];
};

static FT_Face open_face(FT_Library library, const char *path)
{
    FT_Face face;

    for (FT_Long i = 0; FT_New_Face(library, path, i, &face) == 0; i++) {
        if (strstr(face->family_name, " SC") && !strstr(face->family_name, "Mono") &&
            FT_Set_Pixel_Sizes(face, 0, GLYPH_PX) == 0)
            return face;
        FT_Done_Face(face);
    }
    return NULL;
}

struct printed *printed_open(const char *path)
{
    struct printed *p = calloc(1, sizeof *p);

    if (!p || FT_Init_FreeType(&p->library)) {
        free(p);
        return NULL;
    }
    if (!(p->face = open_face(p->library, path))) {
        printed_close(p);
        return NULL;
    }
    return p;
}

void printed_close(struct printed *p)
{
    FT_Done_FreeType(p->library); /* and its face */
    free(p);
}

bool printed_ink(struct printed *p, uint32_t character, struct ink *ret)
{
    FT_UInt glyph = FT_Get_Char_Index(p->face, character);

    if (!glyph || FT_Load_Glyph(p->face, glyph, FT_LOAD_RENDER | FT_LOAD_NO_HINTING))
        return false;
    const FT_Bitmap *bitmap = &p->face->glyph->bitmap;
    int left = p->face->glyph->bitmap_left + 4, top = GLYPH_PX - 10 - p->face->glyph->bitmap_top;

    memset(p->black, 0, sizeof p->black);
    for (int y = 0; y < (int)bitmap->rows; y++)
        for (int x = 0; x < (int)bitmap->width; x++) {
            int px = left + x, py = top + y;

            if (px >= EDGE && py >= EDGE && px < SKELETON_SIDE - EDGE && py < SKELETON_SIDE - EDGE)
                p->black[py][px] = bitmap->buffer[y * bitmap->pitch + x] >= 128;
        }
    skeleton(p->black, ret);
    return true;
}
