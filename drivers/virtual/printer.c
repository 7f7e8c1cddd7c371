/* SPDX-License-Identifier: Apache-2.0
 *
 * The virtual printer's middle: receive buffer, print speed, paper. Bytes are looked at twice: on arrival for real-time
 * commands, whatever they are part of, and in order by the parser when the paper is free to move.
 */
#include "drivers/virtual/printer.h"

#include <stdlib.h>
#include <string.h>

#include "base/must.h"
#include "drivers/virtual/printer_parts.h"

#define RECEIVED_MAX (4 * 1024 * 1024)
#define PACKET 64

/* --- paper --- */

void printer_cut(struct virtual_printer *p)
{
    p->cutting = !p->profile->no_cutter;
}

/* What is still in the buffer belongs to the next paper. */
void printer_drop_paper(struct virtual_printer *p)
{
    struct buf own = p->received;

    own.len -= own.len < (size_t)p->fifo_len ? own.len : (size_t)p->fifo_len;
    sheet_give(&p->sheet, &own, true, p->fn, p->fn_ctx);
    sheet_reset(&p->sheet);
    buf_reset(&p->received);
    buf_add(&p->received, p->fifo, (size_t)p->fifo_len);
    p->cutting = false;
    printer_was_cut(p);
}

void printer_clear_buffers(struct virtual_printer *p)
{
    uint8_t mask = p->automatic_mask;

    p->fifo_len = 0;
    printer_decoder_reset(p);
    p->automatic_mask = mask;
}

/* What it printed hangs there; everything else is forgotten. */
void printer_lose_power(struct virtual_printer *p)
{
    p->fifo_len = p->replies_len = 0;
    p->no_dc4 = p->no_eot = p->cutting = false;
    memset(p->real_time, 0, sizeof p->real_time);
    printer_decoder_reset(p);
    p->gone = true;
}

/* --- time --- */

bool printer_feeding(const struct virtual_printer *p)
{
    return p->busy_until_us > p->now_ms * 1000;
}

static void moved(struct virtual_printer *p, int dots)
{
    int64_t us = dots * INT64_C(1000000) / p->profile->dots_per_s + dots * INT64_C(1000) * p->slow_ms / PRINTER_LINE;

    p->busy_until_us += us;
    if (dots == 0)
        return;
    if (p->out_in_line) {
        p->out_in_line = false;
        sheet_lose(&p->sheet, dots / 2);
        printer_fail(p, FAULT_PAPER_OUT);
    }
    if (p->after == FAULT_NONE)
        return;
    p->after_dots -= dots;
    if (p->after_dots <= 0) {
        printer_fail(p, p->after);
        p->after = FAULT_NONE;
    }
}

static void use_up(struct virtual_printer *p, int n)
{
    p->fifo_len -= n < p->fifo_len ? n : p->fifo_len;
    memmove(p->fifo, p->fifo + n, (size_t)p->fifo_len);
}

/* Obeys what it can until now. What it does takes its time from when it was free, not from when it was asked to go on; it
 * was not free while there was nothing to do or it was stopped. */
void printer_run(struct virtual_printer *p, int64_t now_ms)
{
    int64_t now_us = now_ms * 1000;

    p->now_ms = now_ms;
    printer_present_time(p);
    if ((!p->fifo_len || printer_offline(p)) && p->busy_until_us < now_us)
        p->busy_until_us = now_us;
    while (p->fifo_len && !p->gone && !printer_offline(p) && p->busy_until_us <= now_us) {
        int dots, len = p->fifo_len, n = printer_decode(p, p->fifo, len, &dots);

        if (n == 0 && len == p->profile->fifo && !printer_offline(p))
            n = 1; /* a command longer than the buffer: nothing can come of it */
        use_up(p, n);
        if (p->cutting)
            printer_drop_paper(p);
        if (n == 0)
            break;
        moved(p, dots);
    }
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < 0 || (b >= 0 && b < a) ? b : a;
}

static int64_t printer_tick(struct virtual_device *d, int64_t now_ms)
{
    struct virtual_printer *p = printer_of(d);
    int64_t due = -1;

    printer_run(p, now_ms);
    if (p->gone)
        return -1;
    if (p->fifo_len && !printer_offline(p) && printer_feeding(p))
        due = (p->busy_until_us + 999) / 1000;
    if (p->retract_due_ms)
        due = earlier(due, p->retract_due_ms);
    if (p->merge && p->replies_len && p->merge_due_ms > now_ms)
        due = earlier(due, p->merge_due_ms);
    return due;
}

