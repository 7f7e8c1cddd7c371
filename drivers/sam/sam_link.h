/* SPDX-License-Identifier: Apache-2.0
 *
 * One command to the SAM and its reply, in whatever form the pipes take (sam_pipes.h). Before a command what is left of an
 * older reply is drained away, and a reply that belongs to an older command is passed over. One exchange at a time.
 */
#ifndef DRIVERS_SAM_LINK_H
#define DRIVERS_SAM_LINK_H

#include <stdbool.h>

#include "drivers/sam/sam_pipes.h"
#include "drivers/sam/sam_wire.h"

struct sam_link;
/* rc 0 and the reply (borrowed, wiped after the call), or -ERR_TIMEOUT, -ERR_STALL (the halt is cleared already),
 * -ERR_CHECKSUM, -ERR_PROTOCOL, -ERR_GONE, -ERR_IO and NULL. It may send the next command, but not destroy the link. */
typedef void sam_link_fn(void *ctx, int rc, const struct sam_reply *reply);

struct sam_link *sam_link_create(struct usb_handle *h, const struct sam_pipes *pipes, sam_link_fn *fn, void *ctx);
/* Gives up what is under way, without a call; takes NULL. The handle stays the caller's. */
void sam_link_destroy(struct sam_link *l);
/* timeout_ms: for each piece of the reply. */
void sam_link_send(struct sam_link *l, enum sam_command command, int timeout_ms);
/* The next command waits until the reader has been silent for so long, instead of a moment. */
void sam_link_await_silence(struct sam_link *l, int ms);
void sam_link_clear_halts(struct sam_link *l);
bool sam_link_busy(const struct sam_link *l);

#endif
