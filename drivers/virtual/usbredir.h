/* SPDX-License-Identifier: Apache-2.0
 *
 * Serves one device over usb-redir, to QEMU (-device usb-redir) or another peer: the guest needs no driver of its own for
 * it, so the image under test stays as it is. Protocol by libusbredirparser.
 */
#ifndef DRIVERS_VIRTUAL_USBREDIR_H
#define DRIVERS_VIRTUAL_USBREDIR_H

#include "drivers/virtual/bus.h"

/* Listens on a Unix socket at `path`; one peer at a time, a second one is turned away. Ends with the bus. -ERR_NOTFOUND: no
 * such role. */
int usbredir_start(struct virtual_bus *b, const char *role, const char *path, struct err *e);

#endif
