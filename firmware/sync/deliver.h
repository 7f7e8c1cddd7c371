/* SPDX-License-Identifier: Apache-2.0
 *
 * Delivery: sends the journal's records to the hall, batch after batch, until each is acknowledged. Nothing is forgotten and
 * nothing is invented here: what to send is read from the journal each time, and what the hall has is what the hall says.
 *
 * An answer moves the place only within the journal and where the hash is the journal's own; any other is tried again for
 * ever, at the slowest pace. Once everything is sent the hall's last word is verified (catalog/verify.h) before the place is
 * kept: it speaks for all before it. Every word goes to kiosk, who decides for itself.
 */
#ifndef SYNC_DELIVER_H
#define SYNC_DELIVER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/loop.h"
#include "model/terminal.h"
#include "sync/http.h"
#include "sync/state.h"

struct deliver;

struct deliver_events {
    void (*acked)(void *ctx, uint64_t seq);       /* the hall's place changed, also downwards */
    void (*word)(void *ctx, const struct ack *a); /* for kiosk: the newest of a burst, or one that contradicts the journal */
    void (*outcome)(void *ctx, enum http_outcome o); /* of each attempt */
};
/* `journal` is its folder in data_dir; both are copied; http, state and `terminal` (whose journal it is) are borrowed.
 * Starts with a first look at the journal. */
int deliver_create(struct loop *l, struct http *h, struct state *s, const char *data_dir, const char *journal,
                   const struct terminal_config *terminal, const struct deliver_events *events, void *ctx,
                   struct deliver **ret, struct err *e);
void deliver_destroy(struct deliver *d); /* takes NULL */
/* There may be something new, or the hall is back: try at once, whatever the back-off said; but after an answer that
 * contradicts the journal the slowest pace stays. */
void deliver_wake(struct deliver *d);
/* kiosk has come anew: says again what it must know. */
void deliver_repeat(struct deliver *d);

#endif
