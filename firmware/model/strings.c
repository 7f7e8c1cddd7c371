/* SPDX-License-Identifier: Apache-2.0
 *
 * The tables of text, made by the build from assets/strings.
 */
#include "model/strings.h"

#include <string.h>

#include "base/text.h"

static const char *const texts[LANGUAGE_COUNT][STR_COUNT] = {
    [LANGUAGE_ZH_CN] =
        {
#define STR(id, zh, en) [STR_##id] = zh,
#include "strings.inc"
#undef STR
        },
    [LANGUAGE_EN] =
        {
#define STR(id, zh, en) [STR_##id] = en,
#include "strings.inc"
#undef STR
        },
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

static const char *const tags[LANGUAGE_COUNT] = {[LANGUAGE_ZH_CN] = "zh-CN", [LANGUAGE_EN] = "en"};

const char *language_tag(enum language lang)
{
    return (unsigned)lang < LANGUAGE_COUNT ? tags[lang] : "";
}

bool language_by_tag(const char *tag, enum language *ret)
{
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        if (!strcmp(tag, tags[i])) {
            *ret = (enum language)i;
            return true;
        }
    return false;
}

const char *str_month(enum language lang, int month)
{
    static const enum str_id ids[] = {STR_value_month_1, STR_value_month_2,  STR_value_month_3,  STR_value_month_4,
                                      STR_value_month_5, STR_value_month_6,  STR_value_month_7,  STR_value_month_8,
                                      STR_value_month_9, STR_value_month_10, STR_value_month_11, STR_value_month_12};

    return month >= 1 && month <= 12 ? str(lang, ids[month - 1]) : "";
}
