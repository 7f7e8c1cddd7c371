/* SPDX-License-Identifier: Apache-2.0
 *
 * Whole visits: from idle to idle, and each way to leave in between.
 */
#include "session/play.h"

TEST(happy)
{
    struct play p;
    char groups[24];
    play_begin(&p);
    CHECK_SCREEN(&p, IDLE);
    CHECK(session_idle(p.s));
    play_tap(&p, INTENT_START, 0);
    CHECK_SCREEN(&p, HOME);
    CHECK(p.v->visit && !session_idle(p.s));
    CHECK_INT(p.v->home.n_hot, 1);
    play_tap(&p, INTENT_BROWSE, 0);
    CHECK_SCREEN(&p, BROWSE);
    CHECK_INT(p.v->browse.theme, -1);
    play_tap(&p, INTENT_THEME, 1);
    CHECK_INT(p.v->browse.theme, 1);
    play_tap(&p, INTENT_PAGE, 2);
    CHECK_INT(p.browsed_page, 2);
    play_tap(&p, INTENT_ITEM, 0);
    CHECK_SCREEN(&p, ITEM);
    play_tap(&p, INTENT_APPLY, 0);
    CHECK_SCREEN(&p, CARD_WAITING);
    CHECK(p.poll);
    play_event(&p, INPUT_CARD_SEEN);
    CHECK_SCREEN(&p, CARD_READING);
    play_input(&p, (struct input){.kind = INPUT_CARD_READ, .identity = &p.card});
    CHECK_SCREEN(&p, CARD_REMOVE);
    CHECK_STR(p.v->identity->name, PLAY_NAME);
    play_event(&p, INPUT_CARD_LIFTED);
    CHECK_SCREEN(&p, FORM);
    play_fill(&p);
    CHECK_SCREEN(&p, REVIEW);
    play_tap(&p, INTENT_CONSENT, 0);
    play_tap(&p, INTENT_SUBMIT, 0);
    CHECK_SCREEN(&p, SUCCESS);
    CHECK_STR(p.v->done.number, CASE_ONE);
    case_number_group(CASE_ONE, groups);
    CHECK(strstr(p.v->done.qr, groups) != NULL);
    CHECK_INT(p.v->done.promised.day, 2);
    CHECK_INT(p.v->done.print, PRINT_RUNNING);
    CHECK_INT(p.prints, 1);
    play_progress(&p, 40, false);
    CHECK_INT(p.v->done.progress, 40);
    play_outcome(&p, PRINT_DONE, PRINTER_READY);
    CHECK_INT(p.v->done.print, PRINT_DONE);
    CHECK(logged(&p, "visit-start application print-start print-done"));
    play_input(&p, (struct input){.kind = INPUT_SENT, .number = CASE_ONE});
    CHECK(p.v->done.sent);
    play_tap(&p, INTENT_TOOK_PAPER, 0);
    CHECK_SCREEN(&p, RATING);
    play_tap(&p, INTENT_RATE_NO, 0);
    CHECK_SCREEN(&p, IDLE);
    CHECK_STR(p.last[RECORD_VISIT_END].header.what, "done");
    CHECK_INT(p.wipes, 1);
    CHECK(session_idle(p.s));
    play_end(&p);
}

TEST(written_before_shown)
{
    struct play p;
    play_to_review(&p);
    p.silent = true;
    play_tap(&p, INTENT_SUBMIT, 0);
    CHECK_SCREEN(&p, REVIEW);
    CHECK(p.v->form.submitting);
    CHECK_STR(p.v->done.number, "");
    CHECK_INT(p.prints, 0);
    CHECK_INT(p.timers[TIMER_REST], 0); /* nothing cuts in between */
    play_tap(&p, INTENT_SUBMIT, 0);     /* a second touch hands nothing in twice */
    play_tap(&p, INTENT_BACK, 0);
    play_tap(&p, INTENT_END, 0);
    CHECK_SCREEN(&p, REVIEW);
    CHECK(!strstr(strstr(p.log, "application") + 1, "application"));
    play_input(&p, (struct input){.kind = INPUT_RECORDED, .record = RECORD_APPLICATION, .number = CASE_ONE});
    CHECK_SCREEN(&p, SUCCESS);
    play_end(&p);
}

