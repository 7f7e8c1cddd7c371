/* SPDX-License-Identifier: Apache-2.0
 *
 * Case numbers and Damm's promise, checked in full: every wrong digit, every swap of neighbours.
 */
#include "model/number.h"

#include "test.h"

static const struct case_number example = {.office = 1103, .registration = 3, .day = {2026, 11, 19}, .serial = 27};

TEST(known_check_digits)
{
    CHECK_INT(damm_check_digit("572"), '4'); /* the example of the literature */
    CHECK_INT(damm_check_digit("5724"), '0');
    CHECK_INT(damm_check_digit(""), '0');
}

/* From any state: another digit gives another state, and two digits swapped give another state. Both together carry over
 * to numbers of any length, because equal states can only come from equal ones. */
TEST(every_single_digit_and_every_swap_is_found)
{
    int missed = 0;
    for (int prefix = 0; prefix < 1000; prefix++) {
        for (int pair = 0; pair < 100; pair++) {
            char text[32], other[32];
            snprintf(text, sizeof text, "%03d%02d", prefix, pair);
            char check = damm_check_digit(text);
            memcpy(other, text, sizeof text);
            other[3] = text[4];
            other[4] = text[3];
            missed += text[3] != text[4] && damm_check_digit(other) == check;
            for (int at = 0; at < 5; at++) {
                memcpy(other, text, sizeof text);
                for (other[at] = '0'; other[at] <= '9'; other[at]++)
                    missed += other[at] != text[at] && damm_check_digit(other) == check;
            }
        }
    }
    CHECK_INT(missed, 0);
}

TEST(there_and_back)
{
    char number[CASE_NUMBER_LEN + 1], grouped[24];
    struct case_number n;
    case_number_format(&example, number);
    CHECK_INT(strlen(number), CASE_NUMBER_LEN);
    CHECK(!strncmp(number, "110300326111900027", 18));
    CHECK(case_number_parse(number, &n));
    CHECK(n.office == 1103 && n.registration == 3 && n.serial == 27);
    CHECK_INT(date_compare(n.day, example.day), 0);
    case_number_group(number, grouped);
    CHECK(!strncmp(grouped, "1103 003 261119 00027 ", 22));
    CHECK_INT(strlen(grouped), 23);
    CHECK(case_number_parse(grouped, &n));
}

TEST(every_slip_in_a_case_number_is_refused)
{
    char number[CASE_NUMBER_LEN + 1], other[CASE_NUMBER_LEN + 1];
    struct case_number n;
    case_number_format(&example, number);
    for (int at = 0; at < CASE_NUMBER_LEN; at++) {
        strcpy(other, number);
        for (other[at] = '0'; other[at] <= '9'; other[at]++) {
            if (other[at] != number[at])
                CHECK(!case_number_parse(other, &n));
        }
        strcpy(other, number);
        if (at + 1 < CASE_NUMBER_LEN && number[at] != number[at + 1]) {
            other[at] = number[at + 1];
            other[at + 1] = number[at];
            CHECK(!case_number_parse(other, &n));
        }
    }
}

/* Right check digit, impossible content. */
TEST(impossible_numbers)
{
    char number[CASE_NUMBER_LEN + 1];
    struct case_number n = example, ret;
    n.serial = 0;
    case_number_format(&n, number);
    CHECK(!case_number_parse(number, &ret));
    n = example;
    n.day = (struct date){2026, 2, 30};
    case_number_format(&n, number);
    CHECK(!case_number_parse(number, &ret));
    n.day = (struct date){2026, 13, 1};
    case_number_format(&n, number);
    CHECK(!case_number_parse(number, &ret));
}

TEST(not_a_case_number)
{
    struct case_number n;
    CHECK(!case_number_parse("", &n));
    CHECK(!case_number_parse("1103", &n));
    CHECK(!case_number_parse("110300326111900027", &n));
    CHECK(!case_number_parse("11030032611190002700000", &n));
    CHECK(!case_number_parse("1103-003-261119-00027-4", &n));
    CHECK(!case_number_parse("０１０３００３２６１１１９０００２７４", &n));
}

TEST(grouping_never_overflows)
{
    char grouped[24];
    case_number_group("11", grouped);
    CHECK_STR(grouped, "11");
    case_number_group("", grouped);
    CHECK_STR(grouped, "");
    case_number_group("123456789012345678901234567890", grouped);
    CHECK_INT(strlen(grouped), 23);
}

TEST(the_numbers_of_a_bundle)
{
    struct case_number n = {1103, 3, {2026, 1, 5}, 27}, part;
    char bundle[CASE_NUMBER_LEN + 1], number[CASE_NUMBER_LEN + 1] = "kept";

    case_number_format(&n, bundle);
    CHECK(case_number_part(bundle, 3, number));
    CHECK(case_number_parse(number, &part));
    CHECK_INT(part.serial, 30);
    CHECK_INT(part.registration, 3);
    CHECK(!case_number_part(bundle, 0, number));
    CHECK(!case_number_part(bundle, -1, number));
    CHECK(!case_number_part("1103003260105000270", 1, number)); /* a wrong digit */
    CHECK(!case_number_part("", 1, number));
    n.serial = CASE_SERIAL_MAX - 1;
    case_number_format(&n, bundle);
    CHECK(case_number_part(bundle, 1, number));
    CHECK(!case_number_part(bundle, 2, number));
}

TEST(limits)
{
    char number[CASE_NUMBER_LEN + 1];
    struct case_number n = {9999, 999, {2099, 12, 31}, CASE_SERIAL_MAX}, ret;
    case_number_format(&n, number);
    CHECK(case_number_parse(number, &ret));
    CHECK(ret.office == 9999 && ret.registration == 999 && ret.serial == CASE_SERIAL_MAX && ret.day.year == 2099);
}

TEST(ticket_numbers)
{
    char t[TICKET_NUMBER_MAX + 1];
    ticket_number_leased('A', 32, t);
    CHECK_STR(t, "A 032");
    ticket_number_leased('A', 1000, t);
    CHECK_STR(t, "A 1000");
    ticket_number_own('A', 3, 1, t);
    CHECK_STR(t, "A03-001");
    ticket_number_own('B', 12, 1000, t);
    CHECK_STR(t, "B12-1000");
    ticket_number_own('Z', 123456789, 123456789, t);
    CHECK(strlen(t) <= TICKET_NUMBER_MAX);
}

TEST(ticket_numbers_are_read_back)
{
    static const char *const bad[] = {"",        "A",       "A 1",     "A 0032",   "A  032",       "A 032 ",
                                      "a 032",   "A032",    "A 000",   "A -01",    "A03-01",       "A3-001",
                                      "A00-001", "A03 001", "A-1-001", "A03-001x", "A 12345678901"};
    struct ticket_number n;
    CHECK(ticket_number_parse("A 032", &n) && n.letter == 'A' && n.registration == 0 && n.number == 32);
    CHECK(ticket_number_parse("Z 1000018", &n) && n.number == 1000018);
    CHECK(ticket_number_parse("B12-1000", &n) && n.registration == 12 && n.number == 1000);
    CHECK(ticket_number_parse("A999-001", &n) && n.registration == 999 && n.number == 1);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(!ticket_number_parse(bad[i], &n));
}

TEST_MAIN(T(known_check_digits), T(every_single_digit_and_every_swap_is_found), T(there_and_back),
          T(every_slip_in_a_case_number_is_refused), T(impossible_numbers), T(not_a_case_number),
          T(grouping_never_overflows), T(the_numbers_of_a_bundle), T(limits), T(ticket_numbers),
          T(ticket_numbers_are_read_back))
