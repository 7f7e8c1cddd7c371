/* SPDX-License-Identifier: Apache-2.0
 *
 * The USB side of one printer: its opened interface, the one read that is always pending, one write at a time, and the
 * requests of the printer class (USB printer class 1.1 §4.2). Knows no command.
 */
#ifndef DRIVERS_PRINTER_LINK_H
#define DRIVERS_PRINTER_LINK_H

#include "drivers/printer/profile.h"
#include "drivers/usb/usb.h"

struct link;

struct link_events {
    void (*received)(void *ctx, uint8_t byte);
    void (*written)(void *ctx, int rc, size_t moved); /* rc as of usb_write() */
    void (*port_status)(void *ctx, uint8_t status);
    /* What link_ask_id() was answered; len 0: nothing. Borrowed for the call. */
    void (*device_id)(void *ctx, const uint8_t *id, size_t len);
    void (*gone)(void *ctx);       /* unplugged: nothing comes any more */
    void (*unreadable)(void *ctx); /* reading has failed too often; nothing comes any more */
};

/* Has it an interface that prints, as its profile says? */
bool link_suits(const struct usb_info *info, const struct profile *p);
int link_open(struct usb_device *d, const struct profile *p, const struct link_events *events, void *ctx, struct link **ret,
              struct err *e);
void link_close(struct link *l); /* takes NULL; no event follows */
bool link_writing(const struct link *l);
void link_write(struct link *l, const uint8_t *data, size_t len, int timeout_ms);
void link_cancel_write(struct link *l); /* no event follows */
void link_listen_anew(struct link *l);  /* it should have spoken: a read that the printer never ends would keep it from us */
void link_ask_port(struct link *l);     /* GET_PORT_STATUS, unless it was refused before */
void link_ask_id(struct link *l);       /* GET_DEVICE_ID; device_id() follows, unless it is unplugged */
void link_soft_reset(struct link *l);   /* SOFT_RESET, with either of the two recipients */
void link_clear_halt(struct link *l);   /* both pipes */
void link_reset(struct link *l);        /* the port; reading goes on, or the printer leaves and comes back */

#endif
