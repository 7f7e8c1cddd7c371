/* SPDX-License-Identifier: Apache-2.0
 *
 * One simulated terminal: a long poll on one connection and deliveries on another, as kiosk-sync has them, with its waiting
 * times after failures (sync/backoff.h). People come while it is off line too; what they left is delivered afterwards.
 * Catalogues are heard of and not downloaded: it polls again at its own moment within the spread.
 */
#ifndef FLEET_MEMBER_H
#define FLEET_MEMBER_H

#include "tools/fleet/stage.h"

struct member;
/* Takes key and credential of the entry over. `number` is its own, from 1; `offline`: it is one of those of the plan. Its
 * backlog is made here, which takes long. */
int member_create(struct stage *stage, struct roll_entry *entry, uint32_t number, struct dice dice, bool offline,
                  struct member **ret, struct err *e);
void member_destroy(struct member *m); /* takes NULL */

void member_connect(struct member *m); /* it is switched on */
void member_begin(struct member *m);   /* the day begins */
void member_storm(struct member *m);   /* its connections break, and it comes back at once */
void member_end(struct member *m);     /* nobody comes any more, and the network is there: what is left is delivered */

bool member_day_over(const struct member *m); /* nobody will come any more */
bool member_good(const struct member *m);     /* its certificate is */
bool member_waiting(const struct member *m);  /* the hall has answered, and it waits for news */
bool member_ready(const struct member *m);    /* it waits, and the hall has what it wrote when it was switched on */
bool member_done(const struct member *m);     /* all is acknowledged */

#endif
