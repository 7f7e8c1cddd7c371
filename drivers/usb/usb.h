/* SPDX-License-Identifier: Apache-2.0
 *
 * USB devices on the loop: who is there, bulk and interrupt transfers, control requests. usb_libusb.c is the only user of
 * libusb. Everything is asynchronous; no call blocks. Callbacks run in the loop, never inside the call that started them.
 */
#ifndef DRIVERS_USB_H
#define DRIVERS_USB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/loop.h"

struct usb;          /* all of USB */
struct usb_device;   /* one that is attached; lives until its `left` callback has returned */
struct usb_handle;   /* an opened, claimed interface */
struct usb_transfer; /* one in flight */

struct usb_endpoint {
    uint8_t address; /* with 0x80 for IN */
    uint8_t type;    /* USB 2.0 table 9-13: 2 bulk, 3 interrupt */
    uint16_t max_packet;
};
#define USB_ENDPOINTS_MAX 16
struct usb_interface {
    uint8_t configuration; /* bConfigurationValue */
    uint8_t number, alternate, class_, subclass, protocol;
    struct usb_endpoint endpoints[USB_ENDPOINTS_MAX];
    int n_endpoints;
};
#define USB_INTERFACES_MAX 16
#define USB_PORT_MAX 32
#define USB_TEXT_MAX 64
struct usb_info {
    uint16_t vendor, product, release;                                   /* bcdDevice */
    char port[USB_PORT_MAX];                                             /* bus-port.port: "1-2.3"; a bus: "usb1" */
    char maker[USB_TEXT_MAX], model[USB_TEXT_MAX], serial[USB_TEXT_MAX]; /* as the device says, cleaned; "": nothing */
    uint8_t bus, address;
    uint8_t configuration; /* bConfigurationValue */
    /* With all alternate settings: first the n_interfaces of the active configuration, then those of others up to n_all. */
    struct usb_interface interfaces[USB_INTERFACES_MAX];
    int n_interfaces, n_all;
};

struct usb_events {
    void (*arrived)(void *ctx, struct usb_device *d);
    void (*left)(void *ctx, struct usb_device *d); /* its handles have failed with -ERR_GONE before */
};

/* Devices present at start are announced from the loop. Any number of listeners; `events` is copied. */
struct usb *usb_create(struct loop *l, struct err *e);
void usb_destroy(struct usb *u); /* takes NULL; all handles closed before */
void usb_listen(struct usb *u, const struct usb_events *events, void *ctx);
/* Who listens with this ctx hears no more. Whoever is destroyed before usb_destroy() does so; not from inside an event. */
void usb_unlisten(struct usb *u, const void *ctx);

/* Everything that is attached now, ours or not. */
void usb_each(const struct usb *u, void (*fn)(void *ctx, const struct usb_device *d), void *ctx);
const struct usb_info *usb_info(const struct usb_device *d);

/* Opens, detaches a kernel driver and claims: an interface of the active configuration as it is. Never resets: devices get
 * lost by that. -ERR_BUSY: somebody has it, try again after a second; -ERR_ACCESS; -ERR_GONE. */
int usb_open(struct usb_device *d, int interface, struct usb_handle **ret, struct err *e);
/* The same for one of usb_info()'s, which is made the current one: its configuration is set only where it is another, its
 * alternate setting only where there are several, for some devices take neither well. Both wait for the device. */
int usb_open_setting(struct usb_device *d, const struct usb_interface *f, struct usb_handle **ret, struct err *e);
/* Cancels what is in flight without calling back; takes NULL. Buffers are wiped. */
void usb_close(struct usb_handle *h);

/* rc: 0, -ERR_TIMEOUT, -ERR_STALL, -ERR_GONE, -ERR_IO, -ERR_TOOLONG (device sent more than asked). `len` bytes were moved
 * also when rc < 0: after a time-out a write goes on from there and never sends a byte twice. `data` is borrowed for the
 * call and wiped after it. */
typedef void usb_done_fn(void *ctx, int rc, const uint8_t *data, size_t len);

/* Bulk or interrupt by the endpoint's type. The bytes are copied. timeout_ms 0: none. */
struct usb_transfer *usb_write(struct usb_handle *h, uint8_t endpoint, const void *data, size_t len, int timeout_ms,
                               usb_done_fn *fn, void *ctx);
/* `cap` is rounded up to a multiple of the endpoint's packet size. */
struct usb_transfer *usb_read(struct usb_handle *h, uint8_t endpoint, size_t cap, int timeout_ms, usb_done_fn *fn,
                              void *ctx);
struct usb_transfer *usb_control(struct usb_handle *h, uint8_t request_type, uint8_t request, uint16_t value, uint16_t index,
                                 const void *data, size_t len, int timeout_ms, usb_done_fn *fn, void *ctx);
/* No callback follows. */
void usb_cancel(struct usb_transfer *t);
/* Its time is over now: the callback comes with -ERR_TIMEOUT, and nothing that was moved is lost. For reads without a
 * time-out, when the other side should have spoken long ago. */
void usb_expire(struct usb_transfer *t);
int usb_clear_halt(struct usb_handle *h, uint8_t endpoint);
int usb_reset(struct usb_handle *h);

/* One transfer that ended, before its bytes are wiped. `setup`: 8 bytes of a control request, else NULL. */
struct usb_tapped {
    const struct usb_device *device;
    uint8_t endpoint;
    const uint8_t *setup, *data;
    size_t len;
    int rc;
};
typedef void usb_tap_fn(void *ctx, const struct usb_tapped *t);
/* A technician records a conversation: `fn` sees every transfer of every device. NULL ends it. */
void usb_tap(struct usb *u, usb_tap_fn *fn, void *ctx);

#endif
