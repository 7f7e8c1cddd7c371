/* SPDX-License-Identifier: Apache-2.0
 *
 * Visits that ask for cases: the hall is played, too.
 */
#ifndef TESTS_SESSION_PLAY_CASES_H
#define TESTS_SESSION_PLAY_CASES_H

#include "session/play.h"

#define NUMBER "1103003260105000014"
#define MISSING "缺户口簿复印件"
#define WORDS "A12345"

static struct my_cases told; /* by the hall */

static inline struct my_case *tell(enum my_case_stage stage)
{
    told = (struct my_cases){.at = 1, .n = 1};
    told.list[0] = (struct my_case){.number = NUMBER, .item = "A", .stage = stage, .can_supplement = true};
    text_copy(told.list[0].missing, sizeof told.list[0].missing, MISSING);
    return &told.list[0];
}

static inline void answer(struct play *p)
{
    play_input(p, (struct input){.kind = INPUT_ASKED, .asked = {.serial = p->asked.serial, .cases = &told}});
}

static inline void refuse(struct play *p, enum ask_reason why)
{
    play_input(p, (struct input){.kind = INPUT_ASKED, .asked = {.serial = p->asked.serial, .why = why}});
}

static inline void home(struct play *p, bool hall)
{
    play_begin(p);
    p->health.hall = hall;
    play_health(p);
    play_tap(p, INTENT_START, 0);
    play_tap(p, INTENT_CASES, 0);
}

static inline void to_list(struct play *p)
{
    home(p, true);
    CHECK_SCREEN(p, CARD_WAITING);
    CHECK(p->v->card.cases);
    play_card(p, &p->card);
    CHECK_SCREEN(p, CARD_REMOVE);
    play_event(p, INPUT_CARD_LIFTED);
    CHECK_SCREEN(p, CASES);
}

static inline void to_case(struct play *p, enum my_case_stage stage)
{
    to_list(p);
    tell(stage);
    answer(p);
    play_tap(p, INTENT_CASE, 0);
    CHECK_SCREEN(p, CASE);
}

static inline void type(struct play *p, const char *text)
{
    for (; *text; text++)
        play_tap(p, INTENT_KEY, (unsigned char)*text);
}

#endif
