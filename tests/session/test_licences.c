/* SPDX-License-Identifier: Apache-2.0
 *
 * Electronic licences before the form: asked for by card and item, chosen one by one, never by silence; a hall that does not
 * say keeps nobody from the form; what is used is asked for nowhere any more.
 */
#include "session/play.h"

static struct my_licences told; /* by the hall */

static void tell(enum my_licence_state permit, enum my_licence_state marriage)
{
    told = (struct my_licences){.at = 1, .n = 2};
    told.list[0] = (struct my_licence){.kind = "居住证", .state = permit, .issuer = "市公安局"};
    told.list[1] = (struct my_licence){.kind = "M-1", .state = marriage, .issuer = "民政局", .until = {2025, 12, 31}};
}

static void answer(struct play *p)
{
    play_input(p, (struct input){.kind = INPUT_ASKED, .asked = {.serial = p->asked.serial, .licences = &told}});
}

static void to_page(struct play *p)
{
    play_to_item(p);
    p->item = item_c();
    play_tap(p, INTENT_BACK, 0);
    play_tap(p, INTENT_ITEM, 0);
    CHECK_SCREEN(p, ITEM);
    play_tap(p, INTENT_APPLY, 0);
    play_card(p, &p->card);
    CHECK_SCREEN(p, CARD_REMOVE);
    play_event(p, INPUT_CARD_LIFTED);
    CHECK_SCREEN(p, LICENCES);
}

static void to_answer(struct play *p, enum my_licence_state permit, enum my_licence_state marriage)
{
    to_page(p);
    tell(permit, marriage);
    answer(p);
    CHECK_INT(p->v->licences.asking, ASKED_KNOWN);
}

static void hand_in(struct play *p)
{
    CHECK_SCREEN(p, FORM);
    play_fill(p);
    CHECK_SCREEN(p, REVIEW);
    play_tap(p, INTENT_CONSENT, 0);
    play_tap(p, INTENT_SUBMIT, 0);
    CHECK_SCREEN(p, SUCCESS);
}

TEST(asked_by_card_and_item)
{
    struct play p;

    to_page(&p);
    CHECK_INT(p.asked.kind, QUESTION_LICENCES);
    CHECK_STR(p.ask_number, PLAY_ID);
    CHECK_STR(p.ask_item, "C");
    CHECK_INT(p.v->licences.asking, ASKED_WAITING);
    play_tap(&p, INTENT_NEXT, 0); /* nothing is known yet */
    CHECK_SCREEN(&p, LICENCES);
    play_end(&p);
}

TEST(an_item_without_any_has_no_page)
{
    struct play p;

    play_to_form(&p);
    CHECK_SCREEN(&p, FORM);
    CHECK_INT(p.questions, 0);
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, ITEM);
    play_end(&p);
}

TEST(nothing_is_chosen_by_silence)
{
    struct play p;

    to_answer(&p, MY_LICENCE_HELD, MY_LICENCE_HELD);
    CHECK_INT(p.v->values->licences.use | p.v->values->licences.bring, 0);
    play_tap(&p, INTENT_NEXT, 0);
    CHECK_SCREEN(&p, LICENCES);
    CHECK(p.v->licences.missing);
    play_tap2(&p, INTENT_LICENCE, C_PERMIT, 1);
    CHECK(p.v->licences.missing); /* one is still open */
    play_tap(&p, INTENT_NEXT, 0);
    CHECK_SCREEN(&p, LICENCES);
    play_tap2(&p, INTENT_LICENCE, C_MARRIAGE, 0);
    CHECK(!p.v->licences.missing);
    CHECK_INT(p.v->values->licences.use, 1 << C_PERMIT);
    CHECK_INT(p.v->values->licences.bring, 1 << C_MARRIAGE);
    play_tap(&p, INTENT_NEXT, 0);
    CHECK_SCREEN(&p, FORM);
    play_end(&p);
}

TEST(what_is_used_is_asked_for_nowhere)
{
    struct play p;
    const struct form_values *v;

    to_answer(&p, MY_LICENCE_HELD, MY_LICENCE_HELD);
    play_tap2(&p, INTENT_LICENCE, C_PERMIT, 0);
    play_tap2(&p, INTENT_LICENCE, C_PERMIT, 1); /* thought better of it */
    play_tap2(&p, INTENT_LICENCE, C_MARRIAGE, 0);
    play_tap(&p, INTENT_NEXT, 0);
    v = p.v->values;
    CHECK_INT(v->licences.use, 1 << C_PERMIT);
    CHECK_INT(v->licences.at, p.now);
    hand_in(&p);
    CHECK_INT(p.v->done.demand.materials[C_PERMIT], DEMANDED_HELD);
    CHECK_INT(p.v->done.demand.materials[C_MARRIAGE], DEMANDED_YES);
    const char *permit = strstr(p.paper, "居住证\t"), *marriage = strstr(p.paper, "婚姻证明\t");
    CHECK(permit && !strncmp(permit, "居住证\t已用电子证照", strlen("居住证\t已用电子证照")));
    CHECK(marriage && permit < marriage && !strstr(marriage, "电子证照"));
    CHECK_INT(v->licences.use, 0); /* with all that was typed */
    play_outcome(&p, PRINT_DONE, PRINTER_READY);
    play_tap(&p, INTENT_TOOK_PAPER, 0);
    play_tap(&p, INTENT_RATE_NO, 0);
    CHECK_STR(p.last[RECORD_VISIT_END].header.what, "done");
    CHECK(!p.v->licences.known && !session_holds(p.s, "市公安局"));
    play_end(&p);
}

