/* SPDX-License-Identifier: Apache-2.0
 *
 * Printed characters as ink: the middle of their lines (skeleton.h).
 */
#ifndef HAND_PRINTED_H
#define HAND_PRINTED_H

#include <stdbool.h>
#include <stdint.h>

#include "model/ink.h"

struct printed;

/* A font file, and of a collection the typeface of mainland China; NULL where there is none. */
struct printed *printed_open(const char *path);
void printed_close(struct printed *p);
/* False where the typeface does not have the character. */
bool printed_ink(struct printed *p, uint32_t character, struct ink *ret);

#endif
