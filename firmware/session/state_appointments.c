/* SPDX-License-Identifier: Apache-2.0
 *
 * What the person has booked: check in, move, give back. Giving back is asked once.
 */
#include <string.h>

#include "base/must.h"
#include "base/text.h"
#include "session/booking.h"
#include "session/card.h"
#include "session/internal.h"
#include "session/queues.h"

static void enter(struct session *s)
{
    must(s->view.identity, "a list of nobody's appointments");
    s->view.booking.moving[0] = '\0';
    booking_ask(s, &(struct appointment_wish){.verb = APPOINTMENT_LIST});
}

/* The queue of an appointment on this terminal; -1: its catalogue does not have it. */
static int queue_of(const struct session *s, const struct appointment *a)
{
    for (int i = 0; i < s->view.queue.n_queues; i++)
        if (strcmp(s->view.queue.queues[i].queue.id, a->queue) == 0)
            return i;
    return -1;
}

static void give_back(struct session *s, const struct appointment *a)
{
    struct appointment_wish w = {.verb = APPOINTMENT_CANCEL};

    text_copy(w.which, sizeof w.which, a->number);
    booking_ask(s, &w);
}

static void check_in(struct session *s, const struct appointment *a)
{
    if (a->arrive != APPOINTMENT_MAY || a->state != APPOINTMENT_BOOKED)
        return;
    s->queues.chosen = queue_of(s, a);
    queues_take(s, a);
}

static void move(struct session *s, const struct appointment *a)
{
    const struct appointment kept = *a; /* what is known is forgotten before the page of hours */

    booking_open(s, queue_of(s, a));
    text_copy(s->view.booking.moving, sizeof s->view.booking.moving, kept.number);
}

static void intent(struct session *s, struct intent i)
{
    const struct my_appointments *m = s->view.booking.known;

    if (i.kind == INTENT_BACK) {
        session_go(s, SCREEN_QUEUE);
    } else if (i.kind == INTENT_RETRY && s->view.booking.asking == ASKED_REFUSED) {
        booking_again(s);
    } else if (!m || i.a < 0 || i.a >= m->n || m->list[i.a].state != APPOINTMENT_BOOKED) {
        return;
    } else if (i.kind == INTENT_GIVE_BACK) {
        s->view.booking.giving_back = s->view.booking.giving_back == i.a ? -1 : i.a;
    } else if (i.kind == INTENT_GIVE_BACK_YES && s->view.booking.giving_back == i.a) {
        give_back(s, &m->list[i.a]);
    } else if (queue_of(s, &m->list[i.a]) < 0) {
        return;
    } else if (i.kind == INTENT_CHECK_IN) {
        check_in(s, &m->list[i.a]);
    } else if (i.kind == INTENT_MOVE) {
        move(s, &m->list[i.a]);
    }
}

static void input(struct session *s, const struct input *in)
{
    booking_answer(s, in);
}

const struct state state_APPOINTMENTS = {
    .enter = enter, .intent = intent, .input = input, .rest = REST_FORM, .can_back = true};
