/* SPDX-License-Identifier: Apache-2.0
 *
 * Idle, the printer reports changes by itself where it can (GS a); only where it cannot is it asked by time. What arrives
 * unasked after opening is an old answer: it is read away before anything is asked.
 */
#include "drivers/printer/unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "drivers/printer/escpos_wire.h"
#include "drivers/printer/job.h"
#include "drivers/printer/reply_wire.h"
#include "drivers/usb/printer_class.h"

#define READ_MAX 512
#define DRAIN_MS 100   /* quiet for so long: nothing stale is left */
#define ANSWER_MS 2000 /* to a real-time question */
#define ASK_EVERY_MS 5000
#define CONTROL_MS 500
#define READ_ERRORS_MAX 5

enum idle { IDLE_DRAIN, IDLE_ASKED, IDLE_REST };

struct unit {
    struct loop *loop;
    struct usb_device *device;
    struct usb_handle *handle;
    const struct profile *profile;
    const struct unit_events *events;
    void *ctx;
    uint8_t interface, out, in;

    struct reply_parser parser;
    struct printer_status status;
    bool automatic_seen; /* it reports by itself */
    bool silent;         /* it did not answer when it was asked */
    bool answered;       /* since it was asked last */
    bool gone;
    int read_errors;
    enum printer_state reported;
    enum idle idle;
    struct loop_timer *idle_timer;
    struct usb_transfer *read, *write, *port, *reset;
    bool port_refused;
    uint8_t reset_type;

    struct job *job;
    struct loop_timer *job_timer;
    char job_id[5];
    bool doubtful; /* it may be in the middle of a command */
};

bool unit_suits(const struct usb_info *info)
{
    struct usb_printer_pipes pipes;

    return usb_printer_choose(info, &pipes, NULL);
}

enum printer_state unit_state(const struct unit *u)
{
    if (u->gone)
        return PRINTER_STATE_ABSENT;
    if (u->silent)
        return PRINTER_STATE_FAULT;
    return u->status.known ? job_state_of(&u->status) : PRINTER_STATE_ABSENT;
}

static void report(struct unit *u)
{
    enum printer_state s = unit_state(u);

    if (s == u->reported)
        return;
    u->reported = s;
    u->events->state(u->ctx, u);
}

/* --- idle: asking for status --- */

static void written(void *ctx, int rc, const uint8_t *data, size_t len);

static void ask(struct unit *u)
{
    struct buf b;

    buf_init(&b, 64);
    reply_forget(&u->parser);
    if (u->profile->automatic_status && !u->automatic_seen)
        escpos_automatic_status(&b);
    for (int n = 1; n <= 4; n++)
        if (reply_asked_status(&u->parser, n))
            escpos_ask_status(&b, n);
    u->answered = false;
    u->idle = IDLE_ASKED;
    loop_timer_start(u->idle_timer, ANSWER_MS);
    if (!u->write)
        u->write = usb_write(u->handle, u->out, b.data, b.len, ANSWER_MS - 500, written, u);
    buf_finish(&b);
}

/* Rests until the printer speaks by itself, or until it is time to ask. */
static void rest(struct unit *u)
{
    u->idle = IDLE_REST;
    if (u->automatic_seen && !u->silent)
        loop_timer_stop(u->idle_timer);
    else
        loop_timer_start(u->idle_timer, ASK_EVERY_MS);
}

/* A read that the printer never ends would keep every later answer from us. */
static void listen_anew(struct unit *u)
{
    if (u->read)
        usb_expire(u->read);
}

static void idle_timer(void *ctx)
{
    struct unit *u = ctx;

    if (u->job || u->gone)
        return;
    if (u->idle != IDLE_ASKED) {
        ask(u);
        return;
    }
    if (!u->answered) {
        listen_anew(u);
        if (!u->silent)
            log_warn("printer", "%s does not answer", u->profile->name);
        u->silent = u->doubtful = true;
    }
    rest(u);
    report(u);
}

/* --- what arrives --- */

static void replied(struct unit *u, const struct reply *r)
{
    reply_status(&u->status, r);
    if (r->kind == REPLY_STRAY || r->kind == REPLY_NONE)
        return;
    u->answered = true;
    u->silent = false;
    if (r->kind == REPLY_AUTO)
        u->automatic_seen = true;
    report(u);
    if (u->job)
        job_reply(u->job, r, &u->status);
}

static void start_read(struct unit *u);

