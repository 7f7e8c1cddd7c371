/* SPDX-License-Identifier: Apache-2.0
 *
 * Queue numbers: taken, printed, kept on the screen, given back; void when nobody can have them.
 */
#include "session/play.h"

static void ticket_printer(struct play *p, enum printer_health h)
{
    p->health.printer[DEVICE_TICKET] = h;
    play_health(p);
}

TEST(taken_and_printed)
{
    struct play p;
    play_begin(&p);
    play_to_ticket(&p);
    CHECK_SCREEN(&p, TICKET);
    CHECK_STR(p.v->ticket.number, "A03-001");
    CHECK_STR(p.v->ticket.queue.name, "综合受理");
    CHECK_STR(p.last[RECORD_TICKET].header.queue, "general");
    CHECK_STR(p.last[RECORD_PRINT_START].header.role, device_word(DEVICE_TICKET));
    play_outcome(&p, PRINT_DONE, PRINTER_READY);
    CHECK_INT(p.v->ticket.print, PRINT_DONE);
    play_tap(&p, INTENT_TOOK_PAPER, 0);
    CHECK_SCREEN(&p, IDLE);
    CHECK_STR(p.log, " visit-start ticket print-start print-done visit-end");
    CHECK(!p.v->ticket.number[0]);
    play_end(&p);
}

TEST(closed_queue)
{
    struct play p;
    play_begin(&p);
    play_tap(&p, INTENT_START, 0);
    play_tap(&p, INTENT_QUEUE, 0);
    CHECK_SCREEN(&p, QUEUE);
    CHECK_INT(p.v->queue.n_queues, 2);
    play_tap(&p, INTENT_TAKE_NUMBER, 1);
    play_tap(&p, INTENT_TAKE_NUMBER, 2);
    CHECK_INT(p.v->queue.told, 1);
    play_tap(&p, INTENT_TAKE_NUMBER, -1);
    CHECK_INT(p.v->queue.told, 1);
    CHECK_SCREEN(&p, QUEUE);
    CHECK(!strstr(p.log, "ticket"));
    play_end(&p);
}

/* No dead tap: a queue of a later version says why it gives no number here, and leads back. */
TEST(queue_of_a_later_version)
{
    struct play p;
    play_begin(&p);
    p.s->view.queue.queues[0].queue.newer = true;
    play_tap(&p, INTENT_START, 0);
    play_tap(&p, INTENT_QUEUE, 0);
    play_tap(&p, INTENT_TAKE_NUMBER, 0);
    CHECK_SCREEN(&p, NEWER);
    CHECK(p.v->newer == &p.v->queue.queues[0].queue);
    play_tap(&p, INTENT_TAKE_NUMBER, 0);
    CHECK_SCREEN(&p, NEWER);
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, QUEUE);
    CHECK(!strstr(p.log, "ticket"));
    play_end(&p);
}

/* The same for an item: nothing of it can be begun. */
TEST(item_of_a_later_version)
{
    struct play p;
    play_begin(&p);
    p.item = item_newer();
    play_tap(&p, INTENT_START, 0);
    play_tap(&p, INTENT_BROWSE, 0);
    play_tap(&p, INTENT_THEME, 0);
    play_tap(&p, INTENT_ITEM, 0);
    CHECK_SCREEN(&p, NEWER);
    CHECK(p.v->item.item->newer && !p.v->newer);
    play_tap(&p, INTENT_APPLY, 0);
    CHECK_SCREEN(&p, NEWER);
    play_tap(&p, INTENT_RETRY, 0);
    CHECK_SCREEN(&p, BROWSE);
    play_end(&p);
}

/* From 9:00 to 12:00 and from 13:30 to 17:00 of the day `play` begins on, told as kiosk tells it. */
static void tell_times(struct play *p)
{
    static struct queue_times t[VIEW_QUEUES_MAX];
    static const int spans[2][2] = {{9 * 60, 12 * 60}, {13 * 60 + 30, 17 * 60}};
    int64_t midnight = p->now - p->now % 60000 - clock_minute_of_day(p->now) * 60000LL;

    t[0] = (struct queue_times){.known = true, .working = {.n = 1, .at = {{9 * 60, 17 * 60}}}, .day = {.n = 2}};
    for (int i = 0; i < 2; i++) {
        struct opening o = {midnight + spans[i][0] * 60000LL, midnight + spans[i][1] * 60000LL, false};

        if (o.until_ms > p->now)
            t[0].at[t[0].n++] = o;
    }
    play_input(p, (struct input){.kind = INPUT_TIMES, .times = t});
}

static void at(struct play *p, const char *time)
{
    CHECK_INT(clock_parse_rfc3339(time, &p->now), 0);
}

