/* SPDX-License-Identifier: Apache-2.0
 *
 * The ID-card reader: finds it among the USB devices, reads cards, notices when they are taken away. What it speaks is its
 * driver's (driver.h), what cards say stands in card_text.h. No policy: whether a card is expired is the session's business.
 */
#ifndef DRIVERS_IDCARD_H
#define DRIVERS_IDCARD_H

#include "base/loop.h"
#include "drivers/usb/bind.h"
#include "drivers/usb/usb.h"
#include "model/card_fault.h"
#include "model/identity.h"

/* While polling, every `seen` is followed by one of read, failed and unknown, and that by `lifted`, also when the reader
 * is unplugged or falls silent meanwhile. `lies` is followed by `lifted` alone. */
struct idcard_events {
    void (*state)(void *ctx, enum reader_health state); /* why it is at fault: idcard_facts() */
    void (*seen)(void *ctx);                            /* a card answers; reading begins */
    /* Borrowed, wiped after the call. The address is the newest one, where the chip has one. */
    void (*read)(void *ctx, const struct identity *card);
    void (*failed)(void *ctx, enum card_fault why);
    void (*unknown)(void *ctx); /* its text is of an unknown kind or breaks its format */
    void (*lies)(void *ctx); /* a card from before the reader was opened: it is read when it was lifted and laid down anew */
    void (*lifted)(void *ctx); /* after read, failed, unknown or lies: no card any more */
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
enum reader_health idcard_get_state(const struct idcard *r);
/* The one that serves, NULL when there is none; which rule chose it; and whether a device is one of the readers known. */
const struct usb_device *idcard_device(const struct idcard *r);
const char *idcard_why(const struct idcard *r);
bool idcard_suits(const struct usb_info *info);
/* How bytes travel, a word of its driver ("split", "whole", "hid"); "" when absent. And the printable SAM id, "" when
 * unknown. */
const char *idcard_transport(const struct idcard *r);
const char *idcard_sam_id(const struct idcard *r);

/* For technicians and tools; nothing of cards. */
struct idcard_facts {
    enum reader_health state;
    struct usb_info usb;   /* of the reader in use; zero when absent */
    int readers;           /* attached, those that are not used and those in firmware mode with them */
    enum card_fault fault; /* the last one of a card or of the reader, also when it is over; CARD_FAULT_NONE: none yet */
    uint8_t code;          /* what the reader said then, in its own codes; 0: nothing */
    int64_t fault_at_ms;   /* wall clock */
    unsigned long read, unread; /* cards */
    unsigned long faults;       /* times the reader did not do its work */
    const char *helped;         /* the rung that made it work the last time: "reset", … "" */
};
void idcard_facts(const struct idcard *r, struct idcard_facts *ret);

#endif
