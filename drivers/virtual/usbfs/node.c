/* SPDX-License-Identifier: Apache-2.0
 *
 * Open device files: usbfs's ioctls as far as libusb uses them. libusb polls the descriptor for POLLOUT (something is
 * done) and POLLERR (gone). It gets the write end of a pipe that is kept full; the desk holds the read end, drains it
 * when something is done, and by closing it, or dying, unplugs.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/usbdevice_fs.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "drivers/virtual/usbfs/node.h"
#include "drivers/virtual/usbfs/shim.h"

#define NODES_MAX 16
#define PIPE_SIZE 4096
#define SEND_WAIT_MS 5000 /* a desk that does not read for so long counts as gone */
#define CAPABILITIES (USBDEVFS_CAP_ZERO_PACKET | USBDEVFS_CAP_BULK_CONTINUATION | USBDEVFS_CAP_REAP_AFTER_DISCONNECT)

/* Recursive: a sanitizer that prints a report opens and closes files itself. */
static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static struct node nodes[NODES_MAX];

static struct node *find(int fd)
{
    for (struct node *n = nodes; n < nodes + NODES_MAX; n++) {
        if (n->fd > 0 && n->fd == fd)
            return n;
    }
    return NULL;
}

/* --- opening and closing ---------------------------------------------------------------------------------------------- */

static void fill_pipe(int fd)
{
    static const char page[PIPE_SIZE];
    if (write(fd, page, sizeof page) < 0)
        return; /* still full, or broken: poll() says which */
}

static int open_pipe(struct node *n, int flags)
{
    struct usbfs_message m = {.op = USBFS_OPEN, .address = (uint16_t)n->address};
    int ends[2];
    if (pipe2(ends, O_NONBLOCK | (flags & O_CLOEXEC)) < 0)
        return -1;
    fcntl(ends[1], F_SETPIPE_SZ, PIPE_SIZE);
    fill_pipe(ends[1]);
    n->socket = shim_connect(&m, ends[0]);
    shim_close(ends[0]);
    if (n->socket < 0) {
        shim_close(ends[1]);
        errno = ENODEV;
        return -1;
    }
    return n->fd = ends[1];
}

int node_open(int address, int flags)
{
    struct node *n = nodes;
    int fd = -1;
    pthread_mutex_lock(&lock);
    while (n < nodes + NODES_MAX && n->fd > 0)
        n++;
    if (n == nodes + NODES_MAX) {
        errno = EMFILE;
    } else {
        *n = (struct node){.socket = -1, .address = address, .claims = {-1, -1, -1, -1}};
        int probe = node_file(n, "devnum", O_RDONLY);
        if (probe >= 0) {
            shim_close(probe);
            fd = open_pipe(n, flags);
        }
    }
    pthread_mutex_unlock(&lock);
    return fd;
}

void node_close(int fd)
{
    pthread_mutex_lock(&lock);
    struct node *n = find(fd);
    if (n) {
        for (struct pending *p; (p = n->pending);) {
            n->pending = p->next;
            free(p);
        }
        for (int i = 0; i < INTERFACES_MAX; i++) {
            if (n->claims[i] >= 0)
                shim_close(n->claims[i]);
        }
        shim_close(n->socket);
        n->fd = 0;
    }
    pthread_mutex_unlock(&lock);
}

/* --- transfers -------------------------------------------------------------------------------------------------------- */

