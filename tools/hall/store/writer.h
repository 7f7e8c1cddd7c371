/* SPDX-License-Identifier: Apache-2.0
 *
 * Group commit: one thread writes. It takes what waits (no timer), up to 500 rows and 1 MB, runs it in one transaction,
 * commits, and only then lets the answers go.
 *
 * Fair turns: each sender has a lane, and a group takes one job of each lane in turn; whoever sends much waits for itself.
 * What waits is bounded: for each lane, for each office, and in all.
 */
#ifndef HALL_WRITER_H
#define HALL_WRITER_H

#include <event2/event.h>

#include "tools/hall/store/store.h"

struct writer;

/* Embedded in the caller's job. */
struct write_job {
    /* In the writer's thread, inside a transaction. A negative code undoes what it did, and nothing else; -ERR_RETRY undoes
     * the whole transaction, and then each job of it is run in one of its own, again and again: it may be called more than
     * once. */
    int (*run)(struct write_job *j, struct store *s, struct err *e);
    /* In the loop's thread, after COMMIT or failure: rc is 0 only when it is durable. Frees the job. */
    void (*done)(struct write_job *j, int rc, const struct err *e);
    size_t rows, bytes; /* roughly; for the caps */
    /* The lane: a terminal's id, or WRITER_STRANGERS. NULL: the hall's own, which no cap but the whole one keeps out.
     * Borrowed until done. */
    const char *from;
    int office;

    struct write_job *next; /* the writer's own */
    int rc;
    struct err err;
};

#define WRITER_STRANGERS "*" /* no terminal has this id */
#define WRITER_LANE_JOBS 32
#define WRITER_LANE_BYTES (4u * 1024 * 1024)
#define WRITER_OFFICE_JOBS 1024
#define WRITER_JOBS_MAX 4096
#define WRITER_BYTES_MAX (64u * 1024 * 1024)
#define WRITER_TRIES 8 /* of a job alone; then it fails, as busy */
#define WRITER_GROUP_ROWS 500
#define WRITER_GROUP_BYTES (1024u * 1024)

/* Takes the store over for its thread (not its ownership). */
int writer_create(struct event_base *base, struct store *s, struct writer **ret, struct err *e);
/* Ends the thread after what waits is written; done() is called for all of it. Takes NULL. */
void writer_destroy(struct writer *w);
/* False: full, the job was not taken. From any thread. */
bool writer_push(struct writer *w, struct write_job *j);
/* Called in the loop's thread when jobs failed for the database's sake (-ERR_NOSPACE, -ERR_CHECKSUM), once for all that were
 * finished together. */
void writer_on_failure(struct writer *w, void (*fn)(void *ctx, int rc, const struct err *why), void *ctx);

#endif
