/* SPDX-License-Identifier: Apache-2.0
 *
 * The paper of an enrolment sheet: one A4 page of HTML, for a browser to print. Its QR code is the sheet itself, which
 * `flash
 * --provision` reads; the four words are for the technician's eyes.
 */
#ifndef HALLCTL_SHEET_PAPER_H
#define HALLCTL_SHEET_PAPER_H

#include "base/buf.h"
#include "model/strings.h"
#include "wire/enrol.h"

/* Appends the page. -ERR_TOOLONG: the sheet is too long for its code. */
int sheet_paper(const struct enrol_sheet *s, const struct place *p, enum language lang, struct buf *out, struct err *e);

#endif
