/* SPDX-License-Identifier: Apache-2.0
 *
 * The queues one can take a number of.
 */
#include <string.h>

#include "base/must.h"
#include "base/text.h"
#include "session/booking.h"
#include "session/effects.h"
#include "session/internal.h"
#include "session/jobs.h"
#include "session/newer.h"
#include "session/queues.h"

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

void queues_take_again(struct session *s)
{
    must(s->view.visit && !s->view.reading, "a number for nobody");
    must(!s->queues.taking, "two numbers at once");
    must(s->queues.chosen >= 0 && s->queues.chosen < s->view.queue.n_queues, "a number of a queue there is none of");
    const struct queue *q = &s->view.queue.queues[s->queues.chosen].queue;
    struct effect_record *r = effects_record(s, RECORD_TICKET, s->queues.appointment);
    text_copy(r->header.queue, sizeof r->header.queue, q->id);
    s->queues.taking = true;
}

void queues_take(struct session *s, const struct appointment *a)
{
    s->queues.booked_ms = a ? a->from : 0;
    text_copy(s->queues.appointment, sizeof s->queues.appointment, a ? a->number : "");
    queues_take_again(s);
}

void queues_times(struct session *s, const struct input *in)
{
    must(in->times, "the hours of no queue");
    for (int i = 0; i < s->view.queue.n_queues; i++)
        s->view.queue.queues[i].times = in->times[i];
}

bool queue_timed(const struct view *v, const struct view_queue *q)
{
    return q->times.known && v->health.clock_sure;
}

bool queue_bookable(const struct view_queue *q)
{
    return q->queue.per_hour > 0 && q->queue.open && !q->queue.newer;
}

static bool paused(const struct view *v, const struct view_queue *q)
{
    return q->now.paused_until > v->now_ms;
}

const struct opening *queue_opening(const struct view *v, const struct view_queue *q)
{
    int64_t from = paused(v, q) ? q->now.paused_until : v->now_ms;

    for (int i = 0; i < q->times.n; i++)
        if (q->times.at[i].until_ms > from)
            return &q->times.at[i];
    return NULL;
}

enum queue_giving queue_giving(const struct view *v, const struct view_queue *q)
{
    const struct opening *o = queue_opening(v, q);

    if (q->queue.newer)
        return QUEUE_NEWER;
    if (!q->queue.open)
        return QUEUE_SHUT;
    if (paused(v, q))
        return QUEUE_PAUSED;
    return queue_timed(v, q) && !(o && o->from_ms <= v->now_ms) ? QUEUE_OUTSIDE : QUEUE_GIVES;
}

int64_t queue_from(const struct view *v, const struct view_queue *q)
{
    const struct opening *o = queue_opening(v, q);
    int64_t pause = paused(v, q) ? q->now.paused_until : 0;

    if (!q->queue.open || q->queue.newer)
        return 0;
    if (!queue_timed(v, q))
        return pause;
    return !o ? 0 : pause > o->from_ms ? pause : o->from_ms;
}

/* By the moment of the touch, whatever the page said when it was drawn. One that gives none says why, or no longer. */
static void choose(struct session *s, int queue)
{
    struct view *v = &s->view;
    must(v->queue.n_queues >= 0 && v->queue.n_queues <= VIEW_QUEUES_MAX, "more queues than the view has room for");

    if (queue < 0 || queue >= v->queue.n_queues)
        return;
    switch (queue_giving(v, &v->queue.queues[queue])) {
    case QUEUE_GIVES:
        s->queues.chosen = queue;
        queues_take(s, NULL);
        break;
    case QUEUE_NEWER:
        newer_queue(s, &v->queue.queues[queue].queue);
        break;
    case QUEUE_PAUSED:
    case QUEUE_OUTSIDE:
    case QUEUE_SHUT:
        v->queue.told = v->queue.told == queue ? -1 : queue;
        break;
    }
}

