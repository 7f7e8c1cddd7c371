/* SPDX-License-Identifier: Apache-2.0
 *
 * See outage.h.
 */
#include "model/outage.h"

#include <string.h>

static const char *const words[OUTAGE_REASONS] = {
#define OUTAGE(name, word) [OUTAGE_##name] = word,
#include "model/outage.def"
#undef OUTAGE
};

const char *outage_word(enum outage_reason r)
{
    return (unsigned)r < OUTAGE_REASONS ? words[r] : "";
}

enum outage_reason outage_by_word(const char *word)
{
    for (int i = 0; i < OUTAGE_REASONS; i++)
        if (!strcmp(words[i], word))
            return (enum outage_reason)i;
    return OUTAGE_REPAIR;
}
