/* SPDX-License-Identifier: Apache-2.0
 *
 * A page that may be longer than the screen: it is drawn as if there were room, and says where it may be parted. When it
 * does not fit, only the blocks of the page in sight stay, and 上一页, 第 1 页，共 2 页, 下一页 stand below them.
 */
#ifndef UI_WIDGETS_LEAVES_H
#define UI_WIDGETS_LEAVES_H

#include "session/view.h"
#include "ui/node/scene.h"
#include "ui/widgets/card.h"

#define LEAVES_MAX 64

struct leaves {
    struct box area;
    bool fill; /* cards part where a page ends, also those that would fit on the next */
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

/* A card with a heading and rows; what is higher than a page goes on in another card. Returns the y below. */
struct leaves_card {
    const char *head, *note; /* NULL: none */
    /* Draws another head into `in`, on the first card; returns the y below. NULL: the words above. */
    int (*top)(struct scene *s, const struct view *v, struct box in, const void *ctx);
    int n;
    /* Draws row i with its upper edge at `at`, returns the y below it. */
    int (*row)(struct scene *s, const struct view *v, struct box at, int i, const void *ctx);
    const void *ctx;
    bool lines;                     /* hairlines between the rows */
    int gap;                        /* between the rows */
    const struct card_style *style; /* NULL: plain */
};
int leaves_card(struct scene *s, const struct view *v, struct leaves *l, int y, const struct leaves_card *c);

#endif
