/* SPDX-License-Identifier: Apache-2.0
 *
 * A technician changes a roll: the printer's sensors are asked often meanwhile, the new roll is counted from then on, and it
 * is looked up which receipts did not come out, so that they can be offered. And what this terminal says of the paper of one
 * case.
 */
#ifndef KIOSK_ROLL_DESK_H
#define KIOSK_ROLL_DESK_H

#include "journal/journal.h"
#include "kiosk/devices.h"
#include "session/effect.h"

struct roll_desk {
    int unprinted; /* as of the last new roll */
};

/* STAFF_WATCH_ROLL, STAFF_NEW_ROLL (`j` NULL: nobody knows what did not come out), STAFF_ROLL_OVER, STAFF_OVER. */
void roll_desk_errand(struct roll_desk *d, const struct devices *devices, enum staff_errand errand, enum device_role role,
                      struct journal *j);

/* Receipts of cases whose last outcome, within UNPRINTED_DAYS, is that they did not come out, or that nobody knows. */
#define UNPRINTED_DAYS 7
int roll_desk_unprinted(struct journal *j, int64_t now_ms);
/* Is that so of this case? */
bool roll_desk_case_unprinted(struct journal *j, const char *number);

#endif