TEST(wiped_at_the_end)
{
    static const enum intent_kind ways[] = {INTENT_END_YES, INTENT_NONE};
    for (size_t i = 0; i < 2; i++) {
        struct play p;
        play_to_review(&p);
        CHECK(session_holds(p.s, "13800000123") && session_holds(p.s, PLAY_NAME) && session_holds(p.s, PLAY_ID));
        if (ways[i] == INTENT_END_YES) {
            play_tap(&p, INTENT_END, 0);
            CHECK_SCREEN(&p, LEAVE);
            play_tap(&p, INTENT_END_YES, 0);
            CHECK_STR(p.last[RECORD_VISIT_END].header.what, "left");
        } else {
            play_timer(&p, TIMER_REST);
            CHECK_SCREEN(&p, TIMEOUT);
            play_timer(&p, TIMER_REST);
            CHECK_STR(p.last[RECORD_VISIT_END].header.what, "timeout");
        }
        CHECK_SCREEN(&p, IDLE);
        CHECK(!p.v->values && !p.v->identity && !p.v->item.item && !p.v->visit);
        CHECK(!session_holds(p.s, "13800000123") && !session_holds(p.s, PLAY_NAME) && !session_holds(p.s, PLAY_ID));
        CHECK_INT(p.visits, 1);
        CHECK_INT(p.ends, 1);
        CHECK_INT(p.wipes, 1);
        play_end(&p);
    }
}

TEST(typed_text_goes_when_handed_in)
{
    struct play p;
    play_to_number(&p);
    CHECK(!session_holds(p.s, "13800000123"));
    CHECK(p.v->values == NULL);
    CHECK(p.v->identity != NULL); /* for a second print */
    play_tap(&p, INTENT_END, 0);  /* nothing left to lose: not asked */
    CHECK_SCREEN(&p, IDLE);
    CHECK_STR(p.last[RECORD_VISIT_END].header.what, "done");
    CHECK(!session_holds(p.s, PLAY_NAME));
    play_outcome(&p, PRINT_DONE, PRINTER_READY); /* the paper that was still printing */
    CHECK(logged(&p, "visit-end print-done"));
    play_end(&p);
}

TEST(leaving_asks_once)
{
    struct play p;
    play_to_form(&p);
    play_tap(&p, INTENT_END, 0); /* a card, but nothing typed */
    CHECK_SCREEN(&p, IDLE);
    play_end(&p);
    play_to_form(&p);
    play_tap2(&p, INTENT_CHOOSE, A_URGENT, 0);
    play_tap(&p, INTENT_END, 0);
    CHECK_SCREEN(&p, LEAVE);
    play_tap(&p, INTENT_END_NO, 0);
    CHECK_SCREEN(&p, FORM);
    CHECK_STR(p.v->values->text[A_URGENT], "yes");
    play_tap(&p, INTENT_END, 0);
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, FORM);
    play_tap(&p, INTENT_END, 0);
    play_tap(&p, INTENT_END_YES, 0);
    CHECK_SCREEN(&p, IDLE);
    play_end(&p);
}

