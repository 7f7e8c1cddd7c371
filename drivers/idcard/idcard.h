/* SPDX-License-Identifier: Apache-2.0
 *
 * The ID-card reader: finds it among the USB devices, reads cards, notices when they are taken away. Protocol in
 * sam_wire.h, card records in record.h. The driver has no policy: whether a card is expired is the session's business.
 */
#ifndef DRIVERS_IDCARD_H
#define DRIVERS_IDCARD_H

#include "base/loop.h"
#include "drivers/usb/bind.h"
#include "drivers/usb/usb.h"
#include "model/identity.h"

enum idcard_state { IDCARD_ABSENT, IDCARD_FAULT, IDCARD_READY };

/* While polling, every `seen` is followed by one of read, failed and unknown, and that by `lifted`, also when the reader
 * is unplugged or falls silent meanwhile. */
struct idcard_events {
    void (*state)(void *ctx, enum idcard_state state);
    void (*seen)(void *ctx);                              /* a card answers; reading begins */
    void (*read)(void *ctx, const struct identity *card); /* borrowed, wiped after the call */
    void (*failed)(void *ctx);                            /* lifted too early, not readable, refused by the SAM */
    void (*unknown)(void *ctx);                           /* record of an unknown kind or broken format */
    void (*lifted)(void *ctx);                            /* after read, failed or unknown: no card any more */
};

struct idcard;

/* The events are copied. */
struct idcard *idcard_create(struct loop *l, struct usb *usb, const struct idcard_events *events, void *ctx);
/* Which of several readers serves where a technician says so; without it the first by port. Right after idcard_create().
 * The others are left alone until it leaves. */
void idcard_bind(struct idcard *r, const struct bind_config *config);
void idcard_destroy(struct idcard *r); /* takes NULL; not inside an event */
/* Looks for a card about every 300 ms; after a read goes on to watch until it is lifted. Off: leaves it alone. */
void idcard_poll(struct idcard *r, bool on);
enum idcard_state idcard_get_state(const struct idcard *r);
/* "split" or "whole"; "" when absent. And the printable SAM id, "" when unknown. */
const char *idcard_transport(const struct idcard *r);
const char *idcard_sam_id(const struct idcard *r);

#endif
