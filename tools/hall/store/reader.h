/* SPDX-License-Identifier: Apache-2.0
 *
 * Reads off the loop: READER_THREADS threads, each with a connection of its own, take what waits in its order. A read sees
 * what is committed, outside any transaction; the writer may be ahead of it by the time its answer comes. No fair turns as
 * the writer has them: a connection has one request at a time, and the door bounds connections.
 */
#ifndef HALL_STORE_READER_H
#define HALL_STORE_READER_H

#include <event2/event.h>

#include "tools/hall/store/store.h"

struct reader;

/* Embedded in the caller's job. */
struct read_job {
    /* In a reader's thread. */
    int (*run)(struct read_job *j, struct store *s, struct err *e);
    /* In the loop's thread. Frees the job. */
    void (*done)(struct read_job *j, int rc, const struct err *e);

    struct read_job *next; /* the reader's own */
    int rc;
    struct err err;
};

#define READER_THREADS 2
#define READER_JOBS_MAX 4096

int reader_create(struct event_base *base, const char *dir, struct reader **ret, struct err *e);
/* Ends the threads after what waits is read; done() is called for all of it. Takes NULL. */
void reader_destroy(struct reader *r);
/* False: full or ending, the job was not taken. The loop's thread. */
bool reader_push(struct reader *r, struct read_job *j);

#endif
