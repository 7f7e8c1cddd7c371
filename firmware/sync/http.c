/* SPDX-License-Identifier: Apache-2.0
 *
 * libcurl on the house's loop.
 */
#include "sync/http.h"

#include <curl/curl.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "model/uplink.h"
#include "sync/identity.h"
#include "sync/pace.h"
#include "sync/tls_judge.h"

#define CONNECT_SECONDS 10
#define STALL_SECONDS 30 /* a download slower than 100 bytes a second for so long has died */

struct http {
    struct loop *loop;
    CURLM *multi;
    struct loop_timer *timer;
    struct http_config config;
    char base[160], ca[512];
    char proxy[UPLINK_PROXY_MAX + 1];
    struct buf key, cert; /* PEM */
    struct tls_judge judge;
    bool untrusted;
    struct http_request *requests;
    struct paces paces;
};

struct http_request {
    struct http *http;
    CURL *easy;
    struct loop_timer *held; /* until its turn; NULL: it runs */
    struct curl_slist *headers;
    int (*sink)(void *ctx, int status, const void *data, size_t len);
    http_done_fn *done;
    void *ctx;
    struct buf answer;
    int64_t date_ms, next_delay_ms;
    struct http_trace *trace; /* borrowed; NULL: none is wanted */
    char error[CURL_ERROR_SIZE];
    struct http_request *next;
};

/* --- curl's sockets and timer on the loop --- */

static void finish_done(struct http *h);

static void on_fd(void *ctx, int fd, short revents)
{
    struct http *h = ctx;
    int running, bits = (revents & (POLLIN | POLLHUP) ? CURL_CSELECT_IN : 0) | (revents & POLLOUT ? CURL_CSELECT_OUT : 0) |
                        (revents & POLLERR ? CURL_CSELECT_ERR : 0);
    curl_multi_socket_action(h->multi, fd, bits, &running);
    finish_done(h);
}

static int on_socket(CURL *easy, curl_socket_t fd, int what, void *ctx, void *assigned)
{
    struct http *h = ctx;
    struct loop_fd *source = assigned;
    if (what == CURL_POLL_REMOVE) {
        loop_fd_remove(source);
        curl_multi_assign(h->multi, fd, NULL);
        return 0;
    }
    short events = (short)((what & CURL_POLL_IN ? POLLIN : 0) | (what & CURL_POLL_OUT ? POLLOUT : 0));
    if (source)
        loop_fd_events(source, events);
    else
        curl_multi_assign(h->multi, fd, loop_add_fd(h->loop, fd, events, on_fd, h));
    return 0;
}

static int on_curl_timer(CURLM *multi, long ms, void *ctx)
{
    struct http *h = ctx;
    if (ms < 0)
        loop_timer_stop(h->timer);
    else
        loop_timer_start(h->timer, ms);
    return 0;
}

static void on_timer(void *ctx)
{
    struct http *h = ctx;
    int running;
    long left = -1;
    curl_multi_socket_action(h->multi, CURL_SOCKET_TIMEOUT, 0, &running);
    finish_done(h);
    /* a moved clock lets the timer fire too early; curl then sees nothing due and would not ask again */
    curl_multi_timeout(h->multi, &left);
    if (left >= 0 && loop_timer_left(h->timer) < 0)
        loop_timer_start(h->timer, left ? left : 1);
}

/* --- requests --- */

static int copy(char *out, size_t cap, const char *in)
{
    return snprintf(out, cap, "%s", in ? in : "") < (int)cap ? 0 : -ERR_TOOLONG;
}

static void request_free(struct http_request *r)
{
    for (struct http_request **p = &r->http->requests; *p; p = &(*p)->next) {
        if (*p == r) {
            *p = r->next;
            break;
        }
    }
    if (r->easy) {
        curl_multi_remove_handle(r->http->multi, r->easy);
        curl_easy_cleanup(r->easy);
    }
    loop_timer_remove(r->held);
    curl_slist_free_all(r->headers);
    buf_finish(&r->answer);
    free(r);
}

