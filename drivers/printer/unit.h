/* SPDX-License-Identifier: Apache-2.0
 *
 * One attached printer: its status also when idle, what confirms its papers, the ticket at its output, and the job it is at.
 * Knows nothing of roles.
 */
#ifndef DRIVERS_PRINTER_UNIT_H
#define DRIVERS_PRINTER_UNIT_H

#include "base/loop.h"
#include "drivers/printer/device_id.h"
#include "drivers/printer/known.h"
#include "drivers/printer/printer.h"
#include "drivers/printer/profile.h"
#include "drivers/usb/usb.h"
#include "model/paper.h"

struct unit;

struct unit_events {
    void (*identified)(void *ctx, struct unit *u); /* once: unit_speaks() is known */
    void (*state)(void *ctx, struct unit *u);      /* unit_state(), the fault or the senses of unit_facts() have changed */
    void (*progress)(void *ctx, struct unit *u, int percent, bool held);
    void (*outcome)(void *ctx, struct unit *u, const char *job, enum printer_outcome outcome, enum printer_health why);
    void (*ticket)(void *ctx, struct unit *u, const char *job, enum printer_ticket ticket);
};

/* `known` outlives the unit: what is remembered of its device. `sure`: a technician has said that it is a receipt printer;
 * else it is asked first what it understands, and when that is not ESC/POS nothing is ever written to it. */
int unit_create(struct loop *l, struct usb_device *d, const struct profile *p, bool sure, struct known *known,
                const struct unit_events *events, void *ctx, struct unit **ret, struct err *e);
void unit_destroy(struct unit *u); /* takes NULL; a job in flight is given up without an event */
struct usb_device *unit_device(const struct unit *u);
bool unit_identified(const struct unit *u);
/* *ret_language, static: what it understands instead of ESC/POS; "": it is a receipt printer, as far as is known. */
enum device_id_kind unit_speaks(const struct unit *u, const char **ret_language);
const struct profile *unit_profile(const struct unit *u);
enum printer_health unit_state(const struct unit *u); /* PRINTER_ABSENT until it has answered, or failed to */
void unit_facts(const struct unit *u, struct printer_facts *ret);
/* `cut_first`: something of an earlier job may hang there. */
int unit_print(struct unit *u, const struct paper *paper, const char job[5], bool cut_first, struct err *e);
void unit_stop(struct unit *u);
/* It serves this role now, with rolls of this length (0: nobody says): where nobody knows its width it prints its ruler
 * once, when it is idle. */
void unit_bound(struct unit *u, int role, int roll_mm);
/* Somebody stands before it with its cover open: its sensors are asked twice a second. */
void unit_watch(struct unit *u, bool on);
/* Somebody has put in a roll. An error: it counts, and is not kept. */
int unit_new_roll(struct unit *u, struct err *e);
/* The ruler, whatever is known. No event follows; a paper asked for meanwhile is printed behind it. */
int unit_print_ruler(struct unit *u, struct err *e);
/* Papers are that wide from now on. What is under way and wider will not be called done. An error: it is not kept. */
int unit_tell_width(struct unit *u, int dots, struct err *e);

#endif
