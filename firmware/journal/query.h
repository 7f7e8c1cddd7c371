/* SPDX-License-Identifier: Apache-2.0
 *
 * What journal asks of its own records: the next serial, the last trusted time, the last visit.
 */
#ifndef JOURNAL_QUERY_H
#define JOURNAL_QUERY_H

#include "journal/anchor.h"
#include "journal/db.h"
#include "journal/journal.h"

/* One more than the largest serial of the series on that day, 1 when there is none. */
int query_next_serial(sqlite3 *db, const char *series, int64_t day, int64_t *ret, struct err *e);
/* When the newest record was written whose clock was trusted; 0: there is none. Walks back until it finds it. */
int query_trusted(sqlite3 *db, int64_t *ret, struct err *e);
int query_case(sqlite3 *db, const char *number, struct journal_case *ret, struct err *e);
int query_last_visit(sqlite3 *db, struct journal_visit *ret, struct err *e);

int query_newest(sqlite3 *db, enum record_kind kind, journal_fn *fn, void *ctx, struct err *e);
/* Outcomes of papers among the newest QUERY_PAPERS records, newest first. */
#define QUERY_PAPERS 4000
int query_papers(sqlite3 *db, uint64_t last, journal_fn *fn, void *ctx, struct err *e);
/* A record that is known to have been: is it in a journal that ends at `last`, and the same? -ERR_STATE: the journal ends
 * before it; -ERR_VERSION: another one stands in its place. `who` begins the sentence: "there was", "the hall holds". */
int query_place(sqlite3 *db, uint64_t last, const struct anchor_place *p, const char *who, struct err *e);
int64_t query_at(sqlite3 *db, uint64_t seq);
/* Bodies beyond `acked`, but for those that no resident waits for. */
int query_waiting(sqlite3 *db, uint64_t acked, int64_t *ret, struct err *e);

#endif
