/* SPDX-License-Identifier: Apache-2.0
 *
 * See pager.h.
 */
#include "ui/widgets/pager.h"

#include <stddef.h>

#include "ui/widgets/button.h"
#include "ui/widgets/words.h"

#define MARGIN 20

struct row {
    struct button before, after;
    const char *where;
    int left, right, high; /* widths of the buttons, height of all */
};

static struct row layout(struct scene *s, const struct view *v, int w, int at, int pages, int kind)
{
    struct row r = {.before = {.kind = BUTTON_SMALL,
                               .id = "page.previous",
                               .label = SAY(ui_previous_page),
                               .icon = "chevron-up",
                               .off = at == 0,
                               .action = {kind, at - 1, 0}},
                    .after = {.kind = BUTTON_SMALL,
                              .id = "page.next",
                              .label = SAY(ui_next_page),
                              .icon = "chevron-down",
                              .off = at + 1 >= pages,
                              .action = {kind, at + 1, 0}},
                    .where = SAY_WITH(ui_page_of, words_number(s, at + 1), words_number(s, pages))};

    r.left = button_width(s, &r.before);
    r.right = button_width(s, &r.after);
    r.high = scene_height(s, w - r.left - r.right - 48, TYPE(BODY, REGULAR, INK), r.where);
    int button = button_height(s, r.left, &r.before);

    r.high = r.high > button ? r.high : button;
    return r;
}

int pager_height(struct scene *s, const struct view *v, int w, int pages)
{
    return layout(s, v, w, pages - 1, pages, NODE_DO_PAGE).high + 2 * MARGIN;
}

void pager(struct scene *s, const struct view *v, struct box *page, int at, int pages, int kind)
{
    struct row r = layout(s, v, page->w, at, pages, kind);
    struct type t = type_aligned(TYPE(BODY, REGULAR, INK), ALIGN_CENTRE);
    int middle = page->w - r.left - r.right - 48, text = scene_height(s, middle, t, r.where);

    page->h -= r.high + 2 * MARGIN;
    int y = box_bottom(*page) + MARGIN;

    button(s, (struct box){page->x, y, r.left, r.high}, &r.before);
    scene_text(s, page->x + r.left + 24, y + (r.high - text) / 2, middle, t, r.where);
    button(s, (struct box){box_right(*page) - r.right, y, r.right, r.high}, &r.after);
}
