/* SPDX-License-Identifier: Apache-2.0
 *
 * The faces: Noto Sans CJK SC in three weights, each opened when first used, and HanaMin for characters it lacks, opened
 * only then. The files are mapped, and FreeType reads its tables where they lie: a face costs 1 MB instead of the 3 it
 * takes when a library copies them. What text needs besides glyphs (shaping, kerning) these pages do not use.
 */
#ifndef UI_DRAW_FONT_H
#define UI_DRAW_FONT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "ui/node/style.h"

struct fonts;

/* Coverage of one character, 0..255: `left` px right of the pen, its first row `above` px over the baseline. */
struct glyph {
    const uint8_t *cover; /* borrowed until the next call */
    int w, h, pitch;
    int left, above;
};

int fonts_create(struct fonts **ret, struct err *e);
void fonts_destroy(struct fonts *f); /* takes NULL */
/* A character is a code point, or a quotation mark with LATIN_FORM.
 * The face that has the character, or the weight's own: a number to compare and to hand to fonts_glyph(). */
int fonts_face(struct fonts *f, enum weight w, uint32_t cp);
bool fonts_has(struct fonts *f, int face, uint32_t cp);
/* A character at a size, the pen `shift` 1/64 px right of a pixel's edge. False: it has no ink. */
bool fonts_glyph(struct fonts *f, int face, int px, uint32_t cp, int shift, struct glyph *ret);
/* For struct metrics: ctx is a struct fonts. */
int fonts_advance(void *ctx, enum weight w, int px, uint32_t cp);
/* What the pixels of text depend on, a line each: the library's version, each file's name and its own checksum. */
void fonts_versions(struct fonts *f, struct buf *out);
/* Overwrites what the faces remember of the last text they set, and gives back the mapped pages it came from. */
void fonts_wash(struct fonts *f);

#endif
