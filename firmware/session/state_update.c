/* SPDX-License-Identifier: Apache-2.0
 *
 * The system is updated: nobody is served until it is over, which is usually a restart. Cards and touches do nothing.
 */
#include "session/internal.h"

bool update_begins(struct session *s, const struct input *in)
{
    if (in->kind != INPUT_UPDATE || !in->update.on)
        return false;
    s->view.update = in->update;
    go(s, SCREEN_UPDATE);
    return true;
}

static void input(struct session *s, const struct input *in)
{
    if (in->kind != INPUT_UPDATE)
        return;
    s->view.update = in->update;
    if (!in->update.on)
        go(s, serviceable(s) ? SCREEN_IDLE : SCREEN_OUT_OF_SERVICE);
}

const struct state state_UPDATE = {.input = input};
