/* SPDX-License-Identifier: Apache-2.0
 *
 * state_rating.c: what the end of an errand leads to.
 */
#ifndef SESSION_RATING_H
#define SESSION_RATING_H

struct session;

void rating_or_leave(struct session *s); /* whoever handed nothing in leaves at once */

#endif
