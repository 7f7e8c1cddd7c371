/* SPDX-License-Identifier: Apache-2.0
 *
 * GET /v1/wait?catalogue=N: the long poll. Answers at once when the hall's catalogue differs, with
 *     {"catalogue":N,"spread_ms":S}   (the terminal fetches at a moment of its own within the spread)
 * and also when no version is given, which is how a terminal asks whether the hall is there; else 204 after 50 s ± 10 s.
 * "Next-Delay-Ms" says how long to stay away before the next poll.
 */
#ifndef HALL_WAIT_H
#define HALL_WAIT_H

#include "tools/hall/server.h"

struct wait;

int wait_create(struct event_base *base, struct wait **ret, struct err *e);
void wait_destroy(struct wait *w); /* answers all; takes NULL */
void wait_add(struct wait *w, struct exchange *x);
/* Another version is published: wakes all who wait. */
void wait_set_version(struct wait *w, int64_t catalogue);
/* The clock was moved: answers those whose time has come. */
void wait_check(struct wait *w);

#endif
