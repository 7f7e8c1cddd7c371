/* SPDX-License-Identifier: Apache-2.0
 *
 * Home: one main tile, the queue, one's own cases and the guides, what most people come for, and the honest status line. The
 * free height goes to the tiles, so that the page stands composed with or without a queue and hot items.
 */
#include <stddef.h>
#include <stdio.h>

#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/widgets/button.h"
#include "ui/widgets/condition.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/queue_row.h"
#include "ui/widgets/queue_times.h"
#include "ui/widgets/search_box.h"
#include "ui/widgets/tile.h"
#include "ui/widgets/words.h"

#define GAP 24
#define LIST_GAP 20
#define MAIN_LEAST 264
#define MAIN_MOST 448
#define SECOND_LEAST 180
#define SECOND_MOST 260
#define HOT_LEAST 120
#define HOT_MOST 248

struct heights {
    int main, second, hot;
};

/* Shares what is left between tiles in proportion to how much each can still grow. */
static struct heights share(int left, int second_least, int hot_least, int hot_rows)
{
    struct heights h = {MAIN_LEAST, second_least, hot_least};
    int need = h.main + h.second + hot_rows * h.hot;
    int grow = (MAIN_MOST - MAIN_LEAST) + (SECOND_MOST - SECOND_LEAST) + hot_rows * (HOT_MOST - HOT_LEAST);
    int extra = left - need < 0 ? 0 : left - need > grow ? grow : left - need;

    h.main += (MAIN_MOST - MAIN_LEAST) * extra / grow;
    h.second += (SECOND_MOST - SECOND_LEAST) * extra / grow;
    h.hot += (HOT_MOST - HOT_LEAST) * extra / grow;
    return h;
}

static struct tile apply_tile(struct scene *s, const struct view *v)
{
    bool reader = v->health.reader == READER_READY && !v->health.no_applications;

    return (struct tile){.id = "browse",
                         .icon = "apply",
                         .name = SAY(home_apply),
                         .note = reader ? SAY_WITH(home_items, words_number(s, view_items_here(v))) : SAY(home_guides_only),
                         .action = DO(BROWSE, 0, 0)};
}

static struct tile hot_tile(struct scene *s, const struct view *v, int i)
{
    const struct item_row *row = &v->home.hot[i];
    char id[NODE_ID_MAX];

    snprintf(id, sizeof id, "item.%s", row->task_code);
    return (struct tile){.id = scene_keep(s, id),
                         .icon = row->icon,
                         .name = words_either(s, v, row->name, row->name_en),
                         .note = halts_code(&v->halts, row->task_code) ? SAY(ui_halted)
                                 : row->promise_day > 0
                                     ? SAY_WITH(ui_done_in, words_days(s, v, row->promise_day, row->promise_unit))
                                     : SAY(ui_done_at_once),
                         .action = DO(ITEM, i, 0)};
}

/* An odd one at the end takes the whole row. */
static struct box hot_box(const struct view *v, struct box line, int i)
{
    bool alone = i % 2 == 0 && i + 1 == v->home.n_hot;

    return alone ? line : box_column(line, 2, GAP, i % 2);
}

static const struct view_queue *first_giving(const struct view *v)
{
    for (int i = 0; i < v->queue.n_queues; i++)
        if (queue_giving(v, &v->queue.queues[i]) == QUEUE_GIVES)
            return &v->queue.queues[i];
    return NULL;
}

/* A fact where there is one: people and minutes of the first queue that gives numbers, or from when one does. */
static const char *queue_note(struct scene *s, const struct view *v)
{
    const struct view_queue *q = first_giving(v);
    const struct queues_sum sum = queues_sum(v);

    if (!q)
        return sum.from ? SAY_WITH(queue_from, queue_when(s, v, sum.from, true)) : SAY(home_queue_off);
    if (!v->queue.as_of_ms || q->now.waiting < 0)
        return sum.timed ? SAY(home_queue_open) : SAY(home_queue_note);
    return SAY_WITH(home_queue_now, queue_name(s, v, &q->queue), queue_people(s, v, q->now.waiting),
                    queue_minutes(s, v, q->now.waiting, q->now.minutes));
}

static struct tile queue_tile(struct scene *s, const struct view *v)
{
    return (struct tile){
        .id = "queue", .icon = "queue", .name = SAY(home_queue), .note = queue_note(s, v), .action = DO(QUEUE, 0, 0)};
}

