/* SPDX-License-Identifier: Apache-2.0
 *
 * SQLite behind sql.h.
 */
#include "tools/hall/store/sql_engine.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#define STATEMENTS_MAX 128

struct statement {
    struct sql_rows rows; /* first: sql.c hands it back */
    const char *sql;      /* the literal that names it */
    sqlite3_stmt *stmt;
};
struct sqlite {
    struct sql sql; /* first: sql.c hands it back */
    sqlite3 *handle;
    struct statement statements[STATEMENTS_MAX];
    size_t n;
};

static const struct sql_engine sqlite;

static struct sqlite *of(struct sql *d)
{
    return (struct sqlite *)d;
}

static sqlite3_stmt *stmt_of(struct sql_rows *r)
{
    return ((struct statement *)r)->stmt;
}

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
    sqlite3 *handle = of(d)->handle;
    int code = sqlite3_extended_errcode(handle), cause = sqlite3_system_errno(handle);

    /* what its shared memory needs is no "full" to SQLite 3.40 */
    if ((code & 0xff) == SQLITE_IOERR && (cause == ENOSPC || cause == EDQUOT))
        return err_set(e, ERR_NOSPACE, "%s: the disk is full", what);
    return err_set(e, translate(code), "%s: %s", what, sqlite3_errmsg(handle));
}

static void close_all(struct sql *sql)
{
    struct sqlite *d = of(sql);
    for (size_t i = 0; i < d->n; i++)
        sqlite3_finalize(d->statements[i].stmt);
    sqlite3_close(d->handle);
    free(d);
}

int sql_sqlite_open(const char *path, bool make, struct sql **ret, struct err *e)
{
    struct sqlite *d = calloc(1, sizeof *d);
    if (!d)
        return err_set(e, ERR_NOMEM, "open %s", path);
    d->sql.engine = &sqlite;
    /* each connection is one thread's own, so SQLite need not lock */
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (make ? SQLITE_OPEN_CREATE : 0);
    int rc = 0;
    if (sqlite3_open_v2(path, &d->handle, flags, NULL))
        rc = fail(&d->sql, e, path);
    static const char setup[] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=0;"
                                "PRAGMA foreign_keys=OFF; PRAGMA trusted_schema=OFF; PRAGMA wal_autocheckpoint=4000;";
    if (rc == 0 && sqlite3_busy_timeout(d->handle, 10000))
        rc = fail(&d->sql, e, path);
    if (rc == 0 && sqlite3_exec(d->handle, setup, NULL, NULL, NULL))
        rc = fail(&d->sql, e, path);
    if (rc) {
        close_all(&d->sql);
        return rc;
    }
    *ret = &d->sql;
    return 0;
}

/* One step holds one view of the source: pages that are written meanwhile go into its log. */
static int copy_pages(struct sqlite *from, struct sqlite *to, struct err *e)
{
    sqlite3_backup *b = sqlite3_backup_init(to->handle, "main", from->handle, "main");
    if (!b)
        return fail(&to->sql, e, "copy the database");
    sqlite3_backup_step(b, -1);
    if (sqlite3_backup_finish(b))
        return fail(&to->sql, e, "copy the database");
    /* one file, without a log beside it */
    return sqlite3_exec(to->handle, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL) ? fail(&to->sql, e, "copy the database")
                                                                                    : 0;
}

/* What was saved stays as it is, to the byte. */
static int open_saved(const char *path, struct sql **ret, struct err *e)
{
    struct sqlite *d = calloc(1, sizeof *d);
    if (!d)
        return err_set(e, ERR_NOMEM, "open %s", path);
    d->sql.engine = &sqlite;
    *ret = &d->sql;
    return sqlite3_open_v2(path, &d->handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) ? fail(&d->sql, e, path) : 0;
}

int sql_sqlite_copy(const char *from, bool saved, const char *to, struct err *e)
{
    struct sql *source = NULL, *target = NULL;
    int rc = saved ? open_saved(from, &source, e) : sql_sqlite_open(from, false, &source, e);
    if (rc == 0)
        rc = sql_sqlite_open(to, true, &target, e);
    if (rc == 0)
        rc = copy_pages(of(source), of(target), e);
    sql_close(target);
    sql_close(source);
    return rc;
}

static int exec(struct sql *d, const char *sql, struct err *e)
{
    return sqlite3_exec(of(d)->handle, sql, NULL, NULL, NULL) ? fail(d, e, "database") : 0;
}

static int begin(struct sql *d, struct err *e)
{
    return sqlite3_exec(of(d)->handle, "BEGIN IMMEDIATE", NULL, NULL, NULL) ? fail(d, e, "begin") : 0;
}

