/* SPDX-License-Identifier: Apache-2.0
 *
 * One connection of text lines in the loop: bytes in are cut at newlines, bytes out wait in a queue while the peer is
 * slow. Whatever ends the connection ends it the same way: one call with text NULL, from the loop, never from a send.
 */
#include "base/line.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/must.h"
#include "base/secret.h"

#define READ_CHUNK 8192
#define QUEUE_KEPT 65536 /* a drained queue larger than this gives its memory back */
#define SECOND_MS 1000

static int64_t rude_said; /* when a peer that breaks the rules was logged last */

struct line {
    struct loop *loop;
    struct loop_fd *source;
    int fd;
    line_fn *fn;
    void *ctx;
    struct buf in, out;
    size_t sent; /* of out */
    bool broken; /* nothing can be sent any more; the loop tells fn */
    bool busy;   /* inside on_event: line_destroy only marks */
    bool dead;
    struct line_bounds bounds;  /* lines_per_s 0: none */
    struct loop_timer *second;  /* runs while something of the second was used */
    int lines_left, bytes_left; /* of this second */
    void (*end)(void *ctx, struct line *c);
    void *end_ctx;
};

static void on_event(void *ctx, int fd, short revents);

struct line *line_create(struct loop *l, int fd, line_fn *fn, void *ctx)
{
    struct line *c = calloc(1, sizeof *c);
    must(c, "out of memory");
    c->loop = l;
    c->fd = fd;
    c->fn = fn;
    c->ctx = ctx;
    buf_init(&c->in, LINE_MAX_BYTES + READ_CHUNK);
    buf_init(&c->out, LINE_QUEUE_MAX);
    c->source = loop_add_fd(l, fd, POLLIN, on_event, c);
    return c;
}

static void release(struct line *c)
{
    buf_finish(&c->in);
    buf_finish(&c->out);
    free(c);
}

void line_destroy(struct line *c)
{
    if (!c || c->dead)
        return;
    if (c->end)
        c->end(c->end_ctx, c);
    loop_timer_remove(c->second);
    loop_fd_remove(c->source);
    close(c->fd);
    c->dead = true;
    if (!c->busy)
        release(c);
}

int line_fd(const struct line *c)
{
    return c->fd;
}

void line_on_end(struct line *c, void (*fn)(void *ctx, struct line *c), void *ctx)
{
    c->end = fn;
    c->end_ctx = ctx;
}

/* A peer that has used up its second is not read from until the next. */
static bool spent(const struct line *c)
{
    return c->bounds.lines_per_s && (c->lines_left <= 0 || c->bytes_left <= 0);
}

static void watch(struct line *c)
{
    short in = c->broken || !spent(c) ? POLLIN : 0;

    loop_fd_events(c->source, (short)(in | (c->out.len > 0 ? POLLOUT : 0)));
}

/* Shutting down makes the descriptor readable, so the loop comes by and ends the connection. */
static void break_off(struct line *c)
{
    c->broken = true;
    buf_reset(&c->out);
    c->sent = 0;
    shutdown(c->fd, SHUT_RDWR);
    if (!c->dead)
        watch(c);
}

/* What the socket takes now of data. */
static size_t send_now(struct line *c, const uint8_t *data, size_t len)
{
    size_t done = 0;
    while (done < len) {
        ssize_t n = send(c->fd, data + done, len - done, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno != EAGAIN)
            break_off(c);
        if (n < 0)
            break;
        done += (size_t)n;
    }
    return done;
}

static void flush(struct line *c)
{
    c->sent += send_now(c, c->out.data + c->sent, c->out.len - c->sent);
    if (c->broken || c->sent < c->out.len)
        return;
    if (c->out.cap > QUEUE_KEPT)
        buf_finish(&c->out);
    else
        buf_reset(&c->out);
    c->sent = 0;
    watch(c);
}

void line_send_bytes(struct line *c, const void *data, size_t len)
{
    const uint8_t *bytes = data;
    if (c->broken || c->dead)
        return;
    size_t done = c->out.len == 0 ? send_now(c, bytes, len) : 0;
    if (c->broken || done == len)
        return;
    if (buf_add(&c->out, bytes + done, len - done) < 0) {
        if (log_due(&rude_said))
            log_warn("line", "a peer does not read: dropped");
        break_off(c);
        return;
    }
    watch(c);
}