/* What it can tell now; where the hall is away, only what was handed in here. */
static struct tile cases_tile(struct scene *s, const struct view *v)
{
    const char *note = !v->health.hall                    ? SAY(home_cases_off)
                       : v->health.reader == READER_READY ? SAY(home_cases_note)
                                                          : SAY(home_cases_number);

    return (struct tile){.id = "cases", .icon = "cases", .name = SAY(home_cases), .note = note, .action = DO(CASES, 0, 0)};
}

/* Everything there is, also what is done elsewhere: what to bring, and where. */
static struct tile guides_tile(struct scene *s, const struct view *v)
{
    return (struct tile){.id = "guides",
                         .icon = "guide",
                         .name = SAY(home_guides),
                         .note = SAY_WITH(home_guides_note, words_number(s, v->home.all)),
                         .action = DO(GUIDES, 0, 0)};
}

/* Whoever has something to say, or waits for an answer to it. */
static struct tile speak_tile(const struct view *v)
{
    return (struct tile){
        .id = "speak", .icon = "feedback", .name = SAY(home_speak), .note = SAY(home_speak_note), .action = DO(SPEAK, 0, 0)};
}

/* The queue where there is one, the cases, the guides, and saying something; returns how many. */
static int second_tiles(struct scene *s, const struct view *v, struct tile out[4])
{
    int n = 0;

    if (v->queue.n_queues > 0)
        out[n++] = queue_tile(s, v);
    out[n++] = cases_tile(s, v);
    out[n++] = guides_tile(s, v);
    out[n++] = speak_tile(v);
    return n;
}

/* What takes its height as it needs it, and where the page ends above the status line. */
struct plan {
    struct tile apply, second[4], hot[4];
    int n, rows, third, status, bottom; /* third: of the row below the first two of the second tiles */
    int second_least, hot_least;
};

/* The third alone takes the whole row. */
static struct box third_box(const struct plan *p, struct box line, int i)
{
    return p->n == 3 ? line : box_column(line, 2, GAP, i - 2);
}

static struct plan plan(struct scene *s, const struct view *v, struct box page)
{
    struct plan p = {
        .apply = apply_tile(s, v), .rows = (v->home.n_hot + 1) / 2, .second_least = SECOND_LEAST, .hot_least = HOT_LEAST};

    p.n = second_tiles(s, v, p.second);
    p.status = condition_banner_height(s, v, page.w);
    p.bottom = box_bottom(page) - 40 - p.status;
    for (int i = 0; i < 2; i++) {
        int h = tile_wide_height(s, box_column(page, 2, GAP, i).w, &p.second[i]);

        p.second_least = h > p.second_least ? h : p.second_least;
    }
    for (int i = 2; i < p.n; i++) {
        int h = tile_row_height(s, third_box(&p, page, i).w, &p.second[i]);

        p.third = h > p.third ? h : p.third;
    }
    for (int i = 0; i < v->home.n_hot; i++) {
        p.hot[i] = hot_tile(s, v, i);
        int h = tile_row_height(s, hot_box(v, page, i).w, &p.hot[i]);

        p.hot_least = h > p.hot_least ? h : p.hot_least;
    }
    return p;
}

static void hot_items(struct scene *s, const struct view *v, struct box b, const struct plan *p, int high)
{
    for (int i = 0; i < v->home.n_hot; i++)
        tile_row(s, hot_box(v, (struct box){b.x, b.y + i / 2 * (high + GAP), b.w, high}, i), &p->hot[i]);
}

