/* SPDX-License-Identifier: Apache-2.0
 *
 * See bus.h; the protocol is in usbfs_wire.h. Each plugging gives a device a new address, as the kernel does.
 */
#include "drivers/virtual/bus.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "drivers/virtual/host.h"
#include "drivers/virtual/sysfs.h"
#include "drivers/virtual/usbfs_wire.h"

#define SLOTS_MAX 8
#define ADDRESS_MAX 127
#define SETTLE_STEPS 100

struct slot {
    char role[16], port[USBFS_PORT_MAX];
    struct virtual_device *device;
    struct virtual_host *host; /* NULL: unplugged */
    int address;
    int64_t due; /* when the model wants to be called, -1 never */
};

struct client {
    struct client *next;
    struct virtual_bus *bus;
    int fd, pipe; /* pipe: read end, -1 when there is none */
    struct loop_fd *source;
    struct slot *slot; /* NULL: not an open device */
    bool monitor, dead;
    struct virtual_urb *stuck; /* the socket was full */
};

struct virtual_bus {
    struct loop *loop;
    struct loop_fd *source;
    struct loop_timer *timer;
    int fd;
    char path[sizeof((struct sockaddr_un){0}).sun_path];
    char sysfs[sizeof((struct sockaddr_un){0}).sun_path + 2];
    struct slot slots[SLOTS_MAX];
    int n_slots, last_address;
    struct client *clients;
};

/* --- clients ---------------------------------------------------------------------------------------------------------- */

/* Only marks: the list is walked by who calls. */
static void drop_client(struct client *c)
{
    if (c->dead)
        return;
    c->dead = true;
    if (c->slot && c->slot->host)
        virtual_host_forget(c->slot->host, c);
    virtual_urb_free(c->stuck);
    loop_fd_remove(c->source);
    close(c->fd);
    if (c->pipe >= 0)
        close(c->pipe);
}

