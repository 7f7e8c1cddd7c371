/* SPDX-License-Identifier: Apache-2.0
 *
 * An open catalogue as the files that read it see it.
 */
#ifndef CATALOG_INTERNAL_H
#define CATALOG_INTERNAL_H

#include <sqlite3.h>

#include "catalog/catalog.h"

struct catalog {
    sqlite3 *db;
    struct kept *items;
    int version, needs, here, all;
    struct workday_calendar calendar;
    struct workday_exception *days;
    struct search *search; /* NULL until something is looked for */
    void *table;           /* its memory, mapped: given back whole */
    size_t table_size;
    enum catalog_trouble trouble;
};

/* Something in it makes no sense here: catalog_trouble() will say so. */
void catalog_doubt(struct catalog *c);
/* NULL when it cannot be; that is noted, and catalog_next() takes it. Finalize it. */
sqlite3_stmt *catalog_prepare(struct catalog *c, const char *sql);
/* A list that cannot be read is shown as far as it goes; the caller of a list has no place for an error, and asks
 * catalog_trouble when it has the list. */
bool catalog_next(struct catalog *c, sqlite3_stmt *st);
/* Never NULL; until the next row. */
const char *catalog_column(sqlite3_stmt *st, int i);

#endif
