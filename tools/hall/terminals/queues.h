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
#include "tools/hall/store/reader.h"

struct queues;
struct signer;

/* Looks once a second. `r`, `signer` and `w` are borrowed. */
int queues_create(struct event_base *base, struct reader *r, const struct signer *signer, struct wait *w,
                  struct queues **ret, struct err *e);
void queues_destroy(struct queues *q); /* after the reader, which still answers for it; takes NULL */
/* Something may have changed: looks without waiting for the second. */
void queues_check(struct queues *q);

#endif
