/* SPDX-License-Identifier: Apache-2.0
 *
 * The technician's page of the way to the hall: it is tested as the page opens, and again at each press.
 */
#include "base/must.h"
#include "session/effects.h"
#include "session/internal.h"
#include "session/staff.h"

static void test(struct session *s)
{
    staff_record(s, RECORD_STAFF, "network");
    effects_staff(s, STAFF_LINE_TEST);
}

static void enter(struct session *s)
{
    must(s->view.staff.in && !s->view.visit, "a technician who has not said who he is");
    test(s);
}

static void intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_END)
        staff_leave(s);
    else if (i.kind == INTENT_BACK)
        session_go(s, SCREEN_TECHNICIAN);
    else if (i.kind == INTENT_STAFF_LINE_TEST && s->view.staff.facts.uplink.state != UPLINK_TESTING)
        test(s);
}

static void input(struct session *s, const struct input *in)
{
    if (in->kind == INPUT_STAFF_FACTS)
        s->view.staff.facts = *in->facts;
}

const struct state state_NETWORK = {.enter = enter, .intent = intent, .input = input, .rest = STAFF_REST};
