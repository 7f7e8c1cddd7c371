/* SPDX-License-Identifier: Apache-2.0
 *
 * See control.h.
 */
#include "drivers/virtual/control.h"

#include <linux/usb/ch9.h>
#include <string.h>

#define STRING_MAX 255

struct virtual_setup control_setup(const uint8_t *b)
{
    return (struct virtual_setup){.request_type = b[0],
                                  .request = b[1],
                                  .value = (uint16_t)(b[2] | b[3] << 8),
                                  .index = (uint16_t)(b[4] | b[5] << 8),
                                  .length = (uint16_t)(b[6] | b[7] << 8)};
}

static int string_descriptor(const struct virtual_device *d, int n, uint8_t out[STRING_MAX])
{
    static const uint8_t languages[4] = {4, USB_DT_STRING, 0x09, 0x04};
    const char *s = n == 0 ? NULL : d->ops->string(d, n);
    if (n == 0)
        memcpy(out, languages, sizeof languages);
    if (!s)
        return n == 0 ? (int)sizeof languages : VIRTUAL_STALL;
    int len = 2;
    for (; *s && len < STRING_MAX - 1; s++, len += 2) {
        out[len] = (uint8_t)*s;
        out[len + 1] = 0;
    }
    out[0] = (uint8_t)len;
    out[1] = USB_DT_STRING;
    return len;
}

static int descriptor(const struct virtual_device *d, int type, int index, const uint8_t **ret, uint8_t text[STRING_MAX])
{
    size_t len, n;
    const uint8_t *all = d->ops->descriptors(d, &len);
    if (type == USB_DT_DEVICE) {
        *ret = all;
        return USB_DT_DEVICE_SIZE;
    }
    if (type == USB_DT_CONFIG) {
        *ret = descriptors_nth(all, len, index, &n);
        return *ret ? (int)n : VIRTUAL_STALL;
    }
    *ret = text;
    return type == USB_DT_STRING ? string_descriptor(d, index, text) : VIRTUAL_STALL;
}

int control_answer(const struct virtual_device *d, const struct virtual_setting *setting, uint32_t halted,
                   const struct virtual_setup *s, uint8_t *data)
{
    uint8_t text[STRING_MAX], status[2] = {0};
    const uint8_t *from = status;
    int n = VIRTUAL_STALL;
    switch (s->request) {
    case USB_REQ_GET_STATUS:
        if ((s->request_type & USB_RECIP_MASK) == USB_RECIP_ENDPOINT)
            status[0] = halted >> descriptors_place((uint8_t)s->index) & 1;
        n = 2;
        break;
    case USB_REQ_GET_CONFIGURATION:
        from = &setting->configuration;
        n = 1;
        break;
    case USB_REQ_GET_INTERFACE:
        if (s->index < DESCRIPTORS_INTERFACES_MAX) {
            from = &setting->alternate[s->index];
            n = 1;
        }
        break;
    case USB_REQ_GET_DESCRIPTOR:
        n = descriptor(d, s->value >> 8, s->value & 255, &from, text);
        break;
    default:
        break;
    }
    if (n > s->length)
        n = s->length;
    if (n > 0)
        memcpy(data, from, (size_t)n);
    return n;
}