static enum err_code translate(CURLcode code)
{
    switch ((int)code) {
    case CURLE_COULDNT_CONNECT:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
        return ERR_UNREACHABLE;
    case CURLE_OPERATION_TIMEDOUT:
        return ERR_TIMEOUT;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
        return ERR_SIGNATURE;
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
        return ERR_KEY;
    case CURLE_OUT_OF_MEMORY:
        return ERR_NOMEM;
    case CURLE_WRITE_ERROR:
    case CURLE_FILESIZE_EXCEEDED:
        return ERR_TOOLONG;
    default:
        return ERR_GONE;
    }
}

/* --- how far it came --- */

/* libcurl gives the time of a connection only when its handshake is over too; the address it has as soon as it stands. */
static bool was_connected(const struct http_trace *t)
{
    return t->address[0] != '\0';
}

static bool was_secured(CURL *c)
{
    curl_off_t us = 0;
    return curl_easy_getinfo(c, CURLINFO_APPCONNECT_TIME_T, &us) == CURLE_OK && us > 0;
}

static enum http_end end_of_connect(CURL *c)
{
    long why = 0;
    curl_easy_getinfo(c, CURLINFO_OS_ERRNO, &why);
    return why == ECONNREFUSED ? HTTP_END_REFUSED : why == ETIMEDOUT || why == 0 ? HTTP_END_SILENT : HTTP_END_NO_WAY;
}

/* RFC 8446 6.2: what the other side says of our certificate. */
static bool is_of_certificate(const char *message)
{
    return strstr(message, "alert") && (strstr(message, "certificate") || strstr(message, "unknown ca"));
}

/* libcurl has one code for all that goes wrong in a handshake; OpenSSL's words are in its message. */
static enum http_end end_of_handshake(const char *message)
{
    static const char *const no_tls[] = {"wrong version number", "http request", "packet length too long",
                                         "unexpected message"};
    for (size_t i = 0; i < sizeof no_tls / sizeof *no_tls; i++)
        if (strstr(message, no_tls[i]))
            return HTTP_END_NO_TLS;
    return is_of_certificate(message) ? HTTP_END_OWN : HTTP_END_CUT;
}

static enum http_end end_of(const struct http_request *r, CURLcode code)
{
    CURL *c = r->easy;
    if (code == CURLE_OK)
        return HTTP_END_ANSWER;
    if (code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_RESOLVE_PROXY)
        return HTTP_END_NAME;
    if (code == CURLE_SSL_CERTPROBLEM || code == CURLE_SSL_CACERT_BADFILE || code == CURLE_OUT_OF_MEMORY)
        return HTTP_END_HERE;
    if (code == CURLE_PEER_FAILED_VERIFICATION)
        return HTTP_END_CERTIFICATE;
    if (!was_connected(r->trace))
        return code == CURLE_OPERATION_TIMEDOUT ? HTTP_END_SILENT : end_of_connect(c);
    if (r->http->proxy[0] && r->trace->proxy_status / 100 != 2)
        return HTTP_END_PROXY;
    if (!was_secured(c))
        return code == CURLE_OPERATION_TIMEDOUT ? HTTP_END_CUT : end_of_handshake(r->error);
    return is_of_certificate(r->error) ? HTTP_END_OWN : HTTP_END_MUTE;
}

