/* SPDX-License-Identifier: Apache-2.0
 *
 * Paper: done, not printed, unknown, waiting; and outcomes that come when nobody is there any more.
 */
#include "session/play.h"

static void no_paper(struct play *p, enum printer_health h)
{
    p->health.printer[DEVICE_RECEIPT] = p->health.printer[DEVICE_TICKET] = h;
    play_health(p);
}

TEST(start_is_recorded_first)
{
    struct play p;
    play_to_number(&p);
    const struct effect_record *r = &p.last[RECORD_PRINT_START];
    CHECK_STR(r->header.number, CASE_ONE);
    CHECK_STR(r->header.job, p.job);
    CHECK_INT(strlen(p.job), 4);
    for (int i = 0; i < 4; i++)
        CHECK(p.job[i] >= 0x21 && p.job[i] <= 0x7E);
    CHECK_INT(r->header.copy, 1);
    CHECK(r->visit_scoped);
    play_end(&p);
}

TEST(paper_out_before)
{
    struct play p;
    play_to_review(&p);
    no_paper(&p, PRINTER_NO_PAPER);
    play_tap(&p, INTENT_SUBMIT, 0);
    CHECK_SCREEN(&p, TROUBLE_PAPER);
    CHECK_STR(p.v->done.number, CASE_ONE);
    CHECK_INT(p.v->done.print, PRINT_NOT);
    CHECK_INT(p.v->done.why, PRINTER_NO_PAPER);
    CHECK_INT(p.prints, 0);
    CHECK_STR(p.last[RECORD_PRINT_NOT].header.what, "no-paper");
    play_tap(&p, INTENT_PRINT, 0); /* still none: no second word on it */
    CHECK_SCREEN(&p, TROUBLE_PAPER);
    no_paper(&p, PRINTER_READY);
    CHECK_SCREEN(&p, TROUBLE_PAPER); /* nothing prints without a touch */
    CHECK_INT(p.v->done.why, PRINTER_READY);
    play_tap(&p, INTENT_PRINT, 0);
    CHECK_SCREEN(&p, SUCCESS);
    CHECK_INT(p.v->done.copy, 1); /* the first paper that can exist */
    play_outcome(&p, PRINT_DONE, PRINTER_READY);
    CHECK_STR(p.log, " visit-start application print-not print-start print-done");
    play_end(&p);
}

TEST(not_printed)
{
    struct play p;
    play_to_number(&p);
    play_outcome(&p, PRINT_NOT, PRINTER_OPEN);
    CHECK_SCREEN(&p, TROUBLE_PAPER);
    CHECK_INT(p.v->done.why, PRINTER_OPEN);
    CHECK_STR(p.last[RECORD_PRINT_NOT].header.job, p.job);
    char first[5];
    text_copy(first, sizeof first, p.job);
    play_tap(&p, INTENT_PRINT, 0);
    CHECK_SCREEN(&p, SUCCESS);
    CHECK_INT(p.v->done.copy, 1);
    CHECK(strcmp(first, p.job) != 0);
    play_end(&p);
}

TEST(paper_out_in_the_job)
{
    struct play p;
    play_to_number(&p);
    play_progress(&p, 50, false);
    play_progress(&p, 60, true);
    CHECK_SCREEN(&p, TROUBLE_PAPER);
    CHECK_INT(p.v->done.print, PRINT_RUNNING);
    CHECK_INT(p.v->done.why, PRINTER_NO_PAPER);
    play_tap(&p, INTENT_PRINT, 0); /* it goes on by itself: nothing to start */
    CHECK_INT(p.prints, 1);
    play_progress(&p, 60, false);
    CHECK_SCREEN(&p, SUCCESS);
    play_outcome(&p, PRINT_DONE, PRINTER_READY);
    CHECK_SCREEN(&p, SUCCESS);
    CHECK_STR(p.log, " visit-start application print-start print-done");
    play_end(&p);
}

