/* SPDX-License-Identifier: Apache-2.0
 *
 * A picture as PNG; and as BMP, the one kind that a boot loader's stub shows.
 */
#ifndef UI_DRAW_FRAME_H
#define UI_DRAW_FRAME_H

#include "base/buf.h"
#include "base/err.h"
#include "ui/draw/canvas.h"

/* Appends to out. */
int frame_png(const struct canvas *c, struct buf *out, struct err *e);
int frame_bmp(const struct canvas *c, struct buf *out, struct err *e); /* 24 bits, not compressed */

#endif
