/* SPDX-License-Identifier: Apache-2.0
 *
 * What a batch does to the tables, in one transaction. Whatever a record claims is held against what the hall itself knows
 * of its sender: a case number must be of the sender's registration and new, a ticket's number of a block leased to it or of
 * its own series and new, a void ticket its own, a queue one of the catalogue's. A record that does not pass is stored all
 * the same, for the chain is never refused: it is marked (STORE_FOREIGN, STORE_DOUBLE), counts neither as a case nor in a
 * queue, and is told to staff, like one that cannot be read.
 */
#ifndef HALL_TAKE_H
#define HALL_TAKE_H

#include "tools/hall/store/store.h"

struct take {
    int office;
    const char *terminal;
    const uint8_t *epoch;
    const struct store_place *from;
    const struct chain_head *head;
    const struct store_record *records; /* n of them, in the order of the chain */
    size_t n;
    int64_t received;
    const struct workday_calendar *calendar; /* for supplements; NULL: none is known */
};
/* *ret_moved false, and nothing done: the chain stands elsewhere by now. *ret_tickets: a queue changed. -ERR_EXISTS: a
 * record's id is known under another place; the caller undoes what was done. */
int take_batch(struct store *s, const struct take *t, bool *ret_moved, bool *ret_tickets, struct err *e);

#endif
