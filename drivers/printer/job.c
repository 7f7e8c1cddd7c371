/* SPDX-License-Identifier: Apache-2.0
 *
 * Stages: check (DLE EOT 1-4) → sync (only when doubtful: GS r 1, and zeros until a half-sent image is full; what hung there
 * is then cut off) → send → mark → over. Clear is where a job goes that is given up.
 */
#include "drivers/printer/job.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "drivers/printer/escpos_wire.h"

#define CHECK_MS 2000
#define SYNC_MS 1500
#define CLEAR_MS 1000
#define TICK_MS 1000
#define ROUNDS_MAX 3
#define STALLS_MAX 3
#define MISSED_MAX 5             /* polls without an answer: the printer is busy, or what was asked is lost */
#define DEADLINE_BASE_MS 30000   /* beside four times the time the paper needs */
#define HELD_MAX_MS (10 * 60000) /* nobody comes */
#define ZEROS 4096
#define ZEROS_BLOCKS 6 /* more than the largest image we send */

enum stage { STAGE_NEW, STAGE_CHECK, STAGE_SYNC, STAGE_CUT_OFF, STAGE_SEND, STAGE_MARK, STAGE_CLEAR, STAGE_OVER };
enum writing { WRITING_NONE, WRITING_SCRIPT, WRITING_COMMAND, WRITING_ZEROS };

struct job {
    const struct job_io *io;
    void *ctx;
    const struct profile *profile;
    struct script *script;
    char id[5];
    bool doubtful, was_stuck;
    enum stage stage;
    struct printer_status status;
    /* what is being written */
    enum writing writing;
    struct buf command;
    size_t at, end; /* in the script, or in the command */
    size_t sent;    /* of the script, for certain */
    bool maybe;     /* a write that held print bytes ended without a count to trust */
    int zeros, stalls;
    /* what is being waited for */
    unsigned answered;
    int rounds, missed;
    bool held, port_empty;
    bool asking, ask_again; /* GS r once more: being written, to be written */
    int64_t deadline, held_since;
    enum printer_state why;
};

static const uint8_t zeros[ZEROS];

