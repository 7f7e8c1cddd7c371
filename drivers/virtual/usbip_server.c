/* SPDX-License-Identifier: Apache-2.0
 *
 * See usbip_server.h. A connection is one question (what is there) or, after an import, one device's transfers.
 */
#include "drivers/virtual/usbip_server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/usb/ch9.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "base/must.h"
#include "base/text.h"
#include "drivers/virtual/bus_parts.h"
#include "drivers/virtual/usbip_wire.h"

#define READ_AT_ONCE 65536
#define OUT_MAX (64 * USBIP_TRANSFER_MAX)
#define FULL_SPEED_PACKET 64

struct client {
    struct client *next;
    struct server *server;
    int fd;
    struct loop_fd *source;
    struct buf in, out;
    struct virtual_port *port; /* NULL: nothing imported yet */
    bool last;                 /* the answer that is being sent ends the connection */
    bool dead;
};

struct server {
    struct virtual_server base;
    struct virtual_bus *bus;
    struct loop_fd *source;
    int fd;
    struct client *clients;
};

/* --- sending ---------------------------------------------------------------------------------------------------------- */

/* Only marks: the list is walked by who calls. */
static void drop_client(struct client *c)
{
    if (c->dead)
        return;
    c->dead = true;
    if (c->port && c->port->host)
        virtual_host_forget(c->port->host, c);
    loop_fd_remove(c->source);
    close(c->fd);
    buf_finish(&c->in);
    buf_finish(&c->out);
}

static void sweep_clients(struct server *s)
{
    for (struct client **at = &s->clients, *c; (c = *at);) {
        if (!c->dead) {
            at = &c->next;
            continue;
        }
        *at = c->next;
        free(c);
    }
}

