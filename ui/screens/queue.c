/* SPDX-License-Identifier: Apache-2.0
 *
 * Queue: which window. People and minutes stand before the choice, with their moment; what is not known is said to be not
 * known. A closed or paused one says so, and until when, before it is touched; touched, it says why, and what else there is.
 */
#include <stddef.h>
#include <stdio.h>

#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/condition.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/queue_row.h"
#include "ui/widgets/queue_times.h"
#include "ui/widgets/words.h"

#define GAP 24
#define ROW 220
#define WAY_GAP 16

static bool any_bookable(const struct view *v)
{
    for (int i = 0; i < v->queue.n_queues; i++)
        if (queue_bookable(&v->queue.queues[i]))
            return true;
    return false;
}

/* What a queue that gives no numbers says beside its name. */
static const char *state_of(struct scene *s, const struct view *v, const struct view_queue *q)
{
    int64_t from = queue_from(v, q);

    switch (queue_giving(v, q)) {
    case QUEUE_GIVES:
        return NULL;
    case QUEUE_OUTSIDE:
        return from ? SAY_WITH(queue_from, queue_when(s, v, from, false)) : SAY(queue_outside);
    case QUEUE_NEWER:
        return SAY(ui_not_yet);
    case QUEUE_PAUSED:
    case QUEUE_SHUT:
        break;
    }
    return SAY(queue_closed);
}

/* One at a time is told, until it gives numbers. */
static void tell(struct scene *s, const struct view *v, int i, struct queue_row *r, struct button ways[2], bool brief)
{
    const struct view_queue *q = &v->queue.queues[i];

    if (!r->state || v->queue.told != i)
        return;
    queue_told(s, v, &v->queue.queues[i], brief, r->told);
    r->ways = ways;
    if (queue_else_apply(v))
        ways[r->n_ways++] = (struct button){
            .kind = BUTTON_SECOND, .id = "browse", .icon = "apply", .label = SAY(home_apply), .action = DO(BROWSE, 0, 0)};
    if (queue_bookable(q))
        ways[r->n_ways++] = (struct button){.kind = BUTTON_SECOND,
                                            .id = "book-this",
                                            .icon = "appointment",
                                            .label = SAY(queue_book),
                                            .action = DO(BOOK_QUEUE, i, 0)};
    else
        ways[r->n_ways++] = (struct button){
            .kind = BUTTON_SECOND, .id = "guides", .icon = "guide", .label = SAY(home_guides), .action = DO(GUIDES, 0, 0)};
}

static struct queue_row row_of(struct scene *s, const struct view *v, int i)
{
    const struct view_queue *q = &v->queue.queues[i];
    enum queue_giving state = queue_giving(v, q);
    bool known = v->queue.as_of_ms != 0;
    char id[NODE_ID_MAX];

    snprintf(id, sizeof id, "queue.%s", q->queue.id);
    if (v->queue.booking && queue_bookable(q))
        return (struct queue_row){.id = scene_keep(s, id),
                                  .icon = q->queue.icon,
                                  .name = queue_name(s, v, &q->queue),
                                  .about = queue_about(s, v, &q->queue),
                                  .place = queue_place(s, v, &q->queue),
                                  .hours = queue_hours_line(s, v, q),
                                  .fact = SAY(queue_bookable),
                                  .priority = q->queue.priority,
                                  .action = DO(BOOK_QUEUE, i, 0)};
    return (struct queue_row){
        .id = scene_keep(s, id),
        .icon = q->queue.icon,
        .name = queue_name(s, v, &q->queue),
        .about = state == QUEUE_PAUSED ? queue_pause_line(s, v, q) : queue_about(s, v, &q->queue),
        .place = queue_place(s, v, &q->queue),
        .fact = known ? queue_people(s, v, q->now.waiting) : NULL,
        .note = known ? queue_minutes(s, v, q->now.waiting, q->now.minutes) : NULL,
        .hours = state == QUEUE_PAUSED ? NULL : queue_hours_line(s, v, q),
        .state = state_of(s, v, q),
        .state_icon = state == QUEUE_OUTSIDE ? "clock"
                      : state == QUEUE_NEWER ? "sync"
                                             : "stop",
        .newer = state == QUEUE_NEWER,
        .priority = q->queue.priority,
        .action = DO(TAKE_NUMBER, i, 0),
    };
}

/* Returns the y below. With large letters what can be done instead stands below the card, which would be higher than a page.
 */