TEST(noted_while_it_waits)
{
    struct play p;
    play_to_number(&p);
    play_progress(&p, 60, true);
    play_tap(&p, INTENT_NOTED, 0);
    CHECK_SCREEN(&p, IDLE);
    CHECK(logged(&p, "visit-end (stop)"));
    CHECK(!session_idle(p.s)); /* the outcome is still to come */
    play_outcome(&p, PRINT_UNKNOWN, PRINTER_NO_PAPER);
    CHECK_SCREEN(&p, IDLE);
    CHECK(logged(&p, "visit-end print-unknown"));
    CHECK_STR(p.last[RECORD_PRINT_UNKNOWN].header.number, CASE_ONE);
    CHECK(!p.last[RECORD_PRINT_UNKNOWN].visit_scoped);
    CHECK(session_idle(p.s));
    play_end(&p);
}

TEST(unknown_and_again)
{
    struct play p;
    play_to_number(&p);
    play_outcome(&p, PRINT_UNKNOWN, PRINTER_ABSENT);
    CHECK_SCREEN(&p, TROUBLE_UNKNOWN);
    CHECK_INT(p.prints, 1);
    play_tap(&p, INTENT_PRINT, 0);
    CHECK_SCREEN(&p, SUCCESS);
    CHECK_INT(p.prints, 2);
    CHECK_INT(p.v->done.copy, 2);
    CHECK_INT(p.last[RECORD_PRINT_START].header.copy, 2);
    play_outcome(&p, PRINT_DONE, PRINTER_READY);
    CHECK_INT(p.last[RECORD_PRINT_DONE].header.copy, 2);
    play_tap(&p, INTENT_TOOK_PAPER, 0);
    CHECK_SCREEN(&p, RATING);
    play_tap(&p, INTENT_RATE_NO, 0);
    CHECK_SCREEN(&p, IDLE);
    play_end(&p);
}

/* It ran out of paper and was cleared: not "no answer", and not "did not print" either. */
TEST(unknown_because_of_paper)
{
    static const enum printer_health whys[] = {PRINTER_NO_PAPER, PRINTER_OPEN};
    for (int i = 0; i < 2; i++) {
        struct play p;
        play_to_number(&p);
        no_paper(&p, whys[i]);
        play_outcome(&p, PRINT_UNKNOWN, whys[i]);
        CHECK_SCREEN(&p, TROUBLE_PAPER);
        CHECK(p.v->done.partly);
        CHECK_INT(p.v->done.why, whys[i]);
        CHECK(logged(&p, "print-start print-unknown"));
        no_paper(&p, PRINTER_READY);
        play_tap(&p, INTENT_PRINT, 0);
        CHECK_SCREEN(&p, SUCCESS);
        CHECK_INT(p.v->done.copy, 2); /* the first may have come out */
        CHECK(!p.v->done.partly);
        play_end(&p);
    }
}

TEST(unknown_and_has_it)
{
    struct play p;
    play_to_number(&p);
    play_outcome(&p, PRINT_UNKNOWN, PRINTER_ABSENT);
    play_tap(&p, INTENT_TOOK_PAPER, 0);
    CHECK_SCREEN(&p, RATING);
    play_tap(&p, INTENT_RATE_NO, 0);
    CHECK_SCREEN(&p, IDLE);
    CHECK_INT(p.prints, 1);
    CHECK_STR(p.last[RECORD_VISIT_END].header.what, "done");
    play_end(&p);
}

TEST(unknown_and_no_printer)
{
    struct play p;
    play_to_number(&p);
    no_paper(&p, PRINTER_ABSENT);
    play_outcome(&p, PRINT_UNKNOWN, PRINTER_ABSENT);
    CHECK_SCREEN(&p, TROUBLE_UNKNOWN);
    play_tap(&p, INTENT_PRINT, 0);
    CHECK_SCREEN(&p, TROUBLE_PAPER);
    CHECK_INT(p.v->done.why, PRINTER_ABSENT);
    no_paper(&p, PRINTER_READY);
    play_tap(&p, INTENT_PRINT, 0);
    CHECK_INT(p.v->done.copy, 2); /* the first may have come out */
    play_end(&p);
}

TEST(done_but_nothing_there)
{
    struct play p;
    play_to_number(&p);
    play_tap(&p, INTENT_NO_PAPER, 0); /* it is still printing */
    CHECK_SCREEN(&p, SUCCESS);
    play_outcome(&p, PRINT_DONE, PRINTER_READY);
    play_tap(&p, INTENT_NO_PAPER, 0);
    CHECK_SCREEN(&p, TROUBLE_UNKNOWN);
    CHECK_INT(p.prints, 1);
    play_tap(&p, INTENT_PRINT, 0);
    CHECK_INT(p.v->done.copy, 2);
    play_end(&p);
}

