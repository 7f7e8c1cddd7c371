/* SPDX-License-Identifier: Apache-2.0
 *
 * Group commit: one thread writes. It takes everything that waits (no timer), up to 500 rows and 1 MB, runs it in one
 * transaction, commits, and only then lets the answers go. What waits is bounded.
 */
#ifndef HALL_WRITER_H
#define HALL_WRITER_H

#include <event2/event.h>

#include "tools/hall/store.h"

struct writer;

/* Embedded in the caller's job. */
struct write_job {
    /* In the writer's thread, inside a transaction. May run a second time, alone, when its group failed: so it sets its
     * results anew each time. A negative code rolls back. */
    int (*run)(struct write_job *j, struct store *s, struct err *e);
    /* In the loop's thread, after COMMIT or failure: rc is 0 only when it is durable. Frees the job. */
    void (*done)(struct write_job *j, int rc, const struct err *e);
    size_t rows, bytes; /* roughly; for the caps */

    struct write_job *next; /* the writer's own */
    int rc;
    struct err err;
};

#define WRITER_JOBS_MAX 4096
#define WRITER_BYTES_MAX (64u * 1024 * 1024)
#define WRITER_GROUP_ROWS 500
#define WRITER_GROUP_BYTES (1024u * 1024)

/* Takes the store over for its thread (not its ownership). */
int writer_create(struct event_base *base, struct store *s, struct writer **ret, struct err *e);
/* Ends the thread after what waits is written; done() is called for all of it. Takes NULL. */
void writer_destroy(struct writer *w);
/* False: full; the job was not taken. */
bool writer_push(struct writer *w, struct write_job *j);

#endif
