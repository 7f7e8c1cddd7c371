/* SPDX-License-Identifier: Apache-2.0
 *
 * The receipt has not come out, or waits in the printer for paper: the number is safe, and printing can go on or be let be.
 */
#include "session/internal.h"
#include "session/jobs.h"
#include "session/rating.h"

static void intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_PRINT)
        jobs_print_again(s, DEVICE_RECEIPT);
    else if (i.kind == INTENT_NOTED || i.kind == INTENT_TOOK_PAPER)
        rating_or_leave(s);
}

static void input(struct session *s, const struct input *in)
{
    if (in->kind == INPUT_HEALTH && !s->jobs.of[DEVICE_RECEIPT].running)
        s->view.done.why = s->view.health.printer[DEVICE_RECEIPT];
}

const struct state state_TROUBLE_PAPER = {.intent = intent, .input = input, .trouble = true};
