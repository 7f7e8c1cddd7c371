/* SPDX-License-Identifier: Apache-2.0
 *
 * A fleet: all its terminals in one loop, from being made known to the hall to the last acknowledgement.
 *
 *     opening   they are switched on, at most FLEET_OPENING_PER_S a second, until the hall has heard of all that
 *               it lets in
 *     play      the plan's day, in as many seconds as was asked for
 *     closing   nobody comes any more, all are on line; until all is acknowledged
 *
 * Opening and closing also end when nothing has come of them for FLEET_PATIENCE_S. A signal (SIGINT, SIGTERM) ends the day
 * early, a second one everything.
 */
#ifndef FLEET_FLEET_H
#define FLEET_FLEET_H

#include <netinet/in.h>
#include <stdio.h>

#include "tools/fleet/plan.h"

#define FLEET_TERMINALS_MAX 18000 /* of what one hall lets in */
#define FLEET_PER_OFFICE 100
#define FLEET_OFFICE_FIRST 5000
#define FLEET_OPENING_PER_S 500
#define FLEET_PATIENCE_S 120

struct fleet_config {
    const char *data; /* the hall's folder */
    struct sockaddr_in hall;
    uint32_t terminals;
    int seconds;
    struct plan plan;
    uint64_t seed;
    bool json;
    FILE *acknowledged; /* a line for each record that is: terminal, epoch, seq, hash, kind, number; NULL: none */
};
/* 0: all that good terminals made is acknowledged. 1: something is not, or a word of the hall was not to be believed; it was
 * told. Negative: it could not begin. */
int fleet_run(const struct fleet_config *config, struct err *e);

#endif
