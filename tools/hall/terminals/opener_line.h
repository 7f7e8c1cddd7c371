/* SPDX-License-Identifier: Apache-2.0
 *
 * hall-open, as the hall asks it: a line over its local socket (open/asking_wire.h), and a line back, in their order. It may
 * be away; then it is connected to anew with the next line. The loop's thread only.
 */
#ifndef HALL_OPENER_LINE_H
#define HALL_OPENER_LINE_H

#include <event2/event.h>
#include <stdbool.h>

#include "base/err.h"

struct opener_line;

#define OPENER_LINE_MAX 256 /* that wait for their answer */
#define OPENER_LINE_WAIT_S 20

/* `path` is borrowed. Nothing is connected yet. */
int opener_line_create(struct event_base *base, const char *path, struct opener_line **ret, struct err *e);
/* What still waits is told that nobody answers. Takes NULL. */
void opener_line_destroy(struct opener_line *l);

/* `answer` NULL: hall-open is away, or says nothing for OPENER_LINE_WAIT_S. Borrowed for the call. */
typedef void opener_line_fn(void *ctx, const char *answer);
/* False: too many wait, and fn is not called. It is never called from here. */
bool opener_line_ask(struct opener_line *l, const char *text, opener_line_fn *fn, void *ctx);

#endif
