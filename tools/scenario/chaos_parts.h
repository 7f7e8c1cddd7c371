/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of the chaos share: chaos.c kills and tends, chaos_resident.c looks at the screen and touches it. Nobody
 * else includes it.
 */
#ifndef SCENARIO_CHAOS_PARTS_H
#define SCENARIO_CHAOS_PARTS_H

#include <stdio.h>

#include "tools/scenario/chaos.h"
#include "tools/scenario/play.h"

#define CHAOS_NUMBERS_MAX 8192
#define CHAOS_STILL_LOOKS 150 /* so often the same screen without anything to touch: time passes */

struct chaos {
    struct stand *stand;
    struct play play;
    struct chaos_sum *sum;
    uint64_t random;
    bool quiet; /* nobody is killed any more */
    int kills, wanted, since_cut;
    bool armed;                  /* a write or a sync may kill kiosk, or cut the power */
    int armed_looks;             /* since then */
    int back[PROGRAMS];          /* looks until it is started again */
    int64_t wall_ms, started_ms; /* of the terminal's clock when the stand was ready */
    char screen[40];
    int still, stills;
    int gone; /* times in a row that kiosk did not answer */
    bool card;
    int64_t card_ms;
    FILE *shown;
    char numbers[CHAOS_NUMBERS_MAX][24];
    int n_numbers;
};

/* chaos.c */
unsigned chaos_draw(struct chaos *c, unsigned below);
void chaos_kill(struct chaos *c, enum program p);

/* chaos_resident.c. One look at the screen, and what comes of it; -ERR_GONE: kiosk is dead. */
int resident_look(struct chaos *c, struct err *e);

#endif
