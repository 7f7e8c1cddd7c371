/* SPDX-License-Identifier: Apache-2.0
 *
 * The cases of whoever laid the card down: those that wait for him first, as the hall lists them.
 */
#include "base/must.h"
#include "session/card.h"
#include "session/cases.h"
#include "session/internal.h"

static void enter(struct session *s)
{
    must(!s->view.cases.by_number, "the list of a number");
    s->view.cases.one = NULL;
    if (s->view.cases.asking != ASKED_KNOWN)
        cases_ask(s, QUESTION_CASES);
}

static void intent(struct session *s, struct intent i)
{
    const struct my_cases *known = s->view.cases.known;

    if (i.kind == INTENT_BACK) {
        session_go(s, SCREEN_HOME);
    } else if (i.kind == INTENT_RETRY && s->view.cases.asking == ASKED_REFUSED) {
        cases_ask(s, QUESTION_CASES);
    } else if (i.kind == INTENT_CASE_BY_NUMBER) {
        cases_by_number(s, false);
    } else if (i.kind == INTENT_CASE && known && i.a >= 0 && i.a < known->n) {
        cases_show(s, i.a);
        session_go(s, SCREEN_CASE);
    }
}

static void input(struct session *s, const struct input *in)
{
    cases_answer(s, in);
}

const struct state state_CASES = {.enter = enter, .intent = intent, .input = input, .rest = REST_FORM, .can_back = true};
