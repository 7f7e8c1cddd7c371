/* SPDX-License-Identifier: Apache-2.0
 *
 * The estimate: people, turns and minutes, when nothing is claimed; and how far it holds on thirty days (queue_days.h).
 */
#include "test.h"

#include "queue_days.h"
#include "tools/hall/rules/estimate.h"

#define MIN INT64_C(60000)
#define NOW (1000 * MIN)

static struct estimate got;

static void look(const struct estimate_call *calls, size_t n, int people, int64_t first_since)
{
    const struct estimate_facts f = {.calls = calls, .n = n, .waiting = people, .first_since = first_since, .now = NOW};
    estimate(&f, &got);
}

/* Calls every `every` minutes up to `ago` minutes before now, of people who had waited for an hour. */
static void ask(int n, int every, int ago, int people)
{
    struct estimate_call calls[ESTIMATE_CALLS];
    for (int i = 0; i < n; i++) {
        calls[i].called = NOW - (ago + i * every) * MIN;
        calls[i].since = calls[i].called - 60 * MIN;
        calls[i].window = 0;
    }
    look(calls, (size_t)n, people, NOW - 10 * MIN);
}

TEST(mean)
{
    ask(4, 2, 1, 3);
    CHECK_INT(got.people, 3);
    CHECK_INT(got.minutes, 6);
    struct estimate_call calls[] = {{.called = NOW - 1 * MIN},
                                    {.called = NOW - 3 * MIN},
                                    {.called = NOW - 5 * MIN},
                                    {.called = NOW - 7 * MIN},
                                    {.called = NOW - 37 * MIN}};
    look(calls, 5, 1, NOW); /* a long one in between does not count */
    CHECK_INT(got.minutes, 2);
}

TEST(rounding)
{
    ask(11, 2, 0, 12);
    CHECK_INT(got.minutes, 25); /* 24 */
    ask(11, 1, 0, 10);
    CHECK_INT(got.minutes, 10);
    ask(11, 5, 0, 97);
    CHECK_INT(got.minutes, -1); /* more than eight hours says nothing */
}

TEST(too_few_calls)
{
    ask(3, 2, 1, 5);
    CHECK_INT(got.people, 5);
    CHECK_INT(got.minutes, -1);
    ask(0, 2, 1, 5);
    CHECK_INT(got.people, 5);
    CHECK_INT(got.minutes, -1);
}

TEST(not_lately)
{
    ask(4, 2, 31, 5);
    CHECK_INT(got.people, 5);
    CHECK_INT(got.minutes, -1);
    ask(4, 2, 121, 5);
    CHECK_INT(got.people, -1); /* the windows do not say whom they call */
    CHECK_INT(got.minutes, -1);
    look(NULL, 0, 2, NOW - 121 * MIN);
    CHECK_INT(got.people, -1);
}

TEST(nobody_waits)
{
    ask(4, 2, 1, 0);
    CHECK_INT(got.people, 0);
    CHECK_INT(got.minutes, 0);
    ask(1, 2, 200, 0); /* nobody waits, and nobody seems to be at the window */
    CHECK_INT(got.people, 0);
    CHECK_INT(got.minutes, -1);
    ask(0, 2, 1, 0);
    CHECK_INT(got.people, 0);
    CHECK_INT(got.minutes, -1);
}

TEST(idle_windows_tell_no_pace)
{
    struct estimate_call calls[8];
    for (int i = 0; i < 8; i++) /* each came when the one before was long gone */
        calls[i] = (struct estimate_call){.called = NOW - i * 5 * MIN, .since = NOW - i * 5 * MIN - MIN};
    look(calls, 8, 2, NOW);
    CHECK_INT(got.people, 2);
    CHECK_INT(got.minutes, -1);
}

