/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl's side of an opening by hall-open, which alone has the keys: asked for a named person and a reason; what came of
 * it is written down in the hall before anything is shown.
 */
#ifndef HALLCTL_OPEN_LINE_H
#define HALLCTL_OPEN_LINE_H

#include "tools/hall/open/opening_wire.h"
#include "tools/hall/store/store.h"

struct open_line {
    const char *socket; /* NULL: where the installed one is */
    const char *staff, *post, *reason;
};
/* One line to hall-open at `socket` (NULL: where the installed one is) and its answer, of at most LINE_MAX_BYTES; memory
 * that is wiped. -ERR_UNREACHABLE: nobody answers. */
int open_line_call(const char *socket, const struct buf *request, char *answer, struct err *e);
/* The words of `o`, number or terminal, header and body of *r go. *ret_doc is owned and holds *ret_words; both NULL where
 * it was not opened, as a->outcome says. -ERR_UNREACHABLE: nobody answers. */
int open_line_ask(const struct open_line *o, struct opening_request *r, struct opening_answer *a, struct json **ret_doc,
                  const struct json **ret_words, struct err *e);
/* Of a case, or of what somebody said: the audit row, opened or refused; where it was opened what is masked stays, and who
 * opened it, for its applicant. `read`: somebody sees it; else the machine did it, for a notice. */
int open_line_keep(struct store *s, const struct open_line *o, int office, const char *number,
                   const struct opening_answer *a, bool read, struct err *e);

#endif
