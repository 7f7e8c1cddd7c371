/* SPDX-License-Identifier: Apache-2.0
 *
 * See booking.h. A question has a serial: what comes for an earlier one, or after the page was left, is let go.
 */
#include "session/booking.h"

#include <string.h>

#include "base/must.h"
#include "base/secret.h"
#include "session/card.h"
#include "session/effects.h"
#include "session/internal.h"

void booking_create(struct session *s)
{
    s->booking.known = secret_alloc(sizeof *s->booking.known);
    booking_forget(s);
}

void booking_destroy(struct session *s)
{
    secret_free(s->booking.known, sizeof *s->booking.known);
}

/* Nothing is known, and nothing is chosen. */
static void anew(struct session *s)
{
    secret_wipe(s->booking.known, sizeof *s->booking.known);
    s->view.booking.known = NULL;
    s->view.booking.asking = ASKED_NOTHING;
    s->view.booking.silent = false;
    s->view.booking.refused = APPOINTMENT_MAY;
    s->view.booking.day = 0;
    s->view.booking.hour = s->view.booking.giving_back = -1;
    s->booking.serial++;
}

void booking_forget(struct session *s)
{
    memset(&s->view.booking, 0, sizeof s->view.booking);
    memset(&s->booking.wish, 0, sizeof s->booking.wish);
    s->booking.count = 0;
    s->booking.errand = BOOKING_LIST;
    anew(s);
}

void booking_open(struct session *s, int queue)
{
    must(queue >= 0 && queue < s->view.queue.n_queues, "hours of a queue there is none of");
    must(s->view.visit && !s->view.reading, "hours for nobody");
    anew(s);
    s->view.booking.queue = queue;
    session_go(s, SCREEN_BOOK);
}

void booking_mine(struct session *s)
{
    s->view.booking.moving[0] = '\0';
    s->booking.errand = BOOKING_LIST;
    anew(s);
    card_begin(s, CARD_FOR_BOOKING);
}

void booking_by_card(struct session *s)
{
    must(s->view.identity == s->identity, "whose appointment, nobody said");
    session_go(s, s->booking.errand == BOOKING_HOUR ? SCREEN_BOOK : SCREEN_APPOINTMENTS);
}

void booking_card_back(struct session *s)
{
    bool chosen = s->booking.errand == BOOKING_HOUR && s->view.booking.known;

    s->booking.errand = BOOKING_LIST;
    session_go(s, chosen ? SCREEN_BOOK : SCREEN_QUEUE);
}

/* --- question and answer --- */

static void send(struct session *s)
{
    anew(s);
    s->view.booking.asking = ASKED_WAITING;
    s->view.booking.verb = s->booking.wish.verb;
    effects_ask(s, QUESTION_APPOINTMENT);
    effects_timer(s, TIMER_PAGE, ASK_LIMIT);
}

void booking_ask(struct session *s, const struct appointment_wish *w)
{
    must(s->view.visit && !s->view.reading, "a question of nobody");
    must(w->verb == APPOINTMENT_FREE || s->view.identity, "the appointment of nobody is asked for");
    s->booking.wish = *w;
    s->booking.count++;
    send(s);
}

void booking_again(struct session *s)
{
    must(s->booking.count, "a question is repeated that nobody asked");
    send(s);
}

static void refused(struct session *s, enum ask_reason why)
{
    must(why > ASK_ANSWERED && why < ASK_REASONS, "refused for no reason there is");
    anew(s);
    s->view.booking.asking = ASKED_REFUSED;
    s->view.booking.why = why;
}

static void known(struct session *s, const struct my_appointments *m)
{
    must(m->n >= 0 && m->n <= MY_APPOINTMENTS_MAX, "more appointments than there is room for");
    must(m->n_days >= 0 && m->n_days <= APPOINTMENT_DAYS_MAX, "more days than there is room for");
    memcpy(s->booking.known, m, sizeof *m);
    s->view.booking.known = s->booking.known;
    s->view.booking.asking = ASKED_KNOWN;
    s->view.booking.refused = m->refused;
}

bool booking_answer(struct session *s, const struct input *in)
{
    if (s->view.booking.asking != ASKED_WAITING)
        return false;
    if (in->kind == INPUT_TIMER && in->timer == TIMER_PAGE) {
        refused(s, ASK_HALL_AWAY);
        s->view.booking.silent = true;
    } else if (in->kind == INPUT_ASKED && in->asked.serial == s->booking.serial) {
        effects_timer(s, TIMER_PAGE, 0);
        if (in->asked.appointments)
            known(s, in->asked.appointments);
        else
            refused(s, in->asked.why);
    }
    return s->view.booking.asking == ASKED_KNOWN;
}
