/* SPDX-License-Identifier: Apache-2.0
 *
 * Which of a device's interfaces, alternate settings and configurations is spoken to as a printer (USB printer class 1.1
 * §4): the highest protocol up to 2 (bidirectional), the active configuration where several are as good. Protocol 3 (IEEE
 * 1284.4) is not spoken. A bulk endpoint each way is needed, whatever the protocol says: unidirectional ones answer too.
 */
#ifndef DRIVERS_USB_PRINTER_CLASS_H
#define DRIVERS_USB_PRINTER_CLASS_H

#include "drivers/usb/usb.h"

#define USB_CLASS_PRINTS 7

struct usb_printer_pipes {
    struct usb_interface interface;
    uint8_t out, in;
};

/* False when it has none; *ret_why, unless NULL, says what is missing. */
bool usb_printer_choose(const struct usb_info *info, struct usb_printer_pipes *ret, const char **ret_why);

#endif