static void push(struct client *c)
{
    while (!c->dead && c->out.len > 0) {
        ssize_t n = send(c->fd, c->out.data, c->out.len, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (n < 0 && errno == EAGAIN)
            break;
        if (n < 0 && errno != EINTR)
            drop_client(c);
        else if (n > 0)
            buf_drop(&c->out, (size_t)n);
    }
    if (!c->dead && !buf_ok(&c->out)) {
        log_warn("usbip", "a machine does not take what it asked for: dropped");
        drop_client(c);
    }
    if (!c->dead && c->last && c->out.len == 0)
        drop_client(c);
    if (!c->dead)
        loop_fd_events(c->source, c->out.len > 0 ? POLLIN | POLLOUT : POLLIN);
}

static void send_return(struct client *c, enum usbip_command_code code, uint32_t sequence, int status, uint32_t actual)
{
    uint8_t bytes[USBIP_COMMAND_LEN];
    usbip_encode_return(code, sequence, status, actual, bytes);
    buf_add(&c->out, bytes, sizeof bytes);
}

/* A transfer that was withdrawn is answered by the answer to its withdrawal. */
static void take_done(struct client *c)
{
    struct virtual_urb *u;
    while (c->port && (u = virtual_host_take_done(c->port->host, c))) {
        bool in = u->control ? u->data[0] & USB_DIR_IN : u->endpoint & USB_DIR_IN;
        if (u->status != -ENOENT) {
            send_return(c, USBIP_RET_SUBMIT, (uint32_t)u->id, u->status, (uint32_t)u->actual);
            if (in)
                buf_add(&c->out, u->data + (u->control ? 8 : 0), (size_t)u->actual);
        }
        virtual_urb_free(u);
    }
}

/* --- what is there ---------------------------------------------------------------------------------------------------- */

static uint32_t speed_of(const uint8_t *d, size_t len)
{
    struct virtual_setting s = {.configuration = (uint8_t)descriptors_first(d, len)};
    struct virtual_endpoint list[DESCRIPTORS_ENDPOINTS];
    descriptors_endpoints(d, len, &s, list);
    for (int i = 0; i < DESCRIPTORS_ENDPOINTS; i++) {
        if (list[i].max_packet > FULL_SPEED_PACKET)
            return USB_SPEED_HIGH;
    }
    return USB_SPEED_FULL;
}

static void describe(const struct virtual_port *p, struct buf *out, bool interfaces)
{
    uint8_t bytes[USBIP_DEVICE_LEN];
    size_t len, n = 0;
    const uint8_t *d = p->device->ops->descriptors(p->device, &len), *c = descriptors_nth(d, len, 0, &n);
    struct usbip_device device = {.busid = p->name,
                                  .bus = 1,
                                  .address = (uint32_t)p->address,
                                  .speed = speed_of(d, len),
                                  .vendor = (uint16_t)(d[8] | d[9] << 8),
                                  .product = (uint16_t)(d[10] | d[11] << 8),
                                  .release = (uint16_t)(d[12] | d[13] << 8),
                                  .class_ = d[4],
                                  .subclass = d[5],
                                  .protocol = d[6],
                                  .configuration = c ? c[5] : 0,
                                  .n_configurations = d[17],
                                  .n_interfaces = c ? c[4] : 0};
    usbip_encode_device(&device, bytes);
    buf_add(out, bytes, sizeof bytes);
    int told = 0;
    for (size_t at = 0; interfaces && c && at + 2 <= n && c[at] >= 2; at += c[at]) {
        if (c[at + 1] != USB_DT_INTERFACE || c[at + 3] != 0 || told == device.n_interfaces)
            continue;
        const uint8_t four[USBIP_INTERFACE_LEN] = {c[at + 5], c[at + 6], c[at + 7]};
        buf_add(out, four, sizeof four);
        told++;
    }
}

static void answer_list(struct client *c)
{
    const struct virtual_bus *b = c->server->bus;
    uint8_t op[USBIP_OP_LEN];
    uint32_t n = 0;
    for (int i = 0; i < b->n_ports; i++)
        n += b->ports[i].host != NULL;
    usbip_encode_op(USBIP_REP_DEVLIST, USBIP_OK, op);
    buf_add(&c->out, op, sizeof op);
    buf_add_be32(&c->out, n);
    for (int i = 0; i < b->n_ports; i++) {
        if (b->ports[i].host)
            describe(&b->ports[i], &c->out, true);
    }
    c->last = true;
}

static bool is_imported(const struct server *s, const struct virtual_port *p)
{
    for (const struct client *c = s->clients; c; c = c->next) {
        if (!c->dead && c->port == p)
            return true;
    }
    return false;
}

static void answer_import(struct client *c, const uint8_t *busid)
{
    struct virtual_bus *b = c->server->bus;
    enum usbip_status status = USBIP_NOT_THERE;
    struct virtual_port *found = NULL;
    uint8_t op[USBIP_OP_LEN];
    for (int i = 0; i < b->n_ports; i++) {
        if (b->ports[i].host && !strncmp(b->ports[i].name, (const char *)busid, USBIP_BUSID_LEN))
            found = &b->ports[i];
    }
    if (found)
        status = is_imported(c->server, found) ? USBIP_BUSY : USBIP_OK;
    usbip_encode_op(USBIP_REP_IMPORT, status, op);
    buf_add(&c->out, op, sizeof op);
    if (status == USBIP_OK) {
        describe(found, &c->out, false);
        c->port = found;
        log_info("usbip", "%s at %s is attached elsewhere", found->role, found->name);
    } else {
        c->last = true;
    }
}

/* --- receiving -------------------------------------------------------------------------------------------------------- */

/* Bytes used, 0 when more are needed, or a negative code. */
static int take_op(struct client *c)
{
    enum usbip_op op;
    if (c->in.len < USBIP_OP_LEN)
        return 0;
    int rc = usbip_decode_op(c->in.data, &op);
    if (rc < 0)
        return rc;
    if (op == USBIP_REQ_DEVLIST) {
        answer_list(c);
        return USBIP_OP_LEN;
    }
    if (c->in.len < USBIP_OP_LEN + USBIP_BUSID_LEN)
        return 0;
    answer_import(c, c->in.data + USBIP_OP_LEN);
    return USBIP_OP_LEN + USBIP_BUSID_LEN;
}

static void submit(struct client *c, const struct usbip_command *m, const uint8_t *data)
{
    struct virtual_host *h = c->port->host;
    struct buf whole;
    uint8_t endpoint = (uint8_t)(m->endpoint | (m->in ? USB_DIR_IN : 0));
    if (m->endpoint != 0) {
        virtual_host_submit(h, c, m->sequence, endpoint, false, data, m->in ? 0 : m->length, (int)m->length);
        return;
    }
    buf_init(&whole, 8 + USBIP_TRANSFER_MAX);
    buf_add(&whole, m->setup, sizeof m->setup);
    if (!m->in)
        buf_add(&whole, data, m->length);
    virtual_host_submit(h, c, m->sequence, 0, true, whole.data, whole.len, 8 + (int)m->length);
    buf_finish(&whole);
}

static int take_command(struct client *c)
{
    struct usbip_command m;
    if (c->in.len < USBIP_COMMAND_LEN)
        return 0;
    int rc = usbip_decode_command(c->in.data, &m);
    if (rc < 0)
        return rc;
    if (m.code == USBIP_CMD_UNLINK) {
        bool waited = virtual_host_discard(c->port->host, c, m.victim);
        take_done(c);
        send_return(c, USBIP_RET_UNLINK, m.sequence, waited ? -ECONNRESET : 0, 0);
        return USBIP_COMMAND_LEN;
    }
    size_t follows = m.in ? 0 : m.length;
    if (c->in.len < USBIP_COMMAND_LEN + follows)
        return 0;
    submit(c, &m, c->in.data + USBIP_COMMAND_LEN);
    return (int)(USBIP_COMMAND_LEN + follows);
}

static void take_all(struct client *c)
{
    int used = 1;
    while (!c->dead && !c->last && used > 0) {
        used = c->port ? take_command(c) : take_op(c);
        if (used > 0)
            buf_drop(&c->in, (size_t)used);
        if (used > 0 && c->port)
            virtual_bus_run(c->server->bus, c->port); /* it may be gone afterwards */
    }
    if (used < 0) {
        log_warn("usbip", "a machine breaks the protocol (%s): dropped", err_meaning(used));
        drop_client(c);
    }
}

static void on_client(void *ctx, int fd, short revents)
{
    static uint8_t bytes[READ_AT_ONCE];
    struct client *c = ctx;
    struct server *s = c->server;
    ssize_t n = revents & (POLLIN | POLLHUP | POLLERR) ? recv(fd, bytes, sizeof bytes, MSG_DONTWAIT) : -1;
    if (n > 0) {
        buf_add(&c->in, bytes, (size_t)n);
        explicit_bzero(bytes, (size_t)n);
        take_all(c);
    } else if (n == 0 || (revents & POLLIN && errno != EAGAIN && errno != EINTR)) {
        drop_client(c);
    }
    if (!c->dead)
        push(c);
    sweep_clients(s);
}

static void on_connection(void *ctx, int fd, short revents)
{
    struct server *s = ctx;
    const int yes = 1;
    int peer = accept4(fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (peer < 0)
        return;
    setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    struct client *c = calloc(1, sizeof *c);
    must(c, "out of memory");
    *c = (struct client){.server = s, .fd = peer, .next = s->clients};
    buf_init(&c->in, USBIP_COMMAND_LEN + USBIP_TRANSFER_MAX + READ_AT_ONCE);
    buf_init(&c->out, OUT_MAX);
    c->source = loop_add_fd(s->bus->loop, peer, POLLIN, on_client, c);
    s->clients = c;
}

/* --- what the bus says ------------------------------------------------------------------------------------------------ */

static void plugged(struct virtual_server *base, struct virtual_port *p)
{
}

static void ran(struct virtual_server *base, struct virtual_port *p)
{
    for (struct client *c = ((struct server *)base)->clients; c; c = c->next) {
        if (c->dead || c->port != p)
            continue;
        take_done(c);
        push(c);
    }
}

/* For vhci_hcd the end of the connection is the unplugging. */
static void unplugged(struct virtual_server *base, struct virtual_port *p)
{
    ran(base, p);
    for (struct client *c = ((struct server *)base)->clients; c; c = c->next) {
        if (c->port == p)
            drop_client(c);
    }
}

static void destroy(struct virtual_server *base)
{
    struct server *s = (struct server *)base;
    for (struct client *c = s->clients; c; c = c->next)
        drop_client(c);
    sweep_clients(s);
    loop_fd_remove(s->source);
    if (s->fd >= 0)
        close(s->fd);
    free(s);
}

/* --- starting --------------------------------------------------------------------------------------------------------- */

static int parse_where(const char *where, struct sockaddr_in *ret, struct err *e)
{
    char address[INET_ADDRSTRLEN] = "127.0.0.1";
    const char *port = strrchr(where, ':');
    bool fits = !port || (size_t)(port - where) < sizeof address;
    if (port && fits)
        snprintf(address, sizeof address, "%.*s", (int)(port - where), where);
    port = port ? port + 1 : where;
    unsigned long n = strtoul(port, NULL, 10);
    *ret = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)n)};
    if (!fits || *port == '\0' || port[strspn(port, "0123456789")] || n > 65535 ||
        inet_pton(AF_INET, address, &ret->sin_addr) != 1)
        return err_set(e, ERR_INVALID, "\"%s\" is neither PORT nor ADDRESS:PORT", where);
    return 0;
}

