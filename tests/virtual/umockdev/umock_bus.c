/* SPDX-License-Identifier: Apache-2.0
 *
 * See umock_bus.h. umockdev calls on_ioctl() in a thread of its own, but the only thread that issues ioctls, the test's,
 * waits for it meanwhile: so it may touch hosts and use the caller's memory. It only queues; what may unplug (the models'
 * work) is left to the loop, woken by an eventfd. The device file is a pty: stopping its output takes POLLOUT away ("nothing
 * to reap"), closing its other end is POLLERR ("gone").
 */
#include "virtual/umockdev/umock_bus.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/usb/ch9.h>
#include <linux/usbdevice_fs.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <umockdev.h>
#include <unistd.h>

#include "drivers/virtual/bus_parts.h"

#define NODES_MAX 64 /* each plugging makes one */
#define CLIENTS_MAX 4
#define CAPABILITIES (USBDEVFS_CAP_ZERO_PACKET | USBDEVFS_CAP_BULK_CONTINUATION | USBDEVFS_CAP_REAP_AFTER_DISCONNECT)

struct node {
    struct server *server;
    struct virtual_port *port; /* NULL: unplugged */
    UMockdevIoctlBase *handler;
    char *syspath, *real, path[32];
    int master, slave; /* of the pty */
    bool ready;
    void *clients[CLIENTS_MAX], *claimed[DESCRIPTORS_INTERFACES_MAX];
    struct virtual_urb *done; /* to be reaped; the owner is the client, the number libusb's own urb */
};

struct server {
    struct virtual_server base;
    struct virtual_bus *bus;
    UMockdevTestbed *bed;
    char *root;
    int wake;
    struct loop_fd *source;
    struct node nodes[NODES_MAX];
    int n_nodes;
};

static void must(bool ok, const char *what)
{
    if (ok)
        return;
    perror(what);
    abort();
}

/* --- the device file -------------------------------------------------------------------------------------------------- */

static void make_file(struct node *n)
{
    struct termios t;
    char name[64], *folder = g_path_get_dirname(n->real);
    g_mkdir_with_parents(folder, 0755);
    g_free(folder);
    must(openpty(&n->master, &n->slave, name, NULL, NULL) == 0, "openpty");
    fcntl(n->master, F_SETFD, FD_CLOEXEC);
    fcntl(n->slave, F_SETFD, FD_CLOEXEC);
    tcgetattr(n->slave, &t);
    cfmakeraw(&t);
    tcsetattr(n->slave, TCSANOW, &t);
    unlink(n->real);
    must(tcflow(n->slave, TCOOFF) == 0 && symlink(name, n->real) == 0, n->real);
}

static void show_ready(struct node *n)
{
    bool ready = n->done != NULL;
    if (ready != n->ready && n->master >= 0)
        tcflow(n->slave, ready ? TCOON : TCOOFF);
    n->ready = ready;
}

/* Takes over what is done for the node's clients. */
static void collect(struct node *n)
{
    struct virtual_urb **at = &n->done, *u;
    while (*at)
        at = &(*at)->next;
    for (int i = 0; i < CLIENTS_MAX; i++) {
        while (n->clients[i] && (u = virtual_host_take_done(n->port->host, n->clients[i]))) {
            u->next = NULL;
            *at = u;
            at = &u->next;
        }
    }
    show_ready(n);
}

/* --- ioctls ----------------------------------------------------------------------------------------------------------- */

static void wake(struct server *s)
{
    const uint64_t one = 1;
    must(write(s->wake, &one, sizeof one) == sizeof one, "wake");
}

static int reap(struct node *n, const void *client, struct usbdevfs_urb **ret)
{
    struct virtual_urb **at = &n->done, *u;
    while (*at && (*at)->owner != client)
        at = &(*at)->next;
    u = *at;
    if (!u)
        return n->port ? -EAGAIN : -ENODEV;
    *at = u->next;
    struct usbdevfs_urb *theirs = (struct usbdevfs_urb *)(uintptr_t)u->id;
    size_t setup = u->control ? 8 : 0;
    if (u->control ? u->data[0] & USB_DIR_IN : u->endpoint & USB_DIR_IN)
        memcpy((uint8_t *)theirs->buffer + setup, u->data + setup, (size_t)u->actual);
    theirs->status = u->status;
    theirs->actual_length = u->actual;
    *ret = theirs;
    virtual_urb_free(u);
    show_ready(n);
    return 0;
}

