/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading a device's own descriptors (USB 2.0 §9.6): the device descriptor followed by each configuration with its
 * interfaces, alternate settings and endpoints. Pure; every length is checked.
 */
#ifndef DRIVERS_VIRTUAL_DESCRIPTORS_H
#define DRIVERS_VIRTUAL_DESCRIPTORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DESCRIPTORS_INTERFACES_MAX 4
#define DESCRIPTORS_ENDPOINTS 32

/* What the host has chosen: SET_CONFIGURATION and SET_INTERFACE. */
struct virtual_setting {
    uint8_t configuration; /* 0: none */
    uint8_t alternate[DESCRIPTORS_INTERFACES_MAX];
};

/* The index-th configuration with all that belongs to it, NULL when there is none; *ret_len its bytes. */
const uint8_t *descriptors_nth(const uint8_t *d, size_t len, int index, size_t *ret_len);
/* The same by bConfigurationValue. */
const uint8_t *descriptors_configuration(const uint8_t *d, size_t len, int value, size_t *ret_len);
/* Value of the first configuration, 0 when there is none: what a host chooses at plugging. */
int descriptors_first(const uint8_t *d, size_t len);
bool descriptors_interface(const uint8_t *d, size_t len, int configuration, int number, int alternate);

/* Both directions of an endpoint number are different endpoints: a place in an array of DESCRIPTORS_ENDPOINTS. */
int descriptors_place(uint8_t endpoint);

struct virtual_endpoint {
    uint16_t max_packet; /* 0: no such endpoint */
    uint8_t type;        /* USB_ENDPOINT_XFER_* */
    uint8_t interval, interface;
};
/* The endpoints of the setting. */
void descriptors_endpoints(const uint8_t *d, size_t len, const struct virtual_setting *s,
                           struct virtual_endpoint out[DESCRIPTORS_ENDPOINTS]);

#endif
