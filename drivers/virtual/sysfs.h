/* SPDX-License-Identifier: Apache-2.0
 *
 * The folder that stands for /sys/bus/usb/devices: for each plugged device a folder named after its port with the files
 * libusb reads, a lock file for each interface (claiming is a flock, so a dead program's claims vanish), and `driver`, the
 * kernel driver that holds the device until it is detached. A link node-AAA leads from the address to the folder.
 */
#ifndef DRIVERS_VIRTUAL_SYSFS_H
#define DRIVERS_VIRTUAL_SYSFS_H

#include "base/err.h"
#include "drivers/virtual/device.h"

int sysfs_create(const char *dir, struct err *e); /* empty, whatever a dead desk left there */
void sysfs_destroy(const char *dir);
int sysfs_add(const char *dir, const char *port, int address, const struct virtual_device *d, struct err *e);
void sysfs_remove(const char *dir, const char *port, int address);

#endif
