/* SPDX-License-Identifier: Apache-2.0
 *
 * The ticket has no paper: the resident keeps the number on the screen, gives it back, or prints once there is paper.
 */
#include "base/must.h"
#include "session/effects.h"
#include "session/internal.h"
#include "session/jobs.h"
#include "session/queues.h"
#include "session/visit.h"

static void stop_printing(struct session *s)
{
    struct job *j = &s->jobs.of[DEVICE_TICKET];
    if (jobs_printing(s) && !j->stopped)
        effects_print_stop(s, DEVICE_TICKET);
}

static void give_back(struct session *s)
{
    must(s->view.ticket.number[0], "a number is given back that nobody has");
    stop_printing(s);
    queues_void(s);
    s->finished = false;
    session_go(s, SCREEN_HOME);
}

static void intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_KEEP_NUMBER) {
        stop_printing(s);
        s->view.ticket.kept = true;
    } else if (i.kind == INTENT_VOID_NUMBER) {
        give_back(s);
    } else if (i.kind == INTENT_PRINT) {
        jobs_print_again(s, DEVICE_TICKET);
    } else if ((i.kind == INTENT_NOTED || i.kind == INTENT_TOOK_PAPER) && s->view.ticket.kept) {
        visit_leave(s);
    }
}

static void input(struct session *s, const struct input *in)
{
    if (in->kind == INPUT_HEALTH && !s->jobs.of[DEVICE_TICKET].running)
        s->view.ticket.why = s->view.health.printer[DEVICE_TICKET];
}

const struct state state_TROUBLE_TICKET = {.intent = intent, .input = input, .trouble = true};
