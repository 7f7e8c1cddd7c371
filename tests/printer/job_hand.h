/* SPDX-License-Identifier: Apache-2.0
 *
 * A job's other side by hand: each write answered by a call, each reply given. Included by one file of a test program.
 */
#ifndef TESTS_PRINTER_JOB_HAND_H
#define TESTS_PRINTER_JOB_HAND_H

#include "drivers/printer/job.h"

#include <stdlib.h>

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
    int64_t now;
    enum printer_outcome outcome;
    enum printer_health why;
};

static void perform_write(struct hand *h, const struct job_action *a)
{
    CHECK(h->data == NULL);
    CHECK(a->ms > 0 && a->len > 0);
    h->data = a->data;
    h->len = a->len;
    h->writes++;
}

static void perform(struct hand *h, const struct job_action *a)
{
    switch (a->what) {
    case JOB_WRITE:
        perform_write(h, a);
        break;
    case JOB_CANCEL_WRITE:
        CHECK(h->data != NULL);
        h->data = NULL;
        h->cancelled++;
        break;
    case JOB_EXPECT:
        h->asked |= 1 << a->n;
        break;
    case JOB_FORGET:
        h->forgotten++;
        break;
    case JOB_ASK_PORT:
        h->port_asked++;
        break;
    case JOB_SOFT_RESET:
        h->resets++;
        break;
    case JOB_CLEAR_HALT:
        h->cleared++;
        break;
    case JOB_USB_RESET:
        h->usb_resets++;
        break;
    case JOB_SET_TIMER:
        h->timer_ms = a->ms;
        break;
    case JOB_PROGRESS:
        CHECK(a->percent >= 0 && a->percent <= 100);
        h->percent = a->percent;
        h->held = a->held;
        break;
    case JOB_FINISHED:
        h->outcomes++;
        h->outcome = a->outcome;
        h->why = a->why;
        break;
    }
}

static void step(struct hand *h, struct job_input in)
{
    struct job_actions actions;

    in.now_ms = h->now;
    in.room = REPLY_ASKED_MAX;
    job_step(h->job, &in, &actions);
    for (int i = 0; i < actions.n; i++)
        perform(h, &actions.list[i]);
}

static void timer(struct hand *h)
{
    step(h, (struct job_input){.event = JOB_TIME});
}

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
    h->job = job_create(&h->profile, make_script(marker), "J001", doubtful, true);
    step(h, (struct job_input){.event = JOB_BEGINS, .status = &h->status});
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
    step(h, (struct job_input){.event = JOB_WRITTEN, .rc = rc, .moved = moved});
}

static void reply(struct hand *h, enum reply_kind kind, int n, uint8_t byte)
{
    struct reply r = {.kind = kind, .n = n, .bytes = {byte}};

    reply_status(&h->status, &r);
    step(h, (struct job_input){.event = JOB_REPLIED, .reply = &r, .status = &h->status});
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
