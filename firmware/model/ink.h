/* SPDX-License-Identifier: Apache-2.0
 *
 * What a finger draws on the glass: a signature. Places are units of a box of INK_WIDTH × INK_HEIGHT from its upper left
 * corner, however large the box is on the screen. Personal data: it lives inside a form's values, in secret memory.
 */
#ifndef MODEL_INK_H
#define MODEL_INK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define INK_POINTS_MAX 800
#define INK_WIDTH 936
#define INK_HEIGHT 240

struct ink_point {
    int16_t x, y;
};

/* Zeroed: nothing drawn. */
struct ink {
    uint16_t n;
    struct ink_point points[INK_POINTS_MAX];
    bool first[INK_POINTS_MAX]; /* a stroke begins here */
};

/* A finger comes down: a new stroke. Places outside the box are moved to its edge. */
void ink_down(struct ink *ink, int x, int y);
/* It moves; steps too small to be seen are left out. What does not fit any more is not kept. */
void ink_move(struct ink *ink, int x, int y);
/* Enough to be a signature: more than a dot somebody left by accident. */
bool ink_enough(const struct ink *ink);
/* How many points the stroke that begins at `from` has. */
size_t ink_stroke(const struct ink *ink, size_t from);

#endif
