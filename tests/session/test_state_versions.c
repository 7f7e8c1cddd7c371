/* SPDX-License-Identifier: Apache-2.0
 *
 * The technician's page of systems and updates: what restarts the machine is asked once and stands on record; who leaves
 * while it is under way leaves the page of an update behind.
 */
#include "session/play.h"

static void to_versions(struct play *p, const char *running)
{
    play_begin(p);
    strcpy(p->facts.system.report.running, running);
    strcpy(p->facts.system.report.other, "1.5.0");
    strcpy(p->facts.system.report.left, "good");
    p->badge = (struct staff_badge){.id = "0417", .name = "测试维护", .role = "维护"};
    play_input(p, (struct input){.kind = INPUT_STAFF_CARD, .badge = &p->badge});
    play_event(p, INPUT_CARD_LIFTED);
    for (const char *pin = PLAY_PIN; *pin; pin++)
        play_tap(p, INTENT_KEY, *pin);
    play_tap(p, INTENT_NEXT, 0);
    play_tap(p, INTENT_STAFF_VERSIONS, 0);
    CHECK_SCREEN(p, VERSIONS);
}

TEST(a_stick_is_asked_once_and_recorded)
{
    struct play p;
    to_versions(&p, "1.5.1");
    play_tap(&p, INTENT_STAFF_STICK, 0);
    CHECK_INT(p.v->staff.sure, STAFF_SURE_STICK);
    CHECK_INT(p.errands[STAFF_UPDATE_STICK], 0);
    play_tap(&p, INTENT_STAFF_OTHER, 0); /* another wish is asked anew */
    play_tap(&p, INTENT_STAFF_STICK, 0);
    CHECK_INT(p.errands[STAFF_UPDATE_STICK] + p.errands[STAFF_UPDATE_OTHER], 0);
    play_tap(&p, INTENT_NONE, 0); /* a finger comes down, whatever it will mean */
    play_tap(&p, INTENT_STAFF_STICK, 0);
    CHECK_INT(p.errands[STAFF_UPDATE_STICK], 1);
    CHECK_STR(p.last[RECORD_STAFF].header.what, "update-stick");
    CHECK_STR(p.last[RECORD_STAFF].header.staff, "0417");
    play_end(&p);
}

TEST(the_other_system)
{
    struct play p;
    to_versions(&p, "1.5.1");
    play_tap(&p, INTENT_STAFF_OTHER, 0);
    play_tap(&p, INTENT_STAFF_OTHER, 0);
    CHECK_INT(p.errands[STAFF_UPDATE_OTHER], 1);
    CHECK_STR(p.last[RECORD_STAFF].header.what, "update-other");
    strcpy(p.facts.system.report.left, "0"); /* it was given up */
    play_input(&p, (struct input){.kind = INPUT_UPDATE});
    play_tap(&p, INTENT_STAFF_OTHER, 0);
    CHECK_INT(p.v->staff.sure, STAFF_SURE_NOT);
    play_end(&p);
}

TEST(nothing_where_nothing_can_be)
{
    struct play p;
    to_versions(&p, ""); /* no image */
    play_tap(&p, INTENT_STAFF_STICK, 0);
    play_tap(&p, INTENT_STAFF_STICK, 0);
    CHECK_INT(p.errands[STAFF_UPDATE_STICK], 0);
    strcpy(p.facts.system.report.running, "1.5.1");
    p.facts.system.asked = SYSTEM_ASKED_ORDER; /* one is under way */
    play_input(&p, (struct input){.kind = INPUT_UPDATE, .update = {.on = true}});
    CHECK_SCREEN(&p, VERSIONS);
    play_tap(&p, INTENT_STAFF_STICK, 0);
    play_tap(&p, INTENT_STAFF_STICK, 0);
    CHECK_INT(p.errands[STAFF_UPDATE_STICK], 0);
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, TECHNICIAN);
    play_end(&p);
}

TEST(who_leaves_leaves_the_page_of_an_update)
{
    struct play p;
    to_versions(&p, "1.5.1");
    play_input(&p, (struct input){.kind = INPUT_UPDATE, .update = {.on = true, .began_ms = p.now}});
    play_timer(&p, TIMER_REST);
    CHECK_SCREEN(&p, UPDATE);
    play_tap(&p, INTENT_START, 0); /* nobody is served into a restart */
    CHECK_SCREEN(&p, UPDATE);
    play_input(&p, (struct input){.kind = INPUT_UPDATE});
    CHECK_SCREEN(&p, IDLE);
    play_end(&p);
}

/* His card is still on the reader when he leaves. */
TEST(a_card_that_lies_there_begins_nothing)
{
    struct play p;
    to_versions(&p, "1.5.1");
    play_event(&p, INPUT_CARD_SEEN);
    play_input(&p, (struct input){.kind = INPUT_UPDATE, .update = {.on = true, .began_ms = p.now}});
    play_tap(&p, INTENT_END, 0);
    play_tap(&p, INTENT_START, 0);
    CHECK(!p.v->visit);
    play_event(&p, INPUT_CARD_LIFTED);
    CHECK_SCREEN(&p, UPDATE);
    play_end(&p);
}

TEST_MAIN(T(a_stick_is_asked_once_and_recorded), T(the_other_system), T(nothing_where_nothing_can_be),
          T(who_leaves_leaves_the_page_of_an_update), T(a_card_that_lies_there_begins_nothing))
