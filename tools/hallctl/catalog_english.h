/* SPDX-License-Identifier: Apache-2.0
 *
 * Which texts of an item have no English beside them.
 */
#ifndef HALLCTL_CATALOG_ENGLISH_H
#define HALLCTL_CATALOG_ENGLISH_H

#include "tools/hallctl/catalog_source.h"

/* One warning an item, with the number of texts that lack it and the place of the first. What is only looked up needs none.
 */
void english_check(const struct source_item *item, struct report *report);

#endif
