/* SPDX-License-Identifier: Apache-2.0
 *
 * One character as many hands write it: leaning, wide, with parts large or small, lines that tremble. Made from a seed, so
 * that the same build makes the same model.
 */
#ifndef HAND_SAMPLE_H
#define HAND_SAMPLE_H

#include <stdint.h>

#include "model/ink.h"

/* `much`: 1 is an ordinary hand. `joins`: in a hundred, how often the next line is not begun anew but drawn on. */
void sample(const struct ink *ink, uint64_t *seed, float much, int joins, struct ink *ret);
/* 0 … 1 */
float sample_chance(uint64_t *seed);

#endif
