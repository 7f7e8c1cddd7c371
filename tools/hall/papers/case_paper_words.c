/* SPDX-License-Identifier: Apache-2.0
 *
 * See case_paper_words.h.
 */
#include "tools/hall/papers/case_paper_words.h"

static const char *const texts[PAPER_WORD_COUNT] = {
#define STR(id, zh, en) [PAPER_WORD_##id] = zh,
#include "paper_words.inc"
#undef STR
};

const char *case_paper_word(enum case_paper_word id)
{
    return (unsigned)id < PAPER_WORD_COUNT ? texts[id] : "";
}
