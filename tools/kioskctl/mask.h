/* SPDX-License-Identifier: Apache-2.0
 *
 * What may be somebody's in a line of a log, taken out. Nothing personal is logged in the first place; this is for the line
 * that somebody will have forgotten. It takes too much rather than too little:
 *     seven digits and more, also parted one by one or in groups by blanks, '-' or '.'   [number]   (a card, a phone, a
 * case) what is not plain ASCII                                                             [text]     (a name, an address)
 * A moment stays: 2026-01-05T09:00:00. A birthday, 1985-03-15, does not. A name in Latin letters cannot be told from a word.
 */
#ifndef KIOSKCTL_MASK_H
#define KIOSKCTL_MASK_H

#include <stddef.h>

#include "base/buf.h"

#define MASK_DIGITS 7

/* `len` bytes of any kind; control characters but tabs become '?'. */
void mask_add(struct buf *out, const char *text, size_t len);

#endif
