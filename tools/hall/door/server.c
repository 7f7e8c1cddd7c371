/* SPDX-License-Identifier: Apache-2.0
 *
 * The listener and what all connections share.
 */
#include "tools/hall/door/server.h"

#include <event2/listener.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "tools/hall/door/connection.h"

#define CONNECTIONS_MAX 20000

/* The hall is full: a stranger goes for the newcomer, who may be a terminal. */
static bool make_room(struct server *h)
{
    struct guest *out = h->count >= h->max ? door_oldest(h->door) : NULL;
    if (out)
        connection_close((struct connection *)out);
    if (h->count < h->max)
        return true;
    if (log_due(&h->said))
        log_warn("hall", "%zu connections: no more are accepted", h->count);
    return false;
}

static void on_accept(struct evconnlistener *l, evutil_socket_t fd, struct sockaddr *from, int len, void *ctx)
{
    if (make_room(ctx))
        connection_open(ctx, fd, from);
    else
        close(fd);
}

void server_tick(struct server *h)
{
    struct connection *c = TAILQ_FIRST(&h->connections);
    h->now++;
    while (c) {
        struct connection *after = TAILQ_NEXT(c, link);
        if (c->deadline <= h->now)
            connection_close(c);
        c = after;
    }
}

static void on_tick(evutil_socket_t fd, short what, void *ctx)
{
    server_tick(ctx);
}

void server_hold(struct server *h)
{
    event_del(h->tick);
}

int server_renewed(struct server *h, struct err *e)
{
    SSL_CTX *tls = NULL;
    int rc = tls_context(h->config.tls_dir, !h->config.gate, &tls, e);
    if (rc)
        return rc;
    SSL_CTX_free(h->tls); /* the connections made with it hold it */
    h->tls = tls;
    return 0;
}

static void drop(struct guest *g)
{
    connection_shut((struct connection *)g);
}

void server_drop(struct server *h, const uint8_t cert[SHA256_LEN])
{
    door_each(h->door, cert, drop);
}

/* --- from its beginning to its end --- */

static int open_listener(struct server *h, struct err *e)
{
    int fd = address_listen(&h->address, e);
    if (fd < 0)
        return fd;
    h->listener = evconnlistener_new(h->base, on_accept, h, LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC, 0, fd);
    if (h->listener)
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
    static const struct timeval second = {1, 0};
    struct server *h = calloc(1, sizeof *h);
    if (!h)
        return err_set(e, ERR_NOMEM, "listen");
    *h = (struct server){.base = base, .config = *config, .max = connections_max(), .cut_after = -1};
    TAILQ_INIT(&h->connections);
    TAILQ_INIT(&h->exchanges);
    h->door = door_create(config->per_address);
    h->tick = event_new(base, -1, EV_PERSIST, on_tick, h);
    int rc = h->door && h->tick ? tls_context(config->tls_dir, !config->gate, &h->tls, e) : err_set(e, ERR_NOMEM, "listen");
    if (rc == 0)
        rc = address_parse(config->listen, &h->address, e);
    if (rc == 0)
        rc = open_listener(h, e);
    if (rc) {
        server_destroy(h);
        return rc;
    }
    event_add(h->tick, &second);
    *ret = h;
    return 0;
}

void server_destroy(struct server *h)
{
    struct connection *c;
    struct exchange *x;
    if (!h)
        return;
    if (h->listener)
        evconnlistener_free(h->listener);
    while ((c = TAILQ_FIRST(&h->connections)))
        connection_close(c);
    while ((x = TAILQ_FIRST(&h->exchanges)))
        exchange_free(x);
    if (h->tick)
        event_free(h->tick);
    door_destroy(h->door);
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
    if (refuse && h->listener) {
        evconnlistener_free(h->listener);
        h->listener = NULL;
        TAILQ_FOREACH(c, &h->connections, link)
        connection_shut(c);
    } else if (!refuse && !h->listener && open_listener(h, &e)) {
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
