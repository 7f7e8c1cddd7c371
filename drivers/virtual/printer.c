/* SPDX-License-Identifier: Apache-2.0
 *
 * The virtual printer's outside: descriptors, receive buffer, print speed, faults on command. Bytes are looked at twice: on
 * arrival for real-time commands, whatever they are part of, and in order by the parser when the paper is free to move.
 */
#include "drivers/virtual/printer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/virtual/printer_parts.h"

#define RECEIVED_MAX (4 * 1024 * 1024)
#define PACKET 64
#define CLASS_PRINTER 7

static const struct virtual_printer_profile profiles[] = {
    {.name = "epson-tm-t20iii",
     .vendor = 0x04b8,
     .product = 0x0e15,
     .maker = "EPSON",
     .model = "TM-T20III",
     .out = 0x01,
     .in = 0x82,
     .protocol = 2,
     .dots = 576,
     .fifo = 4096,
     .dots_per_s = 2000,
     .process_id = true,
     .automatic_status = true,
     .clear_dc4 = true,
     .native_qr = true,
     .port_status = PORT_HONEST},
    {.name = "xprinter-80",
     .vendor = 0x0fe6,
     .product = 0x811e,
     .maker = "Xprinter ",
     .model = "USB Printer P",
     .out = 0x02,
     .in = 0x81,
     .protocol = 2,
     .dots = 576,
     .fifo = 16384,
     .dots_per_s = 1600,
     .automatic_status = true,
     .native_qr = true,
     .port_status = PORT_STALLS},
    {.name = "gprinter-zh380",
     .vendor = 0x6868,
     .product = 0x0500,
     .maker = "Printer",
     .model = "Printer",
     .out = 0x03,
     .in = 0x84,
     .protocol = 2,
     .dots = 576,
     .fifo = 8192,
     .dots_per_s = 1600,
     .native_qr = true,
     .port_status = PORT_CONSTANT},
    {.name = "zjiang-58",
     .vendor = 0x0416,
     .product = 0x5011,
     .out = 0x01,
     .in = 0x81,
     .protocol = 1,
     .dots = 384,
     .fifo = 2048,
     .dots_per_s = 700,
     .separate_size = true,
     .port_status = PORT_CONSTANT},
};
#define N_PROFILES (sizeof profiles / sizeof *profiles)

static struct virtual_printer *of(struct virtual_device *d)
{
    return (struct virtual_printer *)(void *)d;
}

static const struct virtual_printer *of_const(const struct virtual_device *d)
{
    return (const struct virtual_printer *)(const void *)d;
}

/* --- paper --- */

void printer_cut(struct virtual_printer *p)
{
    p->cutting = true;
}

/* What is still in the buffer belongs to the next paper. */
static void drop_paper(struct virtual_printer *p)
{
    struct buf own = p->received;

    own.len -= own.len < (size_t)p->fifo_len ? own.len : (size_t)p->fifo_len;
    sheet_give(&p->sheet, &own, true, p->fn, p->fn_ctx);
    sheet_reset(&p->sheet);
    buf_reset(&p->received);
    buf_add(&p->received, p->fifo, (size_t)p->fifo_len);
    p->cutting = false;
}

void printer_clear_buffers(struct virtual_printer *p)
{
    uint8_t mask = p->automatic_mask;

    p->fifo_len = 0;
    printer_decoder_reset(p);
    p->automatic_mask = mask;
}

/* --- time --- */

static void moved(struct virtual_printer *p, int dots)
{
    int64_t us = dots * INT64_C(1000000) / p->profile->dots_per_s + dots * INT64_C(1000) * p->slow_ms / PRINTER_LINE;

    p->busy_until_us += us;
    if (p->paper_out_after < 0 || dots == 0)
        return;
    p->paper_out_after -= dots;
    if (p->paper_out_after <= 0) {
        p->paper_out_after = -1;
        p->paper_out = true;
        printer_automatic(p, false);
    }
}

static void use_up(struct virtual_printer *p, int n)
{
    p->fifo_len -= n;
    memmove(p->fifo, p->fifo + n, (size_t)p->fifo_len);
}

/* Obeys what it can until now. What it does takes its time from when it was free, not from when it was asked to go on; it
 * was not free while there was nothing to do or it was stopped. */
