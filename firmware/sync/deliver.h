/* SPDX-License-Identifier: Apache-2.0
 *
 * Delivery: sends the journal's records to the hall, batch after batch, until each is acknowledged. Nothing is forgotten and
 * nothing is invented here: what to send is read from the journal each time, and what the hall has is what the hall says.
 */
#ifndef SYNC_DELIVER_H
#define SYNC_DELIVER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/loop.h"
#include "sync/http.h"
#include "sync/state.h"

struct deliver;

struct deliver_events {
    void (*acked)(void *ctx, uint64_t seq);          /* the hall's place changed, also downwards */
    void (*outcome)(void *ctx, enum http_outcome o); /* of each attempt */
};
/* `data_dir` is copied; http and state are borrowed. Starts with a first look at the journal. */
int deliver_create(struct loop *l, struct http *h, struct state *s, const char *data_dir,
                   const struct deliver_events *events, void *ctx, struct deliver **ret, struct err *e);
void deliver_destroy(struct deliver *d); /* takes NULL */
/* There may be something new, or the hall is back: try at once, whatever the back-off said. */
void deliver_wake(struct deliver *d);
/* The hall holds another record at a place of ours: nothing more is sent. Only staff can resolve that. */
bool deliver_forked(const struct deliver *d);

#endif
