/* SPDX-License-Identifier: Apache-2.0
 *
 * See ink.h.
 */
#include "model/ink.h"

#include <stdlib.h>

#include "base/secret.h"

#define STEP_LEAST 4    /* units a finger must have moved */
#define LENGTH_LEAST 80 /* units of a signature in all */

static int16_t within(int v, int side)
{
    return (int16_t)(v < 0 ? 0 : v > side ? side : v);
}

static void add(struct ink *ink, struct ink_point corner, int x, int y, bool first)
{
    if (ink->n >= INK_POINTS_MAX)
        return;
    ink->points[ink->n] = (struct ink_point){within(x, corner.x), within(y, corner.y)};
    ink->first[ink->n++] = first;
}

void ink_down(struct ink *ink, struct ink_point corner, int x, int y)
{
    add(ink, corner, x, y, true);
}

static int distance(struct ink_point a, struct ink_point b)
{
    return abs(a.x - b.x) + abs(a.y - b.y);
}

void ink_move(struct ink *ink, struct ink_point corner, int x, int y)
{
    if (!ink->n)
        return;
    const struct ink_point to = {within(x, corner.x), within(y, corner.y)};

    if (distance(ink->points[ink->n - 1], to) >= STEP_LEAST)
        add(ink, corner, x, y, false);
}

void ink_undo(struct ink *ink)
{
    size_t from = ink->n;

    while (from > 0 && !ink->first[--from])
        ;
    secret_wipe(ink->points + from, (ink->n - from) * sizeof *ink->points);
    secret_wipe(ink->first + from, (ink->n - from) * sizeof *ink->first);
    ink->n = (uint16_t)from;
}

bool ink_enough(const struct ink *ink)
{
    int length = 0;

    for (size_t i = 1; i < ink->n && length < LENGTH_LEAST; i++)
        if (!ink->first[i])
            length += distance(ink->points[i - 1], ink->points[i]);
    return length >= LENGTH_LEAST;
}

size_t ink_stroke(const struct ink *ink, size_t from)
{
    size_t n = from < ink->n;

    while (from + n < ink->n && !ink->first[from + n])
        n++;
    return n;
}