static void run(struct virtual_printer *p, int64_t now_ms)
{
    int64_t now_us = now_ms * 1000;

    if ((!p->fifo_len || printer_offline(p)) && p->busy_until_us < now_us)
        p->busy_until_us = now_us;
    while (p->fifo_len && !p->gone && !printer_offline(p) && p->busy_until_us <= now_us) {
        int dots, len = p->fifo_len, n = printer_decode(p, p->fifo, len, &dots);

        if (n == 0 && len == p->profile->fifo && !printer_offline(p))
            n = 1; /* a command longer than the buffer: nothing can come of it */
        if (n > p->fifo_len)
            n = p->fifo_len;
        use_up(p, n);
        if (p->cutting)
            drop_paper(p);
        if (n == 0)
            break;
        moved(p, dots);
    }
}

static int64_t printer_tick(struct virtual_device *d, int64_t now_ms)
{
    struct virtual_printer *p = of(d);

    run(p, now_ms);
    if (!p->fifo_len || p->gone || printer_offline(p) || p->busy_until_us <= now_ms * 1000)
        return -1;
    return (p->busy_until_us + 999) / 1000;
}

/* --- real-time commands --- */

static void recover(struct virtual_printer *p, uint8_t n)
{
    if (!printer_offline(p) || (n != 1 && n != 2))
        return;
    if (n == 2)
        printer_clear_buffers(p);
}

/* The longest real-time command that matters has ten bytes: DLE DC4 8 and seven fixed ones. */
static void real_time(struct virtual_printer *p, uint8_t b)
{
    static const uint8_t clear[10] = {0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8};
    static const uint8_t status[2] = {0x10, 0x04}, enquiry[2] = {0x10, 0x05};

    memmove(p->real_time, p->real_time + 1, sizeof p->real_time - 1);
    p->real_time[sizeof p->real_time - 1] = b;
    if (!memcmp(p->real_time + 7, status, 2))
        printer_answer_status(p, b);
    else if (!memcmp(p->real_time + 7, enquiry, 2))
        recover(p, b);
    else if (p->profile->clear_dc4 && !memcmp(p->real_time, clear, sizeof clear))
        printer_clear_buffers(p);
}

/* --- USB --- */

static const uint8_t *printer_descriptors(const struct virtual_device *d, size_t *ret_len)
{
    *ret_len = sizeof of_const(d)->descriptors;
    return of_const(d)->descriptors;
}

static const char *printer_string(const struct virtual_device *d, int n)
{
    return n == 1 ? of_const(d)->profile->maker : n == 2 ? of_const(d)->profile->model : NULL;
}

static int printer_out(struct virtual_device *d, uint8_t endpoint, const uint8_t *data, int len, int64_t now_ms)
{
    struct virtual_printer *p = of(d);
    int taken = 0;

    if (p->gone)
        return VIRTUAL_GONE;
    if (endpoint != p->profile->out)
        return VIRTUAL_STALL;
    run(p, now_ms);
    while (taken < len && p->fifo_len < p->profile->fifo && !p->gone) {
        p->fifo[p->fifo_len++] = data[taken];
        buf_addc(&p->received, data[taken]);
        real_time(p, data[taken++]);
        if (p->die_after >= 0 && p->die_after-- == 0)
            p->gone = true;
        if (p->fifo_len == p->profile->fifo)
            run(p, now_ms);
    }
    if (p->full_since_ms)
        p->full_ms += now_ms - p->full_since_ms;
    p->full_since_ms = taken == len ? 0 : now_ms;
    if (taken && data[0] != 0x10) /* DLE begins a question, not a part of a job */
        p->received_ms = now_ms;
    run(p, now_ms);
    return taken || !len ? taken : VIRTUAL_NAK;
}

static int printer_in(struct virtual_device *d, uint8_t endpoint, uint8_t *data, int cap, int64_t now_ms)
{
    struct virtual_printer *p = of(d);
    int n = p->replies_len < PACKET ? p->replies_len : PACKET;

    if (p->gone)
        return VIRTUAL_GONE;
    if (endpoint != p->profile->in)
        return VIRTUAL_STALL;
    run(p, now_ms);
    n = p->replies_len < PACKET ? p->replies_len : PACKET;
    n = n < cap ? n : cap;
    if (n <= 0)
        return VIRTUAL_NAK;
    memcpy(data, p->replies, (size_t)n);
    p->replies_len -= n;
    memmove(p->replies, p->replies + n, (size_t)p->replies_len);
    return n;
}

