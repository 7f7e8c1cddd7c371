/* SPDX-License-Identifier: Apache-2.0
 *
 * The queues of an office as rows: blocks of numbers leased to terminals, tickets taken, pauses; what windows do with
 * tickets is store_call.h's. A ticket's row is made in the transaction that stores its record (take.h). Every change raises
 * the office's version, which is how a running hall hears of what another one or hallctl did. Callers hold a transaction
 * (store_begin, or a write_job).
 */
#ifndef HALL_STORE_QUEUE_H
#define HALL_STORE_QUEUE_H

#include "tools/hall/rules/estimate.h"
#include "tools/hall/rules/lease.h"
#include "tools/hall/store/store.h"
#include "wire/lease.h"

/* A queue that a published catalogue has, now or before: tickets of yesterday's catalogue are tickets all the same. */
int queue_known_add(struct store *s, const char *queue, int64_t catalogue, struct err *e);

/* What the windows go by of a known one: its name, how late who was absent may come back, whether it is a priority queue. */
int queue_describe(struct store *s, const struct queue *q, struct err *e);
int queue_need_known(struct store *s, const char *queue, struct err *e); /* -ERR_NOTFOUND: no catalogue has it */

/* Grants the block l->block to a request; the same request gets the same block for ever. -ERR_EXISTS: the request's id is
 * known with other words or from another terminal. -ERR_RANGE: the terminal has its LEASE_BLOCKS_MAX, or the series of the
 * day is used up. -ERR_NOTFOUND: no catalogue has the queue. */
int queue_lease(struct store *s, int office, const char *terminal, struct lease *l, struct err *e);

enum queue_verdict {
    QUEUE_ITS_OWN,
    QUEUE_NOTHING, /* there is no such ticket to void */
    QUEUE_UNKNOWN, /* no catalogue has the queue */
    QUEUE_FOREIGN, /* the number, or the ticket to void, is not the sender's */
};
/* What a ticket, or a void ticket, is. Its row is made by projection.h. */
int queue_judge_ticket(struct store *s, const struct sender *who, const struct store_record *r, enum queue_verdict *ret,
                       struct err *e);
int queue_judge_void(struct store *s, const struct sender *who, const struct store_record *r, enum queue_verdict *ret,
                     struct err *e);
/* 1: the number is the sender's to give, and *ret_since (rules/sender.h). */
int queue_entitled(struct store *s, const struct sender *who, const struct store_record *r, int64_t *ret_since,
                   struct err *e);
/* A ticket's `void` while projections are made anew: from here on, no record has come to it yet. */
#define QUEUE_STALE 2
/* Something an office's terminals must hear of. */
int queue_changed(struct store *s, int office, struct err *e);

/* Terminals give no numbers of it until then, and say why. Closed for the day: until midnight. */
int queue_pause(struct store *s, int office, const char *queue, int64_t until, const char *reason,
                struct err *e);                                                  /* -ERR_NOTFOUND: no catalogue has it */
int queue_resume(struct store *s, int office, const char *queue, struct err *e); /* -ERR_NOTFOUND: it was not paused */

/* How long one who takes a number of the queue now will wait; nobody waits in a queue that is not known. */
int queue_wait(struct store *s, int office, int64_t now, const char *queue, struct estimate *ret, struct err *e);
/* How the office's queues stand at `now`. */
int queue_state(struct store *s, int office, int64_t now, struct queues_now *ret, struct err *e);
/* The versions of all offices; fn returns non-zero to stop. */
int queue_versions(struct store *s, int (*fn)(void *ctx, int office, int64_t version), void *ctx, struct err *e);

#endif
