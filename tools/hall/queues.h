/* SPDX-License-Identifier: Apache-2.0
 *
 * The queues as a running hall serves them: hears of every change of an office's queues, whoever made it (its own records,
 * another hall, hallctl), by the version rows, and wakes the terminals that wait. What they are told is read from the
 * database at that moment.
 */
#ifndef HALL_QUEUES_H
#define HALL_QUEUES_H

#include <event2/event.h>

#include "tools/hall/wait.h"

struct queues;
struct store;

/* Looks once a second. `s` and `w` are borrowed; `s` is the loop's own connection. */
int queues_create(struct event_base *base, struct store *s, struct wait *w, struct queues **ret, struct err *e);
void queues_destroy(struct queues *q); /* takes NULL */
/* Something may have changed: looks at once. */
void queues_check(struct queues *q);

#endif
