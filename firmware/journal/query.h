/* SPDX-License-Identifier: Apache-2.0
 *
 * What journal asks of its own records: the next serial, the last day, the last visit.
 */
#ifndef JOURNAL_QUERY_H
#define JOURNAL_QUERY_H

#include "journal/db.h"
#include "journal/journal.h"

/* One more than the largest serial of the series on that day, 1 when there is none. */
int query_next_serial(sqlite3 *db, const char *series, int64_t day, int64_t *ret, struct err *e);
/* The latest day a number was given for; 0 when none was. */
int query_last_day(sqlite3 *db, int64_t *ret, struct err *e);
int query_last_visit(sqlite3 *db, struct journal_visit *ret, struct err *e);

int query_newest(sqlite3 *db, enum record_kind kind, journal_fn *fn, void *ctx, struct err *e);
/* The hash of record `seq`. -ERR_CHECKSUM: it is not there or has none. */
int query_hash(sqlite3 *db, uint64_t seq, uint8_t out[HASH_LEN], struct err *e);
int64_t query_at(sqlite3 *db, uint64_t seq);

#endif
