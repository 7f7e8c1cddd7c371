/* SPDX-License-Identifier: Apache-2.0
 *
 * The virtual printer as USB sees it: descriptors (USB 2.0 §9.6), strings, and the requests of the printer class 1.1.
 */
#include <stdio.h>
#include <string.h>

#include "drivers/virtual/printer_parts.h"

#define PACKET 64
#define CLASS_PRINTER 7
#define CLASS_VENDOR 0xFF
enum { UNIDIRECTIONAL = 1, BIDIRECTIONAL = 2 };

static void add(struct virtual_printer *p, const uint8_t *bytes, size_t n)
{
    memcpy(p->descriptors + p->n_descriptors, bytes, n);
    p->n_descriptors += n;
}
#define ADD(p, ...) add(p, (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

static void add_setting(struct virtual_printer *p, uint8_t n, uint8_t protocol, bool answers)
{
    ADD(p, 9, 4, 0, n, answers ? 2 : 1, p->profile->vendor_class ? CLASS_VENDOR : CLASS_PRINTER, 1, protocol, 0);
    ADD(p, 7, 5, p->profile->out, 2, PACKET, 0, 0);
    if (answers)
        ADD(p, 7, 5, p->profile->in, 2, PACKET, 0, 0);
}

void printer_describe(struct virtual_printer *p)
{
    const struct virtual_printer_profile *f = p->profile;
    size_t at;

    ADD(p, 18, 1, 0x00, 0x02, 0, 0, 0, 64, (uint8_t)f->vendor, (uint8_t)(f->vendor >> 8), (uint8_t)f->product,
        (uint8_t)(f->product >> 8), 0x00, 0x01, f->maker ? 1 : 0, f->model ? 2 : 0, f->serial ? 3 : 0, 1);
    at = p->n_descriptors;
    ADD(p, 9, 2, 0, 0, 1, 1, 0, 0xC0, 1);
    if (f->alternates) {
        add_setting(p, 0, UNIDIRECTIONAL, false);
        add_setting(p, 1, BIDIRECTIONAL, true);
    } else {
        add_setting(p, 0, f->protocol, true);
    }
    p->descriptors[at + 2] = (uint8_t)(p->n_descriptors - at);
}

const uint8_t *printer_descriptors(const struct virtual_device *d, size_t *ret_len)
{
    *ret_len = printer_of_const(d)->n_descriptors;
    return printer_of_const(d)->descriptors;
}

const char *printer_string(const struct virtual_device *d, int n)
{
    const struct virtual_printer_profile *f = printer_of_const(d)->profile;

    return n == 1 ? f->maker : n == 2 ? f->model : n == 3 ? f->serial : NULL;
}

/* GET_DEVICE_ID: two bytes of length, themselves included, then keys and values. */
static int device_id(const struct virtual_printer *p, uint8_t *data, int cap)
{
    const struct virtual_printer_profile *f = p->profile;
    char id[256];
    int n = 2 + snprintf(id + 2, sizeof id - 2, "MFG:%s;MDL:%s;CLS:PRINTER;CMD:%s;", f->maker ? f->maker : "",
                         f->model ? f->model : "", f->language ? f->language : "ESC/POS");

    id[0] = (char)(n >> 8);
    id[1] = (char)n;
    n = n < cap ? n : cap;
    memcpy(data, id, (size_t)n);
    return n;
}

/* GET_DEVICE_ID (0), GET_PORT_STATUS (1), SOFT_RESET (2, by class interface or, as version 1.0 had it, other). */
int printer_control(struct virtual_device *d, const struct virtual_setup *setup, uint8_t *data, int64_t now_ms)
{
    struct virtual_printer *p = printer_of(d);

    if (p->gone)
        return VIRTUAL_GONE;
    printer_run(p, now_ms);
    if (setup->request_type == 0xA1 && setup->request == 0)
        return device_id(p, data, setup->length);
    if (setup->request_type == 0xA1 && setup->request == 1 && setup->length && p->profile->port_status != PORT_STALLS) {
        data[0] = printer_port_status(p);
        return 1;
    }
    if ((setup->request_type == 0x21 || setup->request_type == 0x23) && setup->request == 2) {
        printer_clear_buffers(p);
        return 0;
    }
    return VIRTUAL_STALL;
}
