/* SPDX-License-Identifier: Apache-2.0
 *
 * Finds by the index what search_scan.h and search_walk.h find by looking through the whole text: the automaton of
 * search_match.h walks the tree of search_index_wire.h, and a step that leads nowhere leaves out all entries below it.
 *
 * Neither the index nor the text is looked at before: every number that leads somewhere is checked here, where it is used.
 * For search*.c only.
 */
#ifndef CATALOG_SEARCH_INDEX_H
#define CATALOG_SEARCH_INDEX_H

#include "catalog/search_found.h"
#include "catalog/search_index_wire.h"
#include "catalog/search_match.h"

/* The query of the matcher, which has begun, in a text: notes in *found what fits (as FIT_FORGIVEN if the matcher forgives),
 * and adds to *letters what could be typed next. `after`: n_units zeros, and is so again. -ERR_CHECKSUM: the index is
 * damaged; what was noted until then means nothing. */
int search_index_find(const struct search_index *x, int text, const struct matcher *m, struct found *found, uint8_t *after,
                      uint32_t *letters);
/* The text of item `row` may be read without leaving it. */
bool search_index_row_good(const struct search_table *t, int text, uint32_t row);

#endif
