/* SPDX-License-Identifier: Apache-2.0
 *
 * Working days against the State Council's notices for 2025 and 2026, as the built sample catalogue carries them, and by the
 * regulation alone. With TABLE=FILE every festival and the deadlines of five years are written there: workday.sh compares
 * them with other authors'.
 */
#include "catalog/workday.h"

#include "catalog/festival.h"
#include "catalog_test.h"
#include "test.h"

static const struct workday_calendar *calendar(void)
{
    return catalog_calendar(sample_open());
}

static struct date day(int year, int month, int d)
{
    return (struct date){year, month, d};
}

static const char *deadline(struct date from, int n, enum day_unit unit, int *provisional)
{
    static char text[16];
    struct date d = workday_deadline(calendar(), from, (struct item_limit){.day = n, .unit = unit}, provisional);

    snprintf(text, sizeof text, "%04d-%02d-%02d", d.year % 10000, d.month % 100, d.day % 100);
    return text;
}

TEST(single_days)
{
    const struct workday_calendar *c = calendar();

    CHECK_INT(c->first_year, 2025);
    CHECK_INT(c->last_year, 2026);
    CHECK(workday_is(c, day(2026, 11, 20)));  /* a Friday */
    CHECK(!workday_is(c, day(2026, 11, 21))); /* a Saturday */
    CHECK(!workday_is(c, day(2026, 11, 22)));
    CHECK(!workday_is(c, day(2026, 10, 1))); /* National Day */
    CHECK(!workday_is(c, day(2026, 10, 7)));
    CHECK(workday_is(c, day(2026, 10, 8)));
    CHECK(workday_is(c, day(2026, 9, 20)));  /* a Sunday worked for it */
    CHECK(workday_is(c, day(2026, 10, 10))); /* and a Saturday */
    CHECK(workday_is(c, day(2026, 1, 4)));
    CHECK(workday_is(c, day(2026, 2, 14)));
    CHECK(!workday_is(c, day(2026, 2, 16)));
    CHECK(workday_is(c, day(2026, 2, 28)));
    CHECK(!workday_is(c, day(2026, 6, 19)));
    CHECK(workday_is(c, day(2025, 1, 26)));
    CHECK(!workday_is(c, day(2025, 1, 28)));
    CHECK(!workday_is(c, day(2027, 1, 1))); /* a Friday, off without a notice */
    CHECK(workday_is(c, day(2027, 1, 4)));
}

TEST(working_days)
{
    int p = 1;

    CHECK_STR(deadline(day(2026, 11, 19), 5, DAY_WORKING, &p), "2026-11-26");
    CHECK(!p);
    /* over National Day: 29, 30 September, 8, 9 and the made-up 10 October */
    CHECK_STR(deadline(day(2026, 9, 28), 5, DAY_WORKING, &p), "2026-10-10");
    CHECK(!p);
    /* from a day off, and over the made-up Sunday before it */
    CHECK_STR(deadline(day(2026, 9, 19), 1, DAY_WORKING, &p), "2026-09-20");
    CHECK_STR(deadline(day(2026, 2, 13), 2, DAY_WORKING, &p), "2026-02-24");
    CHECK_STR(deadline(day(2026, 1, 5), 20, DAY_WORKING, &p), "2026-02-02");
    CHECK(!p);
}

TEST(calendar_days)
{
    int p = 1;

    CHECK_STR(deadline(day(2026, 11, 2), 10, DAY_CALENDAR, &p), "2026-11-12");
    CHECK(!p);
    CHECK_STR(deadline(day(2026, 11, 4), 10, DAY_CALENDAR, &p), "2026-11-16"); /* the 14th is a Saturday */
    CHECK_STR(deadline(day(2026, 9, 26), 7, DAY_CALENDAR, &p), "2026-10-08");  /* 3 October is a holiday */
    CHECK_STR(deadline(day(2026, 9, 10), 10, DAY_CALENDAR, &p), "2026-09-20"); /* a Sunday that is worked */
}

