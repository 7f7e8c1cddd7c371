/* SPDX-License-Identifier: Apache-2.0 */
#include "drivers/usb/printer_class.h"

#define BULK 2
#define PROTOCOL_MAX 2

/* The last of each direction, as the class's own drivers take them. */
static bool find_pipes(const struct usb_interface *f, struct usb_printer_pipes *ret)
{
    *ret = (struct usb_printer_pipes){.interface = *f};
    for (int i = 0; i < f->n_endpoints; i++) {
        if (f->endpoints[i].type == BULK)
            *(f->endpoints[i].address & 0x80 ? &ret->in : &ret->out) = f->endpoints[i].address;
    }
    return ret->out && ret->in;
}

bool usb_printer_choose(const struct usb_info *info, struct usb_printer_pipes *ret, const char **ret_why)
{
    const char *why = "no interface of the printer class";
    struct usb_printer_pipes found;
    int best = -1;
    for (int i = 0; i < info->n_all; i++) {
        const struct usb_interface *f = &info->interfaces[i];
        if (f->class_ != USB_CLASS_PRINTS)
            continue;
        if (f->protocol > PROTOCOL_MAX) {
            why = "only protocols that are not spoken";
        } else if (f->protocol > best && find_pipes(f, &found)) {
            best = f->protocol;
            *ret = found;
        } else if (best < 0) {
            why = "no bulk endpoint each way";
        }
    }
    if (best < 0 && ret_why)
        *ret_why = why;
    return best >= 0;
}
