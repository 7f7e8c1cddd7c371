/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers by a seed (SplitMix64), so that the same day can be played again: who is off line when, whose certificate is bad,
 * when somebody comes. Keys and ids are never made of them: those are crypto/random's.
 */
#ifndef FLEET_DICE_H
#define FLEET_DICE_H

#include <stddef.h>
#include <stdint.h>

struct dice {
    uint64_t state;
};

/* Dice of their own for each `which` of a seed. */
struct dice dice_of(uint64_t seed, uint64_t which);
uint32_t dice_below(struct dice *d, uint32_t n); /* 0 … n - 1; n > 0 */
double dice_wait(struct dice *d, double mean);   /* until the next of what comes by chance, so long apart on average */
void dice_shuffle(struct dice *d, uint32_t *list, size_t n);

#endif
