/* SPDX-License-Identifier: Apache-2.0
 *
 * What all terminals of a fleet share: the loop, where the hall is and whom to believe, the day, and what is counted.
 */
#ifndef FLEET_STAGE_H
#define FLEET_STAGE_H

#include <stdio.h>

#include "tools/fleet/figures.h"
#include "tools/fleet/link.h"
#include "tools/fleet/plan.h"
#include "tools/fleet/roll.h"
#include "tools/fleet/trust.h"

struct stage {
    struct event_base *base;
    struct links *links;
    struct trust *trust;
    const struct plan *plan;
    struct figures *figures;
    FILE *acknowledged;   /* a line for each record that is; NULL: none */
    double speed;         /* milliseconds of the day in one */
    int64_t day_began_us; /* clock_measure_us(); 0: not yet */
    int64_t late_us;      /* by how much visits were late at most */
};

/* By way of the loop, also when it is due already: what the network brought has its turn. */
static inline void stage_after(struct event *event, int64_t us)
{
    const struct timeval tv = {us > 0 ? us / 1000000 : 0, us > 0 ? us % 1000000 : 0};

    event_add(event, &tv);
}

#endif
