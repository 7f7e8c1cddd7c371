/* SPDX-License-Identifier: Apache-2.0
 *
 * Search: what is typed, how much was found of which kind, the results that fit, the keyboard. As many cards stand on a page
 * as fit; long names are never cut. Nothing found is no dead end: what comes near, where else to look, who can be asked.
 */
#include <stddef.h>
#include <stdio.h>

#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/keyboard.h"
#include "ui/widgets/pager.h"
#include "ui/widgets/search_box.h"
#include "ui/widgets/tile.h"
#include "ui/widgets/words.h"

#define GAP 20
#define CHIP_GAP 12
#define HINT_X 76 /* of a hint: its words begin here, its icon is so high */
#define HINT_LEAST 56

/* One kind: 本机可办 3. The one chosen is filled. */
static struct button kind_button(struct scene *s, const struct view *v, int kind)
{
    static const enum str_id words[] = {STR_search_all, STR_search_here, STR_search_person, STR_search_company};
    static const char *const ids[] = {"found.all", "found.here", "found.person", "found.company"};
    bool chosen = (int)v->search.kind == kind;

    return (struct button){.kind = chosen ? BUTTON_MAIN_SMALL : BUTTON_SMALL,
                           .id = ids[kind],
                           .label = words_fill(s, v, words[kind], STR_ARGS(words_number(s, v->search.total[kind]))),
                           .role = NODE_RADIO,
                           .chosen = chosen,
                           .action = DO(FILTER, kind, 0)};
}

/* In one row or, where letters are large, in two; returns the y below. */
static int kinds(struct scene *s, const struct view *v, struct box page, int y)
{
    int x = page.x;

    for (int kind = 0; kind < FOUND_KINDS; kind++) {
        if (kind == FOUND_HERE && v->reading) /* nothing is, now */
            continue;
        struct button b = kind_button(s, v, kind);
        int w = button_width(s, &b);

        if (x > page.x && x + w > box_right(page)) {
            x = page.x;
            y += BUTTON_LEAST + CHIP_GAP;
        }
        button(s, (struct box){x, y, w, BUTTON_LEAST}, &b);
        x += w + CHIP_GAP;
    }
    struct button themes = {.kind = BUTTON_QUIET, .id = "browse", .label = SAY(search_by_theme), .action = DO(BROWSE, 0, 0)};
    int w = button_width(s, &themes);

    if (x + w <= box_right(page))
        button(s, (struct box){box_right(page) - w, y, w, BUTTON_LEAST}, &themes);
    return y + BUTTON_LEAST;
}

/* How many cards fit; at least one is shown, however long its name. */
static int fitting(struct scene *s, const struct view *v, struct box page, bool brief)
{
    int n = 0, h = 0;

    for (; n < v->search.n_rows; n++) {
        h += (n ? GAP : 0) + result_height(s, v, page.w, &v->search.rows[n], brief);
        if (h > page.h)
            break;
    }
    return n;
}

/* Returns the y below. */
static int cards(struct scene *s, const struct view *v, struct box page, int n, bool brief)
{
    int y = page.y;

    for (int i = 0; i < n; i++) {
        const struct item_row *row = &v->search.rows[i];
        struct box b = {page.x, y, page.w, result_height(s, v, page.w, row, brief)};
        char id[NODE_ID_MAX];

        snprintf(id, sizeof id, "item.%s", row->task_code);
        result_card(s, v, b, row, brief, id, DO(ITEM, i, 0));
        y = box_bottom(b) + GAP;
    }
    return y;
}

/* --- other ways --- */

#define WAYS_MAX 3

struct ways {
    struct button list[WAYS_MAX];
    int n, columns, high;
};

/* Beside each other, or as many as one can read. */
static struct ways ways_of(struct scene *s, const struct view *v, int w)
{
    struct ways r = {
        .list =
            {{.kind = BUTTON_SECOND,
              .id = "browse.dept",
              .label = SAY(search_see_depts),
              .icon = "hall",
              .action = DO(BROWSE, 1, 0)},
             {.kind = BUTTON_SECOND,
              .id = "browse.instead",
              .label = SAY(search_see_themes),
              .icon = "guide",
              .action = DO(BROWSE, 0, 0)},
             {.kind = BUTTON_SECOND, .id = "queue", .label = SAY(home_queue), .icon = "queue", .action = DO(QUEUE, 0, 0)}},
        .n = v->queue.n_queues > 0 && !v->reading ? 3 : 2};
    int wide = 0;

