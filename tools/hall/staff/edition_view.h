/* SPDX-License-Identifier: Apache-2.0
 *
 * An edition, a catalogue or a system, as the pages show it: its state, its stages, who did what, and how many terminals
 * stand where.
 */
#ifndef HALL_STAFF_EDITION_VIEW_H
#define HALL_STAFF_EDITION_VIEW_H

#include "tools/hall/editions/edition_deed.h"
#include "tools/hall/staff/ask.h"

/* Members alone; the object is the caller's; `above`: the catalogue that all have, the system that began last before it or
 * after:
 *   "version","seq","state","percent","next","next_at","stop_after","expires","brought_by","brought","own","approved_by","approved",
 *   "changed_by","changed","why","over","terminals":{"has":n,…} */
int edition_put_view(struct ask *a, struct store *s, struct jsonw *w, const struct edition_row *r, int64_t above,
                     struct err *e);
/* The number of the system that has begun last, but for this one; 0: none has. */
int system_above(struct store *s, const struct edition *ed, int64_t *ret, struct err *e);
/* A moment as RFC 3339; null where there is none. */
void edition_put_at(struct jsonw *w, const char *name, int64_t ms);

#endif
