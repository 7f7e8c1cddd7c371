/* SPDX-License-Identifier: Apache-2.0
 *
 * The technician's page: what is to be done, how everything is, and the few things that can be done here. Each is on record
 * with the name of who did it.
 */
#include "base/must.h"
#include "session/effects.h"
#include "session/internal.h"
#include "session/staff.h"

static void enter(struct session *s)
{
    must(s->view.staff.in && !s->view.visit, "a technician who has not said who he is");
    s->view.staff.restart = false;
    effects_staff(s, STAFF_GET_FACTS);
    effects_staff(s, STAFF_LINE_LOOK);
}

static void resume(struct session *s)
{
    if (!s->view.out.on)
        return;
    s->staff.pausing = (struct outage){.on = false};
    staff_record(s, RECORD_AVAILABILITY, OUTAGE_ENDS);
}

/* The first touch asks, the second does it. */
static void restart(struct session *s)
{
    if (s->view.staff.restart) {
        staff_record(s, RECORD_STAFF, "restart");
        effects_staff(s, STAFF_START_ANEW);
    }
    s->view.staff.restart = !s->view.staff.restart;
}

static void intent(struct session *s, struct intent i)
{
    must(s->view.staff.in, "a technician who has not said who he is");
    if (i.kind == INTENT_NONE) /* a finger has come down, and means nothing yet */
        return;
    if (i.kind != INTENT_STAFF_RESTART)
        s->view.staff.restart = false;
    if (i.kind == INTENT_END || i.kind == INTENT_BACK)
        staff_leave(s);
    else if (i.kind == INTENT_STAFF_TESTS)
        session_go(s, SCREEN_DEVICE_TESTS);
    else if (i.kind == INTENT_STAFF_PAPER)
        staff_paper_begin(s);
    else if (i.kind == INTENT_STAFF_VERSIONS)
        session_go(s, SCREEN_VERSIONS);
    else if (i.kind == INTENT_STAFF_LOGS)
        session_go(s, SCREEN_LOGS);
    else if (i.kind == INTENT_STAFF_NETWORK)
        session_go(s, SCREEN_NETWORK);
    else if (i.kind == INTENT_STAFF_PAUSE && !s->view.out.on)
        session_go(s, SCREEN_STAFF_PAUSE);
    else if (i.kind == INTENT_STAFF_RESUME)
        resume(s);
    else if (i.kind == INTENT_STAFF_RESTART)
        restart(s);
    else if (i.kind == INTENT_STAFF_VERIFY && s->view.staff.facts.chain != CHAIN_CHECKING) {
        staff_record(s, RECORD_STAFF, "verify");
        effects_staff(s, STAFF_CHECK_CHAIN);
    } else if (i.kind == INTENT_STAFF_SYNC && s->view.staff.facts.sync) {
        staff_record(s, RECORD_STAFF, "sync");
        effects_staff(s, STAFF_SYNC_NOW);
    }
}

static void input(struct session *s, const struct input *in)
{
    if (in->kind == INPUT_STAFF_FACTS)
        s->view.staff.facts = *in->facts;
    else if (in->kind == INPUT_RECORDED && in->record == RECORD_AVAILABILITY)
        s->view.out = s->staff.pausing;
    if (in->kind == INPUT_HEALTH || in->kind == INPUT_CLOCK || in->kind == INPUT_RECORDED)
        effects_staff(s, STAFF_GET_FACTS);
}

const struct state state_TECHNICIAN = {.enter = enter, .intent = intent, .input = input, .rest = STAFF_REST};
