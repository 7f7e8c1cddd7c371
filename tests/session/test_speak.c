/* SPDX-License-Identifier: Apache-2.0
 *
 * 投诉建议: said with a name and without, with no paper and no disk, and its answer read by the code alone.
 */
#include "session/play_cases.h"

#define NUMBER_SAID "110300300001"
#define PHONE "13800000123"

static char code[SPEAK_CODE_LEN + 1];

static void begin(struct play *p)
{
    play_begin(p);
    speak_code_make(&(struct speak_number){1103, 3, 1}, 4711, code);
    play_tap(p, INTENT_START, 0);
    play_tap(p, INTENT_SPEAK, 0);
    CHECK_SCREEN(p, SPEAK);
}

static void to_who(struct play *p)
{
    begin(p);
    play_tap(p, INTENT_SPEAK_KIND, SPEAK_COMPLAIN);
    CHECK_SCREEN(p, SPEAK_ABOUT);
    play_tap(p, INTENT_SPEAK_ABOUT, SPEAK_ABOUT_MACHINE);
    CHECK_SCREEN(p, SPEAK_WRITE);
    type(p, WORDS);
    play_tap(p, INTENT_NEXT, 0);
    CHECK_SCREEN(p, SPEAK_WHO);
}

static void to_check(struct play *p)
{
    to_who(p);
    play_tap(p, INTENT_SPEAK_WHO, SPEAK_WHO_NOBODY);
    CHECK_SCREEN(p, SPEAK_CHECK);
}

/* kiosk.c numbers it. */
static void durable(struct play *p)
{
    struct input in = {.kind = INPUT_RECORDED, .record = RECORD_FEEDBACK, .number = NUMBER_SAID, .promised = {2026, 1, 26}};

    text_copy(in.code, sizeof in.code, code);
    play_input(p, in);
}

static void submit(struct play *p)
{
    p->silent = true;
    play_tap(p, INTENT_SUBMIT, 0);
    p->silent = false;
}

TEST(without_a_name)
{
    struct play p;

    to_check(&p);
    submit(&p);
    CHECK(p.v->speak.sending);
    play_tap(&p, INTENT_BACK, 0); /* nothing counts until it is on disk */
    CHECK_SCREEN(&p, SPEAK_CHECK);
    CHECK(!p.v->speak.given[0] && !p.v->done.number[0]);
    CHECK_STR(p.last[RECORD_FEEDBACK].header.what, "complain");
    CHECK(p.last[RECORD_FEEDBACK].identity == NULL);
    CHECK_STR(p.spoken.words, WORDS);
    CHECK_INT(p.spoken.about, SPEAK_ABOUT_MACHINE);
    CHECK_STR(p.spoken.phone, "");
    durable(&p);
    CHECK_SCREEN(&p, SPEAK_CODE);
    CHECK_STR(p.v->speak.given, code);
    CHECK_STR(p.v->done.number, NUMBER_SAID);
    CHECK_STR(p.last[RECORD_PRINT_START].header.number, NUMBER_SAID); /* the code stands in no record */
    CHECK(strstr(p.paper, "没有留名") && !strstr(p.paper, WORDS));
    CHECK(!session_holds(p.s, WORDS)); /* it is said: the terminal needs it no more */
    play_outcome(&p, PRINT_DONE, PRINTER_READY);
    CHECK_SCREEN(&p, SPEAK_CODE);
    play_tap(&p, INTENT_TOOK_PAPER, 0);
    CHECK_SCREEN(&p, IDLE);
    CHECK(!session_holds(p.s, code));
    play_end(&p);
}

TEST(with_a_phone)
{
    struct play p;

    to_who(&p);
    play_tap(&p, INTENT_SPEAK_WHO, SPEAK_WHO_PHONE);
    CHECK_SCREEN(&p, SPEAK_DIGITS);
    type(&p, "1280000");
    play_tap(&p, INTENT_NEXT, 0);
    CHECK_SCREEN(&p, SPEAK_DIGITS);
    type(&p, "0000");
    CHECK(p.v->speak.wrong && !p.v->speak.whole);
    play_tap(&p, INTENT_CLEAR, 0);
    type(&p, PHONE);
    CHECK(p.v->speak.whole);
    play_tap(&p, INTENT_NEXT, 0);
    CHECK_SCREEN(&p, SPEAK_CHECK);
    submit(&p);
    CHECK_STR(p.spoken.phone, PHONE);
    durable(&p);
    CHECK(p.v->speak.phone);
    CHECK(!session_holds(p.s, PHONE));
    play_end(&p);
}

