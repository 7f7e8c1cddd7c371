/* SPDX-License-Identifier: Apache-2.0
 *
 * To the engine, with the parameters as values.
 */
#include <stdarg.h>
#include <string.h>

#include "tools/hall/store/sql_engine.h"

bool sql_is_uri(const char *where)
{
    return strncmp(where, SQL_URI, sizeof SQL_URI - 1) == 0;
}

int sql_open(const char *where, bool make, struct sql **ret, struct err *e)
{
    return sql_is_uri(where) ? sql_postgres_open(where, ret, e) : sql_sqlite_open(where, make, ret, e);
}

void sql_close(struct sql *d)
{
    if (d)
        d->engine->close(d);
}

int sql_save(const char *where, const char *path, struct err *e)
{
    return sql_is_uri(where) ? sql_postgres_save(where, path, e) : sql_sqlite_copy(where, false, path, e);
}

int sql_load(const char *where, const char *path, struct err *e)
{
    return sql_is_uri(where) ? sql_postgres_load(where, path, e) : sql_sqlite_copy(path, true, where, e);
}

int sql_check(struct sql *d, struct err *e)
{
    return d->engine->check(d, e);
}

int sql_has_table(struct sql *d, const char *name, struct err *e)
{
    return d->engine->has_table(d, name, e);
}

int sql_exec(struct sql *d, const char *sql, struct err *e)
{
    return d->engine->exec(d, sql, e);
}

int sql_begin(struct sql *d, struct err *e)
{
    return d->engine->begin(d, e);
}

int sql_commit(struct sql *d, struct err *e)
{
    return d->engine->commit(d, e);
}

void sql_rollback(struct sql *d)
{
    d->engine->rollback(d);
}

static struct sql_value value_of(char type, va_list *ap)
{
    struct sql_value v = {.type = type};
    if (type == 'i') {
        v.number = va_arg(*ap, int64_t);
    } else if (type == 't') {
        v.data = va_arg(*ap, const char *);
        v.len = strlen(v.data);
    } else if (type == 'b') {
        v.data = va_arg(*ap, const void *);
        v.len = va_arg(*ap, size_t);
        if (!v.len) /* no bytes are still bytes: a NULL pointer would be NULL */
            v.data = "";
    }
    return v;
}

static int call_of(struct sql_call *c, const char *sql, const char *types, va_list *ap, struct err *e)
{
    c->sql = sql;
    for (c->n = 0; types[c->n]; c->n++) {
        if (c->n == SQL_PARAMETERS_MAX)
            return err_set(e, ERR_TOOLONG, "more than %d parameters", SQL_PARAMETERS_MAX);
        c->values[c->n] = value_of(types[c->n], ap);
    }
    return 0;
}

int sql_do(struct sql *d, struct err *e, const char *sql, const char *types, ...)
{
    struct sql_call c;
    va_list ap;
    va_start(ap, types);
    int rc = call_of(&c, sql, types, &ap, e);
    va_end(ap);
    return rc < 0 ? rc : d->engine->run(d, &c, e);
}

int sql_select(struct sql *d, struct sql_rows **ret, struct err *e, const char *sql, const char *types, ...)
{
    struct sql_call c;
    va_list ap;
    va_start(ap, types);
    int rc = call_of(&c, sql, types, &ap, e);
    va_end(ap);
    *ret = NULL;
    return rc < 0 ? rc : d->engine->select(d, &c, ret, e);
}

int sql_next(struct sql_rows *r, struct err *e)
{
    return r->db->engine->next(r, e);
}

void sql_done(struct sql_rows *r)
{
    if (r)
        r->db->engine->done(r);
}

int64_t sql_int(struct sql_rows *r, int column)
{
    return r->db->engine->number(r, column);
}

const char *sql_text(struct sql_rows *r, int column)
{
    return r->db->engine->text(r, column);
}

const void *sql_bytes(struct sql_rows *r, int column, size_t *ret_len)
{
    return r->db->engine->bytes(r, column, ret_len);
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
