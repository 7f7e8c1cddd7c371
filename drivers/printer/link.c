/* SPDX-License-Identifier: Apache-2.0
 *
 * The read has no time-out and is never cancelled to be asked again: printers lose bytes by that.
 */
#include "drivers/printer/link.h"

#include <stdlib.h>

#include "base/log.h"
#include "base/must.h"
#include "drivers/printer/device_id.h"
#include "drivers/usb/printer_class.h"

#define CLASS_VENDOR 0xFF
#define READ_MAX 512
#define CONTROL_MS 500
#define READ_ERRORS_MAX 5

struct link {
    struct usb_handle *handle;
    const struct profile *profile;
    const struct link_events *events;
    void *ctx;
    uint8_t interface, alternate, out, in;
    struct usb_transfer *read, *write, *port, *id, *reset;
    bool port_refused;
    uint8_t reset_type;
    int read_errors;
};

/* A printer of its vendor's own class is one of the printer class, when its profile says so. */
static bool choose(const struct usb_info *info, const struct profile *p, struct usb_printer_pipes *ret, const char **ret_why)
{
    struct usb_info as_printer = *info;

    for (int i = 0; i < as_printer.n_all && p->usb & PROFILE_VENDOR_CLASS; i++)
        if (as_printer.interfaces[i].class_ == CLASS_VENDOR)
            as_printer.interfaces[i].class_ = USB_CLASS_PRINTS;
    return usb_printer_choose(&as_printer, ret, ret_why);
}

bool link_suits(const struct usb_info *info, const struct profile *p)
{
    struct usb_printer_pipes pipes;

    return choose(info, p, &pipes, NULL);
}

/* --- reading and writing --- */

static void start_read(struct link *l);

static void was_read(void *ctx, int rc, const uint8_t *data, size_t len)
{
    struct link *l = ctx;

    l->read = NULL;
    for (size_t i = 0; i < len; i++)
        l->events->received(l->ctx, data[i]);
    if (rc == -ERR_GONE) {
        l->events->gone(l->ctx);
        return;
    }
    if (rc == -ERR_STALL)
        usb_clear_halt(l->handle, l->in);
    l->read_errors = rc < 0 && rc != -ERR_TIMEOUT ? l->read_errors + 1 : 0;
    if (l->read_errors <= READ_ERRORS_MAX) {
        start_read(l);
        return;
    }
    log_error("printer", "%s cannot be read: %s", l->profile->name, err_meaning(rc));
    l->events->unreadable(l->ctx);
}

static void start_read(struct link *l)
{
    if (!l->read)
        l->read = usb_read(l->handle, l->in, READ_MAX, 0, was_read, l);
}

void link_listen_anew(struct link *l)
{
    if (l->read)
        usb_expire(l->read);
}

static void was_written(void *ctx, int rc, const uint8_t *data, size_t len)
{
    struct link *l = ctx;

    (void)data;
    l->write = NULL;
    if (rc == -ERR_STALL)
        usb_clear_halt(l->handle, l->out);
    l->events->written(l->ctx, rc, len);
}

bool link_writing(const struct link *l)
{
    return l->write != NULL;
}

void link_write(struct link *l, const uint8_t *data, size_t len, int timeout_ms)
{
    must(!l->write, "two writes at once");
    must(data && len > 0, "nothing is written");
    must(timeout_ms > 0, "a write nobody waits for");
    l->write = usb_write(l->handle, l->out, data, len, timeout_ms, was_written, l);
}

void link_cancel_write(struct link *l)
{
    if (l->write)
        usb_cancel(l->write);
    l->write = NULL;
}

/* --- requests of the class --- */

static void port_status(void *ctx, int rc, const uint8_t *data, size_t len)
{
    struct link *l = ctx;

    l->port = NULL;
    l->port_refused = rc == -ERR_STALL;
    if (rc == 0 && len == 1)
        l->events->port_status(l->ctx, data[0]);
}

void link_ask_port(struct link *l)
{
    if (!l->port && !l->port_refused)
        l->port = usb_control(l->handle, 0xA1, 1, 0, l->interface, NULL, 1, CONTROL_MS, port_status, l);
}

static void device_id(void *ctx, int rc, const uint8_t *data, size_t len)
{
    struct link *l = ctx;

    l->id = NULL;
    if (rc != -ERR_GONE)
        l->events->device_id(l->ctx, data, rc == 0 ? len : 0);
}

void link_ask_id(struct link *l)
{
    if (!l->id)
        l->id = usb_control(l->handle, 0xA1, 0, 0, (uint16_t)(l->interface << 8 | l->alternate), NULL, DEVICE_ID_MAX,
                            CONTROL_MS, device_id, l);
}

/* Version 1.0 of the class had "other" as recipient, 1.1 has "interface"; printers know one of them. */
static void reset_done(void *ctx, int rc, const uint8_t *data, size_t len)
{
    struct link *l = ctx;

    (void)data;
    (void)len;
    l->reset = NULL;
    if (rc == -ERR_STALL && l->reset_type == 0x23) {
        l->reset_type = 0x21;
        l->reset = usb_control(l->handle, 0x21, 2, 0, l->interface, NULL, 0, CONTROL_MS, reset_done, l);
    }
}

void link_soft_reset(struct link *l)
{
    if (l->reset)
        return;
    l->reset_type = 0x23;
    l->reset = usb_control(l->handle, 0x23, 2, 0, l->interface, NULL, 0, CONTROL_MS, reset_done, l);
}

/* --- when nothing else helps --- */

void link_clear_halt(struct link *l)
{
    usb_clear_halt(l->handle, l->out);
    usb_clear_halt(l->handle, l->in);
}

/* What is in flight ends with the reset; better by us than as a lost device. */
void link_reset(struct link *l)
{
    struct usb_transfer **const in_flight[] = {&l->read, &l->write, &l->port, &l->id, &l->reset};

    log_warn("printer", "%s is stuck: its port is reset", l->profile->name);
    for (size_t i = 0; i < sizeof in_flight / sizeof *in_flight; i++) {
        if (*in_flight[i])
            usb_cancel(*in_flight[i]);
        *in_flight[i] = NULL;
    }
    usb_reset(l->handle);
    start_read(l); /* it tells when the printer is gone by this */
}

/* --- life --- */

int link_open(struct usb_device *d, const struct profile *p, const struct link_events *events, void *ctx, struct link **ret,
              struct err *e)
{
    struct link *l = calloc(1, sizeof *l);
    struct usb_printer_pipes pipes = {.out = 0};
    const char *why;
    int rc = -ERR_NOTFOUND;

    must(l, "out of memory");
    *l = (struct link){.profile = p, .events = events, .ctx = ctx};
    if (choose(usb_info(d), p, &pipes, &why))
        rc = usb_open_setting(d, &pipes.interface, &l->handle, e);
    else
        err_set(e, ERR_NOTFOUND, "it has %s", why);
    if (rc < 0) {
        free(l);
        return err_wrap(e, rc, "open printer %s", p->name);
    }
    l->interface = pipes.interface.number;
    l->alternate = pipes.interface.alternate;
    l->out = pipes.out;
    l->in = pipes.in;
    start_read(l);
    *ret = l;
    return 0;
}

void link_close(struct link *l)
{
    if (!l)
        return;
    usb_close(l->handle);
    free(l);
}
