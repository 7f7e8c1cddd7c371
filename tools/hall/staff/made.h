/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room: hallctl makes it, in a process of its own: papers, for letters and fonts are drawn by large libraries,
 * which end the program when they lack a font; reports, for they read every case of a year. What goes wrong costs one paper
 * then and not the hall, whose keys that process never sees; no thread of the hall waits for it, the loop is told when it
 * ends; and what a page shows are the very bytes of the command. They go over a socket and touch no disk.
 */
#ifndef HALL_STAFF_MADE_H
#define HALL_STAFF_MADE_H

#include "tools/hall/staff/ask.h"

/* One of each kind at a time, so that no report keeps a window from its paper; more are told to come again: 503. */
enum made_kind { MADE_PAPER, MADE_REPORT, MADE_KINDS };
#define MADE_SILENT_S 120 /* a process that says nothing for so long is ended */
/* As hallctl says it: the arguments are wrong; refused. */
enum made_exit { MADE_DONE = 0, MADE_WRONG = 2, MADE_REFUSED = 4 };

struct makings;
struct makings *makings_create(struct event_base *base); /* NULL: out of memory */
/* Ends what is being made: whoever waits for it is answered. Takes NULL. */
void makings_stop(struct makings *m);
void makings_destroy(struct makings *m);

/* In `wait` (ask.h): argv, with NULL behind, is started; `say` (NULL: nothing) is its standard input, at most a few hundred
 * bytes; what it writes is a->file. `made`, once, from the loop, gets one of the exit codes above, and with DONE a->file.
 * All else is answered and logged here. `made` answers, or leaves that to `write`. */
void made_begin(struct ask *a, enum made_kind kind, const char *const argv[], const char *say,
                void (*made)(struct ask *a, enum made_exit code));

#endif
