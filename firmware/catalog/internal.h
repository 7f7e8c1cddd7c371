/* SPDX-License-Identifier: Apache-2.0
 *
 * An open catalogue as the files that read it see it.
 */
#ifndef CATALOG_INTERNAL_H
#define CATALOG_INTERNAL_H

#include <sqlite3.h>

#include "catalog/catalog.h"
#include "catalog/index_file.h"

struct catalog {
    sqlite3 *db;
    struct kept *items;
    int version, needs, here, all;
    struct workday_calendar calendar;
    struct workday_exception *days;
    struct search *search;   /* NULL until something is looked for */
    struct index_file index; /* what it reads, mapped; or else */
    void *table;             /* its memory, mapped: given back whole */
    size_t table_size;
    bool no_index; /* it was found damaged, and is not used until the visit ends */
    enum catalog_trouble trouble;
};

#define CATALOG_ROW_COLUMNS                                                                                                 \
    "i.task_code, i.name, i.dept, i.icon, i.promise_day, i.promise_unit, i.fee_cent, i.here, i.ways, i.name_en, "           \
    "i.dept_en, i.needs"
void catalog_fill_row(sqlite3_stmt *st, struct item_row *row);
/* Gives back what search needs. */
void catalog_release_search(struct catalog *c);

/* SQLite could not do what it was asked. */
void catalog_note_error(struct catalog *c);
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
