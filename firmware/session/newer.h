/* SPDX-License-Identifier: Apache-2.0
 *
 * state_newer.c: the page of what only a later version of this software can do.
 */
#ifndef SESSION_NEWER_H
#define SESSION_NEWER_H

#include "model/ticket.h"

struct session;

void newer_item(struct session *s); /* of the guide page */
void newer_queue(struct session *s, const struct queue *q);

#endif
