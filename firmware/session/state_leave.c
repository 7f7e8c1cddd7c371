/* SPDX-License-Identifier: Apache-2.0
 *
 * 结束 was touched after something was typed: asked once, in place of the page.
 */
#include "base/must.h"
#include "session/internal.h"
#include "session/visit.h"

static void intent(struct session *s, struct intent i)
{
    must(s->asked_leave, "an answer to what was not asked");
    if (i.kind == INTENT_END_YES)
        visit_leave(s);
    else if (i.kind == INTENT_END_NO || i.kind == INTENT_BACK)
        s->asked_leave = false;
}

const struct state state_LEAVE = {.intent = intent, .rest = REST_HOME, .can_back = true};
