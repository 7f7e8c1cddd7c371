/* SPDX-License-Identifier: Apache-2.0
 *
 * What a case, a rating, a terminal adds to each figure, and periods.
 */
#include "test.h"

#include "base/text.h"
#include "catalog/catalog_test.h"
#include "tools/hall/rules/report.h"
#include "tools/hall/rules/step_use.h"

static struct case_state s;
static struct report_period period;
static int64_t got[REPORT_FIGURES];

/* Of a day in 2026. */
static int64_t at(int month, int day, int hour)
{
    return (date_to_days((struct date){2026, month, day}) * 24 + hour - 8) * 3600000;
}

static void happens(enum case_event_kind kind, int month, int day, enum case_result result)
{
    struct case_event ev;
    case_event_init(&ev, kind);
    ev.at = at(month, day, 10);
    ev.result = result;
    if (kind == CASE_EVENT_RECEIVE) {
        ev.applied = at(month, day, 1);
        ev.limits = (struct case_limits){.accept = {2, DAY_WORKING, "受理", "受理岗"},
                                         .examine = {.day = -1},
                                         .decide = {5, DAY_WORKING, "决定", "决定岗"},
                                         .promise = {5, DAY_WORKING, "", ""},
                                         .statutory = {20, DAY_WORKING, "", ""}};
    }
    if (kind == CASE_EVENT_STOP) {
        ev.procedure = PROCEDURE_hearing;
        ev.limit_day = 10;
    }
    case_apply(&s, &ev);
}

static void begin(const char *of)
{
    memset(&s, 0, sizeof s);
    CHECK(report_period_parse(of, &period));
}

/* The figures that are not 0. */
static const char *figures(void)
{
    static char text[400];
    size_t len = 0;
    text[0] = '\0';
    for (enum report_figure f = 0; f < REPORT_FIGURES; f++)
        if (got[f])
            len += (size_t)snprintf(text + len, sizeof text - len, "%s %lld;", report_figure_word(f), (long long)got[f]);
    return text;
}

static const char *adds(void)
{
    report_count_case(&period, &s, catalog_calendar(sample_open()), got);
    return figures();
}

TEST(periods)
{
    static const char *const wrong[] = {"",        "2026-",   "2026-0",   "2026-13", "2026-00",  "2026-Q0",
                                        "2026-Q5", "2026-H3", "2026-q1",  "26",      "2026-Q11", "2026-1",
                                        "20261",   "2026/01", "2026-012", "1899",    "2101",     "-026"};
    static const struct {
        const char *text, *from, *to, *due;
    } right[] = {
        {"2026-01", "2026-01-01", "2026-01-31", "2026-02-10"}, {"2028-02", "2028-02-01", "2028-02-29", "2028-03-10"},
        {"2026-Q1", "2026-01-01", "2026-03-31", "2026-04-10"}, {"2026-Q4", "2026-10-01", "2026-12-31", "2027-01-10"},
        {"2026-H1", "2026-01-01", "2026-06-30", "2026-07-10"}, {"2026-H2", "2026-07-01", "2026-12-31", "2027-01-10"},
        {"2026", "2026-01-01", "2026-12-31", "2027-01-10"}};
    struct report_period all[12];
    char text[DATE_LEN + 1];
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        CHECK(!report_period_parse(wrong[i], &period));
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        CHECK(report_period_parse(right[i].text, &period));
        date_format(period.from, text);
        CHECK_STR(text, right[i].from);
        date_format(period.to, text);
        CHECK_STR(text, right[i].to);
        date_format(report_period_due(&period), text);
        CHECK_STR(text, right[i].due);
    }
    CHECK(report_period_parse("2026-Q1", &period));
    CHECK_INT(report_period_begins(&period), INT64_C(1767196800000)); /* 2026-01-01T00:00:00+08:00 */
    CHECK_INT(report_period_ends(&period), INT64_C(1774972800000));   /* 2026-04-01T00:00:00+08:00 */
    CHECK_INT(report_period_months(&period, all), 3);
    CHECK_INT(all[1].until.day, 28);
    CHECK(report_period_cut(&period, (struct date){2026, 2, 9}));
    CHECK(!report_period_cut(&period, (struct date){2025, 12, 31}));
    CHECK(report_period_parse("2026-Q1", &period));
    CHECK(report_period_cut(&period, (struct date){2026, 2, 9}));
    CHECK_INT(report_period_months(&period, all), 2);
    CHECK_INT(all[1].until.day, 9);
}

TEST(one_that_nobody_has_taken_in)
{
    begin("2026-01");
    s = deadline_untaken(at(1, 5, 1));
    period.until = (struct date){2026, 1, 12};
    CHECK_STR(adds(), "received 1;open 1;");
    period.until = (struct date){2026, 1, 13}; /* five working days are over */
    CHECK_STR(adds(), "received 1;open 1;overdue 1;");
    begin("2026-02");
    s = deadline_untaken(at(1, 5, 1));
    CHECK_STR(adds(), "open 1;overdue 1;");
}

