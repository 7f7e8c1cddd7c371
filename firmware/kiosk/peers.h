/* SPDX-License-Identifier: Apache-2.0
 *
 * Who talks to kiosk over its socket: kiosk-sync and kioskctl, in the lines of wire/peer.def.
 */
#ifndef KIOSK_PEERS_H
#define KIOSK_PEERS_H

#include <stdbool.h>

#include "base/line.h"
#include "wire/peer.h"

struct peers;

struct peers_events {
    void (*sync)(void *ctx, bool there); /* kiosk-sync has come, or has gone */
    /* A line of `from`, but HELLO. What only kiosk-sync says comes only from it; it is signed, or harmless. */
    void (*said)(void *ctx, struct line *from, const struct peer_line *p);
    void (*gone)(void *ctx, const struct line *c); /* nothing may be sent to it any more */
};

/* `run`, borrowed: the folder of kiosk.sock. `events` is copied. */
struct peers *peers_create(struct loop *l, const char *run, const struct peers_events *events, void *ctx);
void peers_destroy(struct peers *p);            /* takes NULL; closes all lines without an event */
int peers_open(struct peers *p, struct err *e); /* -ERR_BUSY: another kiosk serves it */

void peers_say(struct peers *p, const struct peer_line *line); /* to kiosk-sync, while it is there */
bool peers_sync(const struct peers *p);                        /* it is */
bool peers_is_sync(const struct peers *p, const struct line *c);
bool peers_hall(const struct peers *p); /* the hall answers, as it says */

#endif
