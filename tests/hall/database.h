/* SPDX-License-Identifier: Apache-2.0
 *
 * The database that a test's hall stands on: SQLite in its folder; or, where TEST_DATABASE names a PostgreSQL server
 * (postgres.sh starts one), a schema of its own there.
 */
#ifndef TESTS_HALL_DATABASE_H
#define TESTS_HALL_DATABASE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tools/hall/store/sql.h"
#include "tools/hall/store/store.h"
#include "tools/hall/store/where.h"

static inline bool database_is_server(void)
{
    return getenv("TEST_DATABASE") != NULL;
}

/* Of a new, empty database; NULL: SQLite in the hall's folder. Static, the next call overwrites it. */
static inline const char *database_new(void)
{
    static char uri[WHERE_MAX];
    static int n;
    char text[64];
    struct sql *d = NULL;
    struct err e = {0};
    const char *server = getenv("TEST_DATABASE");
    if (!server)
        return NULL;
    snprintf(text, sizeof text, "CREATE SCHEMA t%d_%d", (int)getpid(), ++n);
    if (sql_open(server, false, &d, &e) < 0 || sql_exec(d, text, &e) < 0) {
        printf("# %s\n", e.text);
        abort();
    }
    sql_close(d);
    snprintf(uri, sizeof uri, "%s%coptions=-csearch_path%%3Dt%d_%d", server, strchr(server, '?') ? '&' : '?', (int)getpid(),
             n);
    return uri;
}

/* store_make() there. */
static inline int database_make(const char *dir, struct err *e)
{
    const char *uri = database_new();
    int rc = uri ? where_write(dir, uri, e) : 0;
    return rc < 0 ? rc : store_make(dir, e);
}

/* A case as the hall took it in at `at`; nothing has been done about it yet. */
static inline int database_add_case(struct store *s, int office, const char *number, int64_t at)
{
    return sql_do(store_sql(s), NULL,
                  "INSERT INTO cases (office, number, id, terminal, received, applied, item, version, stage, staff, post,"
                  " due) VALUES ($1,$2,$3,'t-1',$4,$5,'item-1',0,0,'','',20458)",
                  "itbii", (int64_t)office, number, "0123456789abcdef", (size_t)16, at, at);
}

#endif
