/* SPDX-License-Identifier: Apache-2.0
 *
 * The technician: a staff card and its PIN, what can be done behind it, and out of service until somebody says otherwise.
 */
#include "session/play.h"

static void lay_staff_card(struct play *p)
{
    p->badge = (struct staff_badge){.id = "0417", .name = "测试维护", .role = "维护", .wait_s = p->wait_s};
    play_event(p, INPUT_CARD_SEEN);
    play_input(p, (struct input){.kind = INPUT_STAFF_CARD, .badge = &p->badge});
    play_event(p, INPUT_CARD_LIFTED);
}

static void key_in(struct play *p, const char *pin)
{
    for (; *pin; pin++)
        play_tap(p, INTENT_KEY, *pin);
    play_tap(p, INTENT_NEXT, 0);
}

static void to_technician(struct play *p)
{
    play_begin(p);
    lay_staff_card(p);
    CHECK_SCREEN(p, STAFF_PIN);
    key_in(p, PLAY_PIN);
    CHECK_SCREEN(p, TECHNICIAN);
}

TEST(opens_and_is_on_record)
{
    struct play p;
    to_technician(&p);
    CHECK(logged(&p, "staff staff")); /* the try, then the opening */
    CHECK_STR(p.last[RECORD_STAFF].header.what, "open");
    CHECK_STR(p.last[RECORD_STAFF].header.staff, "0417");
    CHECK(!p.v->visit && !session_idle(p.s));
    play_tap(&p, INTENT_END, 0);
    CHECK_SCREEN(&p, IDLE);
    CHECK_STR(p.last[RECORD_STAFF].header.what, "leave");
    CHECK(!p.v->staff.on && p.errands[STAFF_OVER] == 1);
    play_end(&p);
}

TEST(a_try_is_recorded_before_it_is_compared)
{
    struct play p;
    play_begin(&p);
    lay_staff_card(&p);
    p.disk_full = true;
    key_in(&p, PLAY_PIN); /* right, but not counted: not compared */
    CHECK_SCREEN(&p, STAFF_PIN);
    CHECK_INT(p.v->staff.trouble, STAFF_UNRECORDED);
    play_end(&p);
}

TEST(five_digits_are_no_try)
{
    struct play p;
    play_begin(&p);
    lay_staff_card(&p);
    key_in(&p, "48392");
    CHECK_INT(p.errands[STAFF_CHECK_PIN], 0);
    CHECK_INT(p.v->staff.digits, 5);
    play_tap(&p, INTENT_BACKSPACE, 0);
    CHECK_INT(p.v->staff.digits, 4);
    play_end(&p);
}

TEST(wrong_ones_wait)
{
    struct play p;
    play_begin(&p);
    lay_staff_card(&p);
    key_in(&p, "111111");
    CHECK_INT(p.v->staff.trouble, STAFF_WRONG);
    CHECK_INT(p.v->staff.digits, 0);
    p.wait_s = 2;
    key_in(&p, "111111");
    CHECK_INT(p.v->staff.wait_s, 2);
    CHECK_INT(p.v->keys.kind, KEYBOARD_NONE);
    key_in(&p, PLAY_PIN); /* nothing is taken now */
    CHECK_INT(p.errands[STAFF_CHECK_PIN], 2);
    play_timer(&p, TIMER_PAGE);
    play_timer(&p, TIMER_PAGE);
    key_in(&p, PLAY_PIN);
    CHECK_SCREEN(&p, TECHNICIAN);
    play_end(&p);
}

TEST(an_old_permission_opens_nothing)
{
    struct play p;
    play_begin(&p);
    p.badge = (struct staff_badge){.id = "0099", .expired = true};
    play_input(&p, (struct input){.kind = INPUT_STAFF_CARD, .badge = &p.badge});
    CHECK_INT(p.v->staff.trouble, STAFF_EXPIRED);
    key_in(&p, PLAY_PIN);
    CHECK_SCREEN(&p, STAFF_PIN);
    CHECK_INT(p.errands[STAFF_CHECK_PIN], 0);
    play_end(&p);
}

TEST(left_alone_it_closes)
{
    struct play p;
    to_technician(&p);
    play_timer(&p, TIMER_REST);
    CHECK_SCREEN(&p, IDLE);
    play_end(&p);
}

