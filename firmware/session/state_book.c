/* SPDX-License-Identifier: Apache-2.0
 *
 * The free hours of a queue: a day, an hour, and the card it is booked by. What was chosen meanwhile by somebody else is
 * said, and the hours are shown as they are now.
 */
#include <stdio.h>
#include <string.h>

#include "base/must.h"
#include "base/text.h"
#include "session/booking.h"
#include "session/card.h"
#include "session/internal.h"
#include "session/jobs.h"

static const struct queue *queue_of(const struct session *s)
{
    must(s->view.booking.queue >= 0 && s->view.booking.queue < s->view.queue.n_queues, "hours of a queue there is none of");
    return &s->view.queue.queues[s->view.booking.queue].queue;
}

static void ask_free(struct session *s)
{
    struct appointment_wish w = {.verb = APPOINTMENT_FREE};

    text_copy(w.queue, sizeof w.queue, queue_of(s)->id);
    booking_ask(s, &w);
}

/* The hour that is chosen; NULL: none. */
static const struct appointment_hour *chosen(const struct session *s)
{
    const struct my_appointments *m = s->view.booking.known;

    if (!m || s->view.booking.hour < 0)
        return NULL;
    must(s->view.booking.day < m->n_days && s->view.booking.hour < m->days[s->view.booking.day].n,
         "an hour is chosen that was not offered");
    return &m->days[s->view.booking.day].hours[s->view.booking.hour];
}

static void ask_book(struct session *s)
{
    bool moves = s->view.booking.moving[0] != '\0';
    struct appointment_wish w = {.verb = moves ? APPOINTMENT_MOVE : APPOINTMENT_BOOK, .from = chosen(s)->from};

    text_copy(w.queue, sizeof w.queue, queue_of(s)->id);
    text_copy(w.which, sizeof w.which, s->view.booking.moving);
    booking_ask(s, &w);
}

static void enter(struct session *s)
{
    if (s->booking.errand == BOOKING_HOUR && s->view.identity && chosen(s)) {
        s->booking.errand = BOOKING_LIST;
        ask_book(s);
    } else if (s->view.booking.asking != ASKED_KNOWN) {
        ask_free(s);
    }
}

/* --- what was answered --- */

/* Days without a free hour stand there, but none of them is what is shown first. */
static void show_days(struct session *s)
{
    const struct my_appointments *m = s->view.booking.known;

    s->view.booking.hour = -1;
    s->view.booking.day = 0;
    for (int i = m->n_days; i-- > 0;)
        for (int k = 0; k < m->days[i].n; k++)
            if (m->days[i].hours[k].left)
                s->view.booking.day = i;
}

static const struct appointment *find(const struct my_appointments *m, const char *number)
{
    for (int i = 0; i < m->n; i++)
        if (strcmp(m->list[i].number, number) == 0)
            return &m->list[i];
    return NULL;
}

/* Only what the hall says is booked. */
static void booked(struct session *s, const struct appointment *a)
{
    char day[DATE_LEN + 1];
    int minute = clock_minute_of_day(a->from);

    s->view.booking.booked = *a;
    s->view.booking.moving[0] = '\0';
    s->finished = true;
    memset(&s->view.done, 0, sizeof s->view.done);
    s->view.done.paper = DONE_APPOINTMENT;
    s->view.done.submitted_ms = s->view.now_ms;
    text_copy(s->view.done.number, sizeof s->view.done.number, a->number);
    date_format(date_of_ms(a->from), day);
    snprintf(s->view.done.qr, sizeof s->view.done.qr, "%s %s %s %02d:%02d", a->number, a->code, day, minute / 60,
             minute % 60);
    s->jobs.copy[DEVICE_RECEIPT] = 1;
    jobs_print(s, DEVICE_RECEIPT);
}

static void input(struct session *s, const struct input *in)
{
    if (!booking_answer(s, in))
        return;
    const struct my_appointments *m = s->view.booking.known;
    const struct appointment *a = find(m, m->done);

    if (s->booking.wish.verb != APPOINTMENT_FREE && m->refused == APPOINTMENT_MAY && a)
        booked(s, a);
    else
        show_days(s);
}

/* --- touches --- */

static void choose(struct session *s, struct intent i)
{
    const struct my_appointments *m = s->view.booking.known;

    if (i.kind == INTENT_BOOK_DAY && i.a >= 0 && i.a < m->n_days) {
        s->view.booking.day = i.a;
        s->view.booking.hour = -1;
    } else if (i.kind == INTENT_BOOK_HOUR && s->view.booking.day < m->n_days && i.a >= 0 &&
               i.a < m->days[s->view.booking.day].n && m->days[s->view.booking.day].hours[i.a].left) {
        s->view.booking.hour = i.a;
    } else if (i.kind == INTENT_BOOK && chosen(s)) {
        s->booking.errand = BOOKING_HOUR;
        card_begin(s, CARD_FOR_BOOKING);
    }
}

static void intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_BACK) {
        session_go(s, s->view.booking.moving[0] ? SCREEN_APPOINTMENTS : SCREEN_QUEUE);
    } else if (i.kind == INTENT_RETRY && s->view.booking.asking == ASKED_REFUSED) {
        booking_again(s);
    } else if (i.kind == INTENT_APPOINTMENTS) {
        booking_mine(s);
    } else if (s->view.booking.known) {
        choose(s, i);
    }
}

const struct state state_BOOK = {.enter = enter, .intent = intent, .input = input, .rest = REST_FORM, .can_back = true};
