/* SPDX-License-Identifier: Apache-2.0
 *
 * See sam_link.h. Two families of readers share 0400:C35A: those that split a frame over four pipes, and those with one
 * pair. Nothing but their descriptors tells them apart.
 */
#include "drivers/idcard/sam_link.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/secret.h"

#define WRITE_MS 1000
#define DRAIN_MS 5    /* what an old reply left is in the pipe already */
#define DRAINS_MAX 32 /* a reader that never stops talking is not waited for */
#define RECEIVED_MAX 4096
#define BODY_READ 512

struct sam_link {
    struct usb_handle *handle;
    struct sam_pipes pipes;
    sam_link_fn *fn;
    void *ctx;
    struct usb_transfer *transfers[2]; /* draining reads both IN pipes at once */
    int n_drained, draining;
    bool busy;
    uint8_t command[SAM_COMMAND_LEN];
    int timeout_ms;
    uint8_t *received; /* RECEIVED_MAX bytes of secret memory */
    size_t len;
};

/* --- which pipes ------------------------------------------------------------------------------------------------------ */

static bool has(const struct usb_interface *in, uint8_t address)
{
    for (int i = 0; i < in->n_endpoints; i++) {
        if (in->endpoints[i].address == address && in->endpoints[i].type >= 2)
            return true;
    }
    return false;
}

static bool find_pair(const struct usb_interface *in, uint8_t *out, uint8_t *back)
{
    int n_out = 0, n_in = 0;
    for (int i = 0; i < in->n_endpoints; i++) {
        uint8_t address = in->endpoints[i].address;
        if (in->endpoints[i].type < 2)
            continue;
        if (address & 0x80) {
            n_in++;
            *back = address;
        } else {
            n_out++;
            *out = address;
        }
    }
    return n_out == 1 && n_in == 1;
}

static void describe(const struct usb_info *info, char *out, size_t cap)
{
    size_t used = 0;
    out[0] = '\0';
    for (int i = 0; i < info->n_interfaces; i++) {
        for (int k = 0; k < info->interfaces[i].n_endpoints && used + 4 < cap; k++)
            used += (size_t)snprintf(out + used, cap - used, " %02x", info->interfaces[i].endpoints[k].address);
    }
}

int sam_pipes_choose(const struct usb_info *info, struct sam_pipes *ret, struct err *e)
{
    char endpoints[64];
    uint8_t out = 0, in = 0;
    for (int i = 0; i < info->n_interfaces; i++) {
        const struct usb_interface *face = &info->interfaces[i];
        if (face->alternate != 0)
            continue;
        if (has(face, 0x02) && has(face, 0x06) && has(face, 0x81) && has(face, 0x85)) {
            *ret = (struct sam_pipes){"split", face->number, 0x02, 0x06, 0x81, 0x85};
            return 0;
        }
        if (find_pair(face, &out, &in)) {
            *ret = (struct sam_pipes){"whole", face->number, out, out, in, in};
            return 0;
        }
    }
    describe(info, endpoints, sizeof endpoints);
    return err_set(e, ERR_PROTOCOL, "neither the four pipes 02 06 81 85 nor one pair, but%s",
                   *endpoints ? endpoints : " none");
}

/* --- an exchange ------------------------------------------------------------------------------------------------------ */

static void forget_received(struct sam_link *l)
{
    secret_wipe(l->received, l->len);
    l->len = 0;
}

static void finish(struct sam_link *l, int rc, const struct sam_reply *reply)
{
    l->busy = false;
    l->fn(l->ctx, rc, reply);
}

static void fail(struct sam_link *l, int rc)
{
    const struct sam_pipes *p = &l->pipes;
    bool split = p->in != p->in_body;
    forget_received(l);
    if (rc == -ERR_STALL) {
        usb_clear_halt(l->handle, p->in);
        usb_clear_halt(l->handle, p->out);
        if (split)
            usb_clear_halt(l->handle, p->in_body);
        if (split)
            usb_clear_halt(l->handle, p->out_body);
    }
    finish(l, rc, NULL);
}

static void read_on(struct sam_link *l);

