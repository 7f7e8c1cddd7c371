/* SPDX-License-Identifier: Apache-2.0
 *
 * SQLite as the journal needs it. No SQLite code leaves this folder.
 */
#include "journal/db.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/fs.h"

#define PATH_MAX_ 1024
#define BUSY_MS 5000 /* a reader that repairs the log after a crash holds us up for a moment */

static enum err_code code_of(sqlite3 *db)
{
    int number = sqlite3_system_errno(db), extended = sqlite3_extended_errcode(db);

    switch (extended & 0xff) {
    case SQLITE_FULL:
        return ERR_NOSPACE;
    case SQLITE_IOERR:
        if (extended == SQLITE_IOERR_NOMEM)
            return ERR_NOMEM;
        return number == ENOSPC || number == EDQUOT ? ERR_NOSPACE : ERR_IO;
    case SQLITE_CANTOPEN:
        return number == ENOENT ? ERR_NOTFOUND : number == ENOSPC ? ERR_NOSPACE : ERR_ACCESS;
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_READONLY:
        return ERR_ACCESS;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ERR_CHECKSUM;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ERR_BUSY;
    case SQLITE_NOMEM:
        return ERR_NOMEM;
    case SQLITE_TOOBIG:
        return ERR_TOOLONG;
    case SQLITE_CONSTRAINT:
        return extended == SQLITE_CONSTRAINT_UNIQUE || extended == SQLITE_CONSTRAINT_PRIMARYKEY ? ERR_EXISTS : ERR_INVALID;
    default:
        return ERR_IO;
    }
}

/* What the last call on db failed with, as one of our codes. */
static int db_error(sqlite3 *db, struct err *e, const char *clause)
{
    return err_set(e, code_of(db), "%s: SQLite: %s", clause, sqlite3_errmsg(db));
}

static bool empty(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && st.st_size == 0;
}

int db_open(const char *dir, int flags, sqlite3 **ret, struct err *e)
{
    char path[PATH_MAX_];
    sqlite3 *db = NULL;

    int rc = fs_join(path, sizeof path, dir, DB_NAME);
    if (rc)
        return err_set(e, ERR_TOOLONG, "the path of the journal is too long");
    if (!(flags & SQLITE_OPEN_CREATE) && empty(path))
        return err_set(e, ERR_NOTFOUND, "%s is empty", path);
    rc = sqlite3_open_v2(path, &db, flags, NULL) ? db_error(db, e, path) : 0;
    if (rc) {
        sqlite3_close(db);
        return rc;
    }
    sqlite3_extended_result_codes(db, 1);
    sqlite3_busy_timeout(db, BUSY_MS);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    rc = db_exec(db, "PRAGMA trusted_schema = OFF; PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON", e);
    if (rc) {
        sqlite3_close(db);
        return rc;
    }
    *ret = db;
    return 0;
}

int db_exec(sqlite3 *db, const char *sql, struct err *e)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL) ? db_error(db, e, "journal.db") : 0;
}

int db_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **ret, struct err *e)
{
    return sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, ret, NULL) ? db_error(db, e, "journal.db") : 0;
}

int db_step(sqlite3_stmt *st, struct err *e)
{
    int rc = sqlite3_step(st);

    if (rc == SQLITE_ROW)
        return 1;
    int ret = rc == SQLITE_DONE ? 0 : db_error(sqlite3_db_handle(st), e, "journal.db");
    sqlite3_reset(st);
    return ret;
}

int db_number(sqlite3_stmt *st, int64_t *ret, struct err *e)
{
    int rc = db_step(st, e);

    if (rc == 1 && sqlite3_column_type(st, 0) == SQLITE_INTEGER)
        *ret = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    return rc < 0 ? rc : 0;
}

bool db_blob(sqlite3_stmt *st, int column, void *out, size_t len)
{
    if (sqlite3_column_type(st, column) != SQLITE_BLOB || (size_t)sqlite3_column_bytes(st, column) != len)
        return false;
    memcpy(out, sqlite3_column_blob(st, column), len);
    return true;
}
