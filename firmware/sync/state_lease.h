/* SPDX-License-Identifier: Apache-2.0
 *
 * Leases in sync.db. A request is written down before it is sent, so that after a lost answer or a restart the same one is
 * sent again and the hall gives the same block. What the hall answered is kept as it is, for kiosk to verify.
 */
#ifndef SYNC_STATE_LEASE_H
#define SYNC_STATE_LEASE_H

#include "sync/state.h"
#include "wire/lease.h"

/* A block is wanted: writes a new request down unless one of that queue and day waits for its answer. Requests for other
 * days and blocks of days long past are forgotten. */
int state_lease_ask(struct state *s, const char *queue, struct date day, struct err *e);
/* A request that waits for its answer: 1 and *ret, or 0. */
int state_lease_open(struct state *s, struct lease *ret, struct err *e);
int state_lease_granted(struct state *s, const struct lease *l, struct err *e);
int state_lease_refused(struct state *s, const struct lease *l, struct err *e);
/* Each granted block of a day as the hall's answer, the latest first, `most` at most. */
int state_lease_each(struct state *s, struct date day, int most, void (*fn)(void *ctx, const char *answer), void *ctx,
                     struct err *e);

#endif
