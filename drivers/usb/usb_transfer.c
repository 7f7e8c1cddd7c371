/* SPDX-License-Identifier: Apache-2.0
 *
 * Handles and transfers over libusb's asynchronous interface. A transfer is freed only when libusb has given it back: a
 * cancelled one, or one of a closed handle, goes on without an owner until then, and the libusb handle with it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/must.h"
#include "base/secret.h"
#include "drivers/usb/usb_internal.h"

int usb_error(int libusb_error)
{
    switch ((enum libusb_error)libusb_error) {
    case LIBUSB_SUCCESS:
        return 0;
    case LIBUSB_ERROR_ACCESS:
        return -ERR_ACCESS;
    case LIBUSB_ERROR_NO_DEVICE:
        return -ERR_GONE;
    case LIBUSB_ERROR_NOT_FOUND:
        return -ERR_NOTFOUND;
    case LIBUSB_ERROR_BUSY:
        return -ERR_BUSY;
    case LIBUSB_ERROR_TIMEOUT:
        return -ERR_TIMEOUT;
    case LIBUSB_ERROR_OVERFLOW:
        return -ERR_TOOLONG;
    case LIBUSB_ERROR_PIPE:
        return -ERR_STALL;
    case LIBUSB_ERROR_NO_MEM:
        return -ERR_NOMEM;
    case LIBUSB_ERROR_IO:
    case LIBUSB_ERROR_INVALID_PARAM:
    case LIBUSB_ERROR_INTERRUPTED:
    case LIBUSB_ERROR_NOT_SUPPORTED:
    case LIBUSB_ERROR_OTHER:
        break;
    }
    return -ERR_IO;
}

static int status_error(enum libusb_transfer_status status)
{
    switch (status) {
    case LIBUSB_TRANSFER_COMPLETED:
        return 0;
    case LIBUSB_TRANSFER_TIMED_OUT:
        return -ERR_TIMEOUT;
    case LIBUSB_TRANSFER_STALL:
        return -ERR_STALL;
    case LIBUSB_TRANSFER_NO_DEVICE:
        return -ERR_GONE;
    case LIBUSB_TRANSFER_OVERFLOW:
        return -ERR_TOOLONG;
    case LIBUSB_TRANSFER_ERROR:
    case LIBUSB_TRANSFER_CANCELLED:
        break;
    }
    return -ERR_IO;
}

/* --- handles ---------------------------------------------------------------------------------------------------------- */

static void release_handle(struct usb_handle *h)
{
    struct usb_handle **at = &h->usb->handles;
    while (*at != h)
        at = &(*at)->next;
    *at = h->next;
    libusb_close(h->h);
    free(h);
}

void usb_close(struct usb_handle *h)
{
    if (!h)
        return;
    for (struct usb_transfer *t = h->transfers; t; t = t->next)
        usb_cancel(t);
    libusb_release_interface(h->h, h->interface.number);
    h->closing = true;
    if (!h->transfers)
        release_handle(h);
}

bool usb_abandon_device(struct usb *u, const libusb_device *device)
{
    bool quiet = true;
    for (struct usb_handle *h = u->handles; h; h = h->next) {
        if (h->device != device)
            continue;
        h->gone = true;
        for (struct usb_transfer *t = h->transfers; t; t = t->next) {
            if (t->in_flight)
                libusb_cancel_transfer(t->t);
            quiet = false;
        }
    }
    return quiet;
}

int usb_clear_halt(struct usb_handle *h, uint8_t endpoint)
{
    return h->gone ? -ERR_GONE : usb_error(libusb_clear_halt(h->h, endpoint));
}

int usb_reset(struct usb_handle *h)
{
    int rc = h->gone ? LIBUSB_ERROR_NO_DEVICE : libusb_reset_device(h->h);
    /* NOT_FOUND: it came back as another device; hotplug tells. */
    return rc == LIBUSB_ERROR_NOT_FOUND ? -ERR_GONE : usb_error(rc);
}

/* --- transfers -------------------------------------------------------------------------------------------------------- */

static void free_transfer(struct usb_transfer *t)
{
    struct usb_transfer **at = &t->handle->transfers;
    while (*at != t)
        at = &(*at)->next;
    *at = t->next;
    secret_free(t->t->buffer, t->size);
    libusb_free_transfer(t->t);
    free(t);
}

static void queue_done(struct usb_transfer *t, int rc)
{
    struct usb *u = t->handle->usb;
    t->in_flight = false;
    t->rc = rc;
    *u->done_tail = t;
    u->done_tail = &t->next_done;
}

/* Inside libusb. A transfer that fails because its device is gone may be reported as cancelled or as an I/O error first. */
static void LIBUSB_CALL on_complete(struct libusb_transfer *lt)
{
    struct usb_transfer *t = lt->user_data;
    int rc = t->expired && lt->status == LIBUSB_TRANSFER_CANCELLED ? -ERR_TIMEOUT : status_error(lt->status);
    queue_done(t, rc < 0 && t->handle->gone ? -ERR_GONE : rc);
}

void usb_tap(struct usb *u, usb_tap_fn *fn, void *ctx)
{
    u->tap = fn;
    u->tap_ctx = ctx;
}

