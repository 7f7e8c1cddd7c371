/* SPDX-License-Identifier: Apache-2.0
 *
 * See sample.h.
 */
#include "tools/hand/sample.h"

#include <math.h>

#define MIDDLE 224.0F /* units: of what printed.h gives */

float sample_chance(uint64_t *seed)
{
    *seed ^= *seed << 13; /* xorshift64, Marsaglia 2003 */
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (float)(*seed >> 40) / (float)(1 << 24);
}

static float about(uint64_t *seed, float most)
{
    return (sample_chance(seed) + sample_chance(seed) - 1) * most;
}

struct hand {
    float turn, lean, wide, bend_x[4], bend_y[4];
};

static struct hand a_hand(uint64_t *seed, float much)
{
    struct hand h = {about(seed, 0.16F * much), about(seed, 0.3F * much), about(seed, 0.35F * much), {0}, {0}};

    for (int i = 0; i < 4; i++) {
        h.bend_x[i] = about(seed, 0.09F * much);
        h.bend_y[i] = about(seed, 0.09F * much);
    }
    return h;
}

/* Where the hand puts what stands at x, y of a square of -1 … 1. */
static void put(const struct hand *h, float *x, float *y)
{
    float u = *x, v = *y;
    float bu = u + h->bend_x[0] * (1 - u * u) + h->bend_x[1] * u * v + h->bend_x[2] * sinf(3 * u) +
               h->bend_x[3] * sinf(3 * v);
    float bv = v + h->bend_y[0] * (1 - v * v) + h->bend_y[1] * u * v + h->bend_y[2] * sinf(3 * v) +
               h->bend_y[3] * sinf(3 * u);

    bu = bu * (1 + h->wide) + bv * h->lean;
    *x = bu * cosf(h->turn) - bv * sinf(h->turn);
    *y = bu * sinf(h->turn) + bv * cosf(h->turn);
}

void sample(const struct ink *ink, uint64_t *seed, float much, int joins, struct ink *ret)
{
    const struct hand h = a_hand(seed, much);
    float shift_x = 0, shift_y = 0, grow = 1, turn = 0, fx = 0, fy = 0;

    ret->n = 0;
    for (size_t i = 0; i < ink->n; i++) {
        float x = ((float)ink->points[i].x - MIDDLE) / MIDDLE, y = ((float)ink->points[i].y - MIDDLE) / MIDDLE;

        if (ink->first[i]) { /* each line a little beside its place, longer or shorter, turned */
            shift_x = about(seed, 0.10F * much);
            shift_y = about(seed, 0.10F * much);
            grow = 1 + about(seed, 0.3F * much);
            turn = about(seed, 0.2F * much);
            fx = x;
            fy = y;
        }
        float dx = (x - fx) * grow, dy = (y - fy) * grow;

        x = fx + dx * cosf(turn) - dy * sinf(turn) + shift_x;
        y = fy + dx * sinf(turn) + dy * cosf(turn) + shift_y;
        put(&h, &x, &y);
        ret->points[ret->n] = (struct ink_point){(int16_t)(x * MIDDLE + MIDDLE), (int16_t)(y * MIDDLE + MIDDLE)};
        ret->first[ret->n] = ink->first[i] && !(i > 0 && joins && sample_chance(seed) * 100 < (float)joins);
        ret->n++;
    }
}
