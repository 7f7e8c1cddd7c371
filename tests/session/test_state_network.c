/* SPDX-License-Identifier: Apache-2.0
 *
 * The technician's page of the way to the hall: it is tested as the page opens and at a press, on record each time, and one
 * test at a time.
 */
#include "session/play.h"

static struct play p;

static void sign_in(void)
{
    play_begin(&p);
    p.badge = (struct staff_badge){.id = "0417", .name = "测试维护", .role = "维护"};
    play_input(&p, (struct input){.kind = INPUT_STAFF_CARD, .badge = &p.badge});
    play_event(&p, INPUT_CARD_LIFTED);
    for (const char *pin = PLAY_PIN; *pin; pin++)
        play_tap(&p, INTENT_KEY, *pin);
    play_tap(&p, INTENT_NEXT, 0);
    CHECK_SCREEN(&p, TECHNICIAN);
}

static void state(enum uplink_state is)
{
    p.facts.uplink.state = is;
    play_input(&p, (struct input){.kind = INPUT_STAFF_FACTS, .facts = &p.facts});
}

TEST(the_page_of_all_looks)
{
    sign_in();
    CHECK_INT(p.errands[STAFF_LINE_LOOK], 1);
    play_tap(&p, INTENT_STAFF_LINE_TEST, 0); /* not from there */
    CHECK_INT(p.errands[STAFF_LINE_TEST], 0);
    play_end(&p);
}

TEST(tests_as_it_opens)
{
    sign_in();
    play_tap(&p, INTENT_STAFF_NETWORK, 0);
    CHECK_SCREEN(&p, NETWORK);
    CHECK_INT(p.errands[STAFF_LINE_TEST], 1);
    CHECK_STR(p.last[RECORD_STAFF].header.what, "network");
    CHECK_STR(p.last[RECORD_STAFF].header.staff, "0417");
    state(UPLINK_TESTING);
    play_tap(&p, INTENT_STAFF_LINE_TEST, 0); /* it runs */
    CHECK_INT(p.errands[STAFF_LINE_TEST], 1);
    state(UPLINK_TESTED);
    play_tap(&p, INTENT_STAFF_LINE_TEST, 0);
    CHECK_INT(p.errands[STAFF_LINE_TEST], 2);
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, TECHNICIAN);
    CHECK_INT(p.errands[STAFF_LINE_LOOK], 2);
    play_tap(&p, INTENT_STAFF_NETWORK, 0);
    play_tap(&p, INTENT_END, 0);
    CHECK_SCREEN(&p, IDLE);
    play_end(&p);
}

TEST_MAIN(T(the_page_of_all_looks), T(tests_as_it_opens))
