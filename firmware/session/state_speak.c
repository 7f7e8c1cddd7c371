/* SPDX-License-Identifier: Apache-2.0
 *
 * 投诉建议: which kind of it, what it is about, and what is typed in digits: the number of a case, a telephone, or the code
 * of what was said before. The hot lines stand on the first page whatever else works.
 */
#include <string.h>

#include "base/must.h"
#include "session/card.h"
#include "session/entry.h"
#include "session/internal.h"
#include "session/speak.h"

/* --- which kind --- */

static void intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_BACK)
        session_go(s, SCREEN_HOME);
    else if (i.kind == INTENT_SPEAK_KIND && i.a >= 0 && i.a < SPEAK_KINDS && speak_here(&s->view))
        speak_begin(s, (enum speak_kind)i.a);
    else if (i.kind == INTENT_SPEAK_CODE)
        speak_digits(s, SPEAK_DIGITS_CODE);
}

static void enter(struct session *s)
{
    entry_close(s);
}

const struct state state_SPEAK = {.enter = enter, .intent = intent, .rest = REST_HOME, .can_back = true};

/* --- what it is about --- */

static void about(struct session *s, enum speak_about about)
{
    struct spoken *said = &s->speak.typed->said;

    said->about = about;
    said->item[0] = '\0';
    if (about == SPEAK_ABOUT_ITEM && s->guide.item)
        memcpy(said->item, s->guide.item->task_code, strlen(s->guide.item->task_code) + 1);
    if (about == SPEAK_ABOUT_CASE)
        speak_digits(s, SPEAK_DIGITS_CASE);
    else
        session_go(s, SCREEN_SPEAK_WRITE);
}

static void about_intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_BACK)
        session_go(s, SCREEN_SPEAK);
    else if (i.kind == INTENT_SPEAK_ABOUT && i.a >= 0 && i.a < SPEAK_ABOUTS)
        about(s, (enum speak_about)i.a);
}

const struct state state_SPEAK_ABOUT = {.enter = enter, .intent = about_intent, .rest = REST_FORM, .can_back = true};

/* --- digits --- */

static uint32_t takes(const struct session *s, const char *text, uint32_t cp)
{
    return cp >= '0' && cp <= '9' ? cp : 0;
}

static struct entry_target target_of(const struct session *s, void (*changed)(struct session *s))
{
    struct speak_typed *t = s->speak.typed;

    switch (s->view.speak.digits) {
    case SPEAK_DIGITS_CASE:
        return (struct entry_target){t->said.case_number, CASE_NUMBER_LEN, CASE_NUMBER_LEN, takes, changed};
    case SPEAK_DIGITS_PHONE:
        return (struct entry_target){t->said.phone, SPEAK_PHONE_LEN, SPEAK_PHONE_LEN, takes, changed};
    case SPEAK_DIGITS_CODE:
        break;
    }
    return (struct entry_target){t->asked, SPEAK_CODE_LEN, SPEAK_CODE_LEN, takes, changed};
}

static bool right(const struct session *s)
{
    const struct speak_typed *t = s->speak.typed;
    struct case_number n;

    switch (s->view.speak.digits) {
    case SPEAK_DIGITS_CASE:
        return case_number_parse(t->said.case_number, &n);
    case SPEAK_DIGITS_PHONE:
        return speak_phone_valid(t->said.phone);
    case SPEAK_DIGITS_CODE:
        break;
    }
    return speak_code_parse(t->asked, NULL);
}

static void digits_changed(struct session *s)
{
    struct entry_target t = target_of(s, digits_changed);

    s->view.speak.whole = right(s);
    s->view.speak.wrong = strlen(t.text) == t.room && !s->view.speak.whole;
}

static void digits_enter(struct session *s)
{
    struct entry_target t = target_of(s, digits_changed);

    digits_changed(s);
    entry_open(s, KEYBOARD_DIGITS, &t);
}

static void digits_next(struct session *s)
{
    static const enum screen to[] = {[SPEAK_DIGITS_CASE] = SCREEN_SPEAK_WRITE,
                                     [SPEAK_DIGITS_PHONE] = SCREEN_SPEAK_CHECK,
                                     [SPEAK_DIGITS_CODE] = SCREEN_SPEAK_ANSWER};

    if (right(s))
        session_go(s, to[s->view.speak.digits]);
}

static void digits_back(struct session *s)
{
    static const enum screen to[] = {[SPEAK_DIGITS_CASE] = SCREEN_SPEAK_ABOUT,
                                     [SPEAK_DIGITS_PHONE] = SCREEN_SPEAK_WHO,
                                     [SPEAK_DIGITS_CODE] = SCREEN_SPEAK};

    entry_close(s);
    session_go(s, to[s->view.speak.digits]);
}

static void digits_intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_BACK || i.kind == INTENT_PREVIOUS)
        digits_back(s);
    else if (i.kind == INTENT_NEXT || i.kind == INTENT_WRITTEN)
        digits_next(s);
    else
        entry_intent(s, i);
}

const struct state state_SPEAK_DIGITS = {
    .enter = digits_enter, .intent = digits_intent, .rest = REST_FORM, .can_back = true};
