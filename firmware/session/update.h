/* SPDX-License-Identifier: Apache-2.0
 *
 * state_update.c: the system is updated.
 */
#ifndef SESSION_UPDATE_H
#define SESSION_UPDATE_H

#include <stdbool.h>

struct session;
struct input;

bool update_begins(struct session *s, const struct input *in); /* true, and its page is open: the input says so */

#endif
