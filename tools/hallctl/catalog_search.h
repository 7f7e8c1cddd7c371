/* SPDX-License-Identifier: Apache-2.0
 *
 * Packs the search table of a catalogue (firmware/catalog/search_wire.h).
 */
#ifndef HALLCTL_CATALOG_SEARCH_H
#define HALLCTL_CATALOG_SEARCH_H

#include "base/buf.h"
#include "tools/hallctl/catalog_source.h"

#define CATALOG_SEARCH_MAX ((size_t)256 * 1024 * 1024)

/* The table of the items in their order, into `out` (initialised, with its ceiling). -ERR_TOOLONG, -ERR_NOMEM. */
int catalog_search_pack(const struct catalog_source *s, struct buf *out, struct err *e);

#endif
