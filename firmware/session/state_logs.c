/* SPDX-License-Identifier: Apache-2.0
 *
 * The technician's page of the logs: what is in them, what never is, and one press that puts them on a stick.
 */
#include "base/must.h"
#include "session/effects.h"
#include "session/internal.h"
#include "session/staff.h"

static void enter(struct session *s)
{
    must(s->view.staff.in && !s->view.visit, "a technician who has not said who he is");
    effects_staff(s, STAFF_GET_FACTS);
}

static void intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_END) {
        staff_leave(s);
    } else if (i.kind == INTENT_BACK) {
        session_go(s, SCREEN_TECHNICIAN);
    } else if (i.kind == INTENT_STAFF_LOGS_STICK && s->view.staff.facts.logs.state != LOGS_WORKING) {
        staff_record(s, RECORD_STAFF, "logs");
        effects_staff(s, STAFF_LOGS_STICK);
    }
}

static void input(struct session *s, const struct input *in)
{
    if (in->kind == INPUT_STAFF_FACTS)
        s->view.staff.facts = *in->facts;
}

const struct state state_LOGS = {.enter = enter, .intent = intent, .input = input, .rest = STAFF_REST};
