/* SPDX-License-Identifier: Apache-2.0
 *
 * The tables of text, made by the build from assets/strings.
 */
#include "model/strings.h"

#include "base/text.h"

static const char *const texts[LANGUAGE_COUNT][STR_COUNT] = {
    [LANGUAGE_ZH_CN] =
        {
#define STR(id, zh) [STR_##id] = zh,
#include "strings.inc"
#undef STR
        },
};

static const char *const names[STR_COUNT] = {
#define STR(id, zh) [STR_##id] = #id,
#include "strings.inc"
#undef STR
};

const char *str(enum language lang, enum str_id id)
{
    if ((unsigned)lang >= LANGUAGE_COUNT || (unsigned)id >= STR_COUNT)
        return "";
    return texts[lang][id];
}

const char *str_fill(char *out, size_t cap, enum language lang, enum str_id id, const char *const *args, size_t n)
{
    text_fill(out, cap, str(lang, id), args, n);
    return out;
}

const char *str_name(enum str_id id)
{
    return (unsigned)id < STR_COUNT ? names[id] : "";
}
