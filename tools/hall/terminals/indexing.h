/* SPDX-License-Identifier: Apache-2.0
 *
 * Has hall-open make the blind index of each application and supplement (store_index.h), off everybody's path: one record at
 * a time, in order, so that no question waits for more than one. While hall-open is away it waits, and catches up.
 */
#ifndef HALL_INDEXING_H
#define HALL_INDEXING_H

#include "tools/hall/store/reader.h"
#include "tools/hall/store/writer.h"
#include "tools/hall/terminals/opener_line.h"

struct indexing;

int indexing_create(struct event_base *base, struct reader *r, struct writer *w, struct opener_line *l,
                    struct indexing **ret, struct err *e);
/* Before reader, writer and line end: what is under way comes to nothing. Takes NULL. */
void indexing_end(struct indexing *x);
/* After reader, writer and line. Takes NULL. */
void indexing_destroy(struct indexing *x);
/* Something came. */
void indexing_wake(struct indexing *x);

#endif