TEST(finished_in_time)
{
    begin("2026-01");
    happens(CASE_EVENT_RECEIVE, 1, 5, 0);
    happens(CASE_EVENT_ACCEPT, 1, 5, 0);
    CHECK_STR(adds(), "received 1;accepted 1;open 1;overdue 1;");
    happens(CASE_EVENT_EXAMINE, 1, 8, 0);
    happens(CASE_EVENT_DECIDE, 1, 12, CASE_GRANTED); /* the fifth; 20 working days end on 2 February */
    CHECK_STR(adds(), "received 1;accepted 1;finished 1;granted 1;promised 1;on-time 1;legal 1;in-law 1;days-saved 15;");
    CHECK(report_period_parse("2026-02", &period));
    CHECK_STR(adds(), "");
}

TEST(finished_late)
{
    begin("2026-Q1");
    happens(CASE_EVENT_RECEIVE, 1, 5, 0);
    happens(CASE_EVENT_ACCEPT, 1, 5, 0);
    happens(CASE_EVENT_EXAMINE, 1, 8, 0);
    happens(CASE_EVENT_DECIDE, 2, 3, CASE_DENIED);
    CHECK_STR(adds(), "received 1;accepted 1;finished 1;denied 1;promised 1;legal 1;");
}

TEST(stopped_time_makes_nobody_late)
{
    begin("2026-01");
    happens(CASE_EVENT_RECEIVE, 1, 5, 0);
    happens(CASE_EVENT_ACCEPT, 1, 5, 0);
    happens(CASE_EVENT_STOP, 1, 7, 0);
    happens(CASE_EVENT_RESUME, 1, 9, 0);
    happens(CASE_EVENT_EXAMINE, 1, 9, 0);
    happens(CASE_EVENT_DECIDE, 1, 14, CASE_GRANTED);
    CHECK_STR(adds(), "received 1;accepted 1;finished 1;granted 1;promised 1;on-time 1;legal 1;in-law 1;days-saved 15;");
}

TEST(at_once_and_on_the_same_day)
{
    begin("2026-01");
    happens(CASE_EVENT_RECEIVE, 1, 5, 0);
    s.limits.promise.day = 0;
    s.limits.statutory.day = -1; /* nobody knows it */
    happens(CASE_EVENT_ACCEPT, 1, 5, 0);
    happens(CASE_EVENT_EXAMINE, 1, 5, 0);
    happens(CASE_EVENT_DECIDE, 1, 5, CASE_GRANTED);
    CHECK_STR(adds(), "received 1;accepted 1;finished 1;granted 1;same-day 1;promised 1;on-time 1;at-once 1;");
    s.limits.promise.day = -1;
    CHECK_STR(adds(), "received 1;accepted 1;finished 1;granted 1;same-day 1;");
}

TEST(other_ends)
{
    begin("2026-01");
    happens(CASE_EVENT_RECEIVE, 1, 5, 0);
    happens(CASE_EVENT_SUPPLEMENT, 1, 6, 0);
    CHECK_STR(adds(), "received 1;open 1;");
    happens(CASE_EVENT_REFUSE, 1, 7, 0);
    CHECK_STR(adds(), "received 1;refused 1;");
    begin("2026-01");
    happens(CASE_EVENT_RECEIVE, 1, 5, 0);
    happens(CASE_EVENT_WITHDRAW, 1, 7, 0);
    CHECK_STR(adds(), "received 1;withdrawn 1;");
}

/* The law accepts from the day it was handed in: an earlier month, whose report was told before anybody entered it. */
TEST(accepted_by_law_once)
{
    begin("2026-01");
    happens(CASE_EVENT_RECEIVE, 1, 29, 0);
    happens(CASE_EVENT_ACCEPT_TACIT, 2, 9, 0);
    adds();
    CHECK_INT(got[REPORT_accepted], 0);
    CHECK(report_period_parse("2026-02", &period));
    adds();
    CHECK_INT(got[REPORT_accepted], 1);
}

TEST(decided_by_law)
{
    begin("2026-02");
    happens(CASE_EVENT_RECEIVE, 1, 5, 0);
    happens(CASE_EVENT_ACCEPT, 1, 5, 0);
    happens(CASE_EVENT_DECIDE_TACIT, 2, 3, CASE_GRANTED);
    CHECK_STR(adds(), "finished 1;granted 1;tacit 1;promised 1;legal 1;");
}

