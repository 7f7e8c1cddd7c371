/* SPDX-License-Identifier: Apache-2.0
 *
 * The window and the picture in it. Where the window has the picture's size its own surface is the picture; elsewhere
 * the picture is scaled into it with bars at the sides.
 */
#ifndef UI_DRAW_WINDOW_H
#define UI_DRAW_WINDOW_H

#include "base/err.h"
#include "ui/draw/canvas.h"
#include "ui/draw/paint.h"

struct window;

/* `framed`: a window of a desktop, which can be resized; else the whole screen. -ERR_NOTFOUND: there is no display, or
 * nothing is attached to it; drivers that draw for nobody (dummy, offscreen) serve only where SDL_VIDEODRIVER names them. */
int window_create(int w, int h, bool framed, struct window **ret, struct err *e);
void window_destroy(struct window *w); /* takes NULL */
/* The picture to draw into. *ret_lost: its pixels are gone, draw all of it. */
struct canvas window_canvas(struct window *w, bool *ret_lost);
/* Shows these parts. */
void window_present(struct window *w, const struct damage *d);
void window_present_all(struct window *w);
/* Becomes readable when the display has events; -1 where the driver has none. */
int window_fd(const struct window *w);
/* The folder of the devices that SDL reads itself, where the display brings no touches: "/dev/input" on a bare panel, else
 * NULL. */
const char *window_devices(void);
/* From a place in the window to one in the picture. */
void window_to_picture(const struct window *w, int *x, int *y);
void window_size(const struct window *w, int *ret_w, int *ret_h);

#endif
