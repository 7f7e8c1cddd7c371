/* SPDX-License-Identifier: Apache-2.0
 *
 * HTTPS by evhttp over bufferevent_openssl.
 */
#include "tools/hall/server.h"

#include <event2/buffer.h>
#include <event2/bufferevent_ssl.h>
#include <event2/http.h>
#include <event2/keyvalq_struct.h>
#include <event2/listener.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "tools/hall/address.h"
#include "tools/hall/tls.h"

#define CONNECTIONS_MAX 20000
#define HEADERS_MAX (8 * 1024)
#define IDLE_SECONDS 120

/* A live connection: hangs on its SSL object and goes with it. */
struct connection {
    struct server *server;
    SSL *ssl;
    bool looked; /* the certificate was read */
    bool has_peer;
    struct peer peer;
    TAILQ_ENTRY(connection) link;
};

struct server {
    struct event_base *base;
    struct evhttp *evhttp;
    SSL_CTX *tls;
    int ssl_slot; /* of SSL_set_ex_data */
    struct server_config config;
    struct evhttp_bound_socket *bound;
    struct address address;
    TAILQ_HEAD(, connection) connections;
    TAILQ_HEAD(, exchange) exchanges;
    size_t count, max;
    bool paused; /* accepts nobody: too many connections */
    int slow_ms;
    int64_t cut_after;
    bool refuse;
};

struct exchange {
    struct server *server;
    struct evhttp_request *req; /* NULL: the peer has gone */
    const struct server_route *route;
    struct peer peer;
    bool has_peer;
    char tail[256];
    struct event *late; /* only while a fault delays it */
    TAILQ_ENTRY(exchange) link;
};

/* --- connections --- */

static void exchange_free(struct exchange *x)
{
    TAILQ_REMOVE(&x->server->exchanges, x, link);
    if (x->late)
        event_free(x->late);
    free(x);
}

static void update_accepting(struct server *h)
{
    bool pause = h->count >= h->max;
    if (!h->bound || pause == h->paused)
        return;
    h->paused = pause;
    struct evconnlistener *l = evhttp_bound_socket_get_listener(h->bound);
    if (pause) {
        log_warn("hall", "%zu connections: no more are accepted", h->count);
        evconnlistener_disable(l);
    } else {
        evconnlistener_enable(l);
    }
}

static void connection_gone(void *parent, void *ptr, CRYPTO_EX_DATA *ad, int idx, long argl, void *argp)
{
    struct connection *c = ptr;
    if (!c)
        return;
    struct server *h = c->server;
    if (!h) { /* libevent frees connections late: the server is gone already */
        free(c);
        return;
    }
    TAILQ_REMOVE(&h->connections, c, link);
    h->count--;
    free(c);
    update_accepting(h);
}

static struct bufferevent *new_connection(struct event_base *base, void *ctx)
{
    struct server *h = ctx;
    struct connection *c = calloc(1, sizeof *c);
    SSL *ssl = SSL_new(h->tls);
    struct bufferevent *bev = NULL;
    if (c && ssl && SSL_set_ex_data(ssl, h->ssl_slot, c))
        bev = bufferevent_openssl_socket_new(base, -1, ssl, BUFFEREVENT_SSL_ACCEPTING, BEV_OPT_CLOSE_ON_FREE);
    if (!bev) {
        /* evhttp would go on without TLS if it got nothing */
        log_error("hall", "out of memory for a connection");
        abort();
    }
    *c = (struct connection){.server = h, .ssl = ssl};
    TAILQ_INSERT_TAIL(&h->connections, c, link);
    h->count++;
    update_accepting(h);
    bufferevent_openssl_set_allow_dirty_shutdown(bev, 1);
    return bev;
}

int server_renewed(struct server *h, struct err *e)
{
    SSL_CTX *tls = NULL;
    int rc = tls_context(h->config.tls_dir, &tls, e);
    if (rc)
        return rc;
    SSL_CTX_free(h->tls); /* the connections made with it hold it */
    h->tls = tls;
    return 0;
}

static void shut(struct connection *c)
{
    int fd = SSL_get_fd(c->ssl);
    if (fd >= 0)
        shutdown(fd, SHUT_RDWR);
}

void server_drop(struct server *h, const uint8_t cert[SHA256_LEN])
{
    struct connection *c;
    TAILQ_FOREACH(c, &h->connections, link)
    if (c->has_peer && !memcmp(c->peer.cert, cert, SHA256_LEN))
        shut(c);
}

/* --- exchanges --- */

static void peer_left(struct evhttp_connection *evcon, void *ctx)
{
    struct exchange *x = ctx;
    /* evhttp frees a request that still hangs on its connection; one it has let go of is ours */
    if (x->req && !evhttp_request_get_connection(x->req))
        evhttp_request_free(x->req);
    x->req = NULL;
}