    for (int i = 0; i < r.n; i++)
        wide = button_width(s, &r.list[i]) > wide ? button_width(s, &r.list[i]) : wide;
    r.columns = r.n;
    while (r.columns > 1 && r.columns * (wide + GAP) - GAP > w)
        r.columns--;
    r.high = button_height(s, w, &r.list[0]);
    return r;
}

static int ways_height(const struct ways *r)
{
    int rows = (r->n + r->columns - 1) / r->columns;

    return rows * (r->high + GAP) - GAP;
}

static int ways_draw(struct scene *s, const struct ways *r, struct box page, int y)
{
    for (int i = 0; i < r->n; i++) {
        struct box row = {page.x, y + i / r->columns * (r->high + GAP), page.w, r->high};

        button(s, box_column(row, r->columns, GAP, i % r->columns), &r->list[i]);
    }
    return y + ways_height(r);
}

/* --- results --- */

/* Between field and keyboard there is no room for a card: the keyboard gives way. */
static int see_results(struct scene *s, const struct view *v, struct box page, int total)
{
    struct button see = {.kind = BUTTON_MAIN,
                         .id = "results",
                         .label = SAY_WITH(search_see, words_number(s, total)),
                         .action = DO(WRITTEN, 0, 0)};

    button(s, (struct box){page.x, page.y, page.w, button_height(s, page.w, &see)}, &see);
    return page.y + button_height(s, page.w, &see);
}

/* What only comes near is listed in short, so that there is room for the other ways too. Returns the y below. */
static int results(struct scene *s, const struct view *v, struct box page)
{
    struct box room = page;
    int total = v->search.total[v->search.kind], n;
    bool brief;

    room.h -= pager_rows_height(s, v, page.w, (struct pager_rows){v->search.first, VIEW_ROWS_MAX, total});
    n = fitting(s, v, room, false);
    brief = v->search.forgiven || n < 2; /* very long names or letters: the marks go first */
    n = brief ? fitting(s, v, room, true) : n;
    if (!n && v->keys.kind == KEYBOARD_SEARCH)
        return see_results(s, v, page, total);
    n = n ? n : 1;
    bool pages = v->search.first || n < total;
    int bottom = box_bottom(page);

    if (pages)
        pager_rows(s, v, &page, (struct pager_rows){v->search.first, n, total}, INTENT_ROWS);
    int y = cards(s, v, page, n, brief);
    struct ways ways = ways_of(s, v, page.w);

    if (v->search.forgiven && y + ways_height(&ways) <= box_bottom(page))
        y = ways_draw(s, &ways, page, y);
    return pages ? bottom : y;
}

/* --- nothing --- */

static int hint_height(struct scene *s, int w, const char *text)
{
    int h = scene_height(s, w - HINT_X, TYPE(BODY, REGULAR, INK), text);

    return h > HINT_LEAST ? h : HINT_LEAST;
}

/* The ways out always have room; of the words as much as there is place for. */
static int nothing(struct scene *s, const struct view *v, struct box page)
{
    const char *const words[] = {SAY(search_nothing_try), SAY_WITH(search_nothing_ask, v->place->hotline)};
    static const char *const icons[] = {"keyboard", "phone"};
    struct ways ways = ways_of(s, v, page.w);
    int y = page.y + 8, title = scene_height(s, page.w, TYPE(TITLE_2, BOLD, INK), SAY(search_nothing)) + 16;

    while (ways.n > 1 && 8 + title + 12 + ways_height(&ways) > page.h) /* low, and with large letters */
        ways.n--;
    int end = box_bottom(page) - ways_height(&ways) - 12;

    y += scene_text(s, page.x, y, page.w, TYPE(TITLE_2, BOLD, INK), SAY(search_nothing)) + 16;
    for (int i = 0; i < 2; i++)
        if (y + hint_height(s, page.w, words[i]) + 16 <= end)
            y = hint(s, page.x, y, page.w, icons[i], words[i]) + 16;
    return ways_draw(s, &ways, page, y + 12 < end ? y + 12 : end);
}

