/* SPDX-License-Identifier: Apache-2.0
 *
 * An item or a queue of a later version than this software: what it is, that this terminal cannot do it yet, and where it
 * can be done. Nothing was begun.
 */
#include "base/must.h"
#include "session/internal.h"
#include "session/newer.h"

void newer_item(struct session *s)
{
    must(s->guide.item && s->guide.item->newer, "an item that can be done here is said to be newer");
    s->newer_from = s->base;
    s->view.newer = NULL;
    session_go(s, SCREEN_NEWER);
}

void newer_queue(struct session *s, const struct queue *q)
{
    must(q->newer, "a queue of which numbers are given is said to be newer");
    s->newer_from = s->base;
    s->view.newer = q;
    session_go(s, SCREEN_NEWER);
}

static void intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_BACK || i.kind == INTENT_RETRY)
        session_go(s, s->newer_from);
}

const struct state state_NEWER = {.intent = intent, .rest = REST_FORM, .can_back = true};
