/* SPDX-License-Identifier: Apache-2.0
 *
 * An exchange: what handlers see of a request, and their answers.
 */
#include <event2/buffer.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "tools/hall/door/connection.h"

struct exchange *exchange_create(struct connection *c, char *text, const struct http_head *head)
{
    struct exchange *x = calloc(1, sizeof *x);
    if (!x)
        return NULL;
    *x = (struct exchange){.server = c->server, .connection = c, .text = text, .head = *head};
    x->who = c->who;
    c->asked = x;
    TAILQ_INSERT_TAIL(&c->server->exchanges, x, link);
    return x;
}

void exchange_free(struct exchange *x)
{
    TAILQ_REMOVE(&x->server->exchanges, x, link);
    if (x->late)
        event_free(x->late);
    if (x->headers)
        evbuffer_free(x->headers);
    if (x->body)
        evbuffer_free(x->body);
    free(x->text);
    free(x);
}

static void call_route(struct exchange *x)
{
    x->route->fn(x->server->config.ctx, x);
}

static void on_late(evutil_socket_t fd, short what, void *ctx)
{
    call_route(ctx);
}

void exchange_dispatch(struct exchange *x)
{
    int ms = x->server->slow_ms;
    if (!ms) {
        call_route(x);
        return;
    }
    struct timeval after = {ms / 1000, ms % 1000 * 1000};
    x->late = event_new(x->server->base, -1, EV_TIMEOUT, on_late, x);
    event_add(x->late, &after);
}

/* --- what was asked --- */

const struct who *exchange_who(const struct exchange *x)
{
    return &x->who;
}

const char *exchange_method(const struct exchange *x)
{
    return x->head.method;
}

const char *exchange_path(const struct exchange *x)
{
    return x->head.path;
}

const char *exchange_tail(const struct exchange *x)
{
    return x->head.path + strlen(x->route->path);
}

const char *exchange_header(const struct exchange *x, const char *name)
{
    return http_head_find(&x->head, name);
}

const char *exchange_address(const struct exchange *x)
{
    return x->connection ? x->connection->address : "";
}

int64_t exchange_number(const struct exchange *x, const char *name)
{
    return http_head_number(&x->head, name);
}

bool exchange_word(const struct exchange *x, const char *name, char *out, size_t cap)
{
    return http_head_word(&x->head, name, out, cap);
}

int exchange_take_body(struct exchange *x)
{
    size_t len = x->head.body;
    struct evbuffer *body = len ? evbuffer_new() : NULL;
    if (!len)
        return 0;
    if (!body || evbuffer_remove_buffer(bufferevent_get_input(x->connection->bev), body, len) != (int)len) {
        if (body)
            evbuffer_free(body);
        return -ERR_NOMEM;
    }
    x->body = body;
    return 0;
}

int exchange_body(struct exchange *x, size_t max, struct buf *body)
{
    size_t len = x->body ? evbuffer_get_length(x->body) : 0;
    buf_init(body, max + 1);
    if (len > max)
        return -ERR_TOOLONG;
    unsigned char *data = len ? evbuffer_pullup(x->body, -1) : NULL;
    int rc = data ? buf_add(body, data, len) : 0;
    if (x->body)
        evbuffer_free(x->body);
    x->body = NULL;
    return rc;
}

/* --- answers --- */

void exchange_set(struct exchange *x, const char *header, const char *value)
{
    if (!x->headers)
        x->headers = evbuffer_new();
    if (x->headers)
        evbuffer_add_printf(x->headers, "%s: %s\r\n", header, value);
}

/* The terminals take their trusted time from it, and tests shift the clock. */
static void set_date(struct exchange *x)
{
    char text[64];
    struct tm tm;
    time_t now = (time_t)(clock_wall_ms() / 1000);
    gmtime_r(&now, &tm);
    strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &tm);
    exchange_set(x, "Date", text);
}

/* A fault: only the first bytes go out, the rest is missing for good. */
static void cut(struct connection *c, struct evbuffer *all, int64_t keep)
{
    struct evbuffer *head = evbuffer_new();
    evbuffer_remove_buffer(all, head, (size_t)keep);
    evbuffer_drain(all, evbuffer_get_length(all));
    evbuffer_add_buffer(all, head);
    evbuffer_free(head);
    c->last = true;
}

/* Of the listener's headers those that the answer has not set itself. */
static void put_headers(struct exchange *x, struct evbuffer *out)
{
    const char *line = x->server->config.headers;

    for (const char *end; line && (end = strstr(line, "\r\n")); line = end + 2) {
        size_t name = strcspn(line, ":") + 1;

        if (!x->headers || evbuffer_search(x->headers, line, name, NULL).pos < 0)
            evbuffer_add(out, line, (size_t)(end + 2 - line));
    }
}

static void put_head(struct exchange *x, int status, size_t len, struct evbuffer *out)
{
    struct connection *c = x->connection;
    set_date(x);
    if (c->last || x->server->cut_after >= 0)
        exchange_set(x, "Connection", "close");
    evbuffer_add_printf(out, "HTTP/1.1 %d %s\r\n", status, http_reason(status));
    if (status != 204 && status != 304)
        evbuffer_add_printf(out, "Content-Length: %zu\r\n", len);
    put_headers(x, out);
    if (x->headers)
        evbuffer_add_buffer(out, x->headers);
    evbuffer_add(out, "\r\n", 2);
}

/* Sends `data` (may be NULL) and ends the exchange. */
static void send_answer(struct exchange *x, int status, struct evbuffer *data)
{
    struct connection *c = x->connection;
    struct evbuffer *out = c ? evbuffer_new() : NULL;
    if (out) {
        put_head(x, status, data ? evbuffer_get_length(data) : 0, out);
        if (data)
            evbuffer_add_buffer(out, data);
        if (x->server->cut_after >= 0)
            cut(c, out, x->server->cut_after);
        connection_answered(c);
        if (evbuffer_get_length(out))
            bufferevent_write_buffer(c->bev, out);
        else
            connection_shut(c);
        evbuffer_free(out);
    } else if (c) {
        connection_answered(c);
        connection_shut(c);
    }
    exchange_free(x);
}

void server_answer(struct exchange *x, int status, const char *type, const void *data, size_t len)
{
    struct evbuffer *b = evbuffer_new();
    if (b && len)
        evbuffer_add(b, data, len);
    if (type)
        exchange_set(x, "Content-Type", type);
    send_answer(x, status, b);
    if (b)
        evbuffer_free(b);
}

void server_answer_error(struct exchange *x, int status, const char *text)
{
    struct buf json;
    struct jsonw w;
    buf_init(&json, 1024);
    jsonw_init(&w, &json);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "error", text);
    jsonw_end(&w);
    if (status == 503)
        exchange_set(x, "Retry-After", "2");
    server_answer(x, status, "application/json", json.data, json.len);
    buf_finish(&json);
}

void server_answer_file(struct exchange *x, int status, int fd, int64_t offset, int64_t len)
{
    struct evbuffer *b = evbuffer_new();
    /* the buffer owns the fd from here on, also when nothing is sent */
    if (!b || (len && evbuffer_add_file(b, fd, offset, len))) {
        close(fd);
        server_answer_error(x, 500, "the file cannot be read");
    } else {
        if (!len)
            close(fd);
        exchange_set(x, "Content-Type", "application/octet-stream");
        send_answer(x, status, b);
    }
    if (b)
        evbuffer_free(b);
}