/* --- bytes --- */

/* False: there is no room for it. */
static bool take_byte(struct virtual_printer *p, uint8_t b)
{
    if (p->swallow > 0) {
        p->swallow--;
        p->lost++;
        return true;
    }
    if (p->fifo_len == p->profile->fifo) {
        p->lost += p->profile->loses_when_full;
        return p->profile->loses_when_full;
    }
    buf_addc(&p->received, b);
    if (printer_arrives(p, b) && !p->gone)
        p->fifo[p->fifo_len++] = b;
    return true;
}

static int printer_out(struct virtual_device *d, uint8_t endpoint, const uint8_t *data, int len, int64_t now_ms)
{
    struct virtual_printer *p = printer_of(d);
    int taken = 0;

    if (p->gone)
        return VIRTUAL_GONE;
    if (endpoint != p->profile->out)
        return VIRTUAL_STALL;
    printer_run(p, now_ms);
    while (taken < len && !p->gone && take_byte(p, data[taken])) {
        taken++;
        if (p->die_after >= 0 && p->die_after-- == 0)
            p->gone = true;
        if (p->fifo_len == p->profile->fifo)
            printer_run(p, now_ms);
    }
    if (p->full_since_ms)
        p->full_ms += now_ms - p->full_since_ms;
    p->full_since_ms = taken == len ? 0 : now_ms;
    if (taken && data[0] != DLE) /* DLE begins a question, not a part of a job */
        p->received_ms = now_ms;
    printer_run(p, now_ms);
    return taken || !len ? taken : VIRTUAL_NAK;
}

static int printer_in(struct virtual_device *d, uint8_t endpoint, uint8_t *data, int cap, int64_t now_ms)
{
    struct virtual_printer *p = printer_of(d);
    int n;

    if (p->gone)
        return VIRTUAL_GONE;
    if (endpoint != p->profile->in)
        return VIRTUAL_STALL;
    printer_run(p, now_ms);
    if (p->merge && p->merge_due_ms > now_ms)
        return VIRTUAL_NAK;
    n = p->replies_len < PACKET ? p->replies_len : PACKET;
    n = n < cap ? n : cap;
    n = p->split && n > 1 ? 1 : n;
    if (n <= 0)
        return VIRTUAL_NAK;
    memcpy(data, p->replies, (size_t)n);
    p->replies_len -= n;
    memmove(p->replies, p->replies + n, (size_t)p->replies_len);
    return n;
}

static void printer_clear_halt(struct virtual_device *d, uint8_t endpoint)
{
    (void)d;
    (void)endpoint;
}

/* Also what plugging it in begins with: it has power again. */
static void printer_reset(struct virtual_device *d)
{
    printer_of(d)->replies_len = 0;
    printer_of(d)->gone = false;
}

static void printer_destroy(struct virtual_device *d)
{
    struct virtual_printer *p = printer_of(d);

    sheet_finish(&p->sheet);
    buf_finish(&p->received);
    printer_decoder_finish(p);
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

struct virtual_device *virtual_printer_create(const char *profile, struct err *e)
{
    const struct virtual_printer_profile *f = virtual_printer_profile(profile, e);
    struct virtual_printer *p;

    if (!f)
        return NULL;
    p = calloc(1, sizeof *p);
    must(p, "out of memory");
    p->device.ops = &ops;
    p->profile = f;
    buf_init(&p->received, RECEIVED_MAX);
    sheet_init(&p->sheet, f->dots);
    printer_decoder_init(p);
    printer_heal(p);
    printer_describe(p);
    return &p->device;
}

void virtual_printer_on_job(struct virtual_device *d, virtual_paper_fn *fn, void *ctx)
{
    printer_of(d)->fn = fn;
    printer_of(d)->fn_ctx = ctx;
}

bool virtual_printer_unfinished(struct virtual_device *d, virtual_paper_fn *fn, void *ctx)
{
    struct virtual_printer *p = printer_of(d);

    if (sheet_empty(&p->sheet))
        return false;
    sheet_give(&p->sheet, &p->received, false, fn, ctx);
    return true;
}
