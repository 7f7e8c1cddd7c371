/* SPDX-License-Identifier: Apache-2.0
 *
 * A limit, day by day: which days counted, which stood still, which are off, where today is, what is left. For drawing it
 * (one cell a day), and for the two figures that everybody asks for. Pure, from a deadline as deadline_fold() gives it.
 */
#ifndef HALL_DAY_STRIP_H
#define HALL_DAY_STRIP_H

#include "tools/hall/rules/deadline.h"

#define DAY_STRIP_MAX 62 /* cells; of a longer one the last */

enum day_is {
    DAY_START, /* the day it runs from, which does not count */
    DAY_USED,  /* counted */
    DAY_STOP,  /* stood still */
    DAY_REST,  /* off, where working days are counted */
    DAY_NOW,   /* today, while it counts */
    DAY_FREE,  /* will count */
    DAY_LAST,  /* the last one, still to come */
    DAY_OVER,  /* past the last one */
    DAY_IS,
};
const char *day_is_word(enum day_is is);

struct day_strip {
    struct {
        struct date date;
        enum day_is is;
    } days[DAY_STRIP_MAX];
    int n;
    bool cut; /* it begins earlier than the first of them */
    int used; /* counted, today among them */
    int left; /* will count after today, up to the last */
    int over; /* counted past the last, today among them */
};
/* Of a limit that is not met and whose day is known, up to the last day or today. */
void day_strip_make(const struct deadline *d, const struct workday_calendar *calendar, struct date today,
                    struct day_strip *ret);
/* Of those that are not met, the one whose last day comes first; of two that end together, the one that began later. NULL:
 * no day is known. */
const struct deadline *day_strip_next(const struct deadlines *all);

#endif