static void was_read(void *ctx, int rc, const uint8_t *data, size_t len)
{
    struct unit *u = ctx;

    u->read = NULL;
    for (size_t i = 0; i < len; i++) {
        struct reply r = reply_take(&u->parser, data[i]);

        if (u->idle != IDLE_DRAIN || u->job)
            replied(u, &r);
        else
            loop_timer_start(u->idle_timer, DRAIN_MS);
    }
    if (rc == -ERR_GONE) {
        u->gone = true;
        if (u->job)
            job_gone(u->job);
        return;
    }
    if (rc == -ERR_STALL)
        usb_clear_halt(u->handle, u->in);
    u->read_errors = rc < 0 && rc != -ERR_TIMEOUT ? u->read_errors + 1 : 0;
    if (u->read_errors <= READ_ERRORS_MAX) {
        start_read(u);
    } else {
        log_error("printer", "%s cannot be read: %s", u->profile->name, err_meaning(rc));
        u->silent = true;
        report(u);
    }
}

static void start_read(struct unit *u)
{
    u->read = usb_read(u->handle, u->in, READ_MAX, 0, was_read, u);
}

static void written(void *ctx, int rc, const uint8_t *data, size_t len)
{
    struct unit *u = ctx;

    u->write = NULL;
    if (rc == -ERR_STALL)
        usb_clear_halt(u->handle, u->out);
    if (u->job)
        job_written(u->job, rc, len);
    else if (rc < 0 && len)
        u->doubtful = true; /* half a question */
}

/* --- what a job wants --- */

static void job_write(void *ctx, const uint8_t *data, size_t len, int timeout_ms)
{
    struct unit *u = ctx;

    u->write = usb_write(u->handle, u->out, data, len, timeout_ms, written, u);
}

static void cancel_write(void *ctx)
{
    struct unit *u = ctx;

    if (u->write)
        usb_cancel(u->write);
    u->write = NULL;
}

static bool expect(void *ctx, int n)
{
    struct unit *u = ctx;

    if (n)
        return reply_asked_status(&u->parser, n);
    reply_asked_paper(&u->parser);
    return true;
}

static void forget(void *ctx)
{
    struct unit *u = ctx;

    reply_forget(&u->parser);
    listen_anew(u); /* it should have answered */
}

static void port_status_read(void *ctx, int rc, const uint8_t *data, size_t len)
{
    struct unit *u = ctx;

    u->port = NULL;
    u->port_refused = rc == -ERR_STALL;
    if (rc == 0 && len == 1 && u->job)
        job_port_status(u->job, data[0]);
}

static void port_status(void *ctx)
{
    struct unit *u = ctx;

    if (!u->port && !u->port_refused)
        u->port = usb_control(u->handle, 0xA1, 1, 0, u->interface, NULL, 1, CONTROL_MS, port_status_read, u);
}

/* Version 1.0 of the class had "other" as recipient, 1.1 has "interface"; printers know one of them. */
static void soft_reset_done(void *ctx, int rc, const uint8_t *data, size_t len)
{
    struct unit *u = ctx;

    u->reset = NULL;
    if (rc == -ERR_STALL && u->reset_type == 0x23) {
        u->reset_type = 0x21;
        u->reset = usb_control(u->handle, 0x21, 2, 0, u->interface, NULL, 0, CONTROL_MS, soft_reset_done, u);
    }
}

static void soft_reset(void *ctx)
{
    struct unit *u = ctx;

    if (u->reset)
        return;
    u->reset_type = 0x23;
    u->reset = usb_control(u->handle, 0x23, 2, 0, u->interface, NULL, 0, CONTROL_MS, soft_reset_done, u);
}

static void set_timer(void *ctx, int ms)
{
    struct unit *u = ctx;

    if (ms)
        loop_timer_start(u->job_timer, ms);
    else
        loop_timer_stop(u->job_timer);
}

static void progress(void *ctx, int percent, bool held)
{
    struct unit *u = ctx;

    u->events->progress(u->ctx, u, percent, held);
}

static void finished(void *ctx, enum printer_outcome outcome, enum printer_state why)
{
    struct unit *u = ctx;
    char id[5];

    memcpy(id, u->job_id, sizeof id);
    u->doubtful = outcome != PRINTER_DONE;
    job_destroy(u->job);
    u->job = NULL;
    if (outcome != PRINTER_DONE && why == PRINTER_STATE_FAULT && !u->answered)
        u->silent = true;
    if (outcome == PRINTER_DONE) {
        rest(u);
    } else {
        u->automatic_seen = false; /* clearing may have ended it */
        u->idle = IDLE_REST;
        loop_timer_start(u->idle_timer, DRAIN_MS);
    }
    report(u);
    u->events->outcome(u->ctx, u, id, outcome, why);
}

