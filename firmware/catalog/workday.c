/* SPDX-License-Identifier: Apache-2.0
 *
 * Counting working days: the promised date on every receipt comes from here.
 */
#include "catalog/workday.h"

#include <stdlib.h>

#include "catalog/festival.h"

static int by_date(const void *key, const void *element)
{
    return date_compare(*(const struct date *)key, ((const struct workday_exception *)element)->date);
}

enum workday_kind workday_kind(const struct workday_calendar *c, struct date d)
{
    const struct workday_exception *x = NULL;
    int weekday = date_weekday(d);
    bool weekend = weekday == 0 || weekday == 6;

    if (c && c->n)
        x = bsearch(&d, c->exceptions, c->n, sizeof *c->exceptions, by_date);
    if (x ? x->off : festival_is(d))
        return WORKDAY_HOLIDAY;
    return !weekend ? WORKDAY_ORDINARY : x ? WORKDAY_MADE_UP : WORKDAY_WEEKEND;
}

bool workday_is(const struct workday_calendar *c, struct date d)
{
    enum workday_kind kind = workday_kind(c, d);

    return kind == WORKDAY_ORDINARY || kind == WORKDAY_MADE_UP;
}

static bool notice_is_out(const struct workday_calendar *c, int year)
{
    return c && c->first_year && year >= c->first_year && year <= c->last_year;
}

/* The turn of the year belongs to two notices. */
int workday_may_move(const struct workday_calendar *c, struct date d)
{
    bool own = notice_is_out(c, d.year), next = notice_is_out(c, d.year + 1);

    if (!own && (festival_may_move(d.year, d) || festival_may_move(d.year + 1, d)))
        return d.year;
    return !next && festival_may_move(d.year + 1, d) ? d.year + 1 : 0;
}

static void first_year(int *year, int other)
{
    if (!*year)
        *year = other;
}

struct date workday_deadline(const struct workday_calendar *c, struct date from, struct item_limit limit, int *ret_year)
{
    int64_t day = date_to_days(from), n = limit.day > 0 ? limit.day : 0;
    int year = 0;

    if (limit.unit == DAY_CALENDAR) {
        day += n;
        while (n && !workday_is(c, date_of_days(day)))
            first_year(&year, workday_may_move(c, date_of_days(day++)));
        if (n)
            first_year(&year, workday_may_move(c, date_of_days(day)));
    } else {
        while (n > 0) {
            struct date d = date_of_days(++day);

            first_year(&year, workday_may_move(c, d));
            n -= workday_is(c, d);
        }
    }
    *ret_year = year;
    return date_of_days(day);
}

struct date workday_accepted(const struct workday_calendar *c, struct date from, const struct item *item, int *ret_year)
{
    struct item_limit limit = item_accept_limit(item);

    if (limit.day > 0)
        return workday_deadline(c, from, limit, ret_year);
    return workday_deadline(c, date_of_days(date_to_days(from) - 1), (struct item_limit){.day = 1, .unit = DAY_WORKING},
                            ret_year);
}
