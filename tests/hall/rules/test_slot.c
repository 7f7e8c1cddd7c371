/* SPDX-License-Identifier: Apache-2.0
 *
 * Hours that can be booked, and each reason why not.
 */
#include "test.h"

#include "base/text.h"
#include "tools/hall/rules/slot.h"

#define TODAY 20458 /* Monday, 2026-01-05 */
#define NINE INT64_C(1767574800000)
#define HOUR APPOINTMENT_HOUR_MS
#define DAY (24 * (int64_t)HOUR)

/* Today 9:00-12:00 and 13:30-17:00, closed tomorrow, then 9:00-12:30. */
static struct appointment_offer offer(void)
{
    struct appointment_offer o = {.letter = 'A', .per_hour = 2, .days_ahead = 2, .today = TODAY};
    text_copy(o.queue, sizeof o.queue, "general");
    o.days[0] = (struct day_hours){2, {{540, 720}, {810, 1020}}};
    o.days[2] = (struct day_hours){1, {{540, 750}}};
    o.days[3] = (struct day_hours){1, {{540, 720}}}; /* further ahead than is offered */
    return o;
}

TEST(days_and_hours)
{
    const struct appointment_offer o = offer();
    struct appointment_day d[APPOINTMENT_DAYS_MAX];
    CHECK_INT(slot_days(&o, NINE - HOUR, 0, d, APPOINTMENT_DAYS_MAX), 2);
    CHECK_INT(d[0].day, TODAY);
    CHECK_INT(d[0].n, 6); /* three, and three whole ones from half past one: what is left of the last is none */
    CHECK_INT(d[0].hours[0].from, NINE);
    CHECK_INT(d[0].hours[0].until, NINE + HOUR);
    CHECK_INT(d[0].hours[0].left, 2);
    CHECK_INT(d[0].hours[3].from, NINE + 9 * HOUR / 2);
    CHECK_INT(d[0].hours[5].until, NINE + 15 * HOUR / 2);
    CHECK_INT(d[1].day, TODAY + 2);
    CHECK_INT(d[1].n, 3);
    CHECK_INT(slot_days(&o, NINE, 0, d, APPOINTMENT_DAYS_MAX), 2); /* an hour that has begun is not offered */
    CHECK_INT(d[0].hours[0].from, NINE + HOUR);
    CHECK_INT(slot_days(&o, NINE + 12 * HOUR, 0, d, APPOINTMENT_DAYS_MAX), 1);
    CHECK_INT(d[0].day, TODAY + 2);
    CHECK_INT(slot_days(&o, NINE - HOUR, NINE + 2 * HOUR, d, APPOINTMENT_DAYS_MAX), 2); /* paused until eleven */
    CHECK_INT(d[0].hours[0].from, NINE + 2 * HOUR);
    CHECK_INT(slot_days(&o, NINE - HOUR, 0, d, 1), 1);
    struct appointment_offer none = o;
    none.per_hour = 0;
    CHECK_INT(slot_days(&none, NINE - HOUR, 0, d, APPOINTMENT_DAYS_MAX), 0);
}

TEST(a_day_without_end)
{
    struct appointment_offer o = offer();
    struct appointment_day d;
    o.days[0] = (struct day_hours){1, {{0, 1440}}};
    CHECK_INT(slot_days(&o, NINE - 9 * HOUR - 1, 0, &d, 1), 1);
    CHECK_INT(d.n, APPOINTMENT_HOURS_MAX);
    CHECK_INT(date_to_days(date_of_ms(d.hours[0].from)), TODAY);
}

TEST(who_may_book)
{
    const struct appointment_offer o = offer();
    const struct slot_facts good = {.offer = &o, .now = NINE - HOUR, .from = NINE};
    struct slot_facts f = good;
    CHECK_INT(slot_judge_book(&f), APPOINTMENT_MAY);
    f.taken = 1;
    CHECK_INT(slot_judge_book(&f), APPOINTMENT_MAY);
    f.taken = 2;
    CHECK_INT(slot_judge_book(&f), APPOINTMENT_REFUSED_FULL);
    f = good;
    f.from = NINE + HOUR / 2; /* no hour begins then */
    CHECK_INT(slot_judge_book(&f), APPOINTMENT_REFUSED_NOT_OFFERED);
    f.from = NINE + DAY; /* closed */
    CHECK_INT(slot_judge_book(&f), APPOINTMENT_REFUSED_NOT_OFFERED);
    f.from = NINE + 3 * DAY; /* too far ahead */
    CHECK_INT(slot_judge_book(&f), APPOINTMENT_REFUSED_NOT_OFFERED);
    f.from = NINE + 7 * HOUR + HOUR / 2; /* not whole: the windows close half an hour later */
    CHECK_INT(slot_judge_book(&f), APPOINTMENT_REFUSED_NOT_OFFERED);
    f = good;
    f.now = NINE;
    CHECK_INT(slot_judge_book(&f), APPOINTMENT_REFUSED_PAST);
    f = good;
    f.paused_until = NINE + 1;
    CHECK_INT(slot_judge_book(&f), APPOINTMENT_REFUSED_PAUSED);
    f.paused_until = NINE;
    CHECK_INT(slot_judge_book(&f), APPOINTMENT_MAY);
    f.same_day = true;
    CHECK_INT(slot_judge_book(&f), APPOINTMENT_REFUSED_TWICE);
    f = good;
    f.held = APPOINTMENT_HELD_MAX;
    CHECK_INT(slot_judge_book(&f), APPOINTMENT_REFUSED_TOO_MANY);
}

