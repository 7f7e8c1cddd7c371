/* SPDX-License-Identifier: Apache-2.0
 *
 * Somebody who waits shows a green-channel card at the counter: his number becomes a priority number, in the queue it is of.
 * Once a card and day; what is refused changes nothing but the audit log, where it stands with its reason. Whether the
 * hall's word signed the card was found out before.
 */
#ifndef HALL_CALLING_CHECK_IN_H
#define HALL_CALLING_CHECK_IN_H

#include "tools/hall/store/store_call.h"
#include "tools/hall/store/store_green.h"

struct check_in { /* borrowed */
    int office;
    const struct green_card *card; /* NULL: what was shown does not read */
    bool is_signed;
    const char *queue, *number; /* as on the paper */
    const char *staff, *by;     /* who did it, and who sat there, for the audit log */
    int64_t at;                 /* ms */
};
struct check_in_answer {
    enum green_refusal card;           /* GREEN_MAY and */
    enum queue_refusal number;         /* QUEUE_MAY: it is done */
    struct queue_ticket ticket;        /* as it stands now; number "": it was not looked for, or there is none */
    char holder[GREEN_HOLDER_MAX + 1]; /* masked, as the card was issued; "": not kept */
};
/* In the caller's transaction, which is to be committed also when it is refused. -ERR_RETRY: somebody else was faster, the
 * whole transaction again. -ERR_NOTFOUND: no catalogue has the queue. */
int check_in(struct store *s, const struct check_in *c, struct check_in_answer *ret, struct err *e);

#endif
