/* SPDX-License-Identifier: Apache-2.0
 *
 * What is added to a case, and what is printed of one.
 */
#include "session/play_cases.h"

/* --- adding what is missing --- */

static void to_check(struct play *p)
{
    to_case(p, MY_CASE_ASKED);
    play_tap(p, INTENT_SUPPLEMENT, 0);
    CHECK_SCREEN(p, SUPPLEMENT);
    play_tap(p, INTENT_SUPPLEMENT, 0);
    CHECK_SCREEN(p, SUPPLEMENT_WRITE);
    type(p, WORDS);
    play_tap(p, INTENT_NEXT, 0);
    CHECK_SCREEN(p, SUPPLEMENT_CHECK);
}

TEST(supplement)
{
    struct play p;

    to_check(&p);
    p.silent = true;
    play_tap(&p, INTENT_SUBMIT, 0);
    CHECK(p.v->cases.sending);
    play_tap(&p, INTENT_BACK, 0); /* nothing counts until it is on disk */
    play_tap(&p, INTENT_SUBMIT, 0);
    CHECK_SCREEN(&p, SUPPLEMENT_CHECK);
    CHECK(!p.v->done.number[0]);
    p.silent = false;
    play_input(&p, (struct input){.kind = INPUT_RECORDED, .record = RECORD_SUPPLEMENT});
    CHECK_SCREEN(&p, CASE_PAPER);
    CHECK_INT(p.v->done.paper, DONE_SUPPLEMENT);
    CHECK_STR(p.v->done.number, NUMBER);
    CHECK_INT(p.v->done.characters, strlen(WORDS));
    CHECK_STR(p.supplied, WORDS);
    CHECK_STR(p.last[RECORD_SUPPLEMENT].header.case_number, NUMBER);
    CHECK(p.last[RECORD_SUPPLEMENT].identity != NULL);
    CHECK(!session_holds(p.s, WORDS));
    CHECK_INT(p.prints, 1);
    CHECK(strstr(p.paper, "补件凭证") && strstr(p.paper, "文字说明 1 份，6 字"));
    CHECK(!strstr(p.paper, WORDS));
    play_tap(&p, INTENT_NOTED, 0); /* it is being printed */
    CHECK_SCREEN(&p, CASE_PAPER);
    play_input(&p, (struct input){.kind = INPUT_SENT, .number = NUMBER});
    CHECK(p.v->done.sent);
    play_outcome(&p, PRINT_DONE, PRINTER_READY);
    CHECK_SCREEN(&p, CASE_PAPER);
    play_tap(&p, INTENT_TOOK_PAPER, 0);
    CHECK_SCREEN(&p, CASES);
    CHECK_INT(p.questions, 2); /* the hall may know of it by now */
    answer(&p);
    play_tap(&p, INTENT_CASE, 0);
    play_tap(&p, INTENT_SUPPLEMENT, 0); /* it was added already, whatever the hall says */
    CHECK_SCREEN(&p, CASE);
    play_tap(&p, INTENT_END, 0);
    CHECK_SCREEN(&p, IDLE);
    CHECK(logged(&p, "visit-start supplement print-start print-done visit-end"));
    play_end(&p);
}

TEST(supplement_of_nothing)
{
    struct play p;

    to_case(&p, MY_CASE_ASKED);
    play_tap(&p, INTENT_SUPPLEMENT, 0);
    play_tap(&p, INTENT_SUPPLEMENT, 0);
    play_tap(&p, INTENT_NEXT, 0);
    CHECK_SCREEN(&p, SUPPLEMENT_WRITE);
    CHECK(p.v->cases.words_missing);
    type(&p, "  ");
    CHECK(!p.v->cases.words_missing);
    play_tap(&p, INTENT_NEXT, 0);
    CHECK(p.v->cases.words_missing); /* blanks say nothing */
    play_end(&p);
}

/* Back and forth without loss; 结束 asks once. */
TEST(supplement_is_not_lost)
{
    struct play p;

    to_check(&p);
    play_tap(&p, INTENT_PREVIOUS, 0);
    CHECK_SCREEN(&p, SUPPLEMENT_WRITE);
    CHECK_STR(p.v->cases.words, WORDS);
    play_tap(&p, INTENT_WRITTEN, 0);
    CHECK_INT(p.v->keys.kind, KEYBOARD_NONE);
    play_tap(&p, INTENT_FOCUS, 0);
    CHECK_INT(p.v->keys.kind, KEYBOARD_CHINESE);
    play_tap(&p, INTENT_BACK, 0);
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, CASE);
    play_tap(&p, INTENT_SUPPLEMENT, 0);
    play_tap(&p, INTENT_SUPPLEMENT, 0);
    CHECK_STR(p.v->cases.words, WORDS);
    play_tap(&p, INTENT_END, 0);
    CHECK_SCREEN(&p, LEAVE);
    play_tap(&p, INTENT_END_NO, 0);
    CHECK_SCREEN(&p, SUPPLEMENT_WRITE);
    play_tap(&p, INTENT_END, 0);
    play_tap(&p, INTENT_END_YES, 0);
    CHECK_SCREEN(&p, IDLE);
    CHECK(!session_holds(p.s, WORDS) && !session_holds(p.s, MISSING));
    CHECK(!strstr(p.log, "supplement"));
    play_end(&p);
}

