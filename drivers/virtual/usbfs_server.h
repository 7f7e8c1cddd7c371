/* SPDX-License-Identifier: Apache-2.0
 *
 * Serves the bus to programs with libusbfs.so in front of their libusb.
 */
#ifndef DRIVERS_VIRTUAL_USBFS_SERVER_H
#define DRIVERS_VIRTUAL_USBFS_SERVER_H

#include "drivers/virtual/bus_parts.h"

/* Listens on `path`.usb and writes what sysfs would tell below `path`.usb.d. Ends with the bus. */
int usbfs_server_start(struct virtual_bus *b, const char *path, struct err *e);

#endif
