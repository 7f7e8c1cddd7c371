/* SPDX-License-Identifier: Apache-2.0
 *
 * See plain.h. Descriptors: USB 2.0 §9.6, HID 1.11 §7.1, mass storage bulk-only 1.0 §4, printer class 1.1 §4.
 */
#include "drivers/virtual/plain.h"

#include <stdlib.h>
#include <string.h>

#include "base/must.h"

struct kind {
    const char *name, *strings[3];
    const uint8_t *descriptors;
    size_t n_descriptors;
};

struct plain {
    struct virtual_device base;
    const struct kind *kind;
    int touched;
};

#define DEVICE(vendor, product, configurations)                                                                             \
    18, 1, 0x10, 1, 0, 0, 0, 64, (vendor)&0xFF, (vendor) >> 8, (product)&0xFF, (product) >> 8, 0, 1, 1, 2, 3, configurations
#define CONFIGURATION(length, interfaces, value) 9, 2, length, 0, interfaces, value, 0, 0xA0, 50
#define INTERFACE(number, alternate, endpoints, class_, subclass, protocol)                                                 \
    9, 4, number, alternate, endpoints, class_, subclass, protocol, 0
#define ENDPOINT(address, type, packet) 7, 5, address, type, packet, 0, 10

static const uint8_t keyboard[] = {
    DEVICE(0x046D, 0xC31C, 1), CONFIGURATION(34, 1, 1), INTERFACE(0, 0, 1, 3, 1, 1), 9, 0x21, 0x11, 1, 0, 1, 0x22, 63, 0,
    ENDPOINT(0x81, 3, 8)};
static const uint8_t stick[] = {DEVICE(0x0781, 0x5567, 1), CONFIGURATION(32, 1, 1), INTERFACE(0, 0, 2, 8, 6, 0x50),
                                ENDPOINT(0x81, 2, 64), ENDPOINT(0x02, 2, 64)};
static const uint8_t alternates[] = {DEVICE(0x0483, 0x5743, 1),   CONFIGURATION(9 + 23 + 23 + 23, 1, 1),
                                     INTERFACE(0, 0, 2, 7, 1, 1), ENDPOINT(0x01, 2, 64),
                                     ENDPOINT(0x81, 2, 64),       INTERFACE(0, 1, 2, 7, 1, 2),
                                     ENDPOINT(0x02, 2, 64),       ENDPOINT(0x82, 2, 64),
                                     INTERFACE(0, 2, 2, 7, 1, 3), ENDPOINT(0x03, 2, 64),
                                     ENDPOINT(0x83, 2, 64)};
static const uint8_t configurations[] = {
    DEVICE(0x0416, 0x5011, 2),   CONFIGURATION(9 + 9, 1, 1), INTERFACE(0, 0, 0, 0xFF, 0, 0), CONFIGURATION(9 + 23, 1, 2),
    INTERFACE(0, 0, 2, 7, 1, 2), ENDPOINT(0x01, 2, 64),      ENDPOINT(0x81, 2, 64)};

static const struct kind kinds[] = {
    {"keyboard", {"Logitech", "USB Keyboard", NULL}, keyboard, sizeof keyboard},
    {"stick", {"SanDisk", "Cruzer Blade", "4C530001090929115122"}, stick, sizeof stick},
    {"alternates", {"Xprinter ", "USB\x02 Printer P", NULL}, alternates, sizeof alternates},
    {"configurations", {NULL, NULL, NULL}, configurations, sizeof configurations},
};

static const uint8_t *plain_descriptors(const struct virtual_device *d, size_t *ret_len)
{
    const struct kind *k = ((const struct plain *)d)->kind;
    *ret_len = k->n_descriptors;
    return k->descriptors;
}

static const char *plain_string(const struct virtual_device *d, int n)
{
    return n >= 1 && n <= 3 ? ((const struct plain *)d)->kind->strings[n - 1] : NULL;
}

static int plain_out(struct virtual_device *d, uint8_t endpoint, const uint8_t *data, int len, int64_t now_ms)
{
    ((struct plain *)d)->touched++;
    return len;
}

/* A key down, over and over: whoever reads it would type. */
static int plain_in(struct virtual_device *d, uint8_t endpoint, uint8_t *data, int cap, int64_t now_ms)
{
    struct plain *p = (struct plain *)d;
    p->touched++;
    if (p->kind->descriptors != keyboard || cap < 8)
        return VIRTUAL_NAK;
    memcpy(data, (const uint8_t[]){0, 0, 0x28, 0, 0, 0, 0, 0}, 8);
    return 8;
}

static int plain_control(struct virtual_device *d, const struct virtual_setup *setup, uint8_t *data, int64_t now_ms)
{
    ((struct plain *)d)->touched++;
    return VIRTUAL_STALL;
}

static void plain_clear_halt(struct virtual_device *d, uint8_t endpoint)
{
    ((struct plain *)d)->touched++;
}

static void plain_reset(struct virtual_device *d)
{
}

static int64_t plain_tick(struct virtual_device *d, int64_t now_ms)
{
    return -1;
}

static int plain_command(struct virtual_device *d, const char *words, struct buf *reply)
{
    if (strcmp(words, "touched") && strcmp(words, "status"))
        return -ERR_INVALID;
    buf_addf(reply, "{\"touched\":%d}", ((struct plain *)d)->touched);
    return 0;
}

static void plain_destroy(struct virtual_device *d)
{
    free(d);
}

static const struct virtual_device_ops ops = {.kind = "plain",
                                              .descriptors = plain_descriptors,
                                              .string = plain_string,
                                              .out = plain_out,
                                              .in = plain_in,
                                              .control = plain_control,
                                              .clear_halt = plain_clear_halt,
                                              .reset = plain_reset,
                                              .tick = plain_tick,
                                              .command = plain_command,
                                              .destroy = plain_destroy};

struct virtual_device *virtual_plain_create(const char *kind, struct err *e)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i].name, kind))
            continue;
        struct plain *p = calloc(1, sizeof *p);
        must(p, "out of memory");
        p->base.ops = &ops;
        p->kind = &kinds[i];
        return &p->base;
    }
    err_set(e, ERR_NOTFOUND, "there is no virtual device \"%s\"", kind);
    return NULL;
}