TEST(at_once)
{
    int p = 1;

    CHECK_STR(deadline(day(2026, 11, 22), 0, DAY_WORKING, &p), "2026-11-22"); /* a Sunday */
    CHECK(!p);
    CHECK_STR(deadline(day(2026, 11, 22), 0, DAY_CALENDAR, &p), "2026-11-22");
    CHECK_STR(deadline(day(2031, 1, 1), 0, DAY_WORKING, &p), "2031-01-01");
    CHECK(!p);
}

TEST(by_the_regulation)
{
    static const struct date off[] = {{2027, 1, 1},  {2027, 2, 5}, {2027, 2, 8}, {2027, 4, 5},  {2027, 6, 9},  {2027, 9, 15},
                                      {2027, 10, 1}, {2028, 5, 1}, {2028, 5, 2}, {2029, 10, 3}, {2099, 1, 20}, {2101, 5, 2}};
    static const struct date worked[] = {{2027, 2, 4},  {2027, 2, 9}, {2027, 4, 2}, {2027, 4, 6},  {2027, 5, 6},
                                         {2027, 10, 8}, {2024, 2, 9}, {2024, 5, 2}, {2029, 10, 4}, {2099, 1, 19}};

    for (size_t i = 0; i < sizeof off / sizeof *off; i++)
        CHECK(!workday_is(calendar(), off[i]));
    for (size_t i = 0; i < sizeof worked / sizeof *worked; i++)
        CHECK(workday_is(calendar(), worked[i]));
}

TEST(provisional_beyond_the_notice)
{
    int p = 0;

    CHECK_STR(deadline(day(2026, 12, 21), 5, DAY_WORKING, &p), "2026-12-28");
    CHECK(!p);
    CHECK_STR(deadline(day(2026, 12, 21), 6, DAY_WORKING, &p), "2026-12-29"); /* New Year's notice may move it */
    CHECK_INT(p, 2027);
    p = 0;
    CHECK_STR(deadline(day(2026, 12, 30), 5, DAY_WORKING, &p), "2027-01-07");
    CHECK_INT(p, 2027);
    p = 0;
    CHECK_STR(deadline(day(2026, 12, 2), 30, DAY_CALENDAR, &p), "2027-01-04"); /* over 1 January, a Friday */
    CHECK_INT(p, 2027);
    CHECK_STR(deadline(day(2026, 12, 20), 30, DAY_CALENDAR, &p), "2027-01-19"); /* far from any festival */
    CHECK(!p);
    CHECK_STR(deadline(day(2027, 7, 1), 20, DAY_WORKING, &p), "2027-07-29");
    CHECK(!p);
    CHECK_STR(deadline(day(2027, 1, 15), 5, DAY_WORKING, &p), "2027-01-22"); /* 14 days before the eve */
    CHECK_INT(p, 2027);
    CHECK_STR(deadline(day(2024, 11, 20), 2, DAY_WORKING, &p), "2024-11-22");
    CHECK(!p);
    deadline(day(2024, 12, 27), 1, DAY_WORKING, &p); /* 30 December: of a year that is not in the calendar */
    CHECK_INT(p, 2024);
    CHECK_STR(deadline(day(2025, 12, 30), 3, DAY_WORKING, &p), "2026-01-05"); /* 31 Dec, 4 Jan made up, 5 Jan */
    CHECK(!p);
    deadline(day(2101, 7, 1), 1, DAY_WORKING, &p); /* no festivals known */
    CHECK_INT(p, 2101);
}

/* By the first step's own limit, by the law's five working days, or on the next working day where it is at once. */
TEST(acceptance_is_told_by)
{
    struct item i = {.n_steps = 1, .steps = {{.step = "受理", .limit = {.day = 2, .unit = DAY_WORKING}}}};
    int p = 1;

    CHECK_INT(date_compare(workday_accepted(calendar(), day(2026, 11, 20), &i, &p), day(2026, 11, 24)), 0);
    CHECK_INT(p, 0);
    i.n_steps = 0;
    CHECK_INT(date_compare(workday_accepted(calendar(), day(2026, 11, 20), &i, &p), day(2026, 11, 27)), 0);
    i.n_steps = 1;
    i.steps[0].limit.day = 0;
    CHECK_INT(date_compare(workday_accepted(calendar(), day(2026, 11, 20), &i, &p), day(2026, 11, 20)), 0);
    CHECK_INT(date_compare(workday_accepted(calendar(), day(2026, 11, 21), &i, &p), day(2026, 11, 23)), 0);
    workday_accepted(calendar(), day(2026, 12, 31), &i, &p);
    CHECK_INT(p, 2027);
}

