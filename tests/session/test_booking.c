/* SPDX-License-Identifier: Apache-2.0
 *
 * An hour at the windows: chosen, booked by card, moved, given back, taken up; a hall that refuses, or does not answer; and
 * that nothing passes for booked which it did not say.
 */
#include "session/play.h"

#define NUMBER "A0105-0900-1"
#define CODE "4711"
#define NINE INT64_C(1767661200000) /* Tuesday, 2026-01-06 */
#define HOUR APPOINTMENT_HOUR_MS

static struct my_appointments told; /* by the hall */

static void tell_days(void)
{
    told = (struct my_appointments){.at = 1, .n_days = 2};
    for (int d = 0; d < 2; d++) {
        told.days[d] = (struct appointment_day){.day = date_to_days(date_of_ms(NINE)) + d, .n = 2};
        for (int i = 0; i < 2; i++)
            told.days[d].hours[i] = (struct appointment_hour){NINE + d * 24 * HOUR + i * HOUR,
                                                              NINE + d * 24 * HOUR + (i + 1) * HOUR, d + i};
    }
}

static void tell_one(enum appointment_state state, enum appointment_refusal arrive)
{
    struct appointment a = {.number = NUMBER, .code = CODE, .queue = "general", .state = state, .arrive = arrive};

    a.from = NINE;
    a.until = NINE + HOUR;
    told.list[0] = a;
    told.n = 1;
}

static void answer(struct play *p)
{
    play_input(p, (struct input){.kind = INPUT_ASKED, .asked = {.serial = p->asked.serial, .appointments = &told}});
}

static void refuse(struct play *p, enum ask_reason why)
{
    play_input(p, (struct input){.kind = INPUT_ASKED, .asked = {.serial = p->asked.serial, .why = why}});
}

/* At the queue's page; its first queue can be booked. */
static void to_queue(struct play *p)
{
    play_begin(p);
    p->health.hall = true;
    play_health(p);
    p->s->view.queue.queues[0].queue.per_hour = 2;
    play_tap(p, INTENT_START, 0);
    play_tap(p, INTENT_QUEUE, 0);
    CHECK_SCREEN(p, QUEUE);
}

static void to_hours(struct play *p)
{
    to_queue(p);
    play_tap(p, INTENT_BOOK_QUEUE, 0);
    CHECK_SCREEN(p, BOOK);
    CHECK_INT(p->asked.kind, QUESTION_APPOINTMENT);
    CHECK_INT(p->asked.wish->verb, APPOINTMENT_FREE);
    CHECK_STR(p->ask_number, ""); /* of nobody */
    CHECK_INT(p->v->booking.asking, ASKED_WAITING);
    tell_days();
    answer(p);
    CHECK_INT(p->v->booking.asking, ASKED_KNOWN);
}

static void lay_card(struct play *p)
{
    CHECK_SCREEN(p, CARD_WAITING);
    CHECK(p->v->card.booking);
    play_card(p, &p->card);
    play_event(p, INPUT_CARD_LIFTED);
}

static void to_asked(struct play *p)
{
    to_hours(p);
    CHECK_INT(p->v->booking.day, 0);
    play_tap(p, INTENT_BOOK, 0); /* nothing is chosen */
    CHECK_SCREEN(p, BOOK);
    play_tap(p, INTENT_BOOK_HOUR, 0); /* full */
    CHECK_INT(p->v->booking.hour, -1);
    play_tap(p, INTENT_BOOK_HOUR, 1);
    CHECK_INT(p->v->booking.hour, 1);
    play_tap(p, INTENT_BOOK, 0);
    lay_card(p);
    CHECK_SCREEN(p, BOOK);
    CHECK_INT(p->v->booking.asking, ASKED_WAITING);
    CHECK_INT(p->asked.wish->verb, APPOINTMENT_BOOK);
    CHECK_INT(p->asked.wish->from, NINE + HOUR);
    CHECK_STR(p->asked.wish->queue, "general");
    CHECK_STR(p->ask_number, PLAY_ID);
}

TEST(booked_by_card)
{
    struct play p;

    to_asked(&p);
    tell_one(APPOINTMENT_BOOKED, APPOINTMENT_REFUSED_TOO_EARLY);
    text_copy(told.done, sizeof told.done, NUMBER);
    answer(&p);
    CHECK_SCREEN(&p, BOOKED);
    CHECK_STR(p.v->booking.booked.number, NUMBER);
    CHECK_INT(p.prints, 1);
    CHECK(strstr(p.paper, NUMBER) && strstr(p.paper, CODE));
    CHECK(strstr(p.paper, "9:00") != NULL);
    CHECK(strstr(p.paper, "2026年01月06日") != NULL);
    CHECK(!strstr(p.paper, PLAY_NAME) && !strstr(p.paper, PLAY_ID)); /* whose it is stands nowhere */
    play_outcome(&p, PRINT_DONE, PRINTER_READY);
    play_tap(&p, INTENT_TOOK_PAPER, 0);
    CHECK_STR(p.last[RECORD_VISIT_END].header.what, "done");
    CHECK(!p.v->booking.known && !p.v->booking.booked.number[0]);
    CHECK(!session_holds(p.s, PLAY_ID));
    play_end(&p);
}

