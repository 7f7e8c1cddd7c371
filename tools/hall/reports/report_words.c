/* SPDX-License-Identifier: Apache-2.0
 *
 * See report_words.h.
 */
#include "tools/hall/reports/report_words.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/text.h"

static const char *const texts[REPORT_WORD_COUNT] = {
#define STR(id, zh, en) [REPORT_WORD_##id] = zh,
#include "report_words.inc"
#undef STR
};
static const struct {
    enum report_word name, define;
} figures[REPORT_FIGURES] = {
#define FIGURE(name, word, of, unit, base) [REPORT_##name] = {REPORT_WORD_figure_##name, REPORT_WORD_define_##name},
#include "tools/hall/rules/report_figure.def"
#undef FIGURE
};

const char *report_word(enum report_word id)
{
    return (unsigned)id < REPORT_WORD_COUNT ? texts[id] : "";
}

const char *report_figure_name(enum report_figure f)
{
    return report_word(figures[f].name);
}

const char *report_figure_define(enum report_figure f)
{
    return report_word(figures[f].define);
}

void report_period_words(const struct report_period *p, char out[REPORT_TITLE_MAX])
{
    static const enum report_word parts[] = {REPORT_WORD_part_1, REPORT_WORD_part_2, REPORT_WORD_part_3, REPORT_WORD_part_4};
    static const enum report_word halves[] = {REPORT_WORD_half_1, REPORT_WORD_half_2};
    static const enum report_word words[] = {[REPORT_MONTH] = REPORT_WORD_period_month,
                                             [REPORT_QUARTER] = REPORT_WORD_period_quarter,
                                             [REPORT_HALF] = REPORT_WORD_period_half,
                                             [REPORT_YEAR] = REPORT_WORD_period_year};
    char year[12], month[12];
    const char *part = month;

    snprintf(year, sizeof year, "%d", p->from.year);
    snprintf(month, sizeof month, "%d", p->from.month);
    if (p->span == REPORT_QUARTER)
        part = report_word(parts[(p->from.month - 1) / 3]);
    if (p->span == REPORT_HALF)
        part = report_word(halves[p->from.month > 6]);
    text_fill(out, REPORT_TITLE_MAX, report_word(words[p->span]), (const char *const[]){year, part}, 2);
}

void report_number_words(enum report_figure f, int64_t value, char out[REPORT_NUMBER_MAX])
{
    char number[24];
    enum report_unit unit = report_figure_unit(f);

    snprintf(number, sizeof number, "%" PRId64, value);
    if (unit == REPORT_MINUTES)
        snprintf(number, sizeof number, "%" PRId64 ".%" PRId64, value / 60, value % 60 / 6);
    if (unit == REPORT_COUNT)
        text_copy(out, REPORT_NUMBER_MAX, number);
    else
        text_fill(out, REPORT_NUMBER_MAX, report_word(unit == REPORT_DAYS ? REPORT_WORD_unit_days : REPORT_WORD_unit_hours),
                  (const char *const[]){number}, 1);
}

bool report_share(int64_t n, int64_t of, char out[REPORT_NUMBER_MAX])
{
    if (of <= 0)
        return false;
    int64_t tenths = (2 * 1000 * n + of) / (2 * of);
    snprintf(out, REPORT_NUMBER_MAX, "%" PRId64 ".%" PRId64, tenths / 10, tenths % 10);
    return true;
}
