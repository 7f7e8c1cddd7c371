/* SPDX-License-Identifier: Apache-2.0
 *
 * See sheet_words.h.
 */
#include "model/sheet_words.h"

static const char *const words[][LANGUAGE_COUNT] = {
#define SHEET_WORD(zh, en) {zh, en},
#include "model/sheet_words.def"
#undef SHEET_WORD
};
_Static_assert(sizeof words / sizeof *words == 64, "six bits name a word");

void sheet_words(const uint8_t *hash, enum language lang, const char *ret[SHEET_WORDS])
{
    for (int i = 0; i < SHEET_WORDS; i++)
        ret[i] = words[hash[i] & 63][language_is_chinese(lang) ? LANGUAGE_ZH_CN : lang]; /* as on the sheet */
}
