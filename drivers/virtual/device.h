/* SPDX-License-Identifier: Apache-2.0
 *
 * What a virtual USB device is: descriptors, and pure functions from bytes to bytes. No files, no sockets, no threads, no
 * clock of its own: whoever serves it (desk, a unit test) passes the time in and asks it to go on. It never includes the
 * driver it tests.
 */
#ifndef DRIVERS_VIRTUAL_DEVICE_H
#define DRIVERS_VIRTUAL_DEVICE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define VIRTUAL_NAK (-1000)   /* not now: ask again after the next change */
#define VIRTUAL_STALL (-1001) /* the endpoint halts until it is cleared */
#define VIRTUAL_GONE (-1002)  /* unplugged */

struct virtual_setup { /* USB 2.0 table 9-2 */
    uint8_t request_type, request;
    uint16_t value, index, length;
};

struct virtual_device {
    const struct virtual_device_ops *ops;
};

struct virtual_device_ops {
    const char *kind; /* "reader", "printer", "ticket" is chosen by the desk */
    /* Device descriptor followed by the configuration descriptor; borrowed. */
    const uint8_t *(*descriptors)(const struct virtual_device *d, size_t *ret_len);
    /* String n >= 1 as ASCII, NULL when there is none. */
    const char *(*string)(const struct virtual_device *d, int n);
    /* Host to device: bytes taken (may be fewer than len), or VIRTUAL_*. */
    int (*out)(struct virtual_device *d, uint8_t endpoint, const uint8_t *data, int len, int64_t now_ms);
    /* Device to host: one packet of at most `cap` bytes, its length, or VIRTUAL_*. */
    int (*in)(struct virtual_device *d, uint8_t endpoint, uint8_t *data, int cap, int64_t now_ms);
    /* Class and vendor requests, and an interface's own descriptors (HID 1.11 §7.1.1). `data` is setup->length long, filled
     * by the host or by the device. Length or VIRTUAL_*. */
    int (*control)(struct virtual_device *d, const struct virtual_setup *setup, uint8_t *data, int64_t now_ms);
    void (*clear_halt)(struct virtual_device *d, uint8_t endpoint);
    void (*reset)(struct virtual_device *d);
    /* The host let go of it, so that the bus may suspend it (USB 2.0 §7.1.7.6). May be NULL. */
    void (*released)(struct virtual_device *d);
    /* Lets time pass (paper moves). When it wants to be called next, or -1. After it, NAKed transfers are tried again. */
    int64_t (*tick)(struct virtual_device *d, int64_t now_ms);
    /* A person pokes it with words ("paper-out", "slow 200"); answers into `reply`. 0, or a negative code. */
    int (*command)(struct virtual_device *d, const char *words, struct buf *reply);
    void (*destroy)(struct virtual_device *d);
};

#endif
