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

struct job *job_create(const struct profile *p, struct script *s, const char id[5], bool doubtful, bool real_time)
{
    must(p && s, "a job without a paper");
    must(s->first_print <= s->bytes.len, "a paper that prints behind its end");
    must(s->bytes.len > 0 && buf_ok(&s->bytes), "a paper that is not whole");
    must(p->dots_per_mm > 0 && p->mm_per_s > 0, "a printer that stands still");
    struct job *j = calloc(1, sizeof *j);

    must(j, "out of memory");
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
    must(j->sent <= j->script->bytes.len, "more was sent than there is");
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

/* --- what is to be done --- */

static struct job_action *add(struct job *j, enum job_act what)
{
    struct job_actions *a = j->actions;
    must(a->n < JOB_ACTIONS_MAX, "a step of a job has more actions than there is room for");
    must(!a->n || a->list[a->n - 1].what != JOB_FINISHED, "a job goes on after its outcome");
    a->list[a->n] = (struct job_action){.what = what};
    return &a->list[a->n++];
}

void job_do(struct job *j, enum job_act what)
{
    add(j, what);
}

bool job_expect(struct job *j, int n)
{
    must(j->room >= 0, "more questions than may be asked");
    if (n && !j->room)
        return false;
    j->room -= n != 0;
    add(j, JOB_EXPECT)->n = n;
    return true;
}

void job_forget(struct job *j)
{
    add(j, JOB_FORGET);
    j->room = REPLY_ASKED_MAX;
}

void job_wait(struct job *j, int ms)
{
    must(ms >= 0, "a wait that is over before it began");
    add(j, JOB_SET_TIMER)->ms = ms;
}

void job_finish(struct job *j, enum printer_outcome outcome, enum printer_health why)
{
    must(j->stage != STAGE_OVER, "a job with two outcomes");
    must(outcome != PRINTER_NOT_PRINTED || !job_print_taken(j), "what may hang from the printer is called not printed");
    must(outcome != PRINTER_DONE || j->stage == STAGE_SEND || j->stage == STAGE_MARK, "a job is done that was not sent");
    j->stage = STAGE_OVER;
    if (j->writing != WRITING_NONE)
        job_do(j, JOB_CANCEL_WRITE);
    j->writing = WRITING_NONE;
    job_wait(j, 0);
    struct job_action *a = add(j, JOB_FINISHED);
    a->outcome = outcome;
    a->why = why;
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
    must(j->writing != WRITING_NONE, "nothing is written");
    must(j->at < j->end, "nothing is left to write");
    must(j->writing != WRITING_SCRIPT || j->end <= j->script->bytes.len, "more is written than the paper has");
    must(j->writing != WRITING_ZEROS || j->end <= JOB_ZEROS, "more zeros than there are");
    const uint8_t *from = j->writing == WRITING_SCRIPT    ? j->script->bytes.data
                          : j->writing == WRITING_COMMAND ? j->command.data
                                                          : zeros;

    struct job_action *a = add(j, JOB_WRITE);
    a->data = from + j->at;
    a->len = j->end - j->at;
    a->ms = j->stage == STAGE_CLEAR ? JOB_CLEAR_MS : JOB_WRITE_MS;
}

void job_write_command(struct job *j)
{
    must(j->writing == WRITING_NONE, "two writes at once");
    must(j->command.len > 0 && buf_ok(&j->command), "an empty command, or half of one");
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
    job_do(j, JOB_CANCEL_WRITE);
    doubt_print(j, j->writing);
    j->writing = WRITING_NONE;
}

/* All of a write is out. */
static void written_all(struct job *j, enum writing what)
{
    must(j->writing == WRITING_NONE, "a write is over that goes on");
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

static void written(struct job *j, int rc, size_t moved)
{
    enum writing what = j->writing;
    /* 0: it came back short, as if all were well */
    bool again = rc == -ERR_TIMEOUT || ((rc == -ERR_STALL || rc == 0) && ++j->stalls <= STALLS_MAX);

    if (what == WRITING_NONE || j->stage == STAGE_OVER)
        return;
    must(moved <= j->end - j->at, "more was taken than was sent");
    if (moved)
        j->stalls = 0;
    j->writing = WRITING_NONE;
    j->at += moved;
    if (what == WRITING_SCRIPT)
        j->sent = j->at;
    if (j->at == j->end) {
        written_all(j, what);
    } else if (j->stage == STAGE_CLEAR && rc != -ERR_GONE) {
        job_do(j, JOB_SOFT_RESET);
        job_ask_why(j, true);
    } else if (!again) {
        doubt_print(j, what);
        job_fail(j, rc == -ERR_GONE ? PRINTER_ABSENT : PRINTER_FAULT);
    } else if (!job_let_be(j, what)) {
        j->writing = what; /* from where it stopped: no byte is sent twice */
        if (j->profile->port_status)
            job_do(j, JOB_ASK_PORT);
        job_write_on(j);
    }
}

/* --- what happens --- */

static void replied(struct job *j, const struct reply *r)
{
    must(r, "a reply that says nothing");
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

static void port_told(struct job *j, uint8_t status)
{
    bool empty = reply_port_paper_empty(status);

    if (j->profile->automatic_status || empty == j->port_empty)
        return; /* automatic status knows better */
    j->port_empty = empty;
    job_send_held(j);
}

static void time_has_come(struct job *j)
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

static void gone(struct job *j)
{
    if (j->stage == STAGE_OVER)
        return;
    doubt_print(j, j->writing);
    j->writing = WRITING_NONE;
    job_fail(j, PRINTER_ABSENT);
}

static void stop(struct job *j)
{
    if (j->stage != STAGE_OVER && j->stage != STAGE_CLEAR && j->stage != STAGE_WHY)
        job_give_up(j);
}

/* What is told stands behind all that is done: whoever hears it may stop the job, which is another step. */
static void tell_progress(struct job *j)
{
    struct job_action *a;

    if (!j->to_report || j->stage == STAGE_OVER)
        return;
    a = add(j, JOB_PROGRESS);
    a->percent = (int)(j->sent * 95 / j->script->bytes.len);
    a->held = j->held;
}

void job_step(struct job *j, const struct job_input *in, struct job_actions *ret)
{
    ret->n = 0;
    j->actions = ret;
    j->now = in->now_ms;
    j->room = in->room;
    j->to_report = false;
    if (in->status)
        j->status = *in->status;
    switch (in->event) {
    case JOB_BEGINS:
        must(j->stage == STAGE_NEW, "a job begins twice");
        job_check(j);
        break;
    case JOB_WRITTEN:
        written(j, in->rc, in->moved);
        break;
    case JOB_REPLIED:
        replied(j, in->reply);
        break;
    case JOB_PORT_TOLD:
        port_told(j, in->port);
        break;
    case JOB_TIME:
        time_has_come(j);
        break;
    case JOB_GONE:
        gone(j);
        break;
    case JOB_STOPPED:
        stop(j);
        break;
    }
    tell_progress(j);
    j->actions = NULL;
}
