/* SPDX-License-Identifier: Apache-2.0
 *
 * A paper as PDF, A4, by cairo and pango, with its fonts inside. What a reader extracts is letter by letter what the paper
 * says, rare characters of names too (tests/tools/papers.sh). The same paper is the same bytes, whenever it is made, with
 * the same versions of the libraries and fonts.
 */
#ifndef HALL_CASE_PAPER_PDF_H
#define HALL_CASE_PAPER_PDF_H

#include "tools/hall/papers/case_paper.h"

#define PAPER_PDF_MAX (8 * 1024 * 1024)

/* Appends it. `code`: what its QR code says. -ERR_INVALID: a character that no font here has; -ERR_TOOLONG: the code. */
int case_paper_pdf(const struct case_paper *p, const char *code, struct buf *out, struct err *e);

#endif
