/* SPDX-License-Identifier: Apache-2.0
 *
 * See leaves.h.
 */
#include "ui/widgets/leaves.h"

#include <string.h>

#include "ui/widgets/pager.h"

struct leaves leaves_begin(struct scene *s, struct box area)
{
    struct leaves l = {.area = area};

    leaves_break(s, &l, area.y);
    return l;
}

void leaves_break(struct scene *s, struct leaves *l, int y)
{
    if (l->n && l->block[l->n - 1].ops == s->n_ops) /* nothing stands between */
        l->n--;
    if (l->n < LEAVES_MAX) {
        l->block[l->n].y = y;
        l->block[l->n].ops = s->n_ops;
        l->block[l->n].nodes = s->n_nodes;
        l->n++;
    }
}

/* The block behind the last that stands on the page beginning with block `from`. */
static int page_end(const struct leaves *l, int from, int room)
{
    int until = from + 1;

    while (until < l->n && l->block[until + 1].y - l->block[from].y <= room)
        until++;
    return until;
}

static void move(struct box *b, int up)
{
    if (!box_empty(*b))
        b->y -= up;
}

/* Blocks [from, until) stay, moved up to where the area begins. */
static void keep(struct scene *s, const struct leaves *l, int from, int until)
{
    int first = l->block[0].ops, ops = l->block[until].ops - l->block[from].ops;
    int first_node = l->block[0].nodes, nodes = l->block[until].nodes - l->block[from].nodes;
    int up = l->block[from].y - l->area.y;

    memmove(s->ops + first, s->ops + l->block[from].ops, (size_t)ops * sizeof *s->ops);
    memmove(s->nodes + first_node, s->nodes + l->block[from].nodes, (size_t)nodes * sizeof *s->nodes);
    s->n_ops = first + ops;
    s->n_nodes = first_node + nodes;
    for (int i = first; i < s->n_ops; i++) {
        move(&s->ops[i].box, up);
        move(&s->ops[i].clip, up);
        move(&s->ops[i].frame, up);
        for (size_t k = 0; s->ops[i].kind == OP_STROKE && k < s->ops[i].n_points; k++)
            ((struct point *)s->ops[i].points)[k].y -= up;
    }
    for (int i = first_node; i < s->n_nodes; i++)
        move(&s->nodes[i].box, up);
}

static int count(const struct leaves *l, int room)
{
    int pages = 0;

    for (int from = 0; from < l->n; from = page_end(l, from, room))
        pages++;
    return pages;
}

int leaves_end(struct scene *s, const struct view *v, struct leaves *l, int y)
{
    int shown = 0, until;

    l->block[l->n].y = y;
    l->block[l->n].ops = s->n_ops;
    l->block[l->n].nodes = s->n_nodes;
    if (y <= box_bottom(l->area))
        return y;
    struct box row = l->area;

    /* a pager with more to say may be higher, and so cost a page */
    l->area.h = row.h - pager_height(s, v, row.w, count(l, row.h));
    int pages = count(l, l->area.h), wanted = s->env.page < pages ? s->env.page : pages - 1;

    for (int i = 0; i < wanted; i++)
        shown = page_end(l, shown, l->area.h);
    until = page_end(l, shown, l->area.h);
    int end = l->area.y + l->block[until].y - l->block[shown].y;

    keep(s, l, shown, until);
    s->own_pages = pages;
    pager(s, v, &row, wanted, pages, NODE_DO_PAGE);
    return end;
}
