/* SPDX-License-Identifier: Apache-2.0
 *
 * Queue: which window. A closed one says so before it is touched.
 */
#include <stddef.h>
#include <stdio.h>

#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/condition.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/tile.h"
#include "ui/widgets/words.h"

#define GAP 24
#define ROW 220

/* Queues carry no icon of their own; the hall's stands for a window. */
static void queue_row(struct scene *s, const struct view *v, struct box b, int i)
{
    const struct view_queue *q = &v->queue.queues[i];
    char id[40];

    snprintf(id, sizeof id, "queue.%s", q->id);
    tile_wide(s, b,
              &(struct tile){.id = id,
                             .icon = "hall",
                             .name = q->name,
                             .note = q->about,
                             .state = q->open ? NULL : SAY(queue_closed),
                             .side = q->place,
                             .action = DO(TAKE_NUMBER, i, 0)});
    s->nodes[s->n_nodes - 1].enabled = q->open;
}

void build_QUEUE(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v);
    int y = page.y + 32;

    y += scene_title(s, page.x, y, page.w, TYPE(TITLE_1, BOLD, INK), SAY(queue_title)) + 28;
    if (!condition_prints(v->health.ticket))
        y = banner(s, page.x, y, page.w, BANNER_WARN, "paper-out",
                   SAY_WITH(queue_ticket_off, condition_printer(v, v->health.ticket)), SAY(queue_ticket_off_rest)) +
            GAP;
    for (int i = 0; i < v->queue.n_queues; i++, y += ROW + GAP)
        queue_row(s, v, (struct box){page.x, y, page.w, ROW}, i);
    hint(s, page.x, y + 8, page.w, "info", v->queue.n_queues ? SAY(queue_hint) : SAY(queue_empty));
    frame_dock(s, v);
}
