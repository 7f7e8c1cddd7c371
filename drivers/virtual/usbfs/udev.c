/* SPDX-License-Identifier: Apache-2.0
 *
 * libudev as far as libusb uses it. Other users of libudev in the same process (SDL) get the real functions, told apart by
 * the caller's address. A lost connection to the desk is the unplugging of all devices; a timer then looks for it again.
 */
#define _GNU_SOURCE
#include <libudev.h>

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "drivers/virtual/usbfs/shim.h"

#define RECONNECT_MS 50
#define DEVICES_MAX 16

struct udev {
    int unused;
};
struct udev_device {
    char action[8], node[32], path[64];
};
struct udev_list_entry {
    struct udev_list_entry *next;
    char path[64];
};
struct udev_enumerate {
    struct udev_list_entry *first;
};
struct known {
    char port[USBFS_PORT_MAX];
    int address;
    bool confirmed; /* by the desk, not only found in its files */
};
struct udev_monitor {
    int fd; /* the connection, or the timer while there is none: the number stays, libusb remembers it */
    bool connected;
    struct known known[DEVICES_MAX]; /* what libusb was told of */
    int n_known;
};
static struct udev_monitor *monitor; /* libusb has one, and calls everything that touches it under a lock of its own */

static bool from_libusb(void *address)
{
    Dl_info caller;
    return shim_desk() && dladdr(address, &caller) && caller.dli_fname && strstr(caller.dli_fname, "libusb-1.0");
}

/* Leaves a function that was not called by libusb through the real one of the same name. */
#define PASS(name, ...)                                                                                                     \
    do {                                                                                                                    \
        if (!from_libusb(__builtin_return_address(0))) {                                                                    \
            static __typeof__(&name) next;                                                                                  \
            if (!next)                                                                                                      \
                next = (__typeof__(next))dlsym(RTLD_NEXT, #name);                                                           \
            return next(__VA_ARGS__);                                                                                       \
        }                                                                                                                   \
    } while (0)

static void *make(size_t size)
{
    void *p = calloc(1, size);
    if (!p)
        abort();
    return p;
}

static struct udev_device *make_device(const char *action, const char *port, int address)
{
    struct udev_device *d = make(sizeof *d);
    snprintf(d->action, sizeof d->action, "%s", action);
    snprintf(d->node, sizeof d->node, SHIM_NODES "%03d", address);
    snprintf(d->path, sizeof d->path, SHIM_SYSFS "%s", port);
    return d;
}

struct udev *udev_new(void)
{
    PASS(udev_new);
    return make(sizeof(struct udev));
}

struct udev *udev_unref(struct udev *u)
{
    PASS(udev_unref, u);
    free(u);
    return NULL;
}

/* --- the monitor ------------------------------------------------------------------------------------------------------ */

static void put_fd(struct udev_monitor *m, int fd)
{
    dup3(fd, m->fd, O_CLOEXEC);
    shim_close(fd);
}

static int make_timer(void)
{
    const struct timespec period = {.tv_nsec = RECONNECT_MS * 1000000L};
    const struct itimerspec t = {.it_interval = period, .it_value = period};
    int fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    timerfd_settime(fd, 0, &t, NULL);
    return fd;
}

static void try_connect(struct udev_monitor *m)
{
    const struct usbfs_message hello = {.op = USBFS_MONITOR};
    int fd = shim_connect(&hello, -1);
    if (fd < 0)
        return;
    put_fd(m, fd);
    m->connected = true;
}

static struct udev_device *forget(struct udev_monitor *m, int i)
{
    struct known k = m->known[i];
    m->known[i] = m->known[--m->n_known];
    return make_device("remove", k.port, k.address);
}

static struct udev_device *lose_one(struct udev_monitor *m)
{
    if (m->n_known > 0)
        return forget(m, 0);
    m->connected = false;
    put_fd(m, make_timer());
    return NULL;
}

static struct known *find_known(struct udev_monitor *m, int address)
{
    for (int i = 0; i < m->n_known; i++) {
        if (m->known[i].address == address)
            return &m->known[i];
    }
    return NULL;
}

static struct known *remember(struct udev_monitor *m, const char *port, int address)
{
    struct known *k = find_known(m, address);
    if (k || m->n_known == DEVICES_MAX)
        return k;
    k = &m->known[m->n_known++];
    *k = (struct known){.address = address};
    snprintf(k->port, sizeof k->port, "%.15s", port);
    return k;
}

/* What libusb found in the desk's files, but was unplugged before the desk heard of us. */
static int find_unconfirmed(const struct udev_monitor *m)
{
    int i = 0;
    while (i < m->n_known && m->known[i].confirmed)
        i++;
    return i < m->n_known ? i : -1;
}

static struct udev_device *take_event(struct udev_monitor *m, const struct usbfs_message *e)
{
    if (e->op == USBFS_ADD) {
        struct known *k = remember(m, e->port, e->address);
        if (k)
            k->confirmed = true;
        return k ? make_device("add", k->port, k->address) : NULL;
    }
    struct known *k = e->op == USBFS_REMOVE ? find_known(m, e->address) : NULL;
    return k ? forget(m, (int)(k - m->known)) : NULL;
}

static struct udev_device *receive(struct udev_monitor *m)
{
    struct usbfs_message e;
    uint64_t ticks;
    if (!m->connected) {
        if (read(m->fd, &ticks, sizeof ticks) == sizeof ticks)
            try_connect(m);
        return NULL;
    }
    ssize_t n = recv(m->fd, &e, sizeof e, MSG_DONTWAIT | MSG_PEEK);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return NULL;
    if (n != sizeof e)
        return lose_one(m);
    int gone = e.op == USBFS_ALL_TOLD ? find_unconfirmed(m) : -1;
    if (gone >= 0)
        return forget(m, gone); /* the message stays until all are told */
    recv(m->fd, &e, sizeof e, MSG_DONTWAIT);
    return take_event(m, &e);
}

struct udev_monitor *udev_monitor_new_from_netlink(struct udev *u, const char *name)
{
    PASS(udev_monitor_new_from_netlink, u, name);
    struct udev_monitor *m = make(sizeof *m);
    m->fd = make_timer();
    try_connect(m);
    monitor = m;
    return m;
}

int udev_monitor_filter_add_match_subsystem_devtype(struct udev_monitor *m, const char *subsystem, const char *type)
{
    PASS(udev_monitor_filter_add_match_subsystem_devtype, m, subsystem, type);
    return 0;
}

int udev_monitor_enable_receiving(struct udev_monitor *m)
{
    PASS(udev_monitor_enable_receiving, m);
    return 0;
}

int udev_monitor_get_fd(struct udev_monitor *m)
{
    PASS(udev_monitor_get_fd, m);
    return m->fd;
}

struct udev_device *udev_monitor_receive_device(struct udev_monitor *m)
{
    PASS(udev_monitor_receive_device, m);
    return receive(m);
}

struct udev_monitor *udev_monitor_unref(struct udev_monitor *m)
{
    PASS(udev_monitor_unref, m);
    if (m)
        shim_close(m->fd);
    free(m);
    monitor = NULL;
    return NULL;
}

/* --- what is there ---------------------------------------------------------------------------------------------------- */

struct udev_enumerate *udev_enumerate_new(struct udev *u)
{
    PASS(udev_enumerate_new, u);
    return make(sizeof(struct udev_enumerate));
}

int udev_enumerate_add_match_subsystem(struct udev_enumerate *e, const char *subsystem)
{
    PASS(udev_enumerate_add_match_subsystem, e, subsystem);
    return 0;
}

int udev_enumerate_add_match_property(struct udev_enumerate *e, const char *key, const char *value)
{
    PASS(udev_enumerate_add_match_property, e, key, value);
    return 0;
}

/* The files of a desk that was killed are still there: only a living one counts. */
static bool desk_lives(void)
{
    const struct usbfs_message hello = {.op = USBFS_MONITOR};
    int fd = shim_connect(&hello, -1);
    if (fd >= 0)
        shim_close(fd);
    return fd >= 0;
}

int udev_enumerate_scan_devices(struct udev_enumerate *e)
{
    PASS(udev_enumerate_scan_devices, e);
    char path[SHIM_PATH_MAX];
    DIR *dir = shim_path(path, ".usb.d") && desk_lives() ? opendir(path) : NULL;
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        if (entry->d_name[0] < '0' || entry->d_name[0] > '9')
            continue;
        struct udev_list_entry *new = make(sizeof *new);
        snprintf(new->path, sizeof new->path, SHIM_SYSFS "%.15s", entry->d_name);
        new->next = e->first;
        e->first = new;
    }
    if (dir)
        closedir(dir);
    return 0;
}

