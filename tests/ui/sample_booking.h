/* SPDX-License-Identifier: Apache-2.0
 *
 * Sample views of appointments; a part of sample.h.
 */
#ifndef TESTS_UI_SAMPLE_BOOKING_H
#define TESTS_UI_SAMPLE_BOOKING_H

#include "ui/sample_card.h"

#define SAMPLE_HOUR (60 * SAMPLE_MINUTE)

static struct my_appointments sample_told;

static void sample_bookable(struct view *v)
{
    v->queue.queues[0].queue.per_hour = v->queue.queues[1].queue.per_hour = v->queue.queues[2].queue.per_hour = 2;
}

/* Six days with three hours in the morning and three in the afternoon, Saturday's morning alone; today is full. */
static void sample_hours(void)
{
    static const int minutes[] = {540, 600, 660, 810, 870, 930};

    sample_told = (struct my_appointments){.at = SAMPLE_NOW, .n_days = APPOINTMENT_DAYS_MAX};
    for (int d = 0; d < sample_told.n_days; d++) {
        int64_t midnight = SAMPLE_MIDNIGHT + d * SAMPLE_DAY;
        struct appointment_day *day = &sample_told.days[d];

        day->day = date_to_days(date_of_ms(midnight));
        day->n = d == 2 ? 3 : 6;
        for (int i = 0; i < day->n; i++) {
            int64_t from = midnight + minutes[i] * SAMPLE_MINUTE;
            day->hours[i] = (struct appointment_hour){from, from + SAMPLE_HOUR, d ? (i + d) % 3 : 0};
        }
    }
}

static void sample_queue_booking(struct view *v)
{
    sample_base(v);
    sample_bookable(v);
    v->queue.told = -1;
    v->queue.booking = true;
    v->screen = SCREEN_QUEUE;
    v->can_back = true;
}
static void sample_queue_bookable(struct view *v)
{
    sample_queue_booking(v);
    v->queue.booking = false;
}
static void sample_queue_night_booking(struct view *v)
{
    sample_queue_night(v);
    sample_bookable(v);
    v->queue.booking = true;
}
static void sample_book(struct view *v)
{
    sample_base(v);
    sample_bookable(v);
    sample_hours();
    v->screen = SCREEN_BOOK;
    v->can_back = true;
    v->booking.asking = ASKED_KNOWN;
    v->booking.known = &sample_told;
    v->booking.day = 1;
    v->booking.hour = v->booking.giving_back = -1;
}
static void sample_book_chosen(struct view *v)
{
    sample_book(v);
    v->booking.hour = 1;
}
static void sample_book_full(struct view *v)
{
    sample_book(v);
    v->booking.refused = APPOINTMENT_REFUSED_FULL;
}
static void sample_book_none(struct view *v)
{
    sample_book(v);
    sample_told.n_days = 0;
}
static void sample_book_asking(struct view *v)
{
    sample_book(v);
    v->booking.known = NULL;
    v->booking.asking = ASKED_WAITING;
    v->booking.verb = APPOINTMENT_BOOK;
}
static void sample_book_away(struct view *v)
{
    sample_book_asking(v);
    v->booking.asking = ASKED_REFUSED;
    v->booking.verb = APPOINTMENT_FREE;
    v->booking.why = ASK_HALL_AWAY;
}
static void sample_book_unsure(struct view *v)
{
    sample_book_away(v);
    v->booking.verb = APPOINTMENT_BOOK;
    v->booking.silent = true;
}
static struct appointment sample_appointment(int64_t from, const char *number, enum appointment_refusal arrive)
{
    struct appointment a = {.code = "4711", .queue = "general", .from = from, .until = from + SAMPLE_HOUR, .arrive = arrive};

    text_copy(a.number, sizeof a.number, number);
    return a;
}
static void sample_appointments(struct view *v)
{
    sample_book(v);
    sample_told.n_days = 0;
    sample_told.n = 3;
    sample_told.list[0] = sample_appointment(SAMPLE_MIDNIGHT + 600 * SAMPLE_MINUTE, "A1119-1000-2", APPOINTMENT_MAY);
    sample_told.list[1] = sample_appointment(SAMPLE_MIDNIGHT + SAMPLE_DAY + 540 * SAMPLE_MINUTE, "A1120-0900-1",
                                             APPOINTMENT_REFUSED_TOO_EARLY);
    sample_told.list[2] = sample_appointment(SAMPLE_MIDNIGHT + 540 * SAMPLE_MINUTE, "B1119-0900-1",
                                             APPOINTMENT_REFUSED_ARRIVED);
    sample_told.list[2].state = APPOINTMENT_ARRIVED;
    text_copy(sample_told.list[2].queue, sizeof sample_told.list[2].queue, "social");
    v->screen = SCREEN_APPOINTMENTS;
}
static void sample_appointments_giving(struct view *v)
{
    sample_appointments(v);
    v->booking.giving_back = 1;
}
static void sample_appointments_none(struct view *v)
{
    sample_appointments(v);
    sample_told.n = 0;
}
static void sample_booked(struct view *v)
{
    sample_book(v);
    v->screen = SCREEN_BOOKED;
    v->can_back = false;
    v->booking.booked = sample_appointment(SAMPLE_MIDNIGHT + SAMPLE_DAY + 600 * SAMPLE_MINUTE, "A1120-1000-2",
                                           APPOINTMENT_MAY);
    v->done.paper = DONE_APPOINTMENT;
    text_copy(v->done.number, sizeof v->done.number, v->booking.booked.number);
    text_copy(v->done.qr, sizeof v->done.qr, "A1120-1000-2 4711 2026-11-20 10:00");
    v->done.copy = 1;
    v->done.print = PRINT_RUNNING;
    v->done.progress = 60;
}
static void sample_booked_printed(struct view *v)
{
    sample_booked(v);
    v->done.print = PRINT_DONE;
}
static void sample_booked_no_paper(struct view *v)
{
    sample_booked(v);
    v->screen = SCREEN_TROUBLE_PAPER;
    v->done.print = PRINT_NOT;
    v->done.why = v->health.printer[DEVICE_RECEIPT] = PRINTER_NO_PAPER;
}
static void sample_booked_unknown(struct view *v)
{
    sample_booked(v);
    v->screen = SCREEN_TROUBLE_UNKNOWN;
    v->done.print = PRINT_UNKNOWN;
}
static void sample_ticket_booked(struct view *v)
{
    sample_ticket(v);
    v->ticket.booked_ms = SAMPLE_MIDNIGHT + 600 * SAMPLE_MINUTE;
}
static void sample_waiting_booking(struct view *v)
{
    sample_waiting(v);
    v->card.booking = true;
}

#endif
