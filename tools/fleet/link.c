/* SPDX-License-Identifier: Apache-2.0
 *
 * Connections by libevent and OpenSSL.
 */
#include "tools/fleet/link.h"

#include <errno.h>
#include <event2/buffer.h>
#include <event2/bufferevent_ssl.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "tools/fleet/answer_wire.h"
#include "tools/hall/keys/cert.h"

#define KEEP_S 10 /* libcurl keeps one for two minutes: no process has descriptors for two of each of thousands */
#define REQUEST_MAX (2 * 1024 * 1024)

struct links {
    struct event_base *base;
    SSL_CTX *tls;
    struct links_config config;
    struct links_count count;
};
struct link {
    struct links *links;
    struct credential *credential;
    uint32_t number;
    link_fn *fn;
    void *ctx;
    struct bufferevent *bev; /* NULL: no connection */
    SSL *ssl;                /* its */
    struct event *timer;     /* a request that takes too long; a connection that rests too long; one that never began */
    bool ready, used, asked; /* the handshake is done; an answer came on it; a request is under way */
    struct buf request;
    struct answer_head head;
    bool have_head;
};

/* --- what all share --- */

static int on_session(SSL *ssl, SSL_SESSION *session)
{
    struct link *l = SSL_get_app_data(ssl);

    if (!l) /* it was hung up */
        return 0;
    credential_keep(l->credential, session);
    return 1; /* taken over */
}

