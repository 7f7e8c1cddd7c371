/* SPDX-License-Identifier: Apache-2.0
 *
 * The card: what lies on the reader, and what the states of the card share.
 */
#ifndef SESSION_CARD_H
#define SESSION_CARD_H

#include <stdbool.h>

struct session;
struct input;

#define CARD_AWAITED 12000 /* whoever has laid one down by then sees nothing happen */
#define CARD_LEFT_LYING 8000
#define CARD_CALLED_AGAIN 15000 /* while it lies there */

/* What the card is for. */
enum card_errand { CARD_FOR_ITEM, CARD_FOR_CASES, CARD_FOR_SPEAK, CARD_FOR_BOOKING };

struct card_flow {
    enum card_errand errand;
    bool present;
    bool offered;           /* laid down on idle, and not read yet */
    bool poll, poll_wanted; /* the reader watches; it is to */
};

/* 开始办理, 我的办件: to the card, to what it is for, or to what keeps from it. */
void card_begin(struct session *s, enum card_errand errand);
void card_go_on(struct session *s); /* the card is off the reader, or left there: to what it is for */
void card_input(struct session *s, const struct input *in);
void card_wait(struct session *s, const struct input *in);  /* input of the states that wait for a card */
void card_early(struct session *s, const struct input *in); /* a card read before it was asked for */
void card_back(struct session *s);                          /* 返回: to the guide page, or home */
void card_left(struct session *s);                          /* TIMER_LEFT: it still lies there */
void card_gone(struct session *s);                          /* nothing lies there, or nobody can tell */

#endif
