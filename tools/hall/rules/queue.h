/* SPDX-License-Identifier: Apache-2.0
 *
 * The life of a ticket from its number to the end of the errand, and who is next. queue_judge() says whether something may
 * happen now, queue_apply() what it makes of the ticket. Pure: no clock, no database.
 *
 * waiting → called to a window → serving → done; nobody came: absent, and back within the queue's `recall` numbers as the
 * next, later behind all who wait; sent on to another queue with its number. A window has one number at a time, and says
 * what became of it before the next: a button that is pressed twice calls one person. A number counts for its day: at
 * midnight Beijing time it is `ended` (but when it is done), and the series begins anew.
 */
#ifndef HALL_QUEUE_H
#define HALL_QUEUE_H

#include <stdbool.h>
#include <stdint.h>

#include "model/number.h"
#include "model/ticket.h"

#define QUEUE_WINDOW_MAX 999 /* windows have the numbers 1 to that */

enum queue_state {
#define QUEUE_STATE(name, word) QUEUE_##name,
#include "tools/hall/rules/queue_state.def"
#undef QUEUE_STATE
    QUEUE_STATES
};
enum queue_event_kind {
#define QUEUE_EVENT(name, word, from, to, where, about) QUEUE_EVENT_##name,
#include "tools/hall/rules/queue_event.def"
#undef QUEUE_EVENT
    QUEUE_EVENTS
};
enum queue_class {
#define QUEUE_CLASS(name, word, in_row, who) QUEUE_CLASS_##name,
#include "tools/hall/rules/queue_order.def"
#undef QUEUE_CLASS
    QUEUE_CLASSES
};
enum queue_refusal {
    QUEUE_MAY, /* it may happen */
#define QUEUE_REFUSAL(name, word, what, remedy) QUEUE_REFUSAL_##name,
#include "tools/hall/rules/queue_refusal.def"
#undef QUEUE_REFUSAL
    QUEUE_REFUSALS
};

const char *queue_state_word(enum queue_state s);
bool queue_state_by_word(const char *word, enum queue_state *ret);
const char *queue_event_word(enum queue_event_kind k);
bool queue_event_by_word(const char *word, enum queue_event_kind *ret);
bool queue_event_at_window(enum queue_event_kind k);
const char *queue_class_word(enum queue_class c);
bool queue_class_by_word(const char *word, enum queue_class *ret);
const char *queue_refusal_word(enum queue_refusal r);
const char *queue_refusal_what(enum queue_refusal r);
const char *queue_refusal_remedy(enum queue_refusal r);

struct queue_ticket {
    int64_t day; /* since 1970-01-01; with queue and number its name */
    char queue[QUEUE_ID_MAX + 1];
    char number[TICKET_NUMBER_MAX + 1];
    char line[QUEUE_ID_MAX + 1]; /* the queue it waits or was called in: after a transfer another */
    enum queue_state state;
    enum queue_class class;
    int64_t since;  /* ms: its place among those of its class */
    int64_t called; /* ms: last; 0: never */
    int64_t seq;    /* events so far */
    int window;     /* the last; 0: none */
    bool is_void;
};
/* As it is shown on a day. */
enum queue_state queue_ticket_state(const struct queue_ticket *t, int64_t today);

/* What an event is judged by. */
struct queue_facts {
    const struct queue_ticket *ticket; /* the one at the window, or the named or next one; NULL: there is none */
    int64_t today;
    bool open;      /* the window, of AT_WINDOW: opened today */
    bool busy;      /* a ticket is at it */
    bool serves;    /* CALL: the ticket's line is one of its queues */
    const char *to; /* TRANSFER */
};
enum queue_refusal queue_judge(enum queue_event_kind kind, const struct queue_facts *f);

struct queue_event {
    enum queue_event_kind kind;
    int64_t at; /* ms */
    int window;
    const char *to; /* TRANSFER: a queue's id */
    bool priority;  /* BACK: the catalogue calls its line a priority queue */
    int64_t passed; /* BACK: numbers of its line that were called after it */
    int64_t recall; /* BACK: so many may have passed; 0: the queue has no such rule */
};
/* Of one that may happen. */
void queue_apply(struct queue_ticket *t, const struct queue_event *ev);

/* Who is next, of all who wait in the queues of a window: begin with {0}, add them in any order. Whoever has booked an hour
 * that is still to come at `now` does not go before those who are due. */
struct queue_order {
    struct queue_ticket first[QUEUE_CLASSES];
    bool has[QUEUE_CLASSES];
};
void queue_order_add(struct queue_order *o, const struct queue_ticket *t, int64_t now);
struct queue_past {
    enum queue_class class;
    int64_t at; /* ms */
};
/* `last`: whom this window called last today, the newest first; more than QUEUE_LAST are not asked for. NULL: nobody waits.
 */
#define QUEUE_LAST 16
const struct queue_ticket *queue_order_next(const struct queue_order *o, const struct queue_past *last, int n_last);

#endif