static void to_queue(struct play *p, const char *time)
{
    play_begin(p);
    at(p, time);
    tell_times(p);
    play_tap(p, INTENT_START, 0);
    play_tap(p, INTENT_QUEUE, 0);
    CHECK_SCREEN(p, QUEUE);
    CHECK_INT(p->v->queue.told, -1);
}

static void given(const char *time, bool gives)
{
    struct play p;

    to_queue(&p, time);
    play_tap(&p, INTENT_TAKE_NUMBER, 0);
    CHECK_INT(strstr(p.log, "ticket") != NULL, gives);
    CHECK_INT(p.v->queue.told, gives ? -1 : 0);
    play_end(&p);
}

TEST(numbers_within_the_hours)
{
    given("2026-01-05T08:59:59+08:00", false);
    given("2026-01-05T09:00:00+08:00", true);
    given("2026-01-05T11:59:59+08:00", true);
    given("2026-01-05T12:00:00+08:00", false);
    given("2026-01-05T13:29:59+08:00", false);
    given("2026-01-05T13:30:00+08:00", true);
    given("2026-01-05T17:00:00+08:00", false);
    given("2026-01-05T23:59:59+08:00", false);
}

/* The page was drawn at 11:59, the finger comes at 12:00, before kiosk has told the new minute. */
TEST(page_open_over_the_closing_minute)
{
    struct play p;

    to_queue(&p, "2026-01-05T11:59:50+08:00");
    at(&p, "2026-01-05T12:00:00+08:00");
    play_tap(&p, INTENT_TAKE_NUMBER, 0);
    CHECK(!strstr(p.log, "ticket"));
    CHECK_INT(p.v->queue.told, 0);
    CHECK_INT(queue_from(p.v, &p.v->queue.queues[0]) - p.now, 90 * 60000);
    play_tap(&p, INTENT_TAKE_NUMBER, 0); /* once more: it says no more */
    CHECK_INT(p.v->queue.told, -1);
    at(&p, "2026-01-05T13:30:00+08:00");
    play_tap(&p, INTENT_TAKE_NUMBER, 0);
    CHECK(strstr(p.log, "ticket"));
    CHECK_INT(p.v->ticket.hours.n, 2);
    CHECK(p.v->ticket.hours_today);
    play_end(&p);
}

/* Whatever the hour and the pause, one of a later version leads to its own page, and promises no time. */
TEST(a_later_version_has_no_hours)
{
    struct play p;

    to_queue(&p, "2026-01-05T03:00:00+08:00");
    p.s->view.queue.queues[0].queue.newer = true;
    p.s->view.queue.queues[0].now.paused_until = p.now + 3600000;
    CHECK_INT(queue_giving(p.v, &p.v->queue.queues[0]), QUEUE_NEWER);
    CHECK_INT(queue_from(p.v, &p.v->queue.queues[0]), 0);
    play_tap(&p, INTENT_TAKE_NUMBER, 0);
    CHECK_SCREEN(&p, NEWER);
    CHECK_INT(p.v->queue.told, -1);
    at(&p, "2026-01-05T10:00:00+08:00");
    play_tap(&p, INTENT_BACK, 0);
    play_tap(&p, INTENT_TAKE_NUMBER, 0);
    CHECK_SCREEN(&p, NEWER);
    CHECK(!strstr(p.log, "ticket"));
    play_end(&p);
}

TEST(unsure_clock_refuses_nobody)
{
    struct play p;

    to_queue(&p, "2026-01-05T03:00:00+08:00");
    p.health.clock_sure = false;
    play_health(&p);
    CHECK_INT(queue_giving(p.v, &p.v->queue.queues[0]), QUEUE_GIVES);
    CHECK_INT(queue_from(p.v, &p.v->queue.queues[0]), 0);
    play_tap(&p, INTENT_TAKE_NUMBER, 0);
    CHECK(strstr(p.log, "ticket"));
    CHECK(!p.v->ticket.hours_today); /* which day it is nobody knows: the hours of a working day */
    CHECK_INT(p.v->ticket.hours.n, 1);
    play_end(&p);
}