TEST(out_of_service_and_back)
{
    struct play p;
    to_technician(&p);
    play_tap(&p, INTENT_STAFF_PAUSE, 0);
    CHECK_SCREEN(&p, STAFF_PAUSE);
    play_tap(&p, INTENT_STAFF_PAUSE, 0); /* first why and until when */
    CHECK(!logged(&p, "availability"));
    play_tap(&p, INTENT_STAFF_REASON, OUTAGE_POWER);
    play_tap(&p, INTENT_STAFF_UNTIL, 3);
    play_tap(&p, INTENT_STAFF_PAUSE, 0);
    CHECK_SCREEN(&p, TECHNICIAN);
    CHECK_STR(p.last[RECORD_AVAILABILITY].header.role, "power");
    CHECK_STR(p.last[RECORD_AVAILABILITY].header.staff, "0417");
    CHECK(p.v->out.on);
    play_tap(&p, INTENT_END, 0);
    CHECK_SCREEN(&p, OUT_OF_SERVICE);
    CHECK_INT(p.v->out_reason, OUT_STAFF);
    play_card(&p, &p.card); /* a resident's card begins nothing here */
    play_event(&p, INPUT_CARD_LIFTED);
    CHECK_SCREEN(&p, OUT_OF_SERVICE);
    CHECK(!p.v->identity);
    lay_staff_card(&p);
    key_in(&p, PLAY_PIN);
    play_tap(&p, INTENT_STAFF_RESUME, 0);
    CHECK_STR(p.last[RECORD_AVAILABILITY].header.what, "in");
    play_tap(&p, INTENT_END, 0);
    CHECK_SCREEN(&p, IDLE);
    play_end(&p);
}

TEST(an_outage_not_stored_is_none)
{
    struct play p;
    to_technician(&p);
    play_tap(&p, INTENT_STAFF_PAUSE, 0);
    play_tap(&p, INTENT_STAFF_REASON, OUTAGE_REPAIR);
    play_tap(&p, INTENT_STAFF_UNTIL, 0);
    p.disk_full = true;
    play_tap(&p, INTENT_STAFF_PAUSE, 0);
    CHECK(!p.v->out.on);
    CHECK_INT(p.v->staff.trouble, STAFF_UNRECORDED);
    play_end(&p);
}

TEST(outlives_a_restart)
{
    struct play p;
    play_open(&p);
    play_input(&p, (struct input){.kind = INPUT_START, .health = p.health, .outage = {true, OUTAGE_MOVE, p.now, 0}});
    CHECK_SCREEN(&p, OUT_OF_SERVICE);
    play_end(&p);
}

TEST(restart_asks_once)
{
    struct play p;
    to_technician(&p);
    play_tap(&p, INTENT_STAFF_RESTART, 0);
    CHECK_INT(p.errands[STAFF_START_ANEW], 0);
    play_tap(&p, INTENT_STAFF_SYNC, 0); /* anything else takes it back */
    play_tap(&p, INTENT_STAFF_RESTART, 0);
    CHECK_INT(p.errands[STAFF_START_ANEW], 0);
    play_tap(&p, INTENT_NONE, 0); /* a finger comes down, whatever it will mean */
    play_tap(&p, INTENT_STAFF_RESTART, 0);
    CHECK_INT(p.errands[STAFF_START_ANEW], 1);
    CHECK_STR(p.last[RECORD_STAFF].header.what, "restart");
    play_end(&p);
}

/* Idle is where cards are looked for: a resident's begins the visit and need not be laid down again. */
TEST(a_residents_card_on_idle_begins_a_visit)
{
    struct play p;
    play_begin(&p);
    CHECK(p.poll);
    play_card(&p, &p.card);
    CHECK_SCREEN(&p, HOME);
    CHECK_STR(p.v->identity->name, PLAY_NAME);
    play_event(&p, INPUT_CARD_LIFTED);
    play_tap(&p, INTENT_ITEM, 0);
    play_tap(&p, INTENT_APPLY, 0);
    CHECK_SCREEN(&p, FORM);
    play_end(&p);
}

TEST(an_unread_card_on_idle_is_laid_down_anew)
{
    struct play p;
    play_begin(&p);
    play_event(&p, INPUT_CARD_SEEN);
    play_event(&p, INPUT_CARD_FAILED);
    CHECK_SCREEN(&p, IDLE);
    play_tap(&p, INTENT_START, 0);
    play_tap(&p, INTENT_ITEM, 0);
    play_tap(&p, INTENT_APPLY, 0);
    CHECK_SCREEN(&p, TROUBLE_CARD);
    play_event(&p, INPUT_CARD_LIFTED);
    play_card(&p, &p.card);
    CHECK_SCREEN(&p, CARD_REMOVE);
    play_end(&p);
}

TEST_MAIN(T(opens_and_is_on_record), T(a_try_is_recorded_before_it_is_compared), T(five_digits_are_no_try),
          T(wrong_ones_wait), T(an_old_permission_opens_nothing), T(left_alone_it_closes), T(out_of_service_and_back),
          T(an_outage_not_stored_is_none), T(outlives_a_restart), T(restart_asks_once),
          T(a_residents_card_on_idle_begins_a_visit), T(an_unread_card_on_idle_is_laid_down_anew))
