/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of the layout share: layout.c (block by block), layout_picture.c (what goes as dots). Nobody else includes
 * it.
 */
#ifndef DRIVERS_PRINTER_LAYOUT_PARTS_H
#define DRIVERS_PRINTER_LAYOUT_PARTS_H

#include "drivers/printer/layout.h"

#define CANVAS_ROWS 352
#define CANVAS_STRIDE 104 /* 832 dots, the widest profile */
#define SIDE 3            /* thickness of frame and rules */

struct builder {
    struct layout *l;
    const struct paper *paper;
    const struct profile *p;
    struct glyphs *g;
    int width; /* whole columns: 504 of 512 dots */
    bool frame;
    struct dots canvas;
    uint8_t pixels[CANVAS_ROWS * CANVAS_STRIDE];
};

/* A line, or one that is thrown away when there is no room. */
struct layout_line *layout_add_line(struct builder *b, enum layout_kind kind, int dots);
int layout_pitch(int scale);

/* layout_picture.c */
void layout_white(struct builder *b, int dots);
void layout_picture_text(struct builder *b, const struct layout_run *runs, int n, int scale, enum paper_align align);
void layout_rule(struct builder *b, bool dashed);
void layout_frame(struct builder *b, bool on);
void layout_band(struct builder *b, const char *text);
void layout_mark(struct builder *b, int dots, const char *text);
int layout_qr(struct builder *b, const char *text, struct err *e);
/* The character as a printer wants it defined (FS 2), kept once a paper; false when no more can be kept. */
bool layout_keep_glyph(struct builder *b, uint32_t cp);

#endif
