/* SPDX-License-Identifier: Apache-2.0
 *
 * Leasing ticket numbers ahead of need: kiosk says of which queue and day few are left, the hall gives the next block, and
 * kiosk reads it from sync.db. One request at a time; a request is repeated, the same one, until it is answered.
 */
#ifndef SYNC_LEASE_H
#define SYNC_LEASE_H

#include "sync/http.h"
#include "sync/state.h"

struct lease_client;

struct lease_events {
    void (*granted)(void *ctx);                      /* a block is in sync.db */
    void (*outcome)(void *ctx, enum http_outcome o); /* of each attempt */
};
/* http and state are borrowed. Requests left from an earlier run are sent. */
int lease_create(struct loop *l, struct http *h, struct state *s, const struct lease_events *events, void *ctx,
                 struct lease_client **ret, struct err *e);
void lease_destroy(struct lease_client *c); /* takes NULL */
/* A block is wanted. `queue` and `day` ("2026-01-05") come from kiosk; what breaks their rules is ignored. */
void lease_want(struct lease_client *c, const char *queue, const char *day);
/* The hall answers again: tries at once. */
void lease_wake(struct lease_client *c);

#endif
