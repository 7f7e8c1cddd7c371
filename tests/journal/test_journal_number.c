/* SPDX-License-Identifier: Apache-2.0
 *
 * Which day it is: a clock that was wrong for a moment leaves no trace, a trusted one is never gone behind.
 */
#include "journal_test.h"

/* The day of the next number, as YYMMDD. */
static int next_day(struct journal *j)
{
    struct date d = journal_day(j);

    return d.year % 100 * 10000 + d.month * 100 + d.day;
}

TEST(day_never_goes_back_against_a_trusted_clock)
{
    char n[CASE_NUMBER_LEN + 1];

    fresh();
    clock_set_wall(NOON + DAY_MS);
    struct journal *j = open_journal();
    journal_set_clock_trusted(j, true);
    CHECK_INT(append_application(j, NULL, n, NULL), 0);
    journal_close(j);
    clock_set_wall(NOON - 3 * DAY_MS); /* the clock is set back */
    j = open_journal();
    CHECK_INT(append_application(j, NULL, n, NULL), 0);
    CHECK(!strncmp(n, "110300326010600002", 18));
    journal_set_clock_trusted(j, true); /* the hall's too */
    CHECK_INT(next_day(j), 260106);
    clock_set_wall(NOON + 5 * DAY_MS);
    journal_set_clock_trusted(j, true);
    CHECK_INT(next_day(j), 260110);
    journal_close(j);
    check_verifies(2);
}

/* A number given under a clock that was ahead by `ahead`, and nothing that comes after it. */
static void ahead_once(int64_t ahead, bool restarted)
{
    char n[CASE_NUMBER_LEN + 1];

    fresh();
    clock_set_wall(NOON + ahead);
    struct journal *j = open_journal();
    CHECK_INT(append_application(j, NULL, n, NULL), 0);
    clock_set_wall(NOON);
    if (restarted) {
        journal_close(j);
        j = open_journal();
    }
    CHECK_INT(next_day(j), 260105);
    CHECK_INT(append_application(j, NULL, n, NULL), 0);
    CHECK(!strncmp(n, "110300326010500001", 18));
    clock_set_wall(NOON + ahead); /* that day comes, and its first number was given */
    journal_set_clock_trusted(j, true);
    CHECK_INT(append_application(j, NULL, n, NULL), 0);
    CHECK(!strncmp(n + 13, "00002", 5));
    journal_close(j);
    check_verifies(3);
}

TEST(unsure_clock_ahead_leaves_no_trace)
{
    ahead_once(DAY_MS, false);
    ahead_once(DAY_MS, true);
    ahead_once(365 * DAY_MS, false);
    ahead_once(365 * DAY_MS, true);
}

TEST(trusted_day_far_ahead_is_doubted)
{
    fresh();
    clock_set_wall(NOON + 365 * DAY_MS); /* the hall's clock was wrong, or whoever spoke for it */
    struct journal *j = open_journal();
    journal_set_clock_trusted(j, true);
    CHECK_INT(append_kind(j, RECORD_START), 0);
    journal_close(j);
    clock_set_wall(NOON);
    j = open_journal();
    journal_set_clock_trusted(j, true);
    CHECK_INT(next_day(j), 260105);
    journal_set_clock_trusted(j, false);
    CHECK_INT(next_day(j), 260105);
    journal_close(j);
    j = open_journal();
    CHECK_INT(next_day(j), 260105); /* forgotten, also after a restart */
    journal_close(j);
}

/* Nobody has said yet that it is wrong, and the monotonic clock shows it. */
TEST(jump_is_seen_at_once)
{
    struct record_header h = {.kind = RECORD_START};

    fresh();
    struct journal *j = open_journal();
    journal_set_clock_trusted(j, true);
    clock_advance(DAY_MS);
    CHECK(journal_clock_trusted(j));
    clock_set_wall(NOON + 400 * DAY_MS);
    CHECK(!journal_clock_trusted(j));
    CHECK_INT(next_day(j), 260106);
    CHECK_INT(journal_append(j, &h, NULL, 0, NULL), 0);
    CHECK(!h.clock_trusted);
    clock_set_wall(0);
    clock_advance(DAY_MS);
    CHECK_INT(next_day(j), 260107);
    journal_set_clock_trusted(j, true);
    CHECK(journal_clock_trusted(j));
    journal_close(j);
}

TEST(battery_gone)
{
    fresh();
    clock_set_wall(0);
    struct journal *j = open_journal();
    CHECK_INT(next_day(j), 251206); /* the build's: nothing else is known */
    clock_set_wall(NOON);
    journal_set_clock_trusted(j, true);
    CHECK_INT(append_kind(j, RECORD_START), 0);
    journal_close(j);
    clock_set_wall(0);
    j = open_journal();
    CHECK_INT(next_day(j), 260105);
    journal_close(j);
    shell("rm $D.anchor");
    j = open_journal(); /* the records know too */
    CHECK_INT(next_day(j), 260105);
    journal_close(j);
}

/* The number of what somebody says: one after the other, over restarts and days, and none twice. */
static int append_spoken(struct journal *j, const struct speak_number *n)
{
    struct record_header h = {.kind = RECORD_FEEDBACK, .what = "consult"};

    if (n)
        speak_number_format(n, h.number);
    return journal_append(j, &h, "{}", 2, NULL);
}

TEST(what_is_said_is_numbered_for_ever)
{
    struct speak_number n, other;

    fresh();
    struct journal *j = open_journal();
    for (int i = 1; i <= 3; i++) {
        CHECK_INT(journal_next_spoken(j, &n, NULL), 0);
        CHECK(n.serial == i && n.office == 1103 && n.registration == 3);
        CHECK_INT(append_spoken(j, &n), 0);
        if (i == 2) {
            journal_close(j);
            clock_set_wall(NOON + 3 * DAY_MS);
            j = open_journal();
        }
    }
    CHECK(append_spoken(j, &n) < 0); /* given already */
    other = n;
    other.registration++;
    other.serial++;
    CHECK(append_spoken(j, &other) < 0);  /* not this terminal's */
    CHECK_INT(append_spoken(j, NULL), 0); /* of a terminal that numbers nothing */
    n.serial = SPEAK_SERIAL_MAX;
    CHECK_INT(append_spoken(j, &n), 0);
    CHECK_INT(journal_next_spoken(j, &n, NULL), -ERR_RANGE); /* all are given: it is said */
    journal_close(j);
    clock_set_wall(NOON);
    check_verifies(5);
}

TEST_MAIN(SETUP(begin), T(day_never_goes_back_against_a_trusted_clock), T(unsure_clock_ahead_leaves_no_trace),
          T(trusted_day_far_ahead_is_doubted), T(jump_is_seen_at_once), T(battery_gone),
          T(what_is_said_is_numbered_for_ever), TEARDOWN(end))
