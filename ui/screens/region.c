/* SPDX-License-Identifier: Apache-2.0
 *
 * Region: the divisions below the one chosen so far, as buttons; longer lists turn.
 */
#include <stdio.h>

#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/widgets/button.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/pager.h"
#include "ui/widgets/words.h"

#define GAP 16

static struct button row_button(struct scene *s, const struct view *v, int i)
{
    return (struct button){
        .kind = BUTTON_SECOND, .label = words_own(s, v, v->region.rows[i].name), .action = DO(REGION, i, 0)};
}

static int tallest(struct scene *s, const struct view *v, int w)
{
    int high = BUTTON_HEIGHT;

    for (int i = 0; i < v->region.n; i++) {
        struct button b = row_button(s, v, i);
        int h = button_height(s, w, &b);

        high = h > high ? h : high;
    }
    return high;
}

static void rows(struct scene *s, const struct view *v, struct box page)
{
    int columns = s->env.size >= SIZE_LARGER ? 2 : 3, high = tallest(s, v, box_column(page, columns, GAP, 0).w);
    int fit = (page.h + GAP) / (high + GAP) * columns;

    if (v->region.n > fit) {
        fit = (page.h - pager_height(s, v, page.w, 2) + GAP) / (high + GAP) * columns;
        s->own_pages = (v->region.n + fit - 1) / fit;
        pager(s, v, &page, s->env.page, s->own_pages, NODE_DO_PAGE);
    }
    int from = s->own_pages > 1 ? s->env.page * fit : 0;

    for (int i = from; i < v->region.n && i < from + fit; i++) {
        struct box line = {page.x, page.y + (i - from) / columns * (high + GAP), page.w, high};
        struct button b = row_button(s, v, i);
        char id[24];

        snprintf(id, sizeof id, "region.%s", v->region.rows[i].code);
        b.id = id;
        button(s, box_column(line, columns, GAP, (i - from) % columns), &b);
    }
}

void build_REGION(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v);
    struct box tells;

    frame_head(s, v, &page,
               &(struct head){.title = v->item.item->form.fields[v->region.field].label,
                              .note = v->region.name[0] ? words_own(s, v, v->region.name) : NULL,
                              .type = TYPE(TITLE_2, BOLD, INK),
                              .gap = 24},
               &tells);
    if (v->region.name[0]) {
        struct button all = {
            .kind = BUTTON_SMALL, .id = "region.all", .label = SAY(region_all), .action = DO(REGION_ALL, 0, 0)};
        int h = button_height(s, page.w, &all);

        button(s, (struct box){page.x, page.y, button_width(s, &all), h}, &all);
        page.y += h + 24;
        page.h -= h + 24;
    }
    rows(s, v, page);
    frame_dock(s, v);
}