static void sweep_clients(struct virtual_bus *b)
{
    for (struct client **at = &b->clients, *c; (c = *at);) {
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
    while (!c->dead && c->slot && (u = c->stuck ? c->stuck : virtual_host_take_done(c->slot->host, c))) {
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

static void announce(struct client *c, const struct slot *s, enum usbfs_op op)
{
    struct usbfs_message m = {.op = op, .address = (uint16_t)s->address};
    text_copy(m.port, sizeof m.port, s->port);
    if (!send_message(c, &m, NULL, 0))
        drop_client(c);
}

static void announce_to_all(struct virtual_bus *b, const struct slot *s, enum usbfs_op op)
{
    for (struct client *c = b->clients; c; c = c->next) {
        if (c->monitor && !c->dead)
            announce(c, s, op);
    }
}

/* --- plugging --------------------------------------------------------------------------------------------------------- */

static void plug(struct virtual_bus *b, struct slot *s)
{
    struct err e;
    s->address = b->last_address = b->last_address % ADDRESS_MAX + 1;
    s->device->ops->reset(s->device);
    if (sysfs_add(b->sysfs, s->port, s->address, s->device, &e) < 0) {
        log_error("bus", "plug %s: %s", s->role, e.text);
        return;
    }
    s->host = virtual_host_create(s->device);
    announce_to_all(b, s, USBFS_ADD);
}

static void unplug(struct virtual_bus *b, struct slot *s)
{
    sysfs_remove(b->sysfs, s->port, s->address);
    virtual_host_unplug(s->host);
    for (struct client *c = b->clients; c; c = c->next) {
        if (c->slot != s || c->dead)
            continue;
        flush_client(c);
        drop_client(c);
    }
    virtual_host_destroy(s->host);
    s->host = NULL;
    s->due = -1;
    announce_to_all(b, s, USBFS_REMOVE);
}

/* --- time ------------------------------------------------------------------------------------------------------------- */

static void set_timer(struct virtual_bus *b)
{
    int64_t first = -1, now = clock_mono_ms();
    for (int i = 0; i < b->n_slots; i++) {
        int64_t due = b->slots[i].host ? b->slots[i].due : -1;
        if (due >= 0 && (first < 0 || due < first))
            first = due;
    }
    if (first < 0)
        loop_timer_stop(b->timer);
    else
        loop_timer_start(b->timer, first > now ? first - now : 0);
}

static void run(struct virtual_bus *b, struct slot *s)
{
    if (s->host && !virtual_host_run(s->host, clock_mono_ms(), &s->due))
        unplug(b, s);
    for (struct client *c = b->clients; c && s->host; c = c->next) {
        if (c->slot == s)
            flush_client(c);
    }
    set_timer(b);
}

static void on_timer(void *ctx)
{
    struct virtual_bus *b = ctx;
    int64_t now = clock_mono_ms();
    for (int i = 0; i < b->n_slots; i++) {
        if (b->slots[i].host && b->slots[i].due >= 0 && b->slots[i].due <= now)
            run(b, &b->slots[i]);
    }
    set_timer(b);
    sweep_clients(b);
}

/* --- requests --------------------------------------------------------------------------------------------------------- */

static void open_device(struct client *c, int address, int pipe_fd)
{
    struct virtual_bus *b = c->bus;
    c->pipe = pipe_fd;
    for (int i = 0; i < b->n_slots; i++) {
        if (b->slots[i].host && b->slots[i].address == address)
            c->slot = &b->slots[i];
    }
    if (!c->slot || pipe_fd < 0)
        drop_client(c);
}

static void submit(struct client *c, const struct usbfs_message *m, const uint8_t *data, size_t n)
{
    struct virtual_host *h = c->slot->host;
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
    struct virtual_bus *b = c->bus;
    c->monitor = true;
    for (int i = 0; i < b->n_slots && !c->dead; i++) {
        if (b->slots[i].host)
            announce(c, &b->slots[i], USBFS_ADD);
    }
    static const struct slot none;
    if (!c->dead)
        announce(c, &none, USBFS_ALL_TOLD);
}

static void handle(struct client *c, const struct usbfs_message *m, const uint8_t *data, size_t n, int passed_fd)
{
    bool opens = m->op == USBFS_OPEN && !c->slot;
    if (passed_fd >= 0 && !opens)
        close(passed_fd);
    if (opens) {
        open_device(c, m->address, passed_fd);
    } else if (m->op == USBFS_MONITOR) {
        start_monitor(c);
    } else if (!c->slot) {
        drop_client(c);
    } else if (m->op == USBFS_SUBMIT) {
        submit(c, m, data, n);
    } else if (m->op == USBFS_DISCARD) {
        virtual_host_discard(c->slot->host, c, m->urb);
    } else if (m->op == USBFS_CLEAR_HALT) {
        virtual_host_clear_halt(c->slot->host, m->endpoint);
    } else if (m->op == USBFS_RESET) {
        virtual_host_reset(c->slot->host);
    }
    if (!c->dead && c->slot)
        run(c->bus, c->slot);
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
    struct virtual_bus *b = c->bus;
    if (revents & POLLOUT)
        flush_client(c);
    while (!c->dead && receive(c))
        ;
    sweep_clients(b);
}

static void on_connection(void *ctx, int fd, short revents)
{
    struct virtual_bus *b = ctx;
    int peer = accept4(fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (peer < 0)
        return;
    struct client *c = calloc(1, sizeof *c);
    if (!c) {
        log_error("bus", "out of memory");
        abort();
    }
    *c = (struct client){.bus = b, .fd = peer, .pipe = -1, .next = b->clients};
    c->source = loop_add_fd(b->loop, peer, POLLIN, on_client, c);
    b->clients = c;
}

/* --- the bus ---------------------------------------------------------------------------------------------------------- */

static int open_socket(struct virtual_bus *b, struct err *e)
{
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    text_copy(a.sun_path, sizeof a.sun_path, b->path);
    b->fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (b->fd < 0)
        return err_errno(e, "make a socket");
    unlink(b->path);
    if (bind(b->fd, (const struct sockaddr *)&a, sizeof a) < 0 || listen(b->fd, 16) < 0)
        return err_errno(e, "listen on %s", b->path);
    return 0;
}

struct virtual_bus *virtual_bus_create(struct loop *l, const char *path, struct err *e)
{
    struct virtual_bus *b = calloc(1, sizeof *b);
    if (!b) {
        err_set(e, ERR_NOMEM, "make a bus");
        return NULL;
    }
    b->loop = l;
    b->fd = -1;
    int rc = 0;
    if ((size_t)snprintf(b->path, sizeof b->path, "%s.usb", path) >= sizeof b->path)
        rc = err_set(e, ERR_TOOLONG, "the socket's path is too long: %s", path);
    snprintf(b->sysfs, sizeof b->sysfs, "%s.d", b->path);
    if (rc == 0)
        rc = sysfs_create(b->sysfs, e);
    if (rc == 0)
        rc = open_socket(b, e);
    if (rc < 0) {
        virtual_bus_destroy(b);
        return NULL;
    }
    b->source = loop_add_fd(l, b->fd, POLLIN, on_connection, b);
    b->timer = loop_add_timer(l, on_timer, b);
    return b;
}

void virtual_bus_destroy(struct virtual_bus *b)
{
    if (!b)
        return;
    for (int i = 0; i < b->n_slots; i++) {
        if (b->slots[i].host)
            unplug(b, &b->slots[i]);
        b->slots[i].device->ops->destroy(b->slots[i].device);
    }
    for (struct client *c = b->clients; c; c = c->next)
        drop_client(c);
    sweep_clients(b);
    loop_fd_remove(b->source);
    loop_timer_remove(b->timer);
    if (b->fd >= 0) {
        close(b->fd);
        unlink(b->path);
        sysfs_destroy(b->sysfs);
    }
    free(b);
}

static struct slot *find(struct virtual_bus *b, const char *role)
{
    for (int i = 0; i < b->n_slots; i++) {
        if (!strcmp(b->slots[i].role, role))
            return &b->slots[i];
    }
    return NULL;
}

void virtual_bus_add(struct virtual_bus *b, const char *role, struct virtual_device *d)
{
    if (b->n_slots == SLOTS_MAX) {
        log_error("bus", "no free port for %s", role);
        d->ops->destroy(d);
        return;
    }
    struct slot *s = &b->slots[b->n_slots++];
    *s = (struct slot){.device = d, .due = -1};
    text_copy(s->role, sizeof s->role, role);
    snprintf(s->port, sizeof s->port, "1-%d", b->n_slots);
    plug(b, s);
    run(b, s);
}

struct virtual_device *virtual_bus_find(struct virtual_bus *b, const char *role)
{
    struct slot *s = find(b, role);
    return s ? s->device : NULL;
}

bool virtual_bus_plugged(struct virtual_bus *b, const char *role)
{
    struct slot *s = find(b, role);
    return s && s->host;
}

void virtual_bus_poke(struct virtual_bus *b, const char *role)
{
    struct slot *s = find(b, role);
    if (s)
        run(b, s);
}

int virtual_bus_command(struct virtual_bus *b, const char *role, const char *words, struct buf *reply)
{
    struct slot *s = find(b, role);
    int rc = 0;
    if (!s)
        return -ERR_NOTFOUND;
    if (!strcmp(words, "unplug") && s->host)
        unplug(b, s);
    else if (!strcmp(words, "plug") && !s->host)
        plug(b, s);
    else if (strcmp(words, "plug") && strcmp(words, "unplug"))
        rc = s->device->ops->command(s->device, words, reply);
    run(b, s);
    return rc;
}

static bool is_quiet(const struct virtual_bus *b)
{
    for (int i = 0; i < b->n_slots; i++) {
        if (b->slots[i].host && virtual_host_busy(b->slots[i].host))
            return false;
    }
    return true;
}

void virtual_bus_settle(struct virtual_bus *b)
{
    for (int i = 0; i < SETTLE_STEPS && !is_quiet(b); i++)
        loop_step(b->loop, 1);
    for (int i = 0; i < 3; i++)
        loop_step(b->loop, 1);
}
