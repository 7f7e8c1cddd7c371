/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of store_call.h share.
 */
#ifndef HALL_STORE_CALL_INSIDE_H
#define HALL_STORE_CALL_INSIDE_H

#include "tools/hall/store/store_call.h"

#define TICKET_COLUMNS                                                                                                      \
    "SELECT t.day, t.queue, t.number, t.line, t.state, t.class, t.since, t.called, t.seq, t.counter, t.void,"               \
    " coalesce(k.priority, 0) FROM ticket t LEFT JOIN queue_known k ON k.queue = t.line WHERE t.office=$1 AND t.day=$2 "
/* Of a row of those. */
int call_take_ticket(struct sql_rows *r, struct queue_ticket *t, struct err *e);
/* `queues`: " general priority ". */
bool call_serves(const char *queues, const char *line);

#endif
