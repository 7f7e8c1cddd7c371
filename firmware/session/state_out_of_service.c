/* SPDX-License-Identifier: Apache-2.0
 *
 * Nothing can be handed in, or a technician has said so: told on the night ground, with the reason, until it is otherwise.
 * A staff card opens the PIN page here too.
 */
#include "session/internal.h"

static void tell(struct session *s)
{
    s->view.out_reason = !s->view.health.storage ? OUT_STORAGE : !s->view.health.catalogue ? OUT_CATALOGUE : OUT_STAFF;
}

static void enter(struct session *s)
{
    tell(s);
    fx_poll(s, true);
}

static void input(struct session *s, const struct input *in)
{
    if (in->kind == INPUT_STAFF_CARD)
        staff_card(s, in);
    else if (serviceable(s))
        go(s, SCREEN_IDLE);
    else
        tell(s);
}

const struct state state_OUT_OF_SERVICE = {.enter = enter, .input = input};
