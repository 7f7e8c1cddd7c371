/* SPDX-License-Identifier: Apache-2.0
 *
 * The accessibility page lies above any other; what is chosen on it shows at once (settings.c). 好了 takes it away.
 */
#include "base/must.h"
#include "session/internal.h"
#include "session/visit.h"

static void intent(struct session *s, struct intent i)
{
    must(s->settling_in, "a touch on a page that is not open");
    if (i.kind == INTENT_CLOSE || i.kind == INTENT_BACK || i.kind == INTENT_END)
        s->settling_in = false;
    if (i.kind == INTENT_END && s->view.visit)
        visit_leave(s);
}

const struct state state_ACCESSIBILITY = {.intent = intent};
