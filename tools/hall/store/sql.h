/* SPDX-License-Identifier: Apache-2.0
 *
 * The hall's database: SQLite in a file (write-ahead log, synchronous=FULL) or PostgreSQL by its URI (libpq, READ COMMITTED,
 * synchronous_commit=on). sql_sqlite.c and sql_postgres.c alone know them (sql_engine.h). SQL is the subset that both and
 * distributed PostgreSQL engines share: BIGINT, INTEGER, TEXT, BYTEA; parameters $1 … $n, each first used in that order
 * (SQLite numbers them by appearance); sums are cast to BIGINT. Of the engines' differences callers see two: PostgreSQL has
 * many writers, so that what was read may be another's by the time it is written (-ERR_RETRY: the whole transaction again);
 * and after a statement failed, nothing in its transaction works until the next savepoint is gone back to.
 */
#ifndef HALL_SQL_H
#define HALL_SQL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct sql; /* one connection; one thread at a time */

#define SQL_URI "postgresql://"
bool sql_is_uri(const char *where);
/* `where`: a path, or a URI (https://www.postgresql.org/docs/15/libpq-connect.html). -ERR_NOTFOUND: there is no such file or
 * database; a file is made only when `make` says so, a database never. -ERR_UNREACHABLE: no server answers, here and
 * whenever it is used; the next transaction tries again. Bytes that are no database, here and wherever it is read, are
 * -ERR_CHECKSUM. */
int sql_open(const char *where, bool make, struct sql **ret, struct err *e);
void sql_close(struct sql *d); /* takes NULL */
/* SQLite: reads every page; -ERR_CHECKSUM when one is damaged. About a second for 256 MB. PostgreSQL: nothing. */
int sql_check(struct sql *d, struct err *e);
/* The whole database as it was at one moment, while others write, into the new file `path`: SQLite's, or what pg_dump makes,
 * which needs Debian's postgresql-client. And back: over a SQLite file that is not there, into a PostgreSQL database that is
 * empty (else -ERR_EXISTS). */
int sql_save(const char *where, const char *path, struct err *e);
int sql_load(const char *where, const char *path, struct err *e);
int sql_has_table(struct sql *d, const char *name, struct err *e); /* 1, 0, or a negative code */
/* A statement that is used once, from any text. */
int sql_exec(struct sql *d, const char *sql, struct err *e);

/* SQLite takes the one write lock at once and waits for another writer up to 10 s; PostgreSQL takes none, and waits as long
 * for a row that another transaction has. */
int sql_begin(struct sql *d, struct err *e);
int sql_commit(struct sql *d, struct err *e);
void sql_rollback(struct sql *d);

/* `types` has a letter a parameter: i int64_t, t const char *, b const void * and size_t, n (nothing: NULL). Text and bytes
 * are borrowed until the statement has run. `sql` must be a string literal: its address names the prepared statement. */
/* Runs to the end; the number of rows changed, or a negative code. */
int sql_do(struct sql *d, struct err *e, const char *sql, const char *types, ...);
/* The rows of a query: sql_next gives 1 for a row, 0 at the end, or a negative code; sql_done ends it early or late. */
struct sql_rows;
int sql_select(struct sql *d, struct sql_rows **ret, struct err *e, const char *sql, const char *types, ...);
int sql_next(struct sql_rows *r, struct err *e);
void sql_done(struct sql_rows *r); /* takes NULL */
int64_t sql_int(struct sql_rows *r, int column);
const char *sql_text(struct sql_rows *r, int column); /* "" for NULL; borrowed until sql_next */
const void *sql_bytes(struct sql_rows *r, int column, size_t *ret_len);
/* Copies exactly len bytes; 0, or -1 when the column holds another length. */
int sql_copy(struct sql_rows *r, int column, void *out, size_t len);

#endif
