/* SPDX-License-Identifier: Apache-2.0
 *
 * SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
 */
#include "tools/fleet/dice.h"

#include <math.h>

static uint64_t next(struct dice *d)
{
    uint64_t z = d->state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

struct dice dice_of(uint64_t seed, uint64_t which)
{
    struct dice d = {seed};

    d.state = next(&d) + which;
    d.state = next(&d);
    return d;
}

uint32_t dice_below(struct dice *d, uint32_t n)
{
    return (uint32_t)((next(d) >> 32) * n >> 32);
}

double dice_wait(struct dice *d, double mean)
{
    double u = ((double)(next(d) >> 11) + 1) / 9007199254740993.0; /* above 0, at most 1 */

    return -log(u) * mean;
}

void dice_shuffle(struct dice *d, uint32_t *list, size_t n)
{
    for (size_t i = n; i > 1; i--) {
        size_t other = dice_below(d, (uint32_t)i);
        uint32_t kept = list[i - 1];

        list[i - 1] = list[other];
        list[other] = kept;
    }
}
