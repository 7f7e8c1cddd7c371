/* SPDX-License-Identifier: Apache-2.0
 *
 * See descriptors.h.
 */
#include "drivers/virtual/descriptors.h"

#include <linux/usb/ch9.h>
#include <string.h>

/* The descriptor at *at, and *at behind it; NULL at the end or where a length is wrong. */
static const uint8_t *next(const uint8_t *d, size_t len, size_t *at)
{
    const uint8_t *p = d + *at;
    if (len - *at < 2 || p[0] < 2 || p[0] > len - *at)
        return NULL;
    *at += p[0];
    return p;
}

const uint8_t *descriptors_nth(const uint8_t *d, size_t len, int index, size_t *ret_len)
{
    size_t at = USB_DT_DEVICE_SIZE;
    while (at + USB_DT_CONFIG_SIZE <= len && d[at + 1] == USB_DT_CONFIG) {
        size_t total = (size_t)(d[at + 2] | d[at + 3] << 8);
        if (total < USB_DT_CONFIG_SIZE || total > len - at)
            return NULL;
        if (index-- == 0) {
            *ret_len = total;
            return d + at;
        }
        at += total;
    }
    return NULL;
}

const uint8_t *descriptors_configuration(const uint8_t *d, size_t len, int value, size_t *ret_len)
{
    const uint8_t *c;
    for (int i = 0; (c = descriptors_nth(d, len, i, ret_len)); i++) {
        if (c[5] == value)
            return c;
    }
    return NULL;
}

int descriptors_first(const uint8_t *d, size_t len)
{
    size_t n;
    const uint8_t *c = descriptors_nth(d, len, 0, &n);
    return c ? c[5] : 0;
}

bool descriptors_interface(const uint8_t *d, size_t len, int configuration, int number, int alternate)
{
    size_t n, at = 0;
    const uint8_t *c = descriptors_configuration(d, len, configuration, &n), *p;
    while (c && (p = next(c, n, &at))) {
        if (p[1] == USB_DT_INTERFACE && p[0] >= USB_DT_INTERFACE_SIZE && p[2] == number && p[3] == alternate)
            return true;
    }
    return false;
}

int descriptors_place(uint8_t endpoint)
{
    return (endpoint & 15) | (endpoint & USB_DIR_IN ? 16 : 0);
}

void descriptors_endpoints(const uint8_t *d, size_t len, const struct virtual_setting *s,
                           struct virtual_endpoint out[DESCRIPTORS_ENDPOINTS])
{
    size_t n, at = 0;
    const uint8_t *c = descriptors_configuration(d, len, s->configuration, &n), *p;
    uint8_t interface = 0;
    bool chosen = false;
    memset(out, 0, DESCRIPTORS_ENDPOINTS * sizeof *out);
    while (c && (p = next(c, n, &at))) {
        if (p[1] == USB_DT_INTERFACE && p[0] >= USB_DT_INTERFACE_SIZE) {
            interface = p[2];
            chosen = p[3] == (interface < DESCRIPTORS_INTERFACES_MAX ? s->alternate[interface] : 0);
        }
        if (p[1] == USB_DT_ENDPOINT && p[0] >= USB_DT_ENDPOINT_SIZE && chosen)
            out[descriptors_place(p[2])] = (struct virtual_endpoint){.max_packet = (uint16_t)((p[4] | p[5] << 8) & 0x7FF),
                                                                     .type = p[3] & USB_ENDPOINT_XFERTYPE_MASK,
                                                                     .interval = p[6],
                                                                     .interface = interface};
    }
}
