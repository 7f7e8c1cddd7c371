/* SPDX-License-Identifier: Apache-2.0
 *
 * Taking an item off, and bringing it back: when it may be done.
 */
#include "test.h"

#include "tools/hall/rules/halt.h"

static enum halt_refusal judge(bool on, bool known, bool off, bool full)
{
    return halt_judge(&(struct halt_facts){.known = known, .off = off, .same = off, .full = full}, on);
}

TEST(off)
{
    CHECK_INT(judge(false, true, false, false), HALT_MAY_REFUSED);
    CHECK_INT(judge(false, true, false, true), HALT_FULL_REFUSED);
    CHECK_INT(judge(false, false, false, false), HALT_NO_ITEM_REFUSED);
    CHECK_INT(judge(false, true, true, true), HALT_OFF_REFUSED);
}

TEST(off_with_other_words_or_of_a_newer_version)
{
    struct halt_facts f = {.known = true, .off = true};

    CHECK_INT(halt_judge(&f, false), HALT_MAY_REFUSED);
    f.known = false;
    CHECK_INT(halt_judge(&f, false), HALT_MAY_REFUSED);
    f.full = true; /* longer words */
    CHECK_INT(halt_judge(&f, false), HALT_FULL_REFUSED);
}

TEST(on)
{
    CHECK_INT(judge(true, true, true, true), HALT_MAY_REFUSED);
    CHECK_INT(judge(true, false, true, false), HALT_MAY_REFUSED); /* also when no catalogue has it any more */
    CHECK_INT(judge(true, true, false, false), HALT_ON_REFUSED);
    CHECK_STR(halt_refusal_word(HALT_OFF_REFUSED), "off-already");
    CHECK(halt_refusal_about(HALT_ON_REFUSED)[0] != '\0');
}

TEST_MAIN(T(off), T(off_with_other_words_or_of_a_newer_version), T(on))
