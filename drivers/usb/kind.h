/* SPDX-License-Identifier: Apache-2.0
 *
 * What kind of device it is, for a technician who looks for it. By class codes (USB-IF's list); nothing decides by it.
 */
#ifndef DRIVERS_USB_KIND_H
#define DRIVERS_USB_KIND_H

#include "drivers/usb/usb.h"

/* "keyboard", "storage", "hub" …; "unknown" when its classes say nothing. Static. */
const char *usb_kind(const struct usb_info *info);

#endif
