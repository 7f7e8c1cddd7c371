/* SPDX-License-Identifier: Apache-2.0
 *
 * The search index beside a catalogue: catalog.N.index beside catalog.N.db. It holds the packed table and the index made of
 * it, to be mapped, and one hash of both. kiosk makes it when it takes the catalogue over and looks at it whenever it
 * compares the catalogue with its manifest; where there is none, search reads the table from the catalogue, and finds the
 * same.
 */
#ifndef CATALOG_INDEX_FILE_H
#define CATALOG_INDEX_FILE_H

#include <stddef.h>

#include "base/err.h"

/* Makes it of the table in the catalogue `db`, a path that ends in ".db". What lay there is replaced at once or not at all.
 */
int index_file_make(const char *db, struct err *e);
/* Whether it is as it was made, of the table that is in the catalogue now; reads both. -ERR_NOTFOUND, -ERR_CHECKSUM. */
int index_file_check(const char *db, struct err *e);
/* It is of another catalogue, or of none. */
void index_file_remove(const char *db);

struct index_file { /* mapped; all zeros: it is not */
    void *map;
    size_t map_len;
    const void *table, *index; /* within it */
    size_t table_len, index_len;
};
/* -ERR_NOTFOUND: there is none that holds a table of `table_len` bytes, or it is of another form. */
int index_file_open(const char *db, size_t table_len, struct index_file *ret, struct err *e);
void index_file_close(struct index_file *f);

#endif
