/* SPDX-License-Identifier: Apache-2.0
 *
 * Queue: which window. People and minutes stand before the choice, with their moment; what is not known is said to be not
 * known. A closed or paused one says so, and until when, before it is touched.
 */
#include <stddef.h>
#include <stdio.h>

#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/condition.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/queue_row.h"
#include "ui/widgets/words.h"

#define GAP 24
#define ROW 220

/* "部门系统维护，11:00 恢复" */
static const char *paused(struct scene *s, const struct view *v, const struct queue_now *now)
{
    struct date day = date_of_ms(now->paused_until);
    const char *time = words_time(s, now->paused_until);

    if (date_compare(day, date_of_ms(v->now_ms)))
        time = SAY_WITH(queue_until_day, words_date_inline(s, v, day), time);
    return now->reason[0] ? SAY_WITH(queue_paused_until, now->reason, time) : SAY_WITH(queue_until, time);
}

static struct queue_row row_of(struct scene *s, const struct view *v, int i)
{
    const struct view_queue *q = &v->queue.queues[i];
    bool gives = queue_gives(q, v->now_ms), known = v->queue.as_of_ms != 0;
    char id[NODE_ID_MAX];

    snprintf(id, sizeof id, "queue.%s", q->queue.id);
    return (struct queue_row){
        .id = scene_keep(s, id),
        .icon = q->queue.icon,
        .name = queue_name(v, &q->queue),
        .about = gives || !q->queue.open || q->queue.newer ? queue_about(v, &q->queue) : paused(s, v, &q->now),
        .place = queue_place(v, &q->queue),
        .fact = known ? queue_people(s, v, q->now.waiting) : NULL,
        .note = known ? queue_minutes(s, v, q->now.waiting, q->now.minutes) : NULL,
        .state = gives            ? NULL
                 : q->queue.newer ? SAY(ui_not_yet)
                                  : SAY(queue_closed),
        .newer = q->queue.newer,
        .warm = q->queue.priority,
        .action = DO(TAKE_NUMBER, i, 0),
    };
}

/* How many numbers late one may be, where all queues agree. */
static int recall(const struct view *v)
{
    int n = v->queue.n_queues ? v->queue.queues[0].queue.recall : 0;

    for (int i = 1; i < v->queue.n_queues; i++)
        if (v->queue.queues[i].queue.recall != n)
            return 0;
    return n;
}

static const char *advice(struct scene *s, const struct view *v)
{
    if (!v->queue.n_queues)
        return SAY(queue_empty);
    return recall(v) ? SAY_WITH(queue_hint_recall, words_number(s, recall(v))) : SAY(queue_hint);
}

/* Title and age of the figures; returns where the rows begin, in what is left of the page. */
static int head(struct scene *s, const struct view *v, struct box *page)
{
    const char *when = v->queue.as_of_ms ? SAY_WITH(queue_as_of, words_time(s, v->queue.as_of_ms)) : SAY(queue_unknown_now);
    bool above = v->settings.low_reach && v->queue.n_queues; /* left of the lamp, where every note is */
    const struct head h = {SAY(queue_title), above ? when : NULL, TYPE(TITLE_1, BOLD, INK), 4, true, 0};
    struct box tells;

    frame_head(s, v, page, &h, &tells);
    int y = page->y;

    if (v->queue.n_queues && !above)
        y += scene_text(s, page->x, y, page->w, TYPE(BODY, REGULAR, INK_2), when);
    return y + (above ? 0 : 28);
}

void build_QUEUE(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v);
    int y = head(s, v, &page);
    struct box area = {page.x, y, page.w, box_bottom(page) - 24 - y};
    struct leaves pages = leaves_begin(s, area);

    if (!condition_prints(v->health.ticket))
        y = banner(s, page.x, y, page.w, BANNER_WARN, "paper-out",
                   SAY_WITH(queue_ticket_off, condition_printer(v, v->health.ticket)), SAY(queue_ticket_off_rest)) +
            GAP;
    for (int i = 0; i < v->queue.n_queues; i++) {
        struct queue_row r = row_of(s, v, i);
        int h = queue_row_height(s, page.w, &r);

        leaves_break(s, &pages, y);
        h = h < ROW && s->env.size == 0 && !v->settings.low_reach ? ROW : h;
        queue_row(s, (struct box){page.x, y, page.w, h}, &r);
        y += h + GAP;
    }
    leaves_break(s, &pages, y);
    leaves_end(s, v, &pages, hint(s, page.x, y + 8, page.w, "info", advice(s, v)));
    frame_dock(s, v);
}
