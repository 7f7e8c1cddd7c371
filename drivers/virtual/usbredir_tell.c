/* SPDX-License-Identifier: Apache-2.0
 *
 * What a usb-redir peer is told: which device, what it has, and what became of transfers.
 */
#include <errno.h>
#include <linux/usb/ch9.h>

#include "drivers/virtual/usbredir_parts.h"

#define FULL_SPEED_PACKET 64

struct virtual_setting usbredir_setting(const struct usbredir_server *s)
{
    return virtual_host_setting(s->port->host);
}

static void tell_endpoints(struct usbredir_server *s)
{
    struct usb_redir_ep_info_header h = {0};
    struct virtual_endpoint list[DESCRIPTORS_ENDPOINTS];
    struct virtual_setting setting = usbredir_setting(s);
    size_t len;
    const uint8_t *d = s->port->device->ops->descriptors(s->port->device, &len);
    descriptors_endpoints(d, len, &setting, list);
    for (int i = 0; i < DESCRIPTORS_ENDPOINTS; i++) {
        h.type[i] = list[i].max_packet ? list[i].type : usb_redir_type_invalid;
        h.interval[i] = list[i].interval;
        h.interface[i] = list[i].interface;
        h.max_packet_size[i] = list[i].max_packet;
    }
    h.type[0] = h.type[16] = usb_redir_type_control;
    h.max_packet_size[0] = h.max_packet_size[16] = d[7];
    usbredirparser_send_ep_info(s->parser, &h);
}

static void tell_interfaces(struct usbredir_server *s)
{
    struct usb_redir_interface_info_header h = {0};
    struct virtual_setting setting = usbredir_setting(s);
    size_t len, n = 0;
    const uint8_t *d = s->port->device->ops->descriptors(s->port->device, &len);
    const uint8_t *c = descriptors_configuration(d, len, setting.configuration, &n);
    for (size_t at = 0; c && at + USB_DT_INTERFACE_SIZE <= n && c[at] >= 2 && h.interface_count < 32; at += c[at]) {
        const uint8_t *f = c + at;
        if (f[1] != USB_DT_INTERFACE || f[2] >= DESCRIPTORS_INTERFACES_MAX || f[3] != setting.alternate[f[2]])
            continue;
        h.interface[h.interface_count] = f[2];
        h.interface_class[h.interface_count] = f[5];
        h.interface_subclass[h.interface_count] = f[6];
        h.interface_protocol[h.interface_count++] = f[7];
    }
    usbredirparser_send_interface_info(s->parser, &h);
}

void usbredir_tell_setting(struct usbredir_server *s)
{
    tell_interfaces(s);
    tell_endpoints(s);
}

void usbredir_tell_device(struct usbredir_server *s)
{
    size_t len;
    const uint8_t *d = s->port->device->ops->descriptors(s->port->device, &len);
    struct virtual_setting setting = usbredir_setting(s);
    struct virtual_endpoint list[DESCRIPTORS_ENDPOINTS];
    struct usb_redir_device_connect_header h = {.speed = usb_redir_speed_full,
                                                .device_class = d[4],
                                                .device_subclass = d[5],
                                                .device_protocol = d[6],
                                                .vendor_id = (uint16_t)(d[8] | d[9] << 8),
                                                .product_id = (uint16_t)(d[10] | d[11] << 8),
                                                .device_version_bcd = (uint16_t)(d[12] | d[13] << 8)};
    descriptors_endpoints(d, len, &setting, list);
    for (int i = 0; i < DESCRIPTORS_ENDPOINTS; i++) {
        if (list[i].max_packet > FULL_SPEED_PACKET)
            h.speed = usb_redir_speed_high;
    }
    usbredir_tell_setting(s);
    usbredirparser_send_device_connect(s->parser, &h);
}

/* --- what is done ----------------------------------------------------------------------------------------------------- */

static uint8_t status_of(const struct virtual_urb *u)
{
    switch (u->status) {
    case 0:
        return usb_redir_success;
    case -EPIPE:
        return usb_redir_stall;
    case -ENOENT:
        return usb_redir_cancelled;
    case -EOVERFLOW:
        return usb_redir_babble;
    default:
        return usb_redir_ioerror;
    }
}

void usbredir_wait_for_interrupt(struct usbredir_server *s, uint8_t endpoint)
{
    int len = virtual_host_max_packet(s->port->host, endpoint);
    virtual_host_submit(s->port->host, s, RECEIVES | endpoint, endpoint, false, NULL, 0, len);
    virtual_bus_next_frame(s->bus, s->port); /* there may be more, and nobody will ask for it */
}

static void done_interrupt_in(struct usbredir_server *s, struct virtual_urb *u)
{
    struct usb_redir_interrupt_packet_header h = {u->endpoint, usb_redir_success, (uint16_t)u->actual};
    struct usb_redir_interrupt_receiving_status_header ended = {status_of(u), u->endpoint};
    if (u->status == 0) {
        usbredirparser_send_interrupt_packet(s->parser, s->n_interrupts++, &h, u->data, u->actual);
        usbredir_wait_for_interrupt(s, u->endpoint);
    } else if (u->status == -EPIPE) { /* the peer clears it and asks again */
        usbredirparser_send_interrupt_receiving_status(s->parser, 0, &ended);
    }
}

static void done_control(struct usbredir_server *s, struct virtual_urb *u)
{
    const uint8_t *b = u->data;
    bool in = b[0] & USB_DIR_IN;
    struct usb_redir_control_packet_header h = {.endpoint = b[0] & USB_DIR_IN,
                                                .request = b[1],
                                                .requesttype = b[0],
                                                .status = status_of(u),
                                                .value = (uint16_t)(b[2] | b[3] << 8),
                                                .index = (uint16_t)(b[4] | b[5] << 8),
                                                .length = (uint16_t)u->actual};
    usbredirparser_send_control_packet(s->parser, u->id, &h, in ? u->data + 8 : NULL, in ? u->actual : 0);
}

static void done_data(struct usbredir_server *s, struct virtual_urb *u)
{
    bool in = u->endpoint & USB_DIR_IN;
    struct usb_redir_bulk_packet_header bulk = {.endpoint = u->endpoint,
                                                .status = status_of(u),
                                                .length = (uint16_t)u->actual,
                                                .length_high = (uint16_t)((unsigned)u->actual >> 16)};
    struct usb_redir_interrupt_packet_header interrupt = {u->endpoint, status_of(u), (uint16_t)u->actual};
    if (virtual_host_is_interrupt(s->port->host, u->endpoint))
        usbredirparser_send_interrupt_packet(s->parser, u->id, &interrupt, NULL, 0);
    else
        usbredirparser_send_bulk_packet(s->parser, u->id, &bulk, in ? u->data : NULL, in ? u->actual : 0);
}

void usbredir_take_done(struct usbredir_server *s)
{
    struct virtual_urb *u;
    while (s->peer >= 0 && (u = virtual_host_take_done(s->port->host, s))) {
        if (u->id & RECEIVES)
            done_interrupt_in(s, u);
        else if (u->control)
            done_control(s, u);
        else
            done_data(s, u);
        virtual_urb_free(u);
    }
}
