/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the server: a connection, from its handshake to its end, and the exchange that it waits for. evhttp is not used: it
 * reads a whole body before it says that a request came, and counts its time-out by the byte. server.c, connection.c and
 * exchange.c alone include this.
 */
#ifndef HALL_CONNECTION_H
#define HALL_CONNECTION_H

#include <event2/bufferevent.h>
#include <sys/queue.h>

#include "tools/hall/door/address.h"
#include "tools/hall/door/door.h"
#include "tools/hall/door/http_wire.h"
#include "tools/hall/door/server.h"
#include "tools/hall/door/tls.h"

/* Seconds, as server_tick() counts them, for each thing as a whole. */
#define HANDSHAKE_SECONDS 10
#define HEAD_SECONDS 10
#define BODY_SECONDS 40   /* a terminal gives up after 30 */
#define ANSWER_SECONDS 60 /* without a byte of it taken */
#define IDLE_SECONDS 120
#define STRANGER_SECONDS 15 /* idle */
#define LINGER_SECONDS 5    /* for the rest of a body nobody wants, so that the answer to it arrives */

/* Connections taken in one turn of the loop. What they ask for is done before the next ones are taken, so that of however
 * many come at once each handshake ends in the time it has: the others wait in the kernel, where nothing is counted against
 * them. */
#define ACCEPTS_PER_TURN 16

/* Bytes of bodies at a time: of one certificate, and of all. Above it the answer is 503. */
#define BODIES_PER_TERMINAL (4u * 1024 * 1024)
#define BODIES_MAX (256u * 1024 * 1024)

enum connection_state {
    CONNECTION_HANDSHAKE,
    CONNECTION_IDLE,   /* between requests */
    CONNECTION_HEAD,   /* some of a head is there */
    CONNECTION_BODY,   /* the head was let in, its body is on its way */
    CONNECTION_ASKED,  /* an exchange waits for its answer */
    CONNECTION_ANSWER, /* which goes out */
    CONNECTION_LINGER, /* what still comes is thrown away */
};
struct connection {
    struct guest guest; /* first: the door hands it back */
    struct server *server;
    struct bufferevent *bev;
    SSL *ssl;
    char address[ADDRESS_HOST_MAX + 1];
    enum connection_state state;
    int64_t deadline; /* a tick; INT64_MAX: none */
    struct who who;
    bool last;              /* ends after the answer that goes out */
    bool unread;            /* a body stays unread */
    struct exchange *asked; /* its request, from the head to the answer */
    TAILQ_ENTRY(connection) link;
};
struct exchange {
    struct server *server;
    struct connection *connection; /* NULL: the peer has gone */
    const struct server_route *route;
    struct who who;
    char *text; /* of the head */
    struct http_head head;
    struct evbuffer *body;    /* NULL: none, or taken */
    struct evbuffer *headers; /* of the answer; NULL: none yet */
    struct event *late;       /* only while a fault delays it */
    TAILQ_ENTRY(exchange) link;
};
struct server {
    struct event_base *base;
    SSL_CTX *tls;
    struct server_config config;
    struct event *listener; /* of its socket */
    struct address address;
    struct door *door;
    TAILQ_HEAD(, connection) connections;
    TAILQ_HEAD(, exchange) exchanges;
    size_t count, max, bodies;
    int64_t now; /* ticks */
    struct event *tick;
    int64_t said; /* log_due */
    int slow_ms;
    int64_t cut_after;
    bool refuse;
};

/* Takes the socket over. */
void connection_open(struct server *h, int fd, const struct sockaddr *from);
void connection_close(struct connection *c);
/* For what may be in the middle of something: the loop closes it. */
void connection_shut(struct connection *c);
/* The answer lies in its output: sends it, then goes on as `last` and `unread` say. */
void connection_answered(struct connection *c);

/* The request's head was let in or refused; takes text over. */
struct exchange *exchange_create(struct connection *c, char *text, const struct http_head *head);
void exchange_free(struct exchange *x);
/* Its body is there: moves it over, so that the request stands although its sender goes. */
int exchange_take_body(struct exchange *x);
/* Hands it to its route, now or when a fault says. */
void exchange_dispatch(struct exchange *x);

#endif
