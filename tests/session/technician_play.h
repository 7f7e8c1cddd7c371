/* SPDX-License-Identifier: Apache-2.0
 *
 * A technician signs in; for tests of the pages behind it.
 */
#ifndef TESTS_SESSION_TECHNICIAN_PLAY_H
#define TESTS_SESSION_TECHNICIAN_PLAY_H

#include "session/play.h"

static inline void technician_begin(struct play *p)
{
    play_begin(p);
    p->badge = (struct staff_badge){.id = "0417", .name = "测试维护", .role = "维护"};
    play_input(p, (struct input){.kind = INPUT_STAFF_CARD, .badge = &p->badge});
    play_event(p, INPUT_CARD_LIFTED);
    for (const char *pin = PLAY_PIN; *pin; pin++)
        play_tap(p, INTENT_KEY, *pin);
    play_tap(p, INTENT_NEXT, 0);
    CHECK_SCREEN(p, TECHNICIAN);
}

#endif
