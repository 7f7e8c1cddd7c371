/* SPDX-License-Identifier: Apache-2.0
 *
 * The system is updated: nobody is served until it is over, which is usually a restart. Cards and touches do nothing.
 */
#include "session/internal.h"
#include "session/update.h"
#include "session/visit.h"

bool update_begins(struct session *s, const struct input *in)
{
    if (in->kind != INPUT_UPDATE || !in->update.on)
        return false;
    session_go(s, SCREEN_UPDATE);
    return true;
}

static void input(struct session *s, const struct input *in)
{
    if (in->kind == INPUT_UPDATE && !in->update.on)
        visit_rest(s);
}

const struct state state_UPDATE = {.input = input};