TEST(back_loses_nothing)
{
    struct play p;
    play_to_review(&p);
    static const enum screen way[] = {SCREEN_FORM,   SCREEN_FORM,   SCREEN_FORM, SCREEN_ITEM,
                                      SCREEN_BROWSE, SCREEN_BROWSE, SCREEN_HOME};
    for (size_t i = 0; i < sizeof way / sizeof *way; i++) {
        play_tap(&p, INTENT_BACK, 0);
        CHECK_STR(screen_name(p.v->screen), screen_name(way[i]));
    }
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, HOME);
    play_tap(&p, INTENT_ITEM, 0);
    play_tap(&p, INTENT_APPLY, 0);
    CHECK_SCREEN(&p, FORM); /* the card was read once */
    CHECK_STR(p.v->values->text[A_MOBILE], "13800000123");
    play_tap(&p, INTENT_NEXT, 0);
    play_tap(&p, INTENT_NEXT, 0);
    CHECK_STR(p.v->values->text[A_AMOUNT], "20.5");
    play_tap(&p, INTENT_NEXT, 0);
    CHECK_SCREEN(&p, REVIEW);
    play_end(&p);
}

TEST(another_errand_is_a_new_visit)
{
    struct play p;
    play_to_number(&p);
    play_outcome(&p, PRINT_DONE, PRINTER_READY);
    play_tap(&p, INTENT_ANOTHER, 0);
    CHECK_SCREEN(&p, HOME);
    CHECK(logged(&p, "visit-start visit-end visit-start"));
    CHECK_STR(p.last[RECORD_VISIT_END].header.what, "done");
    CHECK(!p.v->identity && p.v->visit && !p.v->done.number[0]);
    CHECK_INT(p.timers[TIMER_REST], REST_HOME);
    play_end(&p);
}

TEST(another_item_with_the_same_card)
{
    struct play p;
    play_to_form(&p);
    play_tap2(&p, INTENT_CHOOSE, A_URGENT, 0);
    play_tap(&p, INTENT_BACK, 0);
    play_tap(&p, INTENT_BACK, 0);
    p.item = item_b();
    play_tap(&p, INTENT_ITEM, 1);
    CHECK(p.v->values == NULL); /* what was typed belongs to the other item */
    play_tap(&p, INTENT_APPLY, 0);
    CHECK_SCREEN(&p, FORM);
    CHECK_STR(p.v->values->text[A_URGENT], "");
    CHECK_STR(p.v->values->text[A_NAME], PLAY_NAME);
    play_end(&p);
}

TEST(item_gone)
{
    struct play p;
    play_to_item(&p);
    play_tap(&p, INTENT_BACK, 0);
    p.item = NULL;
    play_tap(&p, INTENT_ITEM, 0);
    CHECK_SCREEN(&p, BROWSE);
    CHECK_INT(p.browsed_page, 0);
    play_tap(&p, INTENT_BACK, 0);
    play_tap(&p, INTENT_BACK, 0);
    play_tap(&p, INTENT_ITEM, 0);
    CHECK_SCREEN(&p, HOME);
    play_end(&p);
}

TEST(item_pages_and_window_items)
{
    struct play p;
    struct item window = *item_a();
    window.is_service_terminals = false;
    play_to_item(&p);
    CHECK_INT(p.v->item.pages, 2);
    play_tap(&p, INTENT_PAGE, 1);
    CHECK_INT(p.v->item.page, 1);
    play_tap(&p, INTENT_PAGE, 2);
    CHECK_INT(p.v->item.page, 1);
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, ITEM);
    CHECK_INT(p.v->item.page, 0);
    play_tap(&p, INTENT_BACK, 0);
    p.item = &window;
    play_tap(&p, INTENT_ITEM, 0);
    play_tap(&p, INTENT_APPLY, 0);
    CHECK_SCREEN(&p, ITEM);
    play_end(&p);
}

TEST(consent)
{
    struct play p;
    play_to_form(&p);
    play_fill(&p);
    play_tap(&p, INTENT_SUBMIT, 0);
    CHECK_SCREEN(&p, REVIEW);
    CHECK(p.v->form.consent_missing && !p.v->form.submitting);
    CHECK(!strstr(p.log, "application"));
    play_tap(&p, INTENT_CONSENT, 0);
    CHECK(p.v->form.consent && !p.v->form.consent_missing);
    play_tap(&p, INTENT_EDIT, 0);
    play_tap2(&p, INTENT_CHOOSE, A_URGENT, 0); /* other content: to be confirmed anew */
    play_tap(&p, INTENT_NEXT, 0);
    CHECK_SCREEN(&p, REVIEW);
    CHECK(!p.v->form.consent);
    play_end(&p);
}

