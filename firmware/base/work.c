/* SPDX-License-Identifier: Apache-2.0
 *
 * A forked process and the pipe its result comes through.
 */
#include "base/work.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define NICE 10

struct work {
    struct loop *loop;
    struct loop_fd *source;
    int fd;
    pid_t pid;
    work_done_fn *done;
    void *ctx;
    size_t size, got;
    unsigned char *result;
};

static void work_free(struct work *w)
{
    loop_fd_remove(w->source);
    if (w->fd >= 0)
        close(w->fd);
    free(w->result);
    free(w);
}

static void reap(struct work *w)
{
    while (w->pid > 0 && waitpid(w->pid, NULL, 0) < 0 && errno == EINTR)
        ;
}

static void on_readable(void *ctx, int fd, short revents)
{
    struct work *w = ctx;
    unsigned char more;
    ssize_t n = w->got < w->size ? read(fd, w->result + w->got, w->size - w->got) : read(fd, &more, 1);

    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (n > 0) {
        w->got += (size_t)n;
        return;
    }
    reap(w);
    w->done(w->ctx, w->got == w->size ? w->result : NULL);
    work_free(w);
}

static void child(const struct work *w, int out, pid_t parent, work_fn *fn, const void *arg)
{
    size_t sent = 0;

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) /* it died before it could be said */
        _exit(1);
    if (nice(NICE) < 0)
        errno = 0; /* then it runs as fast as the rest */
    fn(arg, w->result);
    while (sent < w->size) {
        ssize_t n = write(out, w->result + sent, w->size - sent);

        if (n < 0 && errno != EINTR)
            _exit(1);
        sent += n > 0 ? (size_t)n : 0;
    }
    _exit(0);
}

struct work *work_start(struct loop *l, work_fn *fn, const void *arg, size_t size, work_done_fn *done, void *ctx,
                        struct err *e)
{
    struct work *w = calloc(1, sizeof *w);
    pid_t parent = getpid();
    int ends[2];

    if (w)
        w->result = calloc(1, size);
    if (!w || !w->result) {
        free(w);
        err_set(e, ERR_NOMEM, "start a process");
        return NULL;
    }
    *w = (struct work){.loop = l, .fd = -1, .done = done, .ctx = ctx, .size = size, .result = w->result};
    if (pipe2(ends, O_CLOEXEC) < 0) {
        err_errno(e, "start a process");
        work_free(w);
        return NULL;
    }
    w->fd = ends[0];
    w->pid = fork();
    if (w->pid == 0)
        child(w, ends[1], parent, fn, arg);
    close(ends[1]);
    if (w->pid < 0) {
        err_errno(e, "start a process");
        work_free(w);
        return NULL;
    }
    w->source = loop_add_fd(l, w->fd, POLLIN, on_readable, w);
    return w;
}

void work_cancel(struct work *w)
{
    if (!w)
        return;
    kill(w->pid, SIGKILL);
    reap(w);
    work_free(w);
}
