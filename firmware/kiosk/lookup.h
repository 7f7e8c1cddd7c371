/* SPDX-License-Identifier: Apache-2.0
 *
 * What the session wants looked up, as inputs that answer it. An answer is lent: it is good until the next of its kind is
 * looked up, which is after the step that reads it.
 */
#ifndef KIOSK_LOOKUP_H
#define KIOSK_LOOKUP_H

#include "catalog/catalog.h"
#include "model/halt.h"
#include "session/session.h"

struct lookup; /* what was looked for says something of the resident: secret memory */

/* `assets`, borrowed: where divisions.tsv lies. */
struct lookup *lookup_create(const char *assets);
void lookup_destroy(struct lookup *l); /* takes NULL */
/* The visit is over. */
void lookup_wipe(struct lookup *l);

/* Is it one of those below? Then fills *ret with the answer; `c` NULL: there is no catalogue, and nothing is found. What is
 * `off` is not counted among what can be done here; only what counts of it in this catalogue (halt_desk.h). */
bool lookup_answer(struct lookup *l, struct catalog *c, const struct halts *off, const struct effect *f, struct input *ret);

#endif
