/* SPDX-License-Identifier: Apache-2.0
 *
 * See font.h. Advances scale with the size, so each is asked once, at a large size, and kept in thousandths of an em.
 */
#include "ui/draw/font.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/text.h"
#include "ui/draw/font_file.h"

#define NOTO "/usr/share/fonts/opentype/noto/NotoSansCJK-"
#define NOTO_SC 2 /* the face of a .ttc whose glyphs are those of the mainland */
#define HANA "/usr/share/fonts/truetype/hanazono/HanaMin"
#define EM 1000
#define KEPT 0x2100 /* Latin, marks, general punctuation; everything wide is one em */
#define RARE_FROM 0x2E80

enum { FACE_RARE_A = WEIGHT_COUNT, FACE_RARE_B, FACE_COUNT };

struct fonts {
    TTF_Font *face[FACE_COUNT];
    int px[FACE_COUNT];
    bool missing[FACE_COUNT];
    short advance[WEIGHT_COUNT][KEPT]; /* + 1; 0: not asked yet */
};

static const struct {
    const char *path;
    int index;
} files[FACE_COUNT] = {{NOTO "Regular.ttc", NOTO_SC},
                       {NOTO "Medium.ttc", NOTO_SC},
                       {NOTO "Bold.ttc", NOTO_SC},
                       {HANA "A.ttf", 0},
                       {HANA "B.ttf", 0}};

static TTF_Font *open_face(struct fonts *f, int i)
{
    if (!f->face[i] && !f->missing[i]) {
        SDL_RWops *file = font_file_open(files[i].path);

        f->face[i] = file ? TTF_OpenFontIndexRW(file, 1, 32, files[i].index) : NULL;
        f->px[i] = 32;
        f->missing[i] = !f->face[i];
        if (f->face[i]) {
            TTF_SetFontHinting(f->face[i], TTF_HINTING_LIGHT_SUBPIXEL);
            TTF_SetFontKerning(f->face[i], 0); /* so that a line is as wide as its characters */
        }
    }
    return f->face[i];
}

/* Medium is in a package of its own, which may be left out to save memory: bold serves. */
static int face_of(struct fonts *f, enum weight w)
{
    return w == WEIGHT_MEDIUM && !open_face(f, WEIGHT_MEDIUM) ? WEIGHT_BOLD : (int)w;
}

static TTF_Font *sized(struct fonts *f, int i, int px)
{
    if (f->px[i] != px) {
        TTF_SetFontSize(f->face[i], px);
        f->px[i] = px;
    }
    return f->face[i];
}

int fonts_create(struct fonts **ret, struct err *e)
{
    struct fonts *f = calloc(1, sizeof *f);

    if (!f || TTF_Init() < 0) {
        free(f);
        return err_set(e, ERR_NOMEM, "start the text library: %s", TTF_GetError());
    }
    if (!open_face(f, WEIGHT_REGULAR) || !open_face(f, WEIGHT_BOLD)) {
        int rc = err_set(e, ERR_NOTFOUND, "open the fonts of package fonts-noto-cjk: %s", TTF_GetError());

        fonts_destroy(f);
        return rc;
    }
    *ret = f;
    return 0;
}

void fonts_destroy(struct fonts *f)
{
    if (!f)
        return;
    for (int i = 0; i < FACE_COUNT; i++)
        if (f->face[i])
            TTF_CloseFont(f->face[i]);
    TTF_Quit();
    free(f);
}

TTF_Font *fonts_face(struct fonts *f, enum weight w, int px, uint32_t cp)
{
    int i = face_of(f, w);

    if (cp >= RARE_FROM && !TTF_GlyphIsProvided32(f->face[i], cp))
        for (int rare = FACE_RARE_A; rare <= FACE_RARE_B; rare++)
            if (open_face(f, rare) && TTF_GlyphIsProvided32(f->face[rare], cp))
                return sized(f, rare, px);
    return sized(f, i, px);
}

static int ask_advance(struct fonts *f, enum weight w, uint32_t cp)
{
    int i = face_of(f, w), px = f->px[i], advance = EM;

    TTF_GlyphMetrics32(sized(f, i, EM), cp, NULL, NULL, NULL, NULL, &advance);
    sized(f, i, px);
    return advance;
}

int fonts_advance(void *ctx, enum weight w, int px, uint32_t cp)
{
    struct fonts *f = ctx;

    if (cp >= KEPT)
        return (text_is_wide(cp) ? EM : ask_advance(f, w, cp)) * px * 64 / EM;
    if (!f->advance[w][cp])
        f->advance[w][cp] = (short)(ask_advance(f, w, cp) + 1);
    return (f->advance[w][cp] - 1) * px * 64 / EM;
}

void fonts_wash(struct fonts *f)
{
    const char blank[] = "                                                                                ";
    int w, h;

    for (int i = 0; i < FACE_COUNT; i++)
        if (f->face[i])
            TTF_SizeUTF8(f->face[i], blank, &w, &h);
}
