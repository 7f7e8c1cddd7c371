/* SPDX-License-Identifier: Apache-2.0
 *
 * See words.h.
 */
#include "tools/flash/words.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

static const char *const texts[2][WORD_COUNT] = {
    {
#define STR(id, zh, en) [WORD_##id] = en,
#include "flash_words.inc"
#undef STR
    },
    {
#define STR(id, zh, en) [WORD_##id] = zh,
#include "flash_words.inc"
#undef STR
    },
};

static bool chinese, utf8; /* set once, at start */

void words_choose(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    const char *locale = "", *term = getenv("TERM");

    for (int i = 0; i < 3 && !*locale; i++)
        locale = getenv(names[i]) ? getenv(names[i]) : "";
    bool console = term && !strcmp(term, "linux");
    utf8 = !console && (strcasestr(locale, "utf-8") || strcasestr(locale, "utf8"));
    chinese = utf8 && !strncmp(locale, "zh", 2);
}

bool words_chinese(void)
{
    return chinese;
}

bool words_utf8(void)
{
    return utf8;
}

const char *word(enum word id)
{
    return (unsigned)id < WORD_COUNT ? texts[chinese][id] : "";
}

const char *word_in_english(enum word id)
{
    return (unsigned)id < WORD_COUNT ? texts[0][id] : "";
}

const char *word_fill(char out[WORDS_MAX], enum word id, const char *const *args, size_t n)
{
    text_fill(out, WORDS_MAX, word(id), args, n);
    return out;
}
