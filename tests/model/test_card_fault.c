/* SPDX-License-Identifier: Apache-2.0
 *
 * Every fault has a word of its own and something to do about it in both languages.
 */
#include "model/card_fault.h"

#include "test.h"

TEST(each_has_its_words)
{
    for (int i = CARD_FAULT_NONE + 1; i < CARD_FAULTS; i++) {
        enum card_fault f = (enum card_fault)i;
        const char *word = card_fault_word(f);
        CHECK(word[0] && strlen(word) < 24); /* what the technician's page keeps of a record */
        CHECK_INT(card_fault_by_word(word), f);
        CHECK(card_fault_remedy(f, LANGUAGE_ZH_CN)[0] != '\0');
        CHECK(strcmp(card_fault_remedy(f, LANGUAGE_ZH_CN), card_fault_remedy(f, LANGUAGE_EN)) != 0);
    }
    CHECK_STR(card_fault_word(CARD_FAULT_NONE), "");
    CHECK_INT(card_fault_by_word("ready"), CARD_FAULT_NONE);
}

TEST(whose_fault_it_is)
{
    CHECK_INT(card_fault_advice(CARD_FAULT_LIFTED), CARD_ADVICE_AGAIN);
    CHECK_INT(card_fault_advice(CARD_FAULT_NOT_ID), CARD_ADVICE_KIND);
    CHECK_INT(card_fault_advice(CARD_FAULT_FORGED), CARD_ADVICE_CHIP);
    CHECK_INT(card_fault_advice(CARD_FAULT_SELF_TEST), CARD_ADVICE_READER);
}

TEST_MAIN(T(each_has_its_words), T(whose_fault_it_is))
