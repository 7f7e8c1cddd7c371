/* SPDX-License-Identifier: Apache-2.0
 *
 * A new roll at the terminal: out of service meanwhile, on record with whose doing, and in service again.
 */
#include "session/technician_play.h"

static void senses(struct play *p, bool open, bool out)
{
    p->health.senses[DEVICE_RECEIPT] = (struct printer_senses){.told = true, .open = open, .out = out};
    p->health.printer[DEVICE_RECEIPT] = open ? PRINTER_OPEN : out ? PRINTER_NO_PAPER : PRINTER_READY;
    play_health(p);
}

static void begin(struct play *p)
{
    technician_begin(p);
    senses(p, false, false);
    play_tap(p, INTENT_STAFF_PAPER, 0);
    play_tap(p, INTENT_CHANGE_SAYS, DEVICE_RECEIPT);
    CHECK_SCREEN(p, PAPER_CHANGE);
    CHECK_STR(p->last[RECORD_STAFF].header.what, "paper-change");
    CHECK_STR(p->last[RECORD_STAFF].header.role, "receipt");
    CHECK_STR(p->last[RECORD_STAFF].header.staff, "0417");
    CHECK_INT(p->errands[STAFF_WATCH_ROLL], 1);
}

static void to_slip(struct play *p)
{
    senses(p, true, false);
    senses(p, true, true);
    senses(p, true, false);
    senses(p, false, false);
    CHECK(p->v->staff.change.running);
}

TEST(a_roll_is_changed)
{
    struct play p;
    char number[12];

    begin(&p);
    CHECK(!p.v->out.on); /* the cover is still shut */
    senses(&p, true, false);
    CHECK(p.v->out.on);
    CHECK_INT(p.v->out.reason, OUTAGE_SUPPLIES);
    CHECK_STR(p.last[RECORD_AVAILABILITY].header.what, OUTAGE_BEGINS);
    CHECK_STR(p.last[RECORD_AVAILABILITY].header.staff, "0417");
    to_slip(&p);
    CHECK_INT(p.prints, 1);
    CHECK(strstr(p.paper, test_number_digits(p.v->staff.change.number.offered[p.v->staff.change.number.right], number)));
    play_outcome(&p, PRINT_DONE, PRINTER_READY);
    play_tap(&p, INTENT_CHANGE_SAYS, p.v->staff.change.number.right);
    CHECK_INT(p.errands[STAFF_NEW_ROLL], 0);
    play_tap(&p, INTENT_CHANGE_SAYS, CHANGE_EDGES_GOOD);
    CHECK_INT(p.v->staff.change.step, CHANGE_DONE);
    CHECK_INT(p.errands[STAFF_NEW_ROLL], 1);
    CHECK_STR(p.last[RECORD_STAFF].header.what, "paper-new");
    CHECK_STR(p.last[RECORD_STAFF].header.role, "receipt");
    CHECK(!p.v->out.on);
    CHECK(logged(&p, "staff availability print-start print-done staff availability"));
    play_tap(&p, INTENT_CHANGE_OVER, 0);
    CHECK_SCREEN(&p, TECHNICIAN);
    CHECK_INT(p.errands[STAFF_ROLL_OVER], 1);
    CHECK_STR(p.last[RECORD_STAFF].header.what, "paper-new"); /* nothing more to say */
    play_end(&p);
}

TEST(thought_better_of_it_is_no_new_roll)
{
    struct play p;

    begin(&p);
    senses(&p, true, false);
    senses(&p, true, true);
    senses(&p, false, true);
    play_tap(&p, INTENT_CHANGE_OVER, 0);
    CHECK_SCREEN(&p, TECHNICIAN);
    CHECK_STR(p.last[RECORD_STAFF].header.what, "paper-not-new");
    CHECK_STR(p.last[RECORD_AVAILABILITY].header.what, OUTAGE_ENDS);
    CHECK(!p.v->out.on);
    CHECK_INT(p.errands[STAFF_NEW_ROLL], 0);
    play_end(&p);
}

TEST(who_walks_away_leaves_it_out_of_service)
{
    struct play p;

    begin(&p);
    senses(&p, true, false);
    play_tap(&p, INTENT_END, 0);
    CHECK_SCREEN(&p, OUT_OF_SERVICE);
    CHECK_INT(p.v->out.reason, OUTAGE_SUPPLIES);
    CHECK_INT(p.errands[STAFF_OVER], 1);
    play_end(&p);
}

