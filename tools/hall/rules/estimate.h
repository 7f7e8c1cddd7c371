/* SPDX-License-Identifier: Apache-2.0
 *
 * How many wait, and how long one who comes now will: the rule, as it is told to residents ("按最近叫号的快慢估算").
 *
 *   people   those who wait. Not known when somebody waits and nobody was called for two hours: then the windows do not say
 *            whom they call
 *   turn     how long a window takes for one person: the mean time from one call of this queue at a window to the next
 * there, of people who waited already at the first of the two (others tell how fast people come, not how fast they are
 *            served); outliers apart, and weighed with the turns of earlier days
 *   windows  those that called lately; in the hours to come as many more or fewer as on earlier days (the rhythm): so the
 *            noon break, the late window and the morning before the hall opens are counted
 *   minutes  until as many turns are through as people wait, and the one of the window that is free first; to whole
 *            minutes up to ten, to five minutes above. Not known without a turn, without calls in the last half hour
 *            or a rhythm that says when the windows call again, or above eight hours
 *   least, most   the same for 80 of a hundred: between them the call comes on four days of five
 *
 * tests/hall/rules/test_estimate.c replays thirty days and says how far that holds.
 */
#ifndef HALL_ESTIMATE_H
#define HALL_ESTIMATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* --- earlier days --- */

#define ESTIMATE_DAYS 10 /* so many are enough, the last ones */
#define ESTIMATE_SLOTS 288
/* Begin with {0}; then each call of one queue on those days, by day, then window, then time; then the end. */
struct estimate_rhythm {
    double windows[ESTIMATE_SLOTS]; /* that were there, in each five minutes of a day; after the end the mean of the days */
    int days;
    double turn_ms; /* after the end; 0: not known */
    int turns;
    struct {
        int64_t day, at;
        int window;
    } before;
};
void estimate_rhythm_add(struct estimate_rhythm *r, int64_t day, int window, int64_t since, int64_t called);
void estimate_rhythm_end(struct estimate_rhythm *r);

/* --- now --- */

#define ESTIMATE_CALLS 60 /* that many calls are looked at */
struct estimate_call {
    int64_t called, since; /* ms; since: the person waited from then on */
    int window;            /* 0: nobody said which */
};
struct estimate_facts {
    const struct estimate_call *calls; /* of the queue, today, the newest first */
    size_t n;
    int waiting;
    int busy;            /* windows that have somebody of this queue */
    int64_t first_since; /* of those who wait */
    int64_t now;
    const struct estimate_rhythm *rhythm; /* NULL: nothing is known of earlier days */
};
struct estimate { /* -1: not known */
    int people, minutes, least, most;
};
void estimate(const struct estimate_facts *f, struct estimate *ret);

#endif
