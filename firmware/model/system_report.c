/* SPDX-License-Identifier: Apache-2.0
 *
 * See system_report.h.
 */
#include "model/system_report.h"

#include <string.h>

static const char *const words[] = {
#define SYSTEM_STATE(name, word) [SYSTEM_##name] = word,
#include "model/system_state.def"
#undef SYSTEM_STATE
};

const char *system_state_word(enum system_state s)
{
    return words[s];
}

bool system_state_by_word(const char *word, enum system_state *ret)
{
    for (int i = 0; i < SYSTEM_STATES; i++)
        if (strcmp(words[i], word) == 0) {
            *ret = (enum system_state)i;
            return true;
        }
    return false;
}

bool system_state_wrong(enum system_state s)
{
    return s == SYSTEM_UNHEALTHY || s == SYSTEM_FELLBACK || s == SYSTEM_FAILED || s == SYSTEM_REFUSED;
}

enum system_other system_report_other(const struct system_report *r)
{
    if (!r->other[0])
        return SYSTEM_OTHER_EMPTY;
    if (!strcmp(r->left, "good"))
        return SYSTEM_OTHER_GOOD;
    return !strcmp(r->left, "0") ? SYSTEM_OTHER_GIVEN_UP : SYSTEM_OTHER_TRIAL;
}

bool system_report_startable(const struct system_report *r)
{
    enum system_other o = system_report_other(r);

    return o == SYSTEM_OTHER_GOOD || o == SYSTEM_OTHER_TRIAL;
}
