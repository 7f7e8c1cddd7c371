/* SPDX-License-Identifier: Apache-2.0
 *
 * See uplink_test.h.
 */
#include "sync/uplink_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/must.h"
#include "base/text.h"
#include "sync/http.h"
#include "sync/identity.h"
#include "sync/resolve.h"
#include "sync/trust.h"
#include "sync/uplink_look.h"
#include "wire/act.h"

#define HALL_SECONDS 20
#define PORTAL_SECONDS 10
#define PATH_BYTES 512
#define BASE_MAX 159
#define HALL_PATH "/v1/acts"                        /* what the hall answers at once, to a terminal it knows */
#define PORTAL_PATH "/v1/nobody-has-this/line-test" /* no hall, no website */

struct uplink_test {
    struct loop *loop;
    struct uplink_test_config config;
    struct uplink_look look;
    bool runs;
    int port; /* of look.host */
    struct resolve *resolve;
    struct http *http, *portal; /* of one test: ended by `over`, for their own answers must not */
    struct http_request *request;
    struct http_trace trace, portal_trace;
    struct loop_timer *over;
};

/* --- saying --- */

static void found_n(struct uplink_test *t, enum uplink_finding finding, const char *what, int64_t n)
{
    uplink_look_found(&t->look, finding, what, n);
}

static void found(struct uplink_test *t, enum uplink_finding finding, const char *what)
{
    found_n(t, finding, what, 0);
}

static const char *proxy(const struct uplink_test *t)
{
    return t->look.proxy;
}

static void end_clients(struct uplink_test *t)
{
    loop_timer_stop(t->over);
    http_cancel(t->request);
    t->request = NULL;
    http_destroy(t->http);
    http_destroy(t->portal);
    t->http = t->portal = NULL;
}

static void on_over(void *ctx)
{
    end_clients(ctx);
}

static void end(struct uplink_test *t)
{
    t->runs = false;
    t->config.say(t->config.ctx, &(struct peer_line){.kind = PEER_UPLINKED});
    loop_timer_start(t->over, 0);
}

void uplink_test_look(struct uplink_test *t)
{
    if (t->runs)
        return;
    uplink_look(&t->look);
    t->config.say(t->config.ctx, &(struct peer_line){.kind = PEER_UPLINKED});
}

/* --- what the connection came to --- */

static const char *where(const struct uplink_test *t, char out[UPLINK_WHAT_MAX + 1])
{
    const char *to = t->trace.address[0] ? t->trace.address : t->look.host;

    snprintf(out, UPLINK_WHAT_MAX + 1, strchr(to, ':') ? "[%s]:%d" : "%s:%d", to, t->port);
    return out;
}

/* Nothing came back. Where the gateway does not even answer to its own address, that is why. */
static void no_connection(struct uplink_test *t, enum uplink_finding finding)
{
    char to[UPLINK_WHAT_MAX + 1];

    machine_net_look(t->look.root, &t->look.net);
    if (finding != UPLINK_CONNECT_REFUSED && t->look.net.heard == GATEWAY_UNHEARD)
        found(t, UPLINK_GATEWAY_SILENT, t->look.net.gateway);
    else
        found(t, finding, where(t, to));
    end(t);
}

static void connected(struct uplink_test *t)
{
    char to[UPLINK_WHAT_MAX + 1];

    machine_net_look(t->look.root, &t->look.net);
    if (t->look.net.seen && !t->look.net.gateway[0])
        found(t, UPLINK_GATEWAY_UNNEEDED, "");
    else if (t->look.net.heard == GATEWAY_HEARD)
        found(t, UPLINK_GATEWAY_ANSWERS, t->look.net.gateway);
    found(t, UPLINK_CONNECTED, where(t, to));
}

/* "A, of B"; of one that signed itself only who it is. */
static const char *whose(const struct tls_seen *seen, char out[2 * TLS_NAME_MAX + 8])
{
    if (!strcmp(seen->name, seen->issuer) || !seen->name[0])
        snprintf(out, 2 * TLS_NAME_MAX + 8, "%s", seen->issuer);
    else
        snprintf(out, 2 * TLS_NAME_MAX + 8, "%s%s%s", seen->name, seen->issuer[0] ? ", " : "", seen->issuer);
    return out;
}

static void on_portal(void *ctx, const struct http_answer *a, const struct err *why)
{
    struct uplink_test *t = ctx;
    char who[2 * TLS_NAME_MAX + 8];
    int status = t->portal_trace.end == HTTP_END_ANSWER ? t->portal_trace.status : 0;

    t->request = NULL;
    if ((status >= 200 && status < 400) || status == 511) /* RFC 6585 6: network authentication required */
        found_n(t, UPLINK_TLS_PORTAL, whose(&t->trace.seen, who), status);
    else if (t->trace.end == HTTP_END_NO_TLS)
        found(t, UPLINK_TLS_NONE, "");
    else
        found(t, UPLINK_TLS_STRANGER, whose(&t->trace.seen, who));
    end(t);
}

