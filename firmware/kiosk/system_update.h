/* SPDX-License-Identifier: Apache-2.0
 *
 * When the system may be updated: while an order of the hall that is verified here says so for this terminal, in its hours
 * by a clock that is trusted, with the bundle there, and when nobody has been here for a while. Then a line in a file asks
 * root's part (board/update/update), which leaves in another what came of it; a restart ends this program. A technician
 * asks the same way, and needs no order: what a stick brings bears a signature of its own, and an older one is refused.
 */
#ifndef KIOSK_SYSTEM_UPDATE_H
#define KIOSK_SYSTEM_UPDATE_H

#include "base/loop.h"
#include "kiosk/port.h"
#include "model/system_report.h"
#include "wire/manifest.h"

struct system_update;

struct system_update_events {
    bool (*nobody_here)(void *ctx);
    bool (*clock_sure)(void *ctx);
    void (*again)(void *ctx); /* kiosk-sync is to say the order again */
};

/* `run`: the folder of kiosk.sock; `terminal` is borrowed, and may be filled in later; `events` is copied. */
struct system_update *system_update_create(struct loop *l, const char *run, const char *terminal,
                                           const struct system_update_events *events, void *ctx, const struct port *port);
void system_update_destroy(struct system_update *u); /* takes NULL */
void system_update_check(struct system_update *u);   /* each minute, and when somebody may have gone: has the moment come? */
/* kiosk-sync carries an order (wire/system.h), verified by `hall`; `here`, as it says: the bundle is there. */
/* A technician's: for the newest bundle of a stick, for the system of the other slot. While one is under way they do
 * nothing; INPUT_UPDATE says how it goes on. */
void system_update_from_stick(struct system_update *u);
void system_update_to_other(struct system_update *u);
/* The two systems, how the last update went, what waits and why. */
void system_update_facts(const struct system_update *u, struct system_facts *ret);
void system_update_said(struct system_update *u, const struct manifest_role *hall, bool here, const char *json);

#endif
