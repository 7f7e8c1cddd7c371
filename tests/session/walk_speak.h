/* SPDX-License-Identifier: Apache-2.0
 *
 * A part of test_walk.c: the pages of 投诉建议, walked through without a plan. Included where the walk's own steps are
 * known.
 */
#ifndef TESTS_SESSION_WALK_SPEAK_H
#define TESTS_SESSION_WALK_SPEAK_H

/* A hall that answers to a code, says no, or answers to something else. */
static void hall_answers(struct walk *w)
{
    static struct my_cases told;
    struct input in = {.kind = INPUT_ASKED, .asked = {.serial = w->asked - (roll(w, 10) ? 0 : 1)}};

    told = (struct my_cases){.spoken = roll(w, 6), .told.stage = (enum my_spoken_stage)roll(w, 4)};
    text_copy(told.told.words, sizeof told.told.words, TYPED); /* as good as anything of a resident's */
    if (roll(w, 3))
        in.asked.cases = &told;
    else
        in.asked.why = (enum ask_reason)(1 + roll(w, ASK_REASONS - 1));
    feed(w, in);
}

static void digits(struct walk *w)
{
    char code[SPEAK_CODE_LEN + 1];

    speak_code_make(&(struct speak_number){1103, 3, 1}, 4711, code);
    const char *text = w->p.v->speak.digits == SPEAK_DIGITS_CASE    ? CASE_HALL
                       : w->p.v->speak.digits == SPEAK_DIGITS_PHONE ? "13800000123"
                                                                    : code;

    tap(w, INTENT_CLEAR, 0, 0);
    for (const char *c = text; *c && w->p.v->screen == SCREEN_SPEAK_DIGITS; c++)
        tap(w, INTENT_KEY, *c, 0);
    tap(w, INTENT_NEXT, 0, 0);
}

/* What is said, and what is answered. */
static void speak(struct walk *w)
{
    switch ((int)w->p.v->screen) {
    case SCREEN_SPEAK:
        tap(w, roll(w, 3) ? INTENT_SPEAK_KIND : INTENT_SPEAK_CODE, (int)roll(w, SPEAK_KINDS), 0);
        break;
    case SCREEN_SPEAK_ABOUT:
        tap(w, INTENT_SPEAK_ABOUT, (int)roll(w, SPEAK_ABOUTS), 0);
        break;
    case SCREEN_SPEAK_DIGITS:
        digits(w);
        break;
    case SCREEN_SPEAK_WRITE:
        for (const char *c = TYPED; *c; c++)
            tap(w, INTENT_KEY, *c, 0);
        tap(w, INTENT_NEXT, 0, 0);
        break;
    case SCREEN_SPEAK_WHO:
        tap(w, INTENT_SPEAK_WHO, (int)roll(w, 3), 0);
        break;
    case SCREEN_SPEAK_CHECK:
        tap(w, roll(w, 4) ? INTENT_SUBMIT : INTENT_EDIT, 0, 0);
        break;
    case SCREEN_SPEAK_CODE:
        tap(w, roll(w, 2) ? INTENT_PRINT : INTENT_NOTED, 0, 0);
        break;
    case SCREEN_SPEAK_ANSWER:
        if (w->p.v->speak.asking == ASKED_WAITING)
            hall_answers(w);
        else
            tap(w, roll(w, 2) ? INTENT_RETRY : INTENT_BACK, 0, 0);
        break;
    default:
        break;
    }
}

#endif
