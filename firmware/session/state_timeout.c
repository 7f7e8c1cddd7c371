/* SPDX-License-Identifier: Apache-2.0
 *
 * Time-out: covers the page, asks, counts down. More time is given as often as it is wanted.
 */
#include "base/must.h"
#include "session/effects.h"
#include "session/internal.h"
#include "session/visit.h"

static void enter(struct session *s)
{
    must(s->view.visit, "somebody is asked who is not there");
    must(s->timed_out, "a question that nobody asks");
    s->view.timeout.seconds = TIMEOUT_SECONDS;
    s->timeout_at = s->view.now_ms + TIMEOUT_SECONDS * 1000;
    effects_timer(s, TIMER_COUNTDOWN, 1000);
}

/* What is shown follows the wall clock, never upwards; the visit ends by TIMER_REST, which no wrong clock moves. */
static void input(struct session *s, const struct input *in)
{
    if (!s->timed_out)
        return;
    int64_t left = (s->timeout_at - in->now_ms + 999) / 1000;
    int next = s->view.timeout.seconds - 1;
    if (left < next)
        next = (int)left;
    s->view.timeout.seconds = next < 1 ? 1 : next;
    effects_timer(s, TIMER_COUNTDOWN, 1000);
}

static void intent(struct session *s, struct intent i)
{
    must(s->timed_out && s->view.visit, "an answer to what was not asked");
    if (i.kind == INTENT_MORE_TIME) {
        s->timed_out = false;
        s->touched = true;
        s->view.done.expired = false;
        effects_timer(s, TIMER_COUNTDOWN, 0);
    } else if (i.kind == INTENT_END_YES || i.kind == INTENT_END) {
        visit_leave(s);
    }
}

const struct state state_TIMEOUT = {.enter = enter, .intent = intent, .input = input};