/* Two windows serve twice as fast as one, and who is first there waits for the rest of a turn. */
TEST(windows)
{
    struct estimate_call calls[8];
    for (int i = 0; i < 8; i++)
        calls[i] = (struct estimate_call){.called = NOW - (1 + 3 * i) * MIN, .window = 1 + i % 2};
    struct estimate_facts f = {.calls = calls, .n = 8, .waiting = 2, .first_since = NOW, .now = NOW};
    estimate(&f, &got);
    CHECK_INT(got.minutes, 6); /* turns of six minutes */
    CHECK(got.least < 6 && got.most > 6);
    f.busy = 2;
    estimate(&f, &got);
    CHECK_INT(got.minutes, 8); /* 2.6 turns at two windows: 7.8 */
    f.waiting = 0;
    estimate(&f, &got);
    CHECK_INT(got.minutes, 2);
    f.busy = 0;
    estimate(&f, &got);
    CHECK_INT(got.minutes, 0);
    CHECK_INT(got.most, 0);
}

/* 9:00 to 17:00 with a break from 12:00 to 13:30, a call every six minutes at two windows. */
static void usual_days(struct estimate_rhythm *r, int days)
{
    *r = (struct estimate_rhythm){.days = 0};
    for (int day = 0; day < days; day++)
        for (int window = 1; window <= 2; window++)
            for (int m = 540; m < 1020; m += 6)
                if (m < 720 || m >= 810)
                    estimate_rhythm_add(r, day, window, 0, (m - 480) * MIN + day * INT64_C(86400000));
    estimate_rhythm_end(r);
}

TEST(the_break_is_counted)
{
    struct estimate_rhythm r;
    struct estimate_call calls[10];
    int64_t noon = (720 - 480) * MIN;
    usual_days(&r, 3);
    CHECK_INT(r.days, 3);
    CHECK_INT((int)(r.turn_ms / 60000 + 0.5), 6);
    for (int i = 0; i < 10; i++)
        calls[i] = (struct estimate_call){.called = noon - (3 + 3 * i) * MIN, .window = 1 + i % 2};
    struct estimate_facts f = {
        .calls = calls, .n = 10, .waiting = 10, .first_since = noon, .now = noon - 3 * MIN, .rhythm = &r};
    estimate(&f, &got); /* one turn before noon, nine after 13:30: 3 + 90 + 27 */
    CHECK(got.minutes >= 115 && got.minutes <= 125);
    CHECK(got.least >= 90 && got.most > got.minutes);
    f.now = noon + 60 * MIN; /* nobody was called for an hour, and half an hour is to go */
    f.waiting = 2;
    estimate(&f, &got);
    CHECK(got.minutes >= 35 && got.minutes <= 40);
    f = (struct estimate_facts){.waiting = 4, .first_since = 0, .now = 30 * MIN, .rhythm = &r}; /* 8:30 */
    estimate(&f, &got);
    CHECK(got.minutes >= 40 && got.minutes <= 45);
    f.waiting = 0; /* the first of the day */
    estimate(&f, &got);
    CHECK(got.minutes >= 28 && got.minutes <= 30);
    f.now = (1080 - 480) * MIN; /* 18:00: they have gone */
    estimate(&f, &got);
    CHECK_INT(got.minutes, -1);
    f.rhythm = NULL;
    estimate(&f, &got);
    CHECK_INT(got.minutes, -1);
}

/* Whoever waits when the windows usually end is served all the same. */
TEST(the_end_of_the_day)
{
    struct estimate_rhythm r;
    struct estimate_call calls[10];
    int64_t five = (1020 - 480) * MIN;
    usual_days(&r, 3);
    for (int i = 0; i < 10; i++)
        calls[i] = (struct estimate_call){.called = five - (3 + 3 * i) * MIN, .window = 1 + i % 2};
    struct estimate_facts f = {.calls = calls, .n = 10, .waiting = 10, .first_since = five, .now = five, .rhythm = &r};
    estimate(&f, &got);
    CHECK(got.minutes >= 30 && got.minutes <= 35);
}

/* --- thirty days --- */

#define RUN_IN 3 /* days before them, of which the hall knows */
#define DAYS (RUN_IN + 30)
static struct queue_day days[DAYS];

static int64_t ms_of(int day, double minute)
{
    return day * INT64_C(86400000) + (int64_t)((minute - 480) * 60000);
}

