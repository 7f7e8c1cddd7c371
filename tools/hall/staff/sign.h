/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room: what signing in and joining share.
 */
#ifndef HALL_STAFF_SIGN_H
#define HALL_STAFF_SIGN_H

#include "tools/hall/staff/ask.h"

/* Refuses who must wait, by address, and when too many passphrases wait to be hashed. */
void sign_hold(struct ask *a);
/* `ended` of both: what was wrong is counted against the address. */
void sign_ended(struct ask *a);
/* Begins a session of a->me and answers with who he is. In the writer. */
int sign_begin_session(struct ask *a, struct store *s, struct err *e);

#endif
