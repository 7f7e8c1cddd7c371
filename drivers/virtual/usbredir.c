/* SPDX-License-Identifier: Apache-2.0
 *
 * See usbredir.h: the peer, and what it asks for. What the parser is told inside one of its own callbacks is only queued;
 * push() sends it afterwards.
 */
#include "drivers/virtual/usbredir.h"

#include <errno.h>
#include <linux/usb/ch9.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"
#include "base/must.h"
#include "base/text.h"
#include "drivers/virtual/usbredir_parts.h"

#define TRANSFER_MAX (1024 * 1024)

/* --- the peer --------------------------------------------------------------------------------------------------------- */

static void forget_peer(struct usbredir_server *s)
{
    if (s->peer < 0)
        return;
    if (s->port->host)
        virtual_host_forget(s->port->host, s);
    loop_fd_remove(s->peer_source);
    close(s->peer);
    usbredirparser_destroy(s->parser);
    s->peer = -1;
    s->greeted = s->lost = false;
}

static void push(struct usbredir_server *s)
{
    if (s->peer < 0 || s->reading)
        return;
    if (!s->lost && usbredirparser_has_data_to_write(s->parser) && usbredirparser_do_write(s->parser) < 0)
        s->lost = true;
    if (s->lost)
        forget_peer(s);
    else
        loop_fd_events(s->peer_source, usbredirparser_has_data_to_write(s->parser) ? POLLIN | POLLOUT : POLLIN);
}

/* --- what the peer says ----------------------------------------------------------------------------------------------- */

static void on_hello(void *ctx, struct usb_redir_hello_header *h)
{
    struct usbredir_server *s = ctx;
    s->greeted = true;
    log_info("usbredir", "%s at %s is attached elsewhere", s->port->role, s->port->name);
    if (s->port->host)
        usbredir_tell_device(s);
}

static void on_reset(void *ctx)
{
    struct usbredir_server *s = ctx;
    if (s->port->host)
        virtual_host_reset(s->port->host);
}

static void on_set_configuration(void *ctx, uint64_t id, struct usb_redir_set_configuration_header *h)
{
    struct usbredir_server *s = ctx;
    bool ok = s->port->host && virtual_host_set_configuration(s->port->host, h->configuration);
    struct usb_redir_configuration_status_header r = {ok ? usb_redir_success : usb_redir_inval, h->configuration};
    if (ok)
        usbredir_tell_setting(s);
    usbredirparser_send_configuration_status(s->parser, id, &r);
}

static void on_get_configuration(void *ctx, uint64_t id)
{
    struct usbredir_server *s = ctx;
    struct usb_redir_configuration_status_header r = {usb_redir_ioerror, 0};
    if (s->port->host)
        r = (struct usb_redir_configuration_status_header){usb_redir_success, usbredir_setting(s).configuration};
    usbredirparser_send_configuration_status(s->parser, id, &r);
}

static void on_set_alternate(void *ctx, uint64_t id, struct usb_redir_set_alt_setting_header *h)
{
    struct usbredir_server *s = ctx;
    bool ok = s->port->host && virtual_host_set_interface(s->port->host, h->interface, h->alt);
    struct usb_redir_alt_setting_status_header r = {ok ? usb_redir_success : usb_redir_inval, h->interface, h->alt};
    if (ok)
        usbredir_tell_setting(s);
    usbredirparser_send_alt_setting_status(s->parser, id, &r);
}

static void on_get_alternate(void *ctx, uint64_t id, struct usb_redir_get_alt_setting_header *h)
{
    struct usbredir_server *s = ctx;
    struct usb_redir_alt_setting_status_header r = {usb_redir_inval, h->interface, 0};
    if (s->port->host && h->interface < DESCRIPTORS_INTERFACES_MAX)
        r = (struct usb_redir_alt_setting_status_header){usb_redir_success, h->interface,
                                                         usbredir_setting(s).alternate[h->interface]};
    usbredirparser_send_alt_setting_status(s->parser, id, &r);
}

static void on_control(void *ctx, uint64_t id, struct usb_redir_control_packet_header *h, uint8_t *data, int n)
{
    struct usbredir_server *s = ctx;
    uint8_t setup[8] = {
        h->requesttype,           h->request,         (uint8_t)h->value,        (uint8_t)(h->value >> 8), (uint8_t)h->index,
        (uint8_t)(h->index >> 8), (uint8_t)h->length, (uint8_t)(h->length >> 8)};
    struct buf whole;
    buf_init(&whole, sizeof setup + UINT16_MAX);
    buf_add(&whole, setup, sizeof setup);
    buf_add(&whole, data, (size_t)n);
    if (s->port->host)
        virtual_host_submit(s->port->host, s, id & ~RECEIVES, 0, true, whole.data, whole.len, 8 + h->length);
    buf_finish(&whole);
    usbredirparser_free_packet_data(s->parser, data);
}

