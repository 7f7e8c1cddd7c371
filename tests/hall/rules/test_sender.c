/* SPDX-License-Identifier: Apache-2.0
 *
 * What a sender may give, and when its tickets were taken.
 */
#include "test.h"

#include "model/number.h"
#include "tools/hall/rules/sender.h"

#define NOON INT64_C(1767585600000) /* 2026-01-05T12:00:00+08:00 */
#define MIN INT64_C(60000)

static const struct sender me = {
    .office = 1103, .terminal = "t-1", .received = NOON, .registrations = {3, 5}, .at = NOON - 60 * MIN};

static bool gives_case(int office, int registration)
{
    char text[CASE_NUMBER_LEN + 1];
    const struct case_number n = {office, registration, {2026, 1, 5}, 27};
    case_number_format(&n, text);
    return sender_gives_case(&me, text);
}

TEST(case_numbers)
{
    CHECK(gives_case(1103, 3));
    CHECK(gives_case(1103, 5)); /* enrolled anew with its journal */
    CHECK(!gives_case(1103, 4));
    CHECK(!gives_case(1104, 3));
    CHECK(!sender_gives_case(&me, "1103003260105000270")); /* a wrong check digit */
    CHECK(!sender_gives_case(&me, ""));
}

TEST(what_was_said)
{
    CHECK(sender_gives_spoken(&me, "110300300017"));
    CHECK(sender_gives_spoken(&me, "110300500017")); /* enrolled anew with its journal */
    CHECK(!sender_gives_spoken(&me, "110300400017"));
    CHECK(!sender_gives_spoken(&me, "110400300017"));
    CHECK(!sender_gives_spoken(&me, "110300300000"));
    CHECK(!sender_gives_spoken(&me, "1103003000170"));
    CHECK(!sender_gives_spoken(&me, ""));
}

static const struct sender_block none, mine = {"t-1", 21, 20, NOON - 90 * MIN}, other = {"t-2", 21, 20, 0};

TEST(ticket_numbers)
{
    char text[TICKET_NUMBER_MAX + 1];
    int64_t since = -1;
    ticket_number_own('A', 3, 1, text);
    CHECK(sender_gives_ticket(&me, text, &none, &since));
    CHECK_INT(since, 0);
    ticket_number_own('A', 4, 1, text);
    CHECK(!sender_gives_ticket(&me, text, &mine, &since));
    ticket_number_leased('A', 40, text);
    CHECK(sender_gives_ticket(&me, text, &mine, &since));
    CHECK_INT(since, NOON - 90 * MIN);
    CHECK(!sender_gives_ticket(&me, text, &other, &since));
    CHECK(!sender_gives_ticket(&me, text, &none, &since));
    ticket_number_leased('A', 41, text); /* behind the block that begins below it */
    CHECK(!sender_gives_ticket(&me, text, &mine, &since));
    CHECK(!sender_gives_ticket(&me, "A1", &mine, &since));
}

TEST(when_taken)
{
    CHECK_INT(sender_taken_at(&me, NOON - 10 * MIN, true, 0), NOON - 10 * MIN);
    CHECK_INT(sender_taken_at(&me, NOON - 10 * MIN, false, 0), NOON);                       /* nobody trusts its clock */
    CHECK_INT(sender_taken_at(&me, NOON - 10 * MIN, true, NOON - 5 * MIN), NOON - 5 * MIN); /* leased then */
    CHECK_INT(sender_taken_at(&me, NOON - 90 * MIN, true, 0), me.at);                       /* what it told last */
    CHECK_INT(sender_taken_at(&me, NOON + 10 * MIN, true, 0), NOON);                        /* it has come */
}

TEST(its_latest_time)
{
    CHECK_INT(sender_later(&me, NOON - 10 * MIN, true), NOON - 10 * MIN);
    CHECK_INT(sender_later(&me, NOON - 10 * MIN, false), me.at);
    CHECK_INT(sender_later(&me, NOON - 90 * MIN, true), me.at);
    CHECK_INT(sender_later(&me, NOON + 10 * MIN, true), NOON);
}

TEST_MAIN(T(case_numbers), T(what_was_said), T(ticket_numbers), T(when_taken), T(its_latest_time))
