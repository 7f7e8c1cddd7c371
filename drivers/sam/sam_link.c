/* SPDX-License-Identifier: Apache-2.0
 *
 * See sam_link.h. What has been received lies in one buffer: header and body, wherever they came from.
 */
#include "drivers/sam/sam_link.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/must.h"
#include "base/secret.h"
#include "drivers/sam/hid_wire.h"

#define WRITE_MS 1000
#define DRAIN_MS 5    /* what an old reply left is in the pipe already */
#define DRAINS_MAX 64 /* a reader that never stops talking is not waited for */
#define PASSED_OVER_MAX 4
#define RECEIVED_MAX 4096
#define PACKET 64 /* a whole one does not end a transfer, so the first is asked for alone */

struct sam_link {
    struct usb_handle *handle;
    struct sam_pipes pipes;
    sam_link_fn *fn;
    void *ctx;
    struct usb_transfer *transfers[2]; /* draining reads both IN pipes at once */
    int n_drained, draining, silence_ms;
    bool busy;
    bool clean; /* the reply just handed over was read to its end: nothing to drain before what follows it */
    enum sam_command command;
    uint8_t frame[HID_REPORT_LEN];
    int timeout_ms, passed_over;
    uint8_t *received; /* RECEIVED_MAX bytes of secret memory */
    size_t len;
    size_t body;         /* split: where the bytes of the body's pipe begin, 0 while none came */
    bool looking, quiet; /* split: for what follows a body that does not check, until nothing does */
};

static bool split(const struct sam_link *l)
{
    return l->pipes.form == SAM_SPLIT;
}

/* --- an exchange ------------------------------------------------------------------------------------------------------ */

static void forget_received(struct sam_link *l)
{
    secret_wipe(l->received, l->len);
    l->len = l->body = 0;
    l->looking = l->quiet = false;
}

static void finish(struct sam_link *l, int rc, const struct sam_reply *reply)
{
    must(l->busy, "a command ends twice");
    must((rc == 0) == (reply != NULL), "an answer and an error at once");
    l->busy = false;
    l->clean = rc == 0;
    l->fn(l->ctx, rc, reply);
    l->clean = false;
    if (!l->busy)
        forget_received(l);
}

void sam_link_clear_halts(struct sam_link *l)
{
    usb_clear_halt(l->handle, l->pipes.in);
    usb_clear_halt(l->handle, l->pipes.out);
    if (split(l)) {
        usb_clear_halt(l->handle, l->pipes.in_body);
        usb_clear_halt(l->handle, l->pipes.out_body);
    }
}

static void fail(struct sam_link *l, int rc)
{
    forget_received(l);
    if (rc == -ERR_STALL)
        sam_link_clear_halts(l);
    finish(l, rc, NULL);
}

static void take(struct sam_link *l);

static void on_read(void *ctx, int rc, const uint8_t *data, size_t len)
{
    struct sam_link *l = ctx;
    must(l->len <= RECEIVED_MAX, "more was received than there is room for");
    l->transfers[0] = NULL;
    if (len > RECEIVED_MAX - l->len) {
        fail(l, -ERR_PROTOCOL);
        return;
    }
    memcpy(l->received + l->len, data, len);
    l->len += len;
    l->quiet = l->looking && rc < 0;
    if (rc == 0 || l->quiet)
        take(l);
    else
        fail(l, rc);
}

static void read_pipe(struct sam_link *l, uint8_t pipe, size_t len, int timeout_ms)
{
    must(!l->transfers[0], "two reads at once");
    must(len > 0, "nothing is to be read");
    size_t cap = l->pipes.form == SAM_HID ? hid_wire_round(len) : len;
    l->transfers[0] = usb_read(l->handle, pipe, cap, timeout_ms, on_read, l);
}

/* What follows a frame that was passed over may be the answer, in the same packet. */
static void pass_over(struct sam_link *l, const struct sam_reply *reply)
{
    must(reply->end <= l->len, "a frame longer than what was received");
    size_t rest = split(l) ? 0 : l->len - reply->end;
    log_info("idcard", "passed over an old reply (%s)", sam_wire_status_text(reply->sw3));
    memmove(l->received, l->received + reply->end, rest);
    secret_wipe(l->received + rest, l->len - rest);
    l->len = rest;
    l->body = 0;
    l->looking = l->quiet = false;
    take(l);
}

static void take_reply(struct sam_link *l, const struct sam_reply *reply)
{
    if (sam_wire_answers(l->command, reply))
        finish(l, 0, reply);
    else if (l->passed_over++ < PASSED_OVER_MAX)
        pass_over(l, reply);
    else
        fail(l, -ERR_PROTOCOL);
}

/* On four pipes noise in front of the body moves it: the last bytes that come are its own. */
static void take_broken(struct sam_link *l)
{
    if (split(l) && l->body && !l->quiet) {
        l->looking = true;
        read_pipe(l, l->pipes.in_body, PACKET, DRAIN_MS);
    } else if (split(l) && l->body && sam_wire_keep_last(l->received, &l->len, l->body)) {
        l->body = 0; /* tried once */
        take(l);
    } else {
        fail(l, -ERR_CHECKSUM);
    }
}

