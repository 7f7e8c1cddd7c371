/* SPDX-License-Identifier: Apache-2.0
 *
 * A process and the pipe its result comes through.
 */
#include "base/work.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/child.h"
#include "base/clock.h"
#include "base/log.h"

#define STILL_LOOKS 2 /* at the first its first ticks may not be counted yet */
#define NICE 10
#define STAT_MAX 512

static int64_t still_us = (int64_t)WORK_STILL_MS * 1000;

struct work {
    struct loop_fd *source;
    struct loop_timer *look;
    uint64_t worked; /* clock ticks that it had computed when it was looked at last */
    int64_t seen_us; /* when it was last found to have computed, by a clock that nobody sets forward */
    int still;       /* looks in which it had not computed */
    int fd;
    pid_t pid;
    work_done_fn *done;
    void *ctx;
    bool text; /* of a program: any length below `size` */
    size_t size, got;
    unsigned char *result;
};

void work_set_still(int64_t real_ms)
{
    still_us = real_ms * 1000;
}

static void work_free(struct work *w)
{
    loop_fd_remove(w->source);
    loop_timer_remove(w->look);
    if (w->fd >= 0)
        close(w->fd);
    free(w->result);
    free(w);
}

static bool is_whole(const struct work *w)
{
    return w->text ? w->got > 0 && w->got < w->size : w->got == w->size;
}

static void on_readable(void *ctx, int fd, short revents)
{
    struct work *w = ctx;
    unsigned char more;
    bool full = w->got == w->size;
    ssize_t n = read(fd, full ? &more : w->result + w->got, full ? 1 : w->size - w->got);

    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (n > 0 && !full) {
        w->got += (size_t)n;
        return;
    }
    child_end(w->pid); /* nothing more is wanted of it */
    w->done(w->ctx, is_whole(w) ? w->result : NULL);
    work_free(w);
}

/* Ticks of user and system time; as before where the kernel does not tell. */
static uint64_t ticks_of(const struct work *w)
{
    char path[32], text[STAT_MAX];
    uint64_t user, system;

    snprintf(path, sizeof path, "/proc/%d/stat", (int)w->pid);
    FILE *f = fopen(path, "re");
    size_t n = f ? fread(text, 1, sizeof text - 1, f) : 0;
    if (f)
        fclose(f);
    text[n] = '\0';
    const char *behind = strrchr(text, ')'); /* its name may hold anything */
    if (!behind || sscanf(behind, ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %" SCNu64 " %" SCNu64, &user, &system) != 2)
        return w->worked;
    return user + system;
}

static void on_look(void *ctx)
{
    struct work *w = ctx;
    uint64_t now = ticks_of(w);
    int64_t now_us = clock_measure_us();

    w->still = now == w->worked ? w->still + 1 : 0;
    if (!w->still)
        w->seen_us = now_us;
    if (w->still >= STILL_LOOKS && now_us - w->seen_us >= still_us) {
        log_error("work", "a process stood still for %d s: it is ended", WORK_STILL_MS / 1000);
        child_end(w->pid);
        w->done(w->ctx, NULL);
        work_free(w);
        return;
    }
    w->worked = now;
    loop_timer_start(w->look, WORK_STILL_MS / STILL_LOOKS);
}

static void child(const struct work *w, int out, work_fn *fn, const void *arg)
{
    size_t sent = 0;

    fn(arg, w->result);
    while (sent < w->size) {
        ssize_t n = write(out, w->result + sent, w->size - sent);

        if (n < 0 && errno != EINTR)
            _exit(1);
        sent += n > 0 ? (size_t)n : 0;
    }
    _exit(0);
}

/* ret_out: the end of the pipe that is the other process's. */
static struct work *work_create(size_t size, work_done_fn *done, void *ctx, int *ret_out, struct err *e)
{
    struct work *w = calloc(1, sizeof *w);
    int ends[2];

    if (!w || !(w->result = calloc(1, size))) {
        free(w);
        err_set(e, ERR_NOMEM, "start a process");
        return NULL;
    }
    if (pipe2(ends, O_CLOEXEC) < 0) {
        err_errno(e, "start a process");
        free(w->result);
        free(w);
        return NULL;
    }
    w->fd = ends[0];
    w->done = done;
    w->ctx = ctx;
    w->size = size;
    *ret_out = ends[1];
    return w;
}

/* `pid` is what came of starting it. */
static struct work *work_begin(struct work *w, struct loop *l, pid_t pid, int out)
{
    close(out);
    if (pid < 0) {
        work_free(w);
        return NULL;
    }
    w->pid = pid;
    setpriority(PRIO_PROCESS, (id_t)pid, NICE); /* refused: it runs as fast as the rest */
    w->source = loop_add_fd(l, w->fd, POLLIN, on_readable, w);
    w->seen_us = clock_measure_us();
    w->look = loop_add_timer(l, on_look, w);
    loop_timer_start(w->look, WORK_STILL_MS / STILL_LOOKS);
    return w;
}

struct work *work_start(struct loop *l, work_fn *fn, const void *arg, size_t size, work_done_fn *done, void *ctx,
                        struct err *e)
{
    int out;
    struct work *w = work_create(size, done, ctx, &out, e);

    if (!w)
        return NULL;
    pid_t pid = child_fork(out, e);
    if (pid == 0)
        child(w, out, fn, arg);
    return work_begin(w, l, pid, out);
}

struct work *work_spawn(struct loop *l, const char *const argv[], size_t size, work_done_fn *done, void *ctx, struct err *e)
{
    int out;
    struct work *w = work_create(size, done, ctx, &out, e);

    if (!w)
        return NULL;
    w->text = true;
    return work_begin(w, l, child_spawn(argv, out, STDOUT_FILENO, e), out);
}

void work_cancel(struct work *w)
{
    if (!w)
        return;
    child_end(w->pid);
    work_free(w);
}