TEST(only_what_is_held_can_be_used)
{
    struct play p;

    to_answer(&p, MY_LICENCE_NONE, MY_LICENCE_EXPIRED);
    for (int i = -1; i < 9; i++)
        play_tap2(&p, INTENT_LICENCE, i, 1);
    CHECK_INT(p.v->values->licences.use, 0);
    CHECK(!p.s->fields.typed); /* nothing is lost by leaving */
    play_tap(&p, INTENT_NEXT, 0);
    hand_in(&p);
    CHECK_INT(p.v->done.demand.materials[C_PERMIT], DEMANDED_YES);
    CHECK(!strstr(p.paper, "电子证照"));
    play_end(&p);
}

TEST(all_are_brought)
{
    struct play p;

    to_answer(&p, MY_LICENCE_HELD, MY_LICENCE_HELD);
    play_tap2(&p, INTENT_LICENCE, C_PERMIT, 1);
    play_tap(&p, INTENT_LICENCES_BRING, 0);
    CHECK_SCREEN(&p, FORM);
    CHECK_INT(p.v->values->licences.use, 0);
    CHECK_INT(p.v->values->licences.bring, 1 << C_PERMIT | 1 << C_MARRIAGE);
    play_end(&p);
}

TEST(a_hall_that_does_not_say_keeps_nobody)
{
    struct play p;

    to_page(&p);
    CHECK_INT(p.timers[TIMER_PAGE], ASK_LIMIT);
    play_timer(&p, TIMER_PAGE);
    CHECK_INT(p.v->licences.asking, ASKED_REFUSED);
    CHECK_INT(p.v->licences.why, ASK_HALL_AWAY);
    CHECK(p.v->licences.silent);
    tell(MY_LICENCE_HELD, MY_LICENCE_HELD);
    answer(&p); /* too late */
    CHECK(!p.v->licences.known);
    play_tap(&p, INTENT_RETRY, 0);
    CHECK_INT(p.v->licences.asking, ASKED_WAITING);
    play_input(&p, (struct input){.kind = INPUT_ASKED, .asked = {.serial = p.asked.serial, .why = ASK_HALL_BUSY}});
    CHECK_INT(p.v->licences.why, ASK_HALL_BUSY);
    CHECK(!p.v->licences.silent);
    play_tap(&p, INTENT_NEXT, 0);
    hand_in(&p);
    CHECK_INT(p.v->done.demand.materials[C_PERMIT], DEMANDED_YES);
    play_end(&p);
}

TEST(who_does_not_wait)
{
    struct play p;

    to_page(&p);
    play_tap(&p, INTENT_LICENCES_BRING, 0);
    CHECK_SCREEN(&p, FORM);
    tell(MY_LICENCE_HELD, MY_LICENCE_HELD);
    answer(&p);
    CHECK_SCREEN(&p, FORM);
    CHECK(!p.v->licences.known);
    play_tap(&p, INTENT_BACK, 0); /* who comes back asks again */
    CHECK_SCREEN(&p, LICENCES);
    CHECK_INT(p.questions, 2);
    answer(&p);
    CHECK_INT(p.v->licences.asking, ASKED_KNOWN);
    play_end(&p);
}

TEST(back_and_forth)
{
    struct play p;

    to_answer(&p, MY_LICENCE_HELD, MY_LICENCE_NONE);
    play_tap2(&p, INTENT_LICENCE, C_PERMIT, 1);
    play_tap(&p, INTENT_NEXT, 0);
    play_fill(&p);
    play_tap(&p, INTENT_CONSENT, 0);
    CHECK(p.v->form.consent);
    for (int i = 0; i < 3; i++)
        play_tap(&p, INTENT_PREVIOUS, 0);
    play_tap(&p, INTENT_PREVIOUS, 0);
    CHECK_SCREEN(&p, LICENCES);
    CHECK_INT(p.questions, 1); /* it is known */
    CHECK_INT(p.v->values->licences.use, 1 << C_PERMIT);
    play_tap2(&p, INTENT_LICENCE, C_PERMIT, 0);
    CHECK(!p.v->form.consent); /* it was given to something else */
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, ITEM);
    play_tap(&p, INTENT_APPLY, 0); /* the card was read already */
    CHECK_SCREEN(&p, LICENCES);
    CHECK_INT(p.v->values->licences.bring, 1 << C_PERMIT);
    play_end(&p);
}

TEST(time_runs_out)
{
    struct play p;

    to_answer(&p, MY_LICENCE_HELD, MY_LICENCE_HELD);
    play_tap2(&p, INTENT_LICENCE, C_PERMIT, 1);
    play_timer(&p, TIMER_REST);
    CHECK_SCREEN(&p, TIMEOUT);
    play_tap(&p, INTENT_MORE_TIME, 0);
    CHECK_SCREEN(&p, LICENCES);
    play_timer(&p, TIMER_REST);
    play_timer(&p, TIMER_REST);
    CHECK_STR(p.last[RECORD_VISIT_END].header.what, "timeout");
    CHECK(!session_holds(p.s, "市公安局") && !session_holds(p.s, PLAY_ID));
    CHECK_INT(p.s->fields.values->licences.use, 0);
    play_end(&p);
}

TEST_MAIN(T(asked_by_card_and_item), T(an_item_without_any_has_no_page), T(nothing_is_chosen_by_silence),
          T(what_is_used_is_asked_for_nowhere), T(only_what_is_held_can_be_used), T(all_are_brought),
          T(a_hall_that_does_not_say_keeps_nobody), T(who_does_not_wait), T(back_and_forth), T(time_runs_out))