TEST(another_reason_outlives_it)
{
    struct play p;

    technician_begin(&p);
    play_tap(&p, INTENT_STAFF_PAUSE, 0);
    play_tap(&p, INTENT_STAFF_REASON, OUTAGE_POWER);
    play_tap(&p, INTENT_STAFF_UNTIL, 3);
    play_tap(&p, INTENT_STAFF_PAUSE, 0);
    CHECK(p.v->out.on);
    play_tap(&p, INTENT_STAFF_PAPER, 0);
    play_tap(&p, INTENT_CHANGE_SAYS, DEVICE_TICKET);
    play_tap(&p, INTENT_CHANGE_STEP, 0);
    play_tap(&p, INTENT_CHANGE_OVER, 0);
    CHECK(p.v->out.on);
    CHECK_INT(p.v->out.reason, OUTAGE_POWER);
    play_end(&p);
}

/* Looks into the change and thinks better of it, or makes it whole. */
static void only_looks(struct play *p)
{
    play_tap(p, INTENT_STAFF_PAPER, 0);
    play_tap(p, INTENT_CHANGE_SAYS, DEVICE_RECEIPT);
    play_tap(p, INTENT_CHANGE_OVER, 0);
    CHECK_SCREEN(p, TECHNICIAN);
}

static void whole(struct play *p)
{
    to_slip(p);
    play_outcome(p, PRINT_DONE, PRINTER_READY);
    play_tap(p, INTENT_CHANGE_SAYS, p->v->staff.change.number.right);
    play_tap(p, INTENT_CHANGE_SAYS, CHANGE_EDGES_GOOD);
    CHECK_INT(p->v->staff.change.step, CHANGE_DONE);
}

static void hall_says(struct play *p, bool out)
{
    play_input(p,
               (struct input){.kind = INPUT_OUTAGE, .outage = {.on = out, .reason = OUTAGE_SUPPLIES, .since_ms = p->now}});
}

TEST(what_the_hall_took_out_stays_out)
{
    struct play p;

    technician_begin(&p);
    hall_says(&p, true);
    only_looks(&p);
    CHECK(p.v->out.on);
    play_tap(&p, INTENT_STAFF_PAPER, 0);
    play_tap(&p, INTENT_CHANGE_SAYS, DEVICE_RECEIPT);
    whole(&p);
    CHECK(p.v->out.on);
    play_tap(&p, INTENT_CHANGE_OVER, 0);
    play_tap(&p, INTENT_STAFF_RESUME, 0); /* said outright */
    CHECK(!p.v->out.on);
    play_end(&p);
}

TEST(what_the_hall_takes_out_meanwhile_stays_out)
{
    struct play p;

    begin(&p);
    senses(&p, true, false);
    CHECK(p.v->out.by_change);
    hall_says(&p, true);
    whole(&p);
    CHECK(p.v->out.on);
    play_end(&p);
}

TEST(what_he_paused_for_cleaning_stays_paused)
{
    struct play p;

    technician_begin(&p);
    play_tap(&p, INTENT_STAFF_PAUSE, 0);
    play_tap(&p, INTENT_STAFF_REASON, OUTAGE_SUPPLIES);
    play_tap(&p, INTENT_STAFF_UNTIL, 2);
    play_tap(&p, INTENT_STAFF_PAUSE, 0);
    only_looks(&p);
    CHECK(p.v->out.on);
    play_tap(&p, INTENT_STAFF_PAPER, 0);
    play_tap(&p, INTENT_CHANGE_SAYS, DEVICE_RECEIPT);
    whole(&p);
    CHECK(p.v->out.on);
    play_end(&p);
}

TEST(an_open_printer_is_not_put_in_service)
{
    struct play p;

    begin(&p);
    senses(&p, true, false);
    senses(&p, true, true);
    play_tap(&p, INTENT_CHANGE_OVER, 0);
    CHECK_SCREEN(&p, TECHNICIAN);
    CHECK(p.v->out.on);
    senses(&p, false, true);
    only_looks(&p); /* the same change, shut by now */
    CHECK(!p.v->out.on);
    play_end(&p);
}

