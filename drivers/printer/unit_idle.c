/* SPDX-License-Identifier: Apache-2.0
 *
 * Between jobs: does what idle.h says. The probe is a process-ID with GS r 1 behind it, and ESC @, which empties the line
 * that a printer may have made of a command it does not know; what it is, is four questions with a GS r 1 behind each, which
 * ends the waiting for those that do not know.
 */
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/must.h"
#include "base/text.h"
#include "drivers/printer/escpos_wire.h"
#include "drivers/printer/unit_parts.h"

#define WRITE_MS 1500
#define ZEROS 2048      /* each time: within a minute more than the largest image we send */
#define PROBE_ID "?id?" /* no job's: those are made of a hash, and another is never confirmed by it */

bool unit_shows_ticket(const struct unit *u)
{
    return u->profile.presenter.family != PROFILE_PRESENTER_NONE || u->profile.status & PROFILE_UNTORN_BIT;
}

enum profile_marker unit_marker(const struct unit *u)
{
    const struct profile *p = &u->profile;
    must(p->n_confirm > 0, "a printer that confirms nothing");

    for (int i = 0; i < p->n_confirm; i++)
        if ((int)p->confirm[i] == u->known->confirm)
            return p->confirm[i];
    return p->confirm[p->n_confirm - 1];
}

static struct idle_input now(const struct unit *u, enum idle_event event)
{
    return (struct idle_input){.event = event,
                               .all_answered = !u->parser.n_asked,
                               .job_waits = u->waiting,
                               .free = !u->job && !link_writing(u->link),
                               .may_print = !u->gone && u->status.known && job_may_print(job_state_of(&u->status)),
                               .to_probe = u->profile.n_confirm > 1 && u->known->confirm < 0,
                               .to_name = u->profile.names_itself && !u->known->nameless,
                               .to_rule = unit_to_rule(u),
                               .watched = presenter_watched(&u->presenter) || (u->watched && !u->idle.silent),
                               .automatic = u->profile.automatic_status,
                               .answer_ms = u->profile.answer_ms};
}

/* --- asking --- */

static void send(struct unit *u, struct buf *b)
{
    if (!link_writing(u->link))
        link_write(u->link, b->data, b->len, WRITE_MS);
    buf_finish(b);
}

/* Which of its status it is asked: DLE EOT 20 tells of the presenter, and four may be outstanding. */
static void ask_status(struct unit *u, struct buf *b)
{
    bool full = u->profile.presenter.family != PROFILE_PRESENTER_NONE, watched = presenter_watched(&u->presenter);

    if (full && reply_asked_status(&u->parser, REPLY_FULL_N))
        escpos_ask_status(b, REPLY_FULL_N);
    for (int n = full ? 2 : 1; n <= 4 && !(full && watched); n++)
        if (reply_asked_status(&u->parser, n))
            escpos_ask_status(b, n);
}

static void ask(struct unit *u, unsigned what)
{
    static const uint8_t zeros[ZEROS];
    struct buf b;

    buf_init(&b, ZEROS + 64);
    reply_forget(&u->parser);
    if (what & IDLE_ASK_ZEROS) {
        buf_add(&b, zeros, sizeof zeros);
        escpos_init(&b);
    }
    if (what & IDLE_ASK_AUTOMATIC)
        escpos_automatic_status(&b);
    if (what & IDLE_ASK_STATUS)
        ask_status(u, &b);
    if (what & IDLE_ASK_PAPER) {
        reply_asked_paper(&u->parser);
        escpos_marker_paper(&b);
    }
    send(u, &b);
}

static void probe(struct unit *u)
{
    must(!u->job, "a printer is probed in the middle of a job");
    struct buf b;

    buf_init(&b, 64);
    reply_forget(&u->parser);
    escpos_marker_process_id(&b, PROBE_ID);
    reply_asked_paper(&u->parser);
    escpos_marker_paper(&b);
    escpos_init(&b);
    send(u, &b);
}

static void probe_told(struct unit *u, enum profile_marker confirm)
{
    u->known->confirm = (int)confirm;
    log_info("printer", "%s confirms papers by %s", u->known->device,
             confirm == PROFILE_MARKER_PROCESS_ID ? "GS ( H" : "GS r");
    known_save(u->memory);
}

static void ask_name(struct unit *u)
{
    must(!u->job, "a printer is asked its name in the middle of a job");
    struct buf b;

    buf_init(&b, 64);
    reply_forget(&u->parser);
    for (int n = REPLY_ID_FIRST; n < REPLY_ID_FIRST + REPLY_IDS; n++) {
        reply_asked_id(&u->parser, n);
        escpos_ask_id(&b, n);
        reply_asked_paper(&u->parser);
        escpos_marker_paper(&b);
    }
    send(u, &b);
}

