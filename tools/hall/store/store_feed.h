/* SPDX-License-Identifier: Apache-2.0
 *
 * What events for what stands beside the terminals (rules/feed.h) are found by.
 */
#ifndef HALL_STORE_FEED_H
#define HALL_STORE_FEED_H

#include "tools/hall/store/store.h"

/* The queues of an office in which at least so many wait on a day, by id; non-zero stops. The string is borrowed. */
typedef int feed_queue_fn(void *ctx, const char *queue, int people);
int feed_each_long(struct store *s, int office, int64_t day, int people, feed_queue_fn *fn, void *ctx, struct err *e);

#endif