TEST(without_paper_it_is_booked_all_the_same)
{
    struct play p;

    to_asked(&p);
    tell_one(APPOINTMENT_BOOKED, APPOINTMENT_REFUSED_TOO_EARLY);
    text_copy(told.done, sizeof told.done, NUMBER);
    answer(&p);
    play_outcome(&p, PRINT_NOT, PRINTER_NO_PAPER);
    CHECK_SCREEN(&p, TROUBLE_PAPER);
    CHECK_STR(p.v->booking.booked.number, NUMBER);
    play_tap(&p, INTENT_NOTED, 0);
    CHECK_SCREEN(&p, IDLE);
    play_end(&p);
}

TEST(full_meanwhile)
{
    struct play p;

    to_asked(&p);
    tell_days();
    told.refused = APPOINTMENT_REFUSED_FULL;
    told.days[0].hours[1].left = 0;
    answer(&p);
    CHECK_SCREEN(&p, BOOK);
    CHECK_INT(p.v->booking.refused, APPOINTMENT_REFUSED_FULL);
    CHECK_INT(p.v->booking.day, 1); /* the first with a free hour */
    CHECK_INT(p.v->booking.hour, -1);
    CHECK_INT(p.prints, 0);
    play_tap(&p, INTENT_BOOK_HOUR, 0);
    play_tap(&p, INTENT_BOOK, 0); /* the card is known */
    CHECK_INT(p.asked.wish->from, NINE + 24 * HOUR);
    play_end(&p);
}

/* The same question again is the same wish: it is done once. */
TEST(no_answer)
{
    struct play p;
    unsigned count;
    uint32_t first;

    to_asked(&p);
    count = p.asked.count;
    first = p.asked.serial;
    play_timer(&p, TIMER_PAGE);
    CHECK_INT(p.v->booking.asking, ASKED_REFUSED);
    CHECK(p.v->booking.silent);
    tell_one(APPOINTMENT_BOOKED, APPOINTMENT_REFUSED_TOO_EARLY);
    text_copy(told.done, sizeof told.done, NUMBER);
    answer(&p); /* too late: the page says that there was none */
    CHECK_SCREEN(&p, BOOK);
    CHECK_INT(p.prints, 0);
    play_tap(&p, INTENT_RETRY, 0);
    CHECK_INT(p.asked.count, count);
    CHECK(p.asked.serial != first);
    CHECK_INT(p.asked.wish->from, NINE + HOUR);
    refuse(&p, ASK_HALL_AWAY);
    CHECK_INT(p.v->booking.why, ASK_HALL_AWAY);
    CHECK(!p.v->booking.silent);
    play_tap(&p, INTENT_RETRY, 0);
    CHECK_INT(p.asked.count, count);
    answer(&p);
    CHECK_SCREEN(&p, BOOKED);
    play_end(&p);
}

TEST(the_hours_are_not_told)
{
    struct play p;

    to_queue(&p);
    play_tap(&p, INTENT_BOOK_QUEUE, 1); /* cannot be booked */
    CHECK_SCREEN(&p, QUEUE);
    play_tap(&p, INTENT_BOOK_QUEUE, 9);
    CHECK_SCREEN(&p, QUEUE);
    play_tap(&p, INTENT_BOOK_QUEUE, 0);
    refuse(&p, ASK_REFUSED);
    CHECK_INT(p.v->booking.asking, ASKED_REFUSED);
    play_tap(&p, INTENT_BOOK_HOUR, 0);
    play_tap(&p, INTENT_BOOK, 0);
    CHECK_SCREEN(&p, BOOK);
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, QUEUE);
    play_end(&p);
}

static void to_mine(struct play *p, enum appointment_state state, enum appointment_refusal arrive)
{
    to_queue(p);
    play_tap(p, INTENT_APPOINTMENTS, 0);
    lay_card(p);
    CHECK_SCREEN(p, APPOINTMENTS);
    CHECK_INT(p->asked.wish->verb, APPOINTMENT_LIST);
    told = (struct my_appointments){.at = 1};
    tell_one(state, arrive);
    answer(p);
}

TEST(checked_in)
{
    struct play p;

    to_mine(&p, APPOINTMENT_BOOKED, APPOINTMENT_MAY);
    play_tap(&p, INTENT_CHECK_IN, 1); /* there is none */
    CHECK_SCREEN(&p, APPOINTMENTS);
    play_tap(&p, INTENT_CHECK_IN, 0);
    CHECK_SCREEN(&p, TICKET);
    CHECK_STR(p.last[RECORD_TICKET].header.what, NUMBER); /* by which the hall knows whose turn it is */
    CHECK_STR(p.last[RECORD_TICKET].header.queue, "general");
    CHECK_INT(p.v->ticket.booked_ms, NINE);
    CHECK(strstr(p.paper, "您约的 9:00") != NULL);
    play_end(&p);
}

