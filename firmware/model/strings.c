/* SPDX-License-Identifier: Apache-2.0
 *
 * The tables of text, made by the build from assets/strings.
 */
#include "model/strings.h"

#include <string.h>

#include "base/text.h"

static const char *const texts[LANGUAGE_COUNT][STR_COUNT] = {
#define TEXT(language, id, text) [LANGUAGE_##language][STR_##id] = text,
#include "strings.inc"
#undef TEXT
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

static const struct {
    const char *tag;
    enum str_id name;
} languages[LANGUAGE_COUNT] = {
#define LANGUAGE(name, tag, id) [LANGUAGE_##name] = {tag, id},
#include "model/language.def"
#undef LANGUAGE
};

const char *language_tag(enum language lang)
{
    return (unsigned)lang < LANGUAGE_COUNT ? languages[lang].tag : "";
}

const char *language_name(enum language lang, enum language other)
{
    return (unsigned)other < LANGUAGE_COUNT ? str(lang, languages[other].name) : "";
}

enum language language_next(enum language lang)
{
    return (lang + 1) % LANGUAGE_COUNT;
}

bool language_by_tag(const char *tag, enum language *ret)
{
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        if (!strcmp(tag, languages[i].tag)) {
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
