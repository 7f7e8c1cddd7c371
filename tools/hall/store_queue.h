/* SPDX-License-Identifier: Apache-2.0
 *
 * The queues of an office as rows: blocks of numbers leased to terminals, tickets taken, numbers called, pauses. A ticket's
 * row is made in the transaction that stores its record. Every change raises the office's version, which is how a running
 * hall hears of what another one or hallctl did. Callers hold a transaction (store_begin, or a write_job).
 */
#ifndef HALL_STORE_QUEUE_H
#define HALL_STORE_QUEUE_H

#include "tools/hall/store.h"
#include "wire/lease.h"

/* Grants the block l->block to a request; the same request gets the same block for ever. -ERR_EXISTS: the request's id is
 * known with other words or from another terminal. -ERR_RANGE: the series of the day is used up. */
int queue_lease(struct store *s, int office, const char *terminal, struct lease *l, struct err *e);

/* Takes up the tickets among records that were just stored. A number that is there already is told as an alert. *ret_any:
 * there were some. */
int queue_take_records(struct store *s, int office, const char *terminal, const struct store_record *records, size_t n,
                       int64_t received, bool *ret_any, struct err *e);

/* A window calls: the given number (spaces do not count), or NULL: whoever waits longest. -ERR_NOTFOUND: there is none;
 * -ERR_EXISTS: it was called or is void. */
int queue_call(struct store *s, int office, const char *queue, struct date day, const char *number, int64_t at,
               char ret_number[TICKET_NUMBER_MAX + 1], struct err *e);
int queue_pause(struct store *s, int office, const char *queue, int64_t until, const char *reason, struct err *e);
int queue_resume(struct store *s, int office, const char *queue, struct err *e); /* -ERR_NOTFOUND: it was not paused */

/* How the office's queues stand at `now`. */
int queue_state(struct store *s, int office, int64_t now, struct queues_now *ret, struct err *e);
/* The versions of all offices; fn returns non-zero to stop. */
int queue_versions(struct store *s, int (*fn)(void *ctx, int office, int64_t version), void *ctx, struct err *e);

#endif
