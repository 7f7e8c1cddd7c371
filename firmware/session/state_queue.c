/* SPDX-License-Identifier: Apache-2.0
 *
 * The queues one can take a number of.
 */
#include "base/text.h"
#include "session/internal.h"

void queues_unknown(struct session *s)
{
    s->view.queue.as_of_ms = 0;
    for (int i = 0; i < s->view.queue.n_queues; i++)
        s->view.queue.queues[i].now.waiting = s->view.queue.queues[i].now.minutes = -1; /* a pause stays, whoever is away */
}

void queues_input(struct session *s, const struct input *in)
{
    if (!in->queues) {
        queues_unknown(s);
        return;
    }
    s->view.queue.as_of_ms = in->queues_ms;
    for (int i = 0; i < s->view.queue.n_queues; i++) {
        struct view_queue *q = &s->view.queue.queues[i];
        const struct queue_now *now = queues_now_find(in->queues, q->queue.id);
        q->now = now ? *now : (struct queue_now){.minutes = -1}; /* nobody waits there */
    }
}

void take_number(struct session *s)
{
    const struct queue *q = &s->view.queue.queues[s->queue].queue;
    struct effect_record *r = fx_record(s, RECORD_TICKET, "");
    text_copy(r->queue, sizeof r->queue, q->id);
    s->taking = true;
}

bool queue_gives(const struct view_queue *q, int64_t now_ms)
{
    return q->queue.open && !q->queue.newer && q->now.paused_until <= now_ms;
}

static void choose(struct session *s, int queue)
{
    if (queue >= 0 && queue < s->view.queue.n_queues && s->view.queue.queues[queue].queue.newer) {
        newer_queue(s, &s->view.queue.queues[queue].queue);
        return;
    }
    if (queue < 0 || queue >= s->view.queue.n_queues || !queue_gives(&s->view.queue.queues[queue], s->view.now_ms))
        return;
    s->queue = queue;
    take_number(s);
}

void ticket_taken(struct session *s, const struct input *in)
{
    struct view_queue *q = &s->view.queue.queues[s->queue];
    s->taking = false;
    s->finished = true;
    s->copy[ROLE_TICKET] = 1;
    s->view.ticket.kept = false;
    s->view.ticket.queue = q->queue;
    s->view.ticket.ahead = q->now.waiting;
    s->view.ticket.minutes = q->now.minutes;
    s->view.ticket.taken_ms = s->view.now_ms;
    if (q->now.waiting >= 0)
        q->now.waiting++; /* until the hall says so itself */
    text_copy(s->day, sizeof s->day, in->day);
    text_copy(s->view.ticket.number, sizeof s->view.ticket.number, in->number);
    ticket_qr_text(in->number, q->queue.id, in->day, s->config.place.terminal, s->view.ticket.qr);
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
