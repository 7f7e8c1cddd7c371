/* SPDX-License-Identifier: Apache-2.0
 *
 * Checking in with an appointment: the ticket that was taken for it gets its place in the order. In the caller's
 * transaction.
 */
#ifndef HALL_STORE_ARRIVAL_H
#define HALL_STORE_ARRIVAL_H

#include "model/appointment.h"
#include "tools/hall/store/store.h"

struct arrival { /* borrowed */
    int office;
    const char *number, *queue;
    int64_t day; /* the ticket's */
    const char *ticket;
};
/* 1; 0: it is none that waits to be taken up on that day in that queue, and the ticket stays what it is. Done again it
 * changes nothing. */
int arrival_add(struct store *s, const struct arrival *a, struct err *e);
/* The ticket is void: its appointment can be taken up once more. */
int arrival_remove(struct store *s, int office, int64_t day, const char *queue, const char *ticket, struct err *e);

/* As `number` is written, a ticket that waits in its queue today and was not called yet. 1: found, and *ret as it is kept.
 */
int arrival_ticket(struct store *s, int office, int64_t day, const char *queue, const char *number,
                   char ret[TICKET_NUMBER_MAX + 1], struct err *e);

#endif
