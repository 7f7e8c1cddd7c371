/* SPDX-License-Identifier: Apache-2.0
 *
 * Leasing ticket numbers ahead of need: kiosk says of which queue and day few are left, the hall gives the next block,
 * signed, and kiosk is handed it; sync.db keeps it for when kiosk starts again. One request at a time; a request is
 * repeated, the same one, until it is answered. The signature is for kiosk to verify: what it refuses it asks for again.
 */
#ifndef SYNC_LEASE_H
#define SYNC_LEASE_H

#include "sync/http.h"
#include "sync/state.h"

struct lease_client;

struct lease_events {
    void (*held)(void *ctx, const char *answer);     /* a block, as the hall's answer (wire/lease.h) */
    void (*told)(void *ctx);                         /* these were all there are to tell */
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
/* kiosk has come anew: tells every block of that day. */
void lease_repeat(struct lease_client *c, const char *day);

#endif
