/* SPDX-License-Identifier: Apache-2.0
 *
 * See usbip_wire.h.
 */
#include "drivers/virtual/usbip_wire.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"

#define PATH_LEN 256
#define NOT_ISOCHRONOUS 0xFFFFFFFFu /* newer kernels say so where older ones say 0 packets */

static uint8_t *put16(uint8_t *p, unsigned v)
{
    p[0] = (uint8_t)(v >> 8);
    p[1] = (uint8_t)v;
    return p + 2;
}

static uint8_t *put32(uint8_t *p, uint32_t v)
{
    return put16(put16(p, v >> 16), v & 0xFFFF);
}

int usbip_decode_op(const uint8_t bytes[USBIP_OP_LEN], enum usbip_op *ret)
{
    unsigned code = be16(bytes + 2);
    if (be16(bytes) != USBIP_VERSION)
        return -ERR_VERSION;
    if (code != USBIP_REQ_DEVLIST && code != USBIP_REQ_IMPORT)
        return -ERR_PROTOCOL;
    *ret = (enum usbip_op)code;
    return 0;
}

static int decode_submit(const uint8_t *b, struct usbip_command *c)
{
    uint32_t packets = be32(b + 32);
    c->length = be32(b + 24);
    memcpy(c->setup, b + 40, sizeof c->setup);
    if (packets != 0 && packets != NOT_ISOCHRONOUS)
        return -ERR_PROTOCOL;
    return c->length > USBIP_TRANSFER_MAX ? -ERR_TOOLONG : 0;
}

int usbip_decode_command(const uint8_t bytes[USBIP_COMMAND_LEN], struct usbip_command *ret)
{
    uint32_t code = be32(bytes), direction = be32(bytes + 12), endpoint = be32(bytes + 16);
    struct usbip_command c = {.sequence = be32(bytes + 4), .in = direction == 1, .endpoint = (uint8_t)endpoint};
    int rc = 0;
    if (direction > 1 || endpoint > 15)
        return -ERR_PROTOCOL;
    if (code == USBIP_CMD_SUBMIT)
        rc = decode_submit(bytes, &c);
    else if (code == USBIP_CMD_UNLINK)
        c.victim = be32(bytes + 20);
    else
        rc = -ERR_PROTOCOL;
    if (rc < 0)
        return rc;
    c.code = (enum usbip_command_code)code;
    *ret = c;
    return 0;
}

void usbip_encode_op(enum usbip_op code, enum usbip_status status, uint8_t out[USBIP_OP_LEN])
{
    put32(put16(put16(out, USBIP_VERSION), code), status);
}

void usbip_encode_device(const struct usbip_device *d, uint8_t out[USBIP_DEVICE_LEN])
{
    memset(out, 0, USBIP_DEVICE_LEN);
    snprintf((char *)out, PATH_LEN, "/sys/devices/desk/%s", d->busid);
    snprintf((char *)out + PATH_LEN, USBIP_BUSID_LEN, "%s", d->busid);
    uint8_t *p = out + PATH_LEN + USBIP_BUSID_LEN;
    p = put32(put32(put32(p, d->bus), d->address), d->speed);
    p = put16(put16(put16(p, d->vendor), d->product), d->release);
    *p++ = d->class_;
    *p++ = d->subclass;
    *p++ = d->protocol;
    *p++ = d->configuration;
    *p++ = d->n_configurations;
    *p = d->n_interfaces;
}

void usbip_encode_return(enum usbip_command_code code, uint32_t sequence, int status, uint32_t actual,
                         uint8_t out[USBIP_COMMAND_LEN])
{
    memset(out, 0, USBIP_COMMAND_LEN);
    put32(put32(out, code), sequence);
    put32(put32(out + 20, (uint32_t)status), actual);
    if (code == USBIP_RET_SUBMIT)
        put32(out + 32, NOT_ISOCHRONOUS);
}