static void keep_hours(struct session *s, const struct view_queue *q)
{
    bool today = queue_timed(&s->view, q);

    s->view.ticket.hours_today = today;
    s->view.ticket.hours = !q->times.known ? (struct day_hours){.n = 0} : today ? q->times.day : q->times.working;
}

void queues_taken(struct session *s, const struct input *in)
{
    must(s->queues.taking, "a number that nobody has taken");
    must(in->number[0], "a ticket without a number");
    must(in->day[0], "a ticket without its day");
    must(s->queues.chosen >= 0 && s->queues.chosen < s->view.queue.n_queues, "a number of a queue there is none of");
    struct view_queue *q = &s->view.queue.queues[s->queues.chosen];
    s->queues.taking = false;
    s->finished = true;
    s->jobs.copy[DEVICE_TICKET] = 1;
    s->view.ticket.kept = false;
    s->view.ticket.queue = q->queue;
    s->view.ticket.booked_ms = s->queues.booked_ms;
    s->view.ticket.ahead = q->now.waiting;
    s->view.ticket.minutes = q->now.minutes;
    s->view.ticket.taken_ms = s->view.now_ms;
    keep_hours(s, q);
    if (q->now.waiting >= 0)
        q->now.waiting++; /* until the hall says so itself */
    text_copy(s->queues.day, sizeof s->queues.day, in->day);
    text_copy(s->view.ticket.number, sizeof s->view.ticket.number, in->number);
    ticket_qr_text(in->number, q->queue.id, in->day, s->config.place.terminal, s->view.ticket.qr);
    jobs_print(s, DEVICE_TICKET);
}

void queues_void(struct session *s)
{
    must(s->view.ticket.number[0] && s->queues.day[0], "a number is given back that nobody has");
    struct effect_record *r = effects_record(s, RECORD_TICKET_VOID, "not-printed");
    text_copy(r->header.number, sizeof r->header.number, s->view.ticket.number);
    text_copy(r->header.queue, sizeof r->header.queue, s->view.ticket.queue.id);
    text_copy(r->header.day, sizeof r->header.day, s->queues.day);
    memset(&s->view.ticket, 0, sizeof s->view.ticket);
}

static bool any_bookable(const struct session *s)
{
    for (int i = 0; i < s->view.queue.n_queues; i++)
        if (queue_bookable(&s->view.queue.queues[i]))
            return true;
    return false;
}

static void show_booking(struct session *s, bool on)
{
    s->view.queue.told = -1;
    s->view.queue.booking = on;
}

static void book(struct session *s, int queue)
{
    if (queue < 0 || queue >= s->view.queue.n_queues || !queue_bookable(&s->view.queue.queues[queue]))
        return;
    s->view.booking.moving[0] = '\0';
    booking_open(s, queue);
}

static void intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_BACK)
        session_go(s, SCREEN_HOME);
    else if (i.kind == INTENT_TAKE_NUMBER)
        choose(s, i.a);
    else if (i.kind == INTENT_APPOINTMENTS && any_bookable(s))
        booking_mine(s);
    else if (i.kind == INTENT_BOOK_QUEUE)
        book(s, i.a);
    else if (i.kind == INTENT_BOOKING && any_bookable(s))
        show_booking(s, i.a == 1);
    else if (s->view.queue.told >= 0 && (i.kind == INTENT_BROWSE || i.kind == INTENT_GUIDES)) /* what can be done instead */
        state_HOME.intent(s, i);
}

/* At night, when nobody gives numbers, the page is for booking. */
static void enter(struct session *s)
{
    bool gives = false;

    for (int i = 0; i < s->view.queue.n_queues; i++)
        gives |= queue_giving(&s->view, &s->view.queue.queues[i]) == QUEUE_GIVES;
    show_booking(s, any_bookable(s) && !gives && s->view.health.hall);
}

const struct state state_QUEUE = {.enter = enter, .intent = intent, .rest = REST_HOME, .can_back = true};