TEST(too_early_too_late_and_arrived)
{
    static const enum appointment_refusal why[] = {APPOINTMENT_REFUSED_TOO_EARLY, APPOINTMENT_REFUSED_TOO_LATE};
    struct play p;

    for (int i = 0; i < 2; i++) {
        to_mine(&p, APPOINTMENT_BOOKED, why[i]);
        play_tap(&p, INTENT_CHECK_IN, 0);
        CHECK_SCREEN(&p, APPOINTMENTS);
        play_end(&p);
    }
    to_mine(&p, APPOINTMENT_ARRIVED, APPOINTMENT_REFUSED_ARRIVED);
    play_tap(&p, INTENT_CHECK_IN, 0);
    play_tap(&p, INTENT_GIVE_BACK, 0);
    play_tap(&p, INTENT_MOVE, 0);
    CHECK_SCREEN(&p, APPOINTMENTS);
    CHECK_INT(p.v->booking.giving_back, -1);
    play_end(&p);
}

TEST(given_back_when_asked_twice)
{
    struct play p;
    int questions;

    to_mine(&p, APPOINTMENT_BOOKED, APPOINTMENT_REFUSED_TOO_EARLY);
    questions = p.questions;
    play_tap(&p, INTENT_GIVE_BACK_YES, 0); /* nobody was asked */
    CHECK_INT(p.questions, questions);
    play_tap(&p, INTENT_GIVE_BACK, 0);
    CHECK_INT(p.v->booking.giving_back, 0);
    play_tap(&p, INTENT_GIVE_BACK, 0);
    CHECK_INT(p.v->booking.giving_back, -1);
    play_tap(&p, INTENT_GIVE_BACK, 0);
    play_tap(&p, INTENT_GIVE_BACK_YES, 0);
    CHECK_INT(p.asked.wish->verb, APPOINTMENT_CANCEL);
    CHECK_STR(p.asked.wish->which, NUMBER);
    told = (struct my_appointments){.at = 1};
    answer(&p);
    CHECK_INT(p.v->booking.known->n, 0);
    CHECK_INT(p.v->booking.refused, APPOINTMENT_MAY);
    play_end(&p);
}

TEST(moved)
{
    struct play p;

    to_mine(&p, APPOINTMENT_BOOKED, APPOINTMENT_REFUSED_TOO_EARLY);
    play_tap(&p, INTENT_MOVE, 0);
    CHECK_SCREEN(&p, BOOK);
    CHECK_STR(p.v->booking.moving, NUMBER);
    CHECK_INT(p.asked.wish->verb, APPOINTMENT_FREE);
    tell_days();
    answer(&p);
    play_tap(&p, INTENT_BOOK_DAY, 1);
    play_tap(&p, INTENT_BOOK_HOUR, 1);
    play_tap(&p, INTENT_BOOK, 0);
    CHECK_INT(p.asked.wish->verb, APPOINTMENT_MOVE);
    CHECK_STR(p.asked.wish->which, NUMBER);
    CHECK_INT(p.asked.wish->from, NINE + 25 * HOUR);
    tell_one(APPOINTMENT_BOOKED, APPOINTMENT_REFUSED_TOO_EARLY);
    text_copy(told.done, sizeof told.done, NUMBER);
    answer(&p);
    CHECK_SCREEN(&p, BOOKED);
    play_end(&p);
}

/* Of a queue that this terminal's catalogue does not have, it can be given back and nothing else. */
TEST(of_another_catalogue)
{
    struct play p;

    to_mine(&p, APPOINTMENT_BOOKED, APPOINTMENT_MAY);
    text_copy(p.s->booking.known->list[0].queue, sizeof p.s->booking.known->list[0].queue, "elsewhere");
    play_tap(&p, INTENT_CHECK_IN, 0);
    play_tap(&p, INTENT_MOVE, 0);
    CHECK_SCREEN(&p, APPOINTMENTS);
    CHECK_INT(p.questions, 1);
    play_end(&p);
}

TEST(at_night_the_page_is_for_booking)
{
    struct play p;

    to_queue(&p);
    CHECK(!p.v->queue.booking);
    play_tap(&p, INTENT_BOOKING, 1);
    CHECK(p.v->queue.booking);
    play_tap(&p, INTENT_BOOKING, 0);
    CHECK(!p.v->queue.booking);
    play_tap(&p, INTENT_BACK, 0);
    for (int i = 0; i < p.s->view.queue.n_queues; i++)
        p.s->view.queue.queues[i].queue.open = i == 0;
    p.s->view.queue.queues[0].now.paused_until = p.now + HOUR;
    play_tap(&p, INTENT_QUEUE, 0);
    CHECK(p.v->queue.booking);
    play_end(&p);
}

TEST_MAIN(T(booked_by_card), T(without_paper_it_is_booked_all_the_same), T(full_meanwhile), T(no_answer),
          T(the_hours_are_not_told), T(checked_in), T(too_early_too_late_and_arrived), T(given_back_when_asked_twice),
          T(moved), T(of_another_catalogue), T(at_night_the_page_is_for_booking))
