/* SPDX-License-Identifier: Apache-2.0
 *
 * The kinds of records as words, from the one list.
 */
#include "model/record.h"

#include <string.h>

static const struct {
    const char *word;
    bool body;
} kinds[RECORD_KINDS] = {
#define RECORD(name, word, body) [RECORD_##name] = {word, body},
#include "model/record.def"
#undef RECORD
};

const char *record_kind_word(enum record_kind kind)
{
    return (unsigned)kind < RECORD_KINDS ? kinds[kind].word : "";
}

int record_kind_by_word(const char *word)
{
    for (int i = 0; i < RECORD_KINDS; i++) {
        if (strcmp(kinds[i].word, word) == 0)
            return i;
    }
    return -1;
}

bool record_kind_has_body(enum record_kind kind)
{
    return (unsigned)kind < RECORD_KINDS && kinds[kind].body;
}
