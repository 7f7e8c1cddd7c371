/* SPDX-License-Identifier: Apache-2.0
 *
 * One port of a host controller in front of a device model: transfers queue up here in order and go on while the model
 * takes or gives bytes; standard requests (USB 2.0 §9.4) are answered from the model's descriptors.
 */
#ifndef DRIVERS_VIRTUAL_HOST_H
#define DRIVERS_VIRTUAL_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drivers/virtual/descriptors.h"
#include "drivers/virtual/device.h"
#include "drivers/virtual/faults.h"

struct virtual_urb {
    struct virtual_urb *next;
    const void *owner; /* the open device file */
    uint64_t id;
    uint8_t endpoint; /* with 0x80 for IN */
    bool control;
    bool held, halve;      /* by a fault: not served; only half comes back */
    int status;            /* 0 or -errno as usbfs has it */
    int size, len, actual; /* of the buffer; what is to be moved; what was */
    uint8_t data[];
};
void virtual_urb_free(struct virtual_urb *u); /* wipes; takes NULL */

struct virtual_host;

/* Borrows both: the plan outlives an unplugging. The device is in its first configuration. */
struct virtual_host *virtual_host_create(struct virtual_device *d, struct virtual_faults *faults);
void virtual_host_destroy(struct virtual_host *h); /* takes NULL */
/* `len`: the whole transfer, for control with its 8 bytes of setup. `data`: its first n_data bytes, all for OUT, only the
 * setup for a control IN. An unknown endpoint stalls. */
void virtual_host_submit(struct virtual_host *h, const void *owner, uint64_t id, uint8_t endpoint, bool control,
                         const void *data, size_t n_data, int len);
/* True when it still waited: it ends with -ENOENT. */
bool virtual_host_discard(struct virtual_host *h, const void *owner, uint64_t id);
/* The file was closed: its transfers vanish. */
void virtual_host_forget(struct virtual_host *h, const void *owner);
/* All transfers end with -ESHUTDOWN. */
void virtual_host_unplug(struct virtual_host *h);
void virtual_host_clear_halt(struct virtual_host *h, uint8_t endpoint);
void virtual_host_reset(struct virtual_host *h);
/* False when the descriptors have none such. 0: no configuration, no endpoints. Transfers on endpoints that vanish end. */
bool virtual_host_set_configuration(struct virtual_host *h, int value);
bool virtual_host_set_interface(struct virtual_host *h, int number, int alternate);
struct virtual_setting virtual_host_setting(const struct virtual_host *h);
int virtual_host_max_packet(const struct virtual_host *h, uint8_t endpoint); /* 0: no such endpoint */
bool virtual_host_is_interrupt(const struct virtual_host *h, uint8_t endpoint);
/* Lets time pass in the model and goes on with what waits. *ret_next: when to come again, -1 never. False when the
 * device is gone. */
bool virtual_host_run(struct virtual_host *h, int64_t now_ms, int64_t *ret_next);
/* The oldest finished transfer of the owner, the caller's from now on, or NULL. */
struct virtual_urb *virtual_host_take_done(struct virtual_host *h, const void *owner);
/* Whether a transfer waits or has not been taken yet. */
bool virtual_host_busy(const struct virtual_host *h);

#endif
