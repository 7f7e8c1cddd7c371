/* SPDX-License-Identifier: Apache-2.0
 *
 * Looking at a medium in a process of its own: one that hangs in the kernel holds up neither the list nor another medium.
 */
#ifndef FLASH_LOOK_H
#define FLASH_LOOK_H

#include <sys/types.h>

#include "tools/flash/content.h"

/* Starts as zeros. */
struct look {
    pid_t pid; /* 0: none */
    int fd;
};

/* Begins; where no process can be started the medium is looked at here, and *ret has it at once. */
void look_begin(struct look *l, const struct medium *md, struct content *ret);
/* Waits up to `ms` for what it says. true: *ret has it, and it is over. A process that died says HOLDS_UNREAD. */
bool look_end(struct look *l, int ms, struct content *ret);
/* Forgets it: what hangs is left to the kernel. */
void look_drop(struct look *l);
/* All at once: content_look() with an end. What does not answer in time is HOLDS_UNREAD. */
void look_now(const struct medium *md, int ms, struct content *ret);

#endif
