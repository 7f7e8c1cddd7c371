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

/* --- a card over several pages --- */

#define GAP 20

static int head(struct scene *s, struct box in, const char *text, const char *note)
{
    struct type t = TYPE(LABEL, BOLD, INK), small = TYPE(SMALL, REGULAR, INK_2);
    int wide = note ? scene_width(s, small, note) : 0, h;

    if (!text)
        return in.y;
    if (!note || scene_width(s, t, text) + 24 + wide > in.w) { /* below it */
        h = scene_text(s, in.x, in.y, in.w, t, text);
        return in.y + h + (note ? scene_text(s, in.x, in.y + h, in.w, small, note) : 0) + 8;
    }
    h = scene_text(s, in.x, in.y, in.w - wide - 16, t, text);
    scene_text(s, in.x + in.w - wide, in.y + h - scene_line(s, small) - 2, wide + 2, small, note);
    return in.y + h + 8;
}

/* Row i below y, with what parts it from the row before. */
static int one_row(struct scene *s, const struct view *v, const struct leaves_card *c, struct box in, int y, int i,
                   bool first)
{
    if (!first && c->lines)
        hairline(s, in.x, y + c->gap / 2, in.w);
    return c->row(s, v, (struct box){in.x, first ? y : y + c->gap, in.w, 0}, i, c->ctx);
}

/* Where the page begins that the last block stands on, as far as is known. */
static int page_top(const struct leaves *l, int room)
{
    int from = 0;

    for (int i = 1; i < l->n; i++)
        if (l->block[i].y - l->block[from].y > room)
            from = i - 1;
    return l->block[from].y;
}

struct drawing {
    const struct leaves_card *c;
    const struct card_style *style;
    int y, room; /* room: px of a page; 0: as high as it is */
};

static int draw_card(struct scene *s, const struct view *v, struct leaves *l, const struct drawing *d)
{
    const struct leaves_card *c = d->c;
    struct card card = card_open(s, l->area.x, d->y, l->area.w, d->style);
    int at = c->top ? c->top(s, v, card.in, c->ctx) : head(s, card.in, c->head, c->note);
    int from = d->y, top = d->room ? page_top(l, d->room) : 0;
    bool first = true;

    for (int i = 0; i < c->n; i++, first = false) {
        struct scene_place before = scene_place(s);
        int next = one_row(s, v, c, card.in, at, i, first);

        if (first && next + card.pad - top > d->room)
            top = from; /* it goes to the next page as a whole */
        if (d->room && !first && next + card.pad - top > d->room) {
            scene_take_back(s, before);
            top = from = card_close(s, &card, at) + GAP;
            leaves_break(s, l, from);
            card = card_open(s, l->area.x, from, l->area.w, d->style);
            first = true;
            next = one_row(s, v, c, card.in, head(s, card.in, c->head, NULL), i, first);
        }
        at = next;
    }
    return card_close(s, &card, at);
}

int leaves_card(struct scene *s, const struct view *v, struct leaves *l, int y, const struct leaves_card *c)
{
    struct drawing d = {c, c->style ? c->style : &CARD_PLAIN, y, 0};
    struct scene_place before = scene_place(s);
    int end = draw_card(s, v, l, &d), room = l->area.h - pager_height(s, v, l->area.w, LEAVES_MAX);

    if (end - y <= room && !l->fill)
        return end;
    scene_take_back(s, before);
    d.room = room - GAP; /* the gap behind a part counts as its own */
    return draw_card(s, v, l, &d);
}
