/* SPDX-License-Identifier: Apache-2.0
 *
 * What a day is like, as data: a text of lines, of which `#` begins a comment.
 *
 *     at 08:30 visits 12      from then on so many people an hour come to a terminal; before the first such line nobody does
 *     applications 40         of 100 visits so many hand something in, the others take a number
 *     queue general A         of which queue, and its letter: one of the catalogue's, else the hall marks the tickets
 *     offline 10 60           of 100 terminals so many lose the network for so many minutes, each at a time of its own
 *     storm 10:00 80          then so many of 100 terminals lose their connections at once, and come back at once
 *     expired 1               of 100 terminals so many show a certificate that has ended;
 *     revoked 1               … that was revoked;
 *     foreign 1               … that another CA made
 *     backlog 200             so many applications lie at each terminal when the day begins
 *     batch 20                at most so many records at a time; 64, as a terminal, where nothing is said
 *
 * A day has 24 hours, whatever time it is played in. Pure.
 */
#ifndef FLEET_PLAN_H
#define FLEET_PLAN_H

#include <stdint.h>

#include "base/err.h"
#include "model/ticket.h"
#include "tools/fleet/dice.h"

#define PLAN_BYTES_MAX (16 * 1024)
#define PLAN_DAY_MS INT64_C(86400000)
#define PLAN_HOURS_MAX 48
#define PLAN_STORMS_MAX 48

struct plan {
    int n_hours, n_storms;
    struct plan_hour {
        int64_t at_ms; /* of the day; in rising order */
        int64_t visits;
    } hours[PLAN_HOURS_MAX];
    struct plan_storm {
        int64_t at_ms, percent;
    } storms[PLAN_STORMS_MAX];
    int64_t applications;
    int64_t offline, offline_minutes;
    int64_t expired, revoked, foreign;
    int64_t backlog, batch;
    char queue[QUEUE_ID_MAX + 1], letter;
};

/* Strict; what is wrong is told with its line. *ret is untouched on failure. */
int plan_read(const char *text, struct plan *ret, struct err *e);
/* One that comes with the program, by its name (plan.def); NULL: there is none. Static. */
const char *plan_known(const char *name);

/* When the next visitor comes to a terminal after `now_ms` of the day; PLAN_DAY_MS: nobody today. */
int64_t plan_next_visit(const struct plan *p, struct dice *d, int64_t now_ms);
/* Of n terminals, `percent` of 100: at least one where it is not 0. */
uint32_t plan_share(int64_t percent, uint32_t n);

#endif
