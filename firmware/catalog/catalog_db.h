/* SPDX-License-Identifier: Apache-2.0
 *
 * A catalogue as a database: opened so that nothing in it can act, checked for what it is. For catalog.c and update.c only.
 */
#ifndef CATALOG_CATALOG_DB_H
#define CATALOG_CATALOG_DB_H

#include <sqlite3.h>

#include "base/err.h"

/* Read-only, immutable, defensive, no trusted schema; refuses another kind of database (-ERR_INVALID), older tables
 * (-ERR_VERSION) and a file that is none (-ERR_CHECKSUM). Close with sqlite3_close. */
int catalog_db_open(const char *path, sqlite3 **ret, struct err *e);
/* A whole number of the table meta. */
int catalog_db_meta(sqlite3 *db, const char *key, int *ret, struct err *e);
/* PRAGMA quick_check: reads every page. -ERR_CHECKSUM. */
int catalog_db_check(sqlite3 *db, struct err *e);
/* The last SQLite error as one of ours. */
int catalog_db_err(sqlite3 *db, struct err *e, const char *what);

/* The database of an open catalogue, for the files of this folder that read tables of their own. */
struct catalog;
sqlite3 *catalog_db_of(struct catalog *c);

#endif
