/* SPDX-License-Identifier: Apache-2.0
 *
 * What each figure of a report counts.
 */
#include "tools/hall/rules/report.h"

#include <stdlib.h>
#include <string.h>

#define DAY_MS (24 * INT64_C(3600000))
#define CHINA_MS (8 * INT64_C(3600000))
#define MINUTE_MS 60000
#define SATISFIED 3 /* basically satisfied */
#define DUE_DAY 10

static const struct {
    const char *word;
    enum report_of of;
    enum report_unit unit;
    enum report_figure base;
} figures[REPORT_FIGURES] = {
#define FIGURE(name, word, of, unit, base) [REPORT_##name] = {word, REPORT_##of, REPORT_##unit, REPORT_##base},
#include "tools/hall/rules/report_figure.def"
#undef FIGURE
};

const char *report_figure_word(enum report_figure f)
{
    return figures[f].word;
}

bool report_figure_by_word(const char *word, enum report_figure *ret)
{
    for (enum report_figure f = 0; f < REPORT_FIGURES; f++) {
        if (strcmp(word, figures[f].word) == 0) {
            *ret = f;
            return true;
        }
    }
    return false;
}

enum report_of report_figure_of(enum report_figure f)
{
    return figures[f].of;
}

enum report_unit report_figure_unit(enum report_figure f)
{
    return figures[f].unit;
}

enum report_figure report_figure_base(enum report_figure f)
{
    return figures[f].base;
}

/* --- periods --- */

static struct date first_of(int year, int month) /* month 1 … 13 */
{
    return (struct date){year + (month - 1) / 12, (month - 1) % 12 + 1, 1};
}

static struct report_period months(enum report_span span, int year, int month, int n)
{
    struct date to = date_of_days(date_to_days(first_of(year, month + n)) - 1);

    return (struct report_period){.span = span, .from = first_of(year, month), .to = to, .until = to};
}

/* The digits from text[at] on, all of them to its end; -1: there are not n. */
static int number(const char *text, size_t at, size_t n)
{
    if (strlen(text) != at + n || strspn(text + at, "0123456789") != n)
        return -1;
    return atoi(text + at);
}

bool report_period_parse(const char *text, struct report_period *ret)
{
    size_t len = strspn(text, "0123456789");
    int year = len == 4 ? atoi(text) : 0;

    if (year < 1900 || year > 2100) /* whose days date_valid() knows */
        return false;
    if (!text[4]) {
        *ret = months(REPORT_YEAR, year, 1, 12);
        return true;
    }
    int month = number(text, 5, 2), part = strlen(text) == 7 ? number(text, 6, 1) : -1;
    if (text[4] != '-')
        return false;
    if (month >= 1 && month <= 12)
        *ret = months(REPORT_MONTH, year, month, 1);
    else if (text[5] == 'Q' && part >= 1 && part <= 4)
        *ret = months(REPORT_QUARTER, year, 3 * part - 2, 3);
    else if (text[5] == 'H' && part >= 1 && part <= 2)
        *ret = months(REPORT_HALF, year, 6 * part - 5, 6);
    else
        return false;
    return true;
}

struct date report_period_due(const struct report_period *p)
{
    struct date d = first_of(p->to.year, p->to.month + 1);

    d.day = DUE_DAY;
    return d;
}

bool report_period_cut(struct report_period *p, struct date today)
{
    if (date_compare(today, p->until) < 0)
        p->until = today;
    return date_compare(p->from, today) <= 0;
}

int report_period_months(const struct report_period *p, struct report_period ret[12])
{
    int n = 0;

    for (struct date d = p->from; n < 12 && date_compare(d, p->until) <= 0; d = first_of(d.year, d.month + 1)) {
        ret[n] = months(REPORT_MONTH, d.year, d.month, 1);
        report_period_cut(&ret[n++], p->until);
    }
    return n;
}

int64_t report_period_begins(const struct report_period *p)
{
    return date_to_days(p->from) * DAY_MS - CHINA_MS;
}

int64_t report_period_ends(const struct report_period *p)
{
    return (date_to_days(p->until) + 1) * DAY_MS - CHINA_MS;
}

/* --- cases --- */

/* What is asked of a case more than once. */
struct view {
    const struct report_period *period;
    const struct case_state *state;
    const struct workday_calendar *calendar;
    struct deadlines limits;
};

static bool within(const struct view *v, struct date d)
{
    return case_day(d) && date_compare(v->period->from, d) <= 0 && date_compare(d, v->period->until) <= 0;
}

/* NULL: it has not begun, or nobody knows its days. */
static const struct deadline *limit(const struct view *v, enum deadline_kind kind)
{
    for (int i = 0; i < v->limits.n; i++)
        if (v->limits.list[i].kind == kind && v->limits.list[i].limit.day >= 0)
            return &v->limits.list[i];
    return NULL;
}

static bool met(const struct view *v, enum deadline_kind kind)
{
    const struct deadline *d = limit(v, kind);

    return d && !deadline_is_late(d, v->period->until);
}

