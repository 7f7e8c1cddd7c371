/* SPDX-License-Identifier: Apache-2.0
 *
 * The parts of libusbfs.so, which stands between the real libusb and a simulated desk (see ../usbfs_wire.h) when the
 * environment names one in TONGBAN_DESK; without it everything goes to the real functions. The library has no thread and
 * keeps no copy of any transfer: bytes go between libusb's buffers and the socket.
 */
#ifndef DRIVERS_VIRTUAL_USBFS_SHIM_H
#define DRIVERS_VIRTUAL_USBFS_SHIM_H

#include <stdbool.h>
#include <stddef.h>

#include "drivers/virtual/usbfs_wire.h"

#define SHIM_SYSFS "/sys/bus/usb/devices/"
#define SHIM_NODES "/dev/bus/usb/001/"
#define SHIM_PATH_MAX 256

/* usbfs_preload.c: the desk's path, NULL when there is none to talk to. "desk" + suffix into out; false: too long. */
const char *shim_desk(void);
bool shim_path(char out[SHIM_PATH_MAX], const char *suffix);
/* A new connection to the bus that has sent m and, unless it is -1, the descriptor; -1 and errno. */
int shim_connect(const struct usbfs_message *m, int passed_fd);
int shim_close(int fd); /* the real one */
int shim_open(const char *path, int flags);

/* node.c: open device files. A node is NULL or found by its descriptor. All calls are thread-safe. */
int node_open(int address, int flags);                                    /* the descriptor, or -1 and errno */
bool node_ioctl(int fd, unsigned long request, void *argument, int *ret); /* false: not ours. *ret: result or -errno */
void node_close(int fd);                                                  /* what belongs to it, not the descriptor itself */

#endif
