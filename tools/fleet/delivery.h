/* SPDX-License-Identifier: Apache-2.0
 *
 * How a simulated terminal brings its records to the hall: batch after batch on a connection of its own, by kiosk-sync's
 * rules. Nothing counts as acknowledged but what the hall has signed and the chain agrees with.
 */
#ifndef FLEET_DELIVERY_H
#define FLEET_DELIVERY_H

#include "tools/fleet/ledger.h"
#include "tools/fleet/stage.h"

struct delivery;

/* Entry and ledger are borrowed. */
int delivery_create(struct stage *stage, const struct roll_entry *entry, uint32_t number, struct ledger *ledger,
                    struct delivery **ret, struct err *e);
void delivery_destroy(struct delivery *d); /* takes NULL */
/* The network came, or went; it begins without. */
void delivery_online(struct delivery *d, bool online);
/* There may be something to deliver. */
void delivery_wake(struct delivery *d);
/* The hall said something that is not true: nothing is delivered any more. */
bool delivery_failed(const struct delivery *d);

#endif