TEST(slow)
{
    struct play p;
    play_to_number(&p);
    CHECK_INT(p.timers[TIMER_PRINT], JOBS_PROMISED);
    play_tap(&p, INTENT_TOOK_PAPER, 0);
    CHECK_SCREEN(&p, SUCCESS); /* one leaves when the paper is out */
    play_timer(&p, TIMER_PRINT);
    CHECK_INT(p.v->done.print, PRINT_SLOW);
    play_progress(&p, 80, false);
    CHECK_INT(p.v->done.print, PRINT_SLOW);
    play_outcome(&p, PRINT_DONE, PRINTER_READY);
    CHECK_INT(p.v->done.print, PRINT_DONE);
    play_end(&p);
}

TEST(start_not_recorded)
{
    struct play p;
    play_to_review(&p);
    p.silent = true;
    play_tap(&p, INTENT_SUBMIT, 0);
    p.silent = false;
    p.disk_full = true; /* full between the application and the print-start */
    play_input(&p, (struct input){.kind = INPUT_RECORDED, .record = RECORD_APPLICATION, .number = CASE_ONE});
    CHECK_INT(p.prints, 0);
    CHECK_SCREEN(&p, TROUBLE_PAPER);
    CHECK_STR(p.v->done.number, CASE_ONE);
    CHECK(!strstr(p.log, "print-"));
    p.disk_full = false;
    play_tap(&p, INTENT_PRINT, 0);
    CHECK_SCREEN(&p, SUCCESS);
    CHECK_INT(p.v->done.copy, 1);
    play_end(&p);
}

/* The job of the visit before: it neither shows on the new visitor's screen nor loses its outcome. */
TEST(late_outcome_in_the_next_visit)
{
    struct play p;
    play_to_number(&p);
    char first[5];
    text_copy(first, sizeof first, p.job);
    play_tap(&p, INTENT_END, 0);
    play_tap(&p, INTENT_START, 0);
    play_progress(&p, 70, true);
    CHECK_SCREEN(&p, HOME);
    CHECK(logged(&p, "visit-end visit-start (stop)"));
    play_outcome(&p, PRINT_NOT, PRINTER_NO_PAPER);
    CHECK_SCREEN(&p, HOME);
    CHECK_STR(p.last[RECORD_PRINT_NOT].header.number, CASE_ONE);
    CHECK_STR(p.last[RECORD_PRINT_NOT].header.job, first);
    CHECK(!p.last[RECORD_PRINT_NOT].visit_scoped);
    CHECK_INT(p.v->done.print, PRINT_IDLE);
    play_outcome(&p, PRINT_DONE, PRINTER_READY); /* one outcome a job */
    CHECK(!strstr(p.log, "print-done"));
    play_end(&p);
}

TEST(printer_still_busy_with_another_visit)
{
    struct play p;
    play_to_number(&p);
    play_tap(&p, INTENT_END, 0);
    play_tap(&p, INTENT_START, 0);
    play_tap(&p, INTENT_ITEM, 0);
    play_tap(&p, INTENT_APPLY, 0);
    play_card(&p, &p.card);
    play_event(&p, INPUT_CARD_LIFTED);
    play_fill(&p);
    play_tap(&p, INTENT_CONSENT, 0);
    play_tap(&p, INTENT_SUBMIT, 0);
    CHECK_SCREEN(&p, TROUBLE_PAPER);
    CHECK_STR(p.last[RECORD_PRINT_NOT].header.what, "busy");
    CHECK_INT(p.prints, 1);
    play_outcome(&p, PRINT_DONE, PRINTER_READY);
    play_tap(&p, INTENT_PRINT, 0);
    CHECK_SCREEN(&p, SUCCESS);
    CHECK_INT(p.prints, 2);
    play_end(&p);
}

TEST(tokens_differ)
{
    struct play p;
    char seen[50][5];
    play_to_number(&p);
    for (int i = 0; i < 50; i++) {
        text_copy(seen[i], 5, p.job);
        for (int k = 0; k < i; k++)
            CHECK(strcmp(seen[i], seen[k]) != 0);
        play_outcome(&p, PRINT_UNKNOWN, PRINTER_ABSENT);
        play_tap(&p, INTENT_PRINT, 0);
    }
    play_end(&p);
}

