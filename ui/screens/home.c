/* SPDX-License-Identifier: Apache-2.0
 *
 * Home: one main tile, the queue, what most people come for, and the honest status line. The free height goes to the
 * tiles, so that the page stands composed with or without a queue and hot items.
 */
#include <stddef.h>
#include <stdio.h>

#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/widgets/button.h"
#include "ui/widgets/condition.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/queue_row.h"
#include "ui/widgets/search_box.h"
#include "ui/widgets/tile.h"
#include "ui/widgets/words.h"

#define GAP 24
#define MAIN_LEAST 264
#define MAIN_MOST 448
#define QUEUE_LEAST 180
#define QUEUE_MOST 260
#define HOT_LEAST 120
#define HOT_MOST 248

struct heights {
    int main, queue, hot;
};

/* Shares what is left between tiles in proportion to how much each can still grow. */
static struct heights share(int left, bool queue, int hot_rows)
{
    struct heights h = {MAIN_LEAST, queue ? QUEUE_LEAST : 0, HOT_LEAST};
    int need = h.main + (queue ? h.queue : 0) + hot_rows * h.hot;
    int grow = (MAIN_MOST - MAIN_LEAST) + (queue ? QUEUE_MOST - QUEUE_LEAST : 0) + hot_rows * (HOT_MOST - HOT_LEAST);
    int extra = left - need < 0 ? 0 : left - need > grow ? grow : left - need;

    h.main += (MAIN_MOST - MAIN_LEAST) * extra / grow;
    if (queue)
        h.queue += (QUEUE_MOST - QUEUE_LEAST) * extra / grow;
    h.hot += (HOT_MOST - HOT_LEAST) * extra / grow;
    return h;
}

static void main_tile(struct scene *s, const struct view *v, struct box b)
{
    bool reader = v->health.reader == READER_READY;

    tile_main(s, b,
              &(struct tile){.id = "browse",
                             .icon = "apply",
                             .name = SAY(home_apply),
                             .note = reader ? SAY_WITH(home_items, words_number(s, v->home.here)) : SAY(home_guides_only),
                             .action = DO(BROWSE, 0, 0)});
}

static void hot_items(struct scene *s, const struct view *v, struct box b, int high)
{
    for (int i = 0; i < v->home.n_hot; i++) {
        const struct item_row *row = &v->home.hot[i];
        struct box line = {b.x, b.y + i / 2 * (high + GAP), b.w, high};
        char id[NODE_ID_MAX];

        snprintf(id, sizeof id, "item.%s", row->task_code);
        const char *days = row->promise_day > 0 ? SAY_WITH(ui_done_in, words_days(s, v, row->promise_day, row->promise_unit))
                                                : SAY(ui_done_at_once);

        /* an odd one at the end takes the whole row */
        bool alone = i % 2 == 0 && i + 1 == v->home.n_hot;

        tile_row(s, alone ? line : box_column(line, 2, GAP, i % 2),
                 &(struct tile){.id = id,
                                .icon = row->icon,
                                .name = item_row_name(row, v->settings.language),
                                .note = days,
                                .action = DO(ITEM, i, 0)});
    }
}

/* A fact where there is one: people and minutes of the first queue. */
static const char *queue_note(struct scene *s, const struct view *v)
{
    const struct view_queue *q = &v->queue.queues[0];

    if (!v->queue.as_of_ms || q->now.waiting < 0 || !queue_gives(q, v->now_ms))
        return SAY(home_queue_note);
    return SAY_WITH(home_queue_now, queue_name(v, &q->queue), queue_people(s, v, q->now.waiting),
                    queue_minutes(s, v, q->now.waiting, q->now.minutes));
}

void build_HOME(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v);
    struct type lead = TYPE(LEAD, MEDIUM, INK);
    int rows = (v->home.n_hot + 1) / 2, status = condition_banner_height(s, v, page.w);
    bool queue = v->queue.n_queues > 0;
    int y = page.y + 32, bottom = box_bottom(page) - 40 - status;

    y += scene_title(s, page.x, y, page.w, TYPE(TITLE_1, BOLD, INK), SAY(home_title)) + 28;
    search_box_closed(s, v, (struct box){page.x, y, page.w, SEARCH_BOX});
    y += SEARCH_BOX + 28;
    int between = (queue ? GAP : 0) + (rows ? 40 + scene_line(s, lead) + 16 + (rows - 1) * GAP : 0) + 40;
    struct heights h = share(bottom - y - between, queue, rows);

    main_tile(s, v, (struct box){page.x, y, page.w, h.main});
    y += h.main;
    if (queue) {
        y += GAP;
        tile_wide(s, (struct box){page.x, y, page.w, h.queue},
                  &(struct tile){.id = "queue",
                                 .icon = "queue",
                                 .name = SAY(home_queue),
                                 .note = queue_note(s, v),
                                 .side = "",
                                 .action = DO(QUEUE, 0, 0)});
        y += h.queue;
    }
    if (rows) {
        y += 40;
        y += scene_text(s, page.x, y, page.w, lead, SAY(home_often)) + 16;
        hot_items(s, v, (struct box){page.x, y, page.w, 0}, h.hot);
    }
    condition_banner(s, v, page.x, bottom, page.w);
    frame_dock(s, v);
}
