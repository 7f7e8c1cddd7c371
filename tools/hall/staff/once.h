/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room: a page gives what it writes an id, by the header "X-Tongban-Id: 32 hex digits". When the answer is lost
 * it sends the same again, and it is not done again: {"at","repeated":true}. Of what was answered nothing is kept, so a
 * one-time code does not come twice. Whoever sends no such header (a window's press, which names what it had; a case, which
 * has its id in the body) is not touched.
 */
#ifndef HALL_STAFF_ONCE_H
#define HALL_STAFF_ONCE_H

#include "tools/hall/staff/ask.h"

/* In `take`'s thread, before it: reads the header; another kind of header is refused (400). */
void once_take(struct ask *a, const void *body, size_t len);
/* Where it was done before it is answered; 422 where the id stood for something else. Before `read`, and before `write`. */
int once_look(struct ask *a, struct store *s, struct err *e);
/* After `write`, in its transaction: what was answered well is not done again. */
int once_keep(struct ask *a, struct store *s, struct err *e);

#endif
