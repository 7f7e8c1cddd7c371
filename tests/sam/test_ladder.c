/* SPDX-License-Identifier: Apache-2.0
 *
 * Which rung follows which, for each kind of fault, and how seldom it is tried in the end.
 */
#include "drivers/sam/ladder.h"

#include "test.h"

static struct ladder ladder;
static int64_t now;
static int wait_ms;

static void climb(enum card_fault why, bool open, enum rung rung, int wait)
{
    CHECK_INT(ladder_climb(&ladder, why, open, now, &wait_ms), rung);
    CHECK_INT(wait_ms, wait);
    now += wait_ms;
}

static void begin(void)
{
    ladder_leave(&ladder);
    now = 1000000;
}

TEST(silence_climbs_every_rung)
{
    begin();
    climb(CARD_FAULT_SILENT, true, RUNG_DRAIN, 0);
    climb(CARD_FAULT_SILENT, true, RUNG_RESET, 0);
    climb(CARD_FAULT_GARBLED, true, RUNG_CLEAR_HALT, 0);
    climb(CARD_FAULT_STALLED, true, RUNG_REOPEN, 1000);
    climb(CARD_FAULT_SILENT, true, RUNG_REENUMERATE, 1000);
    climb(CARD_FAULT_SILENT, true, RUNG_REOPEN, 5000);
    climb(CARD_FAULT_SILENT, true, RUNG_REENUMERATE, 10000);
    climb(CARD_FAULT_SILENT, true, RUNG_REOPEN, 10000);
}

TEST(after_a_while_it_is_tried_seldom)
{
    begin();
    climb(CARD_FAULT_SILENT, true, RUNG_DRAIN, 0);
    while (now < 1000000 + 90000)
        ladder_climb(&ladder, CARD_FAULT_SILENT, true, now += 3000, &wait_ms);
    CHECK_INT(wait_ms, 60000);
    climb(CARD_FAULT_SILENT, true, ladder.rung == RUNG_REOPEN ? RUNG_REENUMERATE : RUNG_REOPEN, 60000);
    ladder_leave(&ladder);
    climb(CARD_FAULT_SILENT, true, RUNG_DRAIN, 0);
}

TEST(a_failed_self_test_is_reset_not_drained)
{
    begin();
    climb(CARD_FAULT_SELF_TEST, true, RUNG_RESET, 0);
    climb(CARD_FAULT_SELF_TEST, true, RUNG_REENUMERATE, 1000);
    climb(CARD_FAULT_SELF_TEST, true, RUNG_REOPEN, 5000);
}

TEST(nothing_helps_a_reader_that_is_not_authorised)
{
    begin();
    climb(CARD_FAULT_UNAUTHORISED, true, RUNG_REOPEN, 5000);
    climb(CARD_FAULT_UNAUTHORISED, true, RUNG_REENUMERATE, 10000);
}

TEST(what_cannot_be_opened_can_only_be_opened_again)
{
    begin();
    climb(CARD_FAULT_IN_USE, false, RUNG_REOPEN, 1000);
    climb(CARD_FAULT_IN_USE, false, RUNG_REOPEN, 5000);
    climb(CARD_FAULT_NO_ACCESS, false, RUNG_REOPEN, 10000);
}

TEST(words)
{
    for (int r = RUNG_DRAIN; r < RUNGS; r++)
        CHECK(ladder_word((enum rung)r)[0] != '\0');
    CHECK_STR(ladder_word(RUNG_NONE), "");
    CHECK_STR(ladder_word(RUNG_REENUMERATE), "re-enumerate");
}

TEST_MAIN(T(silence_climbs_every_rung), T(after_a_while_it_is_tried_seldom), T(a_failed_self_test_is_reset_not_drained),
          T(nothing_helps_a_reader_that_is_not_authorised), T(what_cannot_be_opened_can_only_be_opened_again), T(words))
