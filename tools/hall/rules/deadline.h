/* SPDX-License-Identifier: Apache-2.0
 *
 * Until when a case must be where (电子监察): a pure fold over its events (case.h), by the official calendar
 * (catalog/workday.h). Every date carries what it follows from, of which deadline_words.h makes a sentence.
 *
 * How it is counted. The day something happens does not count, the day after is the first (Civil Code, art. 201); the last
 * day is usable to its end. A limit in calendar days that ends on a day off ends on the next working day (art. 203); so
 * does one of no days at all. While a special procedure runs no day counts: from the day it begins, which was not usable to
 * its end, up to the day before it ends, which is usable again. It stops the time for its own limit at most: after the last
 * day of that, days count again, whatever was forgotten. While it runs the dates are those at the latest. What
 * begins after a limit was met does not move it.
 * What a notice that is not out may still shift is provisional; a limit nobody knows gives no date.
 */
#ifndef HALL_DEADLINE_H
#define HALL_DEADLINE_H

#include "catalog/workday.h"
#include "tools/hall/rules/case.h"

enum deadline_kind {
#define DEADLINE(name, word, title) DEADLINE_##name,
#include "tools/hall/rules/deadline.def"
#undef DEADLINE
    DEADLINES
};
const char *deadline_word(enum deadline_kind k);

struct deadline_stop {
    enum case_procedure procedure;
    struct date from, until; /* the first day that does not count, and the first that does again */
    int days;                /* that would have counted: working days, or calendar days, as the limit */
    bool lapsed;             /* its own limit ended it */
    bool open;               /* it still runs: `until` is the latest */
};
struct deadline {
    enum deadline_kind kind;
    struct date from;
    struct case_limit limit; /* day -1: unknown, and `due` with it; its step and post: who owes it now */
    struct date due;         /* the last day */
    int provisional;         /* the year whose notice is not in the calendar and may still move it; 0: it stands */
    struct deadline_stop stops[CASE_STOPS_MAX]; /* those that moved it */
    int n_stops;
    bool open;        /* a procedure runs: `due` is the latest */
    struct date done; /* without a year: not yet */
};
struct deadlines {
    struct deadline list[DEADLINES];
    int n;
};
/* Those that have begun, also what is done. `calendar` NULL: nothing is known but weekends and the regulation. */
void deadline_fold(const struct case_state *s, const struct workday_calendar *calendar, struct date today,
                   struct deadlines *ret);
/* Of a case nobody has taken in, applied for at `applied`: the state to fold, with the law's limit for acceptance alone. */
struct case_state deadline_untaken(int64_t applied);
bool deadline_is_late(const struct deadline *d, struct date today);
/* What the days say of an event that case_judge() allows: CASE_MAY; of the law's own TACIT_NOT, TACIT_NOT_DUE or CALENDAR;
 * of staff's SILENCE_COUNTED, where the law has answered before them. */
enum case_refusal deadline_judge(const struct case_state *s, const struct workday_calendar *calendar,
                                 const struct case_event *ev);

#endif
