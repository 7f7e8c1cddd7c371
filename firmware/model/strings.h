/* SPDX-License-Identifier: Apache-2.0
 *
 * Text shown to people. It stands only in assets/strings/<language>/<group>.tsv, one "id<TAB>text" a line, {0} {1} for
 * what is filled in ({0|day|days}: one or many), \n for a line break; the build makes enum and table from it and fails when
 * a language lacks an id, has one too many or fills in something else (tools/check/strings.awk).
 */
#ifndef MODEL_STRINGS_H
#define MODEL_STRINGS_H

#include <stdbool.h>
#include <stddef.h>

enum language {
#define LANGUAGE(name, ...) LANGUAGE_##name,
#include "model/language.def"
#undef LANGUAGE
    LANGUAGE_COUNT,
};

enum str_id {
#define STR(id) STR_##id,
#include "string_ids.inc"
#undef STR
    STR_COUNT,
};

#define LANGUAGES_OF_STAFF LANGUAGE_ZH_HANT

/* Never NULL. Static. */
const char *str(enum language lang, enum str_id id);
/* Fills {0}… with args; cut at a whole character when `cap` is too small. Returns out. */
const char *str_fill(char *out, size_t cap, enum language lang, enum str_id id, const char *const *args, size_t n);
/* str_fill(out, cap, lang, STR_x, ARGS(a, b)) */
#define STR_ARGS(...) (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)

/* "zh-CN", "en", "zh-Hant". */
const char *language_tag(enum language lang);
/* What `other` is called on a page in `lang`: "English". */
const char *language_name(enum language lang, enum language other);
/* The one that the button of the dock turns to, and so through all of them. */
enum language language_next(enum language lang);
/* In Chinese characters of either kind: what the resident reads is the catalogue's Chinese. */
static inline bool language_is_chinese(enum language lang)
{
    return lang != LANGUAGE_EN;
}
/* false when no language is called so. */
bool language_by_tag(const char *tag, enum language *ret);
/* "11月", "November". `month` 1..12. */
const char *str_month(enum language lang, int month);

#endif