/* Whoever goes back and leaves nothing leaves nothing. */
TEST(a_phone_taken_back)
{
    struct play p;

    to_who(&p);
    play_tap(&p, INTENT_SPEAK_WHO, SPEAK_WHO_PHONE);
    type(&p, PHONE);
    play_tap(&p, INTENT_NEXT, 0);
    play_tap(&p, INTENT_PREVIOUS, 0);
    CHECK_SCREEN(&p, SPEAK_WHO);
    play_tap(&p, INTENT_SPEAK_WHO, SPEAK_WHO_NOBODY);
    submit(&p);
    CHECK_STR(p.spoken.phone, "");
    play_end(&p);
}

TEST(with_a_card)
{
    struct play p;

    to_who(&p);
    play_tap(&p, INTENT_SPEAK_WHO, SPEAK_WHO_CARD);
    CHECK_SCREEN(&p, CARD_WAITING);
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, SPEAK_WHO);
    play_tap(&p, INTENT_SPEAK_WHO, SPEAK_WHO_CARD);
    play_card(&p, &p.card);
    CHECK_SCREEN(&p, CARD_REMOVE);
    play_event(&p, INPUT_CARD_LIFTED);
    CHECK_SCREEN(&p, SPEAK_CHECK);
    CHECK(p.v->speak.named);
    play_tap(&p, INTENT_PREVIOUS, 0); /* and without it after all */
    CHECK(!p.v->speak.named);
    play_tap(&p, INTENT_SPEAK_WHO, SPEAK_WHO_CARD); /* the card was read */
    CHECK_SCREEN(&p, SPEAK_CHECK);
    submit(&p);
    CHECK(p.last[RECORD_FEEDBACK].identity != NULL);
    play_end(&p);
}

TEST(about_a_case)
{
    struct play p;

    begin(&p);
    play_tap(&p, INTENT_SPEAK_KIND, SPEAK_CONSULT);
    play_tap(&p, INTENT_SPEAK_ABOUT, SPEAK_ABOUT_CASE);
    CHECK_SCREEN(&p, SPEAK_DIGITS);
    type(&p, "1103003260105000017");
    CHECK(p.v->speak.wrong);
    play_tap(&p, INTENT_NEXT, 0);
    CHECK_SCREEN(&p, SPEAK_DIGITS);
    play_tap(&p, INTENT_CLEAR, 0);
    type(&p, NUMBER);
    play_tap(&p, INTENT_NEXT, 0);
    CHECK_SCREEN(&p, SPEAK_WRITE);
    play_tap(&p, INTENT_NEXT, 0); /* without a word */
    CHECK(p.v->speak.words_missing);
    CHECK_SCREEN(&p, SPEAK_WRITE);
    type(&p, "   ");
    play_tap(&p, INTENT_NEXT, 0);
    CHECK(p.v->speak.words_missing);
    type(&p, WORDS);
    CHECK(!p.v->speak.words_missing);
    play_tap(&p, INTENT_NEXT, 0);
    play_tap(&p, INTENT_SPEAK_WHO, SPEAK_WHO_NOBODY);
    submit(&p);
    CHECK_STR(p.spoken.case_number, NUMBER);
    CHECK_STR(p.last[RECORD_FEEDBACK].header.case_number, ""); /* whose case it is stands in no header */
    play_end(&p);
}

/* Whoever leaves with words unsaid is asked once. */
TEST(left_before_the_end)
{
    struct play p;

    to_check(&p);
    play_tap(&p, INTENT_END, 0);
    CHECK_SCREEN(&p, LEAVE);
    play_tap(&p, INTENT_END_YES, 0);
    CHECK_SCREEN(&p, IDLE);
    CHECK(!session_holds(p.s, WORDS));
    CHECK(strstr(p.log, "feedback") == NULL);
    play_end(&p);
}

