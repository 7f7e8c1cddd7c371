/* SPDX-License-Identifier: Apache-2.0
 *
 * See font.h. Advances scale with the size, so each is asked once, in thousandths of an em, and kept.
 */
#include "ui/draw/font.h"

#include <fcntl.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_ADVANCES_H
#include FT_OUTLINE_H
#include FT_TRUETYPE_TABLES_H
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

#define NOTO "/usr/share/fonts/opentype/noto/NotoSansCJK-"
#define NOTO_KR                                                                                                             \
    1 /* shares all glyphs, and names the narrow quotation marks, which mainland faces set as wide as a character */
#define NOTO_SC 2 /* the face of a .ttc whose glyphs are those of the mainland */
#define HANA "/usr/share/fonts/truetype/hanazono/HanaMin"
#define EM 1000
#define KEPT 0x2100 /* Latin, marks, general punctuation; everything wide is one em */
#define RARE_FROM 0x2E80
#define LATIN_DASH 0x2014 /* its glyph is for Latin text: 0.89 em, low, with gaps between two of them */
#define FULL_DASH 0x2015  /* one em, in the middle of the line, as Chinese sets the same mark */

enum { FACE_RARE_A = WEIGHT_COUNT, FACE_RARE_B, FACE_COUNT };

struct face {
    void *map; /* the whole file */
    size_t len;
    FT_Face ft;
    int px;
    bool missing, asked;
    FT_UInt quotes[4]; /* narrow ‘ ’ “ ”, once they were asked for */
};

struct fonts {
    FT_Library library;
    struct face faces[FACE_COUNT];
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

/* --- faces --- */

static bool map_file(struct face *f, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;

    if (fd >= 0 && fstat(fd, &st) == 0 && st.st_size > 0) {
        void *at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);

        f->map = at == MAP_FAILED ? NULL : at;
        f->len = (size_t)st.st_size;
    }
    if (fd >= 0)
        close(fd);
    return f->map;
}

static bool open_face(struct fonts *fonts, int i)
{
    struct face *f = &fonts->faces[i];

    if (!f->ft && !f->missing)
        f->missing = !map_file(f, files[i].path) ||
                     FT_New_Memory_Face(fonts->library, f->map, (FT_Long)f->len, files[i].index, &f->ft);
    return !f->missing;
}

/* Medium is in a package of its own, which may be left out to save memory: bold serves. */
static int face_of(struct fonts *f, enum weight w)
{
    return w == WEIGHT_MEDIUM && !open_face(f, WEIGHT_MEDIUM) ? WEIGHT_BOLD : (int)w;
}

int fonts_create(struct fonts **ret, struct err *e)
{
    struct fonts *f = calloc(1, sizeof *f);

    if (!f || FT_Init_FreeType(&f->library)) {
        free(f);
        return err_set(e, ERR_NOMEM, "start the text library");
    }
    if (!open_face(f, WEIGHT_REGULAR) || !open_face(f, WEIGHT_BOLD)) {
        fonts_destroy(f);
        return err_set(e, ERR_NOTFOUND, "open the fonts of package fonts-noto-cjk");
    }
    *ret = f;
    return 0;
}

void fonts_destroy(struct fonts *f)
{
    if (!f)
        return;
    for (int i = 0; i < FACE_COUNT; i++) {
        if (f->faces[i].ft)
            FT_Done_Face(f->faces[i].ft);
        if (f->faces[i].map)
            munmap(f->faces[i].map, f->faces[i].len);
    }
    FT_Done_FreeType(f->library);
    free(f);
}

static void ask_quotes(struct fonts *fonts, struct face *f)
{
    static const FT_ULong marks[4] = {0x2018, 0x2019, 0x201C, 0x201D};
    FT_Face other;

    f->asked = true;
    if (FT_New_Memory_Face(fonts->library, f->map, (FT_Long)f->len, NOTO_KR, &other))
        return;
    for (int i = 0; i < 4; i++)
        f->quotes[i] = FT_Get_Char_Index(other, marks[i]);
    FT_Done_Face(other);
}

