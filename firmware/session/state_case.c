/* SPDX-License-Identifier: Apache-2.0
 *
 * One case: what has happened, what is waited for, until when; its papers; and the way to add what is missing. By number it
 * is asked for here, and where the hall does not say, this terminal says what it knows itself.
 */
#include <string.h>

#include "base/must.h"
#include "session/card.h"
#include "session/cases.h"
#include "session/effects.h"
#include "session/entry.h"
#include "session/internal.h"
#include "session/rating.h"

/* Without the telephone's digits, which are asked for while the hall answers, there is nothing to ask it. */
static void ask(struct session *s)
{
    must(s->view.cases.by_number, "one case is asked for without its number");
    if (strlen(s->cases.typed->phone) == CASE_PHONE_DIGITS) {
        cases_ask(s, QUESTION_CASE);
    } else {
        s->view.cases.asking = ASKED_REFUSED;
        s->view.cases.why = ASK_HALL_AWAY;
    }
    effects_case_here(s);
}

static void enter(struct session *s)
{
    entry_close(s);
    s->view.cases.here = (struct case_here){.here = false};
    if (s->view.cases.one)
        effects_case_here(s); /* whether its receipt is still to come */
    else if (s->view.cases.by_number)
        ask(s);
}

static void again(struct session *s)
{
    if (!s->view.cases.by_number || s->view.cases.asking != ASKED_REFUSED)
        return;
    if (s->view.cases.why == ASK_NO_SUCH_CASE)
        cases_by_number(s, false);
    else if (s->view.cases.why == ASK_PHONE_DIFFERS || strlen(s->cases.typed->phone) < CASE_PHONE_DIGITS)
        cases_by_number(s, true);
    else
        ask(s);
}

static void back(struct session *s)
{
    if (s->view.cases.by_number)
        cases_by_number(s, false);
    else
        session_go(s, SCREEN_CASES);
}

/* Who adds something is known by the card alone: a number and four digits are not enough to speak for somebody. */
static void supplement(struct session *s)
{
    if (s->view.cases.by_number)
        card_begin(s, CARD_FOR_CASES);
    else if (cases_supplement_here(&s->view))
        session_go(s, SCREEN_SUPPLEMENT);
}

static void print(struct session *s, int paper)
{
    const struct my_case *c = s->view.cases.one;

    if (paper == DONE_RECEIPT || (paper == DONE_DECISION && c->paper_code[0]))
        cases_print(s, (enum done_paper)paper);
}

static void intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_BACK)
        back(s);
    else if (i.kind == INTENT_RETRY)
        again(s);
    else if (!s->view.cases.one)
        return;
    else if (i.kind == INTENT_SUPPLEMENT)
        supplement(s);
    else if (i.kind == INTENT_CASE_PAPER)
        print(s, i.a);
    else if (i.kind == INTENT_RATE_CASE && rating_case_here(&s->view))
        session_go(s, SCREEN_CASE_RATING);
}

static void input(struct session *s, const struct input *in)
{
    if (cases_answer(s, in)) {
        cases_show(s, 0);
    } else if (in->kind == INPUT_CASE_HERE) {
        s->view.cases.here = in->here;
    } else if (in->kind == INPUT_ITEM && s->cases.item_asked) {
        s->cases.item_asked = false;
        s->cases.item = in->item;
    }
}

const struct state state_CASE = {.enter = enter, .intent = intent, .input = input, .rest = REST_FORM, .can_back = true};
