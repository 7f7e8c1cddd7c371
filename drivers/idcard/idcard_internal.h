/* SPDX-License-Identifier: Apache-2.0
 *
 * Between idcard.c (which device, coming and going), idcard_work.c (commands, opening, the ladder) and idcard_card.c (what a
 * card's presence asks for). What is to be done stands in exchange.h, opening.h, ladder.h and presence.h; here it is done.
 */
#ifndef DRIVERS_IDCARD_INTERNAL_H
#define DRIVERS_IDCARD_INTERNAL_H

#include "drivers/idcard/exchange.h"
#include "drivers/idcard/idcard.h"
#include "drivers/idcard/ladder.h"
#include "drivers/idcard/opening.h"
#include "drivers/idcard/presence.h"
#include "drivers/idcard/sam_link.h"

#define READERS_MAX 8

struct idcard {
    struct loop *loop;
    struct usb *usb;
    struct loop_timer *timer; /* the next poll, or the next rung of the ladder */
    struct idcard_events events;
    void *ctx;
    struct usb_device *readers[READERS_MAX]; /* attached, in the order they came */
    int n_readers;
    struct bind_config config;
    struct loop_timer *settle;
    char port[USB_PORT_MAX];   /* of the one that worked last */
    const char *why;           /* it was chosen */
    struct usb_device *device; /* the one in use */
    struct usb_handle *handle;
    struct sam_link *link;
    struct sam_pipes pipes;
    enum reader_health state;
    bool polling, ready; /* ready: it may be asked about cards */
    bool settling;       /* re-enumerated just now */
    bool leaving;        /* it could not be opened, being gone: `left` is to follow */

    struct exchange exchange; /* the command under way: of the opening, or when it is ready of the card */
    struct opening opening;
    struct ladder ladder; /* left when the reader does its work, not when it merely says that it is well */
    struct presence presence;

    struct idcard_facts facts;
};

/* idcard.c */
void idcard_set_state(struct idcard *r, enum reader_health state);
void idcard_note_fault(struct idcard *r, enum card_fault why, uint8_t sw3);

/* idcard_work.c */
void idcard_send(struct idcard *r, enum sam_command command, int timeout_ms, bool optional);
void idcard_open(struct idcard *r);
void idcard_close(struct idcard *r);
void idcard_on_timer(void *ctx);

/* idcard_card.c */
void idcard_look(struct idcard *r); /* one poll */
void idcard_answered(struct idcard *r, const struct sam_reply *reply);
/* The card is gone, or nobody can tell any more. */
void idcard_lose_card(struct idcard *r, enum card_fault why);

#endif
