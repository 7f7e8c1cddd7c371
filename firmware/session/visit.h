/* SPDX-License-Identifier: Apache-2.0
 *
 * A visit's beginning and end, and what is shown between visits.
 */
#ifndef SESSION_VISIT_H
#define SESSION_VISIT_H

#include <stdbool.h>

struct session;

void visit_begin(struct session *s);
/* 只看办事指南: a visit that leaves no record, since nothing can be handed in. */
void visit_begin_reading(struct session *s);
void visit_health(struct session *s);         /* what is only read may be in service again, or without a catalogue */
void visit_lost_catalogue(struct session *s); /* what is shown cannot be read any more: ends the visit, and says why */
/* 结束: asks once when something would be lost. */
void visit_leave(struct session *s);
/* Records the end (of what has a beginning), wipes, goes to idle (or to the forgotten card). */
void visit_end(struct session *s, const char *how);
void visit_again(struct session *s); /* right after visit_end(): 再办一件 */

bool visit_serviceable(const struct session *s); /* one may begin */
bool visit_at_rest(const struct session *s);     /* idle, or out of service */
void visit_rest(struct session *s);              /* to idle, or to out of service */

#endif