TEST(supplement_on_a_full_disk)
{
    struct play p;

    to_check(&p);
    p.disk_full = true;
    play_tap(&p, INTENT_SUBMIT, 0);
    CHECK_SCREEN(&p, TROUBLE_STORAGE);
    CHECK(!p.v->done.number[0] && !p.v->cases.sending && !p.v->cases.supplied[0]);
    p.disk_full = false;
    play_tap(&p, INTENT_RETRY, 0);
    CHECK_SCREEN(&p, CASE_PAPER);
    CHECK_STR(p.supplied, WORDS);
    play_end(&p);

    to_check(&p);
    p.disk_full = true;
    play_tap(&p, INTENT_SUBMIT, 0);
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, SUPPLEMENT_CHECK);
    CHECK_STR(p.v->cases.words, WORDS);
    play_end(&p);
}

/* Where nothing can be added there is no page that says so after ten touches. */
TEST(nothing_to_add)
{
    struct play p;

    to_case(&p, MY_CASE_EXAMINED);
    play_tap(&p, INTENT_SUPPLEMENT, 0);
    CHECK_SCREEN(&p, CASE);
    play_end(&p);

    to_list(&p);
    tell(MY_CASE_ASKED)->can_supplement = false;
    answer(&p);
    play_tap(&p, INTENT_CASE, 0);
    play_tap(&p, INTENT_SUPPLEMENT, 0);
    CHECK_SCREEN(&p, CASE);
    play_end(&p);

    to_case(&p, MY_CASE_ASKED);
    p.health.no_applications = true;
    play_health(&p);
    play_tap(&p, INTENT_SUPPLEMENT, 0);
    CHECK_SCREEN(&p, CASE);
    play_end(&p);
}

/* --- papers --- */

TEST(decision)
{
    struct play p;

    to_list(&p);
    struct my_case *c = tell(MY_CASE_DECIDED);
    c->decided = c->granted = true;
    c->decided_on = (struct date){2026, 1, 5};
    answer(&p);
    play_tap(&p, INTENT_CASE, 0);
    play_tap(&p, INTENT_CASE_PAPER, DONE_DECISION); /* the hall has sent no code */
    CHECK_SCREEN(&p, CASE);
    play_tap(&p, INTENT_CASE_PAPER, DONE_APPLICATION);
    play_tap(&p, INTENT_CASE_PAPER, DONE_SUPPLEMENT);
    play_tap(&p, INTENT_CASE_PAPER, 77);
    CHECK_INT(p.prints, 0);
    play_tap(&p, INTENT_CASE_PAPER, DONE_RECEIPT);
    CHECK_SCREEN(&p, CASE_PAPER);
    play_outcome(&p, PRINT_DONE, PRINTER_READY);
    play_tap(&p, INTENT_TOOK_PAPER, 0);
    CHECK_SCREEN(&p, CASE);
    CHECK(!p.v->done.number[0]);
    play_end(&p);
}

static void to_decision(struct play *p)
{
    to_list(p);
    struct my_case *c = tell(MY_CASE_DECIDED);
    c->decided = c->granted = true;
    c->decided_on = (struct date){2026, 1, 5};
    text_copy(c->paper_code, sizeof c->paper_code, "TBP1 decision " NUMBER);
    answer(p);
    play_tap(p, INTENT_CASE, 0);
    play_tap(p, INTENT_CASE_PAPER, DONE_DECISION);
}

/* Done, not printed, or unknown; and a second print says so. */
TEST(decision_again)
{
    struct play p;

    to_decision(&p);
    CHECK_SCREEN(&p, CASE_PAPER);
    CHECK_INT(p.v->done.paper, DONE_DECISION);
    CHECK_STR(p.last[RECORD_PRINT_START].header.number, NUMBER);
    CHECK_INT(p.last[RECORD_PRINT_START].header.copy, 1);
    CHECK(strstr(p.paper, "办理决定书") && strstr(p.paper, "TBP1 decision " NUMBER) && strstr(p.paper, "测*甲"));
    play_outcome(&p, PRINT_UNKNOWN, PRINTER_READY);
    CHECK_SCREEN(&p, TROUBLE_UNKNOWN);
    play_tap(&p, INTENT_PRINT, 0);
    CHECK_SCREEN(&p, CASE_PAPER);
    CHECK_INT(p.last[RECORD_PRINT_START].header.copy, 2);
    play_outcome(&p, PRINT_NOT, PRINTER_NO_PAPER);
    CHECK_SCREEN(&p, TROUBLE_PAPER);
    play_tap(&p, INTENT_NOTED, 0);
    CHECK_SCREEN(&p, CASE);
    play_tap(&p, INTENT_END, 0);
    CHECK_SCREEN(&p, IDLE);
    play_end(&p);
}

/* The printer holds it, and the resident will not wait: what comes of it is recorded, and no later paper passes for it. */
TEST(a_paper_nobody_waits_for)
{
    struct play p;

    to_decision(&p);
    play_progress(&p, 40, true);
    CHECK_SCREEN(&p, TROUBLE_PAPER);
    play_tap(&p, INTENT_NOTED, 0);
    CHECK_SCREEN(&p, CASE);
    CHECK(strstr(p.log, "(stop)"));
    play_tap(&p, INTENT_CASE_PAPER, DONE_RECEIPT);
    CHECK_SCREEN(&p, TROUBLE_PAPER); /* the printer is still busy with the other one */
    CHECK_INT(p.v->done.paper, DONE_RECEIPT);
    CHECK_INT(p.prints, 1);
    play_outcome(&p, PRINT_DONE, PRINTER_READY); /* of the decision */
    CHECK_SCREEN(&p, TROUBLE_PAPER);
    CHECK_INT(p.v->done.print, PRINT_NOT);
    CHECK(logged(&p, "print-start print-not print-done"));
    play_end(&p);
}

TEST_MAIN(T(supplement), T(supplement_of_nothing), T(supplement_is_not_lost), T(supplement_on_a_full_disk),
          T(nothing_to_add), T(decision), T(decision_again), T(a_paper_nobody_waits_for))
