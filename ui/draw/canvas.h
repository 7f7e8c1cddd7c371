/* SPDX-License-Identifier: Apache-2.0
 *
 * Pixels in memory and the few things drawn into them: filled boxes, rounded boxes, rings, coverage masks, pictures made
 * of runs. Colours are 0xRRGGBB; everything is cut by the clip box. Knows no SDL and allocates nothing.
 */
#ifndef UI_DRAW_CANVAS_H
#define UI_DRAW_CANVAS_H

#include <stddef.h>
#include <stdint.h>

#include "ui/node/box.h"

struct canvas {
    uint32_t *px; /* 0x00RRGGBB, borrowed */
    int stride;   /* in pixels */
    int w, h;
    struct box clip;
};

/* Coverage 0..255, row by row. */
struct mask {
    const uint8_t *cover;
    int w, h;
};

void canvas_fill(struct canvas *c, struct box b, uint32_t rgb, int alpha);
/* Corners are anti-aliased arcs; radius ≥ half the side makes a disc. */
void canvas_round(struct canvas *c, struct box b, int radius, uint32_t rgb, int alpha);
/* The disc that fills `disc`, cut by `frame` with its rounded corners. */
void canvas_disc_in(struct canvas *c, struct box disc, struct box frame, int radius, uint32_t rgb);
/* Only the edge, `border` px inside b. */
void canvas_edge(struct canvas *c, struct box b, int radius, int border, uint32_t rgb);
/* A ring inside b, `border` thick, `part` of 1000 clockwise from the top, with round ends. */
void canvas_ring(struct canvas *c, struct box b, int border, uint32_t rgb, int part);
/* A line through the points, `thick` px wide, with round ends and corners. */
void canvas_stroke(struct canvas *c, const struct point *points, size_t n, int thick, uint32_t rgb);
void canvas_mask(struct canvas *c, int x, int y, struct mask m, uint32_t rgb);
/* The mask stretched over b: its outer `edge` px stay as they are, the middle is repeated. `hole` is left out: what will
 * be drawn over it anyway. */
void canvas_nine(struct canvas *c, struct box b, struct mask m, int edge, uint32_t rgb, struct box hole);
/* A picture of w × h as in the asset file: an offset for each row, then runs of (count, 0xAARRGGBB). It is cut by `frame`
 * with its rounded corners. */
void canvas_runs(struct canvas *c, int x, int y, int w, int h, const uint32_t *data, struct box frame, int radius);

#endif
