/* SPDX-License-Identifier: Apache-2.0
 *
 * A connection: what it may do at which moment, and how much of it is held in memory. Libevent hands over what came after
 * each TLS record (16 kB), and this file decides then: a head ends within HTTP_HEAD_MAX, a body is waited for only when its
 * head was let in, what nobody wants is thrown away. (A read watermark would be the plainer bound, but with
 * bufferevent_openssl a record may stay inside OpenSSL for ever once reading was suspended.)
 */
#include "tools/hall/door/connection.h"

#include <event2/buffer.h>
#include <event2/bufferevent_ssl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

#define EARLY_MAX (2 * HTTP_HEAD_MAX + 32 * 1024) /* of what may come before the answer to the request before it */

static void set(struct connection *c, enum connection_state state, int64_t seconds)
{
    c->state = state;
    c->deadline = seconds ? c->server->now + seconds : INT64_MAX;
}

static void set_idle(struct connection *c)
{
    set(c, CONNECTION_IDLE, c->guest.certified ? IDLE_SECONDS : STRANGER_SECONDS);
}

static void hold_body(struct connection *c, size_t bytes)
{
    c->server->bodies += bytes - c->guest.body;
    c->guest.body = bytes;
}

static void on_output(struct evbuffer *out, const struct evbuffer_cb_info *info, void *ctx);

void connection_close(struct connection *c)
{
    struct server *h = c->server;
    if (c->asked)
        c->asked->connection = NULL;
    if (c->asked && (c->state == CONNECTION_HEAD || c->state == CONNECTION_BODY))
        exchange_free(c->asked); /* nobody knows of it yet */
    hold_body(c, 0);
    door_leave(h->door, &c->guest);
    TAILQ_REMOVE(&h->connections, c, link);
    h->count--;
    evbuffer_remove_cb(bufferevent_get_output(c->bev), on_output, c); /* a write that goes wrong drains it after its event */
    bufferevent_free(c->bev);
    free(c);
}

void connection_shut(struct connection *c)
{
    int fd = bufferevent_getfd(c->bev);
    if (fd >= 0)
        shutdown(fd, SHUT_RDWR);
}

/* --- the gate --- */

static bool route_fits(const struct server_route *r, const struct http_head *head)
{
    size_t n = strlen(r->path);
    if (strcmp(r->method, head->method))
        return false;
    return r->path[n - 1] == '/' ? !strncmp(head->path, r->path, n) : !strcmp(head->path, r->path);
}

static const struct server_route *find_route(const struct server *h, const struct http_head *head)
{
    for (const struct server_route *r = h->config.routes; r->path; r++)
        if (route_fits(r, head))
            return r;
    return NULL;
}

static bool bodies_full(const struct connection *c, size_t more)
{
    return more && (c->server->bodies + more > BODIES_MAX ||
                    (c->guest.certified && door_bodies(c->server->door, c->guest.cert) + more > BODIES_PER_TERMINAL));
}

static int judge_certificate(struct exchange *x, const char **ret_words)
{
    const struct server_config *config = &x->server->config;
    const struct server_route *r = x->route;
    bool open = r && r->open;
    *ret_words = "a client certificate is required";
    if (!open && x->who.kind == WHO_NOBODY)
        return 403;
    enum standing standing = open ? STANDING_GOOD : config->known(config->ctx, &x->who, r && r->renews);
    *ret_words = "the certificate is not valid any more";
    if (standing == STANDING_ENDED)
        return 403;
    *ret_words = "the hall does not know this certificate: it was restored from a backup; keep everything";
    return standing == STANDING_NEWER ? 503 : 0;
}

/* The one place that decides who is let in, by the head alone. 0, or the status and words to refuse with. */
static int judge(struct exchange *x, const char **ret_words)
{
    const struct connection *c = x->connection;
    const struct server_config *config = &x->server->config;
    const struct server_route *r = x->route;
    int status = config->gate ? config->gate(config->ctx, x, ret_words) : judge_certificate(x, ret_words);
    if (status)
        return status;
    *ret_words = "no such place";
    if (!r)
        return 404;
    *ret_words = "the request is too long";
    if (x->head.body > r->body)
        return 413;
    *ret_words = "the hall is busy";
    return bodies_full(c, x->head.body) ? 503 : 0;
}

/* --- requests --- */

/* A head that is none: there is no saying where the next one would begin. */
static void refuse_head(struct connection *c, int status)
{
    static const struct http_head none = {.method = "", .path = "", .query = ""};
    struct exchange *x = exchange_create(c, NULL, &none);
    if (!x) {
        connection_close(c);
        return;
    }
    c->last = c->unread = true;
    server_answer_error(x, status, status == 501 ? "this is not done here" : "the request cannot be read");
}

static void take_body(struct connection *c)
{
    struct exchange *x = c->asked;
    set(c, CONNECTION_ASKED, 0);
    bufferevent_setwatermark(c->bev, EV_READ, 0, 0);
    if (exchange_take_body(x)) {
        c->last = c->unread = true;
        server_answer_error(x, 503, "out of memory");
        return;
    }
    exchange_dispatch(x);
}

static void let_in(struct connection *c)
{
    struct exchange *x = c->asked;
    size_t body = x->head.body;
    hold_body(c, body);
    if (evbuffer_get_length(bufferevent_get_input(c->bev)) >= body) {
        take_body(c);
        return;
    }
    set(c, CONNECTION_BODY, BODY_SECONDS);
    bufferevent_setwatermark(c->bev, EV_READ, body, 0); /* one call when all of it is there */
    if (x->head.expect)
        bufferevent_write(c->bev, "HTTP/1.1 100 Continue\r\n\r\n", 25);
}

