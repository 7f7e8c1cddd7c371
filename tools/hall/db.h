/* SPDX-License-Identifier: Apache-2.0
 *
 * SQLite as the hall uses it: write-ahead log, synchronous=FULL, prepared statements kept by their text. The only file of
 * the hall that knows SQLite; another engine is another db.c. SQL is the subset distributed PostgreSQL engines share:
 * BIGINT, INTEGER, TEXT, BYTEA; parameters $1 … $n, each first used in that order (SQLite numbers them by appearance).
 */
#ifndef HALL_DB_H
#define HALL_DB_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct db; /* one connection; one thread at a time */

int db_open(const char *path, struct db **ret, struct err *e);
void db_close(struct db *d); /* takes NULL */

int db_begin(struct db *d, struct err *e); /* takes the write lock at once; waits for another writer up to 10 s */
int db_commit(struct db *d, struct err *e);
void db_rollback(struct db *d);

/* `types` has a letter a parameter: i int64_t, t const char *, b const void * and size_t, n (nothing: NULL). Text and bytes
 * are borrowed until the statement has run. `sql` must be a string literal: its address names the prepared statement. */
/* Runs to the end; the number of rows changed, or a negative code. */
int db_do(struct db *d, struct err *e, const char *sql, const char *types, ...);
/* The rows of a query: db_next gives 1 for a row, 0 at the end, or a negative code; db_done ends it early or late. */
struct db_rows;
int db_select(struct db *d, struct db_rows **ret, struct err *e, const char *sql, const char *types, ...);
int db_next(struct db_rows *r, struct err *e);
void db_done(struct db_rows *r); /* takes NULL */
int64_t db_int(struct db_rows *r, int column);
const char *db_text(struct db_rows *r, int column); /* "" for NULL; borrowed until db_next */
const void *db_bytes(struct db_rows *r, int column, size_t *ret_len);
/* Copies exactly len bytes; 0, or -1 when the column holds another length. */
int db_copy(struct db_rows *r, int column, void *out, size_t len);

#endif
