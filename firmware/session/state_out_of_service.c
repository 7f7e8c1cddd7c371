/* SPDX-License-Identifier: Apache-2.0
 *
 * Nothing can be handed in, or a technician has said so: told on the night ground, with the reason, until it is otherwise.
 * A staff card opens the PIN page here too, and the guides can be read.
 */
#include "base/must.h"
#include "session/effects.h"
#include "session/internal.h"
#include "session/out_of_service.h"
#include "session/staff.h"
#include "session/update.h"
#include "session/visit.h"

void out_of_service_tell(struct session *s)
{
    const struct health *h = &s->view.health;

    s->view.out_reason = h->journal != JOURNAL_WHOLE ? OUT_JOURNAL
                         : !h->storage               ? OUT_STORAGE
                         : s->cut_told               ? OUT_CATALOGUE_CUT
                         : !h->catalogue             ? OUT_CATALOGUE
                                                     : OUT_STAFF;
}

static void enter(struct session *s)
{
    must(!s->view.visit, "out of service in the middle of a visit");
    s->cut_told = false;
    out_of_service_tell(s);
    effects_poll(s, true);
}

static void input(struct session *s, const struct input *in)
{
    s->cut_told &= in->kind != INPUT_TIMER;
    if (update_begins(s, in))
        return;
    if (in->kind == INPUT_STAFF_CARD)
        staff_card(s, in);
    else if (visit_serviceable(s))
        session_go(s, SCREEN_IDLE);
    else
        out_of_service_tell(s);
}

static void intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_GUIDES && s->view.health.catalogue)
        visit_begin_reading(s);
}

const struct state state_OUT_OF_SERVICE = {.enter = enter, .intent = intent, .input = input};
