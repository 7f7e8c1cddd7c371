/* SPDX-License-Identifier: Apache-2.0
 *
 * A paper of a case: what was added is written down, or a receipt or decision is printed; then back to the case.
 */
#include "base/must.h"
#include "session/cases.h"
#include "session/internal.h"
#include "session/jobs.h"

static void intent(struct session *s, struct intent i)
{
    must(s->view.done.number[0], "a paper without a number");
    if (jobs_printing(s))
        return;
    if (i.kind == INTENT_TOOK_PAPER || i.kind == INTENT_NOTED)
        cases_paper_over(s);
    else if (i.kind == INTENT_PRINT && slip_gone(s->view.done.slip))
        jobs_reprint(s, DEVICE_RECEIPT);
    else if (i.kind == INTENT_NO_PAPER && s->view.done.print == PRINT_DONE)
        session_go(s, SCREEN_TROUBLE_UNKNOWN);
}

const struct state state_CASE_PAPER = {.intent = intent, .rest = REST_HOME};
