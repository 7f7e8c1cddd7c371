/* SPDX-License-Identifier: Apache-2.0
 *
 * The technician's page of the two systems, of updates and of certificates. What restarts the machine is asked once. Root's
 * part does it; what came of it stands here, and whoever leaves before its end leaves the page of an update behind.
 */
#include "base/must.h"
#include "session/effects.h"
#include "session/internal.h"
#include "session/staff.h"

static void enter(struct session *s)
{
    must(s->view.staff.in && !s->view.visit, "a technician who has not said who he is");
    s->view.staff.sure = STAFF_SURE_NOT;
    effects_staff(s, STAFF_GET_FACTS);
}

/* The first touch asks, the second does it. */
static void twice(struct session *s, enum staff_sure what, const char *word, enum staff_errand errand)
{
    if (s->view.staff.sure != what) {
        s->view.staff.sure = what;
        return;
    }
    s->view.staff.sure = STAFF_SURE_NOT;
    staff_record(s, RECORD_STAFF, word);
    effects_staff(s, errand);
    effects_staff(s, STAFF_GET_FACTS);
}

static void intent(struct session *s, struct intent i)
{
    const struct system_facts *f = &s->view.staff.facts.system;
    bool may = f->report.running[0] && !f->asked;

    if (i.kind == INTENT_STAFF_STICK && may) {
        twice(s, STAFF_SURE_STICK, "update-stick", STAFF_UPDATE_STICK);
        return;
    }
    if (i.kind == INTENT_STAFF_OTHER && may && system_report_startable(&f->report)) {
        twice(s, STAFF_SURE_OTHER, "update-other", STAFF_UPDATE_OTHER);
        return;
    }
    if (i.kind == INTENT_NONE) /* a finger has come down, and means nothing yet */
        return;
    s->view.staff.sure = STAFF_SURE_NOT;
    if (i.kind == INTENT_END)
        staff_leave(s);
    else if (i.kind == INTENT_BACK)
        session_go(s, SCREEN_TECHNICIAN);
}

static void input(struct session *s, const struct input *in)
{
    if (in->kind == INPUT_STAFF_FACTS)
        s->view.staff.facts = *in->facts;
    if (in->kind == INPUT_HEALTH || in->kind == INPUT_CLOCK || in->kind == INPUT_UPDATE)
        effects_staff(s, STAFF_GET_FACTS);
}

const struct state state_VERSIONS = {.enter = enter, .intent = intent, .input = input, .rest = STAFF_REST};
