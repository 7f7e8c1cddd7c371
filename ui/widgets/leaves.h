/* SPDX-License-Identifier: Apache-2.0
 *
 * A page that may be longer than the screen: it is drawn as if there were room, and says where it may be parted. When it
 * does not fit, only the blocks of the page in sight stay, and 上一页, 第 1 页，共 2 页, 下一页 stand below them.
 */
#ifndef UI_WIDGETS_LEAVES_H
#define UI_WIDGETS_LEAVES_H

#include "session/view.h"
#include "ui/node/scene.h"

#define LEAVES_MAX 64

struct leaves {
    struct box area;
    int n;
    struct {
        int y, ops, nodes;
    } block[LEAVES_MAX + 1];
};

/* What is drawn from here on belongs to the area, from area.y on. */
struct leaves leaves_begin(struct scene *s, struct box area);
/* The next block begins at y. A block must not be higher than the area. */
void leaves_break(struct scene *s, struct leaves *l, int y);
/* All is drawn, down to y. Returns the y below what stays in sight. */
int leaves_end(struct scene *s, const struct view *v, struct leaves *l, int y);

#endif
