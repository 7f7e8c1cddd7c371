/* SPDX-License-Identifier: Apache-2.0
 *
 * platform: a simulated provincial platform of electronic licences, for tests, demonstrations and whoever builds against the
 * real one: HTTP on this machine, or HTTPS that asks for the hall's certificate.
 */
#include <arpa/inet.h>
#include <event2/buffer.h>
#include <event2/bufferevent_ssl.h>
#include <event2/event.h>
#include <event2/http.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/must.h"
#include "base/options.h"
#include "base/version.h"
#include "tools/hall/keys/openssl.h"
#include "tools/platform/answer.h"

static const char usage[] =
    "platform --holders FILE [--port N] [--as WORD] [--ca FILE --cert FILE --key FILE]\n"
    "A simulated provincial platform of electronic licences, with synthetic people: answers what `hallctl licence fetch` "
    "asks.\n"
    "\n"
    "  --holders FILE  who holds what: {\"holders\":[{\"certificate_holder_code\":\"1101…\",\"certificates\":[{…}]}],\n"
    "                  \"failing\":[{\"kind\":\"…\",\"failed\":\"source-away\"}]}; tools/hall/rules/licence_wire.h has the "
    "members\n"
    "  --port N        on 127.0.0.1; default: any that is free\n"
    "  --as WORD       how it behaves; --moods lists them. Default honest\n"
    "  --ca FILE, --cert FILE, --key FILE\n"
    "                  HTTPS: who the hall's certificate must be of, and its own, as PEM; without them HTTP\n"
    "  --moods, --help, --version\n"
    "\n"
    "Prints \"serving URL\" when ready, and a line for each question, without whom it is about. Ended by a signal.\n"
    "Exit: 0 ended by a signal, 1 could not start, 2 wrong arguments.\n";

#define ANSWER_MAX (2 * 1024 * 1024)
#define HOLDERS_MAX (4 * 1024 * 1024)
#define SLOW_S 3

struct program {
    const char *holders, *port, *as, *ca, *cert, *key;
    bool moods, version;
    int64_t port_n;
    enum mood mood;
    struct json *doc;
    SSL_CTX *tls;
    struct event_base *base;
    struct evhttp *http;
};

/* --- answering --- */

/* An answer that waits; its timer frees both. */
struct late {
    struct event *timer;
    struct evhttp_request *req;
    struct evbuffer *body;
};

static void send_json(struct evhttp_request *req, struct evbuffer *body)
{
    evhttp_add_header(evhttp_request_get_output_headers(req), "Content-Type", "application/json");
    evhttp_send_reply(req, HTTP_OK, "OK", body);
    evbuffer_free(body);
}

static void on_late(evutil_socket_t fd, short what, void *ctx)
{
    struct late *l = ctx;

    send_json(l->req, l->body);
    event_free(l->timer);
    free(l);
}

static void send_late(struct program *p, struct evhttp_request *req, struct evbuffer *body)
{
    static const struct timeval wait = {SLOW_S, 0};
    struct late *l = calloc(1, sizeof *l);

    must(l, "out of memory");
    *l = (struct late){.req = req, .body = body, .timer = evtimer_new(p->base, on_late, l)};
    must(l->timer, "out of memory");
    evtimer_add(l->timer, &wait);
}

static void say(const struct licence_question *q)
{
    printf("asked of case %s, item %s, by %s, %s: %s:", q->number, q->item, q->staff, q->post, q->purpose);
    for (int i = 0; i < q->n; i++)
        printf(" %s", q->kinds[i]);
    puts("");
    fflush(stdout);
}

static void answer(struct program *p, struct evhttp_request *req, const struct licence_question *q)
{
    struct evbuffer *body = evbuffer_new();
    struct buf out;

    must(body, "out of memory");
    say(q);
    buf_init(&out, ANSWER_MAX);
    answer_make(p->doc, p->mood, q, &out);
    evbuffer_add(body, out.data, out.len);
    buf_finish(&out);
    if (p->mood == MOOD_SLOW)
        send_late(p, req, body);
    else
        send_json(req, body);
}

static void on_request(struct evhttp_request *req, void *ctx)
{
    struct program *p = ctx;
    struct evbuffer *in = evhttp_request_get_input_buffer(req);
    struct licence_question *q = calloc(1, sizeof *q);
    struct err e = {0};
    size_t len = evbuffer_get_length(in);

    must(q, "out of memory");
    if (p->mood == MOOD_SILENT) { /* its connection ends when the asker has gone */
        say(q);
    } else if (p->mood == MOOD_BROKEN) {
        evhttp_send_error(req, HTTP_INTERNAL, NULL);
    } else if (licence_question_decode(evbuffer_pullup(in, -1), len, q, &e) < 0) {
        printf("refused: %s\n", e.text);
        fflush(stdout);
        evhttp_send_error(req, HTTP_BADREQUEST, NULL);
    } else {
        answer(p, req, q);
    }
    free(q);
}

/* --- starting --- */

static struct bufferevent *on_connection(struct event_base *base, void *ctx)
{
    struct program *p = ctx;