int usbip_server_check(const char *where, struct err *e)
{
    struct sockaddr_in a;

    return parse_where(where, &a, e);
}

static int listen_at(struct server *s, const char *where, int *ret_port, struct err *e)
{
    struct sockaddr_in a;
    socklen_t len = sizeof a;
    const int yes = 1;
    int rc = parse_where(where, &a, e);
    if (rc < 0)
        return rc;
    s->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (s->fd < 0)
        return err_errno(e, "make a socket");
    setsockopt(s->fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(s->fd, (const struct sockaddr *)&a, sizeof a) < 0 || listen(s->fd, 16) < 0 ||
        getsockname(s->fd, (struct sockaddr *)&a, &len) < 0)
        return err_errno(e, "listen for USB/IP at %s", where);
    if (ret_port)
        *ret_port = ntohs(a.sin_port);
    return 0;
}

int usbip_server_start(struct virtual_bus *b, const char *where, int *ret_port, struct err *e)
{
    struct server *s = calloc(1, sizeof *s);
    if (!s)
        return err_set(e, ERR_NOMEM, "serve USB/IP");
    *s = (struct server){
        .base = {.plugged = plugged, .unplugged = unplugged, .ran = ran, .destroy = destroy}, .bus = b, .fd = -1};
    int rc = listen_at(s, where, ret_port, e);
    if (rc < 0) {
        destroy(&s->base);
        return rc;
    }
    s->source = loop_add_fd(b->loop, s->fd, POLLIN, on_connection, s);
    virtual_bus_add_server(b, &s->base);
    return 0;
}
