/* SPDX-License-Identifier: Apache-2.0
 *
 * The simulated USB bus: device models under the names of their roles, and the socket through which libusbfs.so reaches
 * them from other programs. Everything happens on the loop; a test may serve itself, with driver and models on one loop,
 * because the other side never waits for an answer (at most 128 KiB may then be on their way at once).
 */
#ifndef DRIVERS_VIRTUAL_BUS_H
#define DRIVERS_VIRTUAL_BUS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/loop.h"
#include "drivers/virtual/device.h"
#include "drivers/virtual/faults.h"

struct virtual_bus;

/* Listens on `path`.usb and writes what sysfs would tell below `path`.usb.d; programs find it by TONGBAN_DESK=path. */
struct virtual_bus *virtual_bus_create(struct loop *l, const char *path, struct err *e);
/* Takes NULL. Destroys the models; for programs all devices are unplugged. */
void virtual_bus_destroy(struct virtual_bus *b);

/* Puts a model, owned from now on, on the next free port and plugs it in. */
void virtual_bus_add(struct virtual_bus *b, const char *role, struct virtual_device *d);
/* NULL when there is none. */
struct virtual_device *virtual_bus_find(struct virtual_bus *b, const char *role);
bool virtual_bus_plugged(struct virtual_bus *b, const char *role);

/* "unplug", "plug", "transfer N timeout|stall|short|gone" (the N-th transfer from now on), "transfers" (how many there were
 * since), or what the model itself understands; then lets the model go on. "clear" also ends the plan of transfers.
 * -ERR_NOTFOUND: no such role. */
int virtual_bus_command(struct virtual_bus *b, const char *role, const char *words, struct buf *reply);
/* The hub above all ports starts anew: every device leaves and comes back on its port with a new address. */
void virtual_bus_reset_hub(struct virtual_bus *b);
/* What happens to its transfers; lives as long as the bus, also while unplugged. NULL when there is no such role. */
struct virtual_faults *virtual_bus_faults(struct virtual_bus *b, const char *role);
/* The model was changed from outside: tries again what waits. */
void virtual_bus_poke(struct virtual_bus *b, const char *role);
/* For a program that serves itself: runs the loop until no transfer is under way, so that those of handles closed just
 * now come back before usb_destroy(). */
void virtual_bus_settle(struct virtual_bus *b);

#endif
