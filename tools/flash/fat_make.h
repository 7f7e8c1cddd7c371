/* SPDX-License-Identifier: Apache-2.0
 *
 * An empty stick as a shop sells it: a partition table with one partition, an empty FAT32 in it ("FAT: General Overview of
 * On-Disk Format" 1.03, 3.1 to 3.6). What was at the beginning and the end of the medium becomes zeros first, and the
 * partition table is written last.
 */
#ifndef FLASH_FAT_MAKE_H
#define FLASH_FAT_MAKE_H

#include "tools/flash/disk.h"

#define FAT_MAKE_MIN ((uint64_t)40 * 1024 * 1024)              /* bytes of a medium: below there is no FAT32 */
#define FAT_MAKE_MAX ((uint64_t)2 * 1000 * 1000 * 1000 * 1000) /* what a partition table can say, in round numbers */

/* `size` of the medium; what is beyond FAT_MAKE_MAX is left out. -ERR_RANGE: it is too small. */
int fat_make(struct disk *d, uint64_t size, struct err *e);

#endif