static void submit(struct usbredir_server *s, uint64_t id, uint8_t endpoint, uint8_t *data, int n, size_t len)
{
    if (s->port->host && len <= TRANSFER_MAX)
        virtual_host_submit(s->port->host, s, id & ~RECEIVES, endpoint, false, data, (size_t)n, (int)len);
    else if (s->port->host)
        s->lost = true; /* what asks for so much is not a machine we can serve */
    usbredirparser_free_packet_data(s->parser, data);
}

static void on_bulk(void *ctx, uint64_t id, struct usb_redir_bulk_packet_header *h, uint8_t *data, int n)
{
    submit(ctx, id, h->endpoint, data, n, h->length | (size_t)h->length_high << 16);
}

static void on_interrupt(void *ctx, uint64_t id, struct usb_redir_interrupt_packet_header *h, uint8_t *data, int n)
{
    submit(ctx, id, h->endpoint, data, n, h->length);
}

static void answer_receiving(struct usbredir_server *s, uint64_t id, uint8_t endpoint, bool ok)
{
    struct usb_redir_interrupt_receiving_status_header r = {ok ? usb_redir_success : usb_redir_inval, endpoint};
    usbredirparser_send_interrupt_receiving_status(s->parser, id, &r);
}

static void on_start_interrupt(void *ctx, uint64_t id, struct usb_redir_start_interrupt_receiving_header *h)
{
    struct usbredir_server *s = ctx;
    bool ok = s->port->host && h->endpoint & USB_DIR_IN && virtual_host_is_interrupt(s->port->host, h->endpoint);
    if (ok && virtual_host_discard(s->port->host, s, RECEIVES | h->endpoint))
        usbredir_take_done(s); /* it was started already */
    if (ok)
        usbredir_wait_for_interrupt(s, h->endpoint);
    answer_receiving(s, id, h->endpoint, ok);
}

static void on_stop_interrupt(void *ctx, uint64_t id, struct usb_redir_stop_interrupt_receiving_header *h)
{
    struct usbredir_server *s = ctx;
    if (s->port->host)
        virtual_host_discard(s->port->host, s, RECEIVES | h->endpoint);
    answer_receiving(s, id, h->endpoint, true);
}

static void on_cancel(void *ctx, uint64_t id)
{
    struct usbredir_server *s = ctx;
    if (s->port->host)
        virtual_host_discard(s->port->host, s, id & ~RECEIVES);
}

static void on_filter(void *ctx, struct usbredirfilter_rule *rules, int n)
{
    free(rules);
}

static void on_nothing(void *ctx)
{
}

/* --- the socket ------------------------------------------------------------------------------------------------------- */

