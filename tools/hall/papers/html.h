/* SPDX-License-Identifier: Apache-2.0
 *
 * What pages of HTML share: text that is text, and a QR code that is sharp at any size.
 */
#ifndef HALL_HTML_H
#define HALL_HTML_H

#include "base/buf.h"
#include "base/qr.h"

/* Appends it so that nothing in it is markup. */
void html_text(struct buf *out, const char *text);
/* The same between <tag> and </tag>. */
void html_cell(struct buf *out, const char *tag, const char *text);
/* Appends an <svg>, with its quiet zone. */
void html_qr(struct buf *out, const struct qr *q);

#endif
