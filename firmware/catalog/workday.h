/* SPDX-License-Identifier: Apache-2.0
 *
 * Working days by the State Council's yearly notice: weekends off, holidays off, make-up days (调休) worked. Where the
 * notice for a year is not out, weekends and the days of the regulation itself are off (festival.h); what the notice may yet
 * shift makes a deadline provisional.
 */
#ifndef CATALOG_WORKDAY_H
#define CATALOG_WORKDAY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"
#include "model/item.h"

struct workday_exception { /* sorted by date */
    struct date date;
    bool off; /* else: a make-up working day */
};
struct workday_calendar {
    int first_year, last_year; /* years whose notice is in it */
    const struct workday_exception *exceptions;
    size_t n;
};

bool workday_is(const struct workday_calendar *c, struct date d);
/* MADE_UP: a weekend day that is worked; HOLIDAY: off by the notice, or by the regulation where no notice says otherwise,
 * also on a weekend. */
enum workday_kind { WORKDAY_ORDINARY, WORKDAY_MADE_UP, WORKDAY_WEEKEND, WORKDAY_HOLIDAY };
enum workday_kind workday_kind(const struct workday_calendar *c, struct date d);
/* The year whose notice is not in the calendar and may still make a day off of it, or a working day; 0: none. */
int workday_may_move(const struct workday_calendar *c, struct date d);
/* The day a limit ends that starts to count on the day after `from` (Civil Code art. 201). Calendar days that end on a day
 * off move to the next working day (art. 203). A limit of 0 days ends today.
 * *ret_year: the year whose notice is not in the calendar and may still shift the day (festival_may_move()), the first one
 * where there are two; 0: the day stands. It is counted by each day after `from` up to its end; in calendar days, by the day
 * they end on and those it moves over. The last days of December wait for two notices, the year's own and the next one's. */
struct date workday_deadline(const struct workday_calendar *c, struct date from, struct item_limit limit, int *ret_year);
/* The day by which the applicant is told whether it is accepted (受理决定), of what was handed in on `from`: the item's own
 * limit (item_accept_limit()); where that is at once, the day itself or the next working day. *ret_year as above. */
struct date workday_accepted(const struct workday_calendar *c, struct date from, const struct item *item, int *ret_year);

#endif
