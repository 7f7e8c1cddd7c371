/* SPDX-License-Identifier: Apache-2.0
 *
 * Opens catalogue databases. The file was verified, yet it is treated as something from outside: SQLite is told to trust
 * nothing in it, and not to write.
 */
#include "catalog/catalog_db.h"

#include <string.h>

#include "base/buf.h"
#include "catalog/schema.h"

int catalog_db_err(sqlite3 *db, struct err *e, const char *what)
{
    int rc = sqlite3_errcode(db) & 0xff;

    switch (rc) {
    case SQLITE_NOMEM:
        return err_set(e, ERR_NOMEM, "%s", what);
    case SQLITE_CANTOPEN:
        return err_set(e, ERR_NOTFOUND, "%s: %s", what, sqlite3_errmsg(db));
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return err_set(e, ERR_CHECKSUM, "%s: %s", what, sqlite3_errmsg(db));
    default:
        return err_set(e, ERR_IO, "%s: %s", what, sqlite3_errmsg(db));
    }
}

int catalog_db_meta(sqlite3 *db, const char *key, int *ret, struct err *e)
{
    sqlite3_stmt *st = NULL;
    int rc = -1;

    if (sqlite3_prepare_v2(db, "SELECT value FROM meta WHERE key = ?", -1, &st, NULL) != SQLITE_OK)
        return catalog_db_err(db, e, "read meta");
    sqlite3_bind_text(st, 1, key, -1, SQLITE_STATIC);
    if (sqlite3_step(st) == SQLITE_ROW) {
        *ret = sqlite3_column_int(st, 0);
        rc = 0;
    }
    sqlite3_finalize(st);
    return rc < 0 ? err_set(e, ERR_INVALID, "it does not say its %s", key) : 0;
}

static int get_pragma(sqlite3 *db, const char *sql, int *ret, struct err *e)
{
    sqlite3_stmt *st = NULL;
    int rc = 0;

    if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK || sqlite3_step(st) != SQLITE_ROW)
        rc = catalog_db_err(db, e, "read the header");
    else
        *ret = sqlite3_column_int(st, 0);
    sqlite3_finalize(st);
    return rc;
}

static int check_kind(sqlite3 *db, struct err *e)
{
    int id = 0, schema = 0;
    int rc = get_pragma(db, "PRAGMA application_id", &id, e);

    if (rc == 0)
        rc = get_pragma(db, "PRAGMA user_version", &schema, e);
    if (rc < 0)
        return rc;
    if (id != CATALOG_APPLICATION_ID)
        return err_set(e, ERR_INVALID, "it is a database, but no catalogue");
    if (schema < CATALOG_SCHEMA_VERSION)
        return err_set(e, ERR_VERSION, "its tables are of form %d, this program reads %d and later ones", schema,
                       CATALOG_SCHEMA_VERSION);
    return 0;
}

/* '?', '#' and '%' mean something in a URI. */
static int make_uri(const char *path, struct buf *uri)
{
    buf_adds(uri, "file:");
    for (const char *p = path; *p; p++) {
        if (strchr("?#%", *p))
            buf_addf(uri, "%%%02X", (unsigned char)*p);
        else
            buf_addc(uri, (uint8_t)*p);
    }
    return buf_adds(uri, "?mode=ro&immutable=1");
}

static int open_file(const char *path, sqlite3 **ret, struct err *e)
{
    struct buf uri;
    int rc = 0;

    buf_init(&uri, 4096);
    if (make_uri(path, &uri) < 0)
        rc = err_set(e, ERR_TOOLONG, "the path");
    else if (sqlite3_open_v2(buf_str(&uri), ret, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL))
        rc = *ret ? catalog_db_err(*ret, e, "open") : err_set(e, ERR_NOMEM, "open");
    buf_finish(&uri);
    return rc;
}

static int harden(sqlite3 *db, struct err *e)
{
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    if (sqlite3_exec(db, "PRAGMA cell_size_check=ON; PRAGMA cache_size=-1024", NULL, NULL, NULL))
        return catalog_db_err(db, e, "open");
    return 0;
}

int catalog_db_open(const char *path, sqlite3 **ret, struct err *e)
{
    sqlite3 *db = NULL;
    int rc = open_file(path, &db, e);

    if (rc == 0)
        rc = harden(db, e);
    if (rc == 0)
        rc = check_kind(db, e);
    if (rc < 0) {
        sqlite3_close(db);
        return rc;
    }
    *ret = db;
    return 0;
}

int catalog_db_check(sqlite3 *db, struct err *e)
{
    sqlite3_stmt *st = NULL;
    const char *said;
    int rc = 0;

    if (sqlite3_prepare_v2(db, "PRAGMA quick_check(1)", -1, &st, NULL) != SQLITE_OK || sqlite3_step(st) != SQLITE_ROW) {
        rc = catalog_db_err(db, e, "check the pages");
    } else {
        said = (const char *)sqlite3_column_text(st, 0);
        if (!said || strcmp(said, "ok"))
            rc = err_set(e, ERR_CHECKSUM, "its pages are damaged: %s", said ? said : "no word");
    }
    sqlite3_finalize(st);
    return rc;
}
