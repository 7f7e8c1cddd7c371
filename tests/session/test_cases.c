/* SPDX-License-Identifier: Apache-2.0
 *
 * 我的办件: by card and by number, what the hall says or does not say; and that nothing of it outlives the visit.
 */
#include "session/play_cases.h"

/* --- the list --- */

TEST(by_card)
{
    struct play p;

    to_list(&p);
    CHECK_INT(p.v->cases.asking, ASKED_WAITING);
    CHECK_INT(p.asked.kind, QUESTION_CASES);
    CHECK_STR(p.ask_number, PLAY_ID);
    CHECK_STR(p.ask_phone, "");
    CHECK_INT(p.timers[TIMER_PAGE], ASK_LIMIT);
    tell(MY_CASE_ASKED);
    answer(&p);
    CHECK_INT(p.v->cases.asking, ASKED_KNOWN);
    CHECK_INT(p.timers[TIMER_PAGE], 0);
    CHECK_STR(p.v->cases.known->list[0].missing, MISSING);
    play_tap(&p, INTENT_CASE, 1); /* there is none */
    CHECK_SCREEN(&p, CASES);
    play_tap(&p, INTENT_CASE, 0);
    CHECK_SCREEN(&p, CASE);
    CHECK_STR(p.v->cases.one->number, NUMBER);
    CHECK(p.v->cases.item == item_a());
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, CASES);
    CHECK_INT(p.questions, 1); /* what is known is not asked again */
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, HOME);
    play_tap(&p, INTENT_END, 0);
    CHECK_STR(p.last[RECORD_VISIT_END].header.what, "done");
    CHECK(!session_holds(p.s, MISSING) && !session_holds(p.s, PLAY_ID));
    CHECK_SCREEN(&p, IDLE);
    play_end(&p);
}

/* Who has applied for a new card has an expired one only; a number that cannot be is nobody's. */
TEST(which_card)
{
    struct play p;

    home(&p, true);
    p.card.valid_to.year = 2020;
    play_card(&p, &p.card);
    CHECK_SCREEN(&p, CARD_REMOVE);
    play_end(&p);

    home(&p, true);
    p.card = card_of("110105194912310021");
    play_card(&p, &p.card);
    CHECK_SCREEN(&p, TROUBLE_CARD);
    CHECK_INT(p.v->card.trouble, CARD_BAD_NUMBER);
    CHECK(!p.v->identity);
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, HOME);
    play_end(&p);
}

/* Laid down before anything was touched: it is judged as any other, and taken away first. */
TEST(a_card_laid_down_on_idle)
{
    struct play p;

    play_begin(&p);
    p.health.hall = true;
    play_health(&p);
    play_card(&p, &p.card);
    CHECK_SCREEN(&p, HOME);
    play_tap(&p, INTENT_CASES, 0);
    CHECK_SCREEN(&p, CARD_REMOVE);
    play_event(&p, INPUT_CARD_LIFTED);
    CHECK_SCREEN(&p, CASES);
    CHECK_STR(p.ask_number, PLAY_ID);
    play_end(&p);

    play_begin(&p);
    p.health.hall = true;
    play_health(&p);
    p.card = card_of("110105194912310021");
    play_card(&p, &p.card);
    play_tap(&p, INTENT_CASES, 0);
    CHECK_SCREEN(&p, TROUBLE_CARD);
    CHECK_INT(p.questions, 0);
    play_end(&p);
}

/* The same card serves the next errand, and the other way round. */
TEST(one_card_for_both_errands)
{
    struct play p;

    to_list(&p);
    play_tap(&p, INTENT_BACK, 0);
    play_tap(&p, INTENT_BROWSE, 0);
    play_tap(&p, INTENT_THEME, 0);
    play_tap(&p, INTENT_ITEM, 0);
    play_tap(&p, INTENT_APPLY, 0);
    CHECK_SCREEN(&p, FORM);
    play_type(&p, A_MOBILE, "138");
    play_tap(&p, INTENT_BACK, 0);
    play_tap(&p, INTENT_BACK, 0);
    play_tap(&p, INTENT_BACK, 0);
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, HOME);
    play_tap(&p, INTENT_CASES, 0);
    CHECK_SCREEN(&p, CASES);
    CHECK_INT(p.questions, 2);
    play_end(&p);
}

/* --- a hall that does not say --- */

