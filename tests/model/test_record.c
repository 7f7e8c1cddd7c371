/* SPDX-License-Identifier: Apache-2.0
 *
 * Kinds of records as words and back.
 */
#include "model/record.h"

#include "test.h"

TEST(every_kind_has_a_word_of_its_own)
{
    for (int i = 0; i < RECORD_KINDS; i++) {
        const char *word = record_kind_word((enum record_kind)i);
        CHECK(word[0] != '\0');
        CHECK_INT(record_kind_by_word(word), i);
    }
    CHECK_STR(record_kind_word(RECORD_VISIT_START), "visit-start");
    CHECK_INT(record_kind_by_word("print-unknown"), RECORD_PRINT_UNKNOWN);
}

TEST(unknown_words)
{
    CHECK_INT(record_kind_by_word(""), -1);
    CHECK_INT(record_kind_by_word("Ticket"), -1);
    CHECK_INT(record_kind_by_word("ticket "), -1);
    CHECK_STR(record_kind_word(RECORD_KINDS), "");
}

TEST(what_carries_a_body)
{
    CHECK(record_kind_has_body(RECORD_APPLICATION));
    CHECK(record_kind_has_body(RECORD_SUPPLEMENT));
    CHECK(record_kind_has_body(RECORD_FEEDBACK));
    CHECK(record_kind_has_body(RECORD_APPOINTMENT));
    CHECK(!record_kind_has_body(RECORD_TICKET));
    CHECK(!record_kind_has_body(RECORD_VISIT_END));
    CHECK(!record_kind_has_body(RECORD_KINDS));
}

TEST_MAIN(T(every_kind_has_a_word_of_its_own), T(unknown_words), T(what_carries_a_body))