static int row(struct scene *s, const struct view *v, struct leaves *pages, struct box b, int i)
{
    struct queue_row r = row_of(s, v, i);
    struct button ways[2];
    bool roomy = s->env.size < SIZE_LARGER && !v->settings.low_reach;
    int n_below = 0;

    tell(s, v, i, &r, ways, !roomy);
    if (!roomy && r.told[0]) {
        n_below = r.n_ways;
        r.n_ways = 0;
        r.about = r.place = r.hours = NULL;
    }
    b.h = queue_row_height(s, b.w, &r);
    b.h = b.h < ROW && s->env.size == SIZE_STANDARD && !v->settings.low_reach ? ROW : b.h;
    queue_row(s, b, &r);
    for (int k = 0; k < n_below; k++) {
        b = (struct box){b.x, box_bottom(b) + WAY_GAP, b.w, button_height(s, b.w, &ways[k])};
        leaves_break(s, pages, b.y);
        button(s, b, &ways[k]);
    }
    return box_bottom(b);
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
    if (v->queue.booking)
        return SAY(card_booking_why);
    return recall(v) ? SAY_WITH(queue_hint_recall, words_number(s, recall(v))) : SAY(queue_hint);
}

static const char *note(struct scene *s, const struct view *v, const struct queues_sum *sum)
{
    if (v->queue.booking)
        return sum->gives ? SAY(queue_note_booking) : SAY(queue_note_booking_night);
    if (!sum->gives && sum->off)
        return SAY(queue_off);
    if (sum->unsure)
        return SAY(queue_unsure);
    return v->queue.as_of_ms ? SAY_WITH(queue_as_of, words_time(s, v->queue.as_of_ms)) : SAY(queue_unknown_now);
}

/* Title and age of the figures; returns where the rows begin, in what is left of the page. */
static int head(struct scene *s, const struct view *v, struct box *page)
{
    const struct queues_sum sum = queues_sum(v);
    const char *when = note(s, v, &sum);
    bool above = v->settings.low_reach && v->queue.n_queues; /* left of the lamp, where every note is */
    bool off = sum.off && !sum.gives;
    const struct head h = {v->queue.booking ? SAY(queue_title_booking)
                           : off            ? SAY(queue_title_off)
                                            : SAY(queue_title),
                           above ? when : NULL,
                           TYPE(TITLE_1, BOLD, INK),
                           4,
                           true,
                           0};
    struct box tells;

    frame_head(s, v, page, &h, &tells);
    int y = page->y;

    if (v->queue.n_queues && !above)
        y += scene_text(s, page->x, y, page->w, TYPE(BODY, REGULAR, INK_2), when);
    return y + (above ? 0 : 28);
}

/* To booking and back, and to what one has booked; none where nothing can be booked. Returns how many. */
static int ways_of(const struct view *v, struct button out[2])
{
    out[0] = (struct button){.kind = BUTTON_SECOND,
                             .id = "mine",
                             .icon = "appointment",
                             .label = SAY(queue_mine),
                             .action = DO(APPOINTMENTS, 0, 0)};
    out[1] = (struct button){.kind = BUTTON_SECOND,
                             .id = "booking",
                             .icon = v->queue.booking ? "queue" : "clock",
                             .label = v->queue.booking ? SAY(queue_now) : SAY(queue_book),
                             .action = DO(BOOKING, !v->queue.booking, 0)};
    return any_bookable(v) ? 2 : 0;
}

/* Where a page has no room for a row of actions they stand behind the queues. Returns the y below. */
static int ways_below(struct scene *s, struct leaves *pages, struct box page, int y, const struct button *list, int n)
{
    for (int i = 0; i < n; i++) {
        struct box b = {page.x, y, page.w, button_height(s, page.w, &list[i])};

        leaves_break(s, pages, y);
        button(s, b, &list[i]);
        y = box_bottom(b) + WAY_GAP;
    }
    return y;
}

void build_QUEUE(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v);
    struct button list[2];
    int n = ways_of(v, list);
    bool row_of_actions = n && s->env.size < SIZE_LARGER && !v->settings.low_reach;
    struct actions below = {.n = 0};

    if (row_of_actions)
        below = actions_take(s, &page, list, NULL, n);
    int y = head(s, v, &page);
    struct box area = {page.x, y, page.w, box_bottom(page) - 24 - y};
    struct leaves pages = leaves_begin(s, area);

    if (!v->queue.booking && !condition_prints(v->health.printer[DEVICE_TICKET]))
        y = banner(s, page.x, y, page.w, BANNER_WARN, "paper-out",
                   SAY_WITH(queue_ticket_off, condition_printer(v, v->health.printer[DEVICE_TICKET])),
                   SAY(queue_ticket_off_rest)) +
            GAP;
    for (int later = 0; later < 2; later++) /* who may use the priority window need not look for it */
        for (int i = 0; i < v->queue.n_queues; i++) {
            if (v->queue.queues[i].queue.priority == later)
                continue;
            leaves_break(s, &pages, y);
            y = row(s, v, &pages, (struct box){page.x, y, page.w, 0}, i) + GAP;
        }
    if (!row_of_actions)
        y = ways_below(s, &pages, page, y, list, n);
    leaves_break(s, &pages, y);
    leaves_end(s, v, &pages, hint(s, page.x, y + 8, page.w, "info", advice(s, v)));
    if (row_of_actions)
        actions_draw(s, &below);
    frame_dock(s, v);
}
