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
#include "base/must.h"
#include "drivers/virtual/control.h"

#define PACKET_MAX 1024

struct queue {
    struct virtual_urb *head, **tail;
};

struct virtual_host {
    struct virtual_device *device;
    struct queue pending, done;
    struct virtual_faults *faults;
    struct virtual_setting setting;
    struct virtual_endpoint endpoints[DESCRIPTORS_ENDPOINTS];
    uint32_t halted; /* a bit for each descriptors_place() */
    int64_t now_ms;
    bool gone;
};

static uint32_t bit_of(uint8_t endpoint)
{
    return 1u << descriptors_place(endpoint);
}

static const struct virtual_endpoint *endpoint_of(const struct virtual_host *h, uint8_t endpoint)
{
    return &h->endpoints[descriptors_place(endpoint)];
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
    explicit_bzero(u->data, (size_t)u->size);
    free(u);
}

struct virtual_host *virtual_host_create(struct virtual_device *d, struct virtual_faults *faults)
{
    struct virtual_host *h = calloc(1, sizeof *h);
    size_t len;
    must(h, "out of memory");
    h->device = d;
    h->faults = faults;
    queue_init(&h->pending);
    queue_init(&h->done);
    const uint8_t *p = d->ops->descriptors(d, &len);
    h->setting.configuration = (uint8_t)descriptors_first(p, len);
    descriptors_endpoints(p, len, &h->setting, h->endpoints);
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

/* Endpoints that are no more give back what waits on them. */
static void apply_setting(struct virtual_host *h)
{
    size_t len;
    const uint8_t *p = h->device->ops->descriptors(h->device, &len);
    descriptors_endpoints(p, len, &h->setting, h->endpoints);
    h->halted = 0;
    for (struct virtual_urb **at = &h->pending.head; *at;) {
        if (!(*at)->control && !endpoint_of(h, (*at)->endpoint)->max_packet)
            finish(h, at, -ESHUTDOWN);
        else
            at = &(*at)->next;
    }
}

bool virtual_host_set_configuration(struct virtual_host *h, int value)
{
    size_t len, n;
    const uint8_t *p = h->device->ops->descriptors(h->device, &len);
    if (value != 0 && !descriptors_configuration(p, len, value, &n))
        return false;
    h->setting = (struct virtual_setting){.configuration = (uint8_t)value};
    apply_setting(h);
    return true;
}

bool virtual_host_set_interface(struct virtual_host *h, int number, int alternate)
{
    size_t len;
    const uint8_t *p = h->device->ops->descriptors(h->device, &len);
    if (number >= DESCRIPTORS_INTERFACES_MAX || !descriptors_interface(p, len, h->setting.configuration, number, alternate))
        return false;
    h->setting.alternate[number] = (uint8_t)alternate;
    apply_setting(h);
    return true;
}

/* Hosts that see the raw requests (a virtual machine's) choose by them. */
static int standard_request(struct virtual_host *h, const struct virtual_setup *s, uint8_t *data)
{
    switch (s->request) {
    case USB_REQ_SET_CONFIGURATION:
        return virtual_host_set_configuration(h, s->value & 255) ? 0 : VIRTUAL_STALL;
    case USB_REQ_SET_INTERFACE:
        return virtual_host_set_interface(h, s->index, s->value) ? 0 : VIRTUAL_STALL;
    case USB_REQ_CLEAR_FEATURE:
        if (s->request_type == USB_RECIP_ENDPOINT && s->value == USB_ENDPOINT_HALT)
            virtual_host_clear_halt(h, (uint8_t)s->index);
        return 0;
    default:
        return control_answer(h->device, &h->setting, h->halted, s, data);
    }
}

/* What a kernel's usbhid asks for: the report descriptor of an interface (HID 1.11 §7.1.1). */
static bool is_of_class(const struct virtual_setup *s)
{
    return s->request == USB_REQ_GET_DESCRIPTOR && s->request_type == (USB_DIR_IN | USB_RECIP_INTERFACE);
}

static int control(struct virtual_host *h, struct virtual_urb *u)
{
    struct virtual_setup s = control_setup(u->data);
    if (s.length > u->len - 8)
        return VIRTUAL_STALL;
    if ((s.request_type & USB_TYPE_MASK) == USB_TYPE_STANDARD && !is_of_class(&s))
        return standard_request(h, &s, u->data + 8);
    return h->device->ops->control(h->device, &s, u->data + 8, h->now_ms);
}

/* --- moving bytes ----------------------------------------------------------------------------------------------------- */

/* One packet into the transfer. 1: the transfer is complete, 0: more packets, or VIRTUAL_*. */
static int one_packet_in(struct virtual_host *h, struct virtual_urb *u)
{
    uint8_t packet[PACKET_MAX];
    int max = endpoint_of(h, u->endpoint)->max_packet, room = u->len - u->actual;
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
    if (h->halted & bit_of(u->endpoint))
        return VIRTUAL_STALL;
    int rc = 0;
    while (rc == 0)
        rc = u->endpoint & USB_DIR_IN ? one_packet_in(h, u) : bytes_out(h, u);
    return rc;
}

/* What came in comes back without its second half. */
static void halve(struct virtual_urb *u)
{
    uint8_t *data = u->data + (u->control ? 8 : 0);
    explicit_bzero(data + u->actual / 2, (size_t)(u->actual - u->actual / 2));
    u->actual /= 2;
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
        h->halted |= bit_of(u->endpoint);
    if (u->halve)
        halve(u);
    finish(h, at, rc == VIRTUAL_STALL ? -EPIPE : u->status);
    return true;
}

/* Transfers of one endpoint keep their order: the first that waits makes the later ones wait. */
static void go_on(struct virtual_host *h)
{
    struct virtual_urb **at = &h->pending.head;
    uint32_t waiting = 0;
    while (*at && !h->gone) {
        uint32_t bit = (*at)->control ? 1 : bit_of((*at)->endpoint);
        if (!(waiting & bit) && !(*at)->held && step(h, at)) {
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

/* False when the transfer ends at once. */
static bool obey_fault(struct virtual_host *h, struct virtual_urb *u)
{
    bool in = u->control ? u->data[0] & USB_DIR_IN : u->endpoint & USB_DIR_IN;
    switch (faults_next(h->faults)) {
    case FAULT_NONE:
        break;
    case FAULT_TIMEOUT:
        u->held = true;
        break;
    case FAULT_STALL:
        if (!u->control)
            h->halted |= bit_of(u->endpoint);
        return false;
    case FAULT_SHORT:
        u->halve = in;
        if (!in && !u->control)
            u->len /= 2;
        break;
    case FAULT_GONE:
        h->gone = true;
        u->status = -ESHUTDOWN;
        break;
    }
    return true;
}

void virtual_host_submit(struct virtual_host *h, const void *owner, uint64_t id, uint8_t endpoint, bool is_control,
                         const void *data, size_t n_data, int len)
{
    struct virtual_urb *u = calloc(1, sizeof *u + (size_t)len);
    must(u, "out of memory");
    *u = (struct virtual_urb){
        .owner = owner, .id = id, .endpoint = is_control ? 0 : endpoint, .control = is_control, .len = len, .size = len};
    if (n_data > 0)
        memcpy(u->data, data, n_data < (size_t)len ? n_data : (size_t)len);
    bool known = is_control || endpoint_of(h, endpoint)->max_packet > 0;
    u->status = h->gone ? -ESHUTDOWN : -EPIPE;
    if (!h->gone && known && !obey_fault(h, u))
        known = false;
    queue_add(h->gone || !known ? &h->done : &h->pending, u);
}

bool virtual_host_discard(struct virtual_host *h, const void *owner, uint64_t id)
{
    for (struct virtual_urb **at = &h->pending.head; *at; at = &(*at)->next) {
        if ((*at)->owner == owner && (*at)->id == id) {
            finish(h, at, -ENOENT);
            return true;
        }
    }
    return false;
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
    if (h->device->ops->released)
        h->device->ops->released(h->device);
}

void virtual_host_unplug(struct virtual_host *h)
{
    h->gone = true;
    while (h->pending.head)
        finish(h, &h->pending.head, -ESHUTDOWN);
}

void virtual_host_clear_halt(struct virtual_host *h, uint8_t endpoint)
{
    h->halted &= ~bit_of(endpoint);
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

struct virtual_setting virtual_host_setting(const struct virtual_host *h)
{
    return h->setting;
}

int virtual_host_max_packet(const struct virtual_host *h, uint8_t endpoint)
{
    return endpoint_of(h, endpoint)->max_packet;
}

bool virtual_host_is_interrupt(const struct virtual_host *h, uint8_t endpoint)
{
    return endpoint_of(h, endpoint)->type == USB_ENDPOINT_XFER_INT;
}