static void show_tap(const struct usb_transfer *t, size_t setup)
{
    struct usb *u = t->handle->usb;
    const struct usb_device *d = u->devices;
    while (d && d->device != t->handle->device)
        d = d->next;
    if (!d)
        return;
    u->tap(u->tap_ctx, &(struct usb_tapped){.device = d,
                                            .endpoint = t->t->endpoint,
                                            .setup = setup ? t->t->buffer : NULL,
                                            .data = t->t->buffer + setup,
                                            .len = (size_t)t->t->actual_length,
                                            .rc = t->rc});
}

void usb_deliver_transfers(struct usb *u)
{
    struct usb_transfer *t;
    while ((t = u->done)) {
        struct usb_handle *h = t->handle;
        u->done = t->next_done;
        if (!u->done)
            u->done_tail = &u->done;
        size_t setup = t->t->type == LIBUSB_TRANSFER_TYPE_CONTROL ? LIBUSB_CONTROL_SETUP_SIZE : 0;
        if (u->tap)
            show_tap(t, setup);
        if (t->fn)
            t->fn(t->ctx, t->rc, t->t->buffer + setup, (size_t)t->t->actual_length);
        free_transfer(t);
        if (h->closing && !h->transfers)
            release_handle(h);
    }
}

void usb_cancel(struct usb_transfer *t)
{
    t->fn = NULL;
    if (t->in_flight)
        libusb_cancel_transfer(t->t);
}

void usb_expire(struct usb_transfer *t)
{
    t->expired = true;
    if (t->in_flight)
        libusb_cancel_transfer(t->t);
}

static struct usb_transfer *new_transfer(struct usb_handle *h, size_t size, usb_done_fn *fn, void *ctx)
{
    struct usb_transfer *t = calloc(1, sizeof *t);
    struct libusb_transfer *lt = libusb_alloc_transfer(0);
    must(t && lt, "out of memory");
    lt->buffer = secret_alloc(size);
    *t = (struct usb_transfer){.handle = h, .t = lt, .size = size, .fn = fn, .ctx = ctx, .next = h->transfers};
    h->transfers = t;
    return t;
}

static struct usb_transfer *submit(struct usb_transfer *t, bool possible)
{
    struct usb_handle *h = t->handle;
    t->in_flight = true;
    int rc = h->gone ? LIBUSB_ERROR_NO_DEVICE : possible ? libusb_submit_transfer(t->t) : LIBUSB_ERROR_NOT_FOUND;
    if (rc < 0) {
        int code = usb_error(rc);
        queue_done(t, code == -ERR_GONE || code == -ERR_STALL ? code : -ERR_IO);
    }
    usb_wake(h->usb);
    return t;
}

static const struct usb_endpoint *find_endpoint(const struct usb_handle *h, uint8_t address)
{
    for (int i = 0; i < h->interface.n_endpoints; i++) {
        if (h->interface.endpoints[i].address == address)
            return &h->interface.endpoints[i];
    }
    return NULL;
}

static struct usb_transfer *start(struct usb_handle *h, uint8_t endpoint, const void *data, size_t len, int timeout_ms,
                                  usb_done_fn *fn, void *ctx)
{
    const struct usb_endpoint *ep = find_endpoint(h, endpoint);
    size_t packet = ep && ep->max_packet > 0 ? ep->max_packet : 1;
    size_t size = data ? len : (len + packet - 1) / packet * packet;
    struct usb_transfer *t = new_transfer(h, size, fn, ctx);
    unsigned char *buffer = t->t->buffer;
    if (data && len > 0)
        memcpy(buffer, data, len);
    if (ep && ep->type == LIBUSB_TRANSFER_TYPE_INTERRUPT)
        libusb_fill_interrupt_transfer(t->t, h->h, endpoint, buffer, (int)size, on_complete, t, (unsigned)timeout_ms);
    else
        libusb_fill_bulk_transfer(t->t, h->h, endpoint, buffer, (int)size, on_complete, t, (unsigned)timeout_ms);
    return submit(t, ep != NULL);
}

struct usb_transfer *usb_write(struct usb_handle *h, uint8_t endpoint, const void *data, size_t len, int timeout_ms,
                               usb_done_fn *fn, void *ctx)
{
    return start(h, endpoint, data ? data : "", len, timeout_ms, fn, ctx);
}

struct usb_transfer *usb_read(struct usb_handle *h, uint8_t endpoint, size_t cap, int timeout_ms, usb_done_fn *fn, void *ctx)
{
    return start(h, endpoint, NULL, cap, timeout_ms, fn, ctx);
}

struct usb_transfer *usb_control(struct usb_handle *h, uint8_t request_type, uint8_t request, uint16_t value, uint16_t index,
                                 const void *data, size_t len, int timeout_ms, usb_done_fn *fn, void *ctx)
{
    struct usb_transfer *t = new_transfer(h, LIBUSB_CONTROL_SETUP_SIZE + len, fn, ctx);
    unsigned char *buffer = t->t->buffer;
    libusb_fill_control_setup(buffer, request_type, request, value, index, (uint16_t)len);
    if (data && !(request_type & LIBUSB_ENDPOINT_IN))
        memcpy(buffer + LIBUSB_CONTROL_SETUP_SIZE, data, len);
    libusb_fill_control_transfer(t->t, h->h, buffer, on_complete, t, (unsigned)timeout_ms);
    return submit(t, true);
}