static void slip(struct play *p, const char *job, enum slip what)
{
    struct input in = {.kind = INPUT_SLIP, .slip = what, .role = p->role};
    text_copy(in.job, sizeof in.job, job);
    play_input(p, in);
}

TEST(the_paper_at_the_slot_is_told_and_recorded)
{
    struct play p;
    play_to_number(&p);
    play_outcome(&p, PRINT_DONE, PRINTER_READY);
    CHECK_INT(p.v->done.slip, SLIP_UNSEEN);
    slip(&p, p.job, SLIP_OUT);
    CHECK_INT(p.v->done.slip, SLIP_OUT);
    CHECK_STR(p.log, " visit-start application print-start print-done"); /* nothing has come of it yet */
    slip(&p, p.job, SLIP_TAKEN);
    CHECK_INT(p.v->done.slip, SLIP_TAKEN);
    CHECK_STR(p.log, " visit-start application print-start print-done print-taken");
    CHECK_STR(p.last[RECORD_PRINT_TAKEN].header.job, p.job);
    CHECK_STR(p.last[RECORD_PRINT_TAKEN].header.number, CASE_ONE);
    play_end(&p);
}

TEST(a_paper_that_is_gone_can_be_printed_again)
{
    struct play p;
    play_to_number(&p);
    play_outcome(&p, PRINT_DONE, PRINTER_READY);
    slip(&p, p.job, SLIP_OUT);
    play_tap(&p, INTENT_PRINT, 0); /* it still stands there */
    CHECK_INT(p.prints, 1);
    slip(&p, p.job, SLIP_TAKEN);
    play_tap(&p, INTENT_PRINT, 0);
    CHECK_INT(p.prints, 2);
    CHECK_INT(p.last[RECORD_PRINT_START].header.copy, 2);
    CHECK_SCREEN(&p, SUCCESS);
    CHECK_INT(p.v->done.slip, SLIP_UNSEEN);
    play_outcome(&p, PRINT_DONE, PRINTER_READY);
    slip(&p, p.job, SLIP_BACK);
    p.health.printer[DEVICE_RECEIPT] = PRINTER_NO_PAPER;
    play_health(&p);
    play_tap(&p, INTENT_PRINT, 0);
    CHECK_INT(p.prints, 2);
    CHECK_SCREEN(&p, TROUBLE_PAPER);
    play_end(&p);
}

TEST(a_paper_drawn_back_may_be_another_visits)
{
    struct play p;
    char job[5];
    play_to_number(&p);
    play_outcome(&p, PRINT_DONE, PRINTER_READY);
    slip(&p, p.job, SLIP_OUT);
    text_copy(job, sizeof job, p.job);
    CHECK_INT(p.v->done.slip, SLIP_OUT);
    play_tap(&p, INTENT_ANOTHER, 0);
    slip(&p, job, SLIP_BACK);
    CHECK_INT(p.v->done.slip, SLIP_UNSEEN); /* nobody who is there now is told */
    CHECK_STR(p.last[RECORD_PRINT_RETRACTED].header.number, CASE_ONE);
    /* and one nobody here knows of */
    slip(&p, "", SLIP_BACK);
    CHECK_STR(p.last[RECORD_PRINT_RETRACTED].header.number, "");
    CHECK_STR(p.last[RECORD_PRINT_RETRACTED].header.what, "earlier");
    CHECK(!p.last[RECORD_PRINT_RETRACTED].visit_scoped);
    play_end(&p);
}

TEST_MAIN(T(start_is_recorded_first), T(paper_out_before), T(not_printed), T(paper_out_in_the_job), T(noted_while_it_waits),
          T(unknown_and_again), T(unknown_because_of_paper), T(unknown_and_has_it), T(unknown_and_no_printer),
          T(done_but_nothing_there), T(slow), T(start_not_recorded), T(late_outcome_in_the_next_visit),
          T(printer_still_busy_with_another_visit), T(tokens_differ), T(the_paper_at_the_slot_is_told_and_recorded),
          T(a_paper_that_is_gone_can_be_printed_again), T(a_paper_drawn_back_may_be_another_visits))
