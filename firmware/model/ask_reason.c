/* SPDX-License-Identifier: Apache-2.0
 *
 * See ask_reason.h.
 */
#include "model/ask_reason.h"

#include <string.h>

static const char *const words[ASK_REASONS] = {
    [ASK_ANSWERED] = "",
#define ASK_REASON(NAME, word) [ASK_##NAME] = word,
#include "model/ask_reason.def"
#undef ASK_REASON
};

const char *ask_reason_word(enum ask_reason r)
{
    return words[r];
}

bool ask_reason_by_word(const char *word, enum ask_reason *ret)
{
    for (enum ask_reason r = ASK_ANSWERED + 1; r < ASK_REASONS; r++)
        if (strcmp(word, words[r]) == 0) {
            *ret = r;
            return true;
        }
    return false;
}