static void read_rhythm(int today, struct estimate_rhythm *r)
{
    *r = (struct estimate_rhythm){.days = 0};
    for (int d = today > ESTIMATE_DAYS ? today - ESTIMATE_DAYS : 0; d < today; d++)
        for (int w = 1; w <= days[d].windows; w++)
            for (int i = 0; i < days[d].n; i++)
                if (days[d].visits[i].window == w)
                    estimate_rhythm_add(r, d, w, ms_of(d, days[d].visits[i].taken), ms_of(d, days[d].visits[i].called));
    estimate_rhythm_end(r);
}

/* What one who takes a number is told, and by the simple formula: people ahead × mean service so far ÷ windows that are open
 * (all of the day, when none is). */
static double ask_of_visit(int day, int i, const struct estimate_rhythm *r, double services, int n_services)
{
    const struct queue_day *d = &days[day];
    struct estimate_call calls[ESTIMATE_CALLS];
    struct estimate_facts f = {.calls = calls, .now = ms_of(day, d->visits[i].taken), .first_since = f.now, .rhythm = r};
    int open = 0;
    for (int j = i; j-- > 0;) {
        const struct queue_visit *v = &d->visits[j];
        bool called = v->called <= d->visits[i].taken;
        f.waiting += !called;
        f.busy += called && v->ended > d->visits[i].taken;
        if (!called)
            f.first_since = ms_of(day, v->taken);
        else if (f.n < ESTIMATE_CALLS)
            calls[f.n++] = (struct estimate_call){ms_of(day, v->called), ms_of(day, v->taken), v->window};
        if (v->ended <= d->visits[i].taken) {
            services += v->ended - v->called;
            n_services++;
        }
    }
    for (int w = 0; w < d->windows; w++)
        open += day_there(d, w, d->visits[i].taken) <= d->visits[i].taken;
    estimate(&f, &got);
    return f.waiting * services / n_services / (open ? open : d->windows);
}

static void replay(uint64_t seed, double *ret_ours, double *ret_simple)
{
    double services = 0, ours = 0, simple = 0, waited = 0, width = 0;
    int n_services = 0, told = 0, untold = 0, within = 0;
    for (int d = 0; d < DAYS; d++) {
        struct estimate_rhythm r;
        queue_day_make(&days[d], &seed);
        read_rhythm(d, &r);
        for (int i = 0; d >= RUN_IN && i < days[d].n; i++) {
            double truth = days[d].visits[i].called - days[d].visits[i].taken;
            double by_formula = ask_of_visit(d, i, &r, services, n_services);
            untold += got.minutes < 0;
            if (got.minutes < 0)
                continue;
            told++;
            waited += truth;
            ours += fabs(got.minutes - truth);
            simple += fabs(by_formula - truth);
            width += got.most - got.least;
            within += truth >= got.least && truth <= got.most;
        }
        for (int i = 0; i < days[d].n; i++, n_services++)
            services += days[d].visits[i].ended - days[d].visits[i].called;
    }
    printf(
        "# 30 days: %d waited %.0f min on average; told %.1f min wrong, by the formula %.1f (%.2f of it); %.0f %% within an"
        " interval of %.0f min; %d were told nothing\n",
        told, waited / told, ours / told, simple / told, ours / simple, 100.0 * within / told, width / told, untold);
    CHECK(within >= 0.8 * told);
    CHECK(untold <= 0.01 * told);
    *ret_ours += ours;
    *ret_simple += simple;
}

TEST(thirty_days)
{
    double ours = 0, simple = 0;
    for (uint64_t month = 0; month < 4; month++)
        replay(20260105 + month, &ours, &simple);
    printf("# %.2f of what the formula errs\n", ours / simple);
    CHECK(ours <= 0.5 * simple);
}

TEST_MAIN(T(mean), T(rounding), T(too_few_calls), T(not_lately), T(nobody_waits), T(idle_windows_tell_no_pace), T(windows),
          T(the_break_is_counted), T(the_end_of_the_day), T(thirty_days))