static void fill_trace(const struct http_request *r, CURLcode code)
{
    struct http_trace *t = r->trace;
    const struct tls_judge *j = &r->http->judge;
    long status = 0, proxy = 0, port = 0;
    char *address = NULL;
    curl_easy_getinfo(r->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(r->easy, CURLINFO_HTTP_CONNECTCODE, &proxy);
    curl_easy_getinfo(r->easy, CURLINFO_PRIMARY_PORT, &port);
    curl_easy_getinfo(r->easy, CURLINFO_PRIMARY_IP, &address);
    *t = (struct http_trace){.status = (int)status,
                             .proxy_status = (int)proxy,
                             .port = (int)port,
                             .date_ms = r->date_ms,
                             .now_ms = j->now_ms,
                             .seen = j->seen};
    copy(t->address, sizeof t->address, address);
    t->end = end_of(r, code);
}

static int status_of(const struct http_request *r)
{
    long status = 0;
    curl_easy_getinfo(r->easy, CURLINFO_RESPONSE_CODE, &status);
    return (int)status;
}

static void finish(struct http_request *r, CURLcode code)
{
    struct err e = {0};
    struct http_answer a = {.status = status_of(r), .next_delay_ms = r->next_delay_ms, .len = r->answer.len};
    http_done_fn *done = r->done;
    void *ctx = r->ctx;
    struct http *h = r->http;
    a.data = (const uint8_t *)buf_str(&r->answer);
    if (r->trace)
        fill_trace(r, code);
    h->untrusted = code == CURLE_PEER_FAILED_VERIFICATION || (code && h->untrusted && translate(code) != ERR_UNREACHABLE);
    if (code)
        err_set(&e, translate(code), "the hall at %s: %s", h->base, r->error[0] ? r->error : curl_easy_strerror(code));
    else if (r->date_ms && h->config.date)
        h->config.date(h->config.ctx, r->date_ms, h->judge.ends_ms);
    /* out of the list first: done may start the next request */
    struct buf answer = r->answer;
    r->answer = (struct buf){0};
    request_free(r);
    done(ctx, code ? NULL : &a, &e);
    buf_finish(&answer);
}

static void finish_done(struct http *h)
{
    CURLMsg *msg;
    int left;
    while ((msg = curl_multi_info_read(h->multi, &left))) {
        struct http_request *r = NULL;
        if (msg->msg != CURLMSG_DONE)
            continue;
        CURLcode code = msg->data.result;
        curl_easy_getinfo(msg->easy_handle, CURLINFO_PRIVATE, &r);
        finish(r, code);
    }
}

static size_t on_data(char *data, size_t size, size_t n, void *ctx)
{
    struct http_request *r = ctx;
    int status = status_of(r);
    if (r->sink && (status == 200 || status == 206))
        return r->sink(r->ctx, status, data, size * n) ? 0 : size * n;
    return buf_add(&r->answer, data, size * n) ? 0 : size * n;
}

static size_t on_header(char *data, size_t size, size_t n, void *ctx)
{
    struct http_request *r = ctx;
    char line[128];
    snprintf(line, sizeof line, "%.*s", (int)(n < sizeof line ? n : sizeof line - 1), data);
    if (!strncasecmp(line, "Date:", 5)) {
        time_t t = curl_getdate(line + 5, NULL);
        r->date_ms = t > 0 ? (int64_t)t * 1000 : 0;
    } else if (!strncasecmp(line, "Next-Delay-Ms:", 14)) {
        long ms = strtol(line + 14, NULL, 10);
        r->next_delay_ms = ms > 0 && ms <= 600000 ? ms : 0;
    }
    return size * n;
}

static CURLcode on_tls(CURL *c, void *ssl_ctx, void *ctx)
{
    return tls_judge_attach(ctx, ssl_ctx) ? CURLE_OK : CURLE_OUT_OF_MEMORY;
}

/* In memory, not as files: a connection is used again only for the same certificate, and a file may change under way. */
static void set_identity(CURL *c, const struct http *h)
{
    struct curl_blob cert = {h->cert.data, h->cert.len, CURL_BLOB_COPY}, key = {h->key.data, h->key.len, CURL_BLOB_COPY};
    curl_easy_setopt(c, CURLOPT_SSLCERT_BLOB, &cert);
    curl_easy_setopt(c, CURLOPT_SSLKEY_BLOB, &key);
}

static void set_tls(CURL *c, struct http *h)
{
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, h->ca[0] ? "https" : "https,http");
    curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(c, CURLOPT_CAPATH, NULL); /* the machine's own CAs are nobody here */
    if (h->ca[0]) {
        curl_easy_setopt(c, CURLOPT_CAINFO, h->ca);
        curl_easy_setopt(c, CURLOPT_SSL_CTX_FUNCTION, on_tls);
        curl_easy_setopt(c, CURLOPT_SSL_CTX_DATA, &h->judge);
    } else {
        curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 0L);
        curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 0L);
    }
    if (h->cert.len)
        set_identity(c, h);
}