/* Working days from the decision to the last day the law left for it. */
static int64_t days_saved(const struct view *v)
{
    const struct deadline *d = limit(v, DEADLINE_STATUTORY);
    int64_t n = 0;

    for (int64_t day = date_to_days(v->state->decided) + 1; d && day <= date_to_days(d->due); day++)
        n += workday_is(v->calendar, date_of_days(day));
    return n;
}

/* A day that may still move is no reason to call anything late, as on the page of what is overdue. */
static bool is_overdue(const struct view *v)
{
    static const enum deadline_kind kinds[] = {DEADLINE_ACCEPT, DEADLINE_PROMISE, DEADLINE_STATUTORY};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const struct deadline *d = limit(v, kinds[i]);

        if (d && !case_day(d->done) && !d->provisional && deadline_is_late(d, v->period->until))
            return true;
    }
    return false;
}

static bool is_open(const struct view *v)
{
    return !case_day(v->state->ended) && date_compare(v->state->applied, v->period->until) <= 0;
}

static int64_t of_case(const struct view *v, enum report_figure f)
{
    const struct case_state *s = v->state;
    bool finished = within(v, s->decided);

    switch (f) {
    case REPORT_received:
        return within(v, s->applied);
    case REPORT_accepted: /* by law: on the day that was entered, for its own may lie in a period that was told */
        return case_day(s->accepted) && within(v, s->answered);
    case REPORT_refused:
        return s->stage == CASE_REFUSED && within(v, s->ended);
    case REPORT_withdrawn:
        return s->stage == CASE_WITHDRAWN && within(v, s->ended);
    case REPORT_finished:
        return finished;
    case REPORT_granted:
        return finished && s->result == CASE_GRANTED;
    case REPORT_denied:
        return finished && s->result == CASE_DENIED;
    case REPORT_tacit:
        return finished && s->tacit;
    case REPORT_same_day:
        return finished && date_compare(s->decided, s->accepted) == 0;
    case REPORT_promised:
        return finished && limit(v, DEADLINE_PROMISE);
    case REPORT_on_time:
        return finished && met(v, DEADLINE_PROMISE);
    case REPORT_at_once:
        return finished && s->limits.promise.day == 0;
    case REPORT_legal:
        return finished && limit(v, DEADLINE_STATUTORY);
    case REPORT_in_law:
        return finished && met(v, DEADLINE_STATUTORY);
    case REPORT_days_saved:
        return finished ? days_saved(v) : 0;
    case REPORT_open:
        return is_open(v);
    case REPORT_overdue:
        return is_open(v) && is_overdue(v);
    case REPORT_rated:
    case REPORT_satisfied:
    case REPORT_dissatisfied:
    case REPORT_service:
    case REPORT_in_service:
    case REPORT_FIGURES:
        break;
    }
    return 0;
}

void report_count_case(const struct report_period *p, const struct case_state *s, const struct workday_calendar *calendar,
                       int64_t ret[REPORT_FIGURES])
{
    struct view v = {.period = p, .state = s, .calendar = calendar};

    deadline_fold(s, calendar, p->until, &v.limits);
    for (enum report_figure f = 0; f < REPORT_FIGURES; f++)
        ret[f] = of_case(&v, f);
}

void report_count_rating(int score, int64_t ret[REPORT_FIGURES])
{
    memset(ret, 0, REPORT_FIGURES * sizeof *ret);
    ret[REPORT_rated] = 1;
    ret[REPORT_satisfied] = score >= SATISFIED;
    ret[REPORT_dissatisfied] = score < SATISFIED;
}

/* --- terminals --- */

void report_service_begin(struct report_service *s, const struct report_period *p, int64_t since, int64_t now)
{
    *s = (struct report_service){.from = report_period_begins(p), .to = report_period_ends(p)};
    if (now < s->to)
        s->to = now;
    if (since > s->from)
        s->from = since;
    if (s->from > s->to)
        s->from = s->to;
    s->at = s->from;
}

static void advance(struct report_service *s, int64_t at)
{
    at = at > s->to ? s->to : at;
    if (at <= s->at)
        return;
    if (!s->paused && !s->off)
        s->in_ms += at - s->at;
    s->at = at;
}

void report_service_told(struct report_service *s, enum report_told what, int64_t at)
{
    if (at >= s->to)
        return;
    advance(s, at);
    switch (what) {
    case REPORT_PAUSED:
    case REPORT_RESUMED:
        s->paused = what == REPORT_PAUSED;
        break;
    case REPORT_SHUT_DOWN:
    case REPORT_STARTED:
        s->off = what == REPORT_SHUT_DOWN;
        break;
    }
}

void report_service_end(struct report_service *s, int64_t ret[REPORT_FIGURES])
{
    memset(ret, 0, REPORT_FIGURES * sizeof *ret);
    advance(s, s->to);
    ret[REPORT_service] = (s->to - s->from) / MINUTE_MS;
    ret[REPORT_in_service] = s->in_ms / MINUTE_MS;
}
