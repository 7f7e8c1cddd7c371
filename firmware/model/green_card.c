/* SPDX-License-Identifier: Apache-2.0
 *
 * See green_card.h.
 */
#include "model/green_card.h"

#include <string.h>

static const char *const kinds[GREEN_KINDS] = {
#define GREEN_KIND(name, word, words) [GREEN_##name] = word,
#include "model/green_kind.def"
#undef GREEN_KIND
};
static const struct {
    const char *word, *what, *remedy;
} refusals[GREEN_REFUSALS] = {
    [GREEN_MAY] = {"", "", ""},
#define GREEN_REFUSAL(name, word, what, remedy) [GREEN_REFUSED_##name] = {word, what, remedy},
#include "model/green_refusal.def"
#undef GREEN_REFUSAL
};

const char *green_kind_word(enum green_kind k)
{
    return kinds[k];
}

bool green_kind_by_word(const char *word, enum green_kind *ret)
{
    for (enum green_kind k = 0; k < GREEN_KINDS; k++) {
        if (strcmp(word, kinds[k]) == 0) {
            *ret = k;
            return true;
        }
    }
    return false;
}

bool green_serial_valid(const char *serial)
{
    return strlen(serial) == GREEN_SERIAL_LEN && strspn(serial, "0123456789") == GREEN_SERIAL_LEN;
}

const char *green_refusal_word(enum green_refusal r)
{
    return refusals[r].word;
}

const char *green_refusal_what(enum green_refusal r)
{
    return refusals[r].what;
}

const char *green_refusal_remedy(enum green_refusal r)
{
    return refusals[r].remedy;
}

enum green_refusal green_judge(const struct green_facts *f)
{
    if (!f->card)
        return GREEN_REFUSED_UNREADABLE;
    if (!f->is_signed)
        return GREEN_REFUSED_FORGED;
    if (f->office != GREEN_ANY_OFFICE && f->card->office != f->office)
        return GREEN_REFUSED_OTHER_OFFICE;
    if (f->revoked)
        return GREEN_REFUSED_REVOKED;
    if (date_compare(f->card->until, f->today) < 0)
        return GREEN_REFUSED_EXPIRED;
    return f->used ? GREEN_REFUSED_USED : GREEN_MAY;
}