TEST(nobody_waits_for_ever)
{
    struct play p;
    uint32_t first;

    to_list(&p);
    first = p.asked.serial;
    play_timer(&p, TIMER_PAGE);
    CHECK_INT(p.v->cases.asking, ASKED_REFUSED);
    CHECK(p.v->cases.silent);
    tell(MY_CASE_ASKED);
    answer(&p); /* too late: the page says that there was none */
    CHECK_INT(p.v->cases.asking, ASKED_REFUSED);
    CHECK(!session_holds(p.s, MISSING));
    play_tap(&p, INTENT_RETRY, 0);
    CHECK_INT(p.v->cases.asking, ASKED_WAITING);
    CHECK(!p.v->cases.silent);
    play_input(&p, (struct input){.kind = INPUT_ASKED, .asked = {.serial = first, .cases = &told}});
    CHECK_INT(p.v->cases.asking, ASKED_WAITING); /* of the question before */
    answer(&p);
    CHECK_INT(p.v->cases.asking, ASKED_KNOWN);
    play_end(&p);
}

TEST(hall_away)
{
    struct play p;

    to_list(&p);
    refuse(&p, ASK_HALL_AWAY);
    CHECK_INT(p.v->cases.asking, ASKED_REFUSED);
    CHECK_INT(p.v->cases.why, ASK_HALL_AWAY);
    CHECK(!p.v->cases.silent);
    play_tap(&p, INTENT_CASE, 0);
    play_tap(&p, INTENT_CASE_BY_NUMBER, 0);
    CHECK_SCREEN(&p, CASE_NUMBER);
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, HOME);
    play_end(&p);
}

TEST(nothing_under_this_card)
{
    struct play p;

    to_list(&p);
    told = (struct my_cases){.at = 1};
    answer(&p);
    CHECK_INT(p.v->cases.asking, ASKED_KNOWN);
    CHECK_INT(p.v->cases.known->n, 0);
    play_tap(&p, INTENT_CASE, 0);
    CHECK_SCREEN(&p, CASES);
    play_end(&p);
}

/* --- by number --- */

TEST(by_number_and_phone)
{
    struct play p;

    home(&p, true);
    play_tap(&p, INTENT_CASE_BY_NUMBER, 0);
    CHECK_SCREEN(&p, CASE_NUMBER);
    CHECK(!p.poll);
    type(&p, "110300326010500001");
    play_tap(&p, INTENT_NEXT, 0); /* one is missing */
    CHECK(!p.v->cases.at_phone && !p.v->cases.wrong);
    type(&p, "7");
    CHECK(p.v->cases.wrong);
    play_tap(&p, INTENT_NEXT, 0);
    CHECK(!p.v->cases.at_phone);
    play_tap(&p, INTENT_BACKSPACE, 0);
    CHECK(!p.v->cases.wrong);
    type(&p, "4x9"); /* no more than 19, and digits alone */
    CHECK_STR(p.v->cases.number, NUMBER);
    play_tap(&p, INTENT_NEXT, 0);
    CHECK(p.v->cases.at_phone);
    type(&p, "012");
    play_tap(&p, INTENT_NEXT, 0);
    CHECK_SCREEN(&p, CASE_NUMBER);
    type(&p, "3");
    play_tap(&p, INTENT_NEXT, 0);
    CHECK_SCREEN(&p, CASE);
    CHECK_INT(p.asked.kind, QUESTION_CASE);
    CHECK_STR(p.ask_number, NUMBER);
    CHECK_STR(p.ask_phone, "0123");
    tell(MY_CASE_EXAMINED);
    answer(&p);
    CHECK_STR(p.v->cases.one->number, NUMBER);
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, CASE_NUMBER);
    play_tap(&p, INTENT_NEXT, 0);
    play_tap(&p, INTENT_NEXT, 0);
    CHECK_INT(p.questions, 2); /* it may be another number: asked anew */
    CHECK(!p.v->cases.one);
    play_tap(&p, INTENT_END, 0);
    CHECK(!session_holds(p.s, NUMBER));
    play_end(&p);
}

static void to_number(struct play *p)
{
    home(p, true);
    play_tap(p, INTENT_CASE_BY_NUMBER, 0);
    type(p, NUMBER);
    play_tap(p, INTENT_NEXT, 0);
    type(p, "0123");
    play_tap(p, INTENT_NEXT, 0);
    CHECK_SCREEN(p, CASE);
}