TEST(browsing_by_department_and_by_kind)
{
    struct play p;
    play_begin(&p);
    play_tap(&p, INTENT_START, 0);
    play_tap(&p, INTENT_BROWSE, 0);
    CHECK(!p.browsed_dept);
    play_tap(&p, INTENT_GROUP, 1);
    CHECK(p.browsed_dept && p.v->browse.by_dept);
    play_tap(&p, INTENT_THEME, 1);
    CHECK_INT(p.browsed_theme, 1);
    CHECK(p.browsed_dept);
    play_tap(&p, INTENT_GROUP, 0); /* the rows of one have no tabs */
    CHECK(p.v->browse.by_dept);
    play_tap(&p, INTENT_BACK, 0);
    CHECK_INT(p.browsed_theme, -1);
    CHECK(p.browsed_dept);
    play_tap(&p, INTENT_FILTER, FOUND_COMPANY);
    CHECK_SCREEN(&p, SEARCH);
    CHECK_INT(p.searched.kind, FOUND_COMPANY);
    CHECK_STR(p.looked, "");
    CHECK_INT(p.v->keys.kind, KEYBOARD_NONE);
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, BROWSE);
    CHECK(p.browsed_dept); /* as it was left */
    play_tap(&p, INTENT_SEARCH, 0);
    play_tap(&p, INTENT_BROWSE, 0); /* 按主题 */
    CHECK(!p.browsed_dept);
    play_tap(&p, INTENT_GROUP, 1);
    play_tap(&p, INTENT_END, 0);
    play_tap(&p, INTENT_START, 0);
    play_tap(&p, INTENT_BROWSE, 0); /* another visit begins as every one */
    CHECK(!p.browsed_dept);
    play_end(&p);
}

/* What is looked up cannot be read any more: the visit ends, and its page stands until it can have been read. */
TEST(catalogue_breaks_while_one_looks)
{
    struct play p;
    play_begin(&p);
    play_tap(&p, INTENT_START, 0);
    CHECK_SCREEN(&p, HOME);
    p.health.catalogue = false;
    play_health(&p);
    CHECK_SCREEN(&p, OUT_OF_SERVICE);
    CHECK_INT(p.v->out_reason, OUT_CATALOGUE_CUT);
    CHECK(!p.v->visit);
    CHECK_INT(p.ends, 1);
    CHECK(!session_idle(p.s)); /* the catalogue is not replaced under the page */
    play_timer(&p, TIMER_PAGE);
    CHECK_INT(p.v->out_reason, OUT_CATALOGUE);
    CHECK(session_idle(p.s));
    p.health.catalogue = true;
    play_health(&p);
    CHECK_SCREEN(&p, IDLE);
    play_end(&p);
}

/* A form has all it needs in memory. */
TEST(catalogue_breaks_under_a_form)
{
    struct play p;
    play_to_review(&p);
    p.health.catalogue = false;
    play_health(&p);
    CHECK_SCREEN(&p, REVIEW);
    CHECK(p.v->visit && p.v->values);
    play_end(&p);
}

TEST_MAIN(T(happy), T(written_before_shown), T(wiped_at_the_end), T(typed_text_goes_when_handed_in), T(leaving_asks_once),
          T(back_loses_nothing), T(another_errand_is_a_new_visit), T(another_item_with_the_same_card), T(item_gone),
          T(item_pages_and_window_items), T(consent), T(browsing_by_department_and_by_kind),
          T(catalogue_breaks_while_one_looks), T(catalogue_breaks_under_a_form))
