/* SPDX-License-Identifier: Apache-2.0
 *
 * A picture on the kernel's own framebuffer, without SDL, OpenGL or a display server: what is shown before a program has the
 * screen, and whenever none has it any more.
 */
#ifndef UI_DRAW_PANEL_H
#define UI_DRAW_PANEL_H

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

#endif
