/* SPDX-License-Identifier: Apache-2.0
 *
 * What papers say: assets/strings/hall, one "id<TAB>text" a line as in model/strings.h. A table of its own, for the terminal
 * has no use for it; Chinese alone, as all that an agency hands over.
 */
#ifndef HALL_CASE_PAPER_WORDS_H
#define HALL_CASE_PAPER_WORDS_H

#include <stddef.h>

enum case_paper_word {
#define STR(id) PAPER_WORD_##id,
#include "paper_word_ids.inc"
#undef STR
    PAPER_WORD_COUNT,
};

/* Never NULL. Static. */
const char *case_paper_word(enum case_paper_word id);

#endif
