/* SPDX-License-Identifier: Apache-2.0
 *
 * What files a FAT file system holds (Microsoft's "FAT: General Overview of On-Disk Format" 1.03; FAT12, 16 and 32, long
 * names): how many, how much, when last changed, and the names of the first. Only to tell a person what would be lost, and
 * whether there is anything; nothing is ever written by it. All of it comes from outside: bounded in time and depth, and
 * where it makes no sense nothing is called empty.
 */
#ifndef FLASH_FAT_H
#define FLASH_FAT_H

#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"

#define FAT_NAME_MAX 95  /* bytes of UTF-8 that are kept of a name with its folder */
#define FAT_NAMES_KEPT 2 /* of each kind */

enum fat_kind { FAT_PICTURE, FAT_OTHER, FAT_KINDS };

struct fat_tally {
    uint64_t files[FAT_KINDS], bytes;
    struct date day; /* of the newest file, the clock of the computer that wrote it; zeros: none */
    int minute;      /* of that day */
    char names[FAT_KINDS][FAT_NAMES_KEPT][FAT_NAME_MAX + 1];
};

/* `len` bytes at `at` of the file system; both any. 0 or an error. */
typedef int fat_read_fn(void *ctx, uint64_t at, void *out, size_t len);

/* Adds to *t what the file system at `read` holds. 0; -ERR_INVALID: it is none, or makes no sense; what read() says. */
int fat_count(fat_read_fn *read, void *ctx, struct fat_tally *t);

#endif
