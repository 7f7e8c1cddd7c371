/* SPDX-License-Identifier: Apache-2.0
 *
 * What a device says of itself in words. The kernel has asked for it when it was plugged in (sysfs), so nothing is waited
 * for and the device need not be opened.
 */
#ifndef DRIVERS_USB_STRINGS_H
#define DRIVERS_USB_STRINGS_H

#include "drivers/usb/usb.h"

/* Fills maker, model and serial of *info by its port; "" where the device has none. */
void usb_strings_read(struct usb_info *info);
/* Real ones hold control bytes, broken UTF-8 and trailing spaces: those go, runs of spaces become one. */
void usb_strings_clean(const char *in, size_t len, char out[USB_TEXT_MAX]);

#endif
