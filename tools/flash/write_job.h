/* SPDX-License-Identifier: Apache-2.0
 *
 * One medium being written, in a process of its own: several go at once, and one that hangs in the kernel holds up no other.
 * It ends with flash, however that dies; what it leaves is a medium that starts nothing.
 */
#ifndef FLASH_WRITE_JOB_H
#define FLASH_WRITE_JOB_H

#include <sys/types.h>

#include "tools/flash/writer.h"

#define JOB_SAMPLES 16

/* Starts as zeros. */
struct write_job {
    pid_t pid; /* 0: none */
    int fd;
    struct writer_report now;
    int64_t began_us, ended_us;
    struct {
        int64_t us;
        uint64_t done;
    } samples[JOB_SAMPLES]; /* of this phase, the oldest first */
    int n_samples;
    double rate_write; /* bytes a second, the last of that phase */
};

/* Anything that reports as writer_run does. It runs in the child, which ends with it. */
typedef void write_job_run_fn(const void *arg, writer_report_fn *report, void *ctx);
int write_job_start_with(struct write_job *j, write_job_run_fn *run, const void *arg, struct err *e);
/* writer_run, the sheet behind the label. */
int write_job_start(struct write_job *j, const struct medium *md, const struct image *im, const uint8_t *sheet,
                    struct err *e);
/* Takes what it said, without waiting. true: something new. When it has ended, now.phase is WRITER_END and pid 0. */
bool write_job_listen(struct write_job *j);
/* Ends it with WRITER_STOPPED. */
void write_job_stop(struct write_job *j);

bool write_job_runs(const struct write_job *j);
/* Of the image's used bytes; measuring is none of it. */
double write_job_written(const struct write_job *j, const struct image *im);
double write_job_checked(const struct write_job *j, const struct image *im);
/* 0 to 100, for all: two thirds for writing, for media take about twice as long to write as to read. 100 only at the end. */
int write_job_percent(const struct write_job *j, const struct image *im);
/* Bytes a second now; 0: not known yet. */
double write_job_rate(const struct write_job *j);
/* Seconds left; -1: not known yet. */
int write_job_left(const struct write_job *j, const struct image *im);

/* Bursts of reads make the lamp of a medium flicker, in a process of its own, until lamp_end(). 0 when it cannot. */
pid_t lamp_start(const struct medium *md);
void lamp_end(pid_t *lamp);

#endif
