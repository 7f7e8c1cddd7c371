/* SPDX-License-Identifier: Apache-2.0
 *
 * See pager.h.
 */
#include "ui/widgets/pager.h"

#include <stddef.h>

#include "ui/widgets/button.h"
#include "ui/widgets/words.h"

void pager(struct scene *s, const struct view *v, struct box *page, int at, int pages, int kind)
{
    page->h -= PAGER_HEIGHT;
    struct box row = {page->x, box_bottom(*page) + 20, page->w, BUTTON_LEAST};
    struct button before = {.kind = BUTTON_SMALL,
                            .id = "page.previous",
                            .label = SAY(ui_previous_page),
                            .icon = "chevron-up",
                            .off = at == 0,
                            .action = {kind, at - 1, 0}};
    struct button after = {.kind = BUTTON_SMALL,
                           .id = "page.next",
                           .label = SAY(ui_next_page),
                           .icon = "chevron-down",
                           .off = at + 1 >= pages,
                           .action = {kind, at + 1, 0}};
    struct type t = type_aligned(TYPE(BODY, REGULAR, INK), ALIGN_CENTRE);
    const char *where = SAY_WITH(ui_page_of, words_number(s, at + 1), words_number(s, pages));
    int w = button_width(s, &before), middle = row.w - 2 * w - 48;

    button(s, (struct box){row.x, row.y, w, row.h}, &before);
    scene_text(s, row.x + w + 24, row.y + (row.h - scene_line(s, t)) / 2, middle, t, where);
    button(s, (struct box){box_right(row) - w, row.y, w, row.h}, &after);
}

struct flow flow_begin(struct scene *s, struct box area, int wanted)
{
    return (struct flow){.area = area, .y = area.y, .wanted = wanted};
}

int flow_block(struct scene *s, struct flow *f)
{
    f->save_ops = s->n_ops;
    f->save_nodes = s->n_nodes;
    f->save_text = s->used;
    return f->y;
}

static void take_back(struct scene *s, const struct flow *f)
{
    s->n_ops = f->save_ops;
    s->n_nodes = f->save_nodes;
    s->used = f->save_text;
}

bool flow_done(struct scene *s, struct flow *f, int end, int gap)
{
    bool fits = end <= box_bottom(f->area), first = f->y == f->area.y;

    if (!fits && !first) {
        take_back(s, f);
        f->page++;
        f->y = f->area.y;
        return false;
    }
    if (f->page != f->wanted)
        take_back(s, f);
    f->y = end + gap;
    return true;
}
