/* SPDX-License-Identifier: Apache-2.0
 *
 * The part of test_walk.c in which somebody books an hour at the windows, and the hall answers.
 */
#ifndef TESTS_SESSION_WALK_BOOKING_H
#define TESTS_SESSION_WALK_BOOKING_H

/* The hall's answer to whatever was wished: hours, one that is booked, a refusal, or none. */
static void hall_books(struct walk *w)
{
    static struct my_appointments m;
    struct input in = {.kind = INPUT_ASKED, .asked = {.serial = w->asked - (roll(w, 10) ? 0 : 1)}};
    int64_t hour = w->p.now + APPOINTMENT_HOUR_MS;

    m = (struct my_appointments){.at = w->p.now, .n_days = (int)roll(w, 3), .n = (int)roll(w, 3)};
    m.refused = roll(w, 4) ? APPOINTMENT_MAY : (enum appointment_refusal)(1 + roll(w, APPOINTMENT_REFUSALS - 1));
    for (int d = 0; d < m.n_days; d++) {
        m.days[d] = (struct appointment_day){.day = date_to_days(date_of_ms(hour)) + d, .n = 1 + (int)roll(w, 3)};
        for (int i = 0; i < m.days[d].n; i++)
            m.days[d].hours[i] = (struct appointment_hour){hour + i, hour + i + 1, (int)roll(w, 3)};
    }
    for (int i = 0; i < m.n; i++) {
        m.list[i] = (struct appointment){.number = "A0105-0900-1", .code = "4711", .queue = "general", .from = hour};
        m.list[i].state = roll(w, 4) ? APPOINTMENT_BOOKED : APPOINTMENT_ARRIVED;
        m.list[i].arrive = roll(w, 3) ? APPOINTMENT_MAY : APPOINTMENT_REFUSED_TOO_EARLY;
    }
    text_copy(m.done, sizeof m.done, m.n && roll(w, 4) ? m.list[0].number : "");
    if (roll(w, 5))
        in.asked.appointments = &m;
    else
        in.asked.why = (enum ask_reason)(1 + roll(w, ASK_REASONS - 1));
    feed(w, in);
}

static void book(struct walk *w)
{
    if (w->p.v->booking.asking == ASKED_WAITING)
        hall_books(w);
    else if (w->p.v->booking.asking == ASKED_REFUSED)
        tap(w, roll(w, 3) ? INTENT_RETRY : INTENT_BACK, 0, 0);
    else if (w->p.v->booking.hour < 0)
        tap(w, roll(w, 2) ? INTENT_BOOK_HOUR : roll(w, 4) ? INTENT_BOOK_DAY : INTENT_BACK, (int)roll(w, 3), 0);
    else
        tap(w, INTENT_BOOK, 0, 0);
}

static void appointments(struct walk *w)
{
    static const enum intent_kind what[] = {INTENT_CHECK_IN,      INTENT_MOVE,  INTENT_GIVE_BACK,
                                            INTENT_GIVE_BACK_YES, INTENT_RETRY, INTENT_BACK};

    if (w->p.v->booking.asking == ASKED_WAITING)
        hall_books(w);
    else
        tap(w, what[roll(w, 6)], (int)roll(w, 2), 0);
}

static void queue(struct walk *w)
{
    static const enum intent_kind what[] = {INTENT_BOOK_QUEUE, INTENT_APPOINTMENTS, INTENT_BOOKING};

    tap(w, roll(w, 2) ? INTENT_TAKE_NUMBER : what[roll(w, 3)], 0, 0);
}

#endif
