/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether a block of ticket numbers is granted. The same request gets the same block for ever. What a terminal does not use
 * of its block is not used: a hole in a series costs nothing, a number given twice costs a quarrel at the window.
 */
#ifndef HALL_RULES_LEASE_H
#define HALL_RULES_LEASE_H

#include <stdbool.h>

#include "base/clock.h"

/* Blocks of one queue and day for one terminal: more numbers than it could print in a day. */
#define LEASE_BLOCKS_MAX 100

struct lease_facts {
    bool granted;     /* the request's id is known … */
    bool same_words;  /* … for the same terminal, queue and day */
    bool queue_known; /* a published catalogue has the queue */
    int64_t blocks;   /* that the terminal has of that queue and day */
};
enum lease_verdict {
    LEASE_GRANT,
    LEASE_SAME,        /* as it was granted */
    LEASE_OTHER_WORDS, /* the request's id belongs to another one */
    LEASE_NO_QUEUE,
    LEASE_SHARE_USED, /* the terminal has its LEASE_BLOCKS_MAX */
};
enum lease_verdict lease_judge(const struct lease_facts *f);
/* The block that begins at `first` still has numbers that a ticket can bear. */
bool lease_in_series(int64_t first);
/* A terminal whose clock is days away would take numbers nobody is called by. */
bool lease_day_near(struct date day, int64_t now_ms);

#endif
