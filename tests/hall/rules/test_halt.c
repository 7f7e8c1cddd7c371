/* SPDX-License-Identifier: Apache-2.0
 *
 * Taking an item off, and bringing it back: when it may be done.
 */
#include "test.h"

#include "tools/hall/rules/halt.h"

static enum halt_refusal judge(bool on, bool known, bool off, int n)
{
    return halt_judge(&(struct halt_facts){.known = known, .off = off, .same = off, .n_off = n}, on);
}

TEST(off)
{
    CHECK_INT(judge(false, true, false, 0), HALT_MAY_REFUSED);
    CHECK_INT(judge(false, true, false, HALTS_MAX - 1), HALT_MAY_REFUSED);
    CHECK_INT(judge(false, true, false, HALTS_MAX), HALT_FULL_REFUSED);
    CHECK_INT(judge(false, false, false, 0), HALT_NO_ITEM_REFUSED);
    CHECK_INT(judge(false, true, true, HALTS_MAX), HALT_OFF_REFUSED);
}

TEST(off_with_other_words_or_of_a_newer_version)
{
    struct halt_facts f = {.known = true, .off = true, .n_off = HALTS_MAX};

    CHECK_INT(halt_judge(&f, false), HALT_MAY_REFUSED); /* it is one of the twelve */
    f.known = false;
    CHECK_INT(halt_judge(&f, false), HALT_MAY_REFUSED);
}

TEST(on)
{
    CHECK_INT(judge(true, true, true, HALTS_MAX), HALT_MAY_REFUSED);
    CHECK_INT(judge(true, false, true, 1), HALT_MAY_REFUSED); /* also when no catalogue has it any more */
    CHECK_INT(judge(true, true, false, 0), HALT_ON_REFUSED);
    CHECK_STR(halt_refusal_word(HALT_OFF_REFUSED), "off-already");
    CHECK(halt_refusal_about(HALT_ON_REFUSED)[0] != '\0');
}

TEST_MAIN(T(off), T(off_with_other_words_or_of_a_newer_version), T(on))
