/* SPDX-License-Identifier: Apache-2.0
 *
 * How much a medium really holds. Sold as 64 GB, some hold 8 and lay what is written beyond over the beginning, or lose it.
 *
 * Marks are written far apart over the whole medium, then a stretch as long as the way between two marks is filled near its
 * beginning (behind its first mebibyte, which is left alone, and so is the label's block), then all is read back. Whatever
 * the true size R: one mark lies between R and R + that way, so in a medium that begins anew at R it came to lie in the
 * stretch and was written over; in one that loses it, it was never there. Destroys what it writes to: only after the person
 * said so.
 */
#ifndef FLASH_MEASURE_H
#define FLASH_MEASURE_H

#include "tools/flash/disk.h"

/* `size` is what the medium says. *ret_real: the same, or what it holds about, to the way between two marks (1/2048, at
 * least a mebibyte). `step` is called now and then with how much is done, of 100. */
int measure_medium(struct disk *d, uint64_t size, uint64_t *ret_real, void (*step)(void *ctx, int percent), void *ctx,
                   struct err *e);

#endif
