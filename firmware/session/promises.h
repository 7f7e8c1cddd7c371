/* SPDX-License-Identifier: Apache-2.0
 *
 * What must hold of a session whatever was touched, read, printed or unplugged: it ends the program where it does not,
 * before a resident is told something that is not so.
 */
#ifndef SESSION_PROMISES_H
#define SESSION_PROMISES_H

#include "session/view.h"

struct session;

void promises_page(const struct session *s, enum screen to); /* of what a page shows, as it is opened */
void promises_kept(const struct session *s);                 /* of the whole, after each step */

#endif
