/* SPDX-License-Identifier: Apache-2.0
 *
 * Serves the bus over USB/IP: a Linux machine (a laptop, a virtual machine) attaches the devices by its stock vhci_hcd, with
 * `usbip list -r HOST` and `usbip attach -r HOST -b 1-1`. One importer a device.
 */
#ifndef DRIVERS_VIRTUAL_USBIP_SERVER_H
#define DRIVERS_VIRTUAL_USBIP_SERVER_H

#include "drivers/virtual/bus.h"

/* `where`: "PORT" on 127.0.0.1, or "ADDRESS:PORT" for those who mean it: the protocol knows no password. Port 0: any free
 * one; *ret_port (may be NULL) is what it listens on. Ends with the bus. */
int usbip_server_start(struct virtual_bus *b, const char *where, int *ret_port, struct err *e);

/* Is `where` one of the two? 0, or -ERR_INVALID. */
int usbip_server_check(const char *where, struct err *e);

#endif
