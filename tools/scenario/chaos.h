/* SPDX-License-Identifier: Apache-2.0
 *
 * Visits by a resident who takes whatever the screen offers, while programs are killed and the power fails at moments chosen
 * by a seed. What stood on the screen is kept in the stand's folder for a checker that shares no code with us
 * (tests/chaos/check.py):
 *     shown.tsv   "case" or "ticket", a tab, the number as it was shown; each once
 */
#ifndef SCENARIO_CHAOS_H
#define SCENARIO_CHAOS_H

#include "tools/scenario/stand.h"

#define CHAOS_LEAST 2 /* numbers of each kind are seen in any case: a checker without any checks nothing */

struct chaos_sum {
    int kiosk, sync, hall, power; /* times each was killed */
    int applications, tickets;    /* numbers shown */
};

/* On a stand that was started with opt.disk_log and a clock. Plays until `kills` have happened, then without any until all
 * is quiet and delivered. Fails when a program ends by itself or does not start, when the screen leads nowhere, and when
 * terminal and hall do not come to agree. How fast the machine is decides nothing but how long it takes. */
int chaos_play(struct stand *s, unsigned seed, int kills, struct chaos_sum *ret, struct err *e);

#endif
