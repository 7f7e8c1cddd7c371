/* SPDX-License-Identifier: Apache-2.0
 *
 * The tray below the printers: every piece of paper is kept as DIR/NNN-role.bin (the bytes received), .txt (the text on
 * it) and .png (how it looks), and listed.
 */
#ifndef DESK_PAPER_H
#define DESK_PAPER_H

#include "base/buf.h"
#include "base/err.h"
#include "drivers/virtual/printer.h"

struct tray;

/* Makes the folder; numbers go on behind those that lie there. */
struct tray *tray_create(const char *dir, struct err *e);
void tray_destroy(struct tray *t); /* takes NULL */
/* Keeps a piece of paper. */
void tray_add(struct tray *t, const char *role, const struct virtual_paper *paper);
/* Appends {"role","file","text","qr":[…],"cut":bool} of one that still hangs in the printer: it has no file. */
void tray_describe(const char *role, const struct virtual_paper *paper, struct buf *out);
/* Appends what lies in the tray, comma-separated; the number of pieces. */
int tray_list(const struct tray *t, struct buf *out);

#endif
