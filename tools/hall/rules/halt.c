/* SPDX-License-Identifier: Apache-2.0
 *
 * See halt.h.
 */
#include "tools/hall/rules/halt.h"

static const struct {
    const char *word, *about;
} refusals[] = {
#define HALT_REFUSAL(name, word, about) [HALT_##name##_REFUSED] = {word, about},
#include "tools/hall/rules/halt_refusal.def"
#undef HALT_REFUSAL
};

const char *halt_refusal_word(enum halt_refusal r)
{
    return refusals[r].word;
}

const char *halt_refusal_about(enum halt_refusal r)
{
    return refusals[r].about;
}

enum halt_refusal halt_judge(const struct halt_facts *f, bool on)
{
    if (on)
        return f->off ? HALT_MAY_REFUSED : HALT_ON_REFUSED;
    if (f->off && f->same)
        return HALT_OFF_REFUSED;
    if (!f->off && !f->known)
        return HALT_NO_ITEM_REFUSED;
    return f->full ? HALT_FULL_REFUSED : HALT_MAY_REFUSED;
}
