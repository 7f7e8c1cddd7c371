/* SPDX-License-Identifier: Apache-2.0
 *
 * A character no font has: its code point in a frame, so that somebody can look up what it is. The same on screen and paper.
 */
#ifndef BASE_CODE_BOX_H
#define BASE_CODE_BOX_H

#include <stdint.h>

/* Calls fill(ctx, x, y, width, height) for each black rectangle of a box `width` by `px` at 0, 0. From 20 px on all of it
 * lies inside. */
void code_box(uint32_t cp, int width, int px, void (*fill)(void *ctx, int x, int y, int width, int height), void *ctx);

#endif
