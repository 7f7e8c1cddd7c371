/* SPDX-License-Identifier: Apache-2.0
 *
 * The application is handed in: number first, then the paper.
 */
#include "base/must.h"
#include "session/internal.h"
#include "session/jobs.h"
#include "session/rating.h"
#include "session/visit.h"

/* One leaves when the paper is out; 结束 in the dock is there for whoever will not wait. */
static void intent(struct session *s, struct intent i)
{
    must(s->view.done.number[0], "success without a number");
    if (i.kind == INTENT_ANOTHER) { /* a new visit: the next errand may be another person's */
        struct settings chosen = s->view.settings;
        visit_end(s, "done");
        visit_again(s);
        if (s->view.visit) /* who reads it stays before the screen */
            s->view.settings = chosen;
    } else if (jobs_printing(s)) {
        return;
    } else if (i.kind == INTENT_TOOK_PAPER || i.kind == INTENT_NOTED) {
        rating_or_leave(s);
    } else if (i.kind == INTENT_PRINT && slip_gone(s->view.done.slip)) {
        jobs_reprint(s, DEVICE_RECEIPT);
    } else if (i.kind == INTENT_NO_PAPER && s->view.done.print == PRINT_DONE) {
        session_go(s, SCREEN_TROUBLE_UNKNOWN);
    }
}

const struct state state_SUCCESS = {.intent = intent, .rest = REST_HOME};
