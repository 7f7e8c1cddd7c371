/* SPDX-License-Identifier: Apache-2.0
 *
 * See made.h.
 */
#include "tools/hall/staff/made.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/child.h"
#include "base/log.h"
#include "base/secret.h"

#define PART 65536

struct making {
    struct ask *ask; /* NULL: free */
    void (*made)(struct ask *a, enum made_exit code);
    pid_t pid;
    int fd;
    struct event *readable;
};
struct makings {
    struct event_base *base;
    struct making list[MADE_KINDS];
};

/* Its end: with a code, or by what `e` says. */
static void finish(struct making *m, int code, const struct err *e)
{
    struct ask *a = m->ask;
    void (*made)(struct ask *, enum made_exit) = m->made;

    event_free(m->readable);
    close(m->fd);
    *m = (struct making){.ask = NULL};
    if ((code == MADE_DONE && a->file.len > 0) || code == MADE_WRONG || code == MADE_REFUSED) {
        made(a, (enum made_exit)code);
    } else {
        log_error("hall", "the staff's door: hallctl made nothing of %s: %s", exchange_path(a->exchange),
                  e ? e->text : "it says why above");
        ask_refuse(a, 500, "failed");
    }
    ask_go_on(a);
}

static void give_up(struct making *m, const char *why)
{
    struct err e = {0};

    child_end(m->pid);
    err_set(&e, ERR_TIMEOUT, "%s", why);
    finish(m, -1, &e);
}

static void on_readable(evutil_socket_t fd, short what, void *ctx)
{
    struct making *m = ctx;
    uint8_t part[PART];

    if (what & EV_TIMEOUT) {
        give_up(m, "it says nothing any more");
        return;
    }
    ssize_t n = recv(fd, part, sizeof part, MSG_DONTWAIT);
    if (n > 0)
        buf_add(&m->ask->file, part, (size_t)n);
    secret_wipe(part, sizeof part);
    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (!buf_ok(&m->ask->file))
        give_up(m, "it is too long");
    else if (n <= 0) /* it has ended, or is about to */
        finish(m, child_wait(m->pid), NULL);
}

/* 0: it runs, and is heard. */
static int start(struct making *m, struct event_base *base, const char *const argv[], const char *say, struct err *e)
{
    static const struct timeval silent = {MADE_SILENT_S, 0};
    int ends[2];

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
        return err_errno(e, "a socket for hallctl");
    m->fd = ends[0];
    m->readable = event_new(base, m->fd, EV_READ | EV_PERSIST, on_readable, m);
    m->pid = m->readable ? child_talk(argv, ends[1], e) : -1;
    close(ends[1]);
    if (m->pid > 0) {
        size_t len = say ? strlen(say) : 0; /* it fits the socket's buffer */

        if (len == 0 || send(m->fd, say, len, MSG_NOSIGNAL) == (ssize_t)len) {
            event_add(m->readable, &silent);
            return 0;
        }
        err_errno(e, "tell hallctl");
        child_end(m->pid);
    }
    if (m->readable)
        event_free(m->readable);
    close(m->fd);
    return e->code ? -(int)e->code : err_set(e, ERR_NOMEM, "hallctl");
}

void made_begin(struct ask *a, enum made_kind kind, const char *const argv[], const char *say,
                void (*made)(struct ask *a, enum made_exit code))
{
    struct makings *all = a->desk->makings;
    struct making *m = &all->list[kind];
    struct err e = {0};

    if (m->ask || a->desk->stopped) {
        a->retry_s = 2;
        ask_refuse(a, 503, "busy");
    } else if (start(m, all->base, argv, say, &e) < 0) {
        *m = (struct making){.ask = NULL};
        log_error("hall", "the staff's door: %s", e.text);
        ask_refuse(a, 500, "failed");
    } else {
        m->ask = a;
        m->made = made;
        return;
    }
    ask_go_on(a);
}

struct makings *makings_create(struct event_base *base)
{
    struct makings *m = calloc(1, sizeof *m);

    if (m)
        m->base = base;
    return m;
}

void makings_stop(struct makings *m)
{
    for (int i = 0; m && i < MADE_KINDS; i++)
        if (m->list[i].ask)
            give_up(&m->list[i], "the hall ends");
}

void makings_destroy(struct makings *m)
{
    free(m);
}
