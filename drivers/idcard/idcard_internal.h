/* SPDX-License-Identifier: Apache-2.0
 *
 * Between idcard.c (which device, coming and going), idcard_work.c (commands, opening, the ladder) and idcard_card.c (a card
 * from being found to being lifted).
 */
#ifndef DRIVERS_IDCARD_INTERNAL_H
#define DRIVERS_IDCARD_INTERNAL_H

#include "drivers/idcard/idcard.h"
#include "drivers/idcard/ladder.h"
#include "drivers/idcard/sam_link.h"

#define READERS_MAX 8

#define COMMAND_MS 1000
#define READ_MS 3000
#define ADDRESS_MS 1500
#define TRIES 2

enum card {
    CARD_NONE,
    CARD_SEEN,   /* found, not read yet */
    CARD_READ,   /* watched by asking for its newest address */
    CARD_FAILED, /* watched by finding it */
    CARD_OLD,    /* read by somebody before, so not found until it is lifted; watched as one that was read */
};

struct idcard;
/* NULL: an optional command that was not answered. */
typedef void reply_fn(struct idcard *r, const struct sam_reply *reply);

struct idcard {
    struct loop *loop;
    struct loop_timer *timer; /* the next poll, or the next rung of the ladder */
    struct idcard_events events;
    void *ctx;
    struct usb_device *readers[READERS_MAX]; /* attached, in the order they came */
    int n_readers;
    struct bind_config config;
    struct loop_timer *settle;
    char port[USB_PORT_MAX];   /* of the one in use, or where it was */
    const char *why;           /* it was chosen */
    struct usb_device *device; /* the one in use */
    struct usb_handle *handle;
    struct sam_link *link;
    struct sam_pipes pipes;
    enum reader_health state;
    bool polling, ready; /* ready: commands may be sent */

    /* the command under way */
    enum sam_command command;
    reply_fn *then;
    int timeout_ms, tries, id_tries;
    bool optional; /* life goes on without an answer */

    struct ladder ladder; /* left when the reader does its work, not when it merely says that it is well */
    bool settling;        /* re-enumerated just now */
    char sam_id[SAM_ID_TEXT_MAX];

    enum card card;
    bool told;   /* that there is a card which will be lifted */
    bool unsure; /* "no card" may be said of one that was read before */
    int card_tries;
    struct identity *identity; /* secret memory: read, not told yet */
    enum sam_command watch;    /* what tells whether the card that was read, or the old one, still lies there */
    int no_address;            /* cards in a row whose newest address the reader did not speak about */

    struct idcard_facts facts;
};

/* idcard.c */
void idcard_set_state(struct idcard *r, enum reader_health state);
void idcard_note_fault(struct idcard *r, enum card_fault why, uint8_t sw3);

/* idcard_work.c */
void idcard_send(struct idcard *r, enum sam_command command, int timeout_ms, reply_fn *then);
/* Without an answer `then` is called with NULL: nothing is climbed. */
void idcard_send_optional(struct idcard *r, enum sam_command command, int timeout_ms, reply_fn *then);
void idcard_open(struct idcard *r);
void idcard_close(struct idcard *r);
void idcard_on_timer(void *ctx);

/* idcard_card.c */
void idcard_look(struct idcard *r); /* one poll */
/* The card is gone, or nobody can tell any more. */
void idcard_lose_card(struct idcard *r, enum card_fault why);

#endif