TEST(no_paper)
{
    struct play p;

    begin(&p);
    p.health.printer[DEVICE_RECEIPT] = PRINTER_NO_PAPER;
    play_health(&p);
    play_tap(&p, INTENT_SPEAK_KIND, SPEAK_COMPLAIN);
    play_tap(&p, INTENT_SPEAK_ABOUT, SPEAK_ABOUT_NOTHING);
    type(&p, WORDS);
    play_tap(&p, INTENT_NEXT, 0);
    play_tap(&p, INTENT_SPEAK_WHO, SPEAK_WHO_NOBODY);
    submit(&p);
    durable(&p);
    CHECK_SCREEN(&p, SPEAK_CODE); /* the code stands there all the same */
    CHECK_INT(p.v->done.print, PRINT_NOT);
    CHECK_INT(p.prints, 0);
    play_tap(&p, INTENT_PRINT, 0);
    CHECK_INT(p.prints, 0);
    p.health.printer[DEVICE_RECEIPT] = PRINTER_READY;
    play_health(&p);
    play_tap(&p, INTENT_PRINT, 0);
    CHECK_INT(p.prints, 1);
    CHECK_INT(p.v->done.copy, 1); /* none came out before */
    play_outcome(&p, PRINT_UNKNOWN, PRINTER_READY);
    CHECK_SCREEN(&p, SPEAK_CODE);
    play_tap(&p, INTENT_PRINT, 0);
    CHECK_INT(p.v->done.copy, 2);
    play_tap(&p, INTENT_NOTED, 0);
    CHECK_SCREEN(&p, IDLE);
    play_end(&p);
}

TEST(no_disk)
{
    struct play p;

    to_check(&p);
    p.disk_full = true;
    play_tap(&p, INTENT_SUBMIT, 0);
    CHECK_SCREEN(&p, TROUBLE_STORAGE);
    CHECK(!p.v->speak.given[0]);
    p.disk_full = false;
    p.silent = true;
    play_tap(&p, INTENT_RETRY, 0);
    p.silent = false;
    durable(&p);
    CHECK_SCREEN(&p, SPEAK_CODE);
    CHECK_STR(p.spoken.words, WORDS);
    play_end(&p);
}

/* Without a key to seal it to nothing is taken, and the hot lines and answers are there. */
TEST(no_key)
{
    struct play p;

    begin(&p);
    p.health.no_applications = true;
    play_health(&p);
    play_tap(&p, INTENT_SPEAK_KIND, SPEAK_COMPLAIN);
    CHECK_SCREEN(&p, SPEAK);
    play_tap(&p, INTENT_SPEAK_CODE, 0);
    CHECK_SCREEN(&p, SPEAK_DIGITS);
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, SPEAK);
    play_end(&p);
}

/* --- the answer --- */

static void to_answer(struct play *p, bool hall)
{
    begin(p);
    p->health.hall = hall;
    play_health(p);
    play_tap(p, INTENT_SPEAK_CODE, 0);
    CHECK_SCREEN(p, SPEAK_DIGITS);
    type(p, code);
    CHECK(p->v->speak.whole);
    play_tap(p, INTENT_NEXT, 0);
    CHECK_SCREEN(p, SPEAK_ANSWER);
}

static void tell_spoken(struct play *p)
{
    static struct my_cases all;

    all = (struct my_cases){.spoken = true, .told = {.stage = MY_SPOKEN_ANSWERED, .answered_on = {2026, 1, 6}}};
    text_copy(all.told.words, sizeof all.told.words, "已修好");
    play_input(p, (struct input){.kind = INPUT_ASKED, .asked = {.serial = p->asked.serial, .cases = &all}});
}

TEST(the_answer)
{
    struct play p;

    to_answer(&p, true);
    CHECK_INT(p.v->speak.asking, ASKED_WAITING);
    CHECK_INT(p.asked.kind, QUESTION_SPOKEN);
    CHECK_STR(p.ask_number, code);
    tell_spoken(&p);
    CHECK_INT(p.v->speak.asking, ASKED_KNOWN);
    CHECK_STR(p.v->speak.told->words, "已修好");
    play_tap(&p, INTENT_END, 0);
    CHECK_SCREEN(&p, IDLE);
    CHECK(!session_holds(p.s, "已修好") && !session_holds(p.s, code));
    CHECK_STR(p.last[RECORD_VISIT_END].header.what, "done");
    play_end(&p);
}