/* What a proxy itself says on the way is not the hall's: no header of it, above all no time. */
static void set_proxy(CURL *c, const struct http *h)
{
    char url[UPLINK_PROXY_MAX + 8] = "";

    if (h->proxy[0])
        snprintf(url, sizeof url, "http://%s", h->proxy);
    curl_easy_setopt(c, CURLOPT_PROXY, url); /* not even from the environment */
    curl_easy_setopt(c, CURLOPT_NOPROXY, "");
    curl_easy_setopt(c, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
}

static void set_limits(CURL *c, const struct http_call *call)
{
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    if (call->timeout_s) {
        curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)call->timeout_s);
    } else {
        curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, 100L);
        curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, (long)STALL_SECONDS);
    }
}

static void add_header(struct http_request *r, const char *name, const char *value)
{
    char line[160];
    snprintf(line, sizeof line, "%s:%s%s", name, *value ? " " : "", value);
    struct curl_slist *list = curl_slist_append(r->headers, line);
    if (list)
        r->headers = list;
}

static void set_call(struct http_request *r, const struct http_call *call)
{
    CURL *c = r->easy;
    char url[600], range[48];
    snprintf(url, sizeof url, "%s%s", r->http->base, call->path);
    curl_easy_setopt(c, CURLOPT_URL, url);
    if (!strcmp(call->method, "POST")) {
        curl_easy_setopt(c, CURLOPT_POST, 1L);
        curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, (long)call->body_len); /* before the copy, which needs it */
        curl_easy_setopt(c, CURLOPT_COPYPOSTFIELDS, call->body_len ? call->body : "");
        add_header(r, "Expect", ""); /* no second round trip before a large body */
    }
    if (call->type)
        add_header(r, "Content-Type", call->type);
    if (call->user) {
        curl_easy_setopt(c, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
        curl_easy_setopt(c, CURLOPT_USERNAME, call->user);
        curl_easy_setopt(c, CURLOPT_PASSWORD, call->password);
    }
    if (call->trace) {
        curl_easy_setopt(c, CURLOPT_FRESH_CONNECT, 1L);
        curl_easy_setopt(c, CURLOPT_FORBID_REUSE, 1L);
    }
    if (call->from > 0 || call->upto > 0) {
        int n = snprintf(range, sizeof range, "%lld-", (long long)call->from);
        if (call->upto > 0)
            snprintf(range + n, sizeof range - (size_t)n, "%lld", (long long)call->upto - 1);
        curl_easy_setopt(c, CURLOPT_RANGE, range);
    }
}

static void on_turn(void *ctx)
{
    struct http_request *r = ctx;
    loop_timer_remove(r->held);
    r->held = NULL;
    curl_multi_add_handle(r->http->multi, r->easy);
}

/* At once, or when its kind's turn has come. */
static void begin(struct http_request *r, const char *path)
{
    int64_t wait = paces_take(&r->http->paces, path);
    if (!wait) {
        curl_multi_add_handle(r->http->multi, r->easy);
        return;
    }
    r->held = loop_add_timer(r->http->loop, on_turn, r);
    loop_timer_start(r->held, wait);
}

