/* SPDX-License-Identifier: Apache-2.0
 *
 * The sheet of a sitting: one A4 page of HTML, made from its record, for a browser to print.
 */
#ifndef FLASH_PAPER_H
#define FLASH_PAPER_H

#include "base/buf.h"
#include "base/err.h"

/* `data`: the record's bytes (record.h), `code` its number. Appends the page, in the person's language. -ERR_INVALID: it is
 * no JSON object; members that are not there are left out. */
int paper_decode(const void *data, size_t len, const char *code, struct buf *out, struct err *e);

#endif
