/* SPDX-License-Identifier: Apache-2.0
 *
 * Where lines come from: Unix sockets by path, and the simple client that waits for its answer.
 */
#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/line.h"
#include "base/log.h"
#include "base/text.h"

#define SECOND_MS 1000

struct line_server {
    struct loop *loop;
    struct loop_fd *source;
    int fd, lock;
    line_accept_fn *accept;
    line_fn *fn; /* with `bounds`: of the lines it makes */
    void *ctx;
    struct line_bounds bounds;
    struct {
        struct line *line;
        uid_t user;
    } peers[LINE_PEERS_MAX];
    struct loop_timer *second; /* runs once somebody was accepted */
    int accepts_left;          /* of this second */
    int64_t flood_said;
    char path[sizeof((struct sockaddr_un){0}).sun_path];
};

/* --- peers that are not trusted --- */

static void say_flood(struct line_server *s, const char *what)
{
    if (log_due(&s->flood_said))
        log_warn("line", "%s: %s", s->path, what);
}

static void on_end(void *ctx, struct line *c)
{
    struct line_server *s = ctx;

    for (int i = 0; i < LINE_PEERS_MAX; i++)
        if (s->peers[i].line == c)
            s->peers[i].line = NULL;
}

/* Where its line has room; -1: it has too many already, or all have. */
static int place_for(const struct line_server *s, uid_t user)
{
    int place = -1, of_user = 0;

    for (int i = 0; i < LINE_PEERS_MAX; i++) {
        if (!s->peers[i].line)
            place = i;
        else
            of_user += s->peers[i].user == user;
    }
    return of_user < LINE_PEERS_OF_USER ? place : -1;
}

static void take_peer(struct line_server *s, int fd)
{
    struct ucred who = {.uid = (uid_t)-1};
    socklen_t len = sizeof who;

    getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &len);
    int place = place_for(s, who.uid);
    if (place < 0) {
        say_flood(s, "too many connections: some are closed at once");
        close(fd);
        return;
    }
    struct line *c = line_create(s->loop, fd, s->fn, s->ctx);
    line_bound(c, &s->bounds);
    line_on_end(c, on_end, s);
    s->peers[place].line = c;
    s->peers[place].user = who.uid;
}

static void on_second(void *ctx)
{
    struct line_server *s = ctx;

    s->accepts_left = LINE_ACCEPTS_PER_S;
    loop_fd_events(s->source, POLLIN);
}

/* What comes beyond the second's number, or when there is no descriptor left, waits for the next second. */
static void spend(struct line_server *s, int accepts)
{
    s->accepts_left -= accepts;
    if (loop_timer_left(s->second) < 0)
        loop_timer_start(s->second, SECOND_MS);
    if (s->accepts_left > 0)
        return;
    say_flood(s, "more connections than a second may bring: they wait");
    loop_fd_events(s->source, 0);
}

/* --- serving --- */

static void on_connection(void *ctx, int fd, short revents)
{
    struct line_server *s = ctx;
    int peer = accept4(fd, NULL, NULL, SOCK_CLOEXEC);

    if (peer < 0 && (errno == EAGAIN || errno == EINTR || errno == ECONNABORTED))
        return;
    spend(s, peer < 0 ? s->accepts_left : s->fn ? 1 : 0);
    if (peer < 0)
        say_flood(s, strerror(errno));
    else if (s->fn)
        take_peer(s, peer);
    else
        s->accept(s->ctx, peer);
}

static int make_address(const char *path, struct sockaddr_un *ret, struct err *e)
{
    *ret = (struct sockaddr_un){.sun_family = AF_UNIX};
    if (!text_copy(ret->sun_path, sizeof ret->sun_path, path))
        return err_set(e, ERR_TOOLONG, "the socket's path is too long: %s", path);
    return 0;
}

/* Whoever holds the lock owns the path: a socket that lies there was left by a program that is dead. No other file is
 * removed. */
static int take_path(const char *path, int *ret_lock, struct err *e)
{
    char lock[sizeof((struct line_server *)0)->path + sizeof ".lock"];
    struct stat st;

    snprintf(lock, sizeof lock, "%s.lock", path);
    int rc = fs_lock(lock, 0, ret_lock, e);
    if (rc == -ERR_BUSY)
        return err_set(e, ERR_BUSY, "%s is served already", path);
    if (rc == 0 && lstat(path, &st) == 0 && S_ISSOCK(st.st_mode) && unlink(path) < 0)
        rc = err_errno(e, "remove %s", path);
    return rc;
}

static int bind_and_listen(int fd, const struct sockaddr_un *address, struct err *e)
{
    mode_t before = umask(0117); /* the socket is 0660 from its first moment */
    int rc = bind(fd, (const struct sockaddr *)address, sizeof *address);
    int why = errno;
    umask(before);
    errno = why;
    if (rc < 0)
        return err_errno(e, "bind %s", address->sun_path);
    if (listen(fd, 8) < 0)
        return err_errno(e, "listen on %s", address->sun_path);
    return 0;
}

static void server_free(struct line_server *s)
{
    loop_timer_remove(s->second);
    if (s->fd >= 0)
        close(s->fd);
    if (s->lock >= 0)
        close(s->lock);
    free(s);
}

