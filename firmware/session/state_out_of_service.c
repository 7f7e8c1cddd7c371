/* SPDX-License-Identifier: Apache-2.0
 *
 * Nothing can be handed in: said on the night ground, with the reason, until it is otherwise.
 */
#include "session/internal.h"

static void enter(struct session *s)
{
    s->view.out_reason = s->view.health.catalogue ? OUT_STORAGE : OUT_CATALOGUE;
}

static void input(struct session *s, const struct input *in)
{
    if (serviceable(s))
        go(s, SCREEN_IDLE);
    else
        enter(s);
}

const struct state state_OUT_OF_SERVICE = {.enter = enter, .input = input};
