/* SPDX-License-Identifier: Apache-2.0
 *
 * The card: place, read, take away, and all that can go wrong with it.
 */
#include "session/play.h"

static void to_item(struct play *p)
{
    play_tap(p, INTENT_START, 0);
    play_tap(p, INTENT_ITEM, 0);
}

static void to_waiting(struct play *p)
{
    play_to_item(p);
    play_tap(p, INTENT_APPLY, 0);
}

TEST(left_lying)
{
    struct play p;
    to_waiting(&p);
    play_card(&p, &p.card);
    CHECK_INT(p.timers[TIMER_CARD], CARD_LEFT_LYING);
    play_timer(&p, TIMER_CARD);
    CHECK_SCREEN(&p, FORM);
    CHECK(p.v->card.remind);
    play_tap2(&p, INTENT_CHOOSE, A_URGENT, 0);
    CHECK(p.v->card.remind); /* the reminder stays */
    play_event(&p, INPUT_CARD_LIFTED);
    CHECK(!p.v->card.remind);
    CHECK_SCREEN(&p, FORM);
    play_end(&p);
}

TEST(same_card_again_and_another)
{
    struct play p;
    struct identity other = card_of("110105194912310011");
    play_to_form(&p);
    play_tap2(&p, INTENT_CHOOSE, A_URGENT, 0);
    play_card(&p, &p.card);
    CHECK_SCREEN(&p, FORM);
    CHECK(!p.v->card.other);
    play_event(&p, INPUT_CARD_LIFTED);
    play_card(&p, &other);
    CHECK_SCREEN(&p, FORM);
    CHECK(p.v->card.other);
    CHECK_STR(p.v->identity->number, PLAY_ID);
    CHECK_STR(p.v->values->text[A_URGENT], "yes");
    play_event(&p, INPUT_CARD_LIFTED);
    CHECK(!p.v->card.other);
    play_event(&p, INPUT_CARD_OTHER);
    CHECK(p.v->card.other);
    play_end(&p);
}

TEST(slow_reading)
{
    struct play p;
    to_waiting(&p);
    play_event(&p, INPUT_CARD_SEEN);
    CHECK(!p.v->card.slow);
    play_timer(&p, TIMER_CARD);
    CHECK(p.v->card.slow);
    CHECK_SCREEN(&p, CARD_READING);
    play_end(&p);
}

TEST(unreadable_three_times)
{
    struct play p;
    to_waiting(&p);
    for (int i = 1; i <= 3; i++) {
        play_event(&p, INPUT_CARD_SEEN);
        CHECK_SCREEN(&p, CARD_READING);
        play_event(&p, INPUT_CARD_FAILED);
        CHECK_SCREEN(&p, TROUBLE_CARD);
        CHECK_INT(p.v->card.tries, i);
        CHECK_INT(p.v->card.trouble, i < 3 ? CARD_UNREADABLE : CARD_UNREADABLE_LONG);
        play_event(&p, INPUT_CARD_LIFTED);
        if (i == 1)
            play_tap(&p, INTENT_RETRY, 0); /* by touch; the second time by laying it down again */
    }
    play_card(&p, &p.card); /* and it may still work */
    CHECK_SCREEN(&p, CARD_REMOVE);
    play_end(&p);
}

TEST(expired)
{
    struct play p;
    to_waiting(&p);
    p.card.valid_to = (struct date){2026, 1, 4};
    play_card(&p, &p.card);
    CHECK_SCREEN(&p, CARD_REMOVE); /* the errand is about expired cards */
    play_event(&p, INPUT_CARD_LIFTED);
    play_tap2(&p, INTENT_CHOOSE, A_REASON, 1);
    CHECK_INT(p.v->form.faults[A_REASON].kind, FORM_OK);
    play_end(&p);

    play_begin(&p);
    p.item = item_b();
    p.card.valid_to = (struct date){2026, 1, 4};
    play_tap(&p, INTENT_START, 0);
    play_tap(&p, INTENT_ITEM, 0);
    play_tap(&p, INTENT_APPLY, 0);
    play_card(&p, &p.card);
    CHECK_SCREEN(&p, TROUBLE_CARD);
    CHECK_INT(p.v->card.trouble, CARD_EXPIRED);
    CHECK(!p.v->identity && !session_holds(p.s, PLAY_ID));
    play_event(&p, INPUT_CARD_LIFTED);
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, ITEM);
    CHECK(!p.poll);
    play_end(&p);
}