TEST(a_disk_that_is_full_stops_no_hands)
{
    struct play p;

    begin(&p);
    p.disk_full = true;
    senses(&p, true, false);
    CHECK(!p.v->out.on); /* it counts from when its record is durable */
    CHECK_INT(p.v->staff.change.step, CHANGE_TAKE);
    CHECK_INT(p.v->staff.trouble, STAFF_UNRECORDED);
    senses(&p, false, false);
    CHECK_INT(p.prints, 0);
    CHECK_INT(p.v->staff.change.trouble, CHANGE_CANNOT); /* what cannot be recorded is not printed */
    p.disk_full = false;
    play_tap(&p, INTENT_CHANGE_AGAIN, 0);
    CHECK_INT(p.prints, 1);
    play_end(&p);
}

TEST(each_step_by_hand_is_said_in_the_record)
{
    struct play p;

    begin(&p);
    p.health.senses[DEVICE_RECEIPT].told = false;
    play_health(&p);
    for (int i = CHANGE_OPEN; i < CHANGE_TRY; i++)
        play_tap(&p, INTENT_CHANGE_STEP, 0);
    play_outcome(&p, PRINT_UNKNOWN, PRINTER_READY);
    play_tap(&p, INTENT_CHANGE_SAYS, p.v->staff.change.number.right);
    play_tap(&p, INTENT_CHANGE_SAYS, CHANGE_EDGES_GOOD);
    CHECK_STR(p.last[RECORD_STAFF].header.what, "paper-new-by-hand");
    play_end(&p);
}

TEST(paper_that_came_out_blank_begins_it_again)
{
    struct play p;

    begin(&p);
    to_slip(&p);
    play_outcome(&p, PRINT_DONE, PRINTER_READY);
    play_tap(&p, INTENT_CHANGE_SAYS, CHANGE_SAYS_BLANK);
    CHECK_INT(p.v->staff.change.step, CHANGE_OPEN);
    CHECK_INT(p.v->staff.change.trouble, CHANGE_BLANK);
    CHECK(p.v->out.on);
    to_slip(&p);
    CHECK_INT(p.prints, 2);
    play_outcome(&p, PRINT_DONE, PRINTER_READY);
    play_tap(&p, INTENT_CHANGE_SAYS, !p.v->staff.change.number.right); /* he looks at the other slip */
    CHECK_INT(p.prints, 3);
    play_end(&p);
}

TEST(a_printer_at_work_is_left_alone)
{
    struct play p;

    technician_begin(&p);
    play_tap(&p, INTENT_STAFF_TESTS, 0);
    play_tap(&p, INTENT_STAFF_TEST, TRIAL_RECEIPT);
    play_tap(&p, INTENT_BACK, 0);
    play_tap(&p, INTENT_STAFF_PAPER, 0);
    play_tap(&p, INTENT_CHANGE_SAYS, DEVICE_RECEIPT);
    CHECK_INT(p.v->staff.change.role, PRINTER_ROLES);
    play_tap(&p, INTENT_CHANGE_SAYS, 7);
    play_outcome(&p, PRINT_DONE, PRINTER_READY);
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, TECHNICIAN);
    play_tap(&p, INTENT_STAFF_PAPER, 0);
    play_tap(&p, INTENT_CHANGE_SAYS, DEVICE_RECEIPT);
    CHECK_INT(p.v->staff.change.role, DEVICE_RECEIPT);
    play_end(&p);
}

TEST(with_one_printer_nobody_is_asked_which)
{
    struct play p;

    technician_begin(&p);
    p.health.printer[DEVICE_RECEIPT] = PRINTER_ABSENT;
    play_health(&p);
    play_tap(&p, INTENT_STAFF_PAPER, 0);
    CHECK_INT(p.v->staff.change.role, DEVICE_TICKET);
    play_end(&p);
}

TEST_MAIN(T(a_roll_is_changed), T(thought_better_of_it_is_no_new_roll), T(who_walks_away_leaves_it_out_of_service),
          T(another_reason_outlives_it), T(what_the_hall_took_out_stays_out), T(what_the_hall_takes_out_meanwhile_stays_out),
          T(what_he_paused_for_cleaning_stays_paused), T(an_open_printer_is_not_put_in_service),
          T(a_disk_that_is_full_stops_no_hands), T(each_step_by_hand_is_said_in_the_record),
          T(paper_that_came_out_blank_begins_it_again), T(a_printer_at_work_is_left_alone),
          T(with_one_printer_nobody_is_asked_which))
