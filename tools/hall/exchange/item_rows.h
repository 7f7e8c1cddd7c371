/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows of the exchange tables that an item of the catalogue makes: from its file as it was published, which says more than
 * a terminal needs. Pure.
 */
#ifndef HALL_EXCHANGE_ITEM_ROWS_H
#define HALL_EXCHANGE_ITEM_ROWS_H

#include "tools/hall/exchange/exchange_table.h"

/* Is the table one for items of this one's type (GB/T 39046 annex A)? */
bool exchange_item_belongs(const struct json *item, enum exchange_items items);
/* Its parts of that kind: one of an ITEM, else its materials, fees or questions. */
size_t exchange_item_parts(const struct json *item, enum exchange_row_kind kind);
/* The row of the i-th: initialised, its values put. `item` is borrowed by it. */
void exchange_item_row(const struct json *item, enum exchange_row_kind kind, size_t i, struct exchange_row *r);

#endif
