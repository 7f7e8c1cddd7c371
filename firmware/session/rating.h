/* SPDX-License-Identifier: Apache-2.0
 *
 * state_rating.c: what the end of an errand leads to.
 */
#ifndef SESSION_RATING_H
#define SESSION_RATING_H

#include "session/view.h"

struct session;

/* The case that is shown has come to its end, and was not rated in this visit. */
bool rating_case_here(const struct view *v);
void rating_or_leave(struct session *s); /* whoever handed nothing in leaves at once */

#endif