TEST(pause_and_hours)
{
    struct play p;
    struct queues_now now = {.n = 1, .list = {{.id = "general"}}};
    struct input in = {.kind = INPUT_QUEUES, .queues = &now};

    to_queue(&p, "2026-01-05T10:00:00+08:00");
    clock_parse_rfc3339("2026-01-05T12:30:00+08:00", &now.list[0].paused_until);
    play_input(&p, in);
    CHECK_INT(queue_giving(p.v, &p.v->queue.queues[0]), QUEUE_PAUSED);
    CHECK_INT(queue_from(p.v, &p.v->queue.queues[0]) - p.now, 210 * 60000); /* not in the break at noon */
    play_tap(&p, INTENT_TAKE_NUMBER, 0);
    CHECK(!strstr(p.log, "ticket"));
    CHECK_INT(p.v->queue.told, 0);
    clock_parse_rfc3339("2026-01-05T18:00:00+08:00", &now.list[0].paused_until);
    play_input(&p, in);
    CHECK_INT(queue_from(p.v, &p.v->queue.queues[0]), 0); /* beyond what is known */
    play_tap(&p, INTENT_BROWSE, 0);
    CHECK_SCREEN(&p, BROWSE);
    play_end(&p);
}

TEST(number_only_when_recorded)
{
    struct play p;
    play_begin(&p);
    p.silent = true;
    play_to_ticket(&p);
    CHECK_SCREEN(&p, QUEUE);
    CHECK_STR(p.v->ticket.number, "");
    play_tap(&p, INTENT_TAKE_NUMBER, 0); /* a second touch takes no second number */
    play_tap(&p, INTENT_END, 0);
    CHECK_STR(p.log, " visit-start ticket");
    play_end(&p);
}

TEST(no_paper_kept)
{
    struct play p;
    play_begin(&p);
    ticket_printer(&p, PRINTER_NO_PAPER);
    play_to_ticket(&p);
    CHECK_SCREEN(&p, TROUBLE_TICKET);
    CHECK_INT(p.v->ticket.why, PRINTER_NO_PAPER);
    CHECK_INT(p.prints, 0);
    play_tap(&p, INTENT_TOOK_PAPER, 0); /* first the question is answered */
    CHECK_SCREEN(&p, TROUBLE_TICKET);
    play_tap(&p, INTENT_KEEP_NUMBER, 0);
    CHECK_SCREEN(&p, TROUBLE_TICKET);
    CHECK(p.v->ticket.kept);
    play_tap(&p, INTENT_NOTED, 0);
    CHECK_SCREEN(&p, IDLE);
    CHECK_STR(p.log, " visit-start ticket print-not visit-end");
    play_end(&p);
}

TEST(no_paper_given_back)
{
    struct play p;
    play_begin(&p);
    ticket_printer(&p, PRINTER_OPEN);
    play_to_ticket(&p);
    play_tap(&p, INTENT_VOID_NUMBER, 0);
    CHECK_SCREEN(&p, HOME);
    CHECK_STR(p.last[RECORD_TICKET_VOID].header.number, "A03-001");
    CHECK_STR(p.last[RECORD_TICKET_VOID].header.queue, "general");
    play_tap(&p, INTENT_END, 0);
    CHECK_STR(p.last[RECORD_VISIT_END].header.what, "left");
    CHECK(!strstr(strstr(p.log, "ticket-void") + 1, "ticket-void"));
    play_end(&p);
}

TEST(no_paper_and_gone)
{
    for (int timeout = 0; timeout < 2; timeout++) {
        struct play p;
        play_begin(&p);
        play_to_ticket(&p);
        play_outcome(&p, PRINT_NOT, PRINTER_NO_PAPER);
        CHECK_SCREEN(&p, TROUBLE_TICKET);
        if (timeout) {
            play_timer(&p, TIMER_REST);
            play_timer(&p, TIMER_REST);
            play_timer(&p, TIMER_REST);
        } else {
            play_tap(&p, INTENT_END, 0);
        }
        CHECK_SCREEN(&p, IDLE);
        CHECK_STR(p.log, " visit-start ticket print-start print-not ticket-void visit-end");
        play_end(&p);
    }
}

TEST(left_while_printing)
{
    static const struct {
        enum print_state print;
        bool void_wanted;
    } rows[] = {{PRINT_DONE, false}, {PRINT_UNKNOWN, false}, {PRINT_NOT, true}};
    for (size_t i = 0; i < 3; i++) {
        struct play p;
        play_begin(&p);
        play_to_ticket(&p);
        play_tap(&p, INTENT_END, 0);
        CHECK_SCREEN(&p, IDLE);
        play_outcome(&p, rows[i].print, PRINTER_NO_PAPER);
        CHECK_INT(strstr(p.log, "ticket-void") != NULL, rows[i].void_wanted);
        if (rows[i].void_wanted) {
            CHECK_STR(p.last[RECORD_TICKET_VOID].header.number, "A03-001");
            CHECK_STR(p.last[RECORD_TICKET_VOID].header.queue, "general");
        }
        play_end(&p);
    }
}