/* The socket is blocking for what we send only: a full one means that the desk is busy, not that it is gone. */
int node_send(struct node *n, const struct usbfs_message *m, void *data, size_t len)
{
    struct iovec parts[2] = {{(void *)m, sizeof *m}, {data, len}};
    struct msghdr h = {.msg_iov = parts, .msg_iovlen = len > 0 ? 2 : 1};
    for (;;) {
        if (sendmsg(n->socket, &h, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0)
            return 0;
        struct pollfd p = {.fd = n->socket, .events = POLLOUT};
        if (errno == EINTR)
            continue;
        if (errno != EAGAIN || poll(&p, 1, SEND_WAIT_MS) <= 0)
            return -ENODEV;
    }
}

static int submit(struct node *n, struct usbdevfs_urb *u)
{
    bool control = u->type == USBDEVFS_URB_TYPE_CONTROL;
    const unsigned char *setup = u->buffer;
    if (u->type == USBDEVFS_URB_TYPE_ISO || u->buffer_length < (control ? 8 : 0) || u->buffer_length > USBFS_URB_MAX)
        return -EINVAL;
    struct usbfs_message m = {.op = USBFS_SUBMIT,
                              .urb = (uintptr_t)u,
                              .endpoint = u->endpoint,
                              .control = control,
                              .length = (uint32_t)u->buffer_length};
    bool in = control ? setup[0] & 0x80 : u->endpoint & 0x80;
    struct pending *p = calloc(1, sizeof *p), **at = &n->pending;
    if (!p)
        return -ENOMEM;
    int rc = node_send(n, &m, u->buffer, !in ? m.length : control ? 8 : 0);
    if (rc < 0) {
        free(p);
        return rc;
    }
    p->urb = u;
    while (*at)
        at = &(*at)->next;
    *at = p;
    return 0;
}

static struct usbdevfs_urb *take_pending(struct node *n, uint64_t number, bool any)
{
    for (struct pending **at = &n->pending, *p; (p = *at); at = &p->next) {
        struct usbdevfs_urb *u = p->urb;
        if (!any && (uintptr_t)u != number)
            continue;
        *at = p->next;
        free(p);
        return u;
    }
    return NULL;
}

/* One message from the desk straight into the buffer it belongs to. 1 and *ret, 0 nothing there, -1 the desk is gone. */
static int receive_done(struct node *n, struct usbdevfs_urb **ret)
{
    struct usbfs_message m;
    ssize_t got = recv(n->socket, &m, sizeof m, MSG_PEEK | MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return 0;
    if (got != sizeof m || m.op != USBFS_DONE)
        return -1;
    struct usbdevfs_urb *u = take_pending(n, m.urb, false);
    size_t setup = u && u->type == USBDEVFS_URB_TYPE_CONTROL ? 8 : 0;
    struct iovec parts[2] = {{&m, sizeof m}};
    struct msghdr h = {.msg_iov = parts, .msg_iovlen = u ? 2 : 1};
    if (u)
        parts[1] = (struct iovec){(char *)u->buffer + setup, (size_t)u->buffer_length - setup};
    if (recvmsg(n->socket, &h, MSG_DONTWAIT) < (ssize_t)sizeof m)
        return -1;
    if (!u)
        return receive_done(n, ret);
    u->status = m.status;
    u->actual_length = (int)m.length;
    *ret = u;
    return 1;
}

/* The pipe is filled before the last look: what comes later drains it again. */
static int reap(struct node *n, struct usbdevfs_urb **ret)
{
    int rc = n->gone ? -1 : receive_done(n, ret);
    if (rc == 0) {
        fill_pipe(n->fd);
        rc = receive_done(n, ret);
    }
    if (rc == 0)
        return -EAGAIN;
    if (rc > 0)
        return 0;
    n->gone = true;
    struct usbdevfs_urb *u = take_pending(n, 0, true);
    if (!u)
        return -ENODEV;
    u->status = -ESHUTDOWN;
    u->actual_length = 0;
    *ret = u;
    return 0;
}

/* Success also when it is done already and on its way: libusb then finds it complete, as after a race in the kernel. */
static int discard(struct node *n, const struct usbdevfs_urb *u)
{
    struct usbfs_message m = {.op = USBFS_DISCARD, .urb = (uintptr_t)u};
    const struct pending *p = n->pending;
    while (p && p->urb != u)
        p = p->next;
    if (!p)
        return -EINVAL;
    node_send(n, &m, NULL, 0); /* when the desk has gone, reaping tells */
    return 0;
}

static int tell(struct node *n, enum usbfs_op op, uint8_t endpoint)
{
    struct usbfs_message m = {.op = op, .endpoint = endpoint};
    return node_send(n, &m, NULL, 0);
}

static int dispatch(struct node *n, unsigned long request, void *p)
{
    switch (request) {
    case USBDEVFS_REAPURBNDELAY: /* libusb never uses the waiting one */
        return reap(n, p);
    case USBDEVFS_DISCARDURB:
        return discard(n, p);
    default:
        break;
    }
    if (n->gone)
        return -ENODEV;
    switch (request) {
    case USBDEVFS_SUBMITURB:
        return submit(n, p);
    case USBDEVFS_GET_CAPABILITIES:
        *(uint32_t *)p = CAPABILITIES;
        return 0;
    case USBDEVFS_CLAIMINTERFACE:
        return node_take_claim(n, *(unsigned *)p, false);
    case USBDEVFS_DISCONNECT_CLAIM:
        return node_take_claim(n, ((struct usbdevfs_disconnect_claim *)p)->interface, true);
    case USBDEVFS_RELEASEINTERFACE:
        return node_release_claim(n, *(unsigned *)p);
    case USBDEVFS_GETDRIVER:
        return node_get_driver(n, p);
    case USBDEVFS_IOCTL:
        return node_driver_ioctl(n, p);
    case USBDEVFS_CLEAR_HALT:
    case USBDEVFS_RESETEP:
        return tell(n, USBFS_CLEAR_HALT, (uint8_t) * (unsigned *)p);
    case USBDEVFS_RESET:
        return tell(n, USBFS_RESET, 0);
    case USBDEVFS_SETINTERFACE:
        return node_set_interface(n, p);
    case USBDEVFS_SETCONFIGURATION:
        return node_set_configuration(n, *(int *)p);
    default:
        return -ENOTTY;
    }
}

bool node_ioctl(int fd, unsigned long request, void *argument, int *ret)
{
    pthread_mutex_lock(&lock);
    struct node *n = find(fd);
    if (n)
        *ret = dispatch(n, request, argument);
    pthread_mutex_unlock(&lock);
    return n != NULL;
}