int links_create(struct event_base *base, const struct links_config *config, struct links **ret, struct err *e)
{
    struct links *s = calloc(1, sizeof *s);

    if (!s)
        return err_set(e, ERR_NOMEM, "TLS");
    *s = (struct links){.base = base, .config = *config, .tls = SSL_CTX_new(TLS_client_method())};
    if (!s->tls || SSL_CTX_set_min_proto_version(s->tls, TLS1_2_VERSION) != 1 ||
        SSL_CTX_load_verify_locations(s->tls, config->ca, NULL) != 1) {
        int rc = cert_fail(e, config->ca);

        links_destroy(s);
        return rc;
    }
    SSL_CTX_set_verify(s->tls, SSL_VERIFY_PEER, NULL);
    SSL_CTX_set_mode(s->tls, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_session_cache_mode(s->tls, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(s->tls, on_session);
    *ret = s;
    return 0;
}

void links_destroy(struct links *s)
{
    if (!s)
        return;
    SSL_CTX_free(s->tls);
    free(s);
}

struct links_count links_count(const struct links *s)
{
    return s->count;
}

size_t links_most(void)
{
    struct rlimit r;

    if (getrlimit(RLIMIT_NOFILE, &r))
        return 256;
    r.rlim_cur = r.rlim_max;
    setrlimit(RLIMIT_NOFILE, &r);
    return (size_t)r.rlim_cur;
}

/* --- a connection's end --- */

static void hang_up(struct link *l)
{
    if (!l->bev)
        return;
    SSL_set_app_data(l->ssl, NULL);
    SSL_set_shutdown(l->ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN); /* else its session is good for nothing */
    bufferevent_free(l->bev);
    l->bev = NULL;
    l->ssl = NULL;
    l->ready = l->used = l->have_head = false;
    l->links->count.open--;
}

static void finish(struct link *l, const struct link_answer *a)
{
    l->asked = false;
    event_del(l->timer);
    l->fn(l->ctx, a);
}

static void connect_now(struct link *l);

static void lose(struct link *l, enum link_outcome outcome)
{
    bool again = l->asked && l->used && !l->have_head && evbuffer_get_length(bufferevent_get_input(l->bev)) == 0;

    hang_up(l);
    if (again)
        connect_now(l);
    else if (l->asked)
        finish(l, &(struct link_answer){.outcome = outcome});
    else
        event_del(l->timer);
}

/* --- events --- */

static void send_request(struct link *l)
{
    bufferevent_write(l->bev, l->request.data, l->request.len);
}

static void take_answer(struct link *l)
{
    struct evbuffer *in = bufferevent_get_input(l->bev);
    static const struct timeval keep = {KEEP_S, 0};
    unsigned char body[ANSWER_BODY_MAX];
    struct link_answer a = {
        .outcome = LINK_ANSWERED, .status = l->head.status, .data = body, .next_delay_ms = l->head.next_delay_ms};

    a.len = (size_t)evbuffer_remove(in, body, l->head.body);
    l->have_head = false;
    l->used = true;
    if (l->head.close)
        hang_up(l);
    l->asked = false;
    if (l->bev)
        event_add(l->timer, &keep);
    else
        event_del(l->timer);
    l->fn(l->ctx, &a);
}

/* False: it is not there, or not all of it. */
static bool take_head(struct link *l)
{
    struct evbuffer *in = bufferevent_get_input(l->bev);
    struct evbuffer_ptr end = evbuffer_search(in, "\r\n\r\n", 4, NULL);
    char text[ANSWER_HEAD_MAX];

    if (l->have_head)
        return true;
    if (end.pos < 0 && evbuffer_get_length(in) < sizeof text)
        return false;
    if (end.pos < 0 || (size_t)end.pos + 4 > sizeof text) {
        lose(l, LINK_UNREACHED);
        return false;
    }
    evbuffer_remove(in, text, (size_t)end.pos + 4);
    l->have_head = answer_head_decode(text, (size_t)end.pos + 4, &l->head) == 0;
    if (!l->have_head) {
        l->used = false; /* what answers so is not asked again */
        lose(l, LINK_UNREACHED);
    }
    return l->have_head;
}

static void on_read(struct bufferevent *bev, void *ctx)
{
    struct link *l = ctx;

    if (!l->asked) /* it speaks unasked */
        lose(l, LINK_UNREACHED);
    else if (take_head(l) && evbuffer_get_length(bufferevent_get_input(bev)) >= l->head.body)
        take_answer(l);
}

static bool certificate_refused(struct bufferevent *bev)
{
    bool refused = false;

    for (unsigned long code; (code = bufferevent_get_openssl_error(bev));)
        switch (ERR_GET_REASON(code)) {
        case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
        case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
        case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
        case SSL_R_TLSV1_ALERT_DECRYPT_ERROR:
            refused = true;
        }
    return refused;
}

static void on_event(struct bufferevent *bev, short what, void *ctx)
{
    struct link *l = ctx;

    if (what & BEV_EVENT_CONNECTED) {
        l->ready = true;
        l->links->count.made++;
        l->links->count.resumed += SSL_session_reused(l->ssl) == 1;
        if (l->asked)
            send_request(l);
    } else if (what & (BEV_EVENT_EOF | BEV_EVENT_ERROR)) {
        lose(l, certificate_refused(bev) ? LINK_REFUSED : LINK_UNREACHED);
    }
}

static void on_timer(evutil_socket_t fd, short what, void *ctx)
{
    struct link *l = ctx;

    l->used = false;
    if (l->bev)
        lose(l, LINK_UNREACHED);
    else if (l->asked)
        finish(l, &(struct link_answer){.outcome = LINK_UNREACHED});
}

/* --- connecting --- */

/* 127.X.Y.Z of its own; the port is the kernel's choice, made when both ends are known. */
static int own_socket(const struct link *l)
{
    const struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr = {htonl(0x7f010000u + l->number)}};
    int on = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

    if (fd < 0)
        return -1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    if (bind(fd, (const struct sockaddr *)&from, sizeof from) == 0 &&
        (connect(fd, (const struct sockaddr *)&l->links->config.hall, sizeof l->links->config.hall) == 0 ||
         errno == EINPROGRESS))
        return fd;
    close(fd);
    return -1;
}

static bool open_connection(struct link *l)
{
    SSL *ssl = SSL_new(l->links->tls);
    int fd = ssl && credential_show(l->credential, ssl) == 0 ? own_socket(l) : -1;

    if (fd < 0) {
        SSL_free(ssl);
        return false;
    }
    SSL_set_app_data(ssl, l);
    l->bev = bufferevent_openssl_socket_new(l->links->base, fd, ssl, BUFFEREVENT_SSL_CONNECTING, BEV_OPT_CLOSE_ON_FREE);
    if (!l->bev) {
        SSL_free(ssl);
        close(fd);
        return false;
    }
    l->ssl = ssl;
    l->links->count.open++;
    bufferevent_openssl_set_allow_dirty_shutdown(l->bev, 1);
    bufferevent_setcb(l->bev, on_read, NULL, on_event, l);
    bufferevent_enable(l->bev, EV_READ | EV_WRITE);
    return true;
}

static void connect_now(struct link *l)
{
    static const struct timeval at_once = {0, 0};

    if (!open_connection(l))
        event_add(l->timer, &at_once); /* which tells of it */
}

struct link *link_create(struct links *s, struct credential *c, uint32_t number, link_fn *fn, void *ctx)
{
    struct link *l = calloc(1, sizeof *l);

    if (!l)
        return NULL;
    *l = (struct link){.links = s, .credential = c, .number = number, .fn = fn, .ctx = ctx};
    buf_init(&l->request, REQUEST_MAX);
    l->timer = event_new(s->base, -1, 0, on_timer, l);
    if (l->timer)
        return l;
    free(l);
    return NULL;
}

void link_ask(struct link *l, const struct link_request *q)
{
    const struct timeval patience = {q->timeout_s, 0};

    buf_reset(&l->request);
    buf_addf(&l->request, "%s %s HTTP/1.1\r\nHost: hall\r\n", q->method, q->path);
    if (q->type)
        buf_addf(&l->request, "Content-Type: %s\r\nContent-Length: %zu\r\n", q->type, q->len);
    buf_adds(&l->request, "\r\n");
    buf_add(&l->request, q->body, q->len);
    l->asked = true;
    event_add(l->timer, &patience);
    if (!l->bev)
        connect_now(l);
    else if (l->ready)
        send_request(l);
}

bool link_busy(const struct link *l)
{
    return l->asked;
}

void link_drop(struct link *l)
{
    hang_up(l);
    l->asked = false;
    event_del(l->timer);
}

void link_destroy(struct link *l)
{
    if (!l)
        return;
    link_drop(l);
    event_free(l->timer);
    buf_finish(&l->request);
    free(l);
}
