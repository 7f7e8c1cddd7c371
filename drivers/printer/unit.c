/* SPDX-License-Identifier: Apache-2.0
 *
 * A job has the printer to itself; between jobs unit_idle.c has it.
 */
#include "drivers/printer/unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/must.h"
#include "base/text.h"
#include "drivers/printer/unit_parts.h"

/* --- how it is --- */

enum printer_health unit_state(const struct unit *u)
{
    if (u->gone)
        return PRINTER_ABSENT;
    if (u->idle.silent || u->idle.stuck)
        return PRINTER_FAULT;
    return u->status.known ? job_state_of(&u->status) : PRINTER_ABSENT;
}

/* what is wrong, in a word for technicians; "": nothing */
static const char *unit_fault(const struct unit *u)
{
    const struct printer_status *s = &u->status;
    bool tells_jams = u->profile.status & PROFILE_JAM_BIT || u->profile.presenter.family != PROFILE_PRESENTER_NONE;

    return u->idle.stuck                                  ? "power-cycle"
           : u->idle.silent                               ? "silent"
           : !s->known                                    ? ""
           : s->cutter                                    ? "cutter"
           : s->unrecoverable                             ? "broken"
           : s->jam                                       ? (tells_jams ? "jam" : "error")
           : s->cover_open || s->paper_out || !s->offline ? ""
                                                          : "offline";
}

static struct printer_senses senses(const struct unit *u)
{
    const struct printer_status *s = &u->status;

    if (u->gone || u->idle.silent || !s->known)
        return (struct printer_senses){.told = false};
    return (struct printer_senses){.told = true, .open = s->cover_open, .out = s->paper_out, .low = s->paper_low};
}

/* Paper that is there again after it had run out is another roll; while the cover is open the sensor tells of none. */
static void look_at_roll(struct unit *u, const struct printer_senses *s)
{
    if (s->told && !s->open && !u->was_open && roll_there(&u->known->roll, !s->out, clock_wall_ms()))
        known_save(u->memory);
    u->was_open = s->told && (s->open || (u->was_open && s->out));
}

void unit_report(struct unit *u)
{
    enum printer_health s = unit_state(u);
    const char *fault = unit_fault(u);
    struct printer_senses now = senses(u);

    look_at_roll(u, &now);
    if (s == u->reported && !strcmp(fault, u->reported_fault) && printer_senses_same(&now, &u->reported_senses))
        return;
    u->reported = s;
    u->reported_fault = fault;
    u->reported_senses = now;
    u->events->state(u->ctx, u);
}

void unit_facts(const struct unit *u, struct printer_facts *ret)
{
    *ret = (struct printer_facts){.fault = unit_fault(u),
                                  .left_mm = roll_left(&u->known->roll, u->roll_mm, u->profile.low_mm),
                                  .senses = senses(u),
                                  .roll = u->known->roll,
                                  .roll_mm = u->roll_mm,
                                  .since = u->known->since,
                                  .fed_m = u->known->fed_m,
                                  .cuts = u->known->cuts,
                                  .printed = u->known->printed,
                                  .unknown = u->known->unknown,
                                  .retracted = u->known->retracted,
                                  .firmware = u->ids[0],
                                  .maker = u->ids[1],
                                  .model = u->ids[2],
                                  .serial = u->ids[3]};
    ret->confirm = u->profile.n_confirm > 1 && u->known->confirm < 0 ? ""
                   : unit_marker(u) == PROFILE_MARKER_PROCESS_ID     ? "process-id"
                                                                     : "paper-status";
    ret->dots = u->profile.dots;
    ret->asks_width = u->profile.asks_width && !u->known->dots;
}

/* --- what a job wants --- */

/* Keeps what a job teaches of this printer. */
static void remember(struct unit *u, enum printer_outcome outcome, enum printer_health why)
{
    must(u->job_mm >= 0, "a paper shorter than nothing");
    struct known_printer *k = u->known;

    if (outcome == PRINTER_NOT_PRINTED)
        return;
    roll_fed(&k->roll, u->job_mm);
    bool metre = known_fed(k, u->job_mm, clock_wall_ms());
    if (u->ruling) {
        k->ruled = true;
        known_save(u->memory);
        return;
    }
    k->printed += outcome == PRINTER_DONE;
    k->unknown += outcome == PRINTER_OUTCOME_UNKNOWN;
    if (outcome == PRINTER_OUTCOME_UNKNOWN && why == PRINTER_FAULT && u->profile.n_confirm > 1) {
        k->confirm = -1; /* it may be another printer by now: it is asked again */
        u->idle.probed = false;
    }
    if (metre || k->roll.low || outcome == PRINTER_OUTCOME_UNKNOWN)
        known_save(u->memory);
}

