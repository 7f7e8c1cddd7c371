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
    static const enum intent_kind ways[] = {INTENT_STAFF_TESTS, INTENT_STAFF_PAUSE, INTENT_STAFF_VERSIONS,
                                            INTENT_STAFF_LOGS,  INTENT_STAFF_PAPER, INTENT_STAFF_NETWORK,
                                            INTENT_END};

    tap(w, ways[roll(w, 7)], (int)roll(w, 2), 0);
}

/* A sensor tells something else, or the person does. */
static void paper_change(struct walk *w)
{
    static const enum intent_kind ways[] = {INTENT_CHANGE_STEP, INTENT_CHANGE_SAYS, INTENT_CHANGE_AGAIN,
                                            INTENT_CHANGE_OVER, INTENT_BACK,        INTENT_END};
    unsigned what = roll(w, 12);

    if (what < 4) {
        w->p.health.senses[w->p.v->staff.change.role % PRINTER_ROLES] = (struct printer_senses){
            .told = roll(w, 8), .open = roll(w, 2), .out = roll(w, 2)};
        feed(w, (struct input){.kind = INPUT_HEALTH, .health = w->p.health});
    } else if (w->p.v->staff.change.running && what < 8) {
        printer(w);
    } else {
        tap(w, ways[what < 10 ? roll(w, 3) : 3 + roll(w, 3)], (int)roll(w, 4), 0);
    }
}

static void device_tests(struct walk *w)
{
    static const enum intent_kind ways[] = {INTENT_STAFF_TEST, INTENT_TRIAL_SAYS, INTENT_TRIAL_SPOT,
                                            INTENT_TRIAL_STOP, INTENT_BACK,       INTENT_END};
    unsigned what = roll(w, 12);

    if (w->p.v->staff.trial.running && what < 6)
        printer(w);
    else if (w->p.v->staff.trial.part == TRIAL_READER && what < 4)
        feed(w, (struct input){.kind = what ? INPUT_CARD_UNKNOWN : INPUT_CARD_FAILED});
    else
        tap(w, ways[what < 10 ? roll(w, 3) : 3 + roll(w, 3)], (int)roll(w, 6), 0);
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

static void network(struct walk *w)
{
    static const enum intent_kind ways[] = {INTENT_STAFF_LINE_TEST, INTENT_BACK, INTENT_END};
    static struct staff_facts facts;

    facts.uplink.state = (enum uplink_state)roll(w, 5);
    if (!roll(w, 3))
        feed(w, (struct input){.kind = INPUT_STAFF_FACTS, .facts = &facts});
    else
        tap(w, ways[roll(w, 3)], 0, 0);
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
    else if (w->p.v->screen == SCREEN_PAPER_CHANGE)
        paper_change(w);
    else if (w->p.v->screen == SCREEN_DEVICE_TESTS)
        device_tests(w);
    else if (w->p.v->screen == SCREEN_LOGS)
        tap(w, roll(w, 2) ? INTENT_STAFF_LOGS_STICK : roll(w, 2) ? INTENT_BACK : INTENT_END, 0, 0);
    else if (w->p.v->screen == SCREEN_NETWORK)
        network(w);
    else if (w->p.v->screen == SCREEN_UPDATE)
        feed(w, (struct input){.kind = INPUT_UPDATE});
    else
        tap(w, roll(w, 2) ? INTENT_STAFF_REASON : roll(w, 2) ? INTENT_STAFF_UNTIL : INTENT_BACK, (int)roll(w, 4), 0);
}

static void selftest(struct walk *w)
{
    feed(w, (struct input){.kind = INPUT_SELFTEST,
                           .test = {.step = (enum selftest_step)(SELFTEST_BEGIN + roll(w, 4)),
                                    .role = (enum device_role)roll(w, 2),
                                    .ms = 30000}});
}

#endif