static bool ask_portal(struct uplink_test *t, const char *scheme)
{
    char base[BASE_MAX + 1];
    const struct http_config with = {.base = base, .proxy = t->config.proxy};
    const struct http_call call = {
        .method = "GET", .path = PORTAL_PATH, .timeout_s = PORTAL_SECONDS, .trace = &t->portal_trace};

    snprintf(base, sizeof base, "%s%s", scheme, t->config.hall + strlen("https:"));
    if (http_create(t->loop, &with, &t->portal, NULL) < 0)
        return false;
    t->request = http_start(t->portal, &call, on_portal, t);
    return t->request != NULL;
}

static void another(struct uplink_test *t, const char *scheme)
{
    if (!ask_portal(t, scheme))
        on_portal(t, NULL, NULL);
}

static void refused_certificate(struct uplink_test *t)
{
    const struct tls_seen *seen = &t->trace.seen;
    char text[2 * TLS_NAME_MAX + 8];

    if (seen->fault == TLS_UNKNOWN_ISSUER) {
        another(t, "https:");
        return;
    }
    if (seen->fault == TLS_NO_FAULT) {
        found(t, UPLINK_TLS_NAME, seen->name);
    } else {
        bool over = seen->fault == TLS_EXPIRED;
        date_format(date_of_ms(t->trace.now_ms), text);
        found_n(t, over ? UPLINK_TLS_OVER : UPLINK_TLS_EARLY, text, over ? seen->ends_ms : seen->from_ms);
    }
    end(t);
}

static bool is_hall(const struct http_answer *a)
{
    static struct act_signed list[ACTS_MAX];
    size_t n;

    return a->status == 200 && acts_decode(a->data, a->len, list, &n, NULL) == 0;
}

static void time_said(struct uplink_test *t)
{
    int64_t said = t->trace.date_ms;
    char at[CLOCK_RFC3339_LEN + 1], text[sizeof "2026-01-05 08:00"] = "";

    if (said) {
        clock_format_rfc3339(said, at);
        snprintf(text, sizeof text, "%.10s %.5s", at, at + sizeof "2026-01-05T" - 1);
    }
    found(t,
          said == 0                                              ? UPLINK_TIME_UNSAID
          : llabs(said - clock_wall_ms()) <= TRUST_DIFFERENCE_MS ? UPLINK_TIME_GOOD
                                                                 : UPLINK_TIME_OFF,
          text);
}

/* TLS is good, and nothing is known of what is behind it but this. */
static void behind_tls(struct uplink_test *t, const struct http_answer *a)
{
    const struct tls_seen *seen = &t->trace.seen;
    int status = t->trace.status;

    found_n(t, UPLINK_TLS_GOOD, seen->name[0] ? seen->name : t->look.host, seen->ends_ms);
    if (t->trace.end == HTTP_END_OWN || t->trace.end == HTTP_END_HERE)
        found_n(t, UPLINK_HALL_REFUSES, "", 0);
    else if (!a)
        found(t, UPLINK_HALL_SILENT, "");
    else if (is_hall(a))
        found(t, UPLINK_HALL_ANSWERS, "");
    else
        found_n(t,
                status == 401 || status == 403   ? UPLINK_HALL_REFUSES
                : status == 429 || status >= 500 ? UPLINK_HALL_BUSY
                                                 : UPLINK_HALL_STRANGE,
                "", status);
    if (a)
        time_said(t);
    end(t);
}

static void behind_connection(struct uplink_test *t, const struct http_answer *a)
{
    connected(t);
    if (t->trace.end == HTTP_END_PROXY) {
        found_n(t, t->trace.proxy_status ? UPLINK_PROXY_REFUSES : UPLINK_PROXY_STRANGE, proxy(t), t->trace.proxy_status);
        end(t);
        return;
    }
    if (*proxy(t))
        found(t, UPLINK_PROXY_LETS, proxy(t));
    if (t->trace.end == HTTP_END_NO_TLS) {
        another(t, "http:");
    } else if (t->trace.end == HTTP_END_CERTIFICATE) {
        refused_certificate(t);
    } else if (t->trace.end == HTTP_END_CUT) {
        found(t, UPLINK_TLS_CUT, "");
        end(t);
    } else {
        behind_tls(t, a);
    }
}