static int read_some(void *ctx, uint8_t *data, int count)
{
    struct usbredir_server *s = ctx;
    ssize_t n = recv(s->peer, data, (size_t)count, MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return 0;
    if (n <= 0)
        s->lost = true;
    return n > 0 ? (int)n : -1;
}

static int write_some(void *ctx, uint8_t *data, int count)
{
    struct usbredir_server *s = ctx;
    ssize_t n = send(s->peer, data, (size_t)count, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return 0;
    return n < 0 ? -1 : (int)n;
}

static void on_log(void *ctx, int level, const char *text)
{
    if (level <= usbredirparser_warning)
        log_warn("usbredir", "%s", text);
}

static struct usbredirparser *create_parser(struct usbredir_server *s)
{
    static const int caps[] = {
        usb_redir_cap_connect_device_version,  usb_redir_cap_filter,     usb_redir_cap_device_disconnect_ack,
        usb_redir_cap_ep_info_max_packet_size, usb_redir_cap_64bits_ids, usb_redir_cap_32bits_bulk_length};
    uint32_t bits[USB_REDIR_CAPS_SIZE] = {0};
    struct usbredirparser *p = usbredirparser_create();
    must(p, "out of memory");
    p->priv = s;
    p->log_func = on_log;
    p->read_func = read_some;
    p->write_func = write_some;
    p->hello_func = on_hello;
    p->reset_func = on_reset;
    p->set_configuration_func = on_set_configuration;
    p->get_configuration_func = on_get_configuration;
    p->set_alt_setting_func = on_set_alternate;
    p->get_alt_setting_func = on_get_alternate;
    p->start_interrupt_receiving_func = on_start_interrupt;
    p->stop_interrupt_receiving_func = on_stop_interrupt;
    p->cancel_data_packet_func = on_cancel;
    p->control_packet_func = on_control;
    p->bulk_packet_func = on_bulk;
    p->interrupt_packet_func = on_interrupt;
    p->filter_reject_func = on_nothing;
    p->filter_filter_func = on_filter;
    p->device_disconnect_ack_func = on_nothing;
    for (size_t i = 0; i < sizeof caps / sizeof *caps; i++)
        usbredirparser_caps_set_cap(bits, caps[i]);
    usbredirparser_init(p, "tongban desk", bits, USB_REDIR_CAPS_SIZE, usbredirparser_fl_usb_host);
    return p;
}

/* Who breaks the protocol is dropped. */
static void on_peer(void *ctx, int fd, short revents)
{
    struct usbredir_server *s = ctx;
    s->reading = true;
    if (revents & (POLLIN | POLLHUP | POLLERR) && usbredirparser_do_read(s->parser) < 0)
        s->lost = true;
    if (s->port->host)
        virtual_bus_run(s->bus, s->port);
    s->reading = false;
    push(s);
}

static void on_connection(void *ctx, int fd, short revents)
{
    struct usbredir_server *s = ctx;
    int peer = accept4(fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (peer < 0)
        return;
    if (s->peer >= 0) {
        close(peer);
        return;
    }
    s->peer = peer;
    s->parser = create_parser(s);
    s->peer_source = loop_add_fd(s->bus->loop, peer, POLLIN, on_peer, s);
    push(s);
}

/* --- what the bus says ------------------------------------------------------------------------------------------------ */

static void plugged(struct virtual_server *base, struct virtual_port *p)
{
    struct usbredir_server *s = (struct usbredir_server *)base;
    if (p != s->port || !s->greeted)
        return;
    usbredir_tell_device(s);
    push(s);
}

static void unplugged(struct virtual_server *base, struct virtual_port *p)
{
    struct usbredir_server *s = (struct usbredir_server *)base;
    if (p != s->port || !s->greeted)
        return;
    usbredir_take_done(s);
    usbredirparser_send_device_disconnect(s->parser);
    push(s);
}

static void ran(struct virtual_server *base, struct virtual_port *p)
{
    struct usbredir_server *s = (struct usbredir_server *)base;
    if (p != s->port || s->peer < 0)
        return;
    usbredir_take_done(s);
    push(s);
}

static void destroy(struct virtual_server *base)
{
    struct usbredir_server *s = (struct usbredir_server *)base;
    forget_peer(s);
    loop_fd_remove(s->source);
    if (s->fd >= 0) {
        close(s->fd);
        unlink(s->path);
    }
    free(s);
}

static int listen_at(struct usbredir_server *s, const char *path, struct err *e)
{
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    if (!text_copy(a.sun_path, sizeof a.sun_path, path))
        return err_set(e, ERR_TOOLONG, "the socket's path is too long: %s", path);
    text_copy(s->path, sizeof s->path, path);
    s->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (s->fd < 0)
        return err_errno(e, "make a socket");
    unlink(path);
    if (bind(s->fd, (const struct sockaddr *)&a, sizeof a) < 0 || listen(s->fd, 4) < 0)
        return err_errno(e, "listen for usb-redir at %s", path);
    return 0;
}

int usbredir_start(struct virtual_bus *b, const char *role, const char *path, struct err *e)
{
    struct virtual_port *p = virtual_bus_by_role(b, role);
    if (!p)
        return err_set(e, ERR_NOTFOUND, "there is no %s on this desk", role);
    struct usbredir_server *s = calloc(1, sizeof *s);
    if (!s)
        return err_set(e, ERR_NOMEM, "serve usb-redir");
    *s = (struct usbredir_server){.base = {.plugged = plugged, .unplugged = unplugged, .ran = ran, .destroy = destroy},
                                  .bus = b,
                                  .port = p,
                                  .fd = -1,
                                  .peer = -1};
    int rc = listen_at(s, path, e);
    if (rc < 0) {
        destroy(&s->base);
        return rc;
    }
    s->source = loop_add_fd(b->loop, s->fd, POLLIN, on_connection, s);
    virtual_bus_add_server(b, &s->base);
    return 0;
}