static void take_head(struct connection *c, size_t len)
{
    struct evbuffer *in = bufferevent_get_input(c->bev);
    struct http_head head;
    const char *words = NULL;
    char *text = malloc(len);
    struct exchange *x = NULL;
    if (text)
        evbuffer_remove(in, text, len);
    int status = text ? http_head_decode(text, len, &head) : 503;
    if (!status && strcmp(head.method, "GET") && strcmp(head.method, "POST"))
        status = 501;
    if (!status)
        x = exchange_create(c, text, &head);
    if (!x) {
        free(text);
        refuse_head(c, status ? status : 503);
        return;
    }
    x->route = find_route(c->server, &x->head);
    c->last = head.close;
    status = judge(x, &words);
    if (!status) {
        let_in(c);
        return;
    }
    c->last |= head.body > 0;
    c->unread = head.body > 0;
    server_answer_error(x, status, words);
}

static void look_for_head(struct connection *c)
{
    struct evbuffer *in = bufferevent_get_input(c->bev);
    size_t have = evbuffer_get_length(in);
    struct evbuffer_ptr end = evbuffer_search(in, "\r\n\r\n", 4, NULL);
    if (!have)
        return;
    if (c->state == CONNECTION_IDLE)
        set(c, CONNECTION_HEAD, HEAD_SECONDS);
    if (end.pos >= 0 && end.pos + 4 <= HTTP_HEAD_MAX)
        take_head(c, (size_t)end.pos + 4);
    else if (have >= HTTP_HEAD_MAX)
        refuse_head(c, 431);
}

void connection_answered(struct connection *c)
{
    hold_body(c, 0);
    c->asked = NULL;
    set(c, CONNECTION_ANSWER, ANSWER_SECONDS);
}

/* --- events --- */

static void on_read(struct bufferevent *bev, void *ctx)
{
    struct connection *c = ctx;
    struct evbuffer *in = bufferevent_get_input(bev);
    if (c->state == CONNECTION_IDLE || c->state == CONNECTION_HEAD)
        look_for_head(c);
    else if (c->state == CONNECTION_BODY && evbuffer_get_length(in) >= c->guest.body)
        take_body(c);
    else if (c->state == CONNECTION_LINGER || c->unread)
        evbuffer_drain(in, evbuffer_get_length(in));
    else if (c->state != CONNECTION_BODY && evbuffer_get_length(in) > EARLY_MAX)
        connection_close(c); /* it sends and sends, and does not wait for answers */
}

/* All of the answer has gone out. */
static void on_written(struct bufferevent *bev, void *ctx)
{
    struct connection *c = ctx;
    if (c->state != CONNECTION_ANSWER)
        return;
    if (c->unread) {
        set(c, CONNECTION_LINGER, LINGER_SECONDS);
        on_read(bev, c);
    } else if (c->last) {
        connection_close(c);
    } else {
        set_idle(c);
        look_for_head(c);
    }
}

/* Some of it has. */
static void on_output(struct evbuffer *out, const struct evbuffer_cb_info *info, void *ctx)
{
    struct connection *c = ctx;
    if (info->n_deleted && c->state == CONNECTION_ANSWER)
        c->deadline = c->server->now + ANSWER_SECONDS;
}

static void on_handshake(struct connection *c)
{
    struct server *h = c->server;
    tls_who(c->ssl, &c->who);
    if (c->who.kind == WHO_TERMINAL && !h->config.gate && h->config.known(h->config.ctx, &c->who, false) == STANDING_GOOD) {
        struct guest *out = door_certify(h->door, &c->guest, c->who.cert);
        if (out)
            connection_close((struct connection *)out);
    }
    set_idle(c);
}

static void on_event(struct bufferevent *bev, short what, void *ctx)
{
    struct connection *c = ctx;
    if (what & BEV_EVENT_CONNECTED)
        on_handshake(c);
    else if (what & (BEV_EVENT_EOF | BEV_EVENT_ERROR))
        connection_close(c);
}

void connection_open(struct server *h, int fd, const struct sockaddr *from)
{
    struct connection *c = calloc(1, sizeof *c);
    SSL *ssl = SSL_new(h->tls);
    if (c && ssl)
        c->bev = bufferevent_openssl_socket_new(h->base, fd, ssl, BUFFEREVENT_SSL_ACCEPTING, BEV_OPT_CLOSE_ON_FREE);
    if (!c || !c->bev) {
        log_error("hall", "out of memory for a connection");
        SSL_free(ssl);
        close(fd);
        free(c);
        return;
    }
    c->server = h;
    c->ssl = ssl;
    address_host(from, c->address);
    TAILQ_INSERT_TAIL(&h->connections, c, link);
    h->count++;
    set(c, CONNECTION_HANDSHAKE, HANDSHAKE_SECONDS);
    bufferevent_openssl_set_allow_dirty_shutdown(c->bev, 1);
    bufferevent_setcb(c->bev, on_read, on_written, on_event, c);
    evbuffer_add_cb(bufferevent_get_output(c->bev), on_output, c);
    bufferevent_enable(c->bev, EV_READ | EV_WRITE);
    struct guest *out = door_enter(h->door, &c->guest, from);
    if (out)
        connection_close((struct connection *)out);
}
