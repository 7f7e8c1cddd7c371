/* SPDX-License-Identifier: Apache-2.0
 *
 * state_recovery.c: a visit that was cut off.
 */
#ifndef SESSION_RECOVERY_H
#define SESSION_RECOVERY_H

#include <stdbool.h>

struct session;
struct input;

#define RECOVERY_SHOWN 60000

bool recovery_begin(struct session *s, const struct input *in); /* it gets its page, true, or when it is too old its end */
void recovery_over(struct session *s, bool open);               /* it gets its end */

#endif
