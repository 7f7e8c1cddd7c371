/* SPDX-License-Identifier: Apache-2.0
 *
 * See resolve.h. What the thread works on is its own and the loop's: whoever lets go of it last frees it.
 */
#include "sync/resolve.h"

#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct job {
    atomic_int holders;
    int fd; /* the thread says here that it is over */
    enum resolved what;
    char name[RESOLVE_NAME_MAX + 1], address[RESOLVE_ADDRESS_MAX + 1];
};

struct resolve {
    struct job *job;
    struct loop_fd *source;
    resolve_done_fn *done;
    void *ctx;
};

static void let_go(struct job *j)
{
    if (atomic_fetch_sub(&j->holders, 1) > 1)
        return;
    close(j->fd);
    free(j);
}

static enum resolved meaning(int rc)
{
    return rc == 0                                                        ? RESOLVED
           : rc == EAI_NONAME || rc == EAI_NODATA || rc == EAI_ADDRFAMILY ? RESOLVED_UNKNOWN
                                                                          : RESOLVED_SILENCE;
}

static void *work(void *ctx)
{
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    struct addrinfo *list = NULL;
    struct job *j = ctx;

    j->what = meaning(getaddrinfo(j->name, NULL, &hints, &list));
    if (list)
        getnameinfo(list->ai_addr, list->ai_addrlen, j->address, sizeof j->address, NULL, 0, NI_NUMERICHOST);
    if (list)
        freeaddrinfo(list);
    eventfd_write(j->fd, 1);
    let_go(j);
    return NULL;
}

/* The program's signals are the loop's to take. */
static bool begin(struct job *j)
{
    sigset_t all, before;
    pthread_t thread;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int rc = pthread_create(&thread, NULL, work, j);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return rc == 0 && pthread_detach(thread) == 0;
}

static void on_over(void *ctx, int fd, short revents)
{
    struct resolve *r = ctx;
    char address[RESOLVE_ADDRESS_MAX + 1];
    enum resolved what = r->job->what;
    resolve_done_fn *done = r->done;
    void *to = r->ctx;

    snprintf(address, sizeof address, "%s", r->job->address);
    resolve_cancel(r);
    done(to, what, address);
}

struct resolve *resolve_start(struct loop *l, const char *name, resolve_done_fn *done, void *ctx)
{
    struct resolve *r = calloc(1, sizeof *r);
    struct job *j = calloc(1, sizeof *j);

    if (!r || !j || (j->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) < 0) {
        free(r);
        free(j);
        return NULL;
    }
    snprintf(j->name, sizeof j->name, "%s", name);
    atomic_store(&j->holders, 2);
    *r = (struct resolve){.job = j, .done = done, .ctx = ctx};
    r->source = loop_add_fd(l, j->fd, POLLIN, on_over, r);
    if (begin(j))
        return r;
    atomic_store(&j->holders, 1); /* there is no thread */
    resolve_cancel(r);
    return NULL;
}

void resolve_cancel(struct resolve *r)
{
    if (!r)
        return;
    loop_fd_remove(r->source);
    let_go(r->job);
    free(r);
}
