/* SPDX-License-Identifier: Apache-2.0
 *
 * Which receipts did not come out, by a real journal.
 */
#include "kiosk/roll_desk.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/desk_test.h"

#define ONE "1103003260105000017"
#define TWO "1103003260105000025"
#define THREE "1103003260105000033"

static void paper(enum record_kind kind, const char *role, const char *number)
{
    struct record_header h = {.kind = kind, .copy = 1};
    struct err e = {0};

    text_copy(h.role, sizeof h.role, role);
    text_copy(h.number, sizeof h.number, number);
    text_copy(h.job, sizeof h.job, "abcd");
    CHECK_INT(records_append(records, &h, NULL, 0, &e), 0);
}

TEST(the_last_outcome_of_a_case_counts)
{
    desk_begin(0);
    struct journal *j = records_journal(records);

    CHECK_INT(roll_desk_unprinted(j, NINE), 0);
    paper(RECORD_PRINT_NOT, "receipt", ONE);
    paper(RECORD_PRINT_NOT, "receipt", ONE);
    paper(RECORD_PRINT_UNKNOWN, "receipt", TWO);
    paper(RECORD_PRINT_DONE, "receipt", THREE);
    paper(RECORD_PRINT_NOT, "ticket", "A003");
    CHECK_INT(roll_desk_unprinted(j, NINE), 2);
    CHECK(roll_desk_case_unprinted(j, ONE) && roll_desk_case_unprinted(j, TWO));
    CHECK(!roll_desk_case_unprinted(j, THREE));
    paper(RECORD_PRINT_DONE, "receipt", ONE); /* he came back */
    CHECK_INT(roll_desk_unprinted(j, NINE), 1);
    CHECK(!roll_desk_case_unprinted(j, ONE));
    CHECK_INT(roll_desk_unprinted(j, NINE + (UNPRINTED_DAYS + 1) * INT64_C(86400000)), 0);
    CHECK_INT(roll_desk_unprinted(NULL, NINE), 0);
    CHECK(!roll_desk_case_unprinted(NULL, ONE));
    desk_end();
}

TEST(more_than_are_told_apart_are_not_counted)
{
    char number[CASE_NUMBER_LEN + 1];

    desk_begin(0);
    for (unsigned i = 0; i < 300; i++) {
        snprintf(number, sizeof number, "11030032601050%05u", i % 1000);
        paper(RECORD_PRINT_NOT, "receipt", number);
    }
    CHECK_INT(roll_desk_unprinted(records_journal(records), NINE), 256);
    desk_end();
}

TEST_MAIN(T(the_last_outcome_of_a_case_counts), T(more_than_are_told_apart_are_not_counted))
