/* SPDX-License-Identifier: Apache-2.0
 *
 * Between usb_libusb.c (context, hotplug), usb_device.c (what is there) and usb_transfer.c (handles, transfers). libusb's
 * callbacks only put things into queues; usb_deliver() empties them when libusb has returned, so no user code ever runs
 * inside libusb.
 */
#ifndef DRIVERS_USB_INTERNAL_H
#define DRIVERS_USB_INTERNAL_H

#include <libusb.h>

#include "drivers/usb/usb.h"

struct usb_device {
    struct usb_device *next;
    struct usb *usb;
    libusb_device *device; /* a reference */
    struct usb_info info;
};

struct usb_transfer {
    struct usb_transfer *next;      /* of the handle's */
    struct usb_transfer *next_done; /* of those to be delivered */
    struct usb_handle *handle;
    struct libusb_transfer *t; /* its buffer is from secret_alloc */
    size_t size;               /* of the buffer */
    usb_done_fn *fn;           /* NULL: nobody wants to know any more */
    void *ctx;
    int rc;
    bool in_flight;
    bool expired; /* by usb_expire() */
};

struct usb_handle {
    struct usb_handle *next;
    struct usb *usb;
    const libusb_device *device; /* identity only */
    libusb_device_handle *h;
    struct usb_interface interface;
    struct usb_transfer *transfers;
    bool gone, closing;
};

struct usb {
    struct loop *loop;
    libusb_context *libusb;
    libusb_hotplug_callback_handle hotplug;
    struct usb_fd *fds;
    struct loop_timer *soon;     /* something waits in a queue although no descriptor says so */
    struct loop_timer *timeouts; /* only where libusb has no timerfd */
    struct usb_listener *listeners;
    struct usb_device *devices;
    struct usb_plug *plugs;
    struct usb_handle *handles;
    struct usb_transfer *done, **done_tail;
    usb_tap_fn *tap;
    void *tap_ctx;
};

/* Zeroed, or the end. */
void *usb_alloc(size_t size);
/* NULL when it cannot be asked what it is. */
struct usb_device *usb_new_device(struct usb *u, libusb_device *device);
void usb_free_device(struct usb_device *d);
/* Calls back for all that is finished. */
void usb_deliver_transfers(struct usb *u);
/* The device has gone: cancels what is in flight on its handles; false while something still is. */
bool usb_abandon_device(struct usb *u, const libusb_device *device);
/* Makes the loop come by. */
void usb_wake(struct usb *u);
/* Translates a libusb error. */
int usb_error(int libusb_error);

#endif
