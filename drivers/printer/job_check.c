/* SPDX-License-Identifier: Apache-2.0
 *
 * Before a job prints: DLE EOT 1-4 (or GS r 1, where real-time questions are not answered), and where it is doubtful what
 * the printer was in the middle of, GS r 1. A printer that does not answer is brought back by a ladder: zeros, which fill up
 * an image somebody left half-sent (and ESC @), SOFT_RESET, both pipes cleared, a reset of the port. When nothing helps
 * somebody must switch it off and on. The same questions are asked once more of a job that was given up.
 */
#include "base/must.h"
#include "drivers/printer/escpos_wire.h"
#include "drivers/printer/job_parts.h"

#define SYNC_MS 1500
#define REST_MS 500    /* after a reset */
#define QUIET_MS 500   /* answers to what was asked twice are read away */
#define ZEROS_FIRST 2  /* blocks, when it does not even answer in real time */
#define ZEROS_BLOCKS 6 /* more than the largest image we send */
#define EVERY_STATUS 0x1Eu
#define PAPER_STATUS 0x01u

enum rung { RUNG_ZEROS = 1, RUNG_ZEROS_AGAIN, RUNG_SOFT_RESET, RUNG_CLEAR_HALT, RUNG_USB_RESET, RUNG_END };

static void ask(struct job *j, enum stage stage)
{
    j->stage = stage;
    j->answered = 0;
    buf_reset(&j->command);
    for (int n = 1; n <= 4 && j->real_time; n++)
        if (job_expect(j, n))
            escpos_ask_status(&j->command, n);
    if (!j->real_time && job_expect(j, 0))
        escpos_marker_paper(&j->command);
    job_wait(j, j->profile->answer_ms);
    job_write_command(j);
}

void job_check(struct job *j)
{
    ask(j, STAGE_CHECK);
}

void job_ask_why(struct job *j, bool rest)
{
    j->stage = STAGE_WHY;
    j->rested = rest;
    if (j->why != PRINTER_FAULT)
        job_fail(j, j->why); /* it has said so */
    else if (rest)
        job_wait(j, REST_MS);
    else
        ask(j, STAGE_WHY);
}

static void told_why(struct job *j)
{
    must(j->stage == STAGE_WHY, "a reason nobody asked for");
    job_drop_write(j);
    job_forget(j);
    job_fail(j, job_trouble(j));
}

static void sync_ask(struct job *j)
{
    j->stage = STAGE_SYNC;
    buf_reset(&j->command);
    if (j->rung)
        escpos_init(&j->command);
    job_expect(j, 0);
    escpos_marker_paper(&j->command);
    job_wait(j, j->profile->answer_ms > SYNC_MS ? j->profile->answer_ms : SYNC_MS);
    job_write_command(j);
}

static void again(struct job *j)
{
    if (j->stage == STAGE_SYNC)
        sync_ask(j);
    else
        ask(j, j->stage);
}

static void write_zeros(struct job *j, int blocks)
{
    must(j->writing == WRITING_NONE, "two writes at once");
    must(blocks > 0, "no zeros");
    j->zeros = blocks;
    j->writing = WRITING_ZEROS;
    j->at = 0;
    j->end = JOB_ZEROS;
    job_wait(j, j->profile->answer_ms);
    job_write_on(j);
}

void job_zeros_written(struct job *j)
{
    must(j->zeros > 0, "more zeros than were to be written");
    if (--j->zeros > 0) {
        j->writing = WRITING_ZEROS;
        j->at = 0;
        job_write_on(j);
    } else {
        again(j);
    }
}

/* Resets take a moment; the next timer asks again. */
static void climb(struct job *j)
{
    must(j->stage == STAGE_CHECK || j->stage == STAGE_SYNC, "the ladder is climbed by a job that prints");
    must(!job_print_taken(j), "zeros into the middle of a paper");
    must(j->rung >= 0 && j->rung < RUNG_END, "a rung the ladder does not have");
    switch ((enum rung)++ j->rung) {
    case RUNG_ZEROS:
    case RUNG_ZEROS_AGAIN:
        write_zeros(j, j->stage == STAGE_CHECK ? ZEROS_FIRST : ZEROS_BLOCKS);
        return;
    case RUNG_SOFT_RESET:
        job_do(j, JOB_SOFT_RESET);
        break;
    case RUNG_CLEAR_HALT:
        job_do(j, JOB_CLEAR_HALT);
        break;
    case RUNG_USB_RESET:
        job_do(j, JOB_USB_RESET);
        break;
    case RUNG_END:
        j->stuck = true;
        job_finish(j, PRINTER_NOT_PRINTED, PRINTER_FAULT);
        return;
    }
    j->rested = true;
    job_wait(j, REST_MS);
}

static void checked(struct job *j)
{
    must(j->stage == STAGE_CHECK, "a printer is checked in the middle of a job");
    enum printer_health s = job_state_of(&j->status);

    job_drop_write(j); /* its answers may be here before its completion */
    if (!job_may_print(s)) {
        job_finish(j, PRINTER_NOT_PRINTED, s);
        return;
    }
    j->was_stuck |= j->rung > 0;
    j->rung = 0;
    if (j->doubtful && j->real_time)
        sync_ask(j);
    else
        job_send(j);
}

static void check_timeout(struct job *j)
{
    job_drop_write(j);
    job_forget(j);
    if (j->answered)
        checked(j);
    else if (j->status.known && !job_may_print(job_state_of(&j->status)))
        job_finish(j, PRINTER_NOT_PRINTED, job_trouble(j));
    else
        climb(j);
}

/* Quiet first: a late answer to an earlier question must not pass for this job's marker. */
void job_settle(struct job *j)
{
    must(!job_print_taken(j), "quiet in the middle of a paper");
    j->stage = STAGE_CUT_OFF;
    job_wait(j, QUIET_MS);
}

/* In step again. What an earlier job left hanging is cut off before this one prints. */
static void synced(struct job *j)
{
    must(j->stage == STAGE_SYNC, "a printer is in step that was not asked");
    job_drop_write(j);
    if (!j->was_stuck) {
        job_send(j);
        return;
    }
    job_settle(j);
    if (j->script->cuts_first || j->profile->cut == PROFILE_CUT_NONE)
        return;
    buf_reset(&j->command);
    escpos_init(&j->command);
    script_cut(j->profile, &j->command);
    job_wait(j, j->profile->answer_ms);
    job_write_command(j);
}

void job_check_reply(struct job *j, const struct reply *r)
{
    if (j->stage == STAGE_SYNC) {
        if (r->kind == REPLY_PAPER)
            synced(j);
        return;
    }
    if (r->kind == REPLY_STATUS && r->n <= 4)
        j->answered |= 1u << r->n;
    if (r->kind == REPLY_PAPER)
        j->answered |= PAPER_STATUS;
    if (j->answered != (j->real_time ? EVERY_STATUS : PAPER_STATUS))
        return;
    if (j->stage == STAGE_WHY)
        told_why(j);
    else
        checked(j);
}

void job_check_timer(struct job *j)
{
    if (j->stage == STAGE_CUT_OFF) {
        if (j->writing != WRITING_NONE) {
            job_finish(j, PRINTER_NOT_PRINTED, job_trouble(j));
            return;
        }
        job_forget(j);
        job_send(j);
    } else if (j->rested) {
        j->rested = false;
        again(j);
    } else if (j->stage == STAGE_WHY) {
        told_why(j);
    } else if (j->stage == STAGE_CHECK) {
        check_timeout(j);
    } else {
        job_drop_write(j);
        job_forget(j);
        j->was_stuck = true;
        climb(j);
    }
}
