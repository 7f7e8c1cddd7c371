/* SPDX-License-Identifier: Apache-2.0
 *
 * A picture on the kernel's own framebuffer, without SDL, OpenGL or a display server: what is shown before a program has the
 * screen, and whenever none has it any more.
 */
#ifndef UI_DRAW_PANEL_H
#define UI_DRAW_PANEL_H

#include "base/buf.h"
#include "base/err.h"
#include "ui/draw/canvas.h"

/* How pixels lie in a framebuffer: of 32 bits, or of 16 as 5, 6, 5. */
struct panel_format {
    int w, h, bits, row; /* row: bytes from one to the next */
};

/* Row `y` of the panel into `out`, f->row bytes: the picture as large as it fits, in the middle, black beside it. */
void panel_row(const struct canvas *c, const struct panel_format *f, int y, unsigned char *out);
/* `device`: /dev/fb0. It stays there when this program has ended. -ERR_NOTFOUND: there is no such panel, or one whose pixels
 * are of another kind. */
int panel_show(const char *device, const struct canvas *c, struct err *e);

/* A picture as a file of its own for panel_show() without anything that draws: "TONGPIC1" ‖ be16(w) ‖ be16(h) ‖ each pixel's
 * XRGB, big-endian, by rows. Decoded, the pixels stand in `ret_px`, which is the caller's to free; -ERR_INVALID: it is not
 * one, or not whole, and nothing is there. */
#define PANEL_PICTURE_MAX (12 + 4 * 4096 * 4096)
int panel_picture_encode(const struct canvas *c, struct buf *out);
int panel_picture_decode(const void *data, size_t len, struct canvas *ret, uint32_t **ret_px, struct err *e);

#endif