/* As the page is composed where everything has room; false: it has not, and nothing is drawn. */
static bool composed(struct scene *s, const struct view *v, struct box page)
{
    struct type lead = TYPE(LEAD, MEDIUM, INK), title = TYPE(TITLE_1, BOLD, INK);
    const struct scene_place before = scene_place(s);
    const struct plan p = plan(s, v, page);
    int y = page.y + 32 + scene_height(s, page.w, title, SAY(home_title)) + 28 + SEARCH_BOX + 28;
    int between = GAP + GAP + p.third + (p.rows ? 40 + scene_line(s, lead) + 16 + (p.rows - 1) * GAP : 0) + 40;

    if (p.bottom - y - between < MAIN_LEAST + p.second_least + p.rows * p.hot_least) {
        scene_take_back(s, before);
        return false;
    }
    struct heights h = share(p.bottom - y - between, p.second_least, p.hot_least, p.rows);

    scene_title(s, page.x, page.y + 32, page.w, title, SAY(home_title));
    search_box_closed(s, v, (struct box){page.x, y - 28 - SEARCH_BOX, page.w, SEARCH_BOX});
    tile_main(s, (struct box){page.x, y, page.w, h.main}, &p.apply);
    y += h.main + GAP;
    for (int i = 0; i < 2; i++)
        tile_wide(s, box_column((struct box){page.x, y, page.w, h.second}, 2, GAP, i), &p.second[i]);
    y += h.second;
    for (int i = 2; i < p.n; i++)
        tile_row(s, third_box(&p, (struct box){page.x, y + GAP, page.w, p.third}, i), &p.second[i]);
    y += GAP + p.third;
    if (p.rows) {
        y += 40;
        y += scene_text(s, page.x, y, page.w, lead, SAY(home_often)) + 16;
        hot_items(s, v, (struct box){page.x, y, page.w, 0}, &p, h.hot);
    }
    condition_banner(s, v, page.x, p.bottom, page.w);
    return true;
}

/* Large text and low reach: one thing below the other, or two beside each other while the text is small. */
struct list {
    struct leaves l;
    int y, columns;
};

static struct list list_begin(struct scene *s, const struct view *v, struct box area)
{
    return (struct list){leaves_begin(s, area), area.y, v->settings.size == SIZE_STANDARD ? 2 : 1};
}

static void list_tiles(struct scene *s, struct list *list, const struct tile *tiles, int n,
                       int (*height)(struct scene *s, int w, const struct tile *t),
                       void (*draw)(struct scene *s, struct box b, const struct tile *t))
{
    for (int i = 0; i < n; i += list->columns) {
        int columns = i + list->columns <= n ? list->columns : 1;
        struct box row = {list->l.area.x, list->y, list->l.area.w, 0};

        leaves_break(s, &list->l, list->y);
        for (int k = 0; k < columns; k++) {
            int h = height(s, box_column(row, columns, GAP, k).w, &tiles[i + k]);

            row.h = h > row.h ? h : row.h;
        }
        for (int k = 0; k < columns; k++)
            draw(s, box_column(row, columns, GAP, k), &tiles[i + k]);
        list->y = box_bottom(row) + LIST_GAP;
    }
}

static void listed(struct scene *s, const struct view *v, struct box page)
{
    const struct head head = {SAY(home_title), NULL, TYPE(TITLE_1, BOLD, INK), 20, true, 0};
    int status = condition_banner_height(s, v, page.w);
    struct tile tiles[5] = {apply_tile(s, v)}, hot[4];
    int n = 1 + second_tiles(s, v, tiles + 1);
    struct box tells;

    frame_head(s, v, &page, &head, &tells);
    bool above = tells.h >= status; /* where nothing is touched */
    struct list list = list_begin(s, v, (struct box){page.x, page.y, page.w, page.h - 20});

    if (above)
        condition_banner(s, v, tells.x, box_bottom(tells) - status, tells.w);
    search_box_closed(s, v, (struct box){page.x, list.y, page.w, SEARCH_BOX});
    list.y += SEARCH_BOX + LIST_GAP;
    tiles[0].primary = true;
    list_tiles(s, &list, tiles, n, tile_wide_height, tile_wide);
    for (int i = 0; i < v->home.n_hot; i++)
        hot[i] = hot_tile(s, v, i);
    if (v->home.n_hot && list.columns > 1) { /* large text needs the line */
        leaves_break(s, &list.l, list.y);
        list.y += 12 + scene_text(s, page.x, list.y + 4, page.w, TYPE(BODY, MEDIUM, INK), SAY(home_often));
    }
    list_tiles(s, &list, hot, v->home.n_hot, tile_row_height, tile_row);
    if (!above) {
        leaves_break(s, &list.l, list.y);
        list.y = condition_banner(s, v, page.x, list.y, page.w) + LIST_GAP;
    }
    leaves_end(s, v, &list.l, list.y - LIST_GAP);
}

void build_HOME(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v);

    if (v->settings.size >= SIZE_LARGER || v->settings.low_reach || !composed(s, v, page))
        listed(s, v, page);
    frame_dock(s, v);
}
