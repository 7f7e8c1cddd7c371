/* SPDX-License-Identifier: Apache-2.0
 *
 * Browse: themes or departments as tiles, then the items of one as result cards, in pages.
 */
#include <stddef.h>
#include <stdio.h>

#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/pager.h"
#include "ui/widgets/search_box.h"
#include "ui/widgets/tile.h"
#include "ui/widgets/words.h"

#define THEME_COLUMNS 3
#define THEME_GAP 20
#define THEME_HEIGHT 288
#define THEME_LEAST 256
#define RESULT_GAP 20

static struct tile theme_tile(struct scene *s, const struct view *v, int i)
{
    const struct item_theme *t = &v->browse.themes[i];
    char id[24];

    snprintf(id, sizeof id, "theme.%d", i);
    return (struct tile){.id = scene_keep(s, id),
                         .icon = t->icon,
                         .name = words_either(s, v, t->name, t->name_en),
                         .note = v->reading ? SAY_WITH(browse_total, words_number(s, t->items))
                                 : t->here  ? SAY_WITH(browse_here, words_number(s, t->here))
                                            : SAY_WITH(browse_all, words_number(s, t->items)),
                         .action = DO(THEME, i, 0)};
}

/* Of the highest tile, so that all rows are alike. */
static int theme_height(struct scene *s, const struct view *v, int w)
{
    int high = THEME_LEAST;

    for (int i = 0; i < v->browse.n_themes; i++) {
        const struct tile t = theme_tile(s, v, i);
        int h = tile_tall_height(s, w, &t);

        high = h > high ? h : high;
    }
    return high;
}

#define TABS 4
#define TAB_GAP 12

/* What is looked through: the first two are chosen from, the others lead to the list of what was found. */
static int list_tabs(const struct view *v, struct button tabs[TABS])
{
    int n = 0;

    tabs[n++] = (struct button){.id = "by.theme", .label = SAY(search_by_theme), .action = DO(GROUP, 0, 0)};
    tabs[n++] = (struct button){.id = "by.dept", .label = SAY(browse_by_dept), .action = DO(GROUP, 1, 0)};
    tabs[n++] = (struct button){.id = "for.company", .label = SAY(browse_company), .action = DO(FILTER, FOUND_COMPANY, 0)};
    if (!v->reading)
        tabs[n++] = (struct button){.id = "all.here", .label = SAY(browse_all_here), .action = DO(FILTER, FOUND_HERE, 0)};
    for (int i = 0; i < n; i++)
        tabs[i].kind = BUTTON_SMALL;
    for (int i = 0; i < 2; i++) {
        tabs[i].role = NODE_RADIO;
        tabs[i].chosen = v->browse.by_dept == (i == 1);
    }
    return n;
}

/* As wide as with the tick, so that no tab moves when another is chosen. */
static int tab_width(struct scene *s, struct button tab)
{
    tab.chosen = tab.role == NODE_RADIO;
    return button_width(s, &tab);
}

/* In one row that fills the page or, where letters are large, two by two; returns the y below. */
static int tabs(struct scene *s, const struct view *v, struct box page)
{
    struct button list[TABS];
    int n = list_tabs(v, list), left = page.w - (n - 1) * TAB_GAP, high = BUTTON_LEAST, x = page.x, y = page.y;

    for (int i = 0; i < n; i++)
        left -= tab_width(s, list[i]);
    for (int i = 0; i < n; i++) {
        int h = button_height(s, box_column(page, 2, TAB_GAP, 0).w, &list[i]);

        high = h > high ? h : high;
    }
    for (int i = 0; i < n; i++) {
        struct box b = {x, y, tab_width(s, list[i]) + left / n, high};

        if (left < 0)
            b = box_column((struct box){page.x, y + i / 2 * (high + TAB_GAP), page.w, high}, 2, TAB_GAP, i % 2);
        button(s, b, &list[i]);
        x = box_right(b) + TAB_GAP;
    }
    return y + (left < 0 ? (n + 1) / 2 * (high + TAB_GAP) - TAB_GAP : high);
}

static void themes(struct scene *s, const struct view *v, struct box page)
{
    int columns = v->settings.size >= SIZE_LARGER ? 2 : THEME_COLUMNS, n = v->browse.n_themes;
    int rows = (n + columns - 1) / columns, hint_h = 32 + 2 * scene_line(s, TYPE(BODY, REGULAR, INK)) + 32;
    int least = theme_height(s, v, box_column(page, columns, THEME_GAP, 0).w);
    struct leaves l = leaves_begin(s, page);
    int y = tabs(s, v, page) + 24, room = box_bottom(page) - y - hint_h;
    int high = rows ? (room - (rows - 1) * THEME_GAP) / rows : THEME_HEIGHT;
    const char *tells = v->reading ? SAY(reading_hint) : SAY_WITH(browse_hint, words_number(s, view_items_here(v)));

    high = high > THEME_HEIGHT ? THEME_HEIGHT : high;
    high = high < least ? least : high;
    for (int i = 0; i < n; i++) {
        const struct tile t = theme_tile(s, v, i);

        if (i % columns == 0)
            leaves_break(s, &l, y);
        tile_tall(s, box_column((struct box){page.x, y, page.w, high}, columns, THEME_GAP, i % columns), &t);
        if (i % columns == columns - 1 || i + 1 == n)
            y += high + THEME_GAP;
    }
    leaves_break(s, &l, y);
    leaves_end(s, v, &l, hint(s, page.x, y + 12, page.w, "info", tells));
}

