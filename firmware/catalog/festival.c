/* SPDX-License-Identifier: Apache-2.0
 *
 * See festival.h. A table, no astronomy: 77 years of four dates, and no rounding at midnight.
 */
#include "catalog/festival.h"

#define REACH 14
#define REACH_BEFORE_NEW_YEAR 3
#define RUNS_MAX 7
#define SECOND_OF_MAY_SINCE 2025 /* and the eve of the Spring Festival: in force from 2025-01-01 */

#define FIRST_YEAR 2024
#define LAST_YEAR 2100

static const struct moving { /* month * 100 + day */
    int spring, qingming, dragon_boat, mid_autumn;
} moving[LAST_YEAR - FIRST_YEAR + 1] = {
#define FESTIVALS(year, spring, qingming, dragon_boat, mid_autumn)                                                          \
    [(year)-FIRST_YEAR] = {spring, qingming, dragon_boat, mid_autumn},
#include "catalog/festivals.def"
#undef FESTIVALS
};

struct run { /* days of a year: 1 January is 0 */
    int first, last;
};

static bool is_known(int year)
{
    return year >= FIRST_YEAR && year <= LAST_YEAR;
}

/* `day` is month * 100 + day. Each deadline asks this some hundred times: no way over the days since 1970. */
static int day_in_year(int year, int day)
{
    static const int before[13] = {0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return before[day / 100] + (leap && day >= 301) + day % 100 - 1;
}

static struct run run_of(int year, int day, int before, int days)
{
    int first = day_in_year(year, day) - before;

    return (struct run){first, first + before + days - 1};
}

/* The days off of a year; returns how many runs. */
static int runs_of(int year, struct run out[RUNS_MAX])
{
    bool now = year >= SECOND_OF_MAY_SINCE;
    int n = 0;

    out[n++] = run_of(year, 101, 0, 1);
    out[n++] = run_of(year, 501, 0, now ? 2 : 1);
    out[n++] = run_of(year, 1001, 0, 3);
    if (is_known(year)) {
        const struct moving *m = &moving[year - FIRST_YEAR];

        out[n++] = run_of(year, m->spring, now ? 1 : 0, 3);
        out[n++] = run_of(year, m->qingming, 0, 1);
        out[n++] = run_of(year, m->dragon_boat, 0, 1);
        out[n++] = run_of(year, m->mid_autumn, 0, 1);
    }
    return n;
}

bool festival_is(struct date d)
{
    struct run runs[RUNS_MAX];
    int day = day_in_year(d.year, d.month * 100 + d.day);

    for (int i = runs_of(d.year, runs) - 1; i >= 0; i--)
        if (day >= runs[i].first && day <= runs[i].last)
            return true;
    return false;
}

bool festival_may_move(int year, struct date d)
{
    struct run runs[RUNS_MAX];
    int day = day_in_year(d.year, d.month * 100 + d.day);

    if (d.year != year)
        return d.year == year - 1 && d.month == 12 && d.day > 31 - REACH_BEFORE_NEW_YEAR;
    if (!is_known(year))
        return true;
    for (int i = runs_of(year, runs) - 1; i >= 0; i--)
        if (day >= runs[i].first - REACH && day <= runs[i].last + REACH)
            return true;
    return false;
}
