/* SPDX-License-Identifier: Apache-2.0
 *
 * What the hall does for itself: renews its server's certificate at two thirds of its life, without touching a connection;
 * says as an alert what is near its end or over (ends.h), at start and when that changes; and looks each day, in a reader's
 * thread, whether the audit log is whole (store_audit.h). The loop's thread only.
 */
#ifndef HALL_UPKEEP_H
#define HALL_UPKEEP_H

#include "base/err.h"

struct hall;
struct upkeep;

/* Before the server is made: a certificate that is due is new by then. */
int upkeep_create(struct hall *h, struct upkeep **ret, struct err *e);
void upkeep_destroy(struct upkeep *u); /* takes NULL */
/* The clock was moved: looks at what is otherwise looked at each second, and at what is due by then. */
void upkeep_check(struct upkeep *u);

#endif