/* GET_DEVICE_ID (0), GET_PORT_STATUS (1), SOFT_RESET (2, by class interface or, as version 1.0 had it, other). */
static int printer_control(struct virtual_device *d, const struct virtual_setup *setup, uint8_t *data, int64_t now_ms)
{
    struct virtual_printer *p = of(d);
    char id[128];
    int n;

    if (p->gone)
        return VIRTUAL_GONE;
    run(p, now_ms);
    if (setup->request_type == 0xA1 && setup->request == 0) {
        n = snprintf(id + 2, sizeof id - 2, "MFG:%s;MDL:%s;CLS:PRINTER;CMD:ESC/POS;",
                     p->profile->maker ? p->profile->maker : "", p->profile->model ? p->profile->model : "") +
            2;
        id[0] = (char)(n >> 8);
        id[1] = (char)n;
        n = n < setup->length ? n : setup->length;
        memcpy(data, id, (size_t)n);
        return n;
    }
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

static void printer_clear_halt(struct virtual_device *d, uint8_t endpoint)
{
    (void)d;
    (void)endpoint;
}

static void printer_reset(struct virtual_device *d)
{
    of(d)->replies_len = 0;
}

static void printer_destroy(struct virtual_device *d)
{
    struct virtual_printer *p = of(d);

    sheet_finish(&p->sheet);
    buf_finish(&p->received);
    iconv_close(p->chinese);
    free(p);
}

static const struct virtual_device_ops ops = {
    .kind = "printer",
    .descriptors = printer_descriptors,
    .string = printer_string,
    .out = printer_out,
    .in = printer_in,
    .control = printer_control,
    .clear_halt = printer_clear_halt,
    .reset = printer_reset,
    .tick = printer_tick,
    .command = printer_command,
    .destroy = printer_destroy,
};

static void describe(struct virtual_printer *p)
{
    const struct virtual_printer_profile *f = p->profile;
    const uint8_t bytes[sizeof p->descriptors] = {
        18,
        1,
        0x00,
        0x02,
        0,
        0,
        0,
        64,
        (uint8_t)f->vendor,
        (uint8_t)(f->vendor >> 8),
        (uint8_t)f->product,
        (uint8_t)(f->product >> 8),
        0x00,
        0x01,
        f->maker ? 1 : 0,
        f->model ? 2 : 0,
        0,
        1,
        9,
        2,
        32,
        0,
        1,
        1,
        0,
        0xC0,
        1,
        9,
        4,
        0,
        0,
        2,
        CLASS_PRINTER,
        1,
        f->protocol,
        0,
        7,
        5,
        f->out,
        2,
        PACKET,
        0,
        0,
        7,
        5,
        f->in,
        2,
        PACKET,
        0,
        0,
    };

    memcpy(p->descriptors, bytes, sizeof bytes);
}

const char *const *virtual_printer_profiles(void)
{
    static const char *names[N_PROFILES + 1];

    for (size_t i = 0; i < N_PROFILES; i++)
        names[i] = profiles[i].name;
    return names;
}

static const struct virtual_printer_profile *find(const char *name)
{
    for (size_t i = 0; i < N_PROFILES; i++)
        if (!strcmp(profiles[i].name, name))
            return &profiles[i];
    return NULL;
}

struct virtual_device *virtual_printer_create(const char *profile, struct err *e)
{
    const struct virtual_printer_profile *f = find(profile);
    struct virtual_printer *p;

    if (!f) {
        err_set(e, ERR_NOTFOUND,
                "no virtual printer \"%s\": there are epson-tm-t20iii, xprinter-80, gprinter-zh380, zjiang-58", profile);
        return NULL;
    }
    p = calloc(1, sizeof *p);
    if (!p)
        abort();
    p->device.ops = &ops;
    p->profile = f;
    p->chinese = iconv_open("WCHAR_T", "GB18030");
    buf_init(&p->received, RECEIVED_MAX);
    sheet_init(&p->sheet, f->dots);
    printer_decoder_reset(p);
    printer_heal(p);
    describe(p);
    return &p->device;
}

void virtual_printer_on_job(struct virtual_device *d, virtual_paper_fn *fn, void *ctx)
{
    of(d)->fn = fn;
    of(d)->fn_ctx = ctx;
}

bool virtual_printer_unfinished(struct virtual_device *d, virtual_paper_fn *fn, void *ctx)
{
    struct virtual_printer *p = of(d);

    if (sheet_empty(&p->sheet))
        return false;
    sheet_give(&p->sheet, &p->received, false, fn, ctx);
    return true;
}
