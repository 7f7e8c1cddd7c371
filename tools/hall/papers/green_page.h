/* SPDX-License-Identifier: Apache-2.0
 *
 * A green-channel card as a page to print: of the size of a bank card, to be cut out. One file, nothing in it but text.
 */
#ifndef HALL_GREEN_PAGE_H
#define HALL_GREEN_PAGE_H

#include "base/buf.h"
#include "base/err.h"
#include "model/green_card.h"

/* Appends it. `holder`: masked, "" where it is not kept; `code`: what its QR code says. -ERR_TOOLONG. */
int green_page(const struct green_card *c, const char *holder, const char *code, struct buf *out, struct err *e);

#endif
