/* SPDX-License-Identifier: Apache-2.0
 *
 * What a terminal's question about appointments comes to: done where something is to be done, and told (wire/ask.h). In the
 * reader's thread or, of what changes something, in the writer's, inside its transaction.
 */
#ifndef HALL_APPOINTMENTS_H
#define HALL_APPOINTMENTS_H

#include "tools/hall/open/asking_wire.h"
#include "tools/hall/store/store.h"
#include "tools/hall/terminals/book.h"

/* It changes something: the writer's. */
bool appointments_writes(const struct appointment_wish *w);
/* `about`: what hall-open said of the question; `office`: the terminal's, whose hours are meant. -ERR_RETRY: the transaction
 * again. */
int appointments_run(struct book *book, struct store *s, int office, const struct asking_answer *about,
                     struct my_appointments *ret, struct err *e);

#endif
