/* SPDX-License-Identifier: Apache-2.0
 *
 * What is said of the difference of two catalogues: assets/strings/hall/zh-CN/editions.tsv, as case_paper_words.h has it of
 * papers.
 */
#ifndef HALL_EDITION_WORDS_H
#define HALL_EDITION_WORDS_H

#include <stddef.h>

enum edition_word {
#define STR(id) EDITION_WORD_##id,
#include "edition_word_ids.inc"
#undef STR
    EDITION_WORD_COUNT,
};

/* Never NULL. Static. */
const char *edition_word(enum edition_word id);
/* What people call a key of an item's file ("promise": 承诺时限; "promise_en" with a note that it is English), of `len`
 * bytes; one that has no name is its own. */
void edition_key_words(const char *key, char *out, size_t cap);

#endif
