/* SPDX-License-Identifier: Apache-2.0
 *
 * The duty list: who of the fleet's staff is on duty when, by weekday and hour, every week the same. Pure.
 */
#ifndef HALL_RULES_SHIFT_H
#define HALL_RULES_SHIFT_H

#include "tools/hall/rules/account.h"
#include "tools/hall/rules/zone.h"

#define SHIFT_ID_LEN 16
#define SHIFT_WAY_MAX 80
#define SHIFT_PLACE_MAX 9
#define SHIFTS_MAX 200 /* of an office */
#define SHIFT_WEEK 168 /* hours; 0: Monday 0:00 to 1:00 */

struct shift {
    uint8_t id[SHIFT_ID_LEN];
    char staff[ACCOUNT_ID_MAX + 1], name[CASE_NAME_MAX + 1];
    char zone[ZONE_NAME_LEN + 1]; /* "": all of the office */
    int days;                     /* bit 0: Mondays … bit 6: Sundays */
    int from, to;                 /* hours, 0–23 and 1–24; to <= from: until the next day, 24 hours at most */
    int place;                    /* 1: is told first; to SHIFT_PLACE_MAX */
    char way[SHIFT_WAY_MAX + 1];  /* how he is told: a line for who delivers it */
    bool lost;                    /* no terminal is in its zone any more: it covers nothing */
    bool gone;                    /* his account is disabled, or looks after no terminals any more: it covers nothing */
};
bool shift_valid(const struct shift *s);
int shift_hour(int64_t ms); /* of the week */
bool shift_covers(const struct shift *s, int hour);
/* Who is on duty in a zone ("": where no zone is known) at that hour, by place, and of one place as they stand in the list;
 * each once. The count. */
size_t shift_on(const struct shift *list, size_t n, const char *zone, int hour, const struct shift *ret[SHIFTS_MAX]);
/* When nobody is. A gap begins at an hour of the week and ends before another: `to` is above SHIFT_WEEK where it goes over
 * Sunday night. */
struct shift_gap {
    int from, to;
};
#define SHIFT_GAPS_MAX (SHIFT_WEEK / 2)
size_t shift_gaps(const struct shift *list, size_t n, const char *zone, struct shift_gap ret[SHIFT_GAPS_MAX]);

#endif
