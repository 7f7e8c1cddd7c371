/* SPDX-License-Identifier: Apache-2.0
 *
 * Idle, the printer reports changes by itself where it can (GS a); only where it cannot is it asked by time, and now and
 * then whether it still does. What arrives unasked after opening is an old answer: it is read away before anything is asked.
 * Once for each device it is asked which confirmation it knows: a process-ID with GS r 1 behind it, and ESC @, which empties
 * the line that a printer may have made of a command it does not know. Once for each opening it is asked what it is, each
 * question with a GS r 1 behind it that ends the waiting for those that do not know.
 */
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "drivers/printer/escpos_wire.h"
#include "drivers/printer/unit_parts.h"

#define DRAIN_MS 100 /* quiet for so long: nothing stale is left */
#define WRITE_MS 1500
#define ASK_EVERY_MS 5000
#define ZEROS 2048            /* each time: within a minute more than the largest image we send */
#define WATCH_EVERY_MS 120000 /* one that reports by itself */
#define TICKET_EVERY_MS 500   /* while a ticket stands at the output */
#define PROBE_MS 1000         /* longer than an answer takes: four questions and more */
#define PROBE_ID "?id?"       /* no job's: those are made of a hash, and another is never confirmed by it */

bool unit_shows_ticket(const struct unit *u)
{
    return u->profile.presenter.family != PROFILE_PRESENTER_NONE || u->profile.status & PROFILE_UNTORN_BIT;
}

enum profile_marker unit_marker(const struct unit *u)
{
    const struct profile *p = &u->profile;

    for (int i = 0; i < p->n_confirm; i++)
        if ((int)p->confirm[i] == u->known->confirm)
            return p->confirm[i];
    return p->confirm[p->n_confirm - 1];
}

/* --- asking --- */

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

static void send(struct unit *u, struct buf *b)
{
    if (!link_writing(u->link))
        link_write(u->link, b->data, b->len, WRITE_MS);
    buf_finish(b);
}

/* A silent printer may stand inside an image that was cut off, and take all that is asked for more of it. No job will come
 * to bring it back: nothing is printed on a printer that is silent. */
static void fill_up(struct unit *u, struct buf *b)
{
    static const uint8_t zeros[ZEROS];

    buf_add(b, zeros, sizeof zeros);
    escpos_init(b);
    u->automatic_seen = false; /* ESC @ has ended it */
}

static void ask(struct unit *u)
{
    struct buf b;

    buf_init(&b, ZEROS + 64);
    reply_forget(&u->parser);
    if (u->silent)
        fill_up(u, &b);
    if (u->profile.automatic_status && !u->automatic_seen)
        escpos_automatic_status(&b);
    if (!u->no_real_time || u->silent)
        ask_status(u, &b);
    if (u->silent || u->stuck || u->no_real_time) {
        reply_asked_paper(&u->parser);
        escpos_marker_paper(&b);
    }
    u->answered = u->told_status = u->told_paper = false;
    u->idle = IDLE_ASKED;
    loop_timer_start(u->idle_timer, u->profile.answer_ms);
    send(u, &b);
}

void unit_idle_begin(struct unit *u)
{
    u->idle = IDLE_DRAIN;
    loop_timer_start(u->idle_timer, DRAIN_MS);
}

/* Rests until the printer speaks by itself, or until it is time to ask. */
void unit_idle_rest(struct unit *u)
{
    u->idle = IDLE_REST;
    loop_timer_start(u->idle_timer, presenter_watched(&u->presenter)  ? TICKET_EVERY_MS
                                    : u->automatic_seen && !u->silent ? WATCH_EVERY_MS
                                                                      : ASK_EVERY_MS);
}

/* --- probing --- */

static bool to_probe(const struct unit *u)
{
    return u->profile.n_confirm > 1 && u->known->confirm < 0 && !u->probed && !u->job && !link_writing(u->link) &&
           job_may_print(unit_state(u));
}

static void probe(struct unit *u)
{
    struct buf b;

    buf_init(&b, 64);
    reply_forget(&u->parser);
    escpos_marker_process_id(&b, PROBE_ID);
    reply_asked_paper(&u->parser);
    escpos_marker_paper(&b);
    escpos_init(&b);
    u->probed = true;
    u->saw_marker = false;
    u->idle = IDLE_PROBING;
    loop_timer_start(u->idle_timer, u->profile.answer_ms + PROBE_MS);
    send(u, &b);
}

