/* SPDX-License-Identifier: Apache-2.0
 *
 * See day_strip.h.
 */
#include "tools/hall/rules/day_strip.h"

#include <string.h>

const char *day_is_word(enum day_is is)
{
    static const char *const words[DAY_IS] = {"start", "used", "stop", "rest", "now", "free", "last", "over"};

    return words[is];
}

static bool stopped(const struct deadline *d, struct date day)
{
    for (int i = 0; i < d->n_stops; i++)
        if (date_compare(d->stops[i].from, day) <= 0 && date_compare(day, d->stops[i].until) < 0)
            return true;
    return false;
}

static bool counts(const struct deadline *d, const struct workday_calendar *calendar, struct date day)
{
    return d->limit.unit != DAY_WORKING || workday_is(calendar, day);
}

static enum day_is what(const struct deadline *d, const struct workday_calendar *calendar, struct date day,
                        struct date today)
{
    int to_today = date_compare(day, today), to_due = date_compare(day, d->due);

    if (date_compare(day, d->from) == 0)
        return DAY_START;
    if (to_due <= 0 && stopped(d, day))
        return DAY_STOP;
    if (!counts(d, calendar, day))
        return to_due == 0 ? DAY_LAST : DAY_REST;
    if (to_due > 0)
        return DAY_OVER;
    if (to_today == 0)
        return DAY_NOW;
    if (to_today < 0)
        return DAY_USED;
    return to_due == 0 ? DAY_LAST : DAY_FREE;
}

static void put(struct day_strip *s, struct date day, enum day_is is)
{
    s->used += is == DAY_USED || is == DAY_NOW;
    s->left += is == DAY_FREE || is == DAY_LAST;
    s->over += is == DAY_OVER;
    if (s->n == DAY_STRIP_MAX) {
        memmove(&s->days[0], &s->days[1], sizeof s->days - sizeof s->days[0]);
        s->n--;
        s->cut = true;
    }
    s->days[s->n].date = day;
    s->days[s->n++].is = is;
}

void day_strip_make(const struct deadline *d, const struct workday_calendar *calendar, struct date today,
                    struct day_strip *ret)
{
    int64_t day = date_to_days(d->from), due = date_to_days(d->due), now = date_to_days(today);

    *ret = (struct day_strip){.n = 0};
    for (; day <= due || day <= now; day++)
        put(ret, date_of_days(day), what(d, calendar, date_of_days(day), today));
}

const struct deadline *day_strip_next(const struct deadlines *all)
{
    const struct deadline *next = NULL;

    for (int i = 0; i < all->n; i++) {
        const struct deadline *d = &all->list[i];
        int order = next ? date_compare(d->due, next->due) : -1;

        if (d->limit.day < 0 || case_day(d->done))
            continue;
        if (order < 0 || (order == 0 && date_compare(d->from, next->from) > 0))
            next = d;
    }
    return next;
}
