/* SPDX-License-Identifier: Apache-2.0
 *
 * USB/IP's bytes, version 1.1.1, as the kernel's Documentation/usb/usbip_protocol.rst has them: big-endian throughout, but
 * for the setup packet. Pure: nothing is allocated.
 */
#ifndef DRIVERS_VIRTUAL_USBIP_WIRE_H
#define DRIVERS_VIRTUAL_USBIP_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define USBIP_VERSION 0x0111
#define USBIP_BUSID_LEN 32
#define USBIP_OP_LEN 8
#define USBIP_DEVICE_LEN 312
#define USBIP_INTERFACE_LEN 4
#define USBIP_COMMAND_LEN 48
#define USBIP_TRANSFER_MAX (1024 * 1024)

enum usbip_op {
    USBIP_REQ_DEVLIST = 0x8005,
    USBIP_REP_DEVLIST = 0x0005,
    USBIP_REQ_IMPORT = 0x8003,
    USBIP_REP_IMPORT = 0x0003
};
enum usbip_status { USBIP_OK, USBIP_NOT_THERE, USBIP_BUSY };
enum usbip_command_code { USBIP_CMD_SUBMIT = 1, USBIP_CMD_UNLINK = 2, USBIP_RET_SUBMIT = 3, USBIP_RET_UNLINK = 4 };

struct usbip_device {
    const char *busid; /* "1-1" */
    uint32_t bus, address;
    uint32_t speed; /* enum usb_device_speed: 2 full, 3 high */
    uint16_t vendor, product, release;
    uint8_t class_, subclass, protocol, configuration, n_configurations, n_interfaces;
};

struct usbip_command {
    enum usbip_command_code code; /* SUBMIT or UNLINK */
    uint32_t sequence;
    bool in;
    uint8_t endpoint; /* without direction */
    uint32_t length;  /* SUBMIT: of the buffer; when OUT so many bytes follow */
    uint8_t setup[8];
    uint32_t victim; /* UNLINK: whose sequence */
};

/* -ERR_VERSION: of another protocol; -ERR_PROTOCOL: neither of the two requests. */
int usbip_decode_op(const uint8_t bytes[USBIP_OP_LEN], enum usbip_op *ret);
/* -ERR_PROTOCOL: unknown, isochronous, an impossible endpoint; -ERR_TOOLONG: above USBIP_TRANSFER_MAX. */
int usbip_decode_command(const uint8_t bytes[USBIP_COMMAND_LEN], struct usbip_command *ret);

void usbip_encode_op(enum usbip_op code, enum usbip_status status, uint8_t out[USBIP_OP_LEN]);
void usbip_encode_device(const struct usbip_device *d, uint8_t out[USBIP_DEVICE_LEN]);
/* `status`: 0 or -errno. `code`: RET_SUBMIT or RET_UNLINK, for which `actual` is 0. */
void usbip_encode_return(enum usbip_command_code code, uint32_t sequence, int status, uint32_t actual,
                         uint8_t out[USBIP_COMMAND_LEN]);

#endif
