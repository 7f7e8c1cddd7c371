/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of a job share: job.c (life, writing, what happens), job_check.c (may it print, is it in step), job_send.c
 * (out with it, and has it come out). Nobody else includes it.
 */
#ifndef DRIVERS_PRINTER_JOB_PARTS_H
#define DRIVERS_PRINTER_JOB_PARTS_H

#include "base/buf.h"
#include "drivers/printer/job.h"

#define JOB_ZEROS 4096
#define JOB_CLEAR_MS 1000

enum stage { STAGE_NEW, STAGE_CHECK, STAGE_SYNC, STAGE_CUT_OFF, STAGE_SEND, STAGE_MARK, STAGE_CLEAR, STAGE_WHY, STAGE_OVER };
enum writing { WRITING_NONE, WRITING_SCRIPT, WRITING_COMMAND, WRITING_ZEROS };

struct job {
    /* of the running step */
    struct job_actions *actions;
    int64_t now;
    int room;       /* for so many more DLE EOT */
    bool to_report; /* how far it is */

    const struct profile *profile;
    struct script *script;
    char id[5];
    bool doubtful, real_time;
    enum stage stage;
    struct printer_status status;
    /* what is being written */
    enum writing writing;
    struct buf command;
    size_t at, end; /* in the script, or in the command */
    size_t sent;    /* of the script, for certain */
    bool maybe;     /* a write that held print bytes ended without a count to trust */
    int zeros, stalls;
    /* before it prints */
    unsigned answered; /* of what was asked, before it prints or after it was given up */
    int rung;          /* of the ladder by which a stuck printer is brought back */
    bool rested;       /* a rung has been tried, and it is given a moment */
    bool stuck;        /* the last rung did not help */
    bool was_stuck;
    /* what is being waited for */
    int missed;
    bool held, port_empty;
    bool asking, ask_again; /* GS r once more: being written, to be written */
    int64_t deadline, held_since, heard;
    enum printer_health why;
};

/* job.c: to be done, in this order */
void job_do(struct job *j, enum job_act what);
bool job_expect(struct job *j, int n); /* false: too many are outstanding, it must not be asked */
void job_forget(struct job *j);
void job_wait(struct job *j, int ms); /* 0: for nothing */
void job_finish(struct job *j, enum printer_outcome outcome, enum printer_health why);
void job_fail(struct job *j, enum printer_health why); /* what was taken decides between "not printed" and "unknown" */
enum printer_health job_trouble(const struct job *j);
void job_write_command(struct job *j);
void job_write_on(struct job *j);
void job_drop_write(struct job *j);

/* job_check.c */
void job_check(struct job *j);
void job_check_reply(struct job *j, const struct reply *r);
void job_check_timer(struct job *j);
void job_zeros_written(struct job *j);
void job_settle(struct job *j);             /* quiet for a moment, then it is sent */
void job_ask_why(struct job *j, bool rest); /* cleared: now it takes a question, and may say what was wrong */

/* job_send.c */
void job_send(struct job *j);
void job_send_next(struct job *j);
void job_send_reply(struct job *j, const struct reply *r);
void job_send_timer(struct job *j);
void job_send_held(struct job *j); /* paper out or cover open: has that changed? */
void job_give_up(struct job *j);
/* A write was not taken whole: true when it needs no more (a question nobody took, while the marker is awaited). */
bool job_let_be(struct job *j, enum writing what);

#endif
