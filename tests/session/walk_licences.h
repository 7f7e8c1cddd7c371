/* SPDX-License-Identifier: Apache-2.0
 *
 * The part of test_walk.c in which somebody is asked which electronic licences are to be used, and the hall answers.
 */
#ifndef TESTS_SESSION_WALK_LICENCES_H
#define TESTS_SESSION_WALK_LICENCES_H

/* The hall's answer: any state of any kind, or none. */
static void hall_licences(struct walk *w)
{
    static struct my_licences m;
    struct input in = {.kind = INPUT_ASKED, .asked = {.serial = w->asked - (roll(w, 10) ? 0 : 1)}};

    m = (struct my_licences){.at = w->p.now, .n = (int)roll(w, 3)};
    for (int i = 0; i < m.n; i++) {
        text_copy(m.list[i].kind, sizeof m.list[i].kind, i ? "M-1" : "居住证");
        m.list[i].state = roll(w, 2) ? MY_LICENCE_HELD : (enum my_licence_state)roll(w, MY_LICENCE_STATES);
    }
    if (roll(w, 5))
        in.asked.licences = &m;
    else
        in.asked.why = (enum ask_reason)(1 + roll(w, ASK_REASONS - 1));
    feed(w, in);
}

static void licences(struct walk *w)
{
    static const enum intent_kind what[] = {INTENT_NEXT, INTENT_NEXT, INTENT_LICENCES_BRING, INTENT_RETRY};

    if (w->p.v->licences.asking == ASKED_WAITING && roll(w, 5))
        hall_licences(w);
    else if (roll(w, 2))
        tap(w, INTENT_LICENCE, (int)roll(w, 6) - 1, (int)roll(w, 2));
    else
        tap(w, what[roll(w, 4)], 0, 0);
}

#endif
