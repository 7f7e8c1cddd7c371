/* SPDX-License-Identifier: Apache-2.0
 *
 * What flash says, in the person's language: assets/strings/flash, one "id<TAB>text" a line as in model/strings.h. A table
 * of its own, for the terminal has no use for it.
 */
#ifndef FLASH_WORDS_H
#define FLASH_WORDS_H

#include <stdbool.h>
#include <stddef.h>

enum word {
#define STR(id) WORD_##id,
#include "flash_word_ids.inc"
#undef STR
    WORD_COUNT,
};

#define WORDS_MAX 512 /* bytes of one filled text */

/* By the environment: Chinese when LC_ALL, LC_MESSAGES or LANG (the first that is set) begins with zh and says UTF-8, and
 * the terminal is not the Linux console, which has no Chinese. English until this was called. */
void words_choose(void);
bool words_chinese(void);
/* The terminal shows UTF-8; else what is not ASCII becomes '?' (term.h). */
bool words_utf8(void);

/* Never NULL. Static. */
const char *word(enum word id);
const char *word_in_english(enum word id);
/* Fills {0}… ; cut at a whole character. Returns out. */
const char *word_fill(char out[WORDS_MAX], enum word id, const char *const *args, size_t n);
/* say(out, WORD_x, a, b): word_fill with the rest as texts. */
#define say(out, id, ...)                                                                                                   \
    word_fill(out, id, (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

#endif
