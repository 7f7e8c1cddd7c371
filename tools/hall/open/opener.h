/* SPDX-License-Identifier: Apache-2.0
 *
 * Opens one record for one request, of a case or what a terminal left besides: finds the key the header names, opens, masks
 * what daily work needs afterwards, writes the audit, and only then answers. Whatever is refused is in the audit too.
 */
#ifndef HALL_OPENER_H
#define HALL_OPENER_H

#include "tools/hall/open/keyring.h"
#include "tools/hall/open/opening_log.h"
#include "wire/record.h"

/* -ERR_ACCESS: somebody else owns the folder with the keys, or may look into it. */
int opener_check_keys(const char *keys, struct err *e);
/* What was sealed under this header, an application's, a supplement's, or that of what somebody said; `plain` has room for
 * OPENING_BODY_MAX. *ret_header as far as it reads. OPENED, NO_APPLICATION, NO_KEY, FORGED or UNREADABLE. */
enum opening_outcome opener_unseal(struct keyring *keys, const void *header, size_t header_len, const void *body,
                                   size_t body_len, struct record_header *ret_header, struct buf *plain);
/* The case that such a record belongs to, or the number of what was said; "": it is none. Borrowed from it. */
const char *opener_case_of(const struct record_header *h);
/* `text`: a request as it came, from the user of that number. Appends the answer, one line without its end. */
void opener_answer(struct keyring *keys, struct opening_log *log, int64_t user, const char *text, struct buf *out);

#endif
