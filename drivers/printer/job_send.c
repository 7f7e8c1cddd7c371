/* SPDX-License-Identifier: Apache-2.0
 *
 * The bytes go out, then the marker is awaited; meanwhile a printer that does not report by itself, or has stopped to, is
 * asked how it is.
 */
#include <string.h>

#include "base/must.h"
#include "drivers/printer/escpos_wire.h"
#include "drivers/printer/job_parts.h"

#define TICK_MS 1000
#define QUIET_MS 5000            /* a printer that reports by itself is asked after so long without a word */
#define MISSED_MAX 5             /* polls without an answer: the printer is busy, or what was asked is lost */
#define DEADLINE_BASE_MS 30000   /* beside four times the time the paper needs */
#define HELD_MAX_MS (10 * 60000) /* nobody comes */

void job_send(struct job *j)
{
    must(!job_print_taken(j) && !j->sent, "a paper is sent twice");
    must(j->writing == WRITING_NONE, "two writes at once");
    int mm = j->script->dots / j->profile->dots_per_mm;

    j->stage = STAGE_SEND;
    j->heard = j->now;
    j->deadline = j->heard + DEADLINE_BASE_MS + (int64_t)mm * 4000 / j->profile->mm_per_s;
    job_wait(j, TICK_MS);
    job_send_next(j);
}

void job_send_next(struct job *j)
{
    must(j->stage == STAGE_SEND, "a paper goes on that is not being sent");
    must(j->writing == WRITING_NONE, "two writes at once");
    size_t n = script_next(j->script, j->sent);
    must(j->sent + n <= j->script->bytes.len, "more is sent than the paper has");

    if (j->sent)
        j->to_report = true;
    if (!n) {
        j->stage = STAGE_MARK;
        return;
    }
    if (j->sent + n == j->script->bytes.len && j->script->marker == PROFILE_MARKER_PAPER)
        job_expect(j, 0);
    j->writing = WRITING_SCRIPT;
    j->at = j->sent;
    j->end = j->sent + n;
    job_write_on(j);
}

static void poll_status(struct job *j)
{
    if (j->writing != WRITING_NONE || !j->real_time)
        return;
    if (j->profile->automatic_status && j->now - j->heard < QUIET_MS)
        return;
    buf_reset(&j->command);
    for (int n = 2; n <= 4; n++)
        if (job_expect(j, n))
            escpos_ask_status(&j->command, n);
    if (j->command.len) {
        j->missed = 0;
        job_write_command(j);
    } else if (++j->missed > MISSED_MAX && !(j->profile->status & PROFILE_IN_ORDER)) {
        j->missed = 0;
        job_forget(j);
        if (j->stage == STAGE_MARK && j->script->marker == PROFILE_MARKER_PAPER)
            job_expect(j, 0);
    }
}

/* The marker was answered while paper was out: it says nothing about the last line, so it is asked again. */
static void ask_marker_again(struct job *j)
{
    must(j->stage == STAGE_SEND || j->stage == STAGE_MARK, "a marker of a paper that was not sent");
    if (!j->ask_again || j->held || j->writing != WRITING_NONE)
        return;
    j->ask_again = false;
    j->asking = true;
    job_expect(j, 0);
    buf_reset(&j->command);
    escpos_marker_paper(&j->command);
    job_write_command(j);
}

void job_send_held(struct job *j)
{
    bool held = j->status.paper_out || j->status.cover_open || j->port_empty;

    if ((j->stage != STAGE_SEND && j->stage != STAGE_MARK) || held == j->held)
        return;
    j->held = held;
    if (held)
        j->held_since = j->now;
    else
        j->deadline += j->now - j->held_since;
    j->to_report = true;
    ask_marker_again(j);
}

bool job_let_be(struct job *j, enum writing what)
{
    if (what != WRITING_COMMAND || j->at || j->stage != STAGE_MARK)
        return false;
    job_forget(j);
    j->ask_again |= j->asking;
    if (j->script->marker == PROFILE_MARKER_PAPER && !j->asking)
        job_expect(j, 0);
    j->asking = false;
    return true;
}

void job_send_reply(struct job *j, const struct reply *r)
{
    must(j->stage == STAGE_SEND || j->stage == STAGE_MARK, "a marker of a paper that was not sent");
    j->heard = j->now;
    if (r->kind == REPLY_MARKER && !memcmp(r->bytes, j->id, 4)) {
        job_finish(j, PRINTER_DONE, job_state_of(&j->status));
        return;
    }
    if (r->kind == REPLY_PAPER && j->script->marker == PROFILE_MARKER_PAPER) {
        if (!j->status.paper_out) {
            job_finish(j, PRINTER_DONE, job_state_of(&j->status));
            return;
        }
        j->ask_again = true;
    }
    job_send_held(j);
}

void job_send_timer(struct job *j)
{
    int64_t now = j->now;

    job_wait(j, TICK_MS);
    if (j->held ? now - j->held_since > HELD_MAX_MS : now > j->deadline) {
        job_give_up(j);
        return;
    }
    if (j->stage == STAGE_MARK)
        poll_status(j);
    ask_marker_again(j);
}

void job_give_up(struct job *j)
{
    must(j->stage != STAGE_OVER && j->stage != STAGE_CLEAR, "a job is given up twice");
    j->why = job_trouble(j);
    job_drop_write(j);
    job_forget(j);
    if (j->stage != STAGE_SEND && j->stage != STAGE_MARK) {
        job_fail(j, j->why);
        return;
    }
    j->stage = STAGE_CLEAR;
    buf_reset(&j->command);
    if (j->profile->clear == PROFILE_CLEAR_DC4)
        escpos_clear_buffers(&j->command);
    else
        escpos_recover_cleared(&j->command);
    job_write_command(j);
}
