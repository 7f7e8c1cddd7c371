/* SPDX-License-Identifier: Apache-2.0
 *
 * The event loop. Removed sources are only marked while callbacks run and freed after them, so that a callback may
 * remove any source. Timers are few: each search is a walk over all of them.
 */
#include "base/loop.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "base/must.h"

struct loop_fd {
    struct loop *loop;
    int fd;
    short events, revents;
    bool dead;
    loop_fd_fn *fn;
    void *ctx;
};

struct loop_timer {
    struct loop *loop;
    bool running, dead;
    int64_t deadline;
    uint64_t started; /* the how-many-th start: orders equal deadlines, and keeps a restarted timer out of this round */
    loop_timer_fn *fn;
    void *ctx;
};

struct loop {
    struct loop_fd **fds;
    size_t n_fds, cap_fds;
    struct loop_timer **timers;
    size_t n_timers, cap_timers;
    struct pollfd *polled;
    size_t cap_polled;
    uint64_t starts;
    int depth; /* callbacks running: nothing is freed */
    bool stop;
    void (*prepare)(void *ctx);
    void *prepare_ctx;

    int signal_fd;
    struct loop_fd *signal_source;
    sigset_t signals_before;
    void (*terminate)(void *ctx);
    void *terminate_ctx;
};

static void *grow(void *array, size_t *cap, size_t need, size_t element)
{
    if (need <= *cap)
        return array;
    size_t more = *cap ? 2 * *cap : 8;
    void *p = reallocarray(array, more, element);
    must(p, "out of memory");
    *cap = more;
    return p;
}

static void *must_calloc(size_t size)
{
    void *p = calloc(1, size);
    must(p, "out of memory");
    return p;
}

struct loop *loop_create(void)
{
    struct loop *l = calloc(1, sizeof *l);
    if (l)
        l->signal_fd = -1;
    return l;
}

void loop_destroy(struct loop *l)
{
    if (!l)
        return;
    if (l->signal_fd >= 0) {
        close(l->signal_fd);
        pthread_sigmask(SIG_SETMASK, &l->signals_before, NULL);
    }
    for (size_t i = 0; i < l->n_fds; i++)
        free(l->fds[i]);
    for (size_t i = 0; i < l->n_timers; i++)
        free(l->timers[i]);
    free(l->fds);
    free(l->timers);
    free(l->polled);
    free(l);
}

struct loop_fd *loop_add_fd(struct loop *l, int fd, short events, loop_fd_fn *fn, void *ctx)
{
    struct loop_fd *s = must_calloc(sizeof *s);
    *s = (struct loop_fd){.loop = l, .fd = fd, .events = events, .fn = fn, .ctx = ctx};
    l->fds = grow(l->fds, &l->cap_fds, l->n_fds + 1, sizeof *l->fds);
    l->fds[l->n_fds++] = s;
    return s;
}

void loop_fd_events(struct loop_fd *s, short events)
{
    s->events = events;
}

static void sweep(struct loop *l)
{
    size_t kept = 0;
    for (size_t i = 0; i < l->n_fds; i++) {
        if (l->fds[i]->dead)
            free(l->fds[i]);
        else
            l->fds[kept++] = l->fds[i];
    }
    l->n_fds = kept;
    kept = 0;
    for (size_t i = 0; i < l->n_timers; i++) {
        if (l->timers[i]->dead)
            free(l->timers[i]);
        else
            l->timers[kept++] = l->timers[i];
    }
    l->n_timers = kept;
}

void loop_fd_remove(struct loop_fd *s)
{
    if (!s)
        return;
    s->dead = true;
    if (s->loop->depth == 0)
        sweep(s->loop);
}

struct loop_timer *loop_add_timer(struct loop *l, loop_timer_fn *fn, void *ctx)
{
    struct loop_timer *t = must_calloc(sizeof *t);
    *t = (struct loop_timer){.loop = l, .fn = fn, .ctx = ctx};
    l->timers = grow(l->timers, &l->cap_timers, l->n_timers + 1, sizeof *l->timers);
    l->timers[l->n_timers++] = t;
    return t;
}

void loop_timer_start(struct loop_timer *t, int64_t after_ms)
{
    t->deadline = clock_mono_ms() + (after_ms > 0 ? after_ms : 0);
    t->started = ++t->loop->starts;
    t->running = true;
}

void loop_timer_stop(struct loop_timer *t)
{
    t->running = false;
}