TEST(no_answer)
{
    struct play p;

    to_answer(&p, false);
    CHECK_INT(p.v->speak.asking, ASKED_REFUSED);
    CHECK_INT(p.v->speak.why, ASK_HALL_AWAY);
    CHECK_INT(p.questions, 0);
    p.health.hall = true;
    play_health(&p);
    play_tap(&p, INTENT_RETRY, 0);
    CHECK_INT(p.questions, 1);
    play_timer(&p, TIMER_PAGE);
    CHECK(p.v->speak.silent);
    tell_spoken(&p); /* too late */
    CHECK(!p.v->speak.told);
    play_end(&p);
}

TEST(a_wrong_code)
{
    struct play p;

    to_answer(&p, true);
    refuse(&p, ASK_NO_SUCH_CASE);
    CHECK_INT(p.v->speak.why, ASK_NO_SUCH_CASE);
    play_tap(&p, INTENT_RETRY, 0);
    CHECK_SCREEN(&p, SPEAK_DIGITS);
    play_tap(&p, INTENT_BACKSPACE, 0);
    play_tap(&p, INTENT_NEXT, 0);
    CHECK_SCREEN(&p, SPEAK_DIGITS); /* not whole: nobody is asked */
    CHECK_INT(p.questions, 1);
    play_end(&p);
}

/* What was asked before of something else is no answer to this. */
TEST(the_answer_to_another_question)
{
    struct play p;

    to_answer(&p, true);
    tell(MY_CASE_NEW);
    answer(&p);
    CHECK_INT(p.v->speak.asking, ASKED_REFUSED);
    play_end(&p);
}

/* --- a case that is over --- */

TEST(a_case_is_rated_once)
{
    struct play p;

    to_case(&p, MY_CASE_DECIDED);
    play_tap(&p, INTENT_RATE_CASE, 0);
    CHECK_SCREEN(&p, CASE); /* not yet */
    play_end(&p);
    to_case(&p, MY_CASE_DELIVERED);
    play_tap(&p, INTENT_RATE_CASE, 0);
    CHECK_SCREEN(&p, CASE_RATING);
    play_tap(&p, INTENT_RATE, 6);
    CHECK(strstr(p.log, "rating") == NULL);
    play_tap(&p, INTENT_RATE, 4);
    CHECK(p.v->rating.thanks);
    CHECK_INT(p.last[RECORD_RATING].header.score, 4);
    CHECK_INT(p.last[RECORD_RATING].header.set, 2);
    CHECK_STR(p.last[RECORD_RATING].header.number, NUMBER);
    CHECK_STR(p.last[RECORD_RATING].header.item, "A");
    play_tap(&p, INTENT_RATE, 1); /* once */
    CHECK_INT(p.last[RECORD_RATING].header.score, 4);
    play_tap(&p, INTENT_RATE_NO, 0);
    CHECK_SCREEN(&p, CASE);
    play_tap(&p, INTENT_RATE_CASE, 0);
    CHECK_SCREEN(&p, CASE);
    play_end(&p);
}

TEST(a_rating_that_is_lost)
{
    struct play p;

    to_case(&p, MY_CASE_DELIVERED);
    play_tap(&p, INTENT_RATE_CASE, 0);
    p.disk_full = true;
    play_tap(&p, INTENT_RATE, 4);
    CHECK(p.v->rating.lost && !p.v->rating.thanks);
    play_end(&p);
}

TEST_MAIN(T(without_a_name), T(with_a_phone), T(a_phone_taken_back), T(with_a_card), T(about_a_case), T(left_before_the_end),
          T(no_paper), T(no_disk), T(no_key), T(the_answer), T(no_answer), T(a_wrong_code),
          T(the_answer_to_another_question), T(a_case_is_rated_once), T(a_rating_that_is_lost))
