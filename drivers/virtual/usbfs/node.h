/* SPDX-License-Identifier: Apache-2.0
 *
 * An open device file, as node.c (opening, transfers) and claim.c (claims, kernel drivers, configurations) share it. The
 * functions of claim.c return 0, what the ioctl returns, or -errno; node.c calls them under its lock.
 */
#ifndef DRIVERS_VIRTUAL_USBFS_NODE_H
#define DRIVERS_VIRTUAL_USBFS_NODE_H

#include <linux/usbdevice_fs.h>
#include <stdbool.h>
#include <stddef.h>

#include "drivers/virtual/descriptors.h"
#include "drivers/virtual/usbfs_wire.h"

#define INTERFACES_MAX DESCRIPTORS_INTERFACES_MAX

struct pending {
    struct pending *next;
    struct usbdevfs_urb *urb; /* libusb's own, which also serves as its number */
};

struct node {
    int fd, socket, address;    /* fd 0: free */
    int claims[INTERFACES_MAX]; /* locked files, -1 not claimed */
    struct pending *pending;    /* oldest first */
    bool gone;
};

/* A file of the desk's folder for the device: the descriptor or -1. */
int node_file(const struct node *n, const char *name, int flags);
/* 0, or -ENODEV when the desk is gone. */
int node_send(struct node *n, const struct usbfs_message *m, void *data, size_t len);

int node_take_claim(struct node *n, unsigned i, bool detach);
int node_release_claim(struct node *n, unsigned i);
int node_get_driver(const struct node *n, struct usbdevfs_getdriver *d);
int node_driver_ioctl(struct node *n, const struct usbdevfs_ioctl *x);
int node_set_interface(struct node *n, const struct usbdevfs_setinterface *s);
int node_set_configuration(struct node *n, int value);

#endif
