/* SPDX-License-Identifier: Apache-2.0
 *
 * See shift.h.
 */
#include "tools/hall/rules/shift.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"

bool shift_valid(const struct shift *s)
{
    bool zone = !s->zone[0] || (strlen(s->zone) == ZONE_NAME_LEN && strspn(s->zone, "0123456789abcdef") == ZONE_NAME_LEN);

    return zone && account_id_valid(s->staff) && s->days > 0 && s->days < 1 << 7 && s->from >= 0 && s->from < 24 &&
           s->to > 0 && s->to <= 24 && s->place >= 1 && s->place <= SHIFT_PLACE_MAX && s->way[0];
}

int shift_hour(int64_t ms)
{
    int day = (date_weekday(date_of_ms(ms)) + 6) % 7;

    return day * 24 + clock_minute_of_day(ms) / 60;
}

bool shift_covers(const struct shift *s, int hour)
{
    int day = hour / 24, of_day = hour % 24, before = (day + 6) % 7;
    bool night = s->to <= s->from;

    if (s->days >> day & 1 && of_day >= s->from && (night || of_day < s->to))
        return true;
    return night && s->days >> before & 1 && of_day < s->to;
}

static bool is_on(const struct shift *s, const char *zone, int hour)
{
    return !s->gone && (!s->zone[0] || strcmp(s->zone, zone) == 0) && shift_covers(s, hour);
}

static bool has(const struct shift *const *list, size_t n, const char *staff)
{
    size_t i = 0;

    while (i < n && strcmp(list[i]->staff, staff) != 0)
        i++;
    return i < n;
}

size_t shift_on(const struct shift *list, size_t n, const char *zone, int hour, const struct shift *ret[SHIFTS_MAX])
{
    size_t on = 0;

    for (int place = 1; place <= SHIFT_PLACE_MAX; place++)
        for (size_t i = 0; i < n && on < SHIFTS_MAX; i++)
            if (list[i].place == place && is_on(&list[i], zone, hour) && !has(ret, on, list[i].staff))
                ret[on++] = &list[i];
    return on;
}

static bool is_gap(const struct shift *list, size_t n, const char *zone, int hour)
{
    for (size_t i = 0; i < n; i++)
        if (is_on(&list[i], zone, hour % SHIFT_WEEK))
            return false;
    return true;
}

size_t shift_gaps(const struct shift *list, size_t n, const char *zone, struct shift_gap ret[SHIFT_GAPS_MAX])
{
    size_t gaps = 0;
    int from = 0;

    while (from < SHIFT_WEEK && is_gap(list, n, zone, from)) /* what begins before the week does stands at its end */
        from++;
    if (from == SHIFT_WEEK) {
        ret[0] = (struct shift_gap){0, SHIFT_WEEK};
        return 1;
    }
    for (int end = from + SHIFT_WEEK, hour = from; hour < end; hour++) {
        if (!is_gap(list, n, zone, hour))
            continue;
        ret[gaps].from = hour % SHIFT_WEEK;
        int first = hour;
        while (hour < end && is_gap(list, n, zone, hour))
            hour++;
        ret[gaps].to = ret[gaps].from + hour - first;
        gaps++;
    }
    return gaps;
}
