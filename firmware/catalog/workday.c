/* SPDX-License-Identifier: Apache-2.0
 *
 * Counting working days: the promised date on every receipt comes from here.
 */
#include "catalog/workday.h"

#include <stdlib.h>

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
    return x ? !x->off : weekday != 0 && weekday != 6;
}

static bool known(const struct workday_calendar *c, struct date d)
{
    if (!c || !c->first_year || d.year < c->first_year || d.year > c->last_year)
        return false;
    return d.year < c->last_year || d.month < 12 || d.day < 29;
}

struct date workday_deadline(const struct workday_calendar *c, struct date from, struct item_limit limit,
                             bool *ret_provisional)
{
    int64_t day = date_to_days(from), n = limit.day > 0 ? limit.day : 0;
    struct date end;

    if (limit.unit == DAY_CALENDAR) {
        day += n;
        while (n && !workday_is(c, date_of_days(day)))
            day++;
    } else {
        while (n > 0)
            n -= workday_is(c, date_of_days(++day));
    }
    end = date_of_days(day);
    *ret_provisional = limit.day > 0 && !(known(c, from) && known(c, end));
    return end;
}
