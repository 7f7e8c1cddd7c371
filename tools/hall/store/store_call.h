/* SPDX-License-Identifier: Apache-2.0
 *
 * What windows do with tickets: open, call, recall, send on, end (rules/queue.h says what may be). `ticket_event` holds what
 * happened to each ticket, added to and never changed; the ticket's own row says where it stands, and its `seq` how many
 * events that took.
 *
 * Each function runs in the caller's transaction. That two do something at once shows when the ticket's or the window's row
 * is not as it was read: -ERR_RETRY, and the whole transaction again, on what is there then. So no two windows ever call
 * one ticket, and no window two.
 */
#ifndef HALL_STORE_CALL_H
#define HALL_STORE_CALL_H

#include "tools/hall/rules/queue.h"
#include "tools/hall/store/store.h"

#define CALL_QUEUES_MAX 200 /* bytes: ids with blanks between, those of one window */
#define CALL_STAFF_MAX 60   /* bytes */

struct call { /* what is asked for; strings are borrowed */
    int office;
    enum queue_event_kind kind;
    int window; /* 0: none, of what happens ANYWHERE */
    const char *staff;
    int64_t at; /* ms */
    /* CALL, ENTER, BACK: the number of this queue as on the paper (blanks do not count). CALL without a queue: whoever is
     * next of all the window's; ENTER without a number: whoever is next of the queue. */
    const char *queue, *number;
    const char *to; /* TRANSFER */
};
struct call_answer {
    enum queue_refusal refusal; /* QUEUE_MAY: it is done */
    struct queue_ticket ticket; /* as it stands now; number "": there is none */
};
/* 0 also when it is refused; nothing was changed then. -ERR_NOTFOUND: no catalogue has the queue. */
int call_do(struct store *s, const struct call *c, struct call_answer *ret, struct err *e);

/* The window serves these queues from now on, today. */
int call_open(struct store *s, int office, int window, const char *queues, const char *staff, int64_t at, struct err *e);
/* It serves none any more: *ret WINDOW_BUSY or WINDOW_SHUT: nothing was changed. */
int call_close(struct store *s, int office, int window, int64_t at, enum queue_refusal *ret, struct err *e);

/* --- what is shown --- */

struct call_window { /* one that is open; queues: ids with blanks around; ticket.number "": nobody is at it */
    int number;
    char queues[CALL_QUEUES_MAX + 3], staff[CALL_STAFF_MAX + 1];
    struct queue_ticket ticket;
};
typedef int call_window_fn(void *ctx, const struct call_window *w); /* non-zero stops */
int call_each_window(struct store *s, int office, int64_t day, call_window_fn *fn, void *ctx, struct err *e);

/* Who is at a window. 1: somebody. */
int call_ticket_at(struct store *s, int office, int64_t day, int window, struct queue_ticket *ret, struct err *e);
/* Whose turn it is of those who wait in the queues (ids with blanks around), for a window, which goes by whom it called
 * last. 1: somebody's. */
int call_next_waiting(struct store *s, int office, int64_t at, int64_t day, const char *queues, int window,
                      struct queue_ticket *ret, struct err *e);
/* The tickets of a day in a state, by the time they wait since; queues NULL: of all. Non-zero stops. */
typedef int call_ticket_fn(void *ctx, const struct queue_ticket *t);
int call_each_ticket(struct store *s, int office, int64_t day, enum queue_state state, const char *queues,
                     call_ticket_fn *fn, void *ctx, struct err *e);

struct call_spoken { /* a call, or one repeated; strings are borrowed for the call */
    const char *queue, *number;
    int64_t seq, at;
    int window;
    bool again;
};
typedef int call_spoken_fn(void *ctx, const struct call_spoken *c);
/* The last `n` of a day, the newest first. */
int call_each_spoken(struct store *s, int office, int64_t day, int n, call_spoken_fn *fn, void *ctx, struct err *e);

/* The queues of the newest catalogue, by id; non-zero stops. Strings are borrowed for the call. */
int call_each_queue(struct store *s, int (*fn)(void *ctx, const char *queue, const char *name), void *ctx, struct err *e);
/* The name of a queue in the catalogue; its id where there is none. */
int call_queue_name(struct store *s, const char *queue, char ret[60], struct err *e);

#endif
