/* SPDX-License-Identifier: Apache-2.0
 *
 * The listener and what all connections share.
 */
#include "tools/hall/door/server.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
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

/* Who waited too long has hung up: a handshake with nobody would make the next ones wait as long. */
static bool has_gone(int fd)
{
    struct tcp_info info = {0};
    socklen_t len = sizeof info;

    return getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &len) == 0 && info.tcpi_state != TCP_ESTABLISHED;
}

/* A few in each turn of the loop; libevent's own listener would take all that wait before anything else runs. */
static void on_knock(evutil_socket_t socket, short what, void *ctx)
{
    struct server *h = ctx;

    for (int i = 0; i < ACCEPTS_PER_TURN; i++) {
        struct sockaddr_storage from = {0};
        socklen_t len = sizeof from;
        int fd = accept4(socket, (struct sockaddr *)&from, &len, SOCK_NONBLOCK | SOCK_CLOEXEC);

        if (fd < 0) {
            if (errno != EAGAIN && errno != EINTR && errno != ECONNABORTED && log_due(&h->said))
                log_error("hall", "no connection can be accepted: %s", strerror(errno));
            return;
        }
        if (!has_gone(fd) && make_room(h))
            connection_open(h, fd, (struct sockaddr *)&from);
        else
            close(fd);
    }
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

static void close_listener(struct server *h)
{
    if (!h->listener)
        return;
    int fd = event_get_fd(h->listener);

    event_free(h->listener);
    close(fd);
    h->listener = NULL;
}

static int open_listener(struct server *h, struct err *e)
{
    int fd = address_listen(&h->address, e);
    if (fd < 0)
        return fd;
    h->listener = event_new(h->base, fd, EV_READ | EV_PERSIST, on_knock, h);
    if (h->listener && event_add(h->listener, NULL) == 0)
        return 0;
    if (!h->listener)
        close(fd);
    close_listener(h);
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
    close_listener(h);
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
        close_listener(h);
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
