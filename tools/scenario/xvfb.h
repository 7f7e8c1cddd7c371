/* SPDX-License-Identifier: Apache-2.0
 *
 * A display of its own that nobody sees (Xvfb), with a finger (the XTEST extension) and an eye for single pixels. For the
 * scenario that is played with real pointer events, and for the bench.
 */
#ifndef SCENARIO_XVFB_H
#define SCENARIO_XVFB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct xvfb;

/* -ERR_NOTFOUND when Xvfb or XTEST is not there. */
int xvfb_start(int width, int height, struct xvfb **ret, struct err *e);
void xvfb_stop(struct xvfb *x);                 /* takes NULL */
const char *xvfb_display(const struct xvfb *x); /* ":7", for DISPLAY */

/* The pointer goes there and its button down, or goes there with the button down, or the button comes up there. */
void xvfb_press(struct xvfb *x, int px, int py);
void xvfb_move(struct xvfb *x, int px, int py);
void xvfb_release(struct xvfb *x, int px, int py);

uint32_t xvfb_pixel(struct xvfb *x, int px, int py); /* 0xRRGGBB */
/* Looks again and again until the pixel is no longer `was` (or, with `is`, until it is `was`). False after `ms`. */
bool xvfb_wait(struct xvfb *x, int px, int py, uint32_t was, bool is, int ms);

#endif
