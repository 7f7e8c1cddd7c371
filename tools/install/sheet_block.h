/* SPDX-License-Identifier: Apache-2.0
 *
 * The enrolment sheet on its way from the stick into the installed system. The data partition is made (and locked) only by
 * that system's first start, so the sheet waits in the last block of the partition `note`, which is never encrypted; the
 * first start takes it from there (`install --take-sheet`) and leaves zeros. Nothing secret but its one-time code, which the
 * stick holds as well.
 */
#ifndef INSTALL_SHEET_BLOCK_H
#define INSTALL_SHEET_BLOCK_H

#include "tools/flash/disk.h"

#define SHEET_FILE "/var/lib/tongban/sheet.json"

/* Where it lies in a note of `len` bytes. */
static inline uint64_t sheet_place(uint64_t len)
{
    return len - DISK_BLOCK;
}

/* A block as flash writes it: a sheet and zeros. 0: none; else the sheet's length. */
size_t sheet_in(const uint8_t block[DISK_BLOCK]);
/* Moves the sheet from the device `note` into the file `to` (0600, of its folder's owner), which is there and synced before
 * the block becomes zeros. 1: done, 0: there was none. */
int sheet_take(const char *note, const char *to, struct err *e);

#endif
