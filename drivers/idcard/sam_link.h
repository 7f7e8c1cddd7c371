/* SPDX-License-Identifier: Apache-2.0
 *
 * One command to the SAM and its reply, over four pipes or one pair. Before each command what is left of an older reply is
 * drained away. One exchange at a time.
 */
#ifndef DRIVERS_IDCARD_SAM_LINK_H
#define DRIVERS_IDCARD_SAM_LINK_H

#include <stdbool.h>

#include "drivers/idcard/sam_wire.h"
#include "drivers/usb/usb.h"

/* How frames travel, as the descriptors tell. */
struct sam_pipes {
    const char *name; /* "split": header and body on pipes of their own; "whole" */
    uint8_t interface;
    uint8_t out, out_body, in, in_body; /* the same pair twice when whole */
};

/* -ERR_PROTOCOL when the endpoints fit neither form: the text says what is there. */
int sam_pipes_choose(const struct usb_info *info, struct sam_pipes *ret, struct err *e);

struct sam_link;
/* rc 0 and the reply (borrowed, wiped after the call), or -ERR_TIMEOUT, -ERR_STALL (the halt is cleared already),
 * -ERR_CHECKSUM, -ERR_PROTOCOL, -ERR_GONE, -ERR_IO and NULL. It may send the next command, but not destroy the link. */
typedef void sam_link_fn(void *ctx, int rc, const struct sam_reply *reply);

struct sam_link *sam_link_create(struct usb_handle *h, const struct sam_pipes *pipes, sam_link_fn *fn, void *ctx);
/* Gives up what is under way, without a call; takes NULL. The handle stays the caller's. */
void sam_link_destroy(struct sam_link *l);
/* timeout_ms: for each piece of the reply. */
void sam_link_send(struct sam_link *l, enum sam_command command, int timeout_ms);
bool sam_link_busy(const struct sam_link *l);

#endif
