/* SPDX-License-Identifier: Apache-2.0
 *
 * A conversation of text lines over a stream socket inside one machine: kiosk <-> kiosk-sync, kiosk <-> kioskctl,
 * --control, desk. Requests and answers are single lines of JSON or words; an answer may announce raw bytes that follow.
 * Never blocks the loop: what cannot be written at once is queued, up to a ceiling, after which the peer is dropped.
 */
#ifndef BASE_LINE_H
#define BASE_LINE_H

#include <stddef.h>
#include <sys/types.h>

#include "err.h"
#include "loop.h"

#define LINE_MAX_BYTES (64 * 1024)
#define LINE_QUEUE_MAX (32 * 1024 * 1024)

struct line; /* one connection */

/* What a peer may ask of this process. More a second waits in the socket, so that a flood slows its sender and nobody else.
 */
struct line_bounds {
    int lines_per_s, bytes_per_s;
    size_t queue_max; /* bytes that wait for it to read, after which it is dropped */
};

/* `text` has no newline and is NUL-terminated; writable and borrowed for the call. text NULL: the peer has gone; the
 * connection must then be destroyed by the callee (line_destroy is allowed inside the callback). */
typedef void line_fn(void *ctx, struct line *c, char *text);

/* Takes the connected fd over. */
struct line *line_create(struct loop *l, int fd, line_fn *fn, void *ctx);
void line_destroy(struct line *c);                /* takes NULL; closes the fd */
void line_send(struct line *c, const char *text); /* adds the newline */
void line_sendf(struct line *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void line_send_bytes(struct line *c, const void *data, size_t len);
int line_fd(const struct line *c);
void line_bound(struct line *c, const struct line_bounds *b); /* right after line_create; copied */
/* Called when it is destroyed, whoever does it. At most one; NULL to remove. */
void line_on_end(struct line *c, void (*fn)(void *ctx, struct line *c), void *ctx);

/* Unix sockets by path (mode 0660: who may connect is who may write it). listen: accept_fn gets each new connection's fd.
 * PATH.lock says whose the path is: a socket a dead program left is replaced, -ERR_BUSY while another program serves it. */
struct line_server;
typedef void line_accept_fn(void *ctx, int fd);
int line_listen(struct loop *l, const char *path, line_accept_fn *fn, void *ctx, struct line_server **ret, struct err *e);
/* The same for peers that are not trusted: each connection is a bounded line of the server's and calls fn with ctx. Beyond
 * LINE_PEERS_MAX, or LINE_PEERS_OF_USER of one user, a connection is closed at once; beyond LINE_ACCEPTS_PER_S it waits.
 * A flood is logged once a minute. */
#define LINE_PEERS_MAX 16
#define LINE_PEERS_OF_USER 8
#define LINE_ACCEPTS_PER_S 32
int line_serve(struct loop *l, const char *path, const struct line_bounds *b, line_fn *fn, void *ctx,
               struct line_server **ret, struct err *e);
/* Takes NULL; removes the path, destroys its lines without a call. */
void line_server_destroy(struct line_server *s);
int line_connect(const char *path, int *ret_fd, struct err *e);

/* For simple clients without a loop: sends a line, waits for the answer line (up to timeout_ms; -1 for ever). `answer`
 * gets it without newline. Bytes after the line stay unread. -ERR_TIMEOUT, -ERR_GONE, -ERR_TOOLONG. */
int line_call(int fd, const char *request, char *answer, size_t cap, int timeout_ms, struct err *e);
/* Reads exactly len bytes that an answer announced. */
int line_read_bytes(int fd, void *out, size_t len, int timeout_ms, struct err *e);

#endif