TEST(bad_check_character)
{
    struct play p;
    to_waiting(&p);
    struct identity bad = card_of("110105194912310021");
    play_card(&p, &bad);
    CHECK_SCREEN(&p, TROUBLE_CARD);
    CHECK_INT(p.v->card.trouble, CARD_BAD_NUMBER);
    CHECK(!session_holds(p.s, "110105194912310021"));
    play_tap(&p, INTENT_END, 0);
    CHECK_STR(p.last[RECORD_VISIT_END].header.what, "fault");
    play_end(&p);
}

TEST(not_for_this_form)
{
    struct play p;
    to_waiting(&p);
    play_event(&p, INPUT_CARD_SEEN);
    play_event(&p, INPUT_CARD_UNKNOWN);
    CHECK_INT(p.v->card.trouble, CARD_NOT_RESIDENT);
    play_event(&p, INPUT_CARD_LIFTED);
    p.card.name[0] = '\0'; /* the form needs a name and takes it only from the card */
    play_card(&p, &p.card);
    CHECK_SCREEN(&p, TROUBLE_CARD);
    CHECK_INT(p.v->card.trouble, CARD_NOT_RESIDENT);
    play_end(&p);
}

TEST(reader_unplugged_in_read)
{
    struct play p;
    to_waiting(&p);
    play_event(&p, INPUT_CARD_SEEN);
    play_event(&p, INPUT_CARD_FAILED);
    p.health.reader = READER_ABSENT;
    play_health(&p);
    CHECK_SCREEN(&p, TROUBLE_READER);
    play_event(&p, INPUT_CARD_FAILED);
    play_tap(&p, INTENT_RETRY, 0);
    CHECK_SCREEN(&p, TROUBLE_READER);
    p.poll = false;
    p.health.reader = READER_READY;
    play_health(&p);
    CHECK_SCREEN(&p, CARD_WAITING);
    CHECK(p.poll);
    play_card(&p, &p.card);
    play_event(&p, INPUT_CARD_LIFTED);
    CHECK_SCREEN(&p, FORM);
    play_end(&p);
}

TEST(reader_absent_before)
{
    struct play p;
    play_to_item(&p);
    p.health.reader = READER_FAULT;
    play_health(&p);
    CHECK_SCREEN(&p, ITEM);
    play_tap(&p, INTENT_APPLY, 0);
    CHECK_SCREEN(&p, TROUBLE_READER);
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, ITEM);
    play_end(&p);
}

TEST(reader_gone_after_reading)
{
    struct play p;
    to_waiting(&p);
    play_card(&p, &p.card);
    p.health.reader = READER_ABSENT;
    play_health(&p);
    CHECK_SCREEN(&p, FORM); /* what was read stays */
    play_tap2(&p, INTENT_CHOOSE, A_URGENT, 0);
    p.health.reader = READER_READY;
    play_health(&p);
    CHECK_SCREEN(&p, FORM);
    CHECK_STR(p.v->values->text[A_URGENT], "yes");
    play_end(&p);
}

TEST(forgotten)
{
    struct play p;
    to_waiting(&p);
    play_card(&p, &p.card);
    play_timer(&p, TIMER_CARD);
    play_tap(&p, INTENT_END, 0);
    CHECK_SCREEN(&p, CARD_REMOVE);
    CHECK(p.v->card.remind && !p.v->visit && !p.v->identity);
    CHECK(p.poll && p.wipes == 1 && !session_idle(p.s));
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, CARD_REMOVE);
    CHECK(!p.v->can_back);
    play_event(&p, INPUT_CARD_LIFTED);
    CHECK_SCREEN(&p, IDLE);
    CHECK(session_idle(p.s) && !p.v->card.remind);
    CHECK_INT(p.timers[TIMER_LEFT], 0);
    play_end(&p);
}

