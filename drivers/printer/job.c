/* SPDX-License-Identifier: Apache-2.0
 *
 * Stages: check (job_check.c) → sync (only when doubtful) → cut off (only what hung there) → send → mark (job_send.c) →
 * over. Clear is where a job goes that is given up, and from there to why: a printer whose buffer is full takes no question
 * before.
 */
#include "drivers/printer/job.h"

#include <stdlib.h>
#include <string.h>

#include "base/must.h"
#include "drivers/printer/job_parts.h"

#define STALLS_MAX 3

static const uint8_t zeros[JOB_ZEROS];

struct job *job_create(const struct job_io *io, void *ctx, const struct profile *p, struct script *s, const char id[5],
                       bool doubtful, bool real_time)
{
    struct job *j = calloc(1, sizeof *j);

    must(j, "out of memory");
    j->io = io;
    j->ctx = ctx;
    j->profile = p;
    j->script = s;
    j->doubtful = doubtful;
    j->real_time = real_time;
    memcpy(j->id, id, 4);
    buf_init(&j->command, 64);
    return j;
}

void job_destroy(struct job *j)
{
    if (!j)
        return;
    buf_finish(&j->command);
    script_destroy(j->script);
    free(j);
}

bool job_print_taken(const struct job *j)
{
    return j->maybe || j->sent > j->script->first_print;
}

bool job_stuck(const struct job *j)
{
    return j->stuck;
}

enum printer_health job_state_of(const struct printer_status *s)
{
    if (!s->known)
        return PRINTER_FAULT;
    if (s->cover_open)
        return PRINTER_OPEN;
    if (s->paper_out)
        return PRINTER_NO_PAPER;
    if (s->jam || s->cutter || s->unrecoverable || s->offline)
        return PRINTER_FAULT;
    return s->paper_low ? PRINTER_LOW : PRINTER_READY;
}

bool job_may_print(enum printer_health s)
{
    return s == PRINTER_READY || s == PRINTER_LOW;
}

/* The last thing a function does: `finished` may destroy the job. */
void job_finish(struct job *j, enum printer_outcome outcome, enum printer_health why)
{
    j->stage = STAGE_OVER;
    if (j->writing != WRITING_NONE)
        j->io->cancel_write(j->ctx);
    j->writing = WRITING_NONE;
    j->io->timer(j->ctx, 0);
    j->io->finished(j->ctx, outcome, why);
}

void job_fail(struct job *j, enum printer_health why)
{
    job_finish(j, job_print_taken(j) ? PRINTER_OUTCOME_UNKNOWN : PRINTER_NOT_PRINTED, why);
}

/* What is wrong, in the words of the status; a fault when the status knows nothing wrong. */
enum printer_health job_trouble(const struct job *j)
{
    enum printer_health s = job_state_of(&j->status);

    if (j->port_empty && job_may_print(s))
        return PRINTER_NO_PAPER;
    return job_may_print(s) ? PRINTER_FAULT : s;
}

/* --- writing --- */

void job_write_on(struct job *j)
{
    const uint8_t *from = j->writing == WRITING_SCRIPT    ? j->script->bytes.data
                          : j->writing == WRITING_COMMAND ? j->command.data
                                                          : zeros;

    j->io->write(j->ctx, from + j->at, j->end - j->at, j->stage == STAGE_CLEAR ? JOB_CLEAR_MS : JOB_WRITE_MS);
}

void job_write_command(struct job *j)
{
    j->writing = WRITING_COMMAND;
    j->at = 0;
    j->end = j->command.len;
    job_write_on(j);
}

/* A write of the script that is broken off may have been taken whole. */
static void doubt_print(struct job *j, enum writing what)
{
    if (what == WRITING_SCRIPT && j->end > j->script->first_print)
        j->maybe = true;
}

void job_drop_write(struct job *j)
{
    if (j->writing == WRITING_NONE)
        return;
    j->io->cancel_write(j->ctx);
    doubt_print(j, j->writing);
    j->writing = WRITING_NONE;
}

/* All of a write is out. */
static void written_all(struct job *j, enum writing what)
{
    j->asking = false;
    if (what == WRITING_ZEROS)
        job_zeros_written(j);
    else if (j->stage == STAGE_CLEAR)
        job_ask_why(j, false);
    else if (j->stage == STAGE_CUT_OFF)
        job_settle(j);
    else if (j->stage == STAGE_SEND && what == WRITING_SCRIPT)
        job_send_next(j);
}

void job_written(struct job *j, int rc, size_t moved)
{
    enum writing what = j->writing;
    /* 0: it came back short, as if all were well */
    bool again = rc == -ERR_TIMEOUT || ((rc == -ERR_STALL || rc == 0) && ++j->stalls <= STALLS_MAX);

    if (what == WRITING_NONE || j->stage == STAGE_OVER)
        return;
    if (moved)
        j->stalls = 0;
    j->writing = WRITING_NONE;
    j->at += moved;
    if (what == WRITING_SCRIPT)
        j->sent = j->at;
    if (j->at == j->end) {
        written_all(j, what);
    } else if (j->stage == STAGE_CLEAR && rc != -ERR_GONE) {
        j->io->soft_reset(j->ctx);
        job_ask_why(j, true);
    } else if (!again) {
        doubt_print(j, what);
        job_fail(j, rc == -ERR_GONE ? PRINTER_ABSENT : PRINTER_FAULT);
    } else if (!job_let_be(j, what)) {
        j->writing = what; /* from where it stopped: no byte is sent twice */
        if (j->profile->port_status)
            j->io->port_status(j->ctx);
        job_write_on(j);
    }
}

/* --- what happens --- */

void job_start(struct job *j, const struct printer_status *now)
{
    j->status = *now;
    job_check(j);
}

void job_reply(struct job *j, const struct reply *r, const struct printer_status *now)
{
    j->status = *now;
    switch (j->stage) {
    case STAGE_CHECK:
    case STAGE_SYNC:
    case STAGE_WHY:
        job_check_reply(j, r);
        break;
    case STAGE_SEND: /* the answer may be here before the last write's completion */
    case STAGE_MARK:
        job_send_reply(j, r);
        break;
    case STAGE_NEW:
    case STAGE_CUT_OFF:
    case STAGE_CLEAR:
    case STAGE_OVER:
        break;
    }
}

void job_port_status(struct job *j, uint8_t status)
{
    bool empty = reply_port_paper_empty(status);

    if (j->profile->automatic_status || empty == j->port_empty)
        return; /* automatic status knows better */
    j->port_empty = empty;
    job_send_held(j);
}

void job_timer(struct job *j)
{
    switch (j->stage) {
    case STAGE_CHECK:
    case STAGE_SYNC:
    case STAGE_CUT_OFF:
    case STAGE_WHY:
        job_check_timer(j);
        break;
    case STAGE_SEND:
    case STAGE_MARK:
        job_send_timer(j);
        break;
    case STAGE_NEW:
    case STAGE_CLEAR:
    case STAGE_OVER:
        break;
    }
}

void job_gone(struct job *j)
{
    if (j->stage == STAGE_OVER)
        return;
    doubt_print(j, j->writing);
    j->writing = WRITING_NONE;
    job_fail(j, PRINTER_ABSENT);
}

void job_stop(struct job *j)
{
    if (j->stage != STAGE_OVER && j->stage != STAGE_CLEAR && j->stage != STAGE_WHY)
        job_give_up(j);
}