/* Hands the reply over when it is whole, else reads the pipe that has the next piece. */
static void take(struct sam_link *l)
{
    must(l->busy, "an answer to nothing");
    struct sam_reply reply;
    size_t missing = 0;
    switch (sam_wire_parse(l->received, l->len, &reply, &missing)) {
    case SAM_PARSE_HEADER:
        read_pipe(l, l->pipes.in, split(l) ? SAM_HEADER_LEN : PACKET, l->timeout_ms);
        break;
    case SAM_PARSE_BODY:
        if (!l->body)
            l->body = l->len;
        read_pipe(l, l->pipes.in_body, missing, l->timeout_ms);
        break;
    case SAM_PARSE_DONE:
        take_reply(l, &reply);
        break;
    case SAM_PARSE_CHECKSUM:
        take_broken(l);
        break;
    case SAM_PARSE_LENGTH:
        fail(l, -ERR_PROTOCOL);
        break;
    }
}

static void on_written(void *ctx, int rc, const uint8_t *data, size_t len)
{
    struct sam_link *l = ctx;
    l->transfers[0] = NULL;
    if (rc < 0)
        fail(l, rc);
    else
        take(l);
}

static void on_header_written(void *ctx, int rc, const uint8_t *data, size_t len)
{
    struct sam_link *l = ctx;
    if (rc < 0)
        on_written(ctx, rc, data, len);
    else
        l->transfers[0] = usb_write(l->handle, l->pipes.out_body, l->frame + SAM_HEADER_LEN,
                                    SAM_COMMAND_LEN - SAM_HEADER_LEN, WRITE_MS, on_written, l);
}

static void write_command(struct sam_link *l)
{
    must(!l->transfers[0], "two writes at once");
    static const size_t lengths[] = {
        [SAM_WHOLE] = SAM_COMMAND_LEN, [SAM_SPLIT] = SAM_HEADER_LEN, [SAM_HID] = HID_REPORT_LEN};
    l->transfers[0] = usb_write(l->handle, l->pipes.out, l->frame, lengths[l->pipes.form], WRITE_MS,
                                split(l) ? on_header_written : on_written, l);
}

/* --- draining --------------------------------------------------------------------------------------------------------- */

static void on_drained(struct sam_link *l, int pipe, int rc, size_t len);

static void on_drained_in(void *ctx, int rc, const uint8_t *data, size_t len)
{
    on_drained(ctx, 0, rc, len);
}

static void on_drained_body(void *ctx, int rc, const uint8_t *data, size_t len)
{
    on_drained(ctx, 1, rc, len);
}

static void drain(struct sam_link *l, int pipe)
{
    must(pipe == 0 || (pipe == 1 && split(l)), "a pipe the reader does not have");
    must(!l->transfers[pipe], "two reads at once");
    l->transfers[pipe] = usb_read(l->handle, pipe == 0 ? l->pipes.in : l->pipes.in_body, PACKET, l->silence_ms,
                                  pipe == 0 ? on_drained_in : on_drained_body, l);
}

static void on_drained(struct sam_link *l, int pipe, int rc, size_t len)
{
    must(l->draining > 0, "what is drained is dry");
    l->transfers[pipe] = NULL;
    if (rc == -ERR_STALL)
        usb_clear_halt(l->handle, pipe == 0 ? l->pipes.in : l->pipes.in_body);
    bool more = (rc == 0 || rc == -ERR_TOOLONG || len > 0) && ++l->n_drained < DRAINS_MAX;
    if (more) {
        drain(l, pipe);
    } else if (--l->draining == 0) {
        l->silence_ms = DRAIN_MS;
        write_command(l);
    }
}

void sam_link_send(struct sam_link *l, enum sam_command command, int timeout_ms)
{
    must(!l->busy, "two commands at once");
    bool clean = l->clean;
    uint8_t frame[SAM_COMMAND_LEN];
    forget_received(l);
    sam_wire_build(command, frame);
    hid_wire_build(frame, sizeof frame, l->frame);
    l->command = command;
    l->timeout_ms = timeout_ms;
    l->busy = true;
    l->clean = false;
    l->n_drained = l->passed_over = 0;
    if (clean) {
        write_command(l);
        return;
    }
    l->draining = split(l) ? 2 : 1;
    for (int i = 0; i < l->draining; i++)
        drain(l, i);
}

void sam_link_await_silence(struct sam_link *l, int ms)
{
    l->silence_ms = ms;
}

bool sam_link_busy(const struct sam_link *l)
{
    return l->busy;
}

struct sam_link *sam_link_create(struct usb_handle *h, const struct sam_pipes *pipes, sam_link_fn *fn, void *ctx)
{
    struct sam_link *l = calloc(1, sizeof *l);
    must(l, "out of memory");
    *l = (struct sam_link){.handle = h, .pipes = *pipes, .fn = fn, .ctx = ctx, .silence_ms = DRAIN_MS};
    l->received = secret_alloc(RECEIVED_MAX);
    return l;
}

void sam_link_destroy(struct sam_link *l)
{
    if (!l)
        return;
    for (int i = 0; i < 2; i++) {
        if (l->transfers[i])
            usb_cancel(l->transfers[i]);
    }
    secret_free(l->received, RECEIVED_MAX);
    free(l);
}