static void finished(struct unit *u, enum printer_outcome outcome, enum printer_health why)
{
    must(u->job, "an outcome of no job");
    bool ruler = u->ruling;
    char id[5];

    text_copy(id, sizeof id, ruler ? "" : u->job_id);
    /* somebody has told meanwhile how wide it prints: what stood at the right edge is not on the paper */
    if (outcome == PRINTER_DONE && !ruler && u->job_wide > u->profile.dots) {
        outcome = PRINTER_OUTCOME_UNKNOWN;
        why = PRINTER_READY;
    }
    u->idle.doubtful = outcome != PRINTER_DONE;
    u->idle.stuck = job_stuck(u->job);
    u->waiting = false;
    job_destroy(u->job);
    u->job = NULL;
    remember(u, outcome, why);
    u->ruling = false;
    if (outcome != PRINTER_DONE && why == PRINTER_FAULT && !u->idle.answered)
        u->idle.silent = true;
    if (outcome == PRINTER_DONE) {
        if (unit_shows_ticket(u))
            presenter_await(&u->presenter, id, clock_mono_ms());
        unit_idle_rest(u);
    } else {
        u->idle.automatic_seen = false; /* clearing may have ended it */
        unit_idle_begin(u);
    }
    unit_report(u);
    if (ruler)
        unit_ruler_over(u);
    else
        u->events->outcome(u->ctx, u, id, outcome, why);
}

static void expect(struct unit *u, int n)
{
    must(n >= 0 && n <= 4, "a question there is none of");
    if (n)
        reply_asked_status(&u->parser, n);
    else
        reply_asked_paper(&u->parser);
}

static void forget(struct unit *u)
{
    reply_forget(&u->parser);
    link_listen_anew(u->link); /* it should have answered */
}

static void set_timer(struct unit *u, int ms)
{
    if (ms)
        loop_timer_start(u->job_timer, ms);
    else
        loop_timer_stop(u->job_timer);
}

static void perform(struct unit *u, const struct job_action *a)
{
    switch (a->what) {
    case JOB_WRITE:
        link_write(u->link, a->data, a->len, a->ms);
        break;
    case JOB_CANCEL_WRITE:
        link_cancel_write(u->link);
        break;
    case JOB_EXPECT:
        expect(u, a->n);
        break;
    case JOB_FORGET:
        forget(u);
        break;
    case JOB_ASK_PORT:
        link_ask_port(u->link);
        break;
    case JOB_SOFT_RESET:
        link_soft_reset(u->link);
        break;
    case JOB_CLEAR_HALT:
        link_clear_halt(u->link);
        break;
    case JOB_USB_RESET:
        link_reset(u->link);
        break;
    case JOB_SET_TIMER:
        set_timer(u, a->ms);
        break;
    case JOB_PROGRESS:
        if (!u->ruling)
            u->events->progress(u->ctx, u, a->percent, a->held);
        break;
    case JOB_FINISHED:
        finished(u, a->outcome, a->why);
        break;
    }
}

/* Nothing when there is no job. */
static void step(struct unit *u, struct job_input in)
{
    struct job_actions actions;

    if (!u->job)
        return;
    in.now_ms = clock_mono_ms();
    in.room = reply_room(&u->parser);
    job_step(u->job, &in, &actions);
    for (int i = 0; i < actions.n; i++)
        perform(u, &actions.list[i]);
}

static void on_job_timer(void *ctx)
{
    step(ctx, (struct job_input){.event = JOB_TIME});
}

/* --- what the link tells --- */

