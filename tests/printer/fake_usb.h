/* SPDX-License-Identifier: Apache-2.0
 *
 * drivers/usb/usb.h over virtual devices in the same process, in virtual time: for tests of drivers without libusb. Included
 * by one file of a test program, whose definitions the linker then takes.
 */
#ifndef TESTS_PRINTER_FAKE_USB_H
#define TESTS_PRINTER_FAKE_USB_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "drivers/usb/usb.h"
#include "drivers/virtual/device.h"

#define FAKE_DEVICES 4
#define FAKE_LISTENERS 2
#define FAKE_TRANSFERS 32

struct usb_transfer {
    struct usb_handle *handle;
    bool used, control, done;
    uint8_t endpoint;
    uint8_t data[16384];
    size_t len, moved;
    struct virtual_setup setup;
    int64_t deadline; /* 0: none */
    int rc;
    usb_done_fn *fn;
    void *ctx;
};
struct usb_handle {
    struct usb_device *device;
    struct usb_transfer transfers[FAKE_TRANSFERS];
};
struct usb_device {
    struct usb *usb;
    struct usb_info info;
    struct virtual_device *model;
    struct usb_handle *handle;
    bool plugged, announced;
};
struct usb {
    struct loop *loop;
    struct loop_timer *timer;
    struct {
        const struct usb_events *events;
        void *ctx;
    } listeners[FAKE_LISTENERS];
    struct usb_device devices[FAKE_DEVICES];
    int refuse_open;                       /* every opening ends with this; 0: none */
    const struct usb_device *mute_control; /* its control requests are not answered; NULL: nobody's */
    int writes;                            /* started so far */
    int fail_write;                        /* this one ends with fail_rc, half of it moved; -1: none */
    int fail_rc;
};

static void fake_pump(void *ctx);

struct usb *usb_create(struct loop *l, struct err *e)
{
    struct usb *u = calloc(1, sizeof *u);

    u->loop = l;
    u->fail_write = -1;
    u->timer = loop_add_timer(l, fake_pump, u);
    return u;
}

void usb_destroy(struct usb *u)
{
    if (u)
        loop_timer_remove(u->timer);
    free(u);
}

void usb_listen(struct usb *u, const struct usb_events *events, void *ctx)
{
    int i = 0;

    while (i < FAKE_LISTENERS && u->listeners[i].events)
        i++;
    if (i == FAKE_LISTENERS)
        abort();
    u->listeners[i].events = events;
    u->listeners[i].ctx = ctx;
    loop_timer_start(u->timer, 0);
}

void usb_unlisten(struct usb *u, const void *ctx)
{
    for (int i = 0; i < FAKE_LISTENERS; i++)
        if (u->listeners[i].ctx == ctx)
            u->listeners[i].events = NULL;
}

void usb_each(const struct usb *u, void (*fn)(void *ctx, const struct usb_device *d), void *ctx)
{
    for (int i = 0; i < FAKE_DEVICES; i++)
        if (u->devices[i].model && u->devices[i].plugged)
            fn(ctx, &u->devices[i]);
}

const struct usb_info *usb_info(const struct usb_device *d)
{
    return &d->info;
}

static void fake_string(struct usb_device *d, int n, char out[USB_TEXT_MAX])
{
    const char *text = n ? d->model->ops->string(d->model, n) : NULL;

    snprintf(out, USB_TEXT_MAX, "%s", text ? text : "");
}

/* Descriptors of one configuration to what usb_libusb.c would tell. */
static void fake_describe(struct usb_device *d)
{
    size_t len;
    const uint8_t *b = d->model->ops->descriptors(d->model, &len);
    struct usb_interface *f = NULL;

    fake_string(d, b[15], d->info.model);
    fake_string(d, b[16], d->info.serial);
    d->info.vendor = (uint16_t)(b[8] | b[9] << 8);
    d->info.product = (uint16_t)(b[10] | b[11] << 8);
    for (size_t i = 18; i + 1 < len && b[i]; i += b[i]) {
        if (b[i + 1] == 4) {
            f = &d->info.interfaces[d->info.n_interfaces++];
            d->info.n_all = d->info.n_interfaces;
            *f = (struct usb_interface){.number = b[i + 2], .class_ = b[i + 5], .subclass = b[i + 6], .protocol = b[i + 7]};
        } else if (b[i + 1] == 5 && f) {
            f->endpoints[f->n_endpoints++] = (struct usb_endpoint){b[i + 2], b[i + 3], 64};
        }
    }
}

static struct usb_device *fake_plug(struct usb *u, struct virtual_device *model, const char *where)
{
    for (int i = 0; i < FAKE_DEVICES; i++) {
        struct usb_device *d = &u->devices[i];

        if (d->model)
            continue;
        *d = (struct usb_device){.usb = u, .model = model, .plugged = true};
        snprintf(d->info.port, sizeof d->info.port, "%s", where);
        fake_describe(d);
        loop_timer_start(u->timer, 0);
        return d;
    }
    return NULL;
}

/* Pulls the plug: transfers fail, then `left`. The model stays the caller's. */
static void fake_unplug(struct usb_device *d)
{
    d->plugged = false;
    loop_timer_start(d->usb->timer, 0);
}

int usb_open(struct usb_device *d, int interface, struct usb_handle **ret, struct err *e)
{
    if (d->usb->refuse_open)
        return err_set(e, (enum err_code) - d->usb->refuse_open, "it is not to be opened");
    *ret = d->handle = calloc(1, sizeof **ret);
    d->handle->device = d;
    return 0;
}

int usb_open_setting(struct usb_device *d, const struct usb_interface *f, struct usb_handle **ret, struct err *e)
{
    return usb_open(d, f->number, ret, e);
}

