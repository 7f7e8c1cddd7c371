/* SPDX-License-Identifier: Apache-2.0 */
#include "drivers/usb/kind.h"

#define ANY (-1)

static const struct {
    int class_, subclass, protocol;
    const char *name;
} kinds[] = {
    {0x03, 1, 1, "keyboard"},         {0x03, 1, 2, "mouse"},
    {0x03, ANY, ANY, "input device"}, {0x07, ANY, ANY, "printer"},
    {0x08, ANY, ANY, "storage"},      {0x09, ANY, ANY, "hub"},
    {0x01, ANY, ANY, "sound"},        {0x0E, ANY, ANY, "camera"},
    {0x02, ANY, ANY, "modem"},        {0x0B, ANY, ANY, "chip card reader"},
    {0xE0, ANY, ANY, "radio"},        {0xFE, 1, ANY, "firmware update mode"},
};

static bool fits(const struct usb_interface *f, size_t k)
{
    return f->class_ == kinds[k].class_ && (kinds[k].subclass == ANY || f->subclass == kinds[k].subclass) &&
           (kinds[k].protocol == ANY || f->protocol == kinds[k].protocol);
}

const char *usb_kind(const struct usb_info *info)
{
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        for (int i = 0; i < info->n_all; i++) {
            if (fits(&info->interfaces[i], k))
                return kinds[k].name;
        }
    }
    return "unknown";
}
