/* SPDX-License-Identifier: Apache-2.0
 *
 * Working days against the State Council's notices for 2025 and 2026, as the built sample catalogue carries them.
 */
#include "catalog/workday.h"

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

static const char *deadline(struct date from, int n, enum day_unit unit, bool *provisional)
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
    CHECK(workday_is(c, day(2027, 1, 1))); /* not known: a Friday like any other */
}

TEST(working_days)
{
    bool p = true;

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
    bool p = true;

    CHECK_STR(deadline(day(2026, 11, 2), 10, DAY_CALENDAR, &p), "2026-11-12");
    CHECK(!p);
    CHECK_STR(deadline(day(2026, 11, 4), 10, DAY_CALENDAR, &p), "2026-11-16"); /* the 14th is a Saturday */
    CHECK_STR(deadline(day(2026, 9, 26), 7, DAY_CALENDAR, &p), "2026-10-08");  /* 3 October is a holiday */
    CHECK_STR(deadline(day(2026, 9, 10), 10, DAY_CALENDAR, &p), "2026-09-20"); /* a Sunday that is worked */
}

TEST(at_once)
{
    bool p = true;

    CHECK_STR(deadline(day(2026, 11, 22), 0, DAY_WORKING, &p), "2026-11-22"); /* a Sunday */
    CHECK(!p);
    CHECK_STR(deadline(day(2026, 11, 22), 0, DAY_CALENDAR, &p), "2026-11-22");
    CHECK_STR(deadline(day(2031, 1, 1), 0, DAY_WORKING, &p), "2031-01-01");
    CHECK(!p);
}

TEST(provisional_beyond_the_notice)
{
    bool p = false;

    CHECK_STR(deadline(day(2026, 12, 21), 5, DAY_WORKING, &p), "2026-12-28");
    CHECK(!p);
    CHECK_STR(deadline(day(2026, 12, 21), 6, DAY_WORKING, &p), "2026-12-29"); /* New Year's notice may move it */
    CHECK(p);
    p = false;
    CHECK_STR(deadline(day(2026, 12, 30), 5, DAY_WORKING, &p), "2027-01-06");
    CHECK(p);
    p = false;
    CHECK_STR(deadline(day(2026, 12, 20), 30, DAY_CALENDAR, &p), "2027-01-19");
    CHECK(p);
    p = false;
    deadline(day(2024, 12, 20), 2, DAY_WORKING, &p);
    CHECK(p);
    p = true;
    CHECK_STR(deadline(day(2025, 12, 30), 3, DAY_WORKING, &p), "2026-01-05"); /* 31 Dec, 4 Jan made up, 5 Jan */
    CHECK(!p);
}

TEST(no_calendar_at_all)
{
    const struct workday_calendar none = {0};
    bool p = false;
    struct date d = workday_deadline(&none, day(2026, 9, 30), (struct item_limit){.day = 1, .unit = DAY_WORKING}, &p);

    CHECK_INT(d.day, 1);
    CHECK(p);
    p = false;
    d = workday_deadline(NULL, day(2026, 11, 20), (struct item_limit){.day = 1, .unit = DAY_WORKING}, &p);
    CHECK_INT(d.day, 23);
    CHECK(p);
    sample_close();
}

TEST_MAIN(T(single_days), T(working_days), T(calendar_days), T(at_once), T(provisional_beyond_the_notice),
          T(no_calendar_at_all))
