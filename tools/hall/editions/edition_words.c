/* SPDX-License-Identifier: Apache-2.0
 *
 * See edition_words.h.
 */
#include "tools/hall/editions/edition_words.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

static const struct {
    const char *id, *text;
} words[EDITION_WORD_COUNT] = {
#define STR(id, zh, en) [EDITION_WORD_##id] = {#id, zh},
#include "edition_words.inc"
#undef STR
};

const char *edition_word(enum edition_word id)
{
    return (unsigned)id < EDITION_WORD_COUNT ? words[id].text : "";
}

static const char *find(const char *key, size_t len)
{
    for (int i = 0; i < EDITION_WORD_COUNT; i++)
        if (strncmp(words[i].id, "key_", 4) == 0 && strlen(words[i].id) == len + 4 &&
            strncmp(words[i].id + 4, key, len) == 0)
            return words[i].text;
    return NULL;
}

void edition_key_words(const char *key, char *out, size_t cap)
{
    size_t len = strlen(key);
    const char *found = find(key, len);

    if (!found && len > 3 && strcmp(key + len - 3, "_en") == 0 && (found = find(key, len - 3)))
        text_fill(out, cap, edition_word(EDITION_WORD_english), &found, 1);
    else
        text_copy(out, cap, found ? found : key);
}
