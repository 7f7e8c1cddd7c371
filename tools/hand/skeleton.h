/* SPDX-License-Identifier: Apache-2.0
 *
 * A printed character as somebody might write it: the middle of its lines, as ink.
 */
#ifndef HAND_SKELETON_H
#define HAND_SKELETON_H

#include <stdint.h>

#include "model/ink.h"

#define SKELETON_SIDE 112 /* px of the picture, an edge of 2 px left white */
#define SKELETON_UNITS 4  /* of the ink, a px */

/* `black`: 1 where it is printed; it is thinned in place. What does not fit into the ink is left out. */
void skeleton(uint8_t black[SKELETON_SIDE][SKELETON_SIDE], struct ink *ret);

#endif
