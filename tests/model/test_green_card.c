/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether a green-channel card counts: each reason, and which is told where there are several.
 */
#include "test.h"

#include "model/green_card.h"

static const struct green_card card = {1103, "48213907", GREEN_ELDERLY, {2026, 12, 31}};

static struct green_facts good(void)
{
    return (struct green_facts){.card = &card, .is_signed = true, .office = 1103, .today = {2026, 12, 31}};
}

TEST(it_counts_up_to_its_last_day)
{
    struct green_facts f = good();

    CHECK_INT(green_judge(&f), GREEN_MAY);
    f.today = (struct date){2027, 1, 1};
    CHECK_INT(green_judge(&f), GREEN_REFUSED_EXPIRED);
    f.today = (struct date){2026, 1, 1};
    CHECK_INT(green_judge(&f), GREEN_MAY);
}

TEST(each_reason)
{
    struct green_facts f = good();

    f.card = NULL;
    CHECK_INT(green_judge(&f), GREEN_REFUSED_UNREADABLE);
    f = good();
    f.is_signed = false;
    CHECK_INT(green_judge(&f), GREEN_REFUSED_FORGED);
    f = good();
    f.office = 1204;
    CHECK_INT(green_judge(&f), GREEN_REFUSED_OTHER_OFFICE);
    f.office = GREEN_ANY_OFFICE;
    CHECK_INT(green_judge(&f), GREEN_MAY);
    f = good();
    f.revoked = true;
    CHECK_INT(green_judge(&f), GREEN_REFUSED_REVOKED);
    f = good();
    f.used = true;
    CHECK_INT(green_judge(&f), GREEN_REFUSED_USED);
}

/* Of a card that nobody signed nothing else is told: it could say anything. */
TEST(a_forged_one_is_told_first)
{
    struct green_facts f = {.card = &card, .revoked = true, .used = true, .office = 1, .today = {2030, 1, 1}};

    CHECK_INT(green_judge(&f), GREEN_REFUSED_FORGED);
    f.is_signed = true;
    CHECK_INT(green_judge(&f), GREEN_REFUSED_OTHER_OFFICE);
    f.office = 1103;
    CHECK_INT(green_judge(&f), GREEN_REFUSED_REVOKED);
    f.revoked = false;
    CHECK_INT(green_judge(&f), GREEN_REFUSED_EXPIRED);
}

TEST(words)
{
    enum green_kind k;

    for (enum green_kind i = 0; i < GREEN_KINDS; i++) {
        CHECK(green_kind_by_word(green_kind_word(i), &k) && k == i);
    }
    CHECK(!green_kind_by_word("young", &k) && !green_kind_by_word("", &k));
    CHECK(green_serial_valid("00000000") && !green_serial_valid("1234567") && !green_serial_valid("123456789") &&
          !green_serial_valid("1234567x") && !green_serial_valid(""));
    for (enum green_refusal r = GREEN_MAY + 1; r < GREEN_REFUSALS; r++)
        CHECK(green_refusal_word(r)[0] && green_refusal_what(r)[0] && green_refusal_remedy(r)[0]);
}

TEST_MAIN(T(it_counts_up_to_its_last_day), T(each_reason), T(a_forged_one_is_told_first), T(words))
