/* SPDX-License-Identifier: Apache-2.0
 *
 * See host.h. Statuses are usbfs's (Documentation/driver-api/usb/error-codes.rst): -EPIPE stalled, -EOVERFLOW the device
 * sent more than asked for, -ENOENT discarded, -ESHUTDOWN unplugged.
 */
#include "drivers/virtual/host.h"

#include <errno.h>
#include <linux/usb/ch9.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/log.h"

#define ENDPOINTS 32
#define PACKET_MAX 1024

struct queue {
    struct virtual_urb *head, **tail;
};

struct virtual_host {
    struct virtual_device *device;
    struct queue pending, done;
    int max_packet[ENDPOINTS]; /* 0: no such endpoint */
    uint32_t halted;           /* a bit per endpoint */
    int64_t now_ms;
    bool gone;
};

/* Both directions of an endpoint number are different endpoints. */
static int endpoint_index(uint8_t endpoint)
{
    return (endpoint & 15) | (endpoint & USB_DIR_IN ? 16 : 0);
}

static void queue_init(struct queue *q)
{
    q->head = NULL;
    q->tail = &q->head;
}

static void queue_add(struct queue *q, struct virtual_urb *u)
{
    u->next = NULL;
    *q->tail = u;
    q->tail = &u->next;
}

static struct virtual_urb *queue_remove(struct queue *q, struct virtual_urb **at)
{
    struct virtual_urb *u = *at;
    *at = u->next;
    if (q->tail == &u->next)
        q->tail = at;
    return u;
}

void virtual_urb_free(struct virtual_urb *u)
{
    if (!u)
        return;
    explicit_bzero(u->data, (size_t)u->len);
    free(u);
}

struct virtual_host *virtual_host_create(struct virtual_device *d)
{
    struct virtual_host *h = calloc(1, sizeof *h);
    size_t len;
    if (!h) {
        log_error("host", "out of memory");
        abort();
    }
    h->device = d;
    queue_init(&h->pending);
    queue_init(&h->done);
    const uint8_t *p = d->ops->descriptors(d, &len);
    for (size_t i = 0; i + 6 < len && p[i]; i += p[i]) {
        if (p[i + 1] == USB_DT_ENDPOINT)
            h->max_packet[endpoint_index(p[i + 2])] = (p[i + 4] | p[i + 5] << 8) & 0x7FF;
    }
    return h;
}

void virtual_host_destroy(struct virtual_host *h)
{
    if (!h)
        return;
    while (h->pending.head)
        virtual_urb_free(queue_remove(&h->pending, &h->pending.head));
    while (h->done.head)
        virtual_urb_free(queue_remove(&h->done, &h->done.head));
    free(h);
}

static void finish(struct virtual_host *h, struct virtual_urb **at, int status)
{
    struct virtual_urb *u = queue_remove(&h->pending, at);
    u->status = status;
    queue_add(&h->done, u);
}

/* --- control requests ------------------------------------------------------------------------------------------------- */

static int string_descriptor(const struct virtual_device *d, int n, uint8_t out[255])
{
    static const uint8_t languages[4] = {4, USB_DT_STRING, 0x09, 0x04};
    const char *s = n == 0 ? NULL : d->ops->string(d, n);
    if (n == 0)
        memcpy(out, languages, sizeof languages);
    if (!s)
        return n == 0 ? (int)sizeof languages : VIRTUAL_STALL;
    int len = 2;
    for (; *s && len < 254; s++, len += 2) {
        out[len] = (uint8_t)*s;
        out[len + 1] = 0;
    }
    out[0] = (uint8_t)len;
    out[1] = USB_DT_STRING;
    return len;
}

static int standard_request(const struct virtual_host *h, const struct virtual_setup *s, uint8_t *data)
{
    static const uint8_t status[2];
    uint8_t text[255];
    size_t len;
    const uint8_t *all = h->device->ops->descriptors(h->device, &len), *from = NULL;
    int n = VIRTUAL_STALL, type = s->value >> 8;
    if (s->request == USB_REQ_GET_STATUS) {
        from = status;
        n = sizeof status;
    } else if (s->request == USB_REQ_GET_DESCRIPTOR && type == USB_DT_DEVICE) {
        from = all;
        n = USB_DT_DEVICE_SIZE;
    } else if (s->request == USB_REQ_GET_DESCRIPTOR && type == USB_DT_CONFIG) {
        from = all + USB_DT_DEVICE_SIZE;
        n = (int)len - USB_DT_DEVICE_SIZE;
    } else if (s->request == USB_REQ_GET_DESCRIPTOR && type == USB_DT_STRING) {
        from = text;
        n = string_descriptor(h->device, s->value & 255, text);
    }
    if (n > s->length)
        n = s->length;
    if (n > 0)
        memcpy(data, from, (size_t)n);
    return n;
}

static int control(struct virtual_host *h, struct virtual_urb *u)
{
    struct virtual_setup s = {.request_type = u->data[0],
                              .request = u->data[1],
                              .value = (uint16_t)(u->data[2] | u->data[3] << 8),
                              .index = (uint16_t)(u->data[4] | u->data[5] << 8),
                              .length = (uint16_t)(u->data[6] | u->data[7] << 8)};
    if (s.length > u->len - 8)
        return VIRTUAL_STALL;
    if ((s.request_type & USB_TYPE_MASK) == USB_TYPE_STANDARD)
        return standard_request(h, &s, u->data + 8);
    return h->device->ops->control(h->device, &s, u->data + 8, h->now_ms);
}

/* --- moving bytes ----------------------------------------------------------------------------------------------------- */