static void on_answer(void *ctx, const struct http_answer *a, const struct err *why)
{
    struct uplink_test *t = ctx;

    t->request = NULL;
    switch (t->trace.end) {
    case HTTP_END_NAME: /* a moment ago somebody knew it */
        found(t, UPLINK_NAME_UNKNOWN, t->look.host);
        end(t);
        return;
    case HTTP_END_REFUSED:
        no_connection(t, UPLINK_CONNECT_REFUSED);
        return;
    case HTTP_END_SILENT:
        no_connection(t, UPLINK_CONNECT_SILENT);
        return;
    case HTTP_END_NO_WAY:
        no_connection(t, UPLINK_CONNECT_NO_WAY);
        return;
    case HTTP_END_HERE: /* no connection was made: it is this terminal's own certificate */
        found_n(t, UPLINK_HALL_REFUSES, "", 0);
        end(t);
        return;
    case HTTP_END_ANSWER:
    case HTTP_END_PROXY:
    case HTTP_END_NO_TLS:
    case HTTP_END_CERTIFICATE:
    case HTTP_END_CUT:
    case HTTP_END_OWN:
    case HTTP_END_MUTE:
        behind_connection(t, a);
        return;
    }
}

/* --- the way --- */

static int open_http(struct uplink_test *t, struct err *e)
{
    char ca[PATH_BYTES];
    struct buf identity;
    const struct http_config with = {.base = t->config.hall,
                                     .ca = ca,
                                     .proxy = t->config.proxy,
                                     .identity = &identity,
                                     .moment = t->config.moment,
                                     .ctx = t->config.ctx};
    int rc = fs_join(ca, sizeof ca, t->config.data, "sync/ca.crt");

    buf_init(&identity, IDENTITY_MAX);
    if (rc == 0)
        rc = identity_load(t->config.data, &identity, e);
    if (rc == 0)
        rc = http_create(t->loop, &with, &t->http, e);
    buf_finish(&identity);
    return rc;
}

static void connect_hall(struct uplink_test *t)
{
    const struct http_call call = {.method = "GET", .path = HALL_PATH, .timeout_s = HALL_SECONDS, .trace = &t->trace};
    struct err e = {0};

    t->trace = (struct http_trace){.end = HTTP_END_HERE};
    if (open_http(t, &e) == 0 && (t->request = http_start(t->http, &call, on_answer, t)))
        return;
    log_warn("sync", "the line cannot be tested: %s", e.text);
    found_n(t, UPLINK_HALL_REFUSES, "", 0);
    end(t);
}

static void on_resolved(void *ctx, enum resolved what, const char *address)
{
    struct uplink_test *t = ctx;
    char list[UPLINK_WHAT_MAX + 1], text[RESOLVE_NAME_MAX + RESOLVE_ADDRESS_MAX + 3];

    t->resolve = NULL;
    uplink_look_servers(&t->look, list);
    if (what == RESOLVED_SILENCE) {
        found(t, *list ? UPLINK_NAMES_SILENT : UPLINK_NAMES_NONE, list);
        end(t);
        return;
    }
    found(t, UPLINK_NAMES_ANSWER, list);
    if (what == RESOLVED_UNKNOWN) {
        found(t, UPLINK_NAME_UNKNOWN, t->look.host);
        end(t);
        return;
    }
    snprintf(text, sizeof text, "%s, %s", t->look.host, address);
    found(t, UPLINK_NAME_FOUND, text);
    connect_hall(t);
}

void uplink_test_begin(struct uplink_test *t)
{
    if (t->runs)
        return;
    t->runs = true;
    end_clients(t); /* of the test before */
    if (!uplink_look(&t->look)) {
        end(t);
    } else if (uplink_look_literal(&t->look)) {
        found(t, UPLINK_NAME_UNNEEDED, t->look.host);
        connect_hall(t);
    } else {
        t->resolve = resolve_start(t->loop, t->look.host, on_resolved, t);
        if (!t->resolve)
            on_resolved(t, RESOLVED_SILENCE, "");
    }
}

/* --- made and ended --- */

/* "https://host:port", "[fd00::1]:3128" */
static void split(const char *at, char host[RESOLVE_NAME_MAX + 1], int *ret_port)
{
    at = strncmp(at, "https://", 8) ? at : at + 8;
    bool six = *at == '[';
    size_t n = strcspn(at + six, six ? "]" : ":/");
    const char *colon = strchr(at + six + n, ':');

    snprintf(host, RESOLVE_NAME_MAX + 1, "%.*s", (int)n, at + six);
    *ret_port = colon ? atoi(colon + 1) : 443;
}

struct uplink_test *uplink_test_create(struct loop *l, const struct uplink_test_config *c)
{
    struct uplink_test *t = calloc(1, sizeof *t);

    must(t, "out of memory");
    *t = (struct uplink_test){.loop = l, .config = *c, .over = loop_add_timer(l, on_over, t)};
    t->look = (struct uplink_look){.proxy = c->proxy ? c->proxy : "", .say = c->say, .ctx = c->ctx};
    split(*proxy(t) ? proxy(t) : c->hall, t->look.host, &t->port);
    return t;
}

void uplink_test_machine(struct uplink_test *t, const char *root)
{
    text_copy(t->look.root, sizeof t->look.root, root);
}

void uplink_test_destroy(struct uplink_test *t)
{
    if (!t)
        return;
    resolve_cancel(t->resolve);
    end_clients(t);
    loop_timer_remove(t->over);
    free(t);
}
