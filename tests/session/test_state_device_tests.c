/* SPDX-License-Identifier: Apache-2.0
 *
 * Each device tested by somebody who looks.
 */
#include "session/technician_play.h"

static void begin(struct play *p)
{
    technician_begin(p);
    play_tap(p, INTENT_STAFF_TESTS, 0);
    CHECK_SCREEN(p, DEVICE_TESTS);
    CHECK_INT(p->v->staff.trial.part, TRIAL_PARTS);
}

static enum trial_result result(const struct play *p, enum trial_part part)
{
    return p->v->staff.trial.of[part].result;
}

TEST(a_page_counts_once_its_number_was_read)
{
    struct play p;

    begin(&p);
    play_tap(&p, INTENT_STAFF_TEST, TRIAL_TICKET);
    CHECK_INT(p.prints, 1);
    CHECK_INT(p.role, DEVICE_TICKET);
    CHECK_STR(p.last[RECORD_STAFF].header.what, "test-print");
    CHECK_STR(p.last[RECORD_STAFF].header.role, "ticket");
    play_tap(&p, INTENT_TRIAL_SAYS, p.v->staff.trial.number.right); /* it is still printing */
    CHECK_INT(result(&p, TRIAL_TICKET), TRIAL_UNTRIED);
    play_outcome(&p, PRINT_DONE, PRINTER_READY);
    CHECK_INT(result(&p, TRIAL_TICKET), TRIAL_UNTRIED);
    play_tap(&p, INTENT_TRIAL_SAYS, !p.v->staff.trial.number.right);
    CHECK_INT(p.prints, 2);
    CHECK(p.v->staff.trial.again);
    play_outcome(&p, PRINT_DONE, PRINTER_READY);
    play_tap(&p, INTENT_TRIAL_SAYS, p.v->staff.trial.number.right);
    CHECK_INT(result(&p, TRIAL_TICKET), TRIAL_GOOD);
    CHECK_INT(p.v->staff.trial.part, TRIAL_PARTS);
    play_end(&p);
}

TEST(no_paper_is_on_record)
{
    struct play p;

    begin(&p);
    p.health.printer[DEVICE_RECEIPT] = PRINTER_NO_PAPER;
    play_health(&p);
    play_tap(&p, INTENT_STAFF_TEST, TRIAL_RECEIPT);
    CHECK_INT(p.prints, 0);
    CHECK_INT(result(&p, TRIAL_RECEIPT), TRIAL_BAD);
    CHECK_STR(p.last[RECORD_STAFF].header.what, "test-print-bad");
    play_tap(&p, INTENT_STAFF_TEST, TRIAL_TICKET);
    play_outcome(&p, PRINT_DONE, PRINTER_READY);
    play_tap(&p, INTENT_TRIAL_SAYS, TRIAL_SAYS_BAD); /* it says done, and nothing is there */
    CHECK_INT(result(&p, TRIAL_TICKET), TRIAL_BAD);
    play_end(&p);
}

TEST(a_card_is_read_and_nothing_of_it_is_kept)
{
    struct play p;

    begin(&p);
    play_tap(&p, INTENT_STAFF_TEST, TRIAL_READER);
    CHECK(p.poll);
    play_event(&p, INPUT_CARD_SEEN);
    play_input(&p, (struct input){.kind = INPUT_CARD_FAILED});
    CHECK(p.v->staff.trial.again);
    play_input(&p, (struct input){.kind = INPUT_CARD_READ, .identity = &p.card});
    CHECK_INT(result(&p, TRIAL_READER), TRIAL_GOOD);
    CHECK(!p.v->identity && !p.s->identity->name[0]);
    play_event(&p, INPUT_CARD_LIFTED);
    CHECK(!p.poll);
    play_end(&p);
}

TEST(five_spots_are_the_glass)
{
    struct play p;

    begin(&p);
    play_tap(&p, INTENT_STAFF_TEST, TRIAL_TOUCH);
    for (int i = 0; i < TRIAL_SPOTS; i++) {
        CHECK_INT(result(&p, TRIAL_TOUCH), TRIAL_UNTRIED);
        play_tap(&p, INTENT_TRIAL_SPOT, i);
    }
    CHECK_INT(result(&p, TRIAL_TOUCH), TRIAL_GOOD);
    play_tap(&p, INTENT_STAFF_TEST, TRIAL_TOUCH);
    play_tap(&p, INTENT_TRIAL_SPOT, 77);
    play_tap(&p, INTENT_TRIAL_SAYS, TRIAL_SAYS_BAD);
    CHECK_INT(result(&p, TRIAL_TOUCH), TRIAL_BAD);
    CHECK_STR(p.last[RECORD_STAFF].header.what, "test-touch-bad");
    play_end(&p);
}

TEST(a_terminal_without_a_voice_has_none_to_test)
{
    struct play p;

    begin(&p);
    play_tap(&p, INTENT_STAFF_TEST, TRIAL_SOUND);
    CHECK_INT(p.v->staff.trial.part, TRIAL_PARTS);
    play_end(&p);
}

TEST(whatever_else_is_touched_ends_a_test)
{
    struct play p;

    begin(&p);
    play_tap(&p, INTENT_STAFF_TEST, TRIAL_READER);
    play_tap(&p, INTENT_STAFF_TEST, TRIAL_TOUCH);
    CHECK(!p.poll);
    CHECK_INT(p.v->staff.trial.part, TRIAL_TOUCH);
    play_tap(&p, INTENT_TRIAL_STOP, 0);
    CHECK_INT(p.v->staff.trial.part, TRIAL_PARTS);
    play_tap(&p, INTENT_STAFF_TEST, TRIAL_RECEIPT);
    play_tap(&p, INTENT_END, 0);
    CHECK_SCREEN(&p, IDLE);
    play_outcome(&p, PRINT_DONE, PRINTER_READY); /* nobody looks any more; it is on record */
    CHECK(logged(&p, "print-start staff print-done"));
    play_end(&p);
}

TEST(what_there_is_none_of_is_not_tested)
{
    struct play p;

    begin(&p);
    play_tap(&p, INTENT_STAFF_TEST, TRIAL_PARTS);
    play_tap(&p, INTENT_STAFF_TEST, -1);
    play_tap(&p, INTENT_TRIAL_SAYS, 0);
    CHECK_INT(p.v->staff.trial.part, TRIAL_PARTS);
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, TECHNICIAN);
    play_end(&p);
}

TEST_MAIN(T(a_page_counts_once_its_number_was_read), T(no_paper_is_on_record), T(a_card_is_read_and_nothing_of_it_is_kept),
          T(five_spots_are_the_glass), T(a_terminal_without_a_voice_has_none_to_test),
          T(whatever_else_is_touched_ends_a_test), T(what_there_is_none_of_is_not_tested))
