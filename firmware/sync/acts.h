/* SPDX-License-Identifier: Apache-2.0
 *
 * What staff want this terminal to do (wire/act.h): asked for whenever the hall answers, handed on to kiosk as the hall
 * signed it. What came of it the journal says.
 */
#ifndef SYNC_ACTS_H
#define SYNC_ACTS_H

#include "sync/http.h"
#include "wire/act.h"
#include "wire/peer.h"

struct acts_client;
typedef void acts_say_fn(void *ctx, const struct peer_line *p);

/* http is borrowed. */
int acts_client_create(struct http *h, acts_say_fn *say, void *ctx, struct acts_client **ret, struct err *e);
void acts_client_destroy(struct acts_client *c); /* takes NULL */
/* The hall answers, or kiosk has come: asks, unless it does so already. */
void acts_client_wake(struct acts_client *c);

#endif
