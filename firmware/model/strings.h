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

enum language { LANGUAGE_ZH_CN, LANGUAGE_EN, LANGUAGE_COUNT };

enum str_id {
#define STR(id) STR_##id,
#include "string_ids.inc"
#undef STR
    STR_COUNT,
};

/* Never NULL. Static. */
const char *str(enum language lang, enum str_id id);
/* Fills {0}… with args; cut at a whole character when `cap` is too small. Returns out. */
const char *str_fill(char *out, size_t cap, enum language lang, enum str_id id, const char *const *args, size_t n);
/* str_fill(out, cap, lang, STR_x, ARGS(a, b)) */
#define STR_ARGS(...) (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)

/* "zh-CN", "en". */
const char *language_tag(enum language lang);
/* false when no language is called so. */
bool language_by_tag(const char *tag, enum language *ret);
/* "11月", "November". `month` 1..12. */
const char *str_month(enum language lang, int month);

#endif
