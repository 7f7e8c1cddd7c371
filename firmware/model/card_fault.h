/* SPDX-License-Identifier: Apache-2.0
 *
 * Why a card could not be read, or its reader does not work: one list for the page, the technician, the journal and the
 * tools.
 */
#ifndef MODEL_CARD_FAULT_H
#define MODEL_CARD_FAULT_H

#include "model/strings.h"

enum card_fault {
    CARD_FAULT_NONE,
#define CARD_FAULT(name, id, word, advice) CARD_FAULT_##name,
#include "model/card_fault.def"
#undef CARD_FAULT
    CARD_FAULTS,
};

/* What the resident should do. */
enum card_advice {
    CARD_ADVICE_AGAIN,  /* lay it flat, once more */
    CARD_ADVICE_KIND,   /* this card is not of the kinds that are read here */
    CARD_ADVICE_CHIP,   /* its chip and the reader do not trust each other: another terminal, a counter */
    CARD_ADVICE_READER, /* the reader is at fault */
};

/* "self-test"; "" for none. Static. */
const char *card_fault_word(enum card_fault f);
/* CARD_FAULT_NONE for a word that is not known. */
enum card_fault card_fault_by_word(const char *word);
enum card_advice card_fault_advice(enum card_fault f);
/* What a technician should do, a sentence. Static. */
const char *card_fault_remedy(enum card_fault f, enum language language);

#endif
