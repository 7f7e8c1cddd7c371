/* SPDX-License-Identifier: Apache-2.0
 *
 * See festival.h. A table, no astronomy: 77 years of four dates, and no rounding at midnight.
 */
#include "catalog/festival.h"

#include <stddef.h>
#include <stdint.h>

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

struct run { /* days since 1970 */
    int64_t first, last;
};

static bool is_known(int year)
{
    return year >= FIRST_YEAR && year <= LAST_YEAR;
}

static struct run run_of(int year, int day, int before, int days)
{
    int64_t first = date_to_days((struct date){year, day / 100, day % 100}) - before;

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
    int64_t day = date_to_days(d);

    for (int i = runs_of(d.year, runs) - 1; i >= 0; i--)
        if (day >= runs[i].first && day <= runs[i].last)
            return true;
    return false;
}

bool festival_may_move(int year, struct date d)
{
    struct run runs[RUNS_MAX];
    int64_t day = date_to_days(d);

    if (d.year != year) {
        int64_t new_year = date_to_days((struct date){year, 1, 1});

        return day < new_year && day >= new_year - REACH_BEFORE_NEW_YEAR;
    }
    if (!is_known(year))
        return true;
    for (int i = runs_of(year, runs) - 1; i >= 0; i--)
        if (day >= runs[i].first - REACH && day <= runs[i].last + REACH)
            return true;
    return false;
}
