/* SPDX-License-Identifier: Apache-2.0
 *
 * HTTPS for terminals and for staff, by libevent and OpenSSL; the seam behind which that choice stays. A listener each,
 * TLS 1.2 or later, HTTP/1.1 with one request at a time on a connection (http_wire.h). What anybody may take of the hall is
 * bounded: door.h for connections, connection.h for time and memory.
 *
 * Client certificates: the listener asks for one, and a certificate that does not verify ends the handshake. A terminal
 * that is about to enrol has none yet, so a missing one is let through the handshake, and exactly one place decides:
 * connection.c answers 403, by the head alone, to every request without a certificate unless its route says `open`. A route
 * is closed when it says nothing, and routes that do not exist are answered like closed ones. The certificate is verified
 * and hashed once a connection; whether it is still the terminal's valid one, at this
 * moment of the hall's clock, is looked up in memory at each request.
 *
 * A listener with a `gate` asks for no certificate: the gate judges by the head alone, and what names a person (a cookie) is
 * its handlers' business.
 */
#ifndef HALL_SERVER_H
#define HALL_SERVER_H

#include <event2/event.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "tools/hall/door/who.h"
#include "tools/hall/rules/enrolment.h"

struct server;
struct exchange; /* one request that waits for its answer */

/* Answers sooner or later, from the loop's thread, by exactly one server_answer…(). */
typedef void server_fn(void *ctx, struct exchange *x);
struct server_route {
    const char *method, *path; /* a path that ends in '/' takes everything below it */
    bool open;                 /* also without a certificate */
    bool renews;               /* also with one that has ended, as `known` says */
    size_t body;               /* at most so many bytes; 0: it takes no body */
    server_fn *fn;
};
struct server_config {
    const char *tls_dir;               /* ca.crt, and the server's (pki_server_files); with a gate PKI_STAFF_FILE alone */
    const char *listen;                /* "127.0.0.1:8443"; port 0: any */
    size_t per_address;                /* strangers at a time (door.h); 0: as it says there */
    const struct server_route *routes; /* ended by one without a path */
    /* How this certificate of its CA stands, for a route that renews it or for any other. Ended is answered with 403, newer
     * with 503; who is let in gets his office. */
    enum standing (*known)(void *ctx, struct who *w, bool renews);
    /* NULL: certificates decide. Else whether this head is let in: 0, or the status and words to refuse it with. */
    int (*gate)(void *ctx, const struct exchange *x, const char **ret_words);
    const char *headers; /* "Name: value\r\n…", in every answer; NULL: none */
    void *ctx;           /* of the above and of the routes */
};
int server_create(struct event_base *base, const struct server_config *config, struct server **ret, struct err *e);
void server_destroy(struct server *h); /* takes NULL */
/* "127.0.0.1:41234". */
const char *server_address(const struct server *h);
/* From now on new connections see the certificate that lies in tls_dir; those there are go on. */
int server_renewed(struct server *h, struct err *e);
/* Closes all live connections with this certificate: it was revoked. */
void server_drop(struct server *h, const uint8_t cert[SHA256_LEN]);

/* A second has gone: ends what is over its time. The server's own timer calls it, until it is held: then tests alone do. */
void server_tick(struct server *h);
void server_hold(struct server *h);

/* What was asked. Borrowed until the answer; the peer may be gone by then, the exchange stays valid all the same. */
const struct who *exchange_who(const struct exchange *x); /* a terminal; on open routes perhaps nobody */
const char *exchange_method(const struct exchange *x);
const char *exchange_path(const struct exchange *x);
const char *exchange_tail(const struct exchange *x); /* the path behind the route's */
const char *exchange_header(const struct exchange *x, const char *name);
/* The peer's address in text, without its port; "" when it has gone. */
const char *exchange_address(const struct exchange *x);
/* A parameter of the query as a number; -1 when absent or none. */
int64_t exchange_number(const struct exchange *x, const char *name);
/* A parameter that is one word of letters, digits and .,-_ alone; false, and out is "", when absent or anything else. */
bool exchange_word(const struct exchange *x, const char *name, char *out, size_t cap);
/* Moves the body out. -ERR_TOOLONG above max, and then *body is empty. */
int exchange_body(struct exchange *x, size_t max, struct buf *body);

/* Before the answer. */
void exchange_set(struct exchange *x, const char *header, const char *value);
/* Each ends the exchange. Data is copied. */
void server_answer(struct exchange *x, int status, const char *type, const void *data, size_t len);
void server_answer_error(struct exchange *x, int status, const char *text); /* {"error":text} */
/* `len` bytes of an open file from `offset`; takes the fd over. */
void server_answer_file(struct exchange *x, int status, int fd, int64_t offset, int64_t len);

/* Faults, for tests (--control): slow_ms delays every request, cut_after >= 0 cuts each answer after so many bytes (its
 * head counts), refuse closes listener and connections. All off: 0, -1, false. */
void server_fault(struct server *h, int slow_ms, int64_t cut_after, bool refuse);

#endif
