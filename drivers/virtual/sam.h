/* SPDX-License-Identifier: Apache-2.0
 *
 * The virtual ID-card reader: a SAM with a field above it on which cards are laid. A card that was read must leave the field
 * before `find` succeeds again.
 *
 * Commands (virtual_device_ops.command); a fault lasts for the next N replies, without N until `clear`:
 *   place raw HEX [HEX]  a card with this 256-byte text and newest address   lift
 *   silent [N]           commands are taken, nothing comes  stall [N]     the IN pipe halts, the reply is lost
 *   garbage [N]          noise instead of a reply           junk [N]      noise before a good reply
 *   short [N]            the first AA is lost               junk-body [N] noise on the body's pipe before the body
 *   late [N]             the reply comes with the one to the next command
 *   slow MS              each reply takes so long           stale         a reply nobody asked for lies in the pipe
 *   babble N             N broken frames come, one after the other, before anything else
 *   chop N               packets of at most N bytes         status-bytes  SW1 SW2 are 69 82 in every reply
 *   no-card-error        24 where 80 (no card) is due       card-error [HH]  reading the card fails with HH (41)
 *   no-address           newest address: 21, no such command   mute-address  no reply to it
 *   mute-read            its text never comes, though to the reader the card has been read
 *   self-test [CURE]     60 to everything                   unauthorised  66 to everything
 *   deaf [CURE]          no command is answered; until CURE: reset (the command), clear-halt, release, usb-reset
 *   lame                 well by its own word, but no card is ever answered about
 *   clear                ends all faults; the card stays
 *   status               one line of JSON; "given_ms": when the last card's text, or the newest address that was asked for
 *                        behind it, had left the reader, by `now_ms`
 */
#ifndef DRIVERS_VIRTUAL_SAM_H
#define DRIVERS_VIRTUAL_SAM_H

#include <stdint.h>

#include "base/err.h"
#include "drivers/virtual/card_file.h"
#include "drivers/virtual/device.h"

/* 0400:C35A: "split" (four pipes), "whole" (one pair), "interrupt" (one pair of interrupt endpoints), "odd" (pipes no driver
 * should touch); 0316:5020: "synjones" (one pair); 2B8B:2721: "hid" (reports of 64 bytes); 0483:DF11: "dfu" (waits for
 * firmware, has no pipes). NULL and -ERR_NOTFOUND in *e for another. Destroyed by its ops. */
struct virtual_device *virtual_sam_create(const char *kind, struct err *e);
/* The kinds that read cards: all but "odd" and "dfu". A NULL ends the list. */
const char *const *virtual_sam_readers(void);
void virtual_sam_place(struct virtual_device *d, const struct virtual_card *card);
void virtual_sam_lift(struct virtual_device *d);

#endif
