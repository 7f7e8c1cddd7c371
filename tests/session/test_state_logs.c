/* SPDX-License-Identifier: Apache-2.0
 *
 * The technician's page of the logs: a press is on record before anything is asked for, and one at a time.
 */
#include "session/play.h"

TEST(recorded_and_one_at_a_time)
{
    struct play p;

    play_begin(&p);
    p.badge = (struct staff_badge){.id = "0417", .name = "测试维护", .role = "维护"};
    play_input(&p, (struct input){.kind = INPUT_STAFF_CARD, .badge = &p.badge});
    play_event(&p, INPUT_CARD_LIFTED);
    for (const char *pin = PLAY_PIN; *pin; pin++)
        play_tap(&p, INTENT_KEY, *pin);
    play_tap(&p, INTENT_NEXT, 0);
    play_tap(&p, INTENT_STAFF_LOGS_STICK, 0); /* not from another page */
    CHECK_INT(p.errands[STAFF_LOGS_STICK], 0);
    play_tap(&p, INTENT_STAFF_LOGS, 0);
    CHECK_SCREEN(&p, LOGS);
    play_tap(&p, INTENT_STAFF_LOGS_STICK, 0);
    CHECK_INT(p.errands[STAFF_LOGS_STICK], 1);
    CHECK_STR(p.last[RECORD_STAFF].header.what, "logs");
    CHECK_STR(p.last[RECORD_STAFF].header.staff, "0417");
    p.facts.logs.state = LOGS_WORKING;
    play_input(&p, (struct input){.kind = INPUT_STAFF_FACTS, .facts = &p.facts});
    play_tap(&p, INTENT_STAFF_LOGS_STICK, 0);
    CHECK_INT(p.errands[STAFF_LOGS_STICK], 1);
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, TECHNICIAN);
    play_end(&p);
}

TEST_MAIN(T(recorded_and_one_at_a_time))
