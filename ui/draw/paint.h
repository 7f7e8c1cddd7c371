/* SPDX-License-Identifier: Apache-2.0
 *
 * Draws a scene, or finds out which parts of one have to be drawn again after another.
 */
#ifndef UI_DRAW_PAINT_H
#define UI_DRAW_PAINT_H

#include "ui/draw/canvas.h"
#include "ui/draw/pack.h"
#include "ui/draw/runs.h"
#include "ui/node/scene.h"

struct painter {
    struct runs *runs;
    const struct pack *pack;
};

/* Draws everything of the scene that shows inside canvas->clip. */
void paint(const struct painter *p, struct canvas *c, const struct scene *s);

#define DAMAGE_MAX 24
struct damage {
    struct box boxes[DAMAGE_MAX];
    int n;
};
/* Where the two scenes differ; nothing when they are the same. */
void damage_find(const struct scene *before, const struct scene *after, struct damage *ret);
void damage_add(struct damage *d, struct box b);

#endif
