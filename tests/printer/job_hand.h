/* SPDX-License-Identifier: Apache-2.0
 *
 * A job's other side by hand: each write answered by a call, each reply given. Included by one file of a test program.
 */
#ifndef TESTS_PRINTER_JOB_HAND_H
#define TESTS_PRINTER_JOB_HAND_H

#include "drivers/printer/job.h"

#include <stdlib.h>

#include "base/clock.h"
#include "test.h"

#define FIRST_PRINT 10
#define LENGTH 9000

struct hand {
    struct job *job;
    struct profile profile;
    struct printer_status status;
    const uint8_t *data; /* being written */
    size_t len;
    int writes, cancelled, forgotten, asked, resets, cleared, usb_resets, port_asked, timer_ms;
    int percent, outcomes;
    bool held;
    enum printer_outcome outcome;
    enum printer_health why;
};

static void io_write(void *ctx, const uint8_t *data, size_t len, int timeout_ms)
{
    struct hand *h = ctx;

    CHECK(h->data == NULL);
    CHECK(timeout_ms > 0 && len > 0);
    h->data = data;
    h->len = len;
    h->writes++;
}

static void io_cancel(void *ctx)
{
    struct hand *h = ctx;

    CHECK(h->data != NULL);
    h->data = NULL;
    h->cancelled++;
}

static bool io_expect(void *ctx, int n)
{
    struct hand *h = ctx;

    h->asked |= 1 << n;
    return true;
}

static void io_forget(void *ctx)
{
    ((struct hand *)ctx)->forgotten++;
}

static void io_port(void *ctx)
{
    ((struct hand *)ctx)->port_asked++;
}

static void io_reset(void *ctx)
{
    ((struct hand *)ctx)->resets++;
}

static void io_clear_halt(void *ctx)
{
    ((struct hand *)ctx)->cleared++;
}

static void io_usb_reset(void *ctx)
{
    ((struct hand *)ctx)->usb_resets++;
}

static void io_timer(void *ctx, int ms)
{
    ((struct hand *)ctx)->timer_ms = ms;
}

static void io_progress(void *ctx, int percent, bool held)
{
    struct hand *h = ctx;

    CHECK(percent >= 0 && percent <= 100);
    h->percent = percent;
    h->held = held;
}

static void io_finished(void *ctx, enum printer_outcome outcome, enum printer_health why)
{
    struct hand *h = ctx;

    h->outcomes++;
    h->outcome = outcome;
    h->why = why;
}

static const struct job_io io = {io_write,      io_cancel,    io_expect, io_forget,   io_port,    io_reset,
                                 io_clear_halt, io_usb_reset, io_timer,  io_progress, io_finished};

/* A script of 9,000 bytes, a command every 500, the first ten without a trace. */
static struct script *make_script(enum profile_marker marker)
{
    struct script *s = calloc(1, sizeof *s);

    buf_init(&s->bytes, LENGTH);
    for (int i = 0; i < LENGTH; i++)
        buf_addc(&s->bytes, (uint8_t)i);
    s->ends[s->n_ends++] = s->first_print = FIRST_PRINT;
    for (size_t at = 500; at <= LENGTH; at += 500)
        s->ends[s->n_ends++] = at;
    s->dots = 1600;
    s->marker = marker;
    return s;
}

static void begin(struct hand *h, enum profile_marker marker, bool automatic, bool doubtful)
{
    memset(h, 0, sizeof *h);
    h->profile = (struct profile){.name = "test",
                                  .dots = 576,
                                  .dots_per_mm = 8,
                                  .mm_per_s = 50,
                                  .automatic_status = automatic,
                                  .answer_ms = 2000,
                                  .port_status = true,
                                  .cut = PROFILE_CUT_PARTIAL,
                                  .clear = PROFILE_CLEAR_DC4};
    h->job = job_create(&io, h, &h->profile, make_script(marker), "J001", doubtful, true);
    job_start(h->job, &h->status);
}

static void end(struct hand *h)
{
    job_destroy(h->job);
    memset(h, 0, sizeof *h);
}

/* The write is over, all of it or `moved` bytes. */
static void written(struct hand *h, int rc, size_t moved)
{
    CHECK(h->data != NULL);
    h->data = NULL;
    job_written(h->job, rc, moved);
}

static void reply(struct hand *h, enum reply_kind kind, int n, uint8_t byte)
{
    struct reply r = {.kind = kind, .n = n, .bytes = {byte}};

    reply_status(&h->status, &r);
    job_reply(h->job, &r, &h->status);
}

/* Through the questions before the job. */
static void check_ok(struct hand *h)
{
    CHECK_INT(h->len, 12);
    CHECK_MEM(h->data, "\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04", 12);
    CHECK_INT(h->asked, 0x1E);
    written(h, 0, 12);
    for (int n = 1; n <= 4; n++)
        reply(h, REPLY_STATUS, n, 0x12);
}

#endif
