/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room: what the window's page and the public board show of queues.
 */
#ifndef HALL_STAFF_QUEUE_VIEW_H
#define HALL_STAFF_QUEUE_VIEW_H

#include "tools/hall/staff/ask.h"
#include "tools/hall/store/store_call.h"

void queue_view_put_ticket(struct jsonw *w, const char *key, const struct queue_ticket *t, int64_t now);
/* Who waits in these queues (NULL: in all), those of the first class first, each by time: about the order they are called
 * in; how many of a class come in a row depends on the window. Non-zero stops. */
int queue_view_each_waiting(struct store *s, int office, int64_t day, const char *queues, call_ticket_fn *fn, void *ctx,
                            struct err *e);
/* "queues":[…] */
int queue_view_put_queues(struct jsonw *w, struct store *s, int office, int64_t now, struct err *e);

#endif
