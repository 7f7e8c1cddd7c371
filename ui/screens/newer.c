/* SPDX-License-Identifier: Apache-2.0
 *
 * An item or a queue that this terminal's software is too old for: that it is not the resident's fault and nothing was
 * begun, and where it is done instead.
 */
#include <stddef.h>

#include "ui/screens/screens.h"
#include "ui/screens/trouble.h"
#include "ui/widgets/queue_row.h"
#include "ui/widgets/words.h"

/* Where it is done: the window of the item or of the queue, as far as it is known. */
static const char *window(struct scene *s, const struct view *v)
{
    const struct item *item = v->item.item;

    if (v->newer)
        return *v->newer->place ? SAY_WITH(newer_queue_window_at, queue_place(s, v, v->newer)) : SAY(newer_queue_window);
    if (item->transact_addr)
        return item->transact_addr;
    return item->dept_name ? SAY_WITH(newer_window_of, item->dept_name) : SAY(newer_window);
}

/* The window's own number where there is one. */
static const char *phone(const struct view *v)
{
    return !v->newer && v->item.item->link_way ? v->item.item->link_way : v->place->hotline;
}

void build_NEWER(struct scene *s, const struct view *v)
{
    const char *name = v->newer ? queue_name(s, v, v->newer) : v->item.item->task_name;
    const struct advice rows[] = {{"hall", SAY(newer_counter), window(s, v)},
                                  {"terminal", SAY(newer_terminal), SAY(newer_terminal_do)},
                                  {"phone", SAY(newer_call), SAY_WITH(reader_call_do, phone(v))}};

    trouble_page(s, v,
                 &(struct trouble){.icon = "sync",
                                   .title = v->newer ? SAY(newer_queue_title) : SAY(newer_title),
                                   .second = SAY_WITH(newer_second, name),
                                   .safe = SAY(newer_safe),
                                   .safe_note = v->newer ? SAY(newer_queue_safe_note) : SAY(newer_safe_note),
                                   .rows = rows,
                                   .n = 3,
                                   .button = v->newer ? SAY(newer_queue_back) : SAY(newer_back)});
}
