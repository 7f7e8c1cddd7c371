/* SPDX-License-Identifier: Apache-2.0
 *
 * 约时间: which hours of a queue are free, one booked by card, moved, given back, and taken up. The hall alone decides; what
 * it did not answer is not taken for done. All of it is forgotten with the visit.
 */
#ifndef SESSION_BOOKING_H
#define SESSION_BOOKING_H

#include "model/appointment.h"
#include "session/effect.h"

struct session;
struct input;

/* What the card is wanted for, and what is done once it is there. */
enum booking_errand { BOOKING_LIST, BOOKING_HOUR };

struct booking {
    struct my_appointments *known; /* secret memory for the session's whole life */
    struct appointment_wish wish;  /* what was asked last; its id is made by who performs it */
    uint32_t serial;               /* of the last question */
    unsigned count;                /* of wishes in this visit: what is asked again keeps it, and is done once */
    enum booking_errand errand;
};

void booking_create(struct session *s);
void booking_destroy(struct session *s);

void booking_open(struct session *s, int queue); /* to its hours */
void booking_mine(struct session *s);            /* to what the person has, by card */
void booking_by_card(struct session *s);         /* the card was read and is off the reader */
void booking_card_back(struct session *s);       /* … or the person thought better of it */
void booking_ask(struct session *s, const struct appointment_wish *w);
void booking_again(struct session *s); /* the same question once more */
/* The hall's answer, or that there is none in time. Returns whether it answered. */
bool booking_answer(struct session *s, const struct input *in);
void booking_forget(struct session *s);

#endif
