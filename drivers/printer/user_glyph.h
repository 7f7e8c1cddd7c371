/* SPDX-License-Identifier: Apache-2.0
 *
 * Characters a printer is taught (FS 2) because its font lacks them: which of them it knows now, and text with their codes.
 * Pure; for one paper, as ESC @ makes the printer forget.
 */
#ifndef DRIVERS_PRINTER_USER_GLYPH_H
#define DRIVERS_PRINTER_USER_GLYPH_H

#include <stdbool.h>

#include "drivers/printer/layout.h"

struct user_glyphs {
    int n;                          /* how many at a time: the profile's */
    uint32_t cp[LAYOUT_TAUGHT_MAX]; /* by slot; 0: free */
    int next;                       /* the slot that is taken next */
};

/* Appends the definition of one character that this line needs and the printer does not know; false when it knows all. Only
 * between lines. The layout has seen to it that no line needs more than there are slots. */
bool user_glyphs_teach(struct user_glyphs *u, const struct layout *l, const struct layout_line *line, struct buf *out);
/* escpos_text(), with codes for what was taught. */
int user_glyphs_text(const struct user_glyphs *u, const struct layout *l, const struct layout_run *run, enum gb_range range,
                     struct buf *out);

#endif