static void probe_over(struct unit *u, bool in_step)
{
    if (u->saw_marker || in_step) {
        u->known->confirm = u->saw_marker ? PROFILE_MARKER_PROCESS_ID : PROFILE_MARKER_PAPER;
        log_info("printer", "%s confirms papers by %s", u->known->device, u->saw_marker ? "GS ( H" : "GS r");
        known_save(u->memory);
        u->doubtful = false; /* it has taken commands as commands */
    }
    u->automatic_seen = false; /* ESC @ has ended it */
    if (u->waiting)
        unit_begin_job(u);
    else
        ask(u);
}

/* --- what it is --- */

static bool to_name(const struct unit *u)
{
    return u->profile.names_itself && !u->named && !u->known->nameless && !u->job && !u->silent && !link_writing(u->link) &&
           job_may_print(unit_state(u));
}

static void ask_name(struct unit *u)
{
    struct buf b;

    buf_init(&b, 64);
    reply_forget(&u->parser);
    for (int n = REPLY_ID_FIRST; n < REPLY_ID_FIRST + REPLY_IDS; n++) {
        reply_asked_id(&u->parser, n);
        escpos_ask_id(&b, n);
        reply_asked_paper(&u->parser);
        escpos_marker_paper(&b);
    }
    u->named = true;
    u->idle = IDLE_NAMING;
    loop_timer_start(u->idle_timer, u->profile.answer_ms + PROBE_MS);
    send(u, &b);
}

static void name_over(struct unit *u)
{
    u->known->nameless = !*u->ids[0] && !*u->ids[1] && !*u->ids[2] && !*u->ids[3];
    if (!u->known->nameless)
        log_info("printer", "%s says it is %s %s, firmware %s, serial number %s", u->known->device, u->ids[1], u->ids[2],
                 u->ids[0], u->ids[3]);
    if (u->waiting)
        unit_begin_job(u);
    else
        unit_idle_rest(u);
}

/* --- what it says --- */

/* All that was asked is answered, or no more is waited for. */
static void asked_over(struct unit *u)
{
    if (u->told_status || u->told_paper)
        u->no_real_time = !u->told_status;
    if (u->waiting)
        unit_begin_job(u);
    else if (to_probe(u))
        probe(u);
    else if (to_name(u))
        ask_name(u);
    else if (unit_to_rule(u))
        unit_rule(u);
    else
        unit_idle_rest(u);
}

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
    u->answered = true;
    u->silent = false;
    u->told_status |= r->kind == REPLY_STATUS || r->kind == REPLY_FULL;
    u->told_paper |= r->kind == REPLY_PAPER;
    if (r->kind == REPLY_AUTO && !u->automatic_seen) {
        u->automatic_seen = true;
        if (u->idle == IDLE_REST && !u->job)
            unit_idle_rest(u);
    }
    if (r->kind == REPLY_PAPER)
        u->stuck = false;
    if (u->status.known && roll_seen(&u->known->roll, u->status.paper_low && !u->status.paper_out))
        known_save(u->memory);
    unit_report(u);
    if (u->job && !u->waiting)
        return;
    if (unit_shows_ticket(u) && (r->kind == REPLY_FULL || (r->kind == REPLY_STATUS && r->bytes[1])))
        ticket(u);
    if (u->idle == IDLE_PROBING) {
        u->saw_marker |= r->kind == REPLY_MARKER && !memcmp(r->bytes, PROBE_ID, 4);
        if (r->kind == REPLY_PAPER)
            probe_over(u, true);
    } else if (u->idle == IDLE_NAMING) {
        if (r->kind == REPLY_ID)
            text_copy(u->ids[r->n - REPLY_ID_FIRST], sizeof u->ids[0], r->text);
        if (!u->parser.n_asked)
            name_over(u);
    } else if (u->idle == IDLE_ASKED && !u->parser.n_asked) {
        asked_over(u);
    } else if (u->idle == IDLE_REST && to_probe(u)) {
        probe(u); /* it has paper now */
    } else if (u->idle == IDLE_REST && to_name(u)) {
        ask_name(u);
    } else if (u->idle == IDLE_REST && unit_to_rule(u)) {
        unit_rule(u);
    }
}

void unit_idle_timer(void *ctx)
{
    struct unit *u = ctx;

    if ((u->job && !u->waiting) || u->gone)
        return;
    if (u->idle == IDLE_PROBING) {
        probe_over(u, false);
        return;
    }
    if (u->idle == IDLE_NAMING) {
        name_over(u); /* silence is no fault */
        return;
    }
    if (u->idle != IDLE_ASKED) {
        if (!presenter_watched(&u->presenter))
            u->automatic_seen = false; /* does it still? */
        ask(u);
        return;
    }
    if (!u->answered) {
        link_listen_anew(u->link);
        if (!u->silent)
            log_warn("printer", "%s does not answer", u->profile.name);
        u->silent = u->doubtful = true;
    }
    asked_over(u);
    unit_report(u);
}
