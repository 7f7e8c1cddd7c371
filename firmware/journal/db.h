/* SPDX-License-Identifier: Apache-2.0
 *
 * What journal and outbox share of SQLite: opening, statements, and the one place that translates its codes.
 */
#ifndef JOURNAL_DB_H
#define JOURNAL_DB_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define DB_NAME "journal.db"

/* DIR/journal.db; `flags` as for sqlite3_open_v2. *ret is closed by sqlite3_close. Without SQLITE_OPEN_CREATE an empty file
 * counts as none, -ERR_NOTFOUND: SQLite would throw away the log beside it, which may be all that is left. */
int db_open(const char *dir, int flags, sqlite3 **ret, struct err *e);
int db_exec(sqlite3 *db, const char *sql, struct err *e);
int db_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **ret, struct err *e);
/* One step: 1 when there is a row, 0 when done, negative on errors. The statement is reset unless there is a row. */
int db_step(sqlite3_stmt *st, struct err *e);
/* A query of one number: *ret is left alone where there is no row or NULL. `st` is finalised. */
int db_number(sqlite3_stmt *st, int64_t *ret, struct err *e);
/* Copies a blob of exactly len bytes; false when the column holds anything else. */
bool db_blob(sqlite3_stmt *st, int column, void *out, size_t len);

#endif
