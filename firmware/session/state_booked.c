/* SPDX-License-Identifier: Apache-2.0
 *
 * It is booked: the paper with day, hour, place, number and code prints.
 */
#include "base/must.h"
#include "session/internal.h"
#include "session/jobs.h"
#include "session/visit.h"

static void intent(struct session *s, struct intent i)
{
    must(s->view.booking.booked.number[0], "booked without a number");
    if (jobs_printing(s))
        return;
    if (i.kind == INTENT_TOOK_PAPER || i.kind == INTENT_NOTED)
        visit_leave(s);
    else if (i.kind == INTENT_PRINT && slip_gone(s->view.done.slip))
        jobs_reprint(s, DEVICE_RECEIPT);
    else if (i.kind == INTENT_NO_PAPER && s->view.done.print == PRINT_DONE)
        session_go(s, SCREEN_TROUBLE_UNKNOWN);
}

const struct state state_BOOKED = {.intent = intent, .rest = REST_HOME};
