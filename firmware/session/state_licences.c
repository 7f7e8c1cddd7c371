/* SPDX-License-Identifier: Apache-2.0
 *
 * Which of the licences that the item asks for are used electronically: nothing is chosen by silence, and nothing here keeps
 * from the form.
 */
#include "base/must.h"
#include "session/internal.h"
#include "session/pages.h"

static void enter(struct session *s)
{
    enum asking asking = s->view.licences.asking;

    must(s->view.identity == s->identity && s->view.values == s->fields.values, "licences of nobody, or for no form");
    s->view.licences.missing = false;
    if (s->licences.item != s->fields.item || (asking != ASKED_KNOWN && asking != ASKED_REFUSED))
        licences_ask(s);
}

static void next(struct session *s)
{
    s->view.licences.missing = !licences_chosen(s);
    if (!s->view.licences.missing)
        pages_open(s);
}

static void intent(struct session *s, struct intent i)
{
    bool waiting = s->view.licences.asking == ASKED_WAITING;

    if (i.kind == INTENT_BACK || i.kind == INTENT_PREVIOUS) {
        session_go(s, SCREEN_ITEM);
    } else if (i.kind == INTENT_LICENCES_BRING) {
        if (waiting)
            licences_anew(s); /* who comes back asks again */
        licences_bring_all(s);
        pages_open(s);
    } else if (waiting) {
        return;
    } else if (i.kind == INTENT_RETRY && s->view.licences.asking == ASKED_REFUSED) {
        licences_ask(s);
    } else if (i.kind == INTENT_LICENCE) {
        licences_choose(s, i.a, i.b == 1);
    } else if (i.kind == INTENT_NEXT) {
        next(s);
    }
}

static void input(struct session *s, const struct input *in)
{
    licences_answer(s, in);
}

const struct state state_LICENCES = {.enter = enter, .intent = intent, .input = input, .rest = REST_FORM, .can_back = true};
