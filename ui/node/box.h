/* SPDX-License-Identifier: Apache-2.0
 *
 * Boxes in px of the picture, and the few rules pages are laid out by: inset, columns, centre.
 */
#ifndef UI_NODE_BOX_H
#define UI_NODE_BOX_H

#include <stdbool.h>

struct point {
    int x, y;
};

struct box {
    int x, y, w, h;
};

static inline bool box_empty(struct box b)
{
    return b.w <= 0 || b.h <= 0;
}

static inline int box_right(struct box b)
{
    return b.x + b.w;
}

static inline int box_bottom(struct box b)
{
    return b.y + b.h;
}

/* `slip`: px outside that still count. */
static inline bool box_holds(struct box b, int x, int y, int slip)
{
    return x >= b.x - slip && y >= b.y - slip && x < b.x + b.w + slip && y < b.y + b.h + slip;
}

static inline struct box box_inset(struct box b, int dx, int dy)
{
    return (struct box){b.x + dx, b.y + dy, b.w - 2 * dx, b.h - 2 * dy};
}

static inline struct box box_meet(struct box a, struct box b)
{
    int x = a.x > b.x ? a.x : b.x, y = a.y > b.y ? a.y : b.y;
    int r = box_right(a) < box_right(b) ? box_right(a) : box_right(b);
    int m = box_bottom(a) < box_bottom(b) ? box_bottom(a) : box_bottom(b);

    return (struct box){x, y, r > x ? r - x : 0, m > y ? m - y : 0};
}

/* The smallest box around both; an empty one does not count. */
static inline struct box box_join(struct box a, struct box b)
{
    if (box_empty(a))
        return b;
    if (box_empty(b))
        return a;
    int x = a.x < b.x ? a.x : b.x, y = a.y < b.y ? a.y : b.y;
    int r = box_right(a) > box_right(b) ? box_right(a) : box_right(b);
    int m = box_bottom(a) > box_bottom(b) ? box_bottom(a) : box_bottom(b);

    return (struct box){x, y, r - x, m - y};
}

/* Column i of n, all of one width but the last, which takes the odd pixels. */
static inline struct box box_column(struct box b, int n, int gap, int i)
{
    int w = (b.w - gap * (n - 1)) / n, x = b.x + i * (w + gap);

    return (struct box){x, b.y, i == n - 1 ? box_right(b) - x : w, b.h};
}

/* w × h in the middle. */
static inline struct box box_centre(struct box b, int w, int h)
{
    return (struct box){b.x + (b.w - w) / 2, b.y + (b.h - h) / 2, w, h};
}

#endif