static void identify(struct exchange *x)
{
    struct bufferevent *bev = evhttp_connection_get_bufferevent(evhttp_request_get_connection(x->req));
    struct connection *c = SSL_get_ex_data(bufferevent_openssl_get_ssl(bev), x->server->ssl_slot);
    if (!c->looked) {
        c->has_peer = tls_peer(c->ssl, &c->peer);
        c->looked = true;
    }
    x->has_peer = c->has_peer;
    x->peer = c->peer;
}

static enum evhttp_cmd_type method_of(const char *name)
{
    return strcmp(name, "POST") ? EVHTTP_REQ_GET : EVHTTP_REQ_POST;
}

static bool route_fits(const struct server_route *r, const struct exchange *x, const char *path)
{
    size_t n = strlen(r->path);
    if (method_of(r->method) != evhttp_request_get_command(x->req))
        return false;
    return r->path[n - 1] == '/' ? !strncmp(path, r->path, n) : !strcmp(path, r->path);
}

static void find_route(struct exchange *x)
{
    const struct evhttp_uri *uri = evhttp_request_get_evhttp_uri(x->req);
    const char *path = uri ? evhttp_uri_get_path(uri) : NULL;
    for (const struct server_route *r = x->server->config.routes; path && r->path; r++) {
        if (route_fits(r, x, path)) {
            x->route = r;
            snprintf(x->tail, sizeof x->tail, "%s", path + strlen(r->path));
            return;
        }
    }
}

/* The one gate. */
static void dispatch(struct exchange *x)
{
    const struct server_config *c = &x->server->config;
    bool open = x->route && x->route->open;
    if (!open && !x->has_peer)
        server_answer_error(x, 403, "a client certificate is required");
    else if (!open && !c->known(c->ctx, &x->peer, x->route && x->route->renews))
        server_answer_error(x, 403, "the certificate is not valid any more");
    else if (!x->route)
        server_answer_error(x, 404, "no such place");
    else
        x->route->fn(c->ctx, x);
}

static void dispatch_late(evutil_socket_t fd, short what, void *ctx)
{
    dispatch(ctx);
}

static void on_request(struct evhttp_request *req, void *ctx)
{
    struct server *h = ctx;
    struct exchange *x = calloc(1, sizeof *x);
    if (!x) {
        evhttp_send_error(req, 503, NULL);
        return;
    }
    x->server = h;
    x->req = req;
    TAILQ_INSERT_TAIL(&h->exchanges, x, link);
    evhttp_connection_set_closecb(evhttp_request_get_connection(req), peer_left, x);
    identify(x);
    find_route(x);
    if (!h->slow_ms) {
        dispatch(x);
        return;
    }
    struct timeval after = {h->slow_ms / 1000, h->slow_ms % 1000 * 1000};
    x->late = event_new(h->base, -1, EV_TIMEOUT, dispatch_late, x);
    event_add(x->late, &after);
}

const struct peer *exchange_peer(const struct exchange *x)
{
    return x->has_peer ? &x->peer : NULL;
}

const char *exchange_tail(const struct exchange *x)
{
    return x->tail;
}

const char *exchange_header(const struct exchange *x, const char *name)
{
    return x->req ? evhttp_find_header(evhttp_request_get_input_headers(x->req), name) : NULL;
}

const char *exchange_address(const struct exchange *x)
{
    char *address = NULL;
    ev_uint16_t port;
    struct evhttp_connection *c = x->req ? evhttp_request_get_connection(x->req) : NULL;
    if (c)
        evhttp_connection_get_peer(c, &address, &port);
    return address ? address : "";
}

int64_t exchange_number(const struct exchange *x, const char *name)
{
    struct evkeyvalq q;
    int64_t value = -1;
    const char *query = x->req ? evhttp_uri_get_query(evhttp_request_get_evhttp_uri(x->req)) : NULL;
    if (!query || evhttp_parse_query_str(query, &q))
        return -1;
    const char *text = evhttp_find_header(&q, name);
    if (text && *text && strlen(text) <= 18 && strspn(text, "0123456789") == strlen(text))
        value = strtoll(text, NULL, 10);
    evhttp_clear_headers(&q);
    return value;
}

int exchange_body(struct exchange *x, size_t max, struct buf *body)
{
    buf_init(body, max + 1);
    struct evbuffer *in = x->req ? evhttp_request_get_input_buffer(x->req) : NULL;
    size_t len = in ? evbuffer_get_length(in) : 0;
    if (len > max)
        return -ERR_TOOLONG;
    unsigned char *data = len ? evbuffer_pullup(in, -1) : NULL;
    return data ? buf_add(body, data, len) : 0;
}

/* --- answers --- */

void exchange_set(struct exchange *x, const char *header, const char *value)
{
    if (x->req)
        evhttp_add_header(evhttp_request_get_output_headers(x->req), header, value);
}

/* The terminals take their trusted time from it, and tests shift the clock: so not libevent's own. */
static void set_date(struct exchange *x)
{
    char text[64];
    struct tm tm;
    time_t now = (time_t)(clock_wall_ms() / 1000);
    gmtime_r(&now, &tm);
    strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &tm);
    exchange_set(x, "Date", text);
}

