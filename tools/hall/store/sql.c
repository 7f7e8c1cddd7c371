/* SPDX-License-Identifier: Apache-2.0
 *
 * SQLite behind sql.h.
 */
#include "tools/hall/store/sql.h"

#include <sqlite3.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define STATEMENTS_MAX 128

struct sql_rows {
    struct sql *db;
    const char *sql; /* the literal that names it */
    sqlite3_stmt *stmt;
};
struct sql {
    sqlite3 *handle;
    struct sql_rows statements[STATEMENTS_MAX];
    size_t n;
};

static enum err_code translate(int code)
{
    int primary = code & 0xff;
    if (primary == SQLITE_FULL)
        return ERR_NOSPACE;
    if (primary == SQLITE_BUSY || primary == SQLITE_LOCKED)
        return ERR_BUSY;
    if (primary == SQLITE_CONSTRAINT)
        return ERR_EXISTS;
    if (primary == SQLITE_CANTOPEN)
        return ERR_NOTFOUND;
    if (primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB)
        return ERR_CHECKSUM;
    if (primary == SQLITE_READONLY || primary == SQLITE_PERM || primary == SQLITE_AUTH)
        return ERR_ACCESS;
    if (primary == SQLITE_NOMEM)
        return ERR_NOMEM;
    return ERR_IO;
}

static int fail(struct sql *d, struct err *e, const char *what)
{
    return err_set(e, translate(sqlite3_extended_errcode(d->handle)), "%s: %s", what, sqlite3_errmsg(d->handle));
}

int sql_open(const char *path, bool make, struct sql **ret, struct err *e)
{
    struct sql *d = calloc(1, sizeof *d);
    if (!d)
        return err_set(e, ERR_NOMEM, "open %s", path);
    /* each connection is one thread's own, so SQLite need not lock */
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (make ? SQLITE_OPEN_CREATE : 0);
    int rc = 0;
    if (sqlite3_open_v2(path, &d->handle, flags, NULL))
        rc = fail(d, e, path);
    static const char setup[] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=0;"
                                "PRAGMA foreign_keys=OFF; PRAGMA trusted_schema=OFF; PRAGMA wal_autocheckpoint=4000;";
    if (!rc && sqlite3_busy_timeout(d->handle, 10000))
        rc = fail(d, e, path);
    if (!rc && sqlite3_exec(d->handle, setup, NULL, NULL, NULL))
        rc = fail(d, e, path);
    if (rc) {
        sql_close(d);
        return rc;
    }
    *ret = d;
    return 0;
}

void sql_close(struct sql *d)
{
    if (!d)
        return;
    for (size_t i = 0; i < d->n; i++)
        sqlite3_finalize(d->statements[i].stmt);
    sqlite3_close(d->handle);
    free(d);
}

int sql_exec(struct sql *d, const char *sql, struct err *e)
{
    return sqlite3_exec(d->handle, sql, NULL, NULL, NULL) ? fail(d, e, "database") : 0;
}

int sql_has_table(struct sql *d, const char *name, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(d, &r, e, "SELECT 1 FROM sqlite_master WHERE type='table' AND name=$1", "t", name);
    if (!rc)
        rc = sql_next(r, e);
    sql_done(r);
    return rc;
}

int sql_check(struct sql *d, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(d, &r, e, "PRAGMA quick_check(1)", "");
    if (!rc)
        rc = sql_next(r, e);
    if (rc == 1)
        rc = strcmp(sql_text(r, 0), "ok") ? err_set(e, ERR_CHECKSUM, "%s", sql_text(r, 0)) : 0;
    sql_done(r);
    return rc;
}

int sql_begin(struct sql *d, struct err *e)
{
    return sqlite3_exec(d->handle, "BEGIN IMMEDIATE", NULL, NULL, NULL) ? fail(d, e, "begin") : 0;
}

int sql_commit(struct sql *d, struct err *e)
{
    return sqlite3_exec(d->handle, "COMMIT", NULL, NULL, NULL) ? fail(d, e, "commit") : 0;
}

