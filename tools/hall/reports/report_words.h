/* SPDX-License-Identifier: Apache-2.0
 *
 * What reports say: assets/strings/hall/zh-CN/reports.tsv, as case_paper_words.h has it of papers.
 */
#ifndef HALL_REPORT_WORDS_H
#define HALL_REPORT_WORDS_H

#include "tools/hall/rules/report.h"

enum report_word {
#define STR(id) REPORT_WORD_##id,
#include "report_word_ids.inc"
#undef STR
    REPORT_WORD_COUNT,
};

/* Never NULL. Static. */
const char *report_word(enum report_word id);
/* Its name, and what it counts. Static. */
const char *report_figure_name(enum report_figure f);
const char *report_figure_define(enum report_figure f);

/* "2026年第一季度" for a quarter. */
#define REPORT_TITLE_MAX 80
void report_period_words(const struct report_period *p, char out[REPORT_TITLE_MAX]);
/* As people write it: "12", "3天", "5.5小时". */
#define REPORT_NUMBER_MAX 40
void report_number_words(enum report_figure f, int64_t value, char out[REPORT_NUMBER_MAX]);
/* "98.4" of `n` of `of`, rounded to the nearest tenth; false: there is nothing to be a share of. */
bool report_share(int64_t n, int64_t of, char out[REPORT_NUMBER_MAX]);

#endif
