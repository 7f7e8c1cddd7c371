/* SPDX-License-Identifier: Apache-2.0
 *
 * What comes of a question to the hall that names a person (wire/ask.h).
 */
#ifndef MODEL_ASK_REASON_H
#define MODEL_ASK_REASON_H

#include <stdbool.h>

enum ask_reason {
    ASK_ANSWERED, /* there are cases to show; perhaps none */
#define ASK_REASON(NAME, word) ASK_##NAME,
#include "model/ask_reason.def"
#undef ASK_REASON
    ASK_REASONS,
};
const char *ask_reason_word(enum ask_reason r); /* "" for ASK_ANSWERED */
bool ask_reason_by_word(const char *word, enum ask_reason *ret);

#endif