TEST(who_may_leave_and_arrive)
{
    struct appointment a = {.from = NINE, .until = NINE + HOUR, .state = APPOINTMENT_BOOKED};
    CHECK_INT(slot_judge_leave(NULL, NINE), APPOINTMENT_REFUSED_UNKNOWN);
    CHECK_INT(slot_judge_leave(&a, NINE - DAY), APPOINTMENT_MAY);
    CHECK_INT(slot_judge_leave(&a, NINE + HOUR - 1), APPOINTMENT_MAY);
    CHECK_INT(slot_judge_leave(&a, NINE + HOUR), APPOINTMENT_REFUSED_TOO_LATE);
    CHECK_INT(slot_judge_arrive(NULL, NINE), APPOINTMENT_REFUSED_UNKNOWN);
    CHECK_INT(slot_judge_arrive(&a, NINE - HOUR - 1), APPOINTMENT_REFUSED_TOO_EARLY);
    CHECK_INT(slot_judge_arrive(&a, NINE - HOUR), APPOINTMENT_MAY);
    CHECK_INT(slot_judge_arrive(&a, NINE + HOUR - 1), APPOINTMENT_MAY);
    CHECK_INT(slot_judge_arrive(&a, NINE + HOUR), APPOINTMENT_REFUSED_TOO_LATE);
    a.state = APPOINTMENT_ARRIVED;
    CHECK_INT(slot_judge_leave(&a, NINE), APPOINTMENT_REFUSED_ARRIVED);
    CHECK_INT(slot_judge_arrive(&a, NINE), APPOINTMENT_REFUSED_ARRIVED);
    a.state = APPOINTMENT_CANCELLED;
    CHECK_INT(slot_judge_leave(&a, NINE), APPOINTMENT_REFUSED_OVER);
    a.state = APPOINTMENT_MOVED;
    CHECK_INT(slot_judge_arrive(&a, NINE), APPOINTMENT_REFUSED_OVER);
}

TEST(numbers_and_wishes)
{
    char number[APPOINTMENT_NUMBER_MAX + 1];
    slot_number('A', NINE, 12, number);
    CHECK_STR(number, "A0105-0900-12");
    CHECK(appointment_number_valid(number));
    CHECK(!appointment_number_valid("") && !appointment_number_valid("A") && !appointment_number_valid("a0105-0900-1"));
    CHECK(!appointment_number_valid("A0105 0900 1") && !appointment_number_valid("A0105-0900-12345678901234"));
    struct appointment_wish w = {.verb = APPOINTMENT_BOOK, .id = {1}, .queue = "general", .from = NINE};
    CHECK(appointment_wish_valid(&w));
    w.from = 0;
    CHECK(!appointment_wish_valid(&w));
    w = (struct appointment_wish){.verb = APPOINTMENT_BOOK, .queue = "general", .from = NINE};
    CHECK(!appointment_wish_valid(&w)); /* without an id it could be booked twice */
    w = (struct appointment_wish){.verb = APPOINTMENT_FREE, .queue = "general"};
    CHECK(appointment_wish_valid(&w));
    text_copy(w.queue, sizeof w.queue, "no queue");
    CHECK(!appointment_wish_valid(&w));
    w = (struct appointment_wish){.verb = APPOINTMENT_CANCEL, .which = "A0105-0900-1"};
    CHECK(appointment_wish_valid(&w));
    w.verb = APPOINTMENT_LIST;
    CHECK(!appointment_wish_valid(&w));
}

TEST_MAIN(T(days_and_hours), T(a_day_without_end), T(who_may_book), T(who_may_leave_and_arrive), T(numbers_and_wishes))