static void name_over(struct unit *u)
{
    u->known->nameless = !*u->ids[0] && !*u->ids[1] && !*u->ids[2] && !*u->ids[3];
    if (!u->known->nameless)
        log_info("printer", "%s says it is %s %s, firmware %s, serial number %s", u->known->device, u->ids[1], u->ids[2],
                 u->ids[0], u->ids[3]);
}

/* --- what a step says --- */

static void fell_silent(struct unit *u, bool just_now)
{
    link_listen_anew(u->link);
    if (just_now)
        log_warn("printer", "%s does not answer", u->profile.name);
}

static void perform(struct unit *u, const struct idle_action *a)
{
    must(a->ms >= 0, "a wait that is over before it began");
    must(a->what == IDLE_NOTHING || a->what == IDLE_BEGIN_JOB || !u->job || u->waiting,
         "a printer is asked in the middle of a job");
    if (a->silence)
        fell_silent(u, a->fell);
    if (a->probe_told)
        probe_told(u, a->confirm);
    if (a->name_over)
        name_over(u);
    if (a->ms)
        loop_timer_start(u->idle_timer, a->ms);
    switch (a->what) {
    case IDLE_NOTHING:
    case IDLE_WAIT:
        break;
    case IDLE_ASK:
        ask(u, a->ask);
        break;
    case IDLE_PROBE:
        probe(u);
        break;
    case IDLE_NAME:
        ask_name(u);
        break;
    case IDLE_RULE:
        unit_rule(u);
        break;
    case IDLE_BEGIN_JOB:
        unit_begin_job(u);
        break;
    }
}

static void step(struct unit *u, const struct idle_input *in)
{
    struct idle_action a = idle_step(&u->idle, in);

    perform(u, &a);
}

void unit_idle_begin(struct unit *u)
{
    struct idle_input in = now(u, IDLE_BEGINS);

    step(u, &in);
}

void unit_idle_rest(struct unit *u)
{
    struct idle_input in = now(u, IDLE_GOES_ON);

    step(u, &in);
}

/* --- what it says --- */

static void ticket(struct unit *u)
{
    enum presenter_word word = presenter_step(&u->presenter, u->status.at_output, clock_mono_ms());
    char job[5];
    struct buf b;

    memcpy(job, u->presenter.job, sizeof job);
    if (word == PRESENTER_OUT)
        u->events->ticket(u->ctx, u, job, PRINTER_TICKET_OUT);
    if (word == PRESENTER_TAKEN)
        u->events->ticket(u->ctx, u, job, PRINTER_TICKET_TAKEN);
    if (word == PRESENTER_RETRACTED) {
        u->known->retracted++;
        known_save(u->memory);
        u->events->ticket(u->ctx, u, job, PRINTER_TICKET_RETRACTED);
    }
    if (word == PRESENTER_DRAW_BACK) {
        buf_init(&b, 64);
        escpos_retract(&b);
        send(u, &b);
    }
}

void unit_idle_replied(struct unit *u, const struct reply *r)
{
    struct idle_input in;
    bool reports_now;

    idle_heard(&u->idle, r->kind, &reports_now);
    if (reports_now && u->idle.state == IDLE_REST && !u->job)
        unit_idle_rest(u);
    if (u->status.known && roll_seen(&u->known->roll, u->status.paper_low && !u->status.paper_out))
        known_save(u->memory);
    unit_report(u);
    if (u->job && !u->waiting)
        return;
    if (unit_shows_ticket(u) && (r->kind == REPLY_FULL || (r->kind == REPLY_STATUS && r->bytes[1])))
        ticket(u);
    if (u->idle.state == IDLE_NAMING && r->kind == REPLY_ID)
        text_copy(u->ids[r->n - REPLY_ID_FIRST], sizeof u->ids[0], r->text);
    in = now(u, IDLE_REPLIED);
    in.kind = r->kind;
    in.probes_marker = r->kind == REPLY_MARKER && !memcmp(r->bytes, PROBE_ID, 4);
    step(u, &in);
}

void unit_idle_timer(void *ctx)
{
    struct unit *u = ctx;
    struct idle_input in = now(u, IDLE_TIME);

    if ((u->job && !u->waiting) || u->gone)
        return;
    step(u, &in);
    unit_report(u);
}