/* Whoever comes next is served; the card is spoken of until somebody takes it. */
TEST(a_forgotten_card_blocks_nobody)
{
    struct play p;
    to_waiting(&p);
    play_card(&p, &p.card);
    play_tap(&p, INTENT_END, 0);
    CHECK_SCREEN(&p, CARD_REMOVE);
    play_timer(&p, TIMER_PAGE);
    CHECK_SCREEN(&p, IDLE);
    CHECK(p.v->card.remind && p.poll && session_idle(p.s));
    int calls = p.v->card.calls;
    play_timer(&p, TIMER_LEFT);
    CHECK_INT(p.v->card.calls, calls + 1);
    CHECK_INT(p.timers[TIMER_LEFT], CARD_CALLED_AGAIN);
    to_item(&p);
    play_tap(&p, INTENT_APPLY, 0);
    CHECK_SCREEN(&p, CARD_WAITING); /* it was read: another has to be laid down */
    CHECK(p.v->card.remind && p.v->card.lies && !p.v->identity);
    play_event(&p, INPUT_CARD_LIFTED);
    CHECK(!p.v->card.remind && !p.v->card.lies);
    play_card(&p, &p.card);
    CHECK_SCREEN(&p, CARD_REMOVE);
    play_end(&p);
}

TEST(the_next_one_begins_beside_a_forgotten_card)
{
    struct play p;
    to_waiting(&p);
    play_card(&p, &p.card);
    play_tap(&p, INTENT_END, 0);
    CHECK_SCREEN(&p, CARD_REMOVE);
    play_tap(&p, INTENT_START, 0);
    CHECK_SCREEN(&p, HOME);
    CHECK(p.v->visit && p.v->card.remind && !p.v->identity && !session_holds(p.s, PLAY_ID));
    play_end(&p);
}

/* Laid down on idle and never taken up: the pages that do not ask for it speak of it too. */
TEST(lying_while_guides_are_read)
{
    struct play p;
    play_begin(&p);
    play_event(&p, INPUT_CARD_SEEN);
    play_card(&p, &p.card);
    CHECK_SCREEN(&p, HOME);
    CHECK_INT(p.timers[TIMER_LEFT], CARD_LEFT_LYING);
    CHECK(!p.v->card.remind);
    play_timer(&p, TIMER_LEFT);
    CHECK(p.v->card.remind);
    p.health.reader = READER_ABSENT; /* nobody can tell any more */
    play_health(&p);
    CHECK(!p.v->card.remind);
    CHECK_INT(p.timers[TIMER_LEFT], 0);
    play_end(&p);
}

/* It lay there when the program started: nobody reads it, every page tells of it, and the one that waits says what to do. */
TEST(a_card_from_before)
{
    struct play p;
    play_begin(&p);
    play_event(&p, INPUT_CARD_LIES);
    CHECK_SCREEN(&p, IDLE);
    CHECK(!p.v->card.lies);
    CHECK_INT(p.timers[TIMER_LEFT], CARD_LEFT_LYING);
    play_timer(&p, TIMER_LEFT);
    CHECK(p.v->card.remind);
    to_item(&p);
    play_tap(&p, INTENT_APPLY, 0);
    CHECK_SCREEN(&p, CARD_WAITING);
    CHECK(p.v->card.lies && p.poll);
    play_event(&p, INPUT_CARD_LIFTED);
    CHECK(!p.v->card.lies);
    play_event(&p, INPUT_CARD_SEEN);
    play_card(&p, &p.card);
    CHECK_SCREEN(&p, CARD_REMOVE);
    play_end(&p);
}