static void on_read(void *ctx, int rc, const uint8_t *data, size_t len)
{
    struct sam_link *l = ctx;
    l->transfers[0] = NULL;
    if (rc < 0) {
        fail(l, rc);
    } else if (len > RECEIVED_MAX - l->len) {
        fail(l, -ERR_PROTOCOL);
    } else {
        memcpy(l->received + l->len, data, len);
        l->len += len;
        read_on(l);
    }
}

/* Hands the reply over when it is whole, else reads the pipe that has the next piece. */
static void read_on(struct sam_link *l)
{
    struct sam_reply reply;
    size_t missing = 0;
    switch (sam_wire_parse(l->received, l->len, &reply, &missing)) {
    case SAM_PARSE_HEADER:
        l->transfers[0] = usb_read(l->handle, l->pipes.in, l->pipes.in == l->pipes.in_body ? BODY_READ : SAM_HEADER_LEN,
                                   l->timeout_ms, on_read, l);
        break;
    case SAM_PARSE_BODY:
        l->transfers[0] = usb_read(l->handle, l->pipes.in_body, missing, l->timeout_ms, on_read, l);
        break;
    case SAM_PARSE_DONE:
        finish(l, 0, &reply);
        if (!l->busy)
            forget_received(l);
        break;
    case SAM_PARSE_CHECKSUM:
        fail(l, -ERR_CHECKSUM);
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
        read_on(l);
}

static void on_header_written(void *ctx, int rc, const uint8_t *data, size_t len)
{
    struct sam_link *l = ctx;
    if (rc < 0)
        on_written(ctx, rc, data, len);
    else
        l->transfers[0] = usb_write(l->handle, l->pipes.out_body, l->command + SAM_HEADER_LEN,
                                    SAM_COMMAND_LEN - SAM_HEADER_LEN, WRITE_MS, on_written, l);
}

static void write_command(struct sam_link *l)
{
    bool split = l->pipes.out != l->pipes.out_body;
    l->transfers[0] = usb_write(l->handle, l->pipes.out, l->command, split ? SAM_HEADER_LEN : SAM_COMMAND_LEN, WRITE_MS,
                                split ? on_header_written : on_written, l);
}

/* --- draining --------------------------------------------------------------------------------------------------------- */

static void on_drained(struct sam_link *l, int pipe, int rc);

static void on_drained_in(void *ctx, int rc, const uint8_t *data, size_t len)
{
    on_drained(ctx, 0, rc);
}

static void on_drained_body(void *ctx, int rc, const uint8_t *data, size_t len)
{
    on_drained(ctx, 1, rc);
}

static void drain(struct sam_link *l, int pipe)
{
    l->transfers[pipe] = usb_read(l->handle, pipe == 0 ? l->pipes.in : l->pipes.in_body, BODY_READ, DRAIN_MS,
                                  pipe == 0 ? on_drained_in : on_drained_body, l);
}

static void on_drained(struct sam_link *l, int pipe, int rc)
{
    l->transfers[pipe] = NULL;
    if (rc == -ERR_STALL)
        usb_clear_halt(l->handle, pipe == 0 ? l->pipes.in : l->pipes.in_body);
    bool more = (rc == 0 || rc == -ERR_TOOLONG) && ++l->n_drained < DRAINS_MAX;
    if (more)
        drain(l, pipe);
    else if (--l->draining == 0)
        write_command(l);
}

void sam_link_send(struct sam_link *l, enum sam_command command, int timeout_ms)
{
    forget_received(l);
    sam_wire_build(command, l->command);
    l->timeout_ms = timeout_ms;
    l->busy = true;
    l->n_drained = 0;
    l->draining = l->pipes.in == l->pipes.in_body ? 1 : 2;
    for (int i = 0; i < l->draining; i++)
        drain(l, i);
}

bool sam_link_busy(const struct sam_link *l)
{
    return l->busy;
}

struct sam_link *sam_link_create(struct usb_handle *h, const struct sam_pipes *pipes, sam_link_fn *fn, void *ctx)
{
    struct sam_link *l = calloc(1, sizeof *l);
    if (!l) {
        log_error("idcard", "out of memory");
        abort();
    }
    *l = (struct sam_link){.handle = h, .pipes = *pipes, .fn = fn, .ctx = ctx};
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
