/* SPDX-License-Identifier: Apache-2.0
 *
 * Figures of reports (统计报表): what one case, one rating, one terminal adds to each, in a period. Pure folds: a report is
 * the sum of them, and a figure is proven by the list of those that add to it. What each counts: report_figure.def.
 */
#ifndef HALL_REPORT_RULES_H
#define HALL_REPORT_RULES_H

#include "tools/hall/rules/deadline.h"

enum report_figure {
#define FIGURE(name, word, of, unit, base) REPORT_##name,
#include "tools/hall/rules/report_figure.def"
#undef FIGURE
    REPORT_FIGURES
};
enum report_of { REPORT_CASES, REPORT_RATINGS, REPORT_TERMINALS };
enum report_unit { REPORT_COUNT, REPORT_DAYS, REPORT_MINUTES };

const char *report_figure_word(enum report_figure f);
bool report_figure_by_word(const char *word, enum report_figure *ret);
enum report_of report_figure_of(enum report_figure f);
enum report_unit report_figure_unit(enum report_figure f);
/* The figure it is a share of; itself: it is none. */
enum report_figure report_figure_base(enum report_figure f);

/* "2026-03", "2026-Q1", "2026-H1" or "2026": a month, quarter, half-year, year. Days are China's own. */
enum report_span { REPORT_MONTH, REPORT_QUARTER, REPORT_HALF, REPORT_YEAR };
struct report_period {
    enum report_span span;
    struct date from, to; /* both within it */
    struct date until;    /* the last day that is counted: `to`, or before it today */
};
bool report_period_parse(const char *text, struct report_period *ret);
/* When its report is due: the 10th of the month that follows. */
struct date report_period_due(const struct report_period *p);
/* Counts no day after `today`. False: it has not begun. */
bool report_period_cut(struct report_period *p, struct date today);
/* Its months, in order, those that have begun; the count. */
int report_period_months(const struct report_period *p, struct report_period ret[12]);
/* The first moment that is counted, and the first that is not any more. */
int64_t report_period_begins(const struct report_period *p);
int64_t report_period_ends(const struct report_period *p);

/* What it adds to each figure; all are set. `s` as it stood when the period ended: its events up to then, or
 * deadline_untaken(). */
void report_count_case(const struct report_period *p, const struct case_state *s, const struct workday_calendar *calendar,
                       int64_t ret[REPORT_FIGURES]);
/* Of one that was given in the period; 5 very satisfied … 1 very dissatisfied. */
void report_count_rating(int score, int64_t ret[REPORT_FIGURES]);

/* A terminal's time, by what it told: out of service from its technician's word until the next, and from a shutdown until a
 * start. What it did not tell, as a power cut, is not in it. Words come in the order of their time. */
enum report_told { REPORT_PAUSED, REPORT_RESUMED, REPORT_SHUT_DOWN, REPORT_STARTED };
struct report_service {
    int64_t from, to; /* ms: what is counted */
    int64_t at;       /* counted so far */
    int64_t in_ms;
    bool paused, off;
};
/* `since`: when the terminal was first heard of; what comes after `now` is not counted. */
void report_service_begin(struct report_service *s, const struct report_period *p, int64_t since, int64_t now);
void report_service_told(struct report_service *s, enum report_told what, int64_t at);
void report_service_end(struct report_service *s, int64_t ret[REPORT_FIGURES]);

#endif