TEST(waits_for_paper)
{
    struct play p;
    play_begin(&p);
    play_to_ticket(&p);
    play_progress(&p, 10, true);
    CHECK_SCREEN(&p, TROUBLE_TICKET);
    play_progress(&p, 10, false);
    CHECK_SCREEN(&p, TICKET);
    play_progress(&p, 20, true);
    play_tap(&p, INTENT_KEEP_NUMBER, 0);
    CHECK(logged(&p, "(stop)"));
    play_outcome(&p, PRINT_NOT, PRINTER_NO_PAPER);
    CHECK_SCREEN(&p, TROUBLE_TICKET);
    CHECK(p.v->ticket.kept);
    play_tap(&p, INTENT_END, 0);
    CHECK(!strstr(p.log, "ticket-void"));
    play_end(&p);
}

TEST(given_back_while_it_waits)
{
    struct play p;
    play_begin(&p);
    play_to_ticket(&p);
    play_progress(&p, 10, true);
    play_tap(&p, INTENT_VOID_NUMBER, 0);
    CHECK_SCREEN(&p, HOME);
    play_outcome(&p, PRINT_NOT, PRINTER_NO_PAPER);
    CHECK_SCREEN(&p, HOME);
    CHECK_STR(p.log, " visit-start ticket print-start ticket-void (stop) print-not");
    play_end(&p);
}

TEST(unknown)
{
    struct play p;
    play_begin(&p);
    play_to_ticket(&p);
    play_outcome(&p, PRINT_UNKNOWN, PRINTER_ABSENT);
    CHECK_SCREEN(&p, TROUBLE_UNKNOWN);
    CHECK_STR(p.v->done.number, "");
    play_tap(&p, INTENT_PRINT, 0);
    CHECK_SCREEN(&p, TICKET);
    CHECK_INT(p.last[RECORD_PRINT_START].header.copy, 2);
    play_outcome(&p, PRINT_UNKNOWN, PRINTER_ABSENT);
    play_tap(&p, INTENT_NO_PAPER, 0);
    CHECK_SCREEN(&p, TROUBLE_TICKET);
    CHECK(p.v->ticket.kept);
    play_tap(&p, INTENT_END, 0);
    CHECK(!strstr(p.log, "ticket-void")); /* paper may lie in the slot */
    play_end(&p);
}

/* Not certainly without paper, so it keeps its place; the page says what stopped the printer. */
TEST(unknown_because_of_paper)
{
    struct play p;
    play_begin(&p);
    play_to_ticket(&p);
    play_outcome(&p, PRINT_UNKNOWN, PRINTER_NO_PAPER);
    CHECK_SCREEN(&p, TROUBLE_UNKNOWN);
    CHECK_INT(p.v->ticket.why, PRINTER_NO_PAPER);
    play_tap(&p, INTENT_END, 0);
    CHECK(!strstr(p.log, "ticket-void"));
    play_end(&p);
}

TEST(printed_later)
{
    struct play p;
    play_begin(&p);
    ticket_printer(&p, PRINTER_NO_PAPER);
    play_to_ticket(&p);
    ticket_printer(&p, PRINTER_READY);
    CHECK_INT(p.v->ticket.why, PRINTER_READY);
    play_tap(&p, INTENT_PRINT, 0);
    CHECK_SCREEN(&p, TICKET);
    CHECK_INT(p.last[RECORD_PRINT_START].header.copy, 1);
    play_end(&p);
}

TEST(disk_full)
{
    struct play p;
    play_begin(&p);
    play_tap(&p, INTENT_START, 0);
    play_tap(&p, INTENT_QUEUE, 0);
    p.disk_full = true;
    play_tap(&p, INTENT_TAKE_NUMBER, 0);
    CHECK_SCREEN(&p, TROUBLE_STORAGE);
    CHECK(p.v->storage.no_space && !p.v->storage.before);
    CHECK_STR(p.v->ticket.number, "");
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, QUEUE);
    play_tap(&p, INTENT_TAKE_NUMBER, 0);
    p.disk_full = false;
    play_tap(&p, INTENT_RETRY, 0);
    CHECK_SCREEN(&p, TICKET);
    CHECK_STR(p.v->ticket.number, "A03-003"); /* numbers are the journal's business */
    play_end(&p);
}

TEST_MAIN(T(taken_and_printed), T(closed_queue), T(queue_of_a_later_version), T(item_of_a_later_version),
          T(numbers_within_the_hours), T(page_open_over_the_closing_minute), T(a_later_version_has_no_hours),
          T(unsure_clock_refuses_nobody), T(pause_and_hours), T(number_only_when_recorded), T(no_paper_kept),
          T(no_paper_given_back), T(no_paper_and_gone), T(left_while_printing), T(waits_for_paper),
          T(given_back_while_it_waits), T(unknown), T(unknown_because_of_paper), T(printed_later), T(disk_full))