/* The reader was brought back while the page waited, or right under a card that had been read. */
TEST(a_card_that_is_noticed_later)
{
    struct play p;
    to_waiting(&p);
    play_event(&p, INPUT_CARD_LIES);
    CHECK_SCREEN(&p, CARD_WAITING);
    CHECK(p.v->card.lies);
    play_event(&p, INPUT_CARD_LIFTED);
    play_card(&p, &p.card);
    CHECK_SCREEN(&p, CARD_REMOVE);
    play_event(&p, INPUT_CARD_LIFTED);
    CHECK_SCREEN(&p, FORM);
    play_event(&p, INPUT_CARD_LIES);
    CHECK_SCREEN(&p, FORM);
    CHECK(!p.v->card.lies && !p.v->card.other);
    play_timer(&p, TIMER_LEFT);
    CHECK(p.v->card.remind);
    play_end(&p);
}

TEST(nothing_happens_at_the_reader)
{
    struct play p;
    to_waiting(&p);
    CHECK_INT(p.timers[TIMER_CARD], CARD_AWAITED);
    CHECK(!p.v->card.slow);
    play_timer(&p, TIMER_CARD);
    CHECK_SCREEN(&p, CARD_WAITING);
    CHECK(p.v->card.slow);
    play_event(&p, INPUT_CARD_SEEN);
    CHECK(!p.v->card.slow);
    play_end(&p);
}

static void check_failure(enum card_fault why, enum card_trouble trouble)
{
    struct play p;
    to_waiting(&p);
    play_event(&p, INPUT_CARD_SEEN);
    play_input(&p, (struct input){.kind = INPUT_CARD_FAILED, .card_fault = why});
    CHECK_SCREEN(&p, TROUBLE_CARD);
    CHECK_INT(p.v->card.trouble, trouble);
    play_end(&p);
}

TEST(each_failure_has_its_page)
{
    check_failure(CARD_FAULT_LIFTED, CARD_UNREADABLE);
    check_failure(CARD_FAULT_UNREADABLE, CARD_UNREADABLE);
    check_failure(CARD_FAULT_NOT_ID, CARD_NOT_RESIDENT);
    check_failure(CARD_FAULT_READER_REFUSED, CARD_CHIP);
    check_failure(CARD_FAULT_CARD_REFUSED, CARD_CHIP);
    check_failure(CARD_FAULT_FORGED, CARD_CHIP);
    check_failure(CARD_FAULT_ODD, CARD_UNREADABLE);
}

TEST(back_from_the_card)
{
    struct play p;
    to_waiting(&p);
    play_event(&p, INPUT_CARD_SEEN);
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, ITEM);
    play_input(&p, (struct input){.kind = INPUT_CARD_READ, .identity = &p.card});
    CHECK(!p.v->identity && !session_holds(p.s, PLAY_ID)); /* nobody asks for it any more */
    CHECK(p.poll);
    play_event(&p, INPUT_CARD_LIFTED);
    CHECK(!p.poll);
    play_end(&p);
}

/* On a page that does not ask, a card is not read: only idle looks for one that begins a visit. */
TEST(not_read_without_being_asked)
{
    struct play p;
    play_begin(&p);
    play_tap(&p, INTENT_START, 0);
    CHECK(!p.poll);
    play_card(&p, &p.card);
    CHECK_SCREEN(&p, HOME);
    CHECK(!p.v->identity && !session_holds(p.s, PLAY_ID));
    play_end(&p);
}

TEST_MAIN(T(left_lying), T(same_card_again_and_another), T(slow_reading), T(unreadable_three_times), T(expired),
          T(bad_check_character), T(not_for_this_form), T(reader_unplugged_in_read), T(reader_absent_before),
          T(reader_gone_after_reading), T(forgotten), T(a_forgotten_card_blocks_nobody),
          T(the_next_one_begins_beside_a_forgotten_card), T(lying_while_guides_are_read), T(a_card_from_before),
          T(a_card_that_is_noticed_later), T(nothing_happens_at_the_reader), T(each_failure_has_its_page),
          T(back_from_the_card), T(not_read_without_being_asked))
