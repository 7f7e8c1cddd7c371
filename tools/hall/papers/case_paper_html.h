/* SPDX-License-Identifier: Apache-2.0
 *
 * A paper as a page to print: A4, one file, nothing in it but text. Its fonts are those of the browser's machine.
 */
#ifndef HALL_CASE_PAPER_HTML_H
#define HALL_CASE_PAPER_HTML_H

#include "tools/hall/papers/case_paper.h"

#define PAPER_HTML_MAX (512 * 1024)

/* Appends it. `code`: what its QR code says. -ERR_TOOLONG. */
int case_paper_html(const struct case_paper *p, const char *code, struct buf *out, struct err *e);

#endif
