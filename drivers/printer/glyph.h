/* SPDX-License-Identifier: Apache-2.0
 *
 * Characters as dots, for titles and for characters no printer has. FreeType does the work; glyph.c is its only user here.
 *
 * Fonts, each opened when a character is in none before it: Noto Sans CJK SC (SIL Open Font Licence 1.1), HanaMinA and
 * HanaMinB (their own free licence, or SIL OFL 1.1). Together they have every ideograph of GB 18030-2022.
 */
#ifndef DRIVERS_PRINTER_GLYPH_H
#define DRIVERS_PRINTER_GLYPH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* A picture of dots: rows of `stride` bytes, MSB left, 1 = black. Borrowed memory. */
struct dots {
    uint8_t *rows;
    int width, height, stride;
};
void dots_set(struct dots *d, int x, int y, bool black); /* outside: nothing */
bool dots_get(const struct dots *d, int x, int y);       /* outside: white */
void dots_fill(struct dots *d, int x, int y, int width, int height);
void dots_invert(struct dots *d);

struct glyphs;
/* -ERR_NOTFOUND when the fonts are not installed. */
int glyphs_open(struct glyphs **ret, struct err *e);
void glyphs_close(struct glyphs *g); /* takes NULL */
/* Draws one character into the cell at x, y: `px` high, as wide as it is high, or half for what takes one column
 * (model/paper.h). It stays in its cell. What no font has becomes a frame with its code point in it. */
void glyphs_draw(struct glyphs *g, uint32_t cp, int px, bool bold, struct dots *to, int x, int y);
/* Draws what takes no column over the cell before it, `width` wide; nothing when no font has it. */
void glyphs_mark(struct glyphs *g, uint32_t cp, int px, bool bold, struct dots *to, int x, int width, int y);

#endif