/* By the bits that tell 18, 19, 1C and 1D apart. */
static FT_UInt narrow_quote(struct fonts *fonts, int face, uint32_t cp)
{
    struct face *f = &fonts->faces[face];
    FT_UInt glyph;

    if (!f->asked && face < WEIGHT_COUNT)
        ask_quotes(fonts, f);
    glyph = f->quotes[(cp & 1) + (cp & 4 ? 2 : 0)];
    return glyph ? glyph : FT_Get_Char_Index(f->ft, cp & ~LATIN_FORM);
}

/* Without shaping nothing asks the face for its other forms: those that differ are named here. */
static FT_UInt index_of(struct fonts *f, int face, uint32_t cp)
{
    if (cp & LATIN_FORM)
        return narrow_quote(f, face, cp);
    return FT_Get_Char_Index(f->faces[face].ft, cp == LATIN_DASH ? FULL_DASH : cp);
}

bool fonts_has(struct fonts *f, int face, uint32_t cp)
{
    return index_of(f, face, cp) != 0;
}

int fonts_face(struct fonts *f, enum weight w, uint32_t cp)
{
    int own = face_of(f, w);

    if (cp >= RARE_FROM && !fonts_has(f, own, cp))
        for (int rare = FACE_RARE_A; rare <= FACE_RARE_B; rare++)
            if (open_face(f, rare) && fonts_has(f, rare, cp))
                return rare;
    return own;
}

void fonts_versions(struct fonts *f, struct buf *out)
{
    FT_Int major, minor, patch;

    FT_Library_Version(f->library, &major, &minor, &patch);
    buf_addf(out, "freetype %d.%d.%d\n", major, minor, patch);
    for (int i = 0; i < FACE_COUNT; i++) {
        const TT_Header *head = open_face(f, i) ? FT_Get_Sfnt_Table(f->faces[i].ft, FT_SFNT_HEAD) : NULL;

        buf_addf(out, "%s %08lx\n", strrchr(files[i].path, '/') + 1, head ? head->CheckSum_Adjust & 0xFFFFFFFF : 0);
    }
}

/* --- glyphs --- */

static void set_size(struct face *f, int px)
{
    if (f->px != px)
        FT_Set_Pixel_Sizes(f->ft, 0, (FT_UInt)px);
    f->px = px;
}

bool fonts_glyph(struct fonts *fonts, int face, int px, uint32_t cp, int shift, struct glyph *ret)
{
    struct face *f = &fonts->faces[face];
    FT_GlyphSlot slot = f->ft->glyph;

    set_size(f, px);
    if (FT_Load_Glyph(f->ft, index_of(fonts, face, cp), FT_LOAD_TARGET_LIGHT | FT_LOAD_NO_BITMAP) ||
        slot->format != FT_GLYPH_FORMAT_OUTLINE)
        return false;
    FT_Outline_Translate(&slot->outline, shift, 0);
    if (FT_Render_Glyph(slot, FT_RENDER_MODE_NORMAL) || !slot->bitmap.width)
        return false;
    *ret = (struct glyph){.cover = slot->bitmap.buffer,
                          .w = (int)slot->bitmap.width,
                          .h = (int)slot->bitmap.rows,
                          .pitch = slot->bitmap.pitch,
                          .left = slot->bitmap_left,
                          .above = slot->bitmap_top};
    return true;
}

/* What only steers takes no room where the face has nothing for it; what is missing takes that of its code (code_box()). */
static int ask_advance(struct fonts *f, enum weight w, uint32_t cp)
{
    int face = face_of(f, w);
    FT_Face ft = f->faces[face].ft;
    FT_UInt glyph = index_of(f, face, cp);
    FT_Fixed units = 0;

    if (!glyph)
        return text_has_no_width(cp) ? 0 : EM;
    FT_Get_Advance(ft, glyph, FT_LOAD_NO_SCALE, &units);
    return (int)(units * EM / ft->units_per_EM);
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
    struct glyph unused;

    for (int i = 0; i < FACE_COUNT; i++)
        if (f->faces[i].ft) {
            fonts_glyph(f, i, f->faces[i].px ? f->faces[i].px : EM / 10, 0x25A0, 0, &unused); /* a filled square */
            madvise(f->faces[i].map, f->faces[i].len, MADV_DONTNEED);
        }
}
