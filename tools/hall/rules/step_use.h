/* SPDX-License-Identifier: Apache-2.0
 *
 * How much of its limit each step of a case took (环节用时): for the report of slow steps. A step counts in the period in
 * which it was done; its days as deadline.h counts them: the day it began does not, days on which a special procedure ran do
 * not, of a limit in working days a day off does not. A step without a limit, or of which nobody knows it, is none here.
 * Pure.
 */
#ifndef HALL_STEP_USE_H
#define HALL_STEP_USE_H

#include "tools/hall/rules/report.h"

struct step_use {
    enum deadline_kind kind; /* ACCEPT_STEP, EXAMINE_STEP or DECIDE_STEP */
    struct case_limit limit; /* with its step and post */
    struct date from, done;
    int used; /* days, in the limit's unit */
    bool late;
};
bool step_kind(enum deadline_kind k); /* is it one of the three */
/* Those of a case that were done in the period, in their order; the count. `s` as for report_count_case(). */
int step_use_list(const struct report_period *p, const struct case_state *s, const struct workday_calendar *calendar,
                  struct step_use ret[DEADLINES]);

#endif