static int commit(struct sql *d, struct err *e)
{
    return sqlite3_exec(of(d)->handle, "COMMIT", NULL, NULL, NULL) ? fail(d, e, "commit") : 0;
}

static void rollback(struct sql *d)
{
    /* SQLite may have rolled back by itself; then this fails and that is right */
    if (!sqlite3_get_autocommit(of(d)->handle))
        sqlite3_exec(of(d)->handle, "ROLLBACK", NULL, NULL, NULL);
}

static int prepare(struct sqlite *d, const char *sql, struct statement **ret, struct err *e)
{
    for (size_t i = 0; i < d->n; i++) {
        if (d->statements[i].sql == sql) {
            *ret = &d->statements[i];
            return 0;
        }
    }
    if (d->n == STATEMENTS_MAX)
        return err_set(e, ERR_TOOLONG, "more than %d statements", STATEMENTS_MAX);
    struct statement *s = &d->statements[d->n];
    if (sqlite3_prepare_v3(d->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &s->stmt, NULL))
        return fail(&d->sql, e, sql);
    s->rows.db = &d->sql;
    s->sql = sql;
    d->n++;
    *ret = s;
    return 0;
}

static int bind(sqlite3_stmt *stmt, int at, const struct sql_value *v)
{
    switch (v->type) {
    case 'i':
        return sqlite3_bind_int64(stmt, at, v->number);
    case 't':
        return sqlite3_bind_text64(stmt, at, v->data, v->len, SQLITE_STATIC, SQLITE_UTF8);
    case 'b':
        return sqlite3_bind_blob64(stmt, at, v->data, v->len, SQLITE_STATIC);
    default:
        return sqlite3_bind_null(stmt, at);
    }
}

static int start(struct sql *d, const struct sql_call *c, struct sql_rows **ret, struct err *e)
{
    struct statement *s = NULL;
    int rc = prepare(of(d), c->sql, &s, e);
    if (rc < 0)
        return rc;
    sqlite3_reset(s->stmt);
    for (int i = 0; i < c->n; i++)
        if (bind(s->stmt, i + 1, &c->values[i]) != SQLITE_OK)
            return fail(d, e, "bind");
    *ret = &s->rows;
    return 0;
}

static int next(struct sql_rows *r, struct err *e)
{
    int rc = sqlite3_step(stmt_of(r));
    if (rc == SQLITE_ROW)
        return 1;
    return rc == SQLITE_DONE ? 0 : fail(r->db, e, "database");
}

static void done(struct sql_rows *r)
{
    sqlite3_reset(stmt_of(r));
    sqlite3_clear_bindings(stmt_of(r));
}

static int run(struct sql *d, const struct sql_call *c, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = start(d, c, &r, e);
    if (rc < 0)
        return rc;
    do
        rc = next(r, e);
    while (rc > 0);
    done(r);
    return rc < 0 ? rc : sqlite3_changes(of(d)->handle);
}

static int64_t number(struct sql_rows *r, int column)
{
    return sqlite3_column_int64(stmt_of(r), column);
}

static const char *text(struct sql_rows *r, int column)
{
    const unsigned char *s = sqlite3_column_text(stmt_of(r), column);
    return s ? (const char *)s : "";
}

static const void *bytes(struct sql_rows *r, int column, size_t *ret_len)
{
    const void *p = sqlite3_column_blob(stmt_of(r), column);
    *ret_len = (size_t)sqlite3_column_bytes(stmt_of(r), column);
    return p ? p : "";
}

static int has_table(struct sql *d, const char *name, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(d, &r, e, "SELECT 1 FROM sqlite_master WHERE type='table' AND name=$1", "t", name);
    if (rc == 0)
        rc = sql_next(r, e);
    sql_done(r);
    return rc;
}

static int check(struct sql *d, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(d, &r, e, "PRAGMA quick_check(1)", "");
    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 1)
        rc = strcmp(sql_text(r, 0), "ok") ? err_set(e, ERR_CHECKSUM, "%s", sql_text(r, 0)) : 0;
    sql_done(r);
    return rc;
}

static const struct sql_engine sqlite = {.close = close_all,
                                         .check = check,
                                         .has_table = has_table,
                                         .exec = exec,
                                         .begin = begin,
                                         .commit = commit,
                                         .rollback = rollback,
                                         .run = run,
                                         .select = start,
                                         .next = next,
                                         .done = done,
                                         .number = number,
                                         .text = text,
                                         .bytes = bytes};