/* "KIND used/limit", those of the period. */
static const char *steps(void)
{
    static char text[400];
    struct step_use list[DEADLINES];
    int n = step_use_list(&period, &s, catalog_calendar(sample_open()), list);
    size_t len = 0;
    text[0] = '\0';
    for (int i = 0; i < n; i++)
        len += (size_t)snprintf(text + len, sizeof text - len, "%s %d/%d%s;", deadline_word(list[i].kind), list[i].used,
                                list[i].limit.day, list[i].late ? " late" : "");
    return text;
}

TEST(what_steps_took)
{
    begin("2026-01");
    happens(CASE_EVENT_RECEIVE, 1, 5, 0);
    CHECK_STR(steps(), "");
    happens(CASE_EVENT_ACCEPT, 1, 6, 0);
    CHECK_STR(steps(), "accept-step 1/2;");
    happens(CASE_EVENT_STOP, 1, 7, 0);
    happens(CASE_EVENT_RESUME, 1, 9, 0);
    happens(CASE_EVENT_EXAMINE, 1, 9, 0);
    happens(CASE_EVENT_DECIDE, 1, 14, CASE_GRANTED); /* 9, 12, 13, 14 */
    CHECK_STR(steps(), "accept-step 1/2;decide-step 4/5;");
    CHECK(report_period_parse("2026-02", &period));
    CHECK_STR(steps(), "");
    begin("2026-Q1");
    happens(CASE_EVENT_RECEIVE, 1, 5, 0);
    happens(CASE_EVENT_ACCEPT, 1, 8, 0);
    CHECK_STR(steps(), "accept-step 3/2 late;");
    happens(CASE_EVENT_WITHDRAW, 3, 3, 0); /* nobody took two months */
    CHECK_STR(steps(), "accept-step 3/2 late;");
}

TEST(ratings)
{
    report_count_rating(3, got);
    CHECK_STR(figures(), "rated 1;satisfied 1;");
    report_count_rating(2, got);
    CHECK_STR(figures(), "rated 1;dissatisfied 1;");
}

#define MINUTE 60000

TEST(service_of_a_terminal)
{
    struct report_service t;
    begin("2026-01"); /* 44,640 minutes */
    report_service_begin(&t, &period, 0, at(6, 1, 0));
    report_service_end(&t, got);
    CHECK_STR(figures(), "service 44640;in-service 44640;");
    report_service_begin(&t, &period, at(1, 31, 0), at(6, 1, 0)); /* new on the last day */
    report_service_told(&t, REPORT_PAUSED, at(1, 31, 10));
    report_service_told(&t, REPORT_SHUT_DOWN, at(1, 31, 11)); /* a pause outlives a start */
    report_service_told(&t, REPORT_STARTED, at(1, 31, 12));
    report_service_told(&t, REPORT_RESUMED, at(1, 31, 13));
    report_service_told(&t, REPORT_SHUT_DOWN, at(1, 31, 20));
    report_service_told(&t, REPORT_STARTED, at(2, 1, 0)); /* of the next month */
    report_service_end(&t, got);
    CHECK_STR(figures(), "service 1440;in-service 1020;");
    report_service_begin(&t, &period, 0, at(6, 1, 0)); /* paused before it, until the 2nd */
    report_service_told(&t, REPORT_PAUSED, at(1, 1, 0) - 90 * MINUTE);
    report_service_told(&t, REPORT_RESUMED, at(1, 2, 0));
    report_service_end(&t, got);
    CHECK_STR(figures(), "service 44640;in-service 43200;");
    report_service_begin(&t, &period, 0, at(1, 1, 2)); /* it is two in the morning */
    report_service_told(&t, REPORT_PAUSED, at(1, 1, 1));
    report_service_end(&t, got);
    CHECK_STR(figures(), "service 120;in-service 60;");
    report_service_begin(&t, &period, at(3, 1, 0), at(6, 1, 0)); /* it came later */
    report_service_end(&t, got);
    CHECK_STR(figures(), "");
}

TEST(words)
{
    enum report_figure f;
    CHECK(report_figure_by_word("same-day", &f) && f == REPORT_same_day);
    CHECK(!report_figure_by_word("same_day", &f));
    CHECK_INT(report_figure_base(REPORT_on_time), REPORT_promised);
    CHECK_INT(report_figure_base(REPORT_promised), REPORT_promised);
    CHECK_INT(report_figure_unit(REPORT_days_saved), REPORT_DAYS);
    CHECK_INT(report_figure_of(REPORT_in_service), REPORT_TERMINALS);
}

TEST_MAIN(T(periods), T(one_that_nobody_has_taken_in), T(finished_in_time), T(finished_late),
          T(stopped_time_makes_nobody_late), T(at_once_and_on_the_same_day), T(other_ends), T(accepted_by_law_once),
          T(decided_by_law), T(what_steps_took), T(ratings), T(service_of_a_terminal), T(words))
