/* SPDX-License-Identifier: Apache-2.0
 *
 * The queue number, while its paper prints and after.
 */
#include "base/must.h"
#include "session/internal.h"
#include "session/jobs.h"
#include "session/visit.h"

static void intent(struct session *s, struct intent i)
{
    must(s->view.ticket.number[0], "a ticket without a number");
    if (i.kind == INTENT_NO_PAPER) {
        s->view.ticket.kept = true; /* the printer says it is out, so the number counts whatever is said here */
        session_go(s, SCREEN_TROUBLE_TICKET);
    } else if (jobs_printing(s)) {
        return;
    } else if (i.kind == INTENT_TOOK_PAPER || i.kind == INTENT_NOTED) {
        visit_leave(s);
    }
}

const struct state state_TICKET = {.intent = intent, .rest = REST_HOME};
