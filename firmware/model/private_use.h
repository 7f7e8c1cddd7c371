/* SPDX-License-Identifier: Apache-2.0
 *
 * Rare characters in names: cards and old registers hold some as private-use code points, which every system reads in its
 * own way. Those with a known meaning become the code points they have today; the others are told by their number,
 * "〔U+E000〕", because a blank in a name helps nobody. The table is private_use.inc, with its sources.
 */
#ifndef MODEL_PRIVATE_USE_H
#define MODEL_PRIVATE_USE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The present code point of a private-use one; 0 when its meaning is not known. Others: themselves. */
uint32_t private_use_now(uint32_t cp);
bool is_private_use(uint32_t cp);

/* Well-formed UTF-8 with NUL -> the same in present code points. Where the number of an unknown one does not fit, U+3013
 * stands for it. -ERR_TOOLONG: not even that fits; `out` is then empty. */
int private_use_resolve(const char *in, char *out, size_t cap);
/* Bytes of the "〔U+E000〕" that s begins with; 0 when it begins with anything else. */
size_t private_use_told(const char *s);

#endif
