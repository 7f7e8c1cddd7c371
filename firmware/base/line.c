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
#include "base/secret.h"

#define READ_CHUNK 8192
#define QUEUE_KEPT 65536 /* a drained queue larger than this gives its memory back */

struct line {
    struct loop_fd *source;
    int fd;
    line_fn *fn;
    void *ctx;
    struct buf in, out;
    size_t sent; /* of out */
    bool broken; /* nothing can be sent any more; the loop tells fn */
    bool busy;   /* inside on_event: line_destroy only marks */
    bool dead;
};

static void on_event(void *ctx, int fd, short revents);

struct line *line_create(struct loop *l, int fd, line_fn *fn, void *ctx)
{
    struct line *c = calloc(1, sizeof *c);
    if (!c) {
        log_error("line", "out of memory");
        abort();
    }
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

/* Shutting down makes the descriptor readable, so the loop comes by and ends the connection. */
static void break_off(struct line *c)
{
    c->broken = true;
    buf_reset(&c->out);
    c->sent = 0;
    shutdown(c->fd, SHUT_RDWR);
    if (!c->dead)
        loop_fd_events(c->source, POLLIN);
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
    loop_fd_events(c->source, POLLIN);
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
        log_warn("line", "a peer does not read: dropped");
        break_off(c);
        return;
    }
    loop_fd_events(c->source, POLLIN | POLLOUT);
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

/* Hands out the complete lines. False when the peer breaks the protocol. */
static bool hand_out(struct line *c)
{
    size_t start = 0;
    while (!c->dead && !c->broken) {
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
        c->fn(c->ctx, c, (char *)text);
    }
    buf_drop(&c->in, start);
    return true;
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
    if (rc < 0 || !hand_out(c)) {
        log_warn("line", "a peer does not keep to lines: dropped");
        return false;
    }
    return true;
}

static void on_event(void *ctx, int fd, short revents)
{
    struct line *c = ctx;
    c->busy = true;
    bool alive = !c->broken;
    if (alive && (revents & POLLOUT))
        flush(c);
    if (alive && (revents & (POLLIN | POLLHUP | POLLERR)))
        alive = receive(c);
    if (!c->dead && (!alive || c->broken)) {
        c->broken = true;
        loop_fd_events(c->source, 0);
        c->fn(c->ctx, c, NULL);
    }
    c->busy = false;
    if (c->dead)
        release(c);
}
