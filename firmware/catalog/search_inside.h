/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of search.h share: the table, what the last query found, and what it was. For search*.c only.
 */
#ifndef CATALOG_SEARCH_INSIDE_H
#define CATALOG_SEARCH_INSIDE_H

#include "catalog/search.h"
#include "catalog/search_found.h"
#include "catalog/search_index.h"
#include "catalog/search_match.h"

/* Where the last query that a text was asked fits exactly: a bit for each place. */
struct kept {
    uint64_t *places;
    uint32_t query[SEARCH_QUERY_MAX];
    int n; /* characters of it; 0: nothing is kept */
};

struct search {
    struct search_table table;
    struct search_index index;
    bool indexed; /* `index` is used, and the table's texts have not been checked; otherwise `kept` is used */
    bool damaged; /* and it turned out to be damaged */
    struct found found;
    uint64_t *flags[3]; /* items that have flag 1 << i, a bit each */
    uint8_t *after;     /* for search_index_find */
    struct kept kept[SEARCH_TEXTS];
    bool terminal; /* of the last query */
    struct matcher matcher;
};

#endif
