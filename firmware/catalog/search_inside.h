/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of search.h share: the table, what the last query found, and what it was. For search*.c only.
 */
#ifndef CATALOG_SEARCH_INSIDE_H
#define CATALOG_SEARCH_INSIDE_H

#include "catalog/search.h"
#include "catalog/search_match.h"

/* How well an item fits, better and better: its byte in `found`. */
enum fit { FIT_NOT, FIT_FORGIVEN, FIT_OTHER_READING, FIT_HOLDS, FIT_BEGINS };

/* Where the last query that a text was asked fits exactly: a bit for each place. */
struct kept {
    uint64_t *places;
    uint32_t query[SEARCH_QUERY_MAX];
    int n; /* characters of it; 0: nothing is kept */
};

struct search {
    struct search_table table;
    uint8_t *found;
    struct kept kept[SEARCH_TEXTS];
    bool terminal; /* of the last query */
    struct matcher matcher;
};

#endif
