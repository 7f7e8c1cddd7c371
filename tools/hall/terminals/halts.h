/* SPDX-License-Identifier: Apache-2.0
 *
 * The list of halted items as a running hall serves it: looks once a second for a change, whoever made it (a page, another
 * hall, hallctl), signs the list once, with the first of it for terminals that take no longer one, and again when the hall's
 * key is another, and wakes the terminals that wait for it.
 */
#ifndef HALL_HALTS_H
#define HALL_HALTS_H

#include <event2/event.h>

#include "tools/hall/door/wait.h"
#include "tools/hall/store/reader.h"

struct halts_teller;
struct signer;

/* `r`, `signer` and `w` are borrowed. */
int halts_teller_create(struct event_base *base, struct reader *r, const struct signer *signer, struct wait *w,
                        struct halts_teller **ret, struct err *e);
void halts_teller_destroy(struct halts_teller *t); /* after the reader, which still answers for it; takes NULL */

#endif
