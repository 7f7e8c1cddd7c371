/* SPDX-License-Identifier: Apache-2.0
 *
 * Nobody is served: the whole screen is one target, and what works at this minute is told. A card
 * begins a visit too, unless it is one of the staff.
 */
#include "base/must.h"
#include "session/card.h"
#include "session/effects.h"
#include "session/internal.h"
#include "session/staff.h"
#include "session/update.h"
#include "session/visit.h"

static void intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_START)
        visit_begin(s);
}

/* Whoever lays a card down wants to begin, and the card need not be laid down twice. */
static void begin_with(struct session *s, const struct input *in)
{
    must(in->identity, "a card that was read is none");
    visit_begin(s);
    card_early(s, in);
}

static void input(struct session *s, const struct input *in)
{
    if (update_begins(s, in))
        return;
    if (!visit_serviceable(s))
        session_go(s, SCREEN_OUT_OF_SERVICE);
    else if (in->kind == INPUT_STAFF_CARD)
        staff_card(s, in);
    else if (in->kind == INPUT_CARD_SEEN)
        s->card.offered = true;
    else if (in->kind == INPUT_CARD_READ)
        begin_with(s, in);
}

static void enter(struct session *s)
{
    must(!s->view.visit && !s->view.staff.on, "idle while somebody is there");
    must(!s->view.identity && !s->view.values, "idle with something of a resident");
    s->card.offered = false;
    effects_poll(s, true);
}

const struct state state_IDLE = {.enter = enter, .intent = intent, .input = input};