    return bufferevent_openssl_socket_new(base, -1, SSL_new(p->tls), BUFFEREVENT_SSL_ACCEPTING, BEV_OPT_CLOSE_ON_FREE);
}

static int make_tls(struct program *p, struct err *e)
{
    if (!p->ca)
        return 0;
    p->tls = SSL_CTX_new(TLS_server_method());
    must(p->tls, "out of memory");
    SSL_CTX_set_min_proto_version(p->tls, TLS1_2_VERSION);
    SSL_CTX_set_verify(p->tls, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
    if (SSL_CTX_use_certificate_chain_file(p->tls, p->cert) != 1 ||
        SSL_CTX_use_PrivateKey_file(p->tls, p->key, SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_load_verify_locations(p->tls, p->ca, NULL) != 1)
        return err_set(e, ERR_KEY, "--ca, --cert and --key are not a CA, a certificate and its key");
    evhttp_set_bevcb(p->http, on_connection, p);
    return 0;
}

static int serve(struct program *p, struct err *e)
{
    struct evhttp_bound_socket *bound;
    struct sockaddr_in at = {0};
    socklen_t len = sizeof at;
    int rc = make_tls(p, e);

    if (rc < 0)
        return rc;
    evhttp_set_gencb(p->http, on_request, p);
    evhttp_set_max_body_size(p->http, LICENCE_QUESTION_BYTES_MAX);
    bound = evhttp_bind_socket_with_handle(p->http, "127.0.0.1", (uint16_t)p->port_n);
    if (!bound || getsockname(evhttp_bound_socket_get_fd(bound), (struct sockaddr *)&at, &len) < 0)
        return err_set(e, ERR_BUSY, "port %lld is taken", (long long)p->port_n);
    printf("serving %s://127.0.0.1:%d/\n", p->tls ? "https" : "http", ntohs(at.sin_port));
    fflush(stdout);
    event_base_dispatch(p->base);
    return 0;
}

static int read_holders(struct program *p, struct err *e)
{
    struct buf text;
    int rc = fs_read_given(p->holders, HOLDERS_MAX, &text, e);

    if (rc == 0)
        rc = json_parse(text.data, text.len, HOLDERS_MAX, &p->doc, e);
    if (rc == 0)
        rc = answer_check(p->doc, e);
    buf_finish(&text);
    return rc < 0 && rc != -ERR_NOTFOUND ? err_wrap(e, rc, "%s", p->holders) : rc;
}

static void on_signal(evutil_socket_t fd, short what, void *ctx)
{
    event_base_loopexit(ctx, NULL);
}

static int run_it(struct program *p, struct err *e)
{
    struct event *ends[2];
    int rc;

    p->base = event_base_new();
    p->http = p->base ? evhttp_new(p->base) : NULL;
    must(p->http, "out of memory");
    ends[0] = evsignal_new(p->base, SIGTERM, on_signal, p->base);
    ends[1] = evsignal_new(p->base, SIGINT, on_signal, p->base);
    for (int i = 0; i < 2; i++) {
        must(ends[i], "out of memory");
        evsignal_add(ends[i], NULL);
    }
    rc = read_holders(p, e);
    if (rc == 0)
        rc = serve(p, e);
    for (int i = 0; i < 2; i++)
        event_free(ends[i]);
    evhttp_free(p->http);
    event_base_free(p->base);
    SSL_CTX_free(p->tls);
    json_free(p->doc);
    return rc;
}

static int list_moods(void)
{
    for (int i = 0; i < MOODS; i++)
        printf("%-15s %s\n", mood_word((enum mood)i), mood_what((enum mood)i));
    return 0;
}

static int run(int argc, char **argv)
{
    struct program p = {0};
    struct err e = {0};
    const struct option_word options[] = {
        {"--holders", &p.holders, NULL}, {"--port", &p.port, NULL},       {"--as", &p.as, NULL},
        {"--ca", &p.ca, NULL},           {"--cert", &p.cert, NULL},       {"--key", &p.key, NULL},
        {"--moods", NULL, &p.moods},     {"--version", NULL, &p.version}, {0}};
    int n, code = options_read("platform", argc, argv, usage, options, NULL, 0, &n);

    if (code < 0 && p.version) {
        printf("platform %s\n", version_text());
        return 0;
    }
    if (code < 0 && p.moods)
        return list_moods();
    if (code < 0)
        code = options_fit("platform", options, "--holders", "--port --as --ca --cert --key");
    if (code < 0 && p.port)
        code = options_number("platform", "--port", p.port, 1, 65535, &p.port_n);
    if (code < 0 && p.as && !mood_by_word(p.as, &p.mood))
        code = options_wrong("platform", "--as: there is no \"%s\": --moods lists them", p.as);
    if (code < 0 && (!p.ca != !p.cert || !p.ca != !p.key))
        code = options_wrong("platform", "--ca, --cert and --key belong together");
    if (code >= 0)
        return code;
    signal(SIGPIPE, SIG_IGN);
    if (run_it(&p, &e) == 0)
        return 0;
    fprintf(stderr, "platform: %s\n", e.text);
    return 1;
}

int main(int argc, char **argv)
{
    return options_end("platform", run(argc, argv), 1);
}
