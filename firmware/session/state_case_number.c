/* SPDX-License-Identifier: Apache-2.0
 *
 * A case without a card: its 19 digits, which are checked as they are typed, then the last four of the telephone that was
 * given with it. With the hall away only what this terminal took in itself can be told, and no telephone is asked for.
 */
#include <string.h>

#include "base/must.h"
#include "session/cases.h"
#include "session/effects.h"
#include "session/entry.h"
#include "session/internal.h"

static bool whole(const struct session *s)
{
    struct case_number n;

    return case_number_parse(s->cases.typed->number, &n);
}

static uint32_t takes(const struct session *s, const char *text, uint32_t cp)
{
    return cp >= '0' && cp <= '9' ? cp : 0;
}

static void changed(struct session *s)
{
    s->view.cases.wrong = strlen(s->cases.typed->number) == CASE_NUMBER_LEN && !whole(s);
}

static void enter(struct session *s)
{
    bool phone = s->view.cases.at_phone;
    struct entry_target number = {s->cases.typed->number, CASE_NUMBER_LEN, CASE_NUMBER_LEN, takes, changed};
    struct entry_target digits = {s->cases.typed->phone, CASE_PHONE_DIGITS, CASE_PHONE_DIGITS, takes, changed};

    must(!phone || whole(s), "a telephone for no number");
    changed(s);
    entry_open(s, KEYBOARD_DIGITS, phone ? &digits : &number);
}

static void next(struct session *s)
{
    if (!s->view.cases.at_phone && !whole(s))
        return;
    if (!s->view.cases.at_phone && s->view.health.hall) {
        cases_by_number(s, true);
    } else if (!s->view.cases.at_phone || strlen(s->cases.typed->phone) == CASE_PHONE_DIGITS) {
        cases_anew(s);
        session_go(s, SCREEN_CASE);
    }
}

static void back(struct session *s)
{
    entry_close(s);
    if (s->view.cases.at_phone)
        cases_by_number(s, false);
    else
        session_go(s, SCREEN_HOME);
}

static void intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_BACK || i.kind == INTENT_PREVIOUS)
        back(s);
    else if (i.kind == INTENT_NEXT || i.kind == INTENT_WRITTEN)
        next(s);
    else
        entry_intent(s, i);
}

const struct state state_CASE_NUMBER = {.enter = enter, .intent = intent, .rest = REST_FORM, .can_back = true};