/* One packet into the transfer. 1: the transfer is complete, 0: more packets, or VIRTUAL_*. */
static int one_packet_in(struct virtual_host *h, struct virtual_urb *u)
{
    uint8_t packet[PACKET_MAX];
    int max = h->max_packet[endpoint_index(u->endpoint)], room = u->len - u->actual;
    int n = h->device->ops->in(h->device, u->endpoint, packet, max, h->now_ms);
    if (n < 0)
        return n;
    memcpy(u->data + u->actual, packet, (size_t)(n < room ? n : room));
    explicit_bzero(packet, (size_t)n);
    u->actual += n < room ? n : room;
    if (n > room)
        u->status = -EOVERFLOW;
    return n > room || n < max || u->actual == u->len;
}

static int bytes_out(struct virtual_host *h, struct virtual_urb *u)
{
    int n = h->device->ops->out(h->device, u->endpoint, u->data + u->actual, u->len - u->actual, h->now_ms);
    if (n < 0)
        return n;
    u->actual += n;
    return u->actual == u->len;
}

static int move(struct virtual_host *h, struct virtual_urb *u)
{
    if (u->control) {
        int n = control(h, u);
        u->actual = n > 0 ? n : 0;
        return n < 0 ? n : 1;
    }
    if (h->halted & 1u << endpoint_index(u->endpoint))
        return VIRTUAL_STALL;
    int rc = 0;
    while (rc == 0)
        rc = u->endpoint & USB_DIR_IN ? one_packet_in(h, u) : bytes_out(h, u);
    return rc;
}

/* True when the transfer at *at has ended. */
static bool step(struct virtual_host *h, struct virtual_urb **at)
{
    struct virtual_urb *u = *at;
    u->status = 0;
    int rc = move(h, u);
    if (rc == VIRTUAL_NAK)
        return false;
    if (rc == VIRTUAL_GONE) {
        h->gone = true;
        return false;
    }
    if (rc == VIRTUAL_STALL && !u->control)
        h->halted |= 1u << endpoint_index(u->endpoint);
    finish(h, at, rc == VIRTUAL_STALL ? -EPIPE : u->status);
    return true;
}

/* Transfers of one endpoint keep their order: the first that waits makes the later ones wait. */
static void go_on(struct virtual_host *h)
{
    struct virtual_urb **at = &h->pending.head;
    uint32_t waiting = 0;
    while (*at && !h->gone) {
        uint32_t bit = 1u << endpoint_index((*at)->endpoint);
        if (!(waiting & bit) && step(h, at)) {
            at = &h->pending.head; /* its bytes may have unblocked the others */
            waiting = 0;
        } else {
            waiting |= bit;
            at = &(*at)->next;
        }
    }
}

bool virtual_host_run(struct virtual_host *h, int64_t now_ms, int64_t *ret_next)
{
    h->now_ms = now_ms;
    *ret_next = -1;
    if (!h->gone) {
        h->device->ops->tick(h->device, now_ms);
        go_on(h);
        *ret_next = h->device->ops->tick(h->device, now_ms);
    }
    return !h->gone;
}

/* --- requests of the host --------------------------------------------------------------------------------------------- */

void virtual_host_submit(struct virtual_host *h, const void *owner, uint64_t id, uint8_t endpoint, bool is_control,
                         const void *data, size_t n_data, int len)
{
    struct virtual_urb *u = calloc(1, sizeof *u + (size_t)len);
    if (!u) {
        log_error("host", "out of memory");
        abort();
    }
    *u = (struct virtual_urb){
        .owner = owner, .id = id, .endpoint = is_control ? 0 : endpoint, .control = is_control, .len = len};
    if (n_data > 0)
        memcpy(u->data, data, n_data < (size_t)len ? n_data : (size_t)len);
    bool known = is_control || h->max_packet[endpoint_index(endpoint)] > 0;
    u->status = h->gone ? -ESHUTDOWN : -EPIPE;
    queue_add(h->gone || !known ? &h->done : &h->pending, u);
}

void virtual_host_discard(struct virtual_host *h, const void *owner, uint64_t id)
{
    for (struct virtual_urb **at = &h->pending.head; *at; at = &(*at)->next) {
        if ((*at)->owner == owner && (*at)->id == id) {
            finish(h, at, -ENOENT);
            return;
        }
    }
}

static void forget(struct queue *q, const void *owner)
{
    for (struct virtual_urb **at = &q->head; *at;) {
        if ((*at)->owner == owner)
            virtual_urb_free(queue_remove(q, at));
        else
            at = &(*at)->next;
    }
}

void virtual_host_forget(struct virtual_host *h, const void *owner)
{
    forget(&h->pending, owner);
    forget(&h->done, owner);
}

void virtual_host_unplug(struct virtual_host *h)
{
    h->gone = true;
    while (h->pending.head)
        finish(h, &h->pending.head, -ESHUTDOWN);
}

void virtual_host_clear_halt(struct virtual_host *h, uint8_t endpoint)
{
    h->halted &= ~(1u << endpoint_index(endpoint));
    h->device->ops->clear_halt(h->device, endpoint);
}

void virtual_host_reset(struct virtual_host *h)
{
    h->halted = 0;
    h->device->ops->reset(h->device);
}

struct virtual_urb *virtual_host_take_done(struct virtual_host *h, const void *owner)
{
    for (struct virtual_urb **at = &h->done.head; *at; at = &(*at)->next) {
        if ((*at)->owner == owner)
            return queue_remove(&h->done, at);
    }
    return NULL;
}

bool virtual_host_busy(const struct virtual_host *h)
{
    return h->pending.head || h->done.head;
}
