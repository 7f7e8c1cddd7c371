/* SPDX-License-Identifier: Apache-2.0
 *
 * Requests to the hall, by libcurl's multi interface on base/loop. This file is libcurl's only user. Connections are kept:
 * one carries the long poll, one the deliveries. The hall's private CA is the only one trusted. By which moment its
 * certificate is judged is said in tls_judge.h. However fast the hall answers, it is not asked more often than sync/pace.h
 * says.
 */
#ifndef SYNC_HTTP_H
#define SYNC_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/loop.h"
#include "sync/tls_judge.h"

struct http;
struct http_request;

/* What came of an exchange, for those who decide what to try next. */
enum http_outcome {
    HTTP_UNREACHED, /* no whole answer */
    HTTP_REFUSED,   /* an answer, but not what was asked for: trying again at once would not help */
    HTTP_WORKED,
};

struct http_config {   /* strings are copied */
    const char *base;  /* "https://host:port" */
    const char *ca;    /* PEM file; NULL: nobody is verified, and then nothing secret may be sent; "http:" does too */
    const char *proxy; /* "host:port", asked by CONNECT; NULL or "": none, whatever the environment says */
    const struct buf *identity; /* PEM: private key, then certificate (identity.h); NULL before enrolment */
    /* The hall's time (its Date header), with each answer, and when the certificate ends that it showed (0: not known); may
     * be NULL. */
    void (*date)(void *ctx, int64_t hall_ms, int64_t ends_ms);
    int64_t (*moment)(void *ctx, bool *ret_sure); /* tls_judge.h; NULL: the clock */
    void *ctx;
};
/* -ERR_STATE: libcurl was built with another TLS library than this program needs. */
int http_create(struct loop *l, const struct http_config *config, struct http **ret, struct err *e);
/* Another key and certificate: requests from now on make connections with it; those under way end as they began. */
int http_identity(struct http *h, const struct buf *identity, struct err *e);
/* The hall answered the last time with a certificate that is over, or another's. */
bool http_untrusted(const struct http *h);
void http_destroy(struct http *h); /* cancels what runs; takes NULL */

/* How far a request came, for whoever tests the way to the hall. */
enum http_end {
    HTTP_END_ANSWER, /* there is one, of whatever status */
    HTTP_END_NAME,   /* nobody knew the name */
    HTTP_END_REFUSED,
    HTTP_END_SILENT, /* no connection came about in the time there is */
    HTTP_END_NO_WAY,
    HTTP_END_PROXY, /* it did not let through, or is none */
    HTTP_END_NO_TLS,
    HTTP_END_CERTIFICATE, /* the other side's was refused */
    HTTP_END_CUT,         /* in the handshake */
    HTTP_END_OWN,         /* in the handshake, for our certificate */
    HTTP_END_MUTE,        /* behind the handshake nothing came */
    HTTP_END_HERE,        /* it failed in this program: our own key or certificate */
};
struct http_trace {
    enum http_end end;
    int status, proxy_status; /* HTTP; 0: none */
    char address[48];         /* connected to; "" */
    int port;
    int64_t date_ms;      /* the answer's Date; 0: it has none */
    int64_t now_ms;       /* by which the certificate was judged */
    struct tls_seen seen; /* that was shown; nothing where nobody is verified */
};

#define HTTP_ANSWER_MAX (64 * 1024) /* of an answer kept in memory */

struct http_call { /* borrowed for the call of http_start only */
    const char *method, *path;
    const char *type; /* Content-Type of the body */
    const void *body;
    size_t body_len;
    const char *user, *password; /* HTTP Basic; NULL: none */
    int64_t from, upto;          /* only from this byte on, and (> 0) before that one (Range); both 0: all */
    int timeout_s;               /* for the whole exchange; 0: none, but it must keep moving */
    /* Takes a successful body (200, 206) piece by piece instead of memory; non-zero stops the transfer. May be NULL. */
    int (*sink)(void *ctx, int status, const void *data, size_t len);
    struct http_trace
        *trace; /* filled in before done is called; then the request has a connection of its own. May be NULL */
};
struct http_answer {
    int status;
    const uint8_t *data; /* NUL-terminated; empty when a sink took it */
    size_t len;
    int64_t next_delay_ms; /* Next-Delay-Ms; 0 when absent */
};
/* `a` is NULL when there was no whole answer, and then *e says why. Called from the loop, once, never from http_start; it
 * may start and cancel requests, but not destroy the client. */
typedef void http_done_fn(void *ctx, const struct http_answer *a, const struct err *e);
/* Begins at once, or after as long as sync/pace.h says. NULL: out of memory. */
struct http_request *http_start(struct http *h, const struct http_call *call, http_done_fn *done, void *ctx);
/* done will not be called. Takes NULL. */
void http_cancel(struct http_request *r);
/* Asking the same again would not help: 4xx, but for what says "later" (408, 429). */
bool http_final(int status);

#endif
