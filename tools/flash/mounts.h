/* SPDX-License-Identifier: Apache-2.0
 *
 * Who uses a disk: file systems mounted from it or its partitions, memory swapped to it, and devices made of it (encryption,
 * volumes, arrays) whatever they are used for. proc(5), mountinfo and swaps.
 */
#ifndef FLASH_MOUNTS_H
#define FLASH_MOUNTS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

struct mounts {
    struct buf mountinfo, swaps; /* as the kernel wrote them */
};

/* `root` stands in front of /proc. A mount table that cannot be read is an error: nothing may be taken for unused. */
int mounts_read(struct mounts *ret, const char *root, struct err *e);
void mounts_finish(struct mounts *m);
/* Whether the disk with this folder below /sys/block is in use. `where`: the mount point (the shortest, "/" before all), or
 * "swap", or the name of the device that holds it. */
bool mounts_of(const struct mounts *m, const char *sys, char *where, size_t cap);
/* It is where the running system lives. */
bool mounts_is_system(const char *where);

#endif
