/* SPDX-License-Identifier: Apache-2.0
 *
 * Alerts on their way to the database. Of each office, terminal and kind at most one is being written; what is told
 * meanwhile is counted and written next. What could not be written (a full disk, a full queue) is kept and tried again each
 * second. So a flood of one kind costs one row and one write at a time, and no alert is lost while the hall runs.
 */
#ifndef HALL_ALERTS_H
#define HALL_ALERTS_H

#include "tools/hall/store/writer.h"

#define ALERTS_WAITING_MAX 4096 /* kinds; above it they are in the log alone */

struct alerts;

int alerts_create(struct event_base *base, struct writer *w, struct alerts **ret, struct err *e);
void alerts_destroy(struct alerts *a); /* after the writer; takes NULL */
/* The loop's thread. */
void alerts_tell(struct alerts *a, int office, const char *terminal, const char *what, const char *detail);

#endif