static const struct job_io io = {.write = job_write,
                                 .cancel_write = cancel_write,
                                 .expect = expect,
                                 .forget = forget,
                                 .port_status = port_status,
                                 .soft_reset = soft_reset,
                                 .timer = set_timer,
                                 .progress = progress,
                                 .finished = finished};

static void job_timer_fn(void *ctx)
{
    struct unit *u = ctx;

    if (u->job)
        job_timer(u->job);
}

/* --- life --- */

int unit_create(struct loop *l, struct usb_device *d, const struct profile *p, const struct unit_events *events, void *ctx,
                struct unit **ret, struct err *e)
{
    struct unit *u = calloc(1, sizeof *u);
    struct usb_printer_pipes pipes = {.out = 0};
    const char *why;
    int rc = -ERR_NOTFOUND;

    if (!u)
        abort();
    *u = (struct unit){.loop = l,
                       .device = d,
                       .profile = p,
                       .events = events,
                       .ctx = ctx,
                       .doubtful = true,
                       .reported = PRINTER_STATE_ABSENT};
    if (usb_printer_choose(usb_info(d), &pipes, &why))
        rc = usb_open_setting(d, &pipes.interface, &u->handle, e);
    else
        err_set(e, ERR_NOTFOUND, "it has %s", why);
    if (rc < 0) {
        free(u);
        return err_wrap(e, rc, "open printer %s", p->name);
    }
    u->interface = pipes.interface.number;
    u->out = pipes.out;
    u->in = pipes.in;
    reply_parser_init(&u->parser, !(p->status & PROFILE_NO_FIXED_BITS));
    u->parser.automatic = p->automatic_status;
    u->idle_timer = loop_add_timer(l, idle_timer, u);
    u->job_timer = loop_add_timer(l, job_timer_fn, u);
    loop_timer_start(u->idle_timer, DRAIN_MS);
    start_read(u);
    *ret = u;
    return 0;
}

void unit_destroy(struct unit *u)
{
    if (!u)
        return;
    loop_timer_remove(u->idle_timer);
    loop_timer_remove(u->job_timer);
    usb_close(u->handle);
    job_destroy(u->job);
    free(u);
}

struct usb_device *unit_device(const struct unit *u)
{
    return u->device;
}

const struct profile *unit_profile(const struct unit *u)
{
    return u->profile;
}

bool unit_busy(const struct unit *u)
{
    return u->job != NULL;
}

static int render(struct unit *u, const struct paper *paper, const char job[5], bool cut_first, struct script **ret,
                  struct err *e)
{
    struct glyphs *g = NULL;
    struct layout *layout;
    struct err no_font = {0};
    int rc;

    /* the fonts are mapped for one paper and closed again: they are large, and papers are rare */
    if (glyphs_open(&g, &no_font) < 0)
        log_warn("printer", "%s; titles are printed as text", no_font.text);
    rc = layout_create(paper, u->profile, g, &layout, e);
    glyphs_close(g);
    if (rc < 0)
        return rc;
    rc = script_create(layout, u->profile, job, u->profile->confirm[u->profile->n_confirm - 1], cut_first, ret, e);
    layout_destroy(layout);
    return rc;
}

int unit_print(struct unit *u, const struct paper *paper, const char job[5], bool cut_first, struct err *e)
{
    struct script *script;
    int rc;

    if (u->job)
        return err_set(e, ERR_BUSY, "printer %s is at another job", u->profile->name);
    if (u->gone)
        return err_set(e, ERR_GONE, "printer %s was unplugged", u->profile->name);
    rc = render(u, paper, job, cut_first, &script, e);
    if (rc < 0)
        return err_wrap(e, rc, "render paper");
    cancel_write(u);
    reply_forget(&u->parser);
    loop_timer_stop(u->idle_timer);
    u->idle = IDLE_REST;
    u->answered = false;
    memcpy(u->job_id, job, 4);
    u->job = job_create(&io, u, u->profile, script, job, u->doubtful);
    job_start(u->job, &u->status);
    return 0;
}

void unit_stop(struct unit *u)
{
    if (u->job)
        job_stop(u->job);
}
