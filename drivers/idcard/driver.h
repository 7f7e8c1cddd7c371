/* SPDX-License-Identifier: Apache-2.0
 *
 * What the driver of a family of readers does, and what it tells. idcard.c chooses one attached device of all families; its
 * driver serves with that one until it leaves. Registered by a line in drivers.def. Nothing here may block.
 */
#ifndef DRIVERS_IDCARD_DRIVER_H
#define DRIVERS_IDCARD_DRIVER_H

#include "drivers/idcard/idcard.h"

enum idcard_kind {
    IDCARD_NONE, /* no reader of this family */
    IDCARD_READER,
    IDCARD_FIRMWARE, /* one that waits for firmware: to be left alone */
};

struct idcard_driver {
    /* By vendor and product. Pure. */
    enum idcard_kind (*kind)(const struct usb_info *info);
    /* Of an IDCARD_READER: can it be spoken to? 0, or -ERR_PROTOCOL: the text says what its endpoints are. Pure. */
    int (*fits)(const struct usb_info *info, struct err *e);
    /* For `device`, which fits, until destroy(). Never NULL; tells nothing yet. */
    void *(*create)(struct idcard *to, struct loop *l, struct usb_device *device);
    void (*open)(void *reader); /* begins: from here on it tells, by the functions below */
    /* It was unplugged: what was told of a card is told to its end. destroy() follows. */
    void (*left)(void *reader);
    void (*destroy)(void *reader); /* tells nothing */
    void (*poll)(void *reader);    /* idcard_polls() has changed */
    /* How bytes travel, one word; the id of the security module in it, "" when unknown. */
    const char *(*transport)(const void *reader);
    const char *(*sam_id)(const void *reader);
};

/* Is somebody waiting for a card? If not, none that is read, failed or unknown is told of. */
bool idcard_polls(const struct idcard *r);
/* The events of idcard.h, in the order it promises; `card` stays the driver's, to be wiped right after. */
void idcard_tell_state(struct idcard *r, enum reader_health state);
void idcard_tell_seen(struct idcard *r);
void idcard_tell_read(struct idcard *r, const struct identity *card);
void idcard_tell_failed(struct idcard *r, enum card_fault why);
void idcard_tell_unknown(struct idcard *r);
void idcard_tell_lies(struct idcard *r);
void idcard_tell_lifted(struct idcard *r);
/* For technicians: what is wrong with a card or the reader, with its own code for it (0: none); that the reader does not do
 * its work; and what helped ("reset", static). */
void idcard_note_fault(struct idcard *r, enum card_fault why, uint8_t code);
void idcard_note_trouble(struct idcard *r);
void idcard_note_helped(struct idcard *r, const char *what);

#endif