/* `of` says what becomes of a connection. */
static int serve(struct loop *l, const char *path, const struct line_server *of, struct line_server **ret, struct err *e)
{
    struct sockaddr_un address;
    int rc = make_address(path, &address, e);
    if (rc < 0)
        return rc;
    struct line_server *s = malloc(sizeof *s);
    if (!s)
        return err_set(e, ERR_NOMEM, "listen on %s", path);
    *s = *of;
    s->loop = l;
    s->fd = s->lock = -1;
    s->accepts_left = LINE_ACCEPTS_PER_S;
    rc = take_path(path, &s->lock, e);
    if (rc == 0 && (s->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) < 0)
        rc = err_errno(e, "make a socket");
    if (rc == 0)
        rc = bind_and_listen(s->fd, &address, e);
    if (rc < 0) {
        server_free(s);
        return rc;
    }
    strcpy(s->path, address.sun_path);
    s->source = loop_add_fd(l, s->fd, POLLIN, on_connection, s);
    s->second = loop_add_timer(l, on_second, s);
    *ret = s;
    return 0;
}

int line_listen(struct loop *l, const char *path, line_accept_fn *fn, void *ctx, struct line_server **ret, struct err *e)
{
    return serve(l, path, &(struct line_server){.accept = fn, .ctx = ctx}, ret, e);
}

int line_serve(struct loop *l, const char *path, const struct line_bounds *b, line_fn *fn, void *ctx,
               struct line_server **ret, struct err *e)
{
    return serve(l, path, &(struct line_server){.fn = fn, .ctx = ctx, .bounds = *b}, ret, e);
}

void line_server_destroy(struct line_server *s)
{
    if (!s)
        return;
    for (int i = 0; i < LINE_PEERS_MAX; i++)
        line_destroy(s->peers[i].line);
    loop_fd_remove(s->source);
    unlink(s->path);
    server_free(s);
}

int line_connect(const char *path, int *ret_fd, struct err *e)
{
    struct sockaddr_un address;
    int rc = make_address(path, &address, e);
    if (rc < 0)
        return rc;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return err_errno(e, "make a socket");
    if (connect(fd, (const struct sockaddr *)&address, sizeof address) < 0) {
        rc = err_errno(e, "connect to %s", path);
        close(fd);
        return rc;
    }
    *ret_fd = fd;
    return 0;
}

/* Waits until `events` may be done. deadline -1: for ever. */
static int wait_for(int fd, short events, int64_t deadline, struct err *e)
{
    for (;;) {
        int64_t left = deadline < 0 ? -1 : deadline - clock_mono_ms();
        if (deadline >= 0 && left <= 0)
            return err_set(e, ERR_TIMEOUT, "the peer did not answer in time");
        struct pollfd p = {.fd = fd, .events = events};
        int n = poll(&p, 1, (int)left);
        if (n > 0)
            return 0;
        if (n < 0 && errno != EINTR)
            return err_errno(e, "wait for the peer");
    }
}

static int64_t deadline_of(int timeout_ms)
{
    return timeout_ms < 0 ? -1 : clock_mono_ms() + timeout_ms;
}

static int send_all(int fd, const char *data, size_t len, int64_t deadline, struct err *e)
{
    while (len > 0) {
        int rc = wait_for(fd, POLLOUT, deadline, e);
        if (rc < 0)
            return rc;
        ssize_t n = send(fd, data, len, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (n < 0 && errno != EAGAIN && errno != EINTR)
            return err_errno(e, "send to the peer");
        if (n > 0) {
            data += n;
            len -= (size_t)n;
        }
    }
    return 0;
}

/* Waits, then receives at most len bytes: their number, or a negative code. */
static int receive_some(int fd, void *out, size_t len, int flags, int64_t deadline, struct err *e)
{
    for (;;) {
        int rc = wait_for(fd, POLLIN, deadline, e);
        if (rc < 0)
            return rc;
        ssize_t n = recv(fd, out, len, MSG_DONTWAIT | flags);
        if (n == 0)
            return err_set(e, ERR_GONE, "the peer closed the connection");
        if (n > 0)
            return (int)n;
        if (errno != EAGAIN && errno != EINTR)
            return err_errno(e, "receive from the peer");
    }
}

/* Looks first and takes only up to the newline: what follows may be bytes for line_read_bytes. */
static int receive_line(int fd, char *answer, size_t cap, int64_t deadline, struct err *e)
{
    size_t used = 0;
    for (;;) {
        if (used == cap)
            return err_set(e, ERR_TOOLONG, "the answer is longer than %zu bytes", cap - 1);
        int seen = receive_some(fd, answer + used, cap - used, MSG_PEEK, deadline, e);
        if (seen < 0)
            return seen;
        char *end = memchr(answer + used, '\n', (size_t)seen);
        size_t take = end ? (size_t)(end - (answer + used)) + 1 : (size_t)seen;
        int got = receive_some(fd, answer + used, take, 0, deadline, e);
        if (got < 0)
            return got;
        used += (size_t)got;
        if (answer[used - 1] == '\n') {
            answer[used - 1] = '\0';
            return 0;
        }
    }
}

int line_call(int fd, const char *request, char *answer, size_t cap, int timeout_ms, struct err *e)
{
    int64_t deadline = deadline_of(timeout_ms);
    int rc = send_all(fd, request, strlen(request), deadline, e);
    if (rc == 0)
        rc = send_all(fd, "\n", 1, deadline, e);
    if (rc == 0)
        rc = receive_line(fd, answer, cap, deadline, e);
    return rc;
}

int line_read_bytes(int fd, void *out, size_t len, int timeout_ms, struct err *e)
{
    int64_t deadline = deadline_of(timeout_ms);
    char *to = out;
    while (len > 0) {
        int got = receive_some(fd, to, len < 65536 ? len : 65536, 0, deadline, e);
        if (got < 0)
            return got;
        to += got;
        len -= (size_t)got;
    }
    return 0;
}
