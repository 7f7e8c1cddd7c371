/* SPDX-License-Identifier: Apache-2.0
 *
 * A card, from being found to being lifted, as pure steps: it is told what happened (a look is due, the reader answered, the
 * reader is lost), and says the one thing to do next. What is to be told is told, and the step after it is asked for, until
 * there is something to ask the reader or nothing before the next look.
 *
 * After a read a card is no longer found until it was lifted (the reader's own rule), so it is watched by asking for its
 * newest address, which needs it in the field; by selecting it where a reader does not know that command; an unread one by
 * finding it. The rule outlives us: a card that lay there when the program was restarted or the reader brought back is "no
 * card" to the reader. So the first such answer, and each one about a card that was there a moment ago, is asked about in
 * the same two ways. It is not read: whose it is, and whether he is still there, nobody knows.
 */
#ifndef DRIVERS_SAM_PRESENCE_H
#define DRIVERS_SAM_PRESENCE_H

#include "base/err.h"
#include "drivers/sam/sam_wire.h"
#include "model/identity.h"

enum presence_event {
    PRESENCE_LOOK,     /* it is time to */
    PRESENCE_ANSWERED, /* what PRESENCE_ASK asked for: `reply`, NULL when an optional command got none */
    PRESENCE_LOST,     /* the reader does not work any more, or has left: `why` */
    PRESENCE_TOLD,     /* what was to be told has been: what comes next? */
};

struct presence_input {
    enum presence_event event;
    bool polling; /* somebody wants to know at this moment */
    const struct sam_reply *reply;
    enum card_fault why;
};

enum presence_word {
    PRESENCE_NOTHING, /* until the reader works again */
    PRESENCE_REST,    /* nothing before the next look */
    PRESENCE_ASK,     /* `command` */
    /* to tell; the three in the middle only while somebody wants to know, but they count all the same */
    PRESENCE_SEEN,
    PRESENCE_READ,    /* `identity`: wiped right after it was told */
    PRESENCE_FAILED,  /* `why`, `sw3` */
    PRESENCE_UNKNOWN, /* `not_understood` */
    PRESENCE_LIES,
    PRESENCE_LIFTED,
};

struct presence_action {
    enum presence_word what;
    enum sam_command command;
    int timeout_ms;
    bool optional;             /* life goes on without an answer */
    enum card_fault why;       /* also of an ASK that begins anew after a failed read */
    uint8_t sw3;               /* what the reader said then; 0: nothing */
    struct err not_understood; /* also of a READ whose newest address was none; "" else */
};

enum card {
    CARD_NONE,
    CARD_SEEN,   /* found, not read yet */
    CARD_READ,   /* watched by asking for its newest address */
    CARD_FAILED, /* watched by finding it */
    CARD_OLD,    /* read by somebody before, so not found until it is lifted; watched as one that was read */
};

struct presence {
    enum card card;
    struct identity *identity; /* secret memory of the caller: read, not told yet */
    enum presence_asked {
        ASKED_NOTHING,
        ASKED_FIND,
        ASKED_SELECT,
        ASKED_READ,
        ASKED_ADDRESS,
        ASKED_OLD_ADDRESS,
        ASKED_OLD_SELECT,
        ASKED_WATCH
    } asked;
    enum presence_next { NEXT_REST, NEXT_SELECT, NEXT_OLD, NEXT_NOTHING } next; /* once all is told */
    bool lifting;                                                               /* that it was lifted is still to be told */
    bool told;              /* that there is a card which will be lifted */
    bool unsure;            /* "no card" may be said of one that was read before */
    int tries;              /* to read it */
    enum sam_command watch; /* what tells whether the card that was read, or the old one, still lies there */
    int no_address;         /* cards in a row whose newest address the reader did not speak about */
};

void presence_init(struct presence *p, struct identity *identity);
void presence_ready(struct presence *p);  /* the reader works: it may say "no card" of one that lies there */
void presence_closed(struct presence *p); /* another reader may come: what this one did not know is forgotten */
struct presence_action presence_step(struct presence *p, const struct presence_input *in);

#endif
