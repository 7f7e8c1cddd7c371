/* SPDX-License-Identifier: Apache-2.0
 *
 * The guided test as a state: its records, its outcomes, and that a resident always goes first.
 */
#include "session/play.h"

static void ask(struct play *p, enum selftest_step step, enum device_role role)
{
    play_input(p, (struct input){.kind = INPUT_SELFTEST, .test = {.step = step, .role = role, .ms = 30000}});
}

static void outcome(struct play *p, enum print_state print)
{
    struct input in = {.kind = INPUT_PRINT, .role = p->role, .print = print, .printer = PRINTER_READY};

    text_copy(in.job, sizeof in.job, p->job);
    play_input(p, in);
}

TEST(a_page_is_recorded_before_it_is_printed)
{
    struct play p;
    play_begin(&p);
    ask(&p, SELFTEST_PRINT, DEVICE_TICKET);
    CHECK_SCREEN(&p, SELFTEST);
    CHECK_STR(p.log, " print-start");
    CHECK_STR(p.last[RECORD_PRINT_START].header.what, "test");
    CHECK(!p.last[RECORD_PRINT_START].visit_scoped);
    CHECK_INT(p.prints, 1);
    CHECK(!session_idle(p.s));
    CHECK_INT(p.answers, 0);
    outcome(&p, PRINT_DONE);
    CHECK_STR(p.log, " print-start print-done");
    CHECK_INT(p.answers, 1);
    CHECK(p.tested.outcome == TESTED_PAPER && p.tested.print == PRINT_DONE);
    CHECK_SCREEN(&p, IDLE);
    play_end(&p);
}

TEST(with_a_full_disk_nothing_is_printed)
{
    struct play p;
    play_begin(&p);
    p.disk_full = true;
    ask(&p, SELFTEST_PRINT, DEVICE_RECEIPT);
    CHECK_INT(p.prints, 0);
    CHECK_STR(p.log, "");
    CHECK_INT(p.answers, 1);
    CHECK(p.tested.outcome == TESTED_PAPER && p.tested.print == PRINT_NOT);
    play_end(&p);
}

TEST(a_printer_that_cannot_print)
{
    struct play p;
    play_begin(&p);
    p.health.printer[DEVICE_TICKET] = PRINTER_NO_PAPER;
    play_health(&p);
    ask(&p, SELFTEST_PRINT, DEVICE_TICKET);
    CHECK_INT(p.prints, 0);
    CHECK(p.tested.print == PRINT_NOT && p.tested.why == PRINTER_NO_PAPER);
    CHECK_SCREEN(&p, IDLE);
    play_end(&p);
}

TEST(a_touch_ends_it_and_begins_a_visit)
{
    struct play p;
    play_begin(&p);
    ask(&p, SELFTEST_PRINT, DEVICE_TICKET);
    play_tap(&p, INTENT_START, 0);
    CHECK_SCREEN(&p, HOME);
    CHECK_INT(p.answers, 1);
    CHECK_INT(p.tested.outcome, TESTED_GIVEN_WAY);
    outcome(&p, PRINT_DONE); /* its paper still has an outcome, and nobody is told twice */
    CHECK_STR(p.log, " print-start visit-start print-done");
    CHECK_SCREEN(&p, HOME);
    CHECK_INT(p.answers, 1);
    play_end(&p);
}

/* Whoever lays a card down while a page is printed wants to begin: it is his visit's card. */
TEST(a_card_while_a_page_is_printed_is_the_residents)
{
    struct play p;
    play_begin(&p);
    ask(&p, SELFTEST_PRINT, DEVICE_TICKET);
    play_card(&p, &p.card);
    CHECK_SCREEN(&p, HOME);
    CHECK(p.v->visit && p.v->identity);
    CHECK_INT(p.tested.outcome, TESTED_GIVEN_WAY);
    play_end(&p);
}

TEST(a_card_is_read_and_asked_back)
{
    struct play p;
    play_begin(&p);
    ask(&p, SELFTEST_CARD, DEVICE_RECEIPT);
    CHECK_SCREEN(&p, SELFTEST);
    CHECK(p.v->testing_card && p.poll);
    CHECK_INT(p.timers[TIMER_PAGE], 30000);
    play_event(&p, INPUT_CARD_SEEN);
    play_input(&p, (struct input){.kind = INPUT_CARD_READ, .identity = &p.card});
    CHECK_INT(p.answers, 1);
    CHECK(p.tested.outcome == TESTED_READ && p.tested.kind == IDENTITY_RESIDENT);
    CHECK_SCREEN(&p, CARD_REMOVE);
    CHECK(!p.v->visit && !p.v->identity); /* nothing of it is kept */
    play_event(&p, INPUT_CARD_LIFTED);
    CHECK_SCREEN(&p, IDLE);
    CHECK_STR(p.log, "");
    play_end(&p);
}

TEST(no_card_and_no_reader)
{
    struct play p;
    play_begin(&p);
    ask(&p, SELFTEST_CARD, DEVICE_RECEIPT);
    play_timer(&p, TIMER_PAGE);
    CHECK_INT(p.tested.outcome, TESTED_NO_CARD);
    CHECK_SCREEN(&p, IDLE);
    ask(&p, SELFTEST_CARD, DEVICE_RECEIPT);
    p.health.reader = READER_ABSENT;
    play_health(&p);
    CHECK_INT(p.tested.outcome, TESTED_NO_READER);
    CHECK_SCREEN(&p, IDLE);
    ask(&p, SELFTEST_CARD, DEVICE_RECEIPT);
    CHECK_INT(p.answers, 3);
    CHECK_SCREEN(&p, IDLE);
    play_end(&p);
}

TEST(never_while_somebody_is_served)
{
    struct play p;
    play_begin(&p);
    ask(&p, SELFTEST_BEGIN, DEVICE_RECEIPT);
    CHECK_INT(p.tested.outcome, TESTED_FREE);
    play_tap(&p, INTENT_START, 0);
    ask(&p, SELFTEST_PRINT, DEVICE_RECEIPT);
    CHECK_INT(p.tested.outcome, TESTED_SERVING);
    CHECK_INT(p.prints, 0);
    CHECK_SCREEN(&p, HOME);
    play_end(&p);
}

TEST(whoever_tests_goes_away)
{
    struct play p;
    play_begin(&p);
    ask(&p, SELFTEST_CARD, DEVICE_RECEIPT);
    ask(&p, SELFTEST_STOP, DEVICE_RECEIPT);
    CHECK_SCREEN(&p, IDLE);
    CHECK_INT(p.answers, 0);
    play_end(&p);
}

TEST_MAIN(T(a_page_is_recorded_before_it_is_printed), T(with_a_full_disk_nothing_is_printed), T(a_printer_that_cannot_print),
          T(a_touch_ends_it_and_begins_a_visit), T(a_card_while_a_page_is_printed_is_the_residents),
          T(a_card_is_read_and_asked_back), T(no_card_and_no_reader), T(never_while_somebody_is_served),
          T(whoever_tests_goes_away))
