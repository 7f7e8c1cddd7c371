/* SPDX-License-Identifier: Apache-2.0
 *
 * What an engine behind sql.h gives. sql.c alone calls it; each slot does what sql.h says of the function of its name.
 */
#ifndef HALL_STORE_SQL_ENGINE_H
#define HALL_STORE_SQL_ENGINE_H

#include "tools/hall/store/sql.h"

#define SQL_PARAMETERS_MAX 16

/* A parameter; type as in sql.h. Text has its length without the NUL; data is never NULL but for 'n'. */
struct sql_value {
    char type;
    int64_t number;
    const void *data;
    size_t len;
};
struct sql_call {
    const char *sql; /* a literal: its address names the prepared statement */
    struct sql_value values[SQL_PARAMETERS_MAX];
    int n;
};

struct sql_engine {
    void (*close)(struct sql *d);
    int (*check)(struct sql *d, struct err *e);
    int (*has_table)(struct sql *d, const char *name, struct err *e);
    int (*exec)(struct sql *d, const char *sql, struct err *e);
    int (*begin)(struct sql *d, struct err *e);
    int (*commit)(struct sql *d, struct err *e);
    void (*rollback)(struct sql *d);
    int (*run)(struct sql *d, const struct sql_call *c, struct err *e); /* to its end: the rows changed */
    int (*select)(struct sql *d, const struct sql_call *c, struct sql_rows **ret, struct err *e);
    int (*next)(struct sql_rows *r, struct err *e);
    void (*done)(struct sql_rows *r);
    int64_t (*number)(struct sql_rows *r, int column);
    const char *(*text)(struct sql_rows *r, int column);
    const void *(*bytes)(struct sql_rows *r, int column, size_t *ret_len);
};

/* The first member of an engine's own. */
struct sql {
    const struct sql_engine *engine;
};
struct sql_rows {
    struct sql *db;
};

int sql_sqlite_open(const char *path, bool make, struct sql **ret, struct err *e);
/* `saved`: `from` is such a copy */
int sql_sqlite_copy(const char *from, bool saved, const char *to, struct err *e);
int sql_postgres_open(const char *uri, struct sql **ret, struct err *e);
int sql_postgres_save(const char *uri, const char *path, struct err *e);
int sql_postgres_load(const char *uri, const char *path, struct err *e);

#endif