/* Each word leads on: to the digits that may be wrong, to another number, to the same once more. */
TEST(refused_by_number)
{
    struct play p;

    to_number(&p);
    refuse(&p, ASK_PHONE_DIFFERS);
    CHECK_INT(p.v->cases.asking, ASKED_REFUSED);
    play_tap(&p, INTENT_SUPPLEMENT, 0);
    play_tap(&p, INTENT_CASE_PAPER, DONE_RECEIPT);
    CHECK_SCREEN(&p, CASE);
    play_tap(&p, INTENT_RETRY, 0);
    CHECK_SCREEN(&p, CASE_NUMBER);
    CHECK(p.v->cases.at_phone);
    play_tap(&p, INTENT_NEXT, 0);
    refuse(&p, ASK_NO_SUCH_CASE);
    play_tap(&p, INTENT_RETRY, 0);
    CHECK_SCREEN(&p, CASE_NUMBER);
    CHECK(!p.v->cases.at_phone);
    play_tap(&p, INTENT_NEXT, 0);
    play_tap(&p, INTENT_NEXT, 0);
    told = (struct my_cases){.at = 1}; /* of one case an answer tells one */
    answer(&p);
    CHECK_INT(p.v->cases.why, ASK_NO_SUCH_CASE);
    play_end(&p);

    to_number(&p);
    refuse(&p, ASK_HALL_BUSY);
    play_tap(&p, INTENT_RETRY, 0);
    CHECK_INT(p.v->cases.asking, ASKED_WAITING);
    CHECK_INT(p.questions, 2);
    play_end(&p);
}

/* Without the hall no telephone is asked for, and what the journal knows is said. */
TEST(by_number_without_the_hall)
{
    struct play p;

    home(&p, false);
    CHECK_SCREEN(&p, CASE_NUMBER);
    p.here = (struct case_here){.here = true, .at_ms = p.now};
    type(&p, NUMBER);
    play_tap(&p, INTENT_NEXT, 0);
    CHECK_SCREEN(&p, CASE);
    CHECK_INT(p.questions, 0);
    CHECK_INT(p.v->cases.asking, ASKED_REFUSED);
    CHECK_INT(p.v->cases.why, ASK_HALL_AWAY);
    CHECK(p.v->cases.here.here && !p.v->cases.here.sent);
    p.health.hall = true; /* it is back */
    play_health(&p);
    play_tap(&p, INTENT_RETRY, 0);
    CHECK_SCREEN(&p, CASE_NUMBER);
    CHECK(p.v->cases.at_phone);
    play_end(&p);
}

TEST(by_number_without_a_reader)
{
    struct play p;

    play_begin(&p);
    p.health.hall = true;
    p.health.reader = READER_ABSENT;
    play_health(&p);
    play_tap(&p, INTENT_START, 0);
    play_tap(&p, INTENT_CASES, 0);
    CHECK_SCREEN(&p, CASE_NUMBER);
    play_end(&p);
}

/* A number and four digits show a case, and do not speak for its owner. */
TEST(by_number_nothing_is_added)
{
    struct play p;

    to_number(&p);
    tell(MY_CASE_ASKED);
    answer(&p);
    play_tap(&p, INTENT_SUPPLEMENT, 0);
    CHECK_SCREEN(&p, CARD_WAITING);
    play_card(&p, &p.card);
    play_event(&p, INPUT_CARD_LIFTED);
    CHECK_SCREEN(&p, CASES);
    CHECK_INT(p.asked.kind, QUESTION_CASES);
    CHECK(!p.v->cases.by_number);
    play_end(&p);
}

TEST(time_out_wipes)
{
    struct play p;

    to_case(&p, MY_CASE_ASKED);
    play_timer(&p, TIMER_REST);
    CHECK_SCREEN(&p, TIMEOUT);
    play_timer(&p, TIMER_REST);
    CHECK_SCREEN(&p, IDLE);
    CHECK(!session_holds(p.s, MISSING) && !session_holds(p.s, PLAY_ID));
    play_end(&p);
}

TEST_MAIN(T(by_card), T(which_card), T(a_card_laid_down_on_idle), T(one_card_for_both_errands), T(nobody_waits_for_ever),
          T(hall_away), T(nothing_under_this_card), T(by_number_and_phone), T(refused_by_number),
          T(by_number_without_the_hall), T(by_number_without_a_reader), T(by_number_nothing_is_added), T(time_out_wipes))
