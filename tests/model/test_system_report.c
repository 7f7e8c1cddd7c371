/* SPDX-License-Identifier: Apache-2.0
 *
 * Words of states, and what may be done with the other system.
 */
#include "model/system_report.h"

#include <string.h>

#include "test.h"

TEST(words_there_and_back)
{
    enum system_state s = SYSTEM_STATES;

    for (int i = 0; i < SYSTEM_STATES; i++) {
        CHECK(system_state_by_word(system_state_word((enum system_state)i), &s));
        CHECK_INT(s, i);
    }
    CHECK(!system_state_by_word("brilliant", &s));
    CHECK_INT(s, SYSTEM_STATES - 1);
}

TEST(the_other_system)
{
    static const struct {
        const char *other, *left;
        enum system_other is;
        bool startable;
    } list[] = {{"", "", SYSTEM_OTHER_EMPTY, false},
                {"", "good", SYSTEM_OTHER_EMPTY, false},
                {"1.5.0", "good", SYSTEM_OTHER_GOOD, true},
                {"1.5.0", "3", SYSTEM_OTHER_TRIAL, true},
                {"1.5.0", "0", SYSTEM_OTHER_GIVEN_UP, false}};

    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        struct system_report r = {.at_s = 0};

        strcpy(r.other, list[i].other);
        strcpy(r.left, list[i].left);
        CHECK_INT(system_report_other(&r), list[i].is);
        CHECK_INT(system_report_startable(&r), list[i].startable);
    }
}

TEST_MAIN(T(words_there_and_back), T(the_other_system))
