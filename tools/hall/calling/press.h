/* SPDX-License-Identifier: Apache-2.0
 *
 * What somebody does at a window, for `hallctl queue` and for the staff's pages: the event (store/store_call.h) and its row
 * of the audit log. In the caller's transaction; where it is refused nothing was written. -ERR_RETRY: somebody else was
 * faster, the whole transaction again.
 */
#ifndef HALL_CALLING_PRESS_H
#define HALL_CALLING_PRESS_H

#include "tools/hall/store/store_call.h"

struct press {
    struct call call; /* what is asked for */
    const char *verb; /* "next"; word of the audit row, behind "queue-" */
    const char *by;   /* who sat there, for the audit log */
};
int press_event(struct store *s, const struct press *p, struct call_answer *ret, struct err *e);
/* The call's window serves these queues (ids with blanks between) from now on, today. -ERR_NOTFOUND: no catalogue has one.
 */
int press_open(struct store *s, const struct press *p, const char *queues, struct err *e);
int press_close(struct store *s, const struct press *p, enum queue_refusal *ret, struct err *e);

#endif