void sql_rollback(struct sql *d)
{
    /* SQLite may have rolled back by itself; then this fails and that is right */
    if (!sqlite3_get_autocommit(d->handle))
        sqlite3_exec(d->handle, "ROLLBACK", NULL, NULL, NULL);
}

static int prepare(struct sql *d, const char *sql, struct sql_rows **ret, struct err *e)
{
    for (size_t i = 0; i < d->n; i++) {
        if (d->statements[i].sql == sql) {
            *ret = &d->statements[i];
            return 0;
        }
    }
    if (d->n == STATEMENTS_MAX)
        return err_set(e, ERR_TOOLONG, "more than %d statements", STATEMENTS_MAX);
    struct sql_rows *r = &d->statements[d->n];
    if (sqlite3_prepare_v3(d->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &r->stmt, NULL))
        return fail(d, e, sql);
    r->db = d;
    r->sql = sql;
    d->n++;
    *ret = r;
    return 0;
}

static int bind(struct sql_rows *r, const char *types, va_list ap)
{
    int rc = SQLITE_OK;
    for (int i = 1; !rc && types[i - 1]; i++) {
        char t = types[i - 1];
        if (t == 'i') {
            rc = sqlite3_bind_int64(r->stmt, i, va_arg(ap, int64_t));
        } else if (t == 't') {
            rc = sqlite3_bind_text(r->stmt, i, va_arg(ap, const char *), -1, SQLITE_STATIC);
        } else if (t == 'b') {
            const void *data = va_arg(ap, const void *);
            size_t len = va_arg(ap, size_t);
            /* a NULL pointer would bind NULL: no bytes are still bytes */
            rc = sqlite3_bind_blob64(r->stmt, i, len ? data : "", len, SQLITE_STATIC);
        } else {
            rc = sqlite3_bind_null(r->stmt, i);
        }
    }
    return rc;
}

static int start(struct sql *d, struct sql_rows **ret, struct err *e, const char *sql, const char *types, va_list ap)
{
    int rc = prepare(d, sql, ret, e);
    if (rc)
        return rc;
    sqlite3_reset((*ret)->stmt);
    return bind(*ret, types, ap) ? fail(d, e, "bind") : 0;
}

int sql_do(struct sql *d, struct err *e, const char *sql, const char *types, ...)
{
    struct sql_rows *r = NULL;
    va_list ap;
    va_start(ap, types);
    int rc = start(d, &r, e, sql, types, ap);
    va_end(ap);
    if (rc)
        return rc;
    do
        rc = sql_next(r, e);
    while (rc > 0);
    sql_done(r);
    return rc ? rc : sqlite3_changes(d->handle);
}

int sql_select(struct sql *d, struct sql_rows **ret, struct err *e, const char *sql, const char *types, ...)
{
    va_list ap;
    va_start(ap, types);
    int rc = start(d, ret, e, sql, types, ap);
    va_end(ap);
    if (rc)
        *ret = NULL;
    return rc;
}

int sql_next(struct sql_rows *r, struct err *e)
{
    int rc = sqlite3_step(r->stmt);
    if (rc == SQLITE_ROW)
        return 1;
    return rc == SQLITE_DONE ? 0 : fail(r->db, e, "database");
}

void sql_done(struct sql_rows *r)
{
    if (!r)
        return;
    sqlite3_reset(r->stmt);
    sqlite3_clear_bindings(r->stmt);
}

int64_t sql_int(struct sql_rows *r, int column)
{
    return sqlite3_column_int64(r->stmt, column);
}

const char *sql_text(struct sql_rows *r, int column)
{
    const unsigned char *s = sqlite3_column_text(r->stmt, column);
    return s ? (const char *)s : "";
}

const void *sql_bytes(struct sql_rows *r, int column, size_t *ret_len)
{
    const void *p = sqlite3_column_blob(r->stmt, column);
    *ret_len = (size_t)sqlite3_column_bytes(r->stmt, column);
    return p ? p : "";
}

int sql_copy(struct sql_rows *r, int column, void *out, size_t len)
{
    size_t have = 0;
    const void *p = sql_bytes(r, column, &have);
    if (have != len)
        return -1;
    memcpy(out, p, len);
    return 0;
}
