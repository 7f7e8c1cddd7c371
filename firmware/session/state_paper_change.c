/* SPDX-License-Identifier: Apache-2.0
 *
 * A new roll, step by step (model/paper_change.h). From when the cover is open the terminal is out of service, and what
 * residents read says so; it is in service again when the roll is in, or when the technician has thought better of it and
 * the cover is shut. Who just goes away leaves it out of service: he may be fetching the roll. What others took out of
 * service, or he himself before, is not put back by a roll.
 */
#include "base/must.h"
#include "base/text.h"
#include "session/effects.h"
#include "session/internal.h"
#include "session/jobs.h"
#include "session/staff.h"

#define USUAL_MS 1800000 /* until then it is thought to be done */

static struct paper_change *change(struct session *s)
{
    must(s->view.staff.in, "a technician who has not said who he is");
    must(s->view.staff.change.role < PRINTER_ROLES, "a roll for no printer");
    return &s->view.staff.change;
}

static void on_record(struct session *s, const char *what)
{
    struct effect_record *r = staff_record(s, RECORD_STAFF, what);

    text_copy(r->header.role, sizeof r->header.role, device_word(change(s)->role));
}

static bool ours(const struct outage *o)
{
    return o->on && o->by_change;
}

static void out_of_service(struct session *s)
{
    if (s->view.out.on || s->staff.pausing.on)
        return;
    s->staff.pausing = (struct outage){.on = true,
                                       .reason = OUTAGE_SUPPLIES,
                                       .since_ms = s->view.now_ms,
                                       .until_ms = s->view.now_ms + USUAL_MS,
                                       .by_change = true};
    struct effect_record *r = staff_record(s, RECORD_AVAILABILITY, OUTAGE_BEGINS);
    text_copy(r->header.role, sizeof r->header.role, outage_word(OUTAGE_SUPPLIES));
    r->header.until = s->staff.pausing.until_ms;
}

static void in_service(struct session *s)
{
    if (!ours(&s->view.out) && !ours(&s->staff.pausing))
        return;
    s->staff.pausing = (struct outage){.on = false};
    staff_record(s, RECORD_AVAILABILITY, OUTAGE_ENDS);
}

static void print_slip(struct session *s)
{
    struct paper_change *c = change(s);

    paper_change_slip(c, s->config.seed, &s->config.place);
    jobs_print_staff(s, c->role, "test", paper_change_compose(c, &s->config.place, s->view.now_ms));
}

/* A step was done, by whatever. */
static void moved(struct session *s)
{
    if (change(s)->step == CHANGE_TRY)
        print_slip(s);
    else if (change(s)->step > CHANGE_OPEN)
        out_of_service(s);
}

static void look(struct session *s)
{
    struct paper_change *c = change(s);

    if (paper_change_senses(c, &s->view.health.senses[c->role], s->view.now_ms))
        moved(s);
}

static void start(struct session *s, enum device_role role)
{
    must(role < PRINTER_ROLES, "a roll for no printer");
    const struct staff_facts *f = &s->view.staff.facts;

    if (s->jobs.of[role].running)
        return;
    s->view.staff.change = (struct paper_change){
        .role = role, .old_papers = f->roll[role].papers, .old_mm = f->roll[role].mm};
    s->staff.pausing = s->view.out;
    s->view.staff.trouble = STAFF_FINE;
    on_record(s, "paper-change");
    effects_roll(s, STAFF_WATCH_ROLL, role);
    look(s);
}

void staff_paper_begin(struct session *s)
{
    const enum printer_health *h = s->view.health.printer;

    s->view.staff.change = (struct paper_change){.role = PRINTER_ROLES}; /* not said yet */
    session_go(s, SCREEN_PAPER_CHANGE);
    if (h[DEVICE_TICKET] == PRINTER_ABSENT && h[DEVICE_RECEIPT] != PRINTER_ABSENT)
        start(s, DEVICE_RECEIPT);
    else if (h[DEVICE_RECEIPT] == PRINTER_ABSENT && h[DEVICE_TICKET] != PRINTER_ABSENT)
        start(s, DEVICE_TICKET);
}

void staff_paper_outcome(struct session *s, enum device_role role, enum print_state print)
{
    if (s->base != SCREEN_PAPER_CHANGE || !s->view.staff.change.running || s->view.staff.change.role != role)
        return;
    paper_change_printed(change(s), print == PRINT_NOT);
    look(s); /* its cover may be open by now */
}

/* --- what the technician says --- */

static void done(struct session *s)
{
    struct paper_change *c = change(s);

    on_record(s, c->uncut ? "paper-new-uncut" : c->by_hand ? "paper-new-by-hand" : "paper-new");
    effects_roll(s, STAFF_NEW_ROLL, c->role);
    in_service(s);
}

static void says(struct session *s, int which)
{
    struct paper_change *c = change(s);

    if (paper_change_says(c, which, s->view.now_ms))
        print_slip(s);
    else if (c->step == CHANGE_DONE)
        done(s);
}

static void over(struct session *s)
{
    struct paper_change *c = change(s);

    if (c->running)
        effects_print_stop(s, c->role);
    if (c->step != CHANGE_DONE) {
        const struct printer_senses *p = &s->view.health.senses[c->role];

        on_record(s, "paper-not-new");
        if (!p->told || !p->open) /* the technician's page says that it is open, and how it is put back */
            in_service(s);
    }
    effects_roll(s, STAFF_ROLL_OVER, c->role);
    session_go(s, SCREEN_TECHNICIAN);
}

/* Whose roll it is was not said yet. */
static void which(struct session *s, struct intent i)
{
    if (i.kind == INTENT_END)
        staff_leave(s);
    else if (i.kind == INTENT_BACK || i.kind == INTENT_CHANGE_OVER)
        session_go(s, SCREEN_TECHNICIAN);
    else if (i.kind == INTENT_CHANGE_SAYS && i.a >= 0 && i.a < (int)PRINTER_ROLES)
        start(s, (enum device_role)i.a);
}

static void intent(struct session *s, struct intent i)
{
    if (s->view.staff.change.role >= PRINTER_ROLES) {
        which(s, i);
        return;
    }
    struct paper_change *c = change(s);

    if (i.kind == INTENT_END) {
        staff_leave(s);
    } else if (i.kind == INTENT_BACK || i.kind == INTENT_CHANGE_OVER) {
        over(s);
    } else if (i.kind == INTENT_CHANGE_STEP && paper_change_by_hand(c, s->view.now_ms)) {
        moved(s);
        look(s);
    } else if (i.kind == INTENT_CHANGE_SAYS && c->ask) {
        says(s, i.a);
    } else if (i.kind == INTENT_CHANGE_AGAIN && c->step == CHANGE_TRY && !c->running && !c->ask) {
        print_slip(s);
    }
}

static void input(struct session *s, const struct input *in)
{
    if (in->kind == INPUT_RECORDED && in->record == RECORD_AVAILABILITY) {
        s->view.out = s->staff.pausing;
        s->view.staff.trouble = STAFF_FINE;
    } else if (in->kind == INPUT_RECORD_FAILED && in->record == RECORD_AVAILABILITY) {
        s->staff.pausing = s->view.out; /* it goes on being served, and the roll is changed all the same */
        s->view.staff.trouble = STAFF_UNRECORDED;
    } else if (in->kind == INPUT_STAFF_FACTS) {
        s->view.staff.facts = *in->facts;
    } else if (in->kind == INPUT_HEALTH && s->view.staff.change.role < PRINTER_ROLES) {
        look(s);
    }
}

const struct state state_PAPER_CHANGE = {.intent = intent, .input = input, .rest = STAFF_REST};
