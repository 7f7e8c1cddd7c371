/* SPDX-License-Identifier: Apache-2.0
 *
 * The bus served by umockdev instead of libusbfs.so: libusb and libudev are the real ones, and find the devices in a
 * testbed's /sys and /dev. For tests in one process, run by umockdev-wrapper: `-Dvirtual_bus_create=umock_bus_create` makes
 * a test of the ordinary bus one of this.
 */
#ifndef TESTS_VIRTUAL_UMOCK_BUS_H
#define TESTS_VIRTUAL_UMOCK_BUS_H

#include "drivers/virtual/bus.h"

/* `path` is not used. NULL and -ERR_STATE in *e outside umockdev-wrapper. */
struct virtual_bus *umock_bus_create(struct loop *l, const char *path, struct err *e);

#endif