static int submit(struct node *n, void *client, const struct usbdevfs_urb *u)
{
    bool control = u->type == USBDEVFS_URB_TYPE_CONTROL;
    const uint8_t *data = u->buffer;
    bool in = control ? data[0] & USB_DIR_IN : u->endpoint & USB_DIR_IN;
    size_t given = !in ? (size_t)u->buffer_length : control ? 8 : 0;
    int i = 0;
    while (i < CLIENTS_MAX && n->clients[i] && n->clients[i] != client)
        i++;
    if (i == CLIENTS_MAX)
        return -ENOMEM;
    n->clients[i] = client;
    virtual_host_submit(n->port->host, client, (uintptr_t)u, u->endpoint, control, data, given, u->buffer_length);
    return 0;
}

static int claim(struct node *n, void *client, unsigned i)
{
    size_t len;
    const uint8_t *d = n->port->device->ops->descriptors(n->port->device, &len);
    int configuration = virtual_host_setting(n->port->host).configuration;
    if (i >= DESCRIPTORS_INTERFACES_MAX || !descriptors_interface(d, len, configuration, (int)i, 0))
        return -ENOENT;
    if (n->claimed[i] && n->claimed[i] != client)
        return -EBUSY;
    n->claimed[i] = client;
    return 0;
}

static int dispatch(struct node *n, void *client, unsigned long request, void *p)
{
    const unsigned *number = p;
    if (request == USBDEVFS_REAPURBNDELAY)
        return reap(n, client, p);
    if (!n->port)
        return -ENODEV;
    struct virtual_host *h = n->port->host;
    switch (request) {
    case USBDEVFS_SUBMITURB:
        return submit(n, client, p);
    case USBDEVFS_DISCARDURB:
        return virtual_host_discard(h, client, (uintptr_t)p) ? 0 : -EINVAL;
    case USBDEVFS_GET_CAPABILITIES:
        *(uint32_t *)p = CAPABILITIES;
        return 0;
    case USBDEVFS_CLAIMINTERFACE:
        return claim(n, client, *number);
    case USBDEVFS_DISCONNECT_CLAIM:
        return claim(n, client, ((struct usbdevfs_disconnect_claim *)p)->interface);
    case USBDEVFS_RELEASEINTERFACE:
        if (*number < DESCRIPTORS_INTERFACES_MAX)
            n->claimed[*number] = NULL;
        return 0;
    case USBDEVFS_CLEAR_HALT:
    case USBDEVFS_RESETEP:
        virtual_host_clear_halt(h, (uint8_t)*number);
        return 0;
    case USBDEVFS_RESET:
        virtual_host_reset(h);
        return 0;
    default:
        return request == USBDEVFS_GETDRIVER || request == USBDEVFS_IOCTL ? -ENODATA : -ENOTTY;
    }
}

static gboolean on_ioctl(UMockdevIoctlBase *handler, UMockdevIoctlClient *client, gpointer ctx)
{
    struct node *n = ctx;
    unsigned long request = umockdev_ioctl_client_get_request(client);
    UMockdevIoctlData *argument = umockdev_ioctl_client_get_arg(client); /* borrowed */
    void *p = (void *)*(uintptr_t *)argument->data;                      /* in this process */
    int rc = dispatch(n, client, request, p);
    wake(n->server);
    umockdev_ioctl_client_complete(client, rc < 0 ? -1 : rc, rc < 0 ? -rc : 0);
    return TRUE;
}

/* In umockdev's thread, while the test may be doing anything: only claims, which nothing else looks at, are given up. What
 * a closed file had under way has ended before, as usb_close() waits for it. */
static void on_closed(UMockdevIoctlClient *client, GParamSpec *unused, gpointer ctx)
{
    struct node *n = ctx;
    for (int i = 0; i < DESCRIPTORS_INTERFACES_MAX && !umockdev_ioctl_client_get_connected(client); i++) {
        if (n->claimed[i] == client)
            n->claimed[i] = NULL;
    }
}

static void on_connected(UMockdevIoctlBase *handler, UMockdevIoctlClient *client, gpointer ctx)
{
    g_signal_connect(client, "notify::connected", G_CALLBACK(on_closed), ctx);
}

/* --- what the bus says ------------------------------------------------------------------------------------------------ */

