/* SPDX-License-Identifier: Apache-2.0
 *
 * Nobody is served: the whole screen is one target, and what works at this minute is told.
 */
#include "session/internal.h"

static void intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_START)
        visit_begin(s);
}

static void input(struct session *s, const struct input *in)
{
    if (!serviceable(s))
        go(s, SCREEN_OUT_OF_SERVICE);
}

const struct state state_IDLE = {.intent = intent, .input = input};