int64_t loop_timer_left(const struct loop_timer *t)
{
    if (!t->running)
        return -1;
    int64_t left = t->deadline - clock_mono_ms();
    return left > 0 ? left : 0;
}

void loop_timer_remove(struct loop_timer *t)
{
    if (!t)
        return;
    t->dead = true;
    t->running = false;
    if (t->loop->depth == 0)
        sweep(t->loop);
}

void loop_set_prepare(struct loop *l, void (*fn)(void *ctx), void *ctx)
{
    l->prepare = fn;
    l->prepare_ctx = ctx;
}

/* The running timer with the earliest deadline among those started before `before`. */
static struct loop_timer *earliest(const struct loop *l, uint64_t before)
{
    struct loop_timer *first = NULL;
    for (size_t i = 0; i < l->n_timers; i++) {
        struct loop_timer *t = l->timers[i];
        if (!t->running || t->started > before)
            continue;
        if (!first || t->deadline < first->deadline || (t->deadline == first->deadline && t->started < first->started))
            first = t;
    }
    return first;
}

static int wait_ms(const struct loop *l, int max_ms)
{
    if (l->stop)
        return 0;
    const struct loop_timer *t = earliest(l, UINT64_MAX);
    if (!t)
        return max_ms;
    int64_t left = loop_timer_left(t);
    if (left > INT_MAX)
        left = INT_MAX;
    return max_ms < 0 || left < max_ms ? (int)left : max_ms;
}

/* A timer that a callback starts again waits for the next round, else a zero timer would never let the loop wait. */
static void fire_timers(struct loop *l)
{
    int64_t now = clock_mono_ms();
    uint64_t round = l->starts;
    struct loop_timer *t;
    while ((t = earliest(l, round)) && t->deadline <= now) {
        t->running = false;
        t->fn(t->ctx);
    }
}

/* Sources that wait for nothing are left out with fd -1: a hung-up descriptor would otherwise spin the loop. */
static size_t fill_polled(struct loop *l)
{
    l->polled = grow(l->polled, &l->cap_polled, l->n_fds, sizeof *l->polled);
    for (size_t i = 0; i < l->n_fds; i++) {
        struct loop_fd *s = l->fds[i];
        l->polled[i] = (struct pollfd){.fd = s->events && !s->dead ? s->fd : -1, .events = s->events};
    }
    return l->n_fds;
}

static void fire_fds(struct loop *l, size_t n)
{
    for (size_t i = 0; i < n; i++)
        l->fds[i]->revents = l->polled[i].revents;
    for (size_t i = 0; i < n; i++) {
        struct loop_fd *s = l->fds[i];
        short revents = s->revents & (s->events | POLLERR | POLLHUP | POLLNVAL);
        if (!s->dead && s->events && revents)
            s->fn(s->ctx, s->fd, revents);
    }
}

int loop_step(struct loop *l, int max_ms)
{
    l->depth++;
    if (l->prepare)
        l->prepare(l->prepare_ctx);
    size_t n = fill_polled(l);
    int ready = poll(l->polled, (nfds_t)n, wait_ms(l, max_ms));
    int rc = ready < 0 && errno != EINTR ? err_errno(NULL, "poll") : 0;
    if (ready > 0)
        fire_fds(l, n);
    if (rc == 0)
        fire_timers(l);
    if (--l->depth == 0)
        sweep(l);
    return rc;
}

int loop_run(struct loop *l)
{
    int rc = 0;
    while (!l->stop && rc == 0)
        rc = loop_step(l, -1);
    l->stop = false;
    return rc;
}

void loop_stop(struct loop *l)
{
    l->stop = true;
}

static void on_signal(void *ctx, int fd, short revents)
{
    struct loop *l = ctx;
    struct signalfd_siginfo info;
    while (read(fd, &info, sizeof info) == sizeof info)
        l->terminate(l->terminate_ctx);
}

int loop_on_terminate(struct loop *l, void (*fn)(void *ctx), void *ctx)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    if (l->signal_fd >= 0)
        return -ERR_STATE;
    pthread_sigmask(SIG_BLOCK, &set, &l->signals_before);
    l->signal_fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    if (l->signal_fd < 0) {
        int rc = err_errno(NULL, "signalfd");
        pthread_sigmask(SIG_SETMASK, &l->signals_before, NULL);
        return rc;
    }
    l->terminate = fn;
    l->terminate_ctx = ctx;
    l->signal_source = loop_add_fd(l, l->signal_fd, POLLIN, on_signal, l);
    return 0;
}
