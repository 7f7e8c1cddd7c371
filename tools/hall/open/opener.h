/* SPDX-License-Identifier: Apache-2.0
 *
 * Opens one case for one request: finds the key the header names, opens, masks what daily work needs afterwards, writes the
 * audit, and only then answers. Whatever is refused is in the audit too.
 */
#ifndef HALL_OPENER_H
#define HALL_OPENER_H

#include "tools/hall/open/opening_log.h"

/* -ERR_ACCESS: somebody else owns the folder with the keys, or may look into it. */
int opener_check_keys(const char *keys, struct err *e);
/* `text`: a request as it came, from the user of that number. Appends the answer, one line without its end. */
void opener_answer(const char *keys, struct opening_log *log, int64_t user, const char *text, struct buf *out);

#endif
