/* SPDX-License-Identifier: Apache-2.0
 *
 * One command to the reader and what its end means: the answer, another try, or a reader that does not do its work. Pure: it
 * is told how a try ended, and says what to do.
 */
#ifndef DRIVERS_SAM_EXCHANGE_H
#define DRIVERS_SAM_EXCHANGE_H

#include "drivers/sam/sam_wire.h"

#define COMMAND_MS 1000

enum exchange_word {
    EXCHANGE_ANSWERED,
    EXCHANGE_UNANSWERED, /* an optional command: life goes on without */
    EXCHANGE_AGAIN,      /* send it once more */
    EXCHANGE_BROKEN,     /* the ladder is to be climbed */
    EXCHANGE_GONE,       /* the device has left; that is told otherwise */
};

struct exchange {
    enum sam_command command;
    int timeout_ms;
    bool optional;
    int tries; /* begun */
};

/* `once`: there is no other try, the next rung of the ladder is one. */
void exchange_begin(struct exchange *x, enum sam_command command, int timeout_ms, bool optional, bool once);
/* rc: as sam_link_fn; `reply` NULL unless it is 0. *ret_why: of EXCHANGE_BROKEN. */
enum exchange_word exchange_step(struct exchange *x, int rc, const struct sam_reply *reply, enum card_fault *ret_why);
/* What an error of the link means. */
enum card_fault exchange_fault(int rc);

#endif
