/* SPDX-License-Identifier: Apache-2.0
 *
 * The printer did not say whether the paper came out: the resident is asked. Only a touch prints again, marked 补打.
 */
#include "base/must.h"
#include "session/internal.h"
#include "session/jobs.h"
#include "session/rating.h"

/* A ticket without paper is still a number: it stands on the screen. */
static void no_paper(struct session *s, enum device_role role)
{
    must(s->view.ticket.number[0] || s->view.done.number[0], "no paper of nothing");
    s->view.ticket.kept = role == DEVICE_TICKET;
    session_go(s, role == DEVICE_TICKET ? SCREEN_TROUBLE_TICKET : SCREEN_TROUBLE_PAPER);
}

static void intent(struct session *s, struct intent i)
{
    enum device_role role = s->view.ticket.number[0] ? DEVICE_TICKET : DEVICE_RECEIPT;
    if (i.kind == INTENT_PRINT)
        jobs_reprint(s, role);
    else if (i.kind == INTENT_NO_PAPER)
        no_paper(s, role);
    else if (i.kind == INTENT_TOOK_PAPER || i.kind == INTENT_NOTED)
        rating_or_leave(s);
}

const struct state state_TROUBLE_UNKNOWN = {.intent = intent, .trouble = true};