static void received(void *ctx, uint8_t byte)
{
    struct unit *u = ctx;
    struct reply r = reply_take(&u->parser, byte);
    bool job = u->job && !u->waiting;

    if (!u->identified || u->kind != DEVICE_ID_RECEIPT)
        return;
    if (u->idle.state == IDLE_DRAIN && !job) {
        if (!u->waiting) /* a job does not wait for who never stops talking */
            unit_idle_begin(u);
        return;
    }
    reply_status(&u->status, &r);
    if (r.kind == REPLY_STRAY || r.kind == REPLY_NONE)
        return;
    unit_idle_replied(u, &r);
    if (job)
        step(u, (struct job_input){.event = JOB_REPLIED, .reply = &r, .status = &u->status});
}

static void written(void *ctx, int rc, size_t moved)
{
    struct unit *u = ctx;

    if (u->job && !u->waiting)
        step(u, (struct job_input){.event = JOB_WRITTEN, .rc = rc, .moved = moved});
    else if (rc < 0 && moved)
        u->idle.doubtful = true; /* half a question */
}

static void port_told(void *ctx, uint8_t status)
{
    step(ctx, (struct job_input){.event = JOB_PORT_TOLD, .port = status});
}

static void device_id(void *ctx, const uint8_t *id, size_t len)
{
    struct unit *u = ctx;
    const char *language;

    u->identified = true;
    u->kind = device_id_kind(id, len, &language);
    u->language = language ? language : "";
    if (u->kind == DEVICE_ID_RECEIPT)
        unit_idle_begin(u);
    u->events->identified(u->ctx, u);
}

static void gone(void *ctx)
{
    struct unit *u = ctx;

    u->gone = true;
    step(u, (struct job_input){.event = JOB_GONE});
}

static void unreadable(void *ctx)
{
    struct unit *u = ctx;

    u->idle.silent = true;
    unit_report(u);
}

static const struct link_events link_events = {.device_id = device_id,
                                               .received = received,
                                               .written = written,
                                               .port_status = port_told,
                                               .gone = gone,
                                               .unreadable = unreadable};

/* --- life --- */

static struct reply_habits habits(const struct profile *p)
{
    return (struct reply_habits){.no_fixed_bits = p->status & PROFILE_NO_FIXED_BITS,
                                 .untorn_bit = p->status & PROFILE_UNTORN_BIT,
                                 .in_order = p->status & PROFILE_IN_ORDER,
                                 .automatic = p->automatic_status};
}

int unit_create(struct loop *l, struct usb_device *d, const struct profile *p, bool sure, struct known *known,
                const struct unit_events *events, void *ctx, struct unit **ret, struct err *e)
{
    must(p && known, "a printer without its profile or memory");
    struct unit *u = calloc(1, sizeof *u);
    struct reply_habits h = habits(p);
    int rc;

    must(u, "out of memory");
    *u = (struct unit){.loop = l,
                       .device = d,
                       .profile = *p,
                       .ruler_of = -1,
                       .language = "",
                       .events = events,
                       .ctx = ctx,
                       .memory = known,
                       .idle = {.doubtful = true},
                       .reported = PRINTER_ABSENT,
                       .reported_fault = ""};
    rc = link_open(d, &u->profile, &link_events, u, &u->link, e);
    if (rc < 0) {
        free(u);
        return rc;
    }
    u->known = known_printer(known, usb_info(d));
    if (u->known->dots)
        u->profile.dots = u->known->dots;
    reply_parser_init(&u->parser, &h);
    presenter_init(&u->presenter, p->presenter.family == PROFILE_PRESENTER_NONE ? 0 : p->presenter.retract_s * 1000);
    u->idle_timer = loop_add_timer(l, unit_idle_timer, u);
    u->job_timer = loop_add_timer(l, on_job_timer, u);
    u->identified = sure || p->usb & PROFILE_VENDOR_CLASS; /* requests of the class are its vendor's */
    if (u->identified)
        unit_idle_begin(u);
    else
        link_ask_id(u->link);
    *ret = u;
    return 0;
}

void unit_destroy(struct unit *u)
{
    if (!u)
        return;
    loop_timer_remove(u->idle_timer);
    loop_timer_remove(u->job_timer);
    link_close(u->link);
    job_destroy(u->job);
    script_destroy(u->next);
    free(u);
}

struct usb_device *unit_device(const struct unit *u)
{
    return u->device;
}

