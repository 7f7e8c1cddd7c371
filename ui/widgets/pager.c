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

static struct row layout(struct scene *s, const struct view *v, int w, const char *where)
{
    struct row r = {
        .before = {.kind = BUTTON_SMALL, .id = "page.previous", .label = SAY(ui_previous_page), .icon = "chevron-up"},
        .after = {.kind = BUTTON_SMALL, .id = "page.next", .label = SAY(ui_next_page), .icon = "chevron-down"},
        .where = where};

    r.left = button_width(s, &r.before);
    r.right = button_width(s, &r.after);
    r.high = scene_height(s, w - r.left - r.right - 48, TYPE(BODY, REGULAR, INK), r.where);
    int button = button_height(s, r.left, &r.before);

    r.high = r.high > button ? r.high : button;
    return r;
}

static void draw(struct scene *s, struct box *page, const struct row *r)
{
    struct type t = type_aligned(TYPE(BODY, REGULAR, INK), ALIGN_CENTRE);
    int middle = page->w - r->left - r->right - 48, text = scene_height(s, middle, t, r->where);

    page->h -= r->high + 2 * MARGIN;
    int y = box_bottom(*page) + MARGIN;

    button(s, (struct box){page->x, y, r->left, r->high}, &r->before);
    scene_text(s, page->x + r->left + 24, y + (r->high - text) / 2, middle, t, r->where);
    button(s, (struct box){box_right(*page) - r->right, y, r->right, r->high}, &r->after);
}

static const char *where_of(struct scene *s, const struct view *v, int at, int pages)
{
    return SAY_WITH(ui_page_of, words_number(s, at + 1), words_number(s, pages));
}

int pager_height(struct scene *s, const struct view *v, int w, int pages)
{
    return layout(s, v, w, where_of(s, v, pages - 1, pages)).high + 2 * MARGIN;
}

void pager(struct scene *s, const struct view *v, struct box *page, int at, int pages, int kind)
{
    struct row r = layout(s, v, page->w, where_of(s, v, at, pages));

    r.before.off = at == 0;
    r.before.action = (struct node_action){kind, at - 1, 0};
    r.after.off = at + 1 >= pages;
    r.after.action = (struct node_action){kind, at + 1, 0};
    draw(s, page, &r);
}

static const char *rows_where(struct scene *s, const struct view *v, struct pager_rows rows)
{
    const char *first = words_number(s, rows.first + 1), *total = words_number(s, rows.total);

    return rows.shown > 1 ? SAY_WITH(ui_rows_of, first, words_number(s, rows.first + rows.shown), total)
                          : SAY_WITH(ui_row_of, first, total);
}

int pager_rows_height(struct scene *s, const struct view *v, int w, struct pager_rows rows)
{
    return layout(s, v, w, rows_where(s, v, rows)).high + 2 * MARGIN;
}

void pager_rows(struct scene *s, const struct view *v, struct box *page, struct pager_rows rows, int kind)
{
    struct row r = layout(s, v, page->w, rows_where(s, v, rows));

    r.before.off = rows.first == 0;
    r.before.action = (struct node_action){kind, rows.first - 1, 0};
    r.after.off = rows.first + rows.shown >= rows.total;
    r.after.action = (struct node_action){kind, rows.first + rows.shown, 0};
    draw(s, page, &r);
}
