/* SPDX-License-Identifier: Apache-2.0
 *
 * Between libusbfs.so in the terminal's program and the bus that serves the device models: one message a packet on a
 * SOCK_SEQPACKET socket at PATH.usb, followed by the bytes moved. A connection is one open device file, or one listener
 * for plugging. What sysfs would tell lies in files below PATH.usb.d, so nothing is ever asked and waited for.
 */
#ifndef DRIVERS_VIRTUAL_USBFS_WIRE_H
#define DRIVERS_VIRTUAL_USBFS_WIRE_H

#include <stdint.h>

#define USBFS_URB_MAX 16384 /* the kernel's own piece without scatter-gather; a longer packet would be split on its way */
#define USBFS_CONTROL_MAX (8 + 4096)
#define USBFS_PORT_MAX 16

enum usbfs_op {
    USBFS_MONITOR,    /* to the bus: tell me what is there and what changes */
    USBFS_OPEN,       /* `address`; carries the read end of the pipe whose write end the client polls: draining it makes
                         the client look for what is done, closing it is the unplugging */
    USBFS_SUBMIT,     /* `urb` (any number), `endpoint`, `control`, `length`; OUT data or the setup packet follow */
    USBFS_DISCARD,    /* `urb`; answered by USBFS_DONE with -ENOENT unless it is on its way already */
    USBFS_CLEAR_HALT, /* `endpoint` */
    USBFS_RESET,
    USBFS_SET_CONFIGURATION, /* `length`: its value, 0 for none */
    USBFS_SET_INTERFACE,     /* `length`: its number, `control`: the alternate setting */
    USBFS_DONE,              /* from the bus: `urb`, `status` (-errno), `length` bytes moved; IN data follow */
    USBFS_ADD,               /* from the bus: `port`, `address` */
    USBFS_REMOVE,
    USBFS_ALL_TOLD, /* from the bus: what was there when the listener came has been told */
};

struct usbfs_message {
    uint32_t op;
    int32_t status;
    uint64_t urb;
    uint32_t length;
    uint16_t address;
    uint8_t endpoint; /* with 0x80 for IN */
    uint8_t control;
    char port[USBFS_PORT_MAX]; /* "1-1" */
};

#endif
