/* SPDX-License-Identifier: Apache-2.0
 *
 * Claims, kernel drivers, configurations: what sysfs and usbfs keep for the whole machine. Here files of the desk hold it,
 * so that several programs see the same.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/usbdevice_fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "drivers/virtual/usbfs/node.h"
#include "drivers/virtual/usbfs/shim.h"

#define DESCRIPTORS_MAX 4096

int node_file(const struct node *n, const char *name, int flags)
{
    char suffix[64], path[SHIM_PATH_MAX];
    snprintf(suffix, sizeof suffix, ".usb.d/node-%03d/%s", n->address, name);
    return shim_path(path, suffix) ? shim_open(path, flags | O_CLOEXEC) : -1;
}

/* --- what the device has ---------------------------------------------------------------------------------------------- */

static size_t read_descriptors(const struct node *n, uint8_t out[DESCRIPTORS_MAX])
{
    int fd = node_file(n, "descriptors", O_RDONLY);
    ssize_t len = fd >= 0 ? read(fd, out, DESCRIPTORS_MAX) : 0;
    if (fd >= 0)
        shim_close(fd);
    return len > 0 ? (size_t)len : 0;
}

static int current_configuration(const struct node *n)
{
    char text[8] = "";
    int fd = node_file(n, "bConfigurationValue", O_RDONLY);
    if (fd < 0)
        return 0;
    ssize_t len = read(fd, text, sizeof text - 1);
    shim_close(fd);
    return len > 0 ? atoi(text) : 0;
}

static bool has_interface(const struct node *n, unsigned number, unsigned alternate)
{
    uint8_t d[DESCRIPTORS_MAX];
    size_t len = read_descriptors(n, d);
    return number < INTERFACES_MAX && descriptors_interface(d, len, current_configuration(n), (int)number, (int)alternate);
}

/* --- claiming --------------------------------------------------------------------------------------------------------- */

/* Moves the kernel driver's file aside, or back. */
static int move_driver(const struct node *n, const char *from, const char *to)
{
    char a[SHIM_PATH_MAX], b[SHIM_PATH_MAX], dir[64], suffix[96];
    snprintf(dir, sizeof dir, ".usb.d/node-%03d", n->address);
    snprintf(suffix, sizeof suffix, "%s/%s", dir, from);
    bool fits = shim_path(a, suffix);
    snprintf(suffix, sizeof suffix, "%s/%s", dir, to);
    return fits && shim_path(b, suffix) ? rename(a, b) : -1;
}

int node_take_claim(struct node *n, unsigned i, bool detach)
{
    char name[16];
    if (!has_interface(n, i, 0))
        return -ENOENT;
    if (n->claims[i] >= 0)
        return 0;
    int driver = i == 0 ? node_file(n, "driver", O_RDONLY) : -1;
    if (driver >= 0) {
        shim_close(driver);
        if (!detach || move_driver(n, "driver", "detached") < 0)
            return -EBUSY;
    }
    snprintf(name, sizeof name, "claim%u", i);
    int fd = node_file(n, name, O_RDWR);
    if (fd < 0)
        return -ENOENT;
    if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
        shim_close(fd);
        return -EBUSY;
    }
    n->claims[i] = fd;
    return 0;
}

int node_release_claim(struct node *n, unsigned i)
{
    if (i >= INTERFACES_MAX || n->claims[i] < 0)
        return -EINVAL;
    shim_close(n->claims[i]);
    n->claims[i] = -1;
    return 0;
}

int node_get_driver(const struct node *n, struct usbdevfs_getdriver *d)
{
    int fd = d->interface == 0 ? node_file(n, "driver", O_RDONLY) : -1;
    ssize_t len = fd >= 0 ? read(fd, d->driver, sizeof d->driver - 1) : -1;
    if (fd >= 0)
        shim_close(fd);
    if (len < 0)
        return -ENODATA;
    d->driver[len] = '\0';
    return 0;
}

/* libusb brings a driver it detached back after the release. */
int node_driver_ioctl(struct node *n, const struct usbdevfs_ioctl *x)
{
    if (x->ioctl_code == (int)USBDEVFS_DISCONNECT)
        return x->ifno == 0 && move_driver(n, "driver", "detached") == 0 ? 0 : -ENODATA;
    if (x->ioctl_code == (int)USBDEVFS_CONNECT)
        return x->ifno == 0 && n->claims[0] < 0 && move_driver(n, "detached", "driver") == 0 ? 1 : -EBUSY;
    return -ENOTTY;
}

/* --- choosing --------------------------------------------------------------------------------------------------------- */

int node_set_interface(struct node *n, const struct usbdevfs_setinterface *s)
{
    struct usbfs_message m = {.op = USBFS_SET_INTERFACE, .length = s->interface, .control = (uint8_t)s->altsetting};
    if (s->interface >= INTERFACES_MAX || n->claims[s->interface] < 0 || !has_interface(n, s->interface, s->altsetting))
        return -EINVAL;
    return node_send(n, &m, NULL, 0);
}

/* Not while an interface is in use, be it by us. Like the kernel it is told by sysfs. */
int node_set_configuration(struct node *n, int value)
{
    struct usbfs_message m = {.op = USBFS_SET_CONFIGURATION, .length = value > 0 ? (uint32_t)value : 0};
    uint8_t d[DESCRIPTORS_MAX];
    char text[16];
    size_t len;
    for (int i = 0; i < INTERFACES_MAX; i++) {
        if (n->claims[i] >= 0)
            return -EBUSY;
    }
    if (value > 0 && !descriptors_configuration(d, read_descriptors(n, d), value, &len))
        return -EINVAL;
    int fd = node_file(n, "bConfigurationValue", O_WRONLY | O_TRUNC);
    int wanted = snprintf(text, sizeof text, "%u\n", m.length);
    bool written = fd >= 0 && write(fd, text, (size_t)wanted) == wanted;
    if (fd >= 0)
        shim_close(fd);
    return written ? node_send(n, &m, NULL, 0) : -ENODEV;
}
