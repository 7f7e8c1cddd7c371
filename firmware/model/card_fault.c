/* SPDX-License-Identifier: Apache-2.0
 *
 * See card_fault.h.
 */
#include "model/card_fault.h"

#include <string.h>

static const struct {
    const char *word;
    enum card_advice advice;
    enum str_id remedy;
} faults[CARD_FAULTS] = {
    [CARD_FAULT_NONE] = {"", CARD_ADVICE_AGAIN, STR_staff_card_none},
#define CARD_FAULT(name, id, word, advice) [CARD_FAULT_##name] = {word, CARD_ADVICE_##advice, STR_staff_card_##id},
#include "model/card_fault.def"
#undef CARD_FAULT
};

const char *card_fault_word(enum card_fault f)
{
    return (unsigned)f < CARD_FAULTS ? faults[f].word : "";
}

enum card_fault card_fault_by_word(const char *word)
{
    for (int i = 0; i < CARD_FAULTS; i++)
        if (!strcmp(faults[i].word, word))
            return (enum card_fault)i;
    return CARD_FAULT_NONE;
}

enum card_advice card_fault_advice(enum card_fault f)
{
    return (unsigned)f < CARD_FAULTS ? faults[f].advice : CARD_ADVICE_AGAIN;
}

const char *card_fault_remedy(enum card_fault f, enum language language)
{
    return str(language, faults[(unsigned)f < CARD_FAULTS ? f : CARD_FAULT_NONE].remedy);
}
