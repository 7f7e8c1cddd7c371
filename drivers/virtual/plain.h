/* SPDX-License-Identifier: Apache-2.0
 *
 * Devices that are little more than their descriptors: what somebody plugs into a public port, and printers with descriptors
 * of the rarer kind.
 *
 *     keyboard        HID boot keyboard; types all the time when it is read
 *     stick           mass storage
 *     alternates      a printer with one alternate setting for each protocol: 1, 2, 3
 *     configurations  a printer that stands in its first configuration, which has no printer; the second has one
 *
 * It knows one word: "touched" answers how many transfers it was ever asked for.
 */
#ifndef DRIVERS_VIRTUAL_PLAIN_H
#define DRIVERS_VIRTUAL_PLAIN_H

#include "base/err.h"
#include "drivers/virtual/device.h"

/* NULL and *e when there is no such kind. */
struct virtual_device *virtual_plain_create(const char *kind, struct err *e);

#endif