/* Nothing of this kind, but of another. */
static int none_of_kind(struct scene *s, const struct view *v, struct box page)
{
    struct button all = {.kind = BUTTON_SECOND,
                         .id = "found.all.instead",
                         .label = SAY_WITH(search_show_all, words_number(s, v->search.total[FOUND_ALL])),
                         .action = DO(FILTER, FOUND_ALL, 0)};
    int y = hint(s, page.x, page.y + 8, page.w, "info", SAY(search_none_of_kind)) + 24;

    button(s, (struct box){page.x, y, page.w, button_height(s, page.w, &all)}, &all);
    return y + button_height(s, page.w, &all);
}

/* The title is the field itself, which the voice names; with low reach the upper part tells. Returns where the field is. */
static int head(struct scene *s, const struct view *v, struct box *page)
{
    if (v->settings.low_reach) {
        frame_head(s, v, page, &(struct head){.title = SAY(search_title), .type = TYPE(TITLE_1, BOLD, INK)}, NULL);
        return page->y;
    }
    struct node *title = scene_node(s, NODE_TITLE, "title", (struct box){page->x, page->y + 24, page->w, SEARCH_BOX},
                                    SAY(search_title));

    title->words = SAY(search_words);
    return page->y + 24;
}

/* Nothing is called so. What was typed is the resident's: its picture is never kept. */
static int near_said(struct scene *s, const struct view *v, struct box page, int y)
{
    struct type t = type_secret(TYPE(BODY, REGULAR, INK));
    const struct span spans[] = {{SAY_WITH(search_forgiven, v->search.text), WEIGHT_REGULAR, TOKEN_INK},
                                 {SAY(search_forgiven_ask), WEIGHT_BOLD, TOKEN_INK}};
    struct wrap_line lines[WRAP_LINES_MAX];
    int w = page.w - HINT_X - 56, line = scene_line(s, t);
    int h = wrap(&s->env.metrics, spans, 2, type_px(t.role, s->env.size), w, lines) * line;
    struct box b = {page.x, y, page.w, (h > HINT_LEAST ? h : HINT_LEAST) + 32};

    scene_frame(s, b, 20, TOKEN_PRIMARY_TINT, s->env.contrast ? TOKEN_PRIMARY : TOKEN_PRIMARY_TINT, 4);
    scene_icon(s, b.x + 28, b.y + (b.h - HINT_LEAST) / 2, HINT_LEAST, "info", TOKEN_PRIMARY);
    scene_spans(s, b.x + 28 + HINT_X, b.y + (b.h - h) / 2, w, t, spans, 2);
    return box_bottom(b);
}

/* What stands below the field: that these only come near, or else the kinds. Returns the y below. */
static int about(struct scene *s, const struct view *v, struct box page, int y)
{
    bool tight = v->settings.low_reach && v->keys.kind == KEYBOARD_SEARCH;

    if (v->search.forgiven && v->search.total[v->search.kind] > 0)
        y = (tight ? hint(s, page.x, y, page.w, "info", SAY(search_forgiven_ask)) : near_said(s, v, page, y)) + GAP;
    else if (v->search.total[FOUND_ALL] > 0 && !tight)
        y = kinds(s, v, page, y) + GAP;
    return y;
}

/* Once, where there is room for it: a pale key is not a broken one. */
static void pale_said(struct scene *s, const struct view *v, struct box page, int y)
{
    struct type t = TYPE(SMALL, REGULAR, INK_2);
    const char *text = SAY(search_pale);
    int h = scene_height(s, page.w, t, text);
    bool letters = v->keys.kind == KEYBOARD_SEARCH && v->keys.page == KEYS_LETTERS;

    if (letters && v->search.text[0] && v->keys.greyed && y + 16 + h + 12 <= box_bottom(page))
        scene_text(s, page.x, box_bottom(page) - h - 12, page.w, t, text);
}

void build_SEARCH(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v);
    int bottom = box_bottom(page), y = head(s, v, &page);

    search_box(s, v, (struct box){page.x, y, page.w, SEARCH_BOX});
    y = keyboard_crowds(v) ? y : about(s, v, page, y + SEARCH_BOX + GAP);
    page = (struct box){page.x, y, page.w, bottom - keyboard_height(s, v) - y};
    if (keyboard_crowds(v))
        ; /* nothing fits */
    else if (!v->search.total[FOUND_ALL])
        y = nothing(s, v, page);
    else if (!v->search.n_rows)
        y = none_of_kind(s, v, page);
    else
        y = results(s, v, page);
    pale_said(s, v, page, y);
    keyboard(s, v, bottom);
    frame_dock(s, v);
}
