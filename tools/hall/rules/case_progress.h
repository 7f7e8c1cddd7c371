/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a case stands, as its applicant is told (model/my_case.h): what happened and when, what comes next and until when,
 * what is missing, how it was decided. A fold over its events, beside case.h, with the dates of deadline.h. Pure.
 */
#ifndef HALL_CASE_PROGRESS_H
#define HALL_CASE_PROGRESS_H

#include "model/my_case.h"
#include "model/strings.h"
#include "tools/hall/rules/deadline.h"

struct case_progress { /* begin with {0} */
    struct date asked, supplied, delivered;
    char missing[CASE_WORDS_MAX + 1], words[CASE_WORDS_MAX + 1]; /* what was asked for; of refusal or decision */
};
/* Each event, in their order. */
void case_progress_add(struct case_progress *p, const struct case_event *ev);
/* Fills stage, handed_in_ms, steps, missing, words and what was decided; the rest of *ret stays. `state`: what the events
 * make, or deadline_untaken(). Sentences are in `l`; one that is longer than a step has room for is left out. */
void case_progress_tell(const struct case_progress *p, const struct case_state *state,
                        const struct workday_calendar *calendar, struct date today, enum language l, struct my_case *ret);

#endif
