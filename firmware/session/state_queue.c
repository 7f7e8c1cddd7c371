/* SPDX-License-Identifier: Apache-2.0
 *
 * The queues one can take a number of.
 */
#include "base/text.h"
#include "session/internal.h"

void take_number(struct session *s)
{
    text_copy(fx_record(s, RECORD_TICKET, "")->queue, sizeof s->queue, s->queue);
    s->taking = true;
}

static void choose(struct session *s, int queue)
{
    if (queue < 0 || queue >= s->view.queue.n_queues || !s->view.queue.queues[queue].open)
        return;
    const struct view_queue *q = &s->view.queue.queues[queue];
    text_copy(s->queue, sizeof s->queue, q->id);
    text_copy(s->view.ticket.queue, sizeof s->view.ticket.queue, q->name);
    text_copy(s->view.ticket.place, sizeof s->view.ticket.place, q->place);
    take_number(s);
}

void ticket_taken(struct session *s, const struct input *in)
{
    s->taking = false;
    s->finished = true;
    s->copy[ROLE_TICKET] = 1;
    s->view.ticket.kept = false;
    text_copy(s->view.ticket.number, sizeof s->view.ticket.number, in->number);
    print_paper(s, ROLE_TICKET);
}

static void intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_BACK)
        go(s, SCREEN_HOME);
    else if (i.kind == INTENT_TAKE_NUMBER)
        choose(s, i.a);
}

const struct state state_QUEUE = {.intent = intent, .rest = REST_HOME, .can_back = true};
