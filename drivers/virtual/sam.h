/* SPDX-License-Identifier: Apache-2.0
 *
 * The virtual ID-card reader: a SAM_V at 0400:C35A with a field above it on which cards are laid. A card that was read
 * must leave the field before `find` succeeds again.
 *
 * Commands (virtual_device_ops.command); a fault lasts for the next N replies, without N until `clear`:
 *   place raw HEX        a card with this 256-byte record   lift
 *   silent [N]           commands are taken, nothing comes  stall [N]     the IN pipe halts, the reply is lost
 *   garbage [N]          noise instead of a reply           junk [N]      noise before a good reply
 *   slow MS              each reply takes so long           stale         a reply nobody asked for lies in the pipe
 *   no-card-error        24 where 80 (no card) is due       card-error [HH]  reading the card fails with HH (41)
 *   self-test            60 to everything                   clear         ends all faults; the card stays
 *   status               one line of JSON; "given_ms": when the last card record had left the reader, by `now_ms`
 */
#ifndef DRIVERS_VIRTUAL_SAM_H
#define DRIVERS_VIRTUAL_SAM_H

#include <stdint.h>

#include "base/err.h"
#include "drivers/virtual/device.h"

#define VIRTUAL_RECORD_LEN 256

/* "split" (four pipes), "whole" (one pair), "interrupt" (one pair of interrupt endpoints), "odd" (pipes no driver should
 * touch). NULL and -ERR_NOTFOUND in *e for another. Destroyed by its ops. */
struct virtual_device *virtual_sam_create(const char *transport, struct err *e);
void virtual_sam_place(struct virtual_device *d, const uint8_t record[VIRTUAL_RECORD_LEN]);
void virtual_sam_lift(struct virtual_device *d);

#endif