struct job *job_create(const struct job_io *io, void *ctx, const struct profile *p, struct script *s, const char id[5],
                       bool doubtful)
{
    struct job *j = calloc(1, sizeof *j);

    if (!j)
        abort();
    j->io = io;
    j->ctx = ctx;
    j->profile = p;
    j->script = s;
    j->doubtful = doubtful;
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

enum printer_state job_state_of(const struct printer_status *s)
{
    if (!s->known)
        return PRINTER_STATE_FAULT;
    if (s->cover_open)
        return PRINTER_STATE_OPEN;
    if (s->paper_out)
        return PRINTER_STATE_NO_PAPER;
    if (s->jam || s->cutter || s->unrecoverable || s->offline)
        return PRINTER_STATE_FAULT;
    return s->paper_low ? PRINTER_STATE_LOW : PRINTER_STATE_READY;
}

static bool may_print(enum printer_state s)
{
    return s == PRINTER_STATE_READY || s == PRINTER_STATE_LOW;
}

/* The last thing a function does: `finished` may destroy the job. */
static void finish(struct job *j, enum printer_outcome outcome, enum printer_state why)
{
    j->stage = STAGE_OVER;
    if (j->writing != WRITING_NONE)
        j->io->cancel_write(j->ctx);
    j->writing = WRITING_NONE;
    j->io->timer(j->ctx, 0);
    j->io->finished(j->ctx, outcome, why);
}

/* Ends a job that cannot go on: what was taken decides between "not printed" and "unknown". */
static void fail(struct job *j, enum printer_state why)
{
    finish(j, job_print_taken(j) ? PRINTER_OUTCOME_UNKNOWN : PRINTER_NOT_PRINTED, why);
}

/* What is wrong, in the words of the status; a fault when the status knows nothing wrong. */
static enum printer_state trouble(const struct job *j)
{
    enum printer_state s = job_state_of(&j->status);

    if (j->port_empty && may_print(s))
        return PRINTER_STATE_NO_PAPER;
    return may_print(s) ? PRINTER_STATE_FAULT : s;
}

/* --- writing --- */

static void write_on(struct job *j)
{
    const uint8_t *from = j->writing == WRITING_SCRIPT    ? j->script->bytes.data
                          : j->writing == WRITING_COMMAND ? j->command.data
                                                          : zeros;

    j->io->write(j->ctx, from + j->at, j->end - j->at, j->stage == STAGE_CLEAR ? CLEAR_MS : JOB_WRITE_MS);
}

static void write_command(struct job *j)
{
    j->writing = WRITING_COMMAND;
    j->at = 0;
    j->end = j->command.len;
    write_on(j);
}

static void drop_write(struct job *j)
{
    if (j->writing == WRITING_NONE)
        return;
    j->io->cancel_write(j->ctx);
    if (j->writing == WRITING_SCRIPT && j->end > j->script->first_print)
        j->maybe = true;
    j->writing = WRITING_NONE;
}

static void report(struct job *j)
{
    j->io->progress(j->ctx, (int)(j->sent * 95 / j->script->bytes.len), j->held);
}

/* --- check --- */

static void check(struct job *j)
{
    j->stage = STAGE_CHECK;
    j->answered = 0;
    buf_reset(&j->command);
    for (int n = 1; n <= 4; n++)
        if (j->io->expect(j->ctx, n))
            escpos_ask_status(&j->command, n);
    j->io->timer(j->ctx, CHECK_MS);
    write_command(j);
}

static void send_next(struct job *j);

static void send(struct job *j)
{
    int mm = j->script->dots / j->profile->dots_per_mm;

    j->stage = STAGE_SEND;
    j->deadline = clock_mono_ms() + DEADLINE_BASE_MS + (int64_t)mm * 4000 / j->profile->mm_per_s;
    j->io->timer(j->ctx, TICK_MS);
    send_next(j);
}

static void sync_ask(struct job *j)
{
    j->stage = STAGE_SYNC;
    buf_reset(&j->command);
    if (j->rounds)
        escpos_init(&j->command);
    j->io->expect(j->ctx, 0);
    escpos_marker_paper(&j->command);
    j->io->timer(j->ctx, SYNC_MS);
    write_command(j);
}

static void checked(struct job *j)
{
    enum printer_state s = job_state_of(&j->status);

    drop_write(j); /* its answers may be here before its completion */
    if (!may_print(s)) {
        finish(j, PRINTER_NOT_PRINTED, s);
        return;
    }
    j->rounds = 0;
    if (j->doubtful)
        sync_ask(j);
    else
        send(j);
}

/* Zeros print nothing by themselves, and fill up an image somebody left half-sent. */
static void write_zeros(struct job *j, int blocks)
{
    j->zeros = blocks;
    j->writing = WRITING_ZEROS;
    j->at = 0;
    j->end = ZEROS;
    j->io->timer(j->ctx, CHECK_MS);
    write_on(j);
}

static void check_timeout(struct job *j)
{
    drop_write(j);
    j->io->forget(j->ctx);
    if (j->answered) {
        checked(j);
        return;
    }
    if (!may_print(job_state_of(&j->status)) && j->status.known) {
        finish(j, PRINTER_NOT_PRINTED, trouble(j));
        return;
    }
    if (++j->rounds > ROUNDS_MAX)
        finish(j, PRINTER_NOT_PRINTED, PRINTER_STATE_FAULT);
    else
        write_zeros(j, 2);
}

static void sync_timeout(struct job *j)
{
    drop_write(j);
    j->io->forget(j->ctx);
    j->was_stuck = true;
    if (++j->rounds > ROUNDS_MAX)
        finish(j, PRINTER_NOT_PRINTED, trouble(j));
    else
        write_zeros(j, ZEROS_BLOCKS);
}

/* In step again. What an earlier job left hanging is cut off before this one prints. */
static void synced(struct job *j)
{
    drop_write(j);
    if (!j->was_stuck || j->script->cuts_first || j->profile->cut == PROFILE_CUT_NONE) {
        send(j);
        return;
    }
    buf_reset(&j->command);
    escpos_init(&j->command);
    escpos_cut(&j->command, j->profile->cut == PROFILE_CUT_FULL, j->profile->cut_dots);
    j->stage = STAGE_CUT_OFF;
    j->io->timer(j->ctx, CHECK_MS);
    write_command(j);
}

/* --- send and mark --- */

static void send_next(struct job *j)
{
    size_t n = script_next(j->script, j->sent);

    if (!n) {
        j->stage = STAGE_MARK;
        return;
    }
    if (j->sent + n == j->script->bytes.len && j->script->marker == PROFILE_MARKER_PAPER)
        j->io->expect(j->ctx, 0);
    j->writing = WRITING_SCRIPT;
    j->at = j->sent;
    j->end = j->sent + n;
    write_on(j);
}

static void poll_status(struct job *j)
{
    if (j->writing != WRITING_NONE || j->profile->automatic_status)
        return;
    buf_reset(&j->command);
    for (int n = 2; n <= 4; n++)
        if (j->io->expect(j->ctx, n))
            escpos_ask_status(&j->command, n);
    if (j->command.len) {
        j->missed = 0;
        write_command(j);
    } else if (++j->missed > MISSED_MAX) {
        j->missed = 0;
        j->io->forget(j->ctx);
        if (j->stage == STAGE_MARK && j->script->marker == PROFILE_MARKER_PAPER)
            j->io->expect(j->ctx, 0);
    }
}

/* The marker was answered while paper was out: it says nothing about the last line, so it is asked again. */
static void ask_marker_again(struct job *j)
{
    if (!j->ask_again || j->held || j->writing != WRITING_NONE)
        return;
    j->ask_again = false;
    j->asking = true;
    j->io->expect(j->ctx, 0);
    buf_reset(&j->command);
    escpos_marker_paper(&j->command);
    write_command(j);
}

static void look_whether_held(struct job *j)
{
    bool held = j->status.paper_out || j->status.cover_open || j->port_empty;

    if ((j->stage != STAGE_SEND && j->stage != STAGE_MARK) || held == j->held)
        return;
    j->held = held;
    if (held)
        j->held_since = clock_mono_ms();
    else
        j->deadline += clock_mono_ms() - j->held_since;
    report(j);
    ask_marker_again(j);
}

static void give_up(struct job *j)
{
    j->why = trouble(j);
    drop_write(j);
    j->io->forget(j->ctx);
    if (j->stage != STAGE_SEND && j->stage != STAGE_MARK) {
        fail(j, j->why);
        return;
    }
    j->stage = STAGE_CLEAR;
    buf_reset(&j->command);
    if (j->profile->clear == PROFILE_CLEAR_DC4)
        escpos_clear_buffers(&j->command);
    else
        escpos_recover_cleared(&j->command);
    write_command(j);
}

/* --- what happens --- */

void job_start(struct job *j, const struct printer_status *now)
{
    j->status = *now;
    check(j);
}

static void written_zeros(struct job *j)
{
    if (--j->zeros > 0) {
        j->writing = WRITING_ZEROS;
        j->at = 0;
        write_on(j);
    } else if (j->stage == STAGE_CHECK) {
        check(j);
    } else {
        sync_ask(j);
    }
}

/* All of a write is out. */
static void written_all(struct job *j, enum writing what)
{
    j->asking = false;
    if (what == WRITING_ZEROS)
        written_zeros(j);
    else if (j->stage == STAGE_CLEAR)
        fail(j, j->why);
    else if (j->stage == STAGE_CUT_OFF)
        send(j);
    else if (j->stage == STAGE_SEND && what == WRITING_SCRIPT)
        send_next(j);
}

static void resume(struct job *j, enum writing what)
{
    if (what == WRITING_COMMAND && j->at == 0 && j->stage == STAGE_MARK) {
        j->io->forget(j->ctx); /* a question nobody took: let it be, but wait on for the marker */
        j->ask_again |= j->asking;
        if (j->script->marker == PROFILE_MARKER_PAPER && !j->asking)
            j->io->expect(j->ctx, 0);
        j->asking = false;
        return;
    }
    j->writing = what;
    j->io->port_status(j->ctx);
    write_on(j);
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
    if (what == WRITING_SCRIPT) {
        j->sent = j->at;
        report(j);
    }
    if (j->at == j->end) {
        written_all(j, what);
    } else if (j->stage == STAGE_CLEAR) {
        j->io->soft_reset(j->ctx);
        fail(j, j->why);
    } else if (again) {
        resume(j, what);
    } else {
        if (what == WRITING_SCRIPT && j->end > j->script->first_print)
            j->maybe = true;
        fail(j, rc == -ERR_GONE ? PRINTER_STATE_ABSENT : PRINTER_STATE_FAULT);
    }
}

static void reply_mark(struct job *j, const struct reply *r)
{
    if (r->kind == REPLY_MARKER && !memcmp(r->bytes, j->id, 4)) {
        finish(j, PRINTER_DONE, job_state_of(&j->status));
        return;
    }
    if (r->kind == REPLY_PAPER && j->script->marker == PROFILE_MARKER_PAPER) {
        if (!j->status.paper_out) {
            finish(j, PRINTER_DONE, job_state_of(&j->status));
            return;
        }
        j->ask_again = true;
    }
    look_whether_held(j);
}

void job_reply(struct job *j, const struct reply *r, const struct printer_status *now)
{
    j->status = *now;
    switch (j->stage) {
    case STAGE_CHECK:
        if (r->kind == REPLY_STATUS)
            j->answered |= 1u << r->n;
        if (j->answered == 0x1E)
            checked(j);
        break;
    case STAGE_SYNC:
        if (r->kind == REPLY_PAPER)
            synced(j);
        break;
    case STAGE_SEND: /* the answer may be here before the last write's completion */
    case STAGE_MARK:
        reply_mark(j, r);
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
    look_whether_held(j);
}

static void tick(struct job *j)
{
    int64_t now = clock_mono_ms();

    j->io->timer(j->ctx, TICK_MS);
    if (j->held ? now - j->held_since > HELD_MAX_MS : now > j->deadline) {
        give_up(j);
        return;
    }
    if (j->stage == STAGE_MARK)
        poll_status(j);
    ask_marker_again(j);
}

void job_timer(struct job *j)
{
    switch (j->stage) {
    case STAGE_CHECK:
        check_timeout(j);
        break;
    case STAGE_SYNC:
        sync_timeout(j);
        break;
    case STAGE_CUT_OFF:
        finish(j, PRINTER_NOT_PRINTED, trouble(j));
        break;
    case STAGE_SEND:
    case STAGE_MARK:
        tick(j);
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
    if (j->writing == WRITING_SCRIPT && j->end > j->script->first_print)
        j->maybe = true;
    j->writing = WRITING_NONE;
    fail(j, PRINTER_STATE_ABSENT);
}

void job_stop(struct job *j)
{
    if (j->stage != STAGE_OVER && j->stage != STAGE_CLEAR)
        give_up(j);
}