struct udev_list_entry *udev_enumerate_get_list_entry(struct udev_enumerate *e)
{
    PASS(udev_enumerate_get_list_entry, e);
    return e->first;
}

struct udev_enumerate *udev_enumerate_unref(struct udev_enumerate *e)
{
    PASS(udev_enumerate_unref, e);
    for (struct udev_list_entry *entry; e && (entry = e->first);) {
        e->first = entry->next;
        free(entry);
    }
    free(e);
    return NULL;
}

struct udev_list_entry *udev_list_entry_get_next(struct udev_list_entry *entry)
{
    PASS(udev_list_entry_get_next, entry);
    return entry->next;
}

const char *udev_list_entry_get_name(struct udev_list_entry *entry)
{
    PASS(udev_list_entry_get_name, entry);
    return entry->path;
}

struct udev_device *udev_device_new_from_syspath(struct udev *u, const char *path)
{
    PASS(udev_device_new_from_syspath, u, path);
    char suffix[64], file[SHIM_PATH_MAX], number[8] = "";
    const char *port = strrchr(path, '/');
    snprintf(suffix, sizeof suffix, ".usb.d/%.15s/devnum", port ? port + 1 : path);
    int fd = shim_path(file, suffix) ? shim_open(file, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0)
        return NULL;
    ssize_t n = read(fd, number, sizeof number - 1);
    shim_close(fd);
    if (n <= 0)
        return NULL;
    if (monitor)
        remember(monitor, port ? port + 1 : path, atoi(number));
    return make_device("", port ? port + 1 : path, atoi(number));
}

const char *udev_device_get_action(struct udev_device *d)
{
    PASS(udev_device_get_action, d);
    return d->action;
}

const char *udev_device_get_devnode(struct udev_device *d)
{
    PASS(udev_device_get_devnode, d);
    return d->node;
}

const char *udev_device_get_sysname(struct udev_device *d)
{
    PASS(udev_device_get_sysname, d);
    return strrchr(d->path, '/') + 1;
}

struct udev_device *udev_device_unref(struct udev_device *d)
{
    PASS(udev_device_unref, d);
    free(d);
    return NULL;
}
