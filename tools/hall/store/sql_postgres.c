/* SPDX-License-Identifier: Apache-2.0
 *
 * PostgreSQL behind sql.h, by libpq. Parameters and results travel in binary; rows of a query are fetched at once, so
 * callers that read much page by key.
 */
#include <endian.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/child.h"
#include "base/text.h"
#include "tools/hall/store/sql_engine.h"

#define STATEMENTS_MAX 128
#define MESSAGE_MAX 200

/* Object ids of types: stable since they exist (pg_type.dat). */
enum { OID_ANY = 0, OID_BYTEA = 17, OID_INT8 = 20, OID_TEXT = 25 };

struct postgres {
    struct sql sql; /* first: sql.c hands it back */
    PGconn *conn;
    const char *prepared[STATEMENTS_MAX]; /* literals; the index is the statement's name */
    size_t n;
    bool inside; /* a transaction */
};
struct result {
    struct sql_rows rows; /* first: sql.c hands it back */
    PGresult *res;
    int row; /* -1: before the first */
};

static const struct sql_engine postgres;

static struct postgres *of(struct sql *d)
{
    return (struct postgres *)d;
}

/* --- errors --- */

/* By SQLSTATE, or its class of two characters. */
static enum err_code translate(const char *state)
{
    static const struct {
        const char *state;
        enum err_code code;
    } list[] = {
        {"08", ERR_UNREACHABLE}, {"57P", ERR_UNREACHABLE}, {"53300", ERR_BUSY},     {"53100", ERR_NOSPACE},
        {"53", ERR_NOMEM},       {"40001", ERR_RETRY},     {"40P01", ERR_RETRY},    {"55P03", ERR_BUSY},
        {"57014", ERR_BUSY},     {"23", ERR_EXISTS},       {"28", ERR_ACCESS},      {"42501", ERR_ACCESS},
        {"25006", ERR_ACCESS},   {"3D000", ERR_NOTFOUND},  {"XX001", ERR_CHECKSUM}, {"XX002", ERR_CHECKSUM},
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (strncmp(state, list[i].state, strlen(list[i].state)) == 0)
            return list[i].code;
    return ERR_IO;
}

/* The first line of libpq's words: what follows repeats values, which may be personal. */
static int fail(const struct postgres *d, const PGresult *res, struct err *e)
{
    const char *state = res ? PQresultErrorField(res, PG_DIAG_SQLSTATE) : NULL;
    const char *text = res ? PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    if (!text)
        text = PQerrorMessage(d->conn);
    int len = (int)strcspn(text, "\n");
    enum err_code code = state ? translate(state) : PQstatus(d->conn) == CONNECTION_BAD ? ERR_UNREACHABLE : ERR_IO;
    return err_set(e, code, "the database: %.*s", len < MESSAGE_MAX ? len : MESSAGE_MAX, text);
}

static int check_done(const struct postgres *d, PGresult *res, struct err *e)
{
    ExecStatusType status = PQresultStatus(res);
    int rc = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ? 0 : fail(d, res, e);
    PQclear(res);
    return rc;
}

/* --- the connection --- */

static int set_up(struct postgres *d, struct err *e)
{
    static const char setup[] = "SET synchronous_commit = on; SET lock_timeout = '10s'; SET client_encoding = 'UTF8';"
                                "SET client_min_messages = warning; SET default_transaction_isolation = 'read committed'";
    d->n = 0;
    d->inside = false;
    if (PQstatus(d->conn) != CONNECTION_OK)
        return fail(d, NULL, e);
    return check_done(d, PQexec(d->conn, setup), e);
}

/* Between transactions a lost connection is made anew; inside one it is not: what was done in it is gone. */
static int connected(struct postgres *d, struct err *e)
{
    if (PQstatus(d->conn) == CONNECTION_OK || d->inside)
        return 0;
    PQreset(d->conn);
    return set_up(d, e);
}

static void close_all(struct sql *d)
{
    PQfinish(of(d)->conn);
    free(d);
}

int sql_postgres_open(const char *uri, struct sql **ret, struct err *e)
{
    const char *const words[] = {"dbname", "fallback_application_name", "connect_timeout", NULL};
    const char *const values[] = {uri, "tongban-hall", "10", NULL};
    struct postgres *d = calloc(1, sizeof *d);
    if (!d)
        return err_set(e, ERR_NOMEM, "open the database");
    d->sql.engine = &postgres;
    d->conn = PQconnectdbParams(words, values, 1);
    int rc = set_up(d, e);
    if (rc < 0) {
        close_all(&d->sql);
        return rc;
    }
    *ret = &d->sql;
    return 0;
}

/* --- whole ------------------------------------------------------------------------------------------------------------ */

/* Arguments of a program are everybody's to read. */
static bool names_password(const char *uri)
{
    const char *at = uri + strlen(SQL_URI);
    size_t authority = strcspn(at, "/?");
    return (memchr(at, '@', authority) && memchr(at, ':', (size_t)((const char *)memchr(at, '@', authority) - at))) ||
           strstr(uri, "password=");
}

/* One of PostgreSQL's own tools; what it says goes to stderr. */
static int run_tool(const char *const argv[], struct err *e)
{
    pid_t pid = child_fork(-1, e);
    if (pid < 0)
        return -ERR_IO;
    if (pid == 0) {
        execvp(argv[0], (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    int code = child_wait(pid);
    if (code == 127)
        return err_set(e, ERR_NOTFOUND, "%s is not installed: apt-get install postgresql-client", argv[0]);
    return code == 0 ? 0 : err_set(e, ERR_IO, "%s failed; what it said stands above", argv[0]);
}

/* The hall's tables may lie in a schema of their own, beside others'. */
static int schema_of(struct sql *d, char out[64], struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(d, &r, e, "SELECT current_schema()", "");
    if (rc == 0 && (rc = sql_next(r, e)) == 1)
        rc = text_copy(out, 64, sql_text(r, 0)) ? 0 : err_set(e, ERR_TOOLONG, "the schema's name");
    sql_done(r);
    return rc;
}

int sql_postgres_save(const char *uri, const char *path, struct err *e)
{
    char schema[64] = "";
    struct sql *d = NULL;
    if (names_password(uri))
        return err_set(e, ERR_ACCESS, "the database's URI holds a password, which others would see: put it into ~/.pgpass");
    int rc = sql_postgres_open(uri, &d, e);
    if (rc == 0)
        rc = schema_of(d, schema, e);
    sql_close(d);
    const char *const argv[] = {"pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--schema",
                                schema,    "--file",          path,         "--dbname",        uri,
                                NULL};
    return rc < 0 ? rc : run_tool(argv, e);
}

int sql_postgres_load(const char *uri, const char *path, struct err *e)
{
    struct sql *d = NULL;
    if (names_password(uri))
        return err_set(e, ERR_ACCESS, "the database's URI holds a password, which others would see: put it into ~/.pgpass");
    int rc = sql_postgres_open(uri, &d, e);
    if (rc == 0)
        rc = sql_has_table(d, "hall", e);
    sql_close(d);
    if (rc == 1)
        return err_set(e, ERR_EXISTS, "the database holds a hall already: make an empty one (createdb) and name it");
    const char *const argv[] = {
        "pg_restore", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", "--dbname", uri,
        path,         NULL};
    return rc < 0 ? rc : run_tool(argv, e);
}

static int exec(struct sql *sql, const char *text, struct err *e)
{
    struct postgres *d = of(sql);
    int rc = connected(d, e);
    return rc < 0 ? rc : check_done(d, PQexec(d->conn, text), e);
}

static int check(struct sql *d, struct err *e)
{
    return 0;
}

/* --- transactions --- */

static int begin(struct sql *d, struct err *e)
{
    int rc = exec(d, "BEGIN", e);
    of(d)->inside = rc == 0;
    return rc;
}

/* A transaction in which something failed is rolled back by COMMIT, and that is no error of it. */
static int commit(struct sql *sql, struct err *e)
{
    struct postgres *d = of(sql);
    PGresult *res = PQexec(d->conn, "COMMIT");
    bool undone = PQresultStatus(res) == PGRES_COMMAND_OK && strcmp(PQcmdStatus(res), "COMMIT") != 0;
    d->inside = false;
    int rc = check_done(d, res, e);
    return rc == 0 && undone ? err_set(e, ERR_IO, "the database: the transaction had failed") : rc;
}

static void rollback(struct sql *sql)
{
    struct postgres *d = of(sql);
    if (d->inside)
        PQclear(PQexec(d->conn, "ROLLBACK"));
    d->inside = false;
}

/* --- statements --- */

static Oid type_of(const struct sql_value *v)
{
    return v->type == 'i' ? OID_INT8 : v->type == 't' ? OID_TEXT : v->type == 'b' ? OID_BYTEA : OID_ANY;
}

static int prepare(struct postgres *d, const struct sql_call *c, char name[16], struct err *e)
{
    Oid types[SQL_PARAMETERS_MAX];
    size_t i = 0;
    while (i < d->n && d->prepared[i] != c->sql)
        i++;
    snprintf(name, 16, "s%zu", i);
    if (i < d->n)
        return 0;
    if (d->n == STATEMENTS_MAX)
        return err_set(e, ERR_TOOLONG, "more than %d statements", STATEMENTS_MAX);
    for (int k = 0; k < c->n; k++)
        types[k] = type_of(&c->values[k]);
    int rc = check_done(d, PQprepare(d->conn, name, c->sql, c->n, types), e);
    if (rc == 0)
        d->prepared[d->n++] = c->sql;
    return rc;
}

/* libpq's four arrays of parameters. */
struct bound {
    int64_t numbers[SQL_PARAMETERS_MAX]; /* as sent */
    const char *values[SQL_PARAMETERS_MAX];
    int lengths[SQL_PARAMETERS_MAX], formats[SQL_PARAMETERS_MAX];
};

/* PostgreSQL refuses a text that was cut in the middle of a character; SQLite keeps it. */
static size_t whole(const char *text, size_t len)
{
    for (size_t cut = 0; cut < 4 && cut <= len; cut++)
        if (utf8_valid(text, len - cut))
            return len - cut;
    return len;
}

static void bind(struct bound *b, int i, const struct sql_value *v)
{
    b->formats[i] = 1;
    if (v->type == 'i') {
        b->numbers[i] = (int64_t)htobe64((uint64_t)v->number);
        b->values[i] = (const char *)&b->numbers[i];
        b->lengths[i] = sizeof b->numbers[i];
    } else {
        b->values[i] = v->data;
        b->lengths[i] = (int)(v->type == 't' ? whole(v->data, v->len) : v->len);
    }
}

static int start(struct postgres *d, const struct sql_call *c, PGresult **ret, struct err *e)
{
    struct bound b = {0};
    char name[16];
    int rc = connected(d, e);
    if (rc == 0)
        rc = prepare(d, c, name, e);
    if (rc < 0)
        return rc;
    for (int i = 0; i < c->n; i++)
        bind(&b, i, &c->values[i]);
    PGresult *res = PQexecPrepared(d->conn, name, c->n, b.values, b.lengths, b.formats, 1);
    ExecStatusType status = PQresultStatus(res);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) {
        *ret = res;
        return 0;
    }
    rc = fail(d, res, e);
    PQclear(res);
    return rc;
}

static int run(struct sql *d, const struct sql_call *c, struct err *e)
{
    PGresult *res = NULL;
    int rc = start(of(d), c, &res, e);
    if (rc < 0)
        return rc;
    int changed = atoi(PQcmdTuples(res));
    PQclear(res);
    return changed;
}

static int query(struct sql *d, const struct sql_call *c, struct sql_rows **ret, struct err *e)
{
    PGresult *res = NULL;
    int rc = start(of(d), c, &res, e);
    struct result *r = rc < 0 ? NULL : malloc(sizeof *r);
    if (rc == 0 && !r) {
        PQclear(res);
        return err_set(e, ERR_NOMEM, "read rows");
    }
    if (rc < 0)
        return rc;
    *r = (struct result){{d}, res, -1};
    *ret = &r->rows;
    return 0;
}

static int next(struct sql_rows *rows, struct err *e)
{
    struct result *r = (struct result *)rows;
    if (r->row + 1 >= PQntuples(r->res))
        return 0;
    r->row++;
    return 1;
}

static void done(struct sql_rows *rows)
{
    struct result *r = (struct result *)rows;
    PQclear(r->res);
    free(r);
}

static const void *bytes(struct sql_rows *rows, int column, size_t *ret_len)
{
    const struct result *r = (const struct result *)rows;
    *ret_len = (size_t)PQgetlength(r->res, r->row, column);
    return PQgetvalue(r->res, r->row, column);
}

/* Two, four or eight bytes, the highest first. */
static int64_t number(struct sql_rows *rows, int column)
{
    size_t len = 0;
    const uint8_t *p = bytes(rows, column, &len);
    int64_t n = len && *p & 0x80 ? -1 : 0;
    for (size_t i = 0; i < len && i < sizeof n; i++)
        n = (int64_t)((uint64_t)n << 8 | p[i]);
    return n;
}

static const char *text(struct sql_rows *rows, int column)
{
    size_t len = 0;
    return bytes(rows, column, &len); /* libpq ends it with NUL; empty for NULL */
}

static int has_table(struct sql *d, const char *name, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(d, &r, e, "SELECT 1 FROM pg_catalog.pg_class WHERE oid = to_regclass($1) AND relkind = 'r'", "t",
                        name);
    if (rc == 0)
        rc = sql_next(r, e);
    sql_done(r);
    return rc;
}

static const struct sql_engine postgres = {.close = close_all,
                                           .check = check,
                                           .has_table = has_table,
                                           .exec = exec,
                                           .begin = begin,
                                           .commit = commit,
                                           .rollback = rollback,
                                           .run = run,
                                           .select = query,
                                           .next = next,
                                           .done = done,
                                           .number = number,
                                           .text = text,
                                           .bytes = bytes};
