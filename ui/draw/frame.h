/* SPDX-License-Identifier: Apache-2.0
 *
 * A picture as PNG.
 */
#ifndef UI_DRAW_FRAME_H
#define UI_DRAW_FRAME_H

#include "base/buf.h"
#include "base/err.h"
#include "ui/draw/canvas.h"

/* Appends to out. */
int frame_png(const struct canvas *c, struct buf *out, struct err *e);

#endif