/* How many rows from `from` fit, at least one. */
static int fitting(struct scene *s, const struct view *v, struct box page, int from, bool brief)
{
    int n = 0;

    for (int used = -RESULT_GAP; from + n < v->browse.n_rows; n++) {
        used += RESULT_GAP + result_height(s, v, page.w, &v->browse.rows[from + n], brief);
        if (used > page.h && n > 0)
            break;
    }
    return n;
}

static void draw_rows(struct scene *s, const struct view *v, struct box page, int from, int n, bool brief)
{
    int y = page.y;

    for (int i = from; i < from + n; i++) {
        const struct item_row *row = &v->browse.rows[i];
        struct box b = {page.x, y, page.w, result_height(s, v, page.w, row, brief)};
        char id[NODE_ID_MAX];

        snprintf(id, sizeof id, "item.%s", row->task_code);
        result_card(s, v, b, row, brief, id, DO(ITEM, i, 0));
        y = box_bottom(b) + RESULT_GAP;
    }
}

/* Rows that do not fit on one page of the screen go on the next; behind the last comes the next page of the list. */
static void turn(struct scene *s, const struct view *v, struct box row, int at, int pages)
{
    bool first = at == 0, last = at + 1 >= pages;
    struct node_action before = first ? DO(PAGE, v->browse.page - 1, 0) : (struct node_action){NODE_DO_PAGE, at - 1, 0};
    struct node_action after = last ? DO(PAGE, v->browse.page + 1, 0) : (struct node_action){NODE_DO_PAGE, at + 1, 0};
    const struct button list[] = {{.kind = BUTTON_SMALL,
                                   .id = "page.previous",
                                   .label = SAY(ui_previous_page),
                                   .icon = "chevron-up",
                                   .off = first && v->browse.page == 0,
                                   .action = before},
                                  {.kind = BUTTON_SMALL,
                                   .id = "page.next",
                                   .label = SAY(ui_next_page),
                                   .icon = "chevron-down",
                                   .off = last && v->browse.page + 1 >= v->browse.pages,
                                   .action = after}};

    for (int i = 0; i < 2; i++) {
        int w = button_width(s, &list[i]), h = button_height(s, w, &list[i]);

        button(s, (struct box){i ? box_right(row) - w : row.x, row.y + (row.h - h) / 2, w, h}, &list[i]);
    }
}

static void rows(struct scene *s, const struct view *v, struct box page)
{
    struct box all = page;
    int n = v->browse.n_rows, high = pager_height(s, v, page.w, 9), from = 0, pages = 0, at = s->env.page, shown = 0;

    if (!n)
        hint(s, page.x, page.y, page.w, "info", SAY(browse_empty));
    if (v->browse.pages > 1)
        all.h -= high;
    bool brief = fitting(s, v, all, 0, false) < n; /* very long names: the marks go first */

    if (fitting(s, v, all, 0, brief) >= n) {
        if (v->browse.pages > 1)
            pager(s, v, &page, v->browse.page, v->browse.pages, INTENT_PAGE);
        draw_rows(s, v, page, 0, n, brief);
        return;
    }
    page.h -= high;
    for (int i = 0, k; i < n; i += k, pages++) {
        k = fitting(s, v, page, i, brief);
        if (pages <= at) {
            from = i;
            shown = k;
        }
    }
    s->own_pages = pages;
    draw_rows(s, v, page, from, shown, brief);
    turn(s, v, (struct box){page.x, box_bottom(page), page.w, high}, at < pages ? at : pages - 1, pages);
}

void build_BROWSE(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v);
    bool list = v->browse.theme >= 0 && v->browse.theme < v->browse.n_themes;
    const struct item_theme *theme = list ? &v->browse.themes[v->browse.theme] : NULL;
    const struct head head = {list         ? words_either(s, v, theme->name, theme->name_en)
                              : v->reading ? SAY(home_guides)
                                           : SAY(browse_title),
                              list ? SAY_WITH(browse_total, words_number(s, v->browse.total)) : NULL,
                              TYPE(TITLE_1, BOLD, INK),
                              24,
                              true,
                              0};

    frame_head(s, v, &page, &head, NULL);
    if (!list) {
        search_box_closed(s, v, (struct box){page.x, page.y, page.w, SEARCH_BOX});
        page.y += SEARCH_BOX + 24;
        page.h -= SEARCH_BOX + 24;
    }
    if (list)
        rows(s, v, page);
    else
        themes(s, v, page);
    frame_dock(s, v);
}
