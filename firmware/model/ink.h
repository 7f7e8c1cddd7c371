/* SPDX-License-Identifier: Apache-2.0
 *
 * What a finger draws on the glass: a signature, or a character to be read. Places are units of a box from its upper left
 * corner, however large the box is on the screen. Personal data: it lives in secret memory.
 */
#ifndef MODEL_INK_H
#define MODEL_INK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define INK_POINTS_MAX 800

struct ink_point {
    int16_t x, y;
};

/* The lower right corner of each box. */
static const struct ink_point ink_signature = {936, 240}, ink_character = {716, 526};

/* Zeroed: nothing drawn. */
struct ink {
    uint16_t n;
    struct ink_point points[INK_POINTS_MAX];
    bool first[INK_POINTS_MAX]; /* a stroke begins here */
};

/* A finger comes down: a new stroke. Places outside the box up to `corner` are moved to its edge. */
void ink_down(struct ink *ink, struct ink_point corner, int x, int y);
/* It moves; steps too small to be seen are left out. What does not fit any more is not kept. */
void ink_move(struct ink *ink, struct ink_point corner, int x, int y);
void ink_undo(struct ink *ink); /* wipes the last stroke; nothing where there is none */
/* Enough to be a signature: more than a dot somebody left by accident. */
bool ink_enough(const struct ink *ink);
/* How many points the stroke that begins at `from` has. */
size_t ink_stroke(const struct ink *ink, size_t from);

#endif