/* Leaves only the first bytes of what waits to be sent; with "Connection: close" the rest is missing for good. */
static void cut(struct bufferevent *bev, int64_t keep)
{
    struct evbuffer *out = bufferevent_get_output(bev);
    struct evbuffer *head = evbuffer_new();
    evbuffer_unfreeze(out, 1);
    evbuffer_remove_buffer(out, head, (size_t)keep);
    evbuffer_drain(out, evbuffer_get_length(out));
    evbuffer_add_buffer(out, head);
    evbuffer_freeze(out, 1);
    evbuffer_free(head);
    if (keep == 0)
        shutdown(bufferevent_getfd(bev), SHUT_RDWR);
}

/* Sends `data` (may be NULL) and ends the exchange. */
static void send_answer(struct exchange *x, int status, struct evbuffer *data)
{
    struct evhttp_request *req = x->req;
    int64_t keep = x->server->cut_after;
    if (req) {
        struct evhttp_connection *evcon = evhttp_request_get_connection(req);
        set_date(x);
        if (keep >= 0)
            exchange_set(x, "Connection", "close");
        if (evcon)
            evhttp_connection_set_closecb(evcon, NULL, NULL);
        evhttp_send_reply(req, status, NULL, data);
        if (evcon && keep >= 0)
            cut(evhttp_connection_get_bufferevent(evcon), keep);
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

/* --- listening --- */

static int open_listener(struct server *h, struct err *e)
{
    int fd = address_listen(&h->address, e);
    if (fd < 0)
        return fd;
    h->bound = evhttp_accept_socket_with_handle(h->evhttp, fd);
    if (h->bound)
        return 0;
    close(fd);
    return err_set(e, ERR_NOMEM, "listen");
}

static size_t connections_max(void)
{
    struct rlimit r;
    if (getrlimit(RLIMIT_NOFILE, &r))
        return 500;
    r.rlim_cur = r.rlim_max;
    setrlimit(RLIMIT_NOFILE, &r);
    size_t files = r.rlim_cur > 200 ? (size_t)r.rlim_cur - 100 : 100;
    return files < CONNECTIONS_MAX ? files : CONNECTIONS_MAX;
}

int server_create(struct event_base *base, const struct server_config *config, struct server **ret, struct err *e)
{
    struct server *h = calloc(1, sizeof *h);
    if (!h)
        return err_set(e, ERR_NOMEM, "listen");
    *h = (struct server){.base = base, .config = *config, .max = connections_max(), .cut_after = -1};
    TAILQ_INIT(&h->connections);
    TAILQ_INIT(&h->exchanges);
    h->ssl_slot = SSL_get_ex_new_index(0, NULL, NULL, NULL, connection_gone);
    int rc = tls_context(config->tls_dir, &h->tls, e);
    if (!rc && !(h->evhttp = evhttp_new(base)))
        rc = err_set(e, ERR_NOMEM, "listen");
    if (!rc) {
        evhttp_set_bevcb(h->evhttp, new_connection, h);
        evhttp_set_gencb(h->evhttp, on_request, h);
        evhttp_set_allowed_methods(h->evhttp, EVHTTP_REQ_GET | EVHTTP_REQ_POST);
        evhttp_set_max_headers_size(h->evhttp, HEADERS_MAX);
        evhttp_set_max_body_size(h->evhttp, SERVER_BODY_MAX);
        evhttp_set_timeout(h->evhttp, IDLE_SECONDS);
        rc = address_parse(config->listen, &h->address, e);
    }
    if (!rc)
        rc = open_listener(h, e);
    if (rc) {
        server_destroy(h);
        return rc;
    }
    *ret = h;
    return 0;
}

void server_destroy(struct server *h)
{
    if (!h)
        return;
    if (h->evhttp)
        evhttp_free(h->evhttp);
    h->bound = NULL;
    struct exchange *x;
    while ((x = TAILQ_FIRST(&h->exchanges)))
        exchange_free(x);
    struct connection *c;
    TAILQ_FOREACH(c, &h->connections, link)
    c->server = NULL;
    SSL_CTX_free(h->tls);
    free(h);
}

const char *server_address(const struct server *h)
{
    return h->address.text;
}

/* --- faults --- */

static void set_refuse(struct server *h, bool refuse)
{
    struct err e = {0};
    struct connection *c;
    if (refuse && h->bound) {
        evhttp_del_accept_socket(h->evhttp, h->bound);
        h->bound = NULL;
        TAILQ_FOREACH(c, &h->connections, link)
        shut(c);
    } else if (!refuse && !h->bound && open_listener(h, &e)) {
        log_error("hall", "%s", e.text);
    }
    h->refuse = refuse;
}

void server_fault(struct server *h, int slow_ms, int64_t cut_after, bool refuse)
{
    h->slow_ms = slow_ms;
    h->cut_after = cut_after;
    if (refuse != h->refuse)
        set_refuse(h, refuse);
}
