/* SPDX-License-Identifier: Apache-2.0
 *
 * Reminders and cards of a case (电子监察): which of its limits are near or past on a day, by rules that are data
 * (card.def). Pure, like what they are made of.
 */
#ifndef HALL_CARD_H
#define HALL_CARD_H

#include "tools/hall/rules/deadline.h"

enum card_level { CARD_REMINDER, CARD_TACIT, CARD_YELLOW, CARD_RED, CARD_LEVELS };
const char *card_level_word(enum card_level l);
struct card {
    const char *rule; /* word of card.def */
    enum card_level level;
    struct date since;
    const struct deadline *deadline; /* in the deadlines it was made of */
};
/* Of limits that are not met yet, on that day; the strongest for each. The count. */
int card_list(const struct case_state *s, const struct workday_calendar *calendar, const struct deadlines *d,
              struct date today, struct card ret[DEADLINES]);
/* The first day on which a card will be there, or has been: days since 1970-01-01. 0: never, as it stands now. Does not
 * depend on the day it is asked. */
int64_t card_first(const struct case_state *s, const struct workday_calendar *calendar);

#endif