struct http_request *http_start(struct http *h, const struct http_call *call, http_done_fn *done, void *ctx)
{
    struct http_request *r = calloc(1, sizeof *r);
    if (!r)
        return NULL;
    r->http = h;
    r->sink = call->sink;
    r->done = done;
    r->ctx = ctx;
    r->trace = call->trace;
    buf_init(&r->answer, HTTP_ANSWER_MAX);
    r->easy = curl_easy_init();
    if (!r->easy) {
        free(r);
        return NULL;
    }
    r->next = h->requests;
    h->requests = r;
    set_tls(r->easy, h);
    set_proxy(r->easy, h);
    set_limits(r->easy, call);
    set_call(r, call);
    curl_easy_setopt(r->easy, CURLOPT_HTTPHEADER, r->headers);
    curl_easy_setopt(r->easy, CURLOPT_PRIVATE, r);
    curl_easy_setopt(r->easy, CURLOPT_ERRORBUFFER, r->error);
    curl_easy_setopt(r->easy, CURLOPT_WRITEFUNCTION, on_data);
    curl_easy_setopt(r->easy, CURLOPT_WRITEDATA, r);
    curl_easy_setopt(r->easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(r->easy, CURLOPT_HEADERDATA, r);
    begin(r, call->path);
    return r;
}

bool http_final(int status)
{
    return status >= 400 && status < 500 && status != 408 && status != 429;
}

void http_cancel(struct http_request *r)
{
    if (r)
        request_free(r);
}

/* --- the client --- */

int http_identity(struct http *h, const struct buf *identity, struct err *e)
{
    size_t key = identity_split(identity);
    buf_reset(&h->key);
    buf_reset(&h->cert);
    if (buf_add(&h->key, identity->data, key) || buf_add(&h->cert, identity->data + key, identity->len - key))
        return err_set(e, ERR_TOOLONG, "HTTP client: the certificate");
    return 0;
}

bool http_untrusted(const struct http *h)
{
    return h->untrusted;
}

int http_create(struct loop *l, const struct http_config *config, struct http **ret, struct err *e)
{
    struct http *h = calloc(1, sizeof *h);
    if (!h || curl_global_init(CURL_GLOBAL_DEFAULT) || !(h->multi = curl_multi_init())) {
        free(h);
        return err_set(e, ERR_NOMEM, "HTTP client");
    }
    h->loop = l;
    h->config = *config;
    h->timer = loop_add_timer(l, on_timer, h);
    h->judge = (struct tls_judge){.moment = config->moment, .ctx = config->ctx};
    buf_init(&h->key, IDENTITY_MAX);
    buf_init(&h->cert, IDENTITY_MAX);
    int rc = tls_judge_backend(curl_version_info(CURLVERSION_NOW)->ssl_version, e);
    if (rc == 0 && (copy(h->base, sizeof h->base, config->base) || copy(h->ca, sizeof h->ca, config->ca) ||
                    copy(h->proxy, sizeof h->proxy, config->proxy)))
        rc = err_set(e, ERR_TOOLONG, "HTTP client: a path");
    if (rc == 0 && config->identity)
        rc = http_identity(h, config->identity, e);
    if (rc) {
        http_destroy(h);
        return rc;
    }
    curl_multi_setopt(h->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
    curl_multi_setopt(h->multi, CURLMOPT_SOCKETDATA, h);
    curl_multi_setopt(h->multi, CURLMOPT_TIMERFUNCTION, on_curl_timer);
    curl_multi_setopt(h->multi, CURLMOPT_TIMERDATA, h);
    curl_multi_setopt(h->multi, CURLMOPT_MAXCONNECTS, 3L);
    *ret = h;
    return 0;
}

void http_destroy(struct http *h)
{
    if (!h)
        return;
    while (h->requests)
        request_free(h->requests);
    curl_multi_cleanup(h->multi);
    loop_timer_remove(h->timer);
    buf_finish(&h->key);
    buf_finish(&h->cert);
    free(h);
}
