/* SPDX-License-Identifier: Apache-2.0
 *
 * state_first.c: the first boot. What it knows stands in view.first.
 */
#ifndef SESSION_FIRST_H
#define SESSION_FIRST_H

#include "session/view.h"

struct session;

void first_begin(struct session *s); /* instead of the page at rest, while view.first.on */
void first_printed(struct session *s, enum device_role role, enum print_state print);

#endif
