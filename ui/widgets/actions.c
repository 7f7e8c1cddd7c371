/* SPDX-License-Identifier: Apache-2.0
 *
 * See actions.h.
 */
#include "ui/widgets/actions.h"

#include <stddef.h>

#define GAP 24
#define STACK_GAP 16
#define MARGIN 24

/* Widths by share; false when a label would not stand on one line. */
static bool by_share(const struct scene *s, struct actions *a, int w, const int *share)
{
    int all = 0, x = 0, room = w - GAP * (a->n - 1);

    for (int i = 0; i < a->n; i++)
        all += share ? share[i] : 1;
    for (int i = 0; i < a->n; i++) {
        a->at[i].x = x;
        a->at[i].w = i + 1 == a->n ? w - x : room * (share ? share[i] : 1) / all;
        if (button_width(s, &a->list[i]) > a->at[i].w)
            return false;
        x += a->at[i].w + GAP;
    }
    return true;
}

/* Each as wide as it needs, and what is left for all alike; false when it is not enough. */
static bool by_need(const struct scene *s, struct actions *a, int w)
{
    int need = GAP * (a->n - 1), x = 0;

    for (int i = 0; i < a->n; i++)
        need += button_width(s, &a->list[i]);
    if (need > w)
        return false;
    for (int i = 0; i < a->n; i++) {
        a->at[i].x = x;
        a->at[i].w = i + 1 == a->n ? w - x : button_width(s, &a->list[i]) + (w - need) / a->n;
        x += a->at[i].w + GAP;
    }
    return true;
}

static int row_height(const struct scene *s, struct actions *a)
{
    int high = 0;

    for (int i = 0; i < a->n; i++) {
        int h = button_height(s, a->at[i].w, &a->list[i]);

        high = h > high ? h : high;
    }
    for (int i = 0; i < a->n; i++)
        a->at[i].h = high;
    return high;
}

/* The main one, which is the last, lies lowest; two others share the row above it when they can. */
static int stack(const struct scene *s, struct actions *a, int w)
{
    struct actions others = {.n = a->n - 1};
    int y = 0, i = 0;

    for (int k = 0; k < others.n; k++)
        others.list[k] = a->list[k];
    if (others.n == 2 && (by_share(s, &others, w, NULL) || by_need(s, &others, w))) {
        y = row_height(s, &others) + STACK_GAP;
        for (; i < others.n; i++)
            a->at[i] = others.at[i];
    }
    for (; i < a->n; i++) {
        a->at[i] = (struct box){0, y, w, button_height(s, w, &a->list[i])};
        y += a->at[i].h + STACK_GAP;
    }
    return y - STACK_GAP;
}

struct actions actions_take(const struct scene *s, struct box *page, const struct button *list, const int *share, int n)
{
    struct actions a = {.n = n};

    for (int i = 0; i < n; i++)
        a.list[i] = list[i];
    int high = by_share(s, &a, page->w, share) || by_need(s, &a, page->w) ? row_height(s, &a) : stack(s, &a, page->w);

    page->h -= high + 2 * MARGIN;
    for (int i = 0; i < n; i++) {
        a.at[i].x += page->x;
        a.at[i].y += box_bottom(*page) + MARGIN;
    }
    return a;
}

void actions_draw(struct scene *s, const struct actions *a)
{
    for (int i = 0; i < a->n; i++)
        button(s, a->at[i], &a->list[i]);
}
