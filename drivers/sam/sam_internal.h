/* SPDX-License-Identifier: Apache-2.0
 *
 * Between sam_reader.c (commands, opening, the ladder) and sam_card.c (what a card's presence asks for). What is to be done
 * stands in exchange.h, opening.h, ladder.h and presence.h; here it is done.
 */
#ifndef DRIVERS_SAM_INTERNAL_H
#define DRIVERS_SAM_INTERNAL_H

#include "drivers/idcard/driver.h"
#include "drivers/sam/exchange.h"
#include "drivers/sam/ladder.h"
#include "drivers/sam/opening.h"
#include "drivers/sam/presence.h"
#include "drivers/sam/sam_link.h"

struct sam_reader {
    struct idcard *to; /* whom it tells */
    struct loop *loop;
    struct loop_timer *timer; /* the next poll, or the next rung of the ladder */
    struct usb_device *device;
    struct usb_handle *handle;
    struct sam_link *link;
    struct sam_pipes pipes;
    bool ready;    /* it may be asked about cards */
    bool settling; /* re-enumerated just now */
    bool leaving;  /* it could not be opened, being gone: `left` is to follow */

    struct exchange exchange; /* the command under way: of the opening, or when it is ready of the card */
    struct opening opening;
    struct ladder ladder; /* left when the reader does its work, not when it merely says that it is well */
    struct presence presence;
};

/* sam_reader.c */
void sam_reader_send(struct sam_reader *r, enum sam_command command, int timeout_ms, bool optional);

/* sam_card.c */
void sam_card_look(struct sam_reader *r); /* one poll */
void sam_card_answered(struct sam_reader *r, const struct sam_reply *reply);
/* The card is gone, or nobody can tell any more. */
void sam_card_lose(struct sam_reader *r, enum card_fault why);

#endif
