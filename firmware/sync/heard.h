/* SPDX-License-Identifier: Apache-2.0
 *
 * What the hall signed last of its queues and of items that are off, kept for a kiosk that comes, or asks, later.
 */
#ifndef SYNC_HEARD_H
#define SYNC_HEARD_H

#include <stdint.h>

#include "wire/news.h"
#include "wire/peer.h"

struct heard { /* starts as {0}: nothing */
    struct news_word queues, halts;
    int64_t queues_at; /* monotonic, when the hall said so; 0: it has not */
};

typedef void heard_say_fn(void *ctx, const struct peer_line *p);

void heard_queues(struct heard *h, const struct news_word *w);
void heard_halts(struct heard *h, const struct news_word *w);
/* Says it, where there is something. With the queues' age: kiosk must not take for new what waited for it here. */
void heard_say_queues(const struct heard *h, heard_say_fn *say, void *ctx);
void heard_say_halts(const struct heard *h, heard_say_fn *say, void *ctx);

#endif
