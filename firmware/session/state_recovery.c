/* SPDX-License-Identifier: Apache-2.0
 *
 * After a restart in the middle of a visit: how the case stands, until a tap, a card, or a minute later. Only then the visit
 * has its end.
 */
#include <string.h>

#include "base/must.h"
#include "base/text.h"
#include "session/effects.h"
#include "session/internal.h"
#include "session/recovery.h"
#include "session/visit.h"

static void show(struct session *s, const struct input *in)
{
    must(!s->view.visit, "a visit is recovered within a visit");
    s->view.recovery.handed_in = in->recovered.handed_in;
    s->view.recovery.supplement = in->recovered.supplement;
    s->view.recovery.paper = in->recovered.paper;
    s->view.recovery.spoken = in->recovered.spoken;
    s->view.recovery.print = in->recovered.print;
    text_copy(s->view.recovery.ticket, sizeof s->view.recovery.ticket, in->recovered.ticket);
    if (in->recovered.ticket[0])
        ticket_qr_text(in->recovered.ticket, in->recovered.queue, in->recovered.day, s->config.place.terminal,
                       s->view.recovery.ticket_qr);
    if (in->recovered.handed_in || in->recovered.paper) {
        text_copy(s->view.recovery.number, sizeof s->view.recovery.number, in->recovered.number);
        s->view.recovery.parts = in->recovered.parts;
        receipt_qr_text(s->view.recovery.number, s->config.place.terminal, s->view.recovery.qr);
    }
    session_go(s, SCREEN_RECOVERY);
}

void recovery_over(struct session *s, bool open)
{
    if (open)
        effects_record(s, RECORD_VISIT_END, "cut")->visit_scoped = true;
}

/* The end is written when the page was seen or its time is over: cut off once more, it comes again. */
bool recovery_begin(struct session *s, const struct input *in)
{
    bool shown = in->recovered.open && !in->recovered.old;

    if (shown)
        show(s, in);
    else
        recovery_over(s, in->recovered.open);
    return shown;
}

static void enter(struct session *s)
{
    effects_timer(s, TIMER_PAGE, RECOVERY_SHOWN);
    effects_poll(s, true);
}

static void dismiss(struct session *s)
{
    must(s->base == SCREEN_RECOVERY, "an end for a visit that has one");
    recovery_over(s, true);
    memset(&s->view.recovery, 0, sizeof s->view.recovery);
    effects_poll(s, false);
    visit_rest(s);
}

static void input(struct session *s, const struct input *in)
{
    if (in->kind == INPUT_CARD_SEEN || in->kind == INPUT_CARD_READ || in->kind == INPUT_TIMER)
        dismiss(s);
}

static void intent(struct session *s, struct intent i)
{
    dismiss(s);
}

const struct state state_RECOVERY = {.enter = enter, .intent = intent, .input = input};
