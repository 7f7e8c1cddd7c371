/* SPDX-License-Identifier: Apache-2.0
 *
 * The queues as a running hall serves them: hears of every change of an office's queues, whoever made it (its own records,
 * another hall, hallctl), by the version rows, and wakes the terminals that wait. What they are told is read from the
 * database and signed once for each change of an office, and again when it is half a minute old.
 */
#ifndef HALL_QUEUES_H
#define HALL_QUEUES_H

#include <event2/event.h>

#include "tools/hall/door/wait.h"

struct queues;
struct signer;
struct store;

/* Looks once a second. `s`, `signer` and `w` are borrowed; `s` is the loop's own connection. */
int queues_create(struct event_base *base, struct store *s, const struct signer *signer, struct wait *w, struct queues **ret,
                  struct err *e);
void queues_destroy(struct queues *q); /* takes NULL */
/* Something may have changed: looks at once. */
void queues_check(struct queues *q);

#endif
