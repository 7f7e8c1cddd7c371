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

bool workday_is(const struct workday_calendar *c, struct date d)
{
    const struct workday_exception *x = NULL;
    int weekday = date_weekday(d);

    if (c && c->n)
        x = bsearch(&d, c->exceptions, c->n, sizeof *c->exceptions, by_date);
    return x ? !x->off : weekday != 0 && weekday != 6 && !festival_is(d);
}

static bool notice_is_out(const struct workday_calendar *c, int year)
{
    return c && c->first_year && year >= c->first_year && year <= c->last_year;
}

/* The turn of the year belongs to two notices. */
static bool may_move(const struct workday_calendar *c, struct date d)
{
    bool own = notice_is_out(c, d.year);

    return (!own && festival_may_move(d.year, d)) ||
           (!(own && notice_is_out(c, d.year + 1)) && festival_may_move(d.year + 1, d));
}

struct date workday_deadline(const struct workday_calendar *c, struct date from, struct item_limit limit,
                             bool *ret_provisional)
{
    int64_t day = date_to_days(from), n = limit.day > 0 ? limit.day : 0;
    bool moves = false;

    if (limit.unit == DAY_CALENDAR) {
        day += n;
        while (n && !workday_is(c, date_of_days(day)))
            moves |= may_move(c, date_of_days(day++));
        moves |= n && may_move(c, date_of_days(day));
    } else {
        while (n > 0) {
            struct date d = date_of_days(++day);

            moves |= may_move(c, d);
            n -= workday_is(c, d);
        }
    }
    *ret_provisional = moves;
    return date_of_days(day);
}
