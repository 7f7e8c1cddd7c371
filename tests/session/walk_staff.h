/* SPDX-License-Identifier: Apache-2.0
 *
 * A technician's steps of the walk; a part of test_walk.c.
 */
#ifndef TESTS_SESSION_WALK_STAFF_H
#define TESTS_SESSION_WALK_STAFF_H

static void pin(struct walk *w)
{
    if (!roll(w, 8))
        feed(w, (struct input){.kind = INPUT_STAFF_PIN, .right = true});
    else
        tap(w, roll(w, 4) ? INTENT_KEY : INTENT_NEXT, '0' + (int)roll(w, 10), 0);
}

static void technician(struct walk *w)
{
    static const enum intent_kind ways[] = {INTENT_STAFF_TEST, INTENT_STAFF_PAUSE, INTENT_STAFF_VERSIONS, INTENT_STAFF_LOGS,
                                            INTENT_END};

    tap(w, ways[roll(w, 5)], (int)roll(w, 2), 0);
}

static void versions(struct walk *w)
{
    static const enum intent_kind ways[] = {INTENT_STAFF_STICK, INTENT_STAFF_OTHER, INTENT_BACK, INTENT_END};
    static struct staff_facts facts = {
        .system = {.report = {.running = "1.4.2", .slot = "a", .other = "1.5.0", .left = "3"}}};

    if (!roll(w, 4))
        feed(w, (struct input){.kind = INPUT_STAFF_FACTS, .facts = &facts});
    else if (!roll(w, 4))
        feed(w, (struct input){.kind = INPUT_UPDATE, .update = {.on = roll(w, 2), .began_ms = w->p.now}});
    else
        tap(w, ways[roll(w, 4)], 0, 0);
}

/* SCREEN_UPDATE: he began it, and left. */
static void of_staff(struct walk *w)
{
    if (w->p.v->screen == SCREEN_STAFF_PIN)
        pin(w);
    else if (w->p.v->screen == SCREEN_TECHNICIAN)
        technician(w);
    else if (w->p.v->screen == SCREEN_VERSIONS)
        versions(w);
    else if (w->p.v->screen == SCREEN_LOGS)
        tap(w, roll(w, 2) ? INTENT_STAFF_LOGS_STICK : roll(w, 2) ? INTENT_BACK : INTENT_END, 0, 0);
    else if (w->p.v->screen == SCREEN_UPDATE)
        feed(w, (struct input){.kind = INPUT_UPDATE});
    else
        tap(w, roll(w, 2) ? INTENT_STAFF_REASON : roll(w, 2) ? INTENT_STAFF_UNTIL : INTENT_BACK, (int)roll(w, 4), 0);
}

#endif
