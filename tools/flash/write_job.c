/* SPDX-License-Identifier: Apache-2.0
 *
 * See write_job.h.
 */
#include "tools/flash/write_job.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#include "base/child.h"
#include "base/clock.h"

#define SAMPLE_US 250000
#define READ_FASTER 1.8 /* until it is known */

static void report(void *ctx, const struct writer_report *r)
{
    int *fd = ctx;

    if (write(*fd, r, sizeof *r) != sizeof *r) /* one piece: less than PIPE_BUF */
        _exit(1);                              /* nobody listens any more */
}

/* The image's file must stay open, so this is no child_fork(); it needs nothing of the parent but that and the pipe. */
static pid_t fork_writer(write_job_run_fn *run, const void *arg, int fd)
{
    pid_t parent = getpid(), pid = fork();

    if (pid != 0)
        return pid;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(1);
    signal(SIGINT, SIG_IGN); /* the person at the terminal asks flash, which asks again */
    run(arg, report, &fd);
    _exit(0);
}

struct writing {
    const struct medium *medium;
    const struct image *image;
    const uint8_t *sheet;
};

static void run_writer(const void *arg, writer_report_fn *say, void *ctx)
{
    const struct writing *w = arg;

    writer_run(w->medium, w->image, w->sheet, 0, say, ctx);
}

int write_job_start(struct write_job *j, const struct medium *md, const struct image *im, const uint8_t *sheet,
                    struct err *e)
{
    return write_job_start_with(j, run_writer, &(struct writing){md, im, sheet}, e);
}

int write_job_start_with(struct write_job *j, write_job_run_fn *run, const void *arg, struct err *e)
{
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) < 0)
        return err_errno(e, "start writing");
    *j = (struct write_job){.fd = ends[0], .began_us = clock_measure_us()};
    j->pid = fork_writer(run, arg, ends[1]);
    close(ends[1]);
    if (j->pid > 0 && fcntl(j->fd, F_SETFL, O_NONBLOCK) == 0)
        return 0;
    j->pid = 0;
    close(j->fd);
    return err_errno(e, "start writing");
}

static void end(struct write_job *j, enum writer_fault fault)
{
    if (j->now.phase != WRITER_END) {
        j->now.phase = WRITER_END;
        j->now.fault = fault;
    }
    close(j->fd);
    child_end(j->pid);
    j->pid = 0;
    j->ended_us = clock_measure_us();
}

static uint64_t done(const struct write_job *j)
{
    return j->now.phase == WRITER_WRITE ? j->now.written - j->now.skipped : j->now.checked;
}

static void take_sample(struct write_job *j)
{
    int64_t us = clock_measure_us();

    if (j->n_samples && us - j->samples[j->n_samples - 1].us < SAMPLE_US)
        return;
    if (j->n_samples == JOB_SAMPLES)
        memmove(j->samples, j->samples + 1, sizeof *j->samples * (size_t)(--j->n_samples));
    j->samples[j->n_samples].us = us;
    j->samples[j->n_samples++].done = done(j);
}

bool write_job_listen(struct write_job *j)
{
    struct writer_report r;
    bool news = false;
    ssize_t n;

    while ((n = read(j->fd, &r, sizeof r)) == sizeof r) {
        if (r.phase != j->now.phase) {
            if (j->now.phase == WRITER_WRITE && write_job_rate(j) > 0)
                j->rate_write = write_job_rate(j);
            j->n_samples = 0;
        }
        j->now = r;
        news = true;
    }
    if (news)
        take_sample(j);
    if (n >= 0 || (errno != EAGAIN && errno != EINTR)) {
        end(j, WRITER_DIED);
        return true;
    }
    return news;
}

void write_job_stop(struct write_job *j)
{
    if (!write_job_runs(j))
        return;
    child_end(j->pid);
    write_job_listen(j); /* what it said at last: it may have been done */
    if (write_job_runs(j))
        end(j, WRITER_STOPPED);
    if (j->now.fault == WRITER_DIED)
        j->now.fault = WRITER_STOPPED;
}

bool write_job_runs(const struct write_job *j)
{
    return j->pid > 0;
}

static double share(uint64_t part, const struct image *im)
{
    return (double)part / (double)im->map->used;
}

double write_job_written(const struct write_job *j, const struct image *im)
{
    return share(j->now.written, im);
}

double write_job_checked(const struct write_job *j, const struct image *im)
{
    return share(j->now.checked, im);
}

int write_job_percent(const struct write_job *j, const struct image *im)
{
    int p = (int)((200 * write_job_written(j, im) + 100 * write_job_checked(j, im)) / 3);
    bool good = j->now.phase == WRITER_END && j->now.fault == WRITER_NONE;

    return good ? 100 : p > 99 ? 99 : p;
}

double write_job_rate(const struct write_job *j)
{
    if (j->n_samples < 2)
        return 0;
    double seconds = (double)(j->samples[j->n_samples - 1].us - j->samples[0].us) / 1e6;
    return (double)(j->samples[j->n_samples - 1].done - j->samples[0].done) / seconds;
}

int write_job_left(const struct write_job *j, const struct image *im)
{
    double rate = write_job_rate(j), used = (double)im->map->used;

    if (rate <= 0 || (j->now.phase != WRITER_WRITE && j->now.phase != WRITER_CHECK))
        return -1;
    if (j->now.phase == WRITER_CHECK)
        return (int)((used - (double)j->now.checked) / rate + 0.5);
    return (int)((used - (double)j->now.written) / rate + used / (rate * READ_FASTER) + 0.5);
}

pid_t lamp_start(const struct medium *md)
{
    const struct timespec pause = {.tv_nsec = 400 * 1000 * 1000};
    pid_t pid = child_fork(-1, NULL);
    struct disk *d;

    if (pid != 0)
        return pid > 0 ? pid : 0;
    void *chunk = disk_memory(1024 * 1024);
    if (disk_open(md, false, &d, NULL) < 0)
        _exit(1);
    for (;;) {
        for (uint64_t i = 0; i < 8; i++)
            if (disk_read(d, i * 1024 * 1024 % (md->size / 2), chunk, 1024 * 1024, NULL) < 0)
                _exit(0);
        nanosleep(&pause, NULL);
    }
}

void lamp_end(pid_t *lamp)
{
    child_end(*lamp);
    *lamp = 0;
}