const struct profile *unit_profile(const struct unit *u)
{
    return &u->profile;
}

bool unit_identified(const struct unit *u)
{
    return u->identified;
}

enum device_id_kind unit_speaks(const struct unit *u, const char **ret_language)
{
    *ret_language = u->language;
    return u->kind;
}

static bool unit_busy(const struct unit *u)
{
    return u->next || (u->job && !u->ruling);
}

int unit_render(struct unit *u, const struct paper *paper, const char job[5], bool cut_first, struct script **ret,
                struct err *e)
{
    must(u->profile.dots > 0, "a paper of no width");
    struct glyphs *g = NULL;
    struct layout *layout;
    struct err no_font = {0};
    int rc;

    /* the fonts are mapped for one paper and closed again: they are large, and papers are rare */
    if (glyphs_open(&g, &no_font) < 0)
        log_warn("printer", "%s; titles are printed as text", no_font.text);
    rc = layout_create(paper, &u->profile, g, &layout, e);
    glyphs_close(g);
    if (rc < 0)
        return rc;
    rc = script_create(layout, &u->profile, job, unit_marker(u), cut_first, ret, e);
    layout_destroy(layout);
    return rc;
}

/* A ticket that still stands at the output goes back: it may be somebody else's. */
bool unit_make_way(struct unit *u)
{
    char job[5];

    memcpy(job, u->presenter.job, sizeof job);
    if (!presenter_make_way(&u->presenter))
        return false;
    u->known->retracted++;
    u->events->ticket(u->ctx, u, job, PRINTER_TICKET_RETRACTED);
    return true;
}

void unit_begin_job(struct unit *u)
{
    must(u->job, "no job begins");
    u->waiting = false;
    loop_timer_stop(u->idle_timer);
    link_cancel_write(u->link);
    reply_forget(&u->parser);
    idle_leave(&u->idle);
    step(u, (struct job_input){.event = JOB_BEGINS, .status = &u->status});
}

void unit_begin_script(struct unit *u, struct script *script, const char job[5])
{
    must(!u->job, "a printer with two jobs");
    must(script && script->bytes.len > 0, "a job without a paper");
    must(strlen(job) == 4, "a job without a marker");
    memcpy(u->job_id, job, 4);
    u->job_mm = script->dots / u->profile.dots_per_mm;
    u->job_wide = script->wide;
    u->job = job_create(&u->profile, script, job, u->idle.doubtful, !u->idle.no_real_time);
    /* an answer that is still due would pass for one of this job's: to GS r for its marker, to DLE EOT for its check */
    u->waiting = reply_paper_due(&u->parser) || (u->idle.state == IDLE_ASKED && u->parser.n_asked);
    if (!u->waiting)
        unit_begin_job(u);
}

int unit_print(struct unit *u, const struct paper *paper, const char job[5], bool cut_first, struct err *e)
{
    must(paper, "nothing is to be printed");
    must(strlen(job) == 4, "a job without a marker");
    struct script *script;
    int rc;

    if (unit_busy(u))
        return err_set(e, ERR_BUSY, "printer %s is at another job", u->profile.name);
    if (u->gone)
        return err_set(e, ERR_GONE, "printer %s was unplugged", u->profile.name);
    rc = unit_render(u, paper, job, cut_first || unit_make_way(u), &script, e);
    if (rc < 0)
        return err_wrap(e, rc, "render paper");
    if (u->ruling) {
        u->next = script;
        memcpy(u->next_id, job, 4);
    } else {
        unit_begin_script(u, script, job);
    }
    return 0;
}

int unit_new_roll(struct unit *u, struct err *e)
{
    roll_new(&u->known->roll, clock_wall_ms());
    roll_seen(&u->known->roll, u->status.known && u->status.paper_low && !u->status.paper_out);
    return known_save(u->memory) < 0 ? err_set(e, ERR_IO, "%s cannot be written", KNOWN_FILE) : 0;
}

void unit_watch(struct unit *u, bool on)
{
    u->watched = on;
    if (on && !u->job && u->idle.state == IDLE_REST)
        unit_idle_rest(u);
}

void unit_stop(struct unit *u)
{
    u->next_stopped = u->next != NULL;
    step(u, (struct job_input){.event = JOB_STOPPED});
}
