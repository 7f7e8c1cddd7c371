/* SPDX-License-Identifier: Apache-2.0
 *
 * Adding what is missing, in three pages: what it is and where each part of it can be added; the words that are added here;
 * the words once more, and the button that hands them in. 返回 never loses what was typed.
 */
#include "base/must.h"
#include "model/form_type.h"
#include "session/cases.h"
#include "session/entry.h"
#include "session/internal.h"

/* --- what is missing --- */

static void enter(struct session *s)
{
    must(s->view.cases.one, "something is missing of no case");
    entry_close(s);
}

static void intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_BACK || i.kind == INTENT_PREVIOUS)
        session_go(s, SCREEN_CASE);
    else if (i.kind == INTENT_SUPPLEMENT && cases_supplement_here(&s->view))
        session_go(s, SCREEN_SUPPLEMENT_WRITE);
}

/* The item was asked for with the case, and may come while this page is shown. */
static void input(struct session *s, const struct input *in)
{
    if (in->kind == INPUT_ITEM && s->cases.item_asked)
        state_CASE.input(s, in);
}

const struct state state_SUPPLEMENT = {
    .enter = enter, .intent = intent, .input = input, .rest = REST_FORM, .can_back = true};

/* --- the words --- */

static void changed(struct session *s)
{
    s->view.cases.words_missing = false;
    s->fields.typed |= s->cases.typed->words[0] != '\0';
}

static void open_keyboard(struct session *s)
{
    entry_open(s, KEYBOARD_CHINESE,
               &(struct entry_target){s->cases.typed->words, SUPPLEMENT_WORDS_MAX, SUPPLEMENT_CHARACTERS_MAX,
                                      entry_takes_words, changed});
}

static void write_enter(struct session *s)
{
    must(s->view.cases.one, "something is written to no case");
    s->view.cases.words_missing = false;
    open_keyboard(s);
}

static void next(struct session *s)
{
    s->view.cases.words_missing = form_value_empty(s->cases.typed->words);
    if (s->view.cases.words_missing)
        open_keyboard(s);
    else
        session_go(s, SCREEN_SUPPLEMENT_CHECK);
}

static void write_intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_BACK || i.kind == INTENT_PREVIOUS)
        session_go(s, SCREEN_SUPPLEMENT);
    else if (i.kind == INTENT_NEXT)
        next(s);
    else if (i.kind == INTENT_FOCUS)
        open_keyboard(s);
    else if (i.kind == INTENT_WRITTEN)
        entry_close(s);
    else
        entry_intent(s, i);
}

const struct state state_SUPPLEMENT_WRITE = {
    .enter = write_enter, .intent = write_intent, .rest = REST_FORM, .can_back = true};

/* --- once more --- */

static void check_enter(struct session *s)
{
    must(s->cases.typed->words[0], "nothing is handed in");
    entry_close(s);
}

static void check_intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_BACK || i.kind == INTENT_PREVIOUS || i.kind == INTENT_EDIT)
        session_go(s, SCREEN_SUPPLEMENT_WRITE);
    else if (i.kind == INTENT_SUBMIT)
        cases_submit(s);
}

const struct state state_SUPPLEMENT_CHECK = {.enter = check_enter, .intent = check_intent, .rest = REST_FORM};