#define W(n)                                                                                                                \
    {                                                                                                                       \
        .day = (n), .unit = DAY_WORKING                                                                                     \
    }
#define C(n)                                                                                                                \
    {                                                                                                                       \
        .day = (n), .unit = DAY_CALENDAR                                                                                    \
    }
static const struct item_limit limits[] = {W(1), W(3), W(5), W(10), W(20), W(60), C(7), C(30)};
#define N_LIMITS (sizeof limits / sizeof *limits)

/* What was firm before the notice is as firm as that when it is out: `c` knows less than the calendar. */
static void check_firm(const struct workday_calendar *c, int *firm)
{
    for (int64_t from = date_to_days(day(2024, 12, 1)); from < date_to_days(day(2026, 10, 1)); from++) {
        for (size_t i = 0; i < N_LIMITS; i++) {
            int p, known;
            struct date guess = workday_deadline(c, date_of_days(from), limits[i], &p);
            struct date now = workday_deadline(calendar(), date_of_days(from), limits[i], &known);

            *firm += !p;
            CHECK(p || !date_compare(guess, now));
        }
    }
}

TEST(what_is_not_provisional_stays)
{
    struct workday_calendar less = *calendar(), none = {0};
    int firm = 0;

    check_firm(&less, &firm);
    less.last_year = 2025;
    while (less.n && less.exceptions[less.n - 1].date.year > 2025)
        less.n--;
    check_firm(&less, &firm);
    check_firm(&none, &firm);
    CHECK(firm > 6000);
}

TEST(no_calendar_at_all)
{
    const struct workday_calendar none = {0};
    int p = 0;
    struct date d = workday_deadline(&none, day(2026, 9, 30), (struct item_limit){.day = 1, .unit = DAY_WORKING}, &p);

    CHECK_INT(d.day, 5); /* 1 to 3 October, a Sunday */
    CHECK(p);
    d = workday_deadline(NULL, day(2026, 11, 20), (struct item_limit){.day = 1, .unit = DAY_WORKING}, &p);
    CHECK_INT(d.day, 23);
    CHECK(!p);
}

static void write_table(FILE *f)
{
    int p;

    for (int64_t d = date_to_days(day(2024, 1, 1)); d < date_to_days(day(2101, 1, 1)); d++) {
        struct date x = date_of_days(d);

        if (festival_is(x))
            fprintf(f, "off %04d-%02d-%02d\n", x.year, x.month, x.day);
    }
    for (int64_t from = date_to_days(day(2025, 1, 1)); from < date_to_days(day(2030, 1, 1)); from++) {
        struct date x = date_of_days(from);

        for (size_t i = 0; i < N_LIMITS; i++)
            fprintf(f, "deadline %04d-%02d-%02d %d%c %s\n", x.year, x.month, x.day, limits[i].day,
                    limits[i].unit == DAY_CALENDAR ? 'c' : 'w', deadline(x, limits[i].day, limits[i].unit, &p));
    }
}

TEST(table_for_others)
{
    const char *path = getenv("TABLE");
    FILE *f = path ? fopen(path, "w") : NULL;

    CHECK(!path || f);
    if (f) {
        write_table(f);
        fclose(f);
    }
    sample_close();
}

TEST_MAIN(T(single_days), T(working_days), T(calendar_days), T(at_once), T(by_the_regulation),
          T(provisional_beyond_the_notice), T(acceptance_is_told_by), T(what_is_not_provisional_stays),
          T(no_calendar_at_all), T(table_for_others))
