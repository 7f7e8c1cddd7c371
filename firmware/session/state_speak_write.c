/* SPDX-License-Identifier: Apache-2.0
 *
 * Saying it, in three pages: the words; whether a name or a telephone goes with them; all of it once more, and the button
 * that hands it in. 返回 never loses what was typed.
 */
#include <string.h>

#include "base/must.h"
#include "model/form_type.h"
#include "session/card.h"
#include "session/entry.h"
#include "session/internal.h"
#include "session/speak.h"

/* --- the words --- */

static void changed(struct session *s)
{
    s->view.speak.words_missing = false;
    s->fields.typed |= s->speak.typed->said.words[0] != '\0';
}

static void open_keyboard(struct session *s)
{
    entry_open(s, KEYBOARD_CHINESE,
               &(struct entry_target){s->speak.typed->said.words, SPEAK_WORDS_MAX, SPEAK_CHARACTERS_MAX, entry_takes_words,
                                      changed});
}

static void write_enter(struct session *s)
{
    s->view.speak.words_missing = false;
    open_keyboard(s);
}

static void next(struct session *s)
{
    s->view.speak.words_missing = form_value_empty(s->speak.typed->said.words);
    if (s->view.speak.words_missing)
        open_keyboard(s);
    else
        session_go(s, SCREEN_SPEAK_WHO);
}

static void write_intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_BACK || i.kind == INTENT_PREVIOUS)
        session_go(s, SCREEN_SPEAK_ABOUT);
    else if (i.kind == INTENT_NEXT)
        next(s);
    else if (i.kind == INTENT_FOCUS)
        open_keyboard(s);
    else if (i.kind == INTENT_WRITTEN)
        entry_close(s);
    else
        entry_intent(s, i);
}

const struct state state_SPEAK_WRITE = {.enter = write_enter, .intent = write_intent, .rest = REST_FORM, .can_back = true};

/* --- with a name or without --- */

static void who_enter(struct session *s)
{
    must(s->speak.typed->said.words[0], "who said nothing");
    entry_close(s);
    s->view.speak.named = false;
}

static void nobody(struct session *s)
{
    memset(s->speak.typed->said.phone, 0, sizeof s->speak.typed->said.phone);
    session_go(s, SCREEN_SPEAK_CHECK);
}

static void who_intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_BACK || i.kind == INTENT_PREVIOUS)
        session_go(s, SCREEN_SPEAK_WRITE);
    else if (i.kind == INTENT_SPEAK_WHO && i.a == SPEAK_WHO_NOBODY)
        nobody(s);
    else if (i.kind == INTENT_SPEAK_WHO && i.a == SPEAK_WHO_PHONE)
        speak_digits(s, SPEAK_DIGITS_PHONE);
    else if (i.kind == INTENT_SPEAK_WHO && i.a == SPEAK_WHO_CARD && speak_card_here(&s->view))
        card_begin(s, CARD_FOR_SPEAK);
}

const struct state state_SPEAK_WHO = {.enter = who_enter, .intent = who_intent, .rest = REST_FORM, .can_back = true};

/* --- once more --- */

static void check_enter(struct session *s)
{
    must(s->speak.typed->said.words[0], "nothing is handed in");
    entry_close(s);
}

static void check_intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_BACK || i.kind == INTENT_PREVIOUS)
        session_go(s, SCREEN_SPEAK_WHO);
    else if (i.kind == INTENT_EDIT)
        session_go(s, SCREEN_SPEAK_WRITE);
    else if (i.kind == INTENT_SUBMIT)
        speak_submit(s);
}

const struct state state_SPEAK_CHECK = {.enter = check_enter, .intent = check_intent, .rest = REST_FORM};