void line_send(struct line *c, const char *text)
{
    line_sendf(c, "%s", text);
}

void line_sendf(struct line *c, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    char *text = NULL;
    int n = vasprintf(&text, fmt, args);
    va_end(args);
    if (n < 0) {
        break_off(c);
        return;
    }
    text[n] = '\n'; /* in the place of the NUL: one write, one packet */
    line_send_bytes(c, text, (size_t)n + 1);
    secret_wipe(text, (size_t)n + 1);
    free(text);
}

static void spend(struct line *c, int lines, int bytes)
{
    if (!c->bounds.lines_per_s || c->dead)
        return;
    c->lines_left -= lines;
    c->bytes_left -= bytes;
    if (loop_timer_left(c->second) < 0)
        loop_timer_start(c->second, SECOND_MS);
    if (spent(c) && log_due(&rude_said))
        log_warn("line", "a peer sends more than %d lines or %d bytes a second: slowed down", c->bounds.lines_per_s,
                 c->bounds.bytes_per_s);
}

/* Hands out the complete lines, as many as the second allows. False when the peer breaks the protocol. */
static bool hand_out(struct line *c)
{
    size_t start = 0;
    while (!c->dead && !c->broken && !spent(c)) {
        uint8_t *text = c->in.data + start;
        uint8_t *end = c->in.len > start ? memchr(text, '\n', c->in.len - start) : NULL;
        size_t len = end ? (size_t)(end - text) : c->in.len - start;
        if (len > LINE_MAX_BYTES)
            return false;
        if (!end)
            break;
        if (memchr(text, 0, len))
            return false;
        *end = 0;
        start += len + 1;
        spend(c, 1, 0);
        c->fn(c->ctx, c, (char *)text);
    }
    buf_drop(&c->in, start);
    return true;
}

static bool keeps_to_lines(struct line *c)
{
    bool keeps = hand_out(c);
    if (!keeps && log_due(&rude_said))
        log_warn("line", "a peer does not keep to lines: dropped");
    return keeps;
}

/* False at the end of the connection. */
static bool receive(struct line *c)
{
    uint8_t chunk[READ_CHUNK];
    ssize_t n = recv(c->fd, chunk, sizeof chunk, MSG_DONTWAIT);
    if (n < 0)
        return errno == EAGAIN || errno == EINTR;
    if (n == 0)
        return false;
    int rc = buf_add(&c->in, chunk, (size_t)n);
    secret_wipe(chunk, (size_t)n);
    spend(c, 0, (int)n);
    return rc == 0 && keeps_to_lines(c);
}

/* After whatever happened to it: told of its end, or waited for. */
static void settle(struct line *c, bool alive)
{
    if (!c->dead && (!alive || c->broken)) {
        c->broken = true;
        loop_fd_events(c->source, 0);
        c->fn(c->ctx, c, NULL);
    } else if (!c->dead) {
        watch(c);
    }
    c->busy = false;
    if (c->dead)
        release(c);
}

static void on_event(void *ctx, int fd, short revents)
{
    struct line *c = ctx;
    c->busy = true;
    bool alive = !c->broken;
    if (alive && (revents & POLLOUT))
        flush(c);
    if (alive && (revents & (POLLIN | POLLHUP | POLLERR)) && !spent(c))
        alive = receive(c);
    settle(c, alive);
}

/* The next second: first what was received already. */
static void on_second(void *ctx)
{
    struct line *c = ctx;
    c->lines_left = c->bounds.lines_per_s;
    c->bytes_left = c->bounds.bytes_per_s;
    c->busy = true;
    settle(c, !c->broken && keeps_to_lines(c));
}

void line_bound(struct line *c, const struct line_bounds *b)
{
    c->bounds = *b;
    c->lines_left = b->lines_per_s;
    c->bytes_left = b->bytes_per_s;
    c->second = loop_add_timer(c->loop, on_second, c);
    buf_init(&c->out, b->queue_max);
}