/* libusb reads the descriptors on the "add" that add_device sends: all else must be there before. */
static void plugged(struct virtual_server *base, struct virtual_port *p)
{
    struct server *s = (struct server *)base;
    must(s->n_nodes < NODES_MAX, "too many pluggings");
    struct node *n = &s->nodes[s->n_nodes++];
    char address[16], number[24];
    size_t len;
    const uint8_t *d = p->device->ops->descriptors(p->device, &len);
    *n = (struct node){.server = s, .port = p};
    snprintf(n->path, sizeof n->path, "/dev/bus/usb/001/%03d", p->address);
    n->real = g_strconcat(s->root, n->path, NULL);
    make_file(n);
    n->handler = umockdev_ioctl_base_new();
    g_signal_connect(n->handler, "handle-ioctl", G_CALLBACK(on_ioctl), n);
    g_signal_connect(n->handler, "client-connected", G_CALLBACK(on_connected), n);
    must(umockdev_testbed_attach_ioctl(s->bed, n->path, n->handler, NULL), "attach_ioctl");
    char *sys = g_strconcat("/sys/devices/", p->name, NULL), *folder = g_strconcat(s->root, sys, NULL);
    g_mkdir_with_parents(folder, 0755);
    umockdev_testbed_set_attribute_binary(s->bed, sys, "descriptors", (guint8 *)(uintptr_t)d, (int)len);
    g_free(folder);
    g_free(sys);
    snprintf(address, sizeof address, "%d\n", p->address);
    snprintf(number, sizeof number, "189:%d\n", p->address - 1);
    n->syspath = umockdev_testbed_add_device(s->bed, "usb", p->name, NULL, "busnum", "1\n", "devnum", address, "dev", number,
                                             "speed", "12\n", "bConfigurationValue", "1\n", NULL, "DEVTYPE", "usb_device",
                                             "DEVNAME", n->path, NULL);
}

static struct node *node_of(struct server *s, const struct virtual_port *p)
{
    for (int i = 0; i < s->n_nodes; i++) {
        if (s->nodes[i].port == p)
            return &s->nodes[i];
    }
    return NULL;
}

static void ran(struct virtual_server *base, struct virtual_port *p)
{
    struct node *n = node_of((struct server *)base, p);
    if (n)
        collect(n);
}

/* As the kernel: transfers end, poll() says POLLERR, then comes the uevent, which needs the sysfs folder still. */
static void unplugged(struct virtual_server *base, struct virtual_port *p)
{
    struct server *s = (struct server *)base;
    struct node *n = node_of(s, p);
    if (!n)
        return;
    collect(n);
    n->port = NULL;
    close(n->master);
    n->master = -1;
    umockdev_testbed_uevent(s->bed, n->syspath, "remove");
    umockdev_testbed_remove_device(s->bed, n->syspath);
    unlink(n->real);
    umockdev_testbed_detach_ioctl(s->bed, n->path, NULL);
}

static void on_wake(void *ctx, int fd, short revents)
{
    struct server *s = ctx;
    uint64_t n;
    if (read(fd, &n, sizeof n) != sizeof n)
        return;
    for (int i = 0; i < s->bus->n_ports; i++) {
        if (s->bus->ports[i].host)
            virtual_bus_run(s->bus, &s->bus->ports[i]);
    }
}

static void destroy(struct virtual_server *base)
{
    struct server *s = (struct server *)base;
    loop_fd_remove(s->source);
    close(s->wake);
    for (int i = 0; i < s->n_nodes; i++) {
        struct node *n = &s->nodes[i];
        for (struct virtual_urb *u; (u = n->done);) {
            n->done = u->next;
            virtual_urb_free(u);
        }
        close(n->slave);
        g_object_unref(n->handler);
        g_free(n->syspath);
        g_free(n->real);
    }
    g_object_unref(s->bed);
    g_free(s->root);
    free(s);
}

struct virtual_bus *umock_bus_create(struct loop *l, const char *path, struct err *e)
{
    struct server *s = calloc(1, sizeof *s);
    must(s != NULL, "out of memory");
    signal(SIGHUP, SIG_IGN); /* the pty's, when it becomes the controlling terminal */
    s->base = (struct virtual_server){.plugged = plugged, .unplugged = unplugged, .ran = ran, .destroy = destroy};
    s->bed = umockdev_testbed_new();
    if (!umockdev_in_mock_environment()) { /* asked only now: it keeps its first answer */
        g_object_unref(s->bed);
        free(s);
        err_set(e, ERR_STATE, "run me by umockdev-wrapper");
        return NULL;
    }
    s->root = umockdev_testbed_get_root_dir(s->bed);
    s->bus = virtual_bus_bare(l);
    s->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    s->source = loop_add_fd(l, s->wake, POLLIN, on_wake, s);
    virtual_bus_add_server(s->bus, &s->base);
    return s->bus;
}
