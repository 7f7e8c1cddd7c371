/* SPDX-License-Identifier: Apache-2.0
 *
 * How something written looks, as numbers: how much line of which slope lies where. A line has no beginning here, and one
 * line is like another, so it does not matter which stroke came first, from which end it was drawn, or whether two were
 * drawn in one go. Pure. What learns the characters (tools/assets/hand_learn.c) and what reads them (ime/hand.h) use it
 * alike.
 */
#ifndef IME_INK_SHAPE_H
#define IME_INK_SHAPE_H

#include "model/ink.h"

#define SHAPE_CELLS 8  /* a side */
#define SHAPE_SLOPES 6 /* of 30 degrees each */
#define SHAPE_NUMBERS (SHAPE_CELLS * SHAPE_CELLS * SHAPE_SLOPES)

/* Size and place of the ink in its box do not matter; how wide it is for its height matters a little. All zero where nothing
 * was written. */
void ink_shape(const struct ink *ink, float ret[SHAPE_NUMBERS]);

#endif
