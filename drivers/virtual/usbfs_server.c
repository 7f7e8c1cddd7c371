/* SPDX-License-Identifier: Apache-2.0
 *
 * The socket through which libusbfs.so reaches the devices; the protocol is in usbfs_wire.h.
 */
#include "drivers/virtual/usbfs_server.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"
#include "base/must.h"
#include "base/text.h"
#include "drivers/virtual/sysfs.h"
#include "drivers/virtual/usbfs_wire.h"

struct client {
    struct client *next;
    struct server *server;
    int fd, pipe; /* pipe: read end, -1 when there is none */
    struct loop_fd *source;
    struct virtual_port *port; /* NULL: not an open device */
    bool monitor, dead;
    struct virtual_urb *stuck; /* the socket was full */
};

struct server {
    struct virtual_server base;
    struct virtual_bus *bus;
    struct loop_fd *source;
    int fd;
    char path[sizeof((struct sockaddr_un){0}).sun_path];
    char sysfs[sizeof((struct sockaddr_un){0}).sun_path + 2];
    struct client *clients;
};

/* --- clients ---------------------------------------------------------------------------------------------------------- */

/* Only marks: the list is walked by who calls. */
static void drop_client(struct client *c)
{
    if (c->dead)
        return;
    c->dead = true;
    if (c->port && c->port->host)
        virtual_host_forget(c->port->host, c);
    virtual_urb_free(c->stuck);
    loop_fd_remove(c->source);
    close(c->fd);
    if (c->pipe >= 0)
        close(c->pipe);
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

static bool send_message(struct client *c, const struct usbfs_message *m, const void *data, size_t len)
{
    struct iovec parts[2] = {{(void *)m, sizeof *m}, {(void *)data, len}};
    struct msghdr h = {.msg_iov = parts, .msg_iovlen = len > 0 ? 2 : 1};
    if (sendmsg(c->fd, &h, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0)
        return true;
    if (errno != EAGAIN)
        drop_client(c);
    return false;
}

/* False when the socket is full. */
static bool send_done(struct client *c, const struct virtual_urb *u)
{
    struct usbfs_message m = {
        .op = USBFS_DONE, .urb = u->id, .status = u->status, .length = (uint32_t)u->actual, .endpoint = u->endpoint};
    bool in = u->control ? u->data[0] & 0x80 : u->endpoint & 0x80;
    const uint8_t *data = u->data + (u->control ? 8 : 0);
    return send_message(c, &m, data, in ? (size_t)u->actual : 0) || c->dead;
}

/* Sends what is finished, and lets the client see that there is something. */
static void flush_client(struct client *c)
{
    char page[4096];
    struct virtual_urb *u;
    bool sent = false;
    while (!c->dead && c->port && (u = c->stuck ? c->stuck : virtual_host_take_done(c->port->host, c))) {
        c->stuck = u;
        if (!send_done(c, u))
            break;
        if (c->dead)
            return;
        c->stuck = NULL;
        virtual_urb_free(u);
        sent = true;
    }
    if (c->dead)
        return;
    loop_fd_events(c->source, c->stuck ? POLLIN | POLLOUT : POLLIN);
    if (sent)
        while (read(c->pipe, page, sizeof page) > 0)
            ;
}

static void announce(struct client *c, const struct virtual_port *p, enum usbfs_op op)
{
    struct usbfs_message m = {.op = op, .address = (uint16_t)p->address};
    text_copy(m.port, sizeof m.port, p->name);
    if (!send_message(c, &m, NULL, 0))
        drop_client(c);
}

static void announce_to_all(struct server *s, const struct virtual_port *p, enum usbfs_op op)
{
    for (struct client *c = s->clients; c; c = c->next) {
        if (c->monitor && !c->dead)
            announce(c, p, op);
    }
}

/* --- what the bus says ------------------------------------------------------------------------------------------------- */

static void plugged(struct virtual_server *base, struct virtual_port *p)
{
    struct server *s = (struct server *)base;
    struct err e;
    if (sysfs_add(s->sysfs, p->name, p->address, p->device, &e) < 0)
        log_error("bus", "plug %s: %s", p->role, e.text);
    else
        announce_to_all(s, p, USBFS_ADD);
}

static void unplugged(struct virtual_server *base, struct virtual_port *p)
{
    struct server *s = (struct server *)base;
    sysfs_remove(s->sysfs, p->name, p->address);
    for (struct client *c = s->clients; c; c = c->next) {
        if (c->port != p || c->dead)
            continue;
        flush_client(c);
        drop_client(c);
    }
    announce_to_all(s, p, USBFS_REMOVE);
}

static void ran(struct virtual_server *base, struct virtual_port *p)
{
    struct server *s = (struct server *)base;
    for (struct client *c = s->clients; c && p->host; c = c->next) {
        if (c->port == p)
            flush_client(c);
    }
}

static void destroy(struct virtual_server *base)
{
    struct server *s = (struct server *)base;
    for (struct client *c = s->clients; c; c = c->next)
        drop_client(c);
    sweep_clients(s);
    loop_fd_remove(s->source);
    if (s->fd >= 0) {
        close(s->fd);
        unlink(s->path);
        sysfs_destroy(s->sysfs);
    }
    free(s);
}

/* --- requests --------------------------------------------------------------------------------------------------------- */

static void open_device(struct client *c, int address, int pipe_fd)
{
    c->pipe = pipe_fd;
    c->port = virtual_bus_by_address(c->server->bus, address);
    if (!c->port || pipe_fd < 0)
        drop_client(c);
}

static void submit(struct client *c, const struct usbfs_message *m, const uint8_t *data, size_t n)
{
    struct virtual_host *h = c->port->host;
    bool in = m->control ? n > 0 && data[0] & 0x80 : m->endpoint & 0x80;
    size_t expected = !in ? m->length : m->control ? 8 : 0;
    if (m->length > USBFS_URB_MAX || n != expected || (m->control && m->length < 8)) {
        log_warn("bus", "a program breaks the protocol: dropped");
        drop_client(c);
        return;
    }
    virtual_host_submit(h, c, m->urb, m->endpoint, m->control, data, n, (int)m->length);
}

static void start_monitor(struct client *c)
{
    struct virtual_bus *b = c->server->bus;
    c->monitor = true;
    for (int i = 0; i < b->n_ports && !c->dead; i++) {
        if (b->ports[i].host)
            announce(c, &b->ports[i], USBFS_ADD);
    }
    static const struct virtual_port none;
    if (!c->dead)
        announce(c, &none, USBFS_ALL_TOLD);
}

static void handle(struct client *c, const struct usbfs_message *m, const uint8_t *data, size_t n, int passed_fd)
{
    bool opens = m->op == USBFS_OPEN && !c->port;
    if (passed_fd >= 0 && !opens)
        close(passed_fd);
    if (opens) {
        open_device(c, m->address, passed_fd);
    } else if (m->op == USBFS_MONITOR) {
        start_monitor(c);
    } else if (!c->port) {
        drop_client(c);
    } else if (m->op == USBFS_SUBMIT) {
        submit(c, m, data, n);
    } else if (m->op == USBFS_DISCARD) {
        virtual_host_discard(c->port->host, c, m->urb);
    } else if (m->op == USBFS_CLEAR_HALT) {
        virtual_host_clear_halt(c->port->host, m->endpoint);
    } else if (m->op == USBFS_RESET) {
        virtual_host_reset(c->port->host);
    } else if (m->op == USBFS_SET_CONFIGURATION) {
        virtual_host_set_configuration(c->port->host, (int)m->length);
    } else if (m->op == USBFS_SET_INTERFACE) {
        virtual_host_set_interface(c->port->host, (int)m->length, m->control);
    }
    if (!c->dead && c->port)
        virtual_bus_run(c->server->bus, c->port);
}

static int passed_descriptor(struct msghdr *h)
{
    int fd = -1;
    struct cmsghdr *a = CMSG_FIRSTHDR(h);
    if (a && a->cmsg_level == SOL_SOCKET && a->cmsg_type == SCM_RIGHTS)
        memcpy(&fd, CMSG_DATA(a), sizeof fd);
    return fd;
}

/* One message. False when there is none. */
static bool receive(struct client *c)
{
    static uint8_t data[USBFS_URB_MAX];
    struct usbfs_message m;
    _Alignas(struct cmsghdr) char extra[CMSG_SPACE(sizeof(int))];
    struct iovec parts[2] = {{&m, sizeof m}, {data, sizeof data}};
    struct msghdr h = {.msg_iov = parts, .msg_iovlen = 2, .msg_control = extra, .msg_controllen = sizeof extra};
    ssize_t n = recvmsg(c->fd, &h, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return false;
    if (n < (ssize_t)sizeof m) {
        drop_client(c);
        return false;
    }
    handle(c, &m, data, (size_t)n - sizeof m, passed_descriptor(&h));
    explicit_bzero(data, (size_t)n - sizeof m);
    return !c->dead;
}

static void on_client(void *ctx, int fd, short revents)
{
    struct client *c = ctx;
    struct server *s = c->server;
    if (revents & POLLOUT)
        flush_client(c);
    while (!c->dead && receive(c))
        ;
    sweep_clients(s);
}

static void on_connection(void *ctx, int fd, short revents)
{
    struct server *s = ctx;
    int peer = accept4(fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (peer < 0)
        return;
    struct client *c = calloc(1, sizeof *c);
    must(c, "out of memory");
    *c = (struct client){.server = s, .fd = peer, .pipe = -1, .next = s->clients};
    c->source = loop_add_fd(s->bus->loop, peer, POLLIN, on_client, c);
    s->clients = c;
}

/* --- starting --------------------------------------------------------------------------------------------------------- */

static int open_socket(struct server *s, struct err *e)
{
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    text_copy(a.sun_path, sizeof a.sun_path, s->path);
    s->fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (s->fd < 0)
        return err_errno(e, "make a socket");
    unlink(s->path);
    if (bind(s->fd, (const struct sockaddr *)&a, sizeof a) < 0 || listen(s->fd, 16) < 0)
        return err_errno(e, "listen on %s", s->path);
    return 0;
}

int usbfs_server_start(struct virtual_bus *b, const char *path, struct err *e)
{
    struct server *s = calloc(1, sizeof *s);
    if (!s)
        return err_set(e, ERR_NOMEM, "make a bus");
    *s = (struct server){
        .base = {.plugged = plugged, .unplugged = unplugged, .ran = ran, .destroy = destroy}, .bus = b, .fd = -1};
    int rc = 0;
    if ((size_t)snprintf(s->path, sizeof s->path, "%s.usb", path) >= sizeof s->path)
        rc = err_set(e, ERR_TOOLONG, "the socket's path is too long: %s", path);
    snprintf(s->sysfs, sizeof s->sysfs, "%s.d", s->path);
    if (rc == 0)
        rc = sysfs_create(s->sysfs, e);
    if (rc == 0)
        rc = open_socket(s, e);
    if (rc < 0) {
        destroy(&s->base);
        return rc;
    }
    s->source = loop_add_fd(b->loop, s->fd, POLLIN, on_connection, s);
    virtual_bus_add_server(b, &s->base);
    return 0;
}
