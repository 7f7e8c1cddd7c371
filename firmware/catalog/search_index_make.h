/* SPDX-License-Identifier: Apache-2.0
 *
 * Makes the search index of a packed table: the same bytes of the same table, whoever makes it.
 */
#ifndef CATALOG_SEARCH_INDEX_MAKE_H
#define CATALOG_SEARCH_INDEX_MAKE_H

#include "base/buf.h"
#include "catalog/search_wire.h"

#define SEARCH_INDEX_MAX ((size_t)1024 * 1024 * 1024)

/* As search_index_wire.h says, into `out` (initialised, with its ceiling). Takes about a second of the processor for 100,000
 * items, and four times the memory of the text's units. -ERR_TOOLONG: an item's names are too long to be indexed, or all
 * together are; -ERR_NOMEM. */
int search_index_make(const struct search_table *t, struct buf *out, struct err *e);

#endif
