/* SPDX-License-Identifier: Apache-2.0
 *
 * The ticket has no paper: the resident keeps the number on the screen, gives it back, or prints once there is paper.
 */
#include <string.h>

#include "base/text.h"
#include "session/internal.h"

static void stop_printing(struct session *s)
{
    struct job *j = &s->jobs[DEVICE_TICKET];
    if (printing(s) && !j->stopped)
        fx_print_stop(s, DEVICE_TICKET);
}

void ticket_void(struct session *s)
{
    struct effect_record *r = fx_record(s, RECORD_TICKET_VOID, "not-printed");
    text_copy(r->number, sizeof r->number, s->view.ticket.number);
    text_copy(r->queue, sizeof r->queue, s->view.ticket.queue.id);
    text_copy(r->day, sizeof r->day, s->day);
    memset(&s->view.ticket, 0, sizeof s->view.ticket);
}

static void give_back(struct session *s)
{
    stop_printing(s);
    ticket_void(s);
    s->finished = false;
    go(s, SCREEN_HOME);
}

static void intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_KEEP_NUMBER) {
        stop_printing(s);
        s->view.ticket.kept = true;
    } else if (i.kind == INTENT_VOID_NUMBER) {
        give_back(s);
    } else if (i.kind == INTENT_PRINT) {
        print_again(s, DEVICE_TICKET);
    } else if ((i.kind == INTENT_NOTED || i.kind == INTENT_TOOK_PAPER) && s->view.ticket.kept) {
        visit_leave(s);
    }
}

static void input(struct session *s, const struct input *in)
{
    if (in->kind == INPUT_HEALTH && !s->jobs[DEVICE_TICKET].running)
        s->view.ticket.why = s->view.health.printer[DEVICE_TICKET];
}

const struct state state_TROUBLE_TICKET = {.intent = intent, .input = input, .trouble = true};
