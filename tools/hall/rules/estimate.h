/* SPDX-License-Identifier: Apache-2.0
 *
 * How many wait, and how long one who comes now will: the rule, as it is told to residents ("按最近叫号的快慢估算").
 *   people   tickets of the day that were neither called nor void. Not known when somebody waits and nobody was called for
 * two hours: then the windows do not say whom they call. pace     the last ten calls within the last hour of people who were
 * already waiting at the call before (other intervals tell how fast people come, not how fast they are served); the median
 * of at least three such intervals minutes  people × pace, rounded up: to whole minutes up to ten, to five minutes above.
 * Nobody waits: 0. Not known without a pace, without a call in the last half hour, or above eight hours.
 */
#ifndef HALL_ESTIMATE_H
#define HALL_ESTIMATE_H

#include <stddef.h>
#include <stdint.h>

#define ESTIMATE_CALLS 11 /* that many calls are looked at, ten intervals */

struct estimate_call {
    int64_t called, taken; /* ms */
};
/* `calls`: the newest first, at most ESTIMATE_CALLS. `first_taken`: when the first of those who wait took a number. -1 in
 * *ret_waiting or *ret_minutes: not known. */
void estimate(const struct estimate_call *calls, size_t n, int waiting, int64_t first_taken, int64_t now, int *ret_waiting,
              int *ret_minutes);

#endif