void usb_close(struct usb_handle *h)
{
    if (!h)
        return;
    h->device->handle = NULL;
    free(h);
}

static struct usb_transfer *fake_add(struct usb_handle *h, uint8_t endpoint, const void *data, size_t len, int timeout_ms,
                                     usb_done_fn *fn, void *ctx)
{
    for (int i = 0; i < FAKE_TRANSFERS; i++) {
        struct usb_transfer *t = &h->transfers[i];

        if (t->used)
            continue;
        memset(t, 0, sizeof *t);
        *t = (struct usb_transfer){.handle = h,
                                   .used = true,
                                   .endpoint = endpoint,
                                   .len = len,
                                   .fn = fn,
                                   .ctx = ctx,
                                   .deadline = timeout_ms ? clock_mono_ms() + timeout_ms : 0};
        if (data)
            memcpy(t->data, data, len);
        loop_timer_start(h->device->usb->timer, 0);
        return t;
    }
    abort();
}

struct usb_transfer *usb_write(struct usb_handle *h, uint8_t endpoint, const void *data, size_t len, int timeout_ms,
                               usb_done_fn *fn, void *ctx)
{
    struct usb_transfer *t = fake_add(h, endpoint, data, len, timeout_ms, fn, ctx);
    struct usb *u = h->device->usb;

    if (u->writes++ == u->fail_write) {
        int n = h->device->model->ops->out(h->device->model, endpoint, t->data, (int)(len / 2), clock_mono_ms());

        t->moved = n > 0 ? (size_t)n : 0;
        t->rc = u->fail_rc;
        t->done = true;
    }
    return t;
}

struct usb_transfer *usb_read(struct usb_handle *h, uint8_t endpoint, size_t cap, int timeout_ms, usb_done_fn *fn, void *ctx)
{
    return fake_add(h, endpoint, NULL, cap, timeout_ms, fn, ctx);
}

struct usb_transfer *usb_control(struct usb_handle *h, uint8_t request_type, uint8_t request, uint16_t value, uint16_t index,
                                 const void *data, size_t len, int timeout_ms, usb_done_fn *fn, void *ctx)
{
    struct usb_transfer *t = fake_add(h, 0, data, len, timeout_ms, fn, ctx);

    t->control = true;
    t->setup = (struct virtual_setup){request_type, request, value, index, (uint16_t)len};
    return t;
}

void usb_cancel(struct usb_transfer *t)
{
    t->used = false;
}

void usb_expire(struct usb_transfer *t)
{
    t->deadline = 1; /* long ago */
}

int usb_clear_halt(struct usb_handle *h, uint8_t endpoint)
{
    h->device->model->ops->clear_halt(h->device->model, endpoint);
    return 0;
}

int usb_reset(struct usb_handle *h)
{
    h->device->model->ops->reset(h->device->model);
    return 0;
}

static int fake_rc(int n)
{
    return n == VIRTUAL_STALL ? -ERR_STALL : n == VIRTUAL_GONE ? -ERR_GONE : 0;
}

/* One attempt; true when the transfer is over. */
static bool fake_try(struct usb_transfer *t, int64_t now)
{
    struct virtual_device *m = t->handle->device->model;
    int n;

    if (t->done)
        return true;
    if (!t->handle->device->plugged) {
        t->rc = -ERR_GONE;
        return true;
    }
    if (t->control && t->handle->device->usb->mute_control == t->handle->device)
        n = VIRTUAL_NAK;
    else if (t->control)
        n = m->ops->control(m, &t->setup, t->data, now);
    else if (t->endpoint & 0x80)
        n = m->ops->in(m, t->endpoint, t->data, (int)t->len, now);
    else
        n = m->ops->out(m, t->endpoint, t->data + t->moved, (int)(t->len - t->moved), now);
    if (n > 0)
        t->moved += (size_t)n;
    t->rc = n < 0 ? fake_rc(n) : 0;
    if (n >= 0 ? t->control || (t->endpoint & 0x80) || t->moved == t->len : n != VIRTUAL_NAK)
        return true;
    if (t->deadline && now >= t->deadline) {
        t->rc = -ERR_TIMEOUT;
        return true;
    }
    return false;
}

static void fake_finish(struct usb_transfer *t)
{
    static uint8_t data[16384];
    size_t moved = t->moved;
    int rc = t->rc;

    memcpy(data, t->data, moved);
    t->used = false;
    t->fn(t->ctx, rc, data, moved);
}

static void fake_tell(struct usb *u, struct usb_device *d, bool arrived)
{
    for (int i = 0; i < FAKE_LISTENERS; i++)
        if (u->listeners[i].events)
            (arrived ? u->listeners[i].events->arrived : u->listeners[i].events->left)(u->listeners[i].ctx, d);
}

static void fake_device(struct usb_device *d, int64_t now)
{
    struct usb *u = d->usb;

    if (d->plugged && !d->announced) {
        d->announced = true;
        fake_tell(u, d, true);
    }
    d->model->ops->tick(d->model, now);
    for (int i = 0; d->handle && i < FAKE_TRANSFERS; i++) {
        struct usb_transfer *t = &d->handle->transfers[i];

        if (t->used && fake_try(t, now))
            fake_finish(t);
    }
    if (!d->plugged && d->announced) {
        fake_tell(u, d, false);
        d->model = NULL;
    }
}

static void fake_pump(void *ctx)
{
    struct usb *u = ctx;

    loop_timer_start(u->timer, 1);
    for (int i = 0; i < FAKE_DEVICES; i++)
        if (u->devices[i].model)
            fake_device(&u->devices[i], clock_mono_ms());
}

#endif
