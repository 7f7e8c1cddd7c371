/* SPDX-License-Identifier: Apache-2.0
 *
 * Editions of the catalogue: who may do what when, what a terminal is offered, what begins and stops by itself.
 */
#include "test.h"

#include "tools/hall/rules/edition.h"

#define MIN INT64_C(60000)
#define NOW (100000 * MIN)

static struct edition edition(enum edition_state state, int percent)
{
    return (struct edition){.version = 43,
                            .state = state,
                            .percent = percent,
                            .next = EDITION_NO_STAGE,
                            .stop_after = 1,
                            .needs = 1,
                            .expires_ms = NOW + MIN};
}

static struct edition_ask ask(enum edition_act act)
{
    return (struct edition_ask){.act = act, .offered = 42, .now = NOW};
}

static enum edition_refusal rolls(struct edition ed, int next, bool chosen)
{
    struct edition_ask a = ask(EDITION_ACT_ROLLOUT);

    a.next = next;
    a.chosen = chosen;
    return edition_judge(&ed, &a);
}

TEST(two_persons)
{
    struct edition ed = edition(EDITION_BROUGHT, EDITION_NO_STAGE);
    struct edition_ask a = ask(EDITION_ACT_APPROVE);

    CHECK_INT(edition_judge(&ed, &a), EDITION_MAY);
    a.own = true;
    CHECK_INT(edition_judge(&ed, &a), EDITION_OWN_REFUSED);
    a = ask(EDITION_ACT_ROLLOUT);
    a.next = 10;
    CHECK_INT(edition_judge(&ed, &a), EDITION_STATE_REFUSED);
    ed.state = EDITION_APPROVED;
    a = ask(EDITION_ACT_APPROVE);
    CHECK_INT(edition_judge(&ed, &a), EDITION_STATE_REFUSED); /* the second of two at once */
}

TEST(each_act_in_its_states)
{
    static const bool may[EDITION_ACTS][EDITION_STATES] = {
        [EDITION_ACT_APPROVE] = {[EDITION_BROUGHT] = true},
        [EDITION_ACT_ROLLOUT] = {[EDITION_APPROVED] = true, [EDITION_RUNS] = true},
        [EDITION_ACT_PAUSE] = {[EDITION_RUNS] = true},
        [EDITION_ACT_RESUME] = {[EDITION_PAUSED] = true, [EDITION_STOPPED] = true},
        [EDITION_ACT_WITHDRAW] = {[EDITION_BROUGHT] = true,
                                  [EDITION_APPROVED] = true,
                                  [EDITION_RUNS] = true,
                                  [EDITION_PAUSED] = true,
                                  [EDITION_STOPPED] = true}};

    for (int i = 0; i < EDITION_ACTS; i++)
        for (int s = 0; s < EDITION_STATES; s++) {
            struct edition ed = edition((enum edition_state)s, EDITION_NO_STAGE);
            struct edition_ask a = ask((enum edition_act)i);

            a.next = 1;
            CHECK_INT(edition_judge(&ed, &a) == EDITION_MAY, may[i][s]);
        }
}

/* The brake holds whatever became of it since the page was drawn. */
TEST(an_older_look_sends_nothing_on_and_holds_back)
{
    struct edition brought = edition(EDITION_BROUGHT, EDITION_NO_STAGE), runs = edition(EDITION_RUNS, 1),
                   paused = edition(EDITION_PAUSED, 1);
    struct edition_ask a = ask(EDITION_ACT_APPROVE);

    a.changed = true;
    a.next = 10;
    CHECK_INT(edition_judge(&brought, &a), EDITION_CHANGED_REFUSED);
    a.act = EDITION_ACT_ROLLOUT;
    CHECK_INT(edition_judge(&runs, &a), EDITION_CHANGED_REFUSED);
    a.act = EDITION_ACT_RESUME;
    CHECK_INT(edition_judge(&paused, &a), EDITION_CHANGED_REFUSED);
    a.act = EDITION_ACT_PAUSE;
    CHECK_INT(edition_judge(&runs, &a), EDITION_MAY);
    a.act = EDITION_ACT_WITHDRAW;
    CHECK_INT(edition_judge(&runs, &a), EDITION_MAY);
}

TEST(versions_only_go_up)
{
    struct edition ed = edition(EDITION_BROUGHT, EDITION_NO_STAGE);
    struct edition_ask a = ask(EDITION_ACT_APPROVE);

    a.offered = 43;
    CHECK_INT(edition_judge(&ed, &a), EDITION_OLD_REFUSED);
    ed.state = EDITION_PAUSED;
    a.act = EDITION_ACT_RESUME;
    CHECK_INT(edition_judge(&ed, &a), EDITION_OLD_REFUSED);
    a.act = EDITION_ACT_WITHDRAW;
    CHECK_INT(edition_judge(&ed, &a), EDITION_MAY);
    a = ask(EDITION_ACT_RESUME);
    a.now = ed.expires_ms;
    CHECK_INT(edition_judge(&ed, &a), EDITION_EXPIRED_REFUSED);
}

TEST(one_stage_after_the_other)
{
    struct edition fresh = edition(EDITION_APPROVED, EDITION_NO_STAGE);

    CHECK_INT(rolls(fresh, 0, true), EDITION_MAY);
    CHECK_INT(rolls(fresh, 0, false), EDITION_NOBODY_REFUSED);
    CHECK_INT(rolls(fresh, 1, false), EDITION_MAY);
    CHECK_INT(rolls(fresh, 10, false), EDITION_MAY);
    CHECK_INT(rolls(fresh, 100, true), EDITION_STEP_REFUSED);
    CHECK_INT(rolls(fresh, 50, true), EDITION_STEP_REFUSED);
    CHECK_INT(rolls(edition(EDITION_RUNS, 0), 0, true), EDITION_MAY); /* more are chosen */
    CHECK_INT(rolls(edition(EDITION_RUNS, 0), 100, true), EDITION_MAY);
    CHECK_INT(rolls(edition(EDITION_RUNS, 10), 1, true), EDITION_STEP_REFUSED);
    CHECK_INT(rolls(edition(EDITION_RUNS, 10), 10, true), EDITION_STEP_REFUSED);
    CHECK_INT(rolls(edition(EDITION_RUNS, 10), 0, true), EDITION_STEP_REFUSED);
    CHECK_INT(rolls(edition(EDITION_RUNS, 10), 100, true), EDITION_MAY);
}

TEST(one_at_a_time)
{
    struct edition ed = edition(EDITION_APPROVED, EDITION_NO_STAGE);
    struct edition_ask a = ask(EDITION_ACT_ROLLOUT);

    a.next = 1;
    a.running = 44;
    CHECK_INT(edition_judge(&ed, &a), EDITION_OTHER_REFUSED);
    a.running = 43;
    CHECK_INT(edition_judge(&ed, &a), EDITION_MAY);
}

static struct edition_terminal terminal(int64_t catalogue)
{
    return (struct edition_terminal){.id = "t-1", .catalogue = catalogue, .level = 1, .heard_ms = NOW - 5 * MIN};
}

TEST(a_terminal_never_goes_back)
{
    static const enum edition_state states[] = {EDITION_RUNS, EDITION_PAUSED, EDITION_STOPPED, EDITION_WITHDRAWN,
                                                EDITION_CURRENT};
    struct edition_terminal has = terminal(43), above = terminal(44);

    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        struct edition ed = edition(states[i], 1);

        CHECK(edition_offered(&ed, &has, 42));
        CHECK(!edition_offered(&ed, &above, 42));
    }
}

TEST(who_is_offered_it)
{
    struct edition_terminal t = terminal(42);
    struct edition ed = edition(EDITION_RUNS, 0);

    CHECK(!edition_offered(&ed, &t, 42));
    t.chosen = true;
    CHECK(edition_offered(&ed, &t, 42));
    t.catalogue = 0; /* it takes that of all first */
    CHECK(!edition_offered(&ed, &t, 42));
    CHECK(edition_offered(&ed, &t, 0));
    t.catalogue = 42;
    ed.percent = EDITION_NO_STAGE; /* chosen, and the hour has not come */
    CHECK(!edition_offered(&ed, &t, 42));
    ed = edition(EDITION_PAUSED, 0);
    CHECK(!edition_offered(&ed, &t, 42));
    ed = edition(EDITION_WITHDRAWN, 10);
    CHECK(!edition_offered(&ed, &t, 42));
}

/* Whoever is in the smaller part is in the larger. */
TEST(a_part_of_all_only_grows)
{
    int one = 0, ten = 0;

    for (int i = 0; i < 1000; i++) {
        char id[16];
        struct edition_terminal t = terminal(42);
        struct edition small = edition(EDITION_RUNS, 1), large = edition(EDITION_RUNS, 10);

        snprintf(id, sizeof id, "t-%d", i);
        t.id = id;
        CHECK(!edition_offered(&small, &t, 42) || edition_offered(&large, &t, 42));
        one += edition_offered(&small, &t, 42);
        ten += edition_offered(&large, &t, 42);
    }
    CHECK(one > 0 && one < 30);
    CHECK(ten > 70 && ten < 130);
}

TEST(where_a_terminal_stands)
{
    struct edition ed = edition(EDITION_RUNS, 0);
    struct edition_terminal t = terminal(42);

    CHECK_INT(edition_place(&ed, &t, NOW), EDITION_OUTSIDE);
    t.chosen = true;
    CHECK_INT(edition_place(&ed, &t, NOW), EDITION_WAITS);
    t.heard_ms = NOW - 41 * MIN;
    CHECK_INT(edition_place(&ed, &t, NOW), EDITION_SILENT);
    t.heard_ms = 0;
    CHECK_INT(edition_place(&ed, &t, NOW), EDITION_SILENT);
    t.refused = 42; /* an earlier one */
    CHECK_INT(edition_place(&ed, &t, NOW), EDITION_SILENT);
    t.refused = 43;
    CHECK_INT(edition_place(&ed, &t, NOW), EDITION_REFUSED);
    t.refused = 0;
    ed.needs = 2;
    CHECK_INT(edition_place(&ed, &t, NOW), EDITION_REFUSED);
    t.level = 0;
    CHECK_INT(edition_place(&ed, &t, NOW), EDITION_SILENT);
    t.catalogue = 43;
    CHECK_INT(edition_place(&ed, &t, NOW), EDITION_HAS);
}

static struct edition_figures figures(int has, int refused, int silent, int waits)
{
    return (struct edition_figures){
        .of = {[EDITION_HAS] = has, [EDITION_REFUSED] = refused, [EDITION_SILENT] = silent, [EDITION_WAITS] = waits},
        .proves = has};
}

TEST(a_stage_waits_for_the_health_of_the_one_before)
{
    struct edition ed = edition(EDITION_RUNS, 1);
    struct edition_figures none = figures(0, 0, 9, 0), few = figures(8, 0, 0, 1), most = figures(9, 0, 99, 1);

    ed.next = 10;
    ed.next_at = NOW;
    CHECK(!edition_tick(&ed, &none, NOW));
    CHECK(!edition_tick(&ed, &few, NOW));
    CHECK(!edition_tick(&ed, &most, NOW - 1));
    CHECK_INT(ed.percent, 1);
    CHECK(edition_tick(&ed, &most, NOW));
    CHECK(ed.percent == 10 && ed.next == EDITION_NO_STAGE && ed.state == EDITION_RUNS);
    CHECK(!edition_tick(&ed, &most, NOW));
    ed.next = EDITION_ALL;
    CHECK(edition_tick(&ed, &most, NOW));
    CHECK_INT(ed.state, EDITION_CURRENT);
}

/* Sixty that had it from the factory say nothing of the one that was chosen. */
TEST(only_the_stage_itself_speaks_for_it)
{
    struct edition ed = edition(EDITION_RUNS, 0);
    struct edition_figures f = figures(60, 0, 0, 1);
    struct edition_terminal t = terminal(43);

    CHECK(!edition_proves(&ed, &t, NOW));
    t.chosen = true;
    CHECK(edition_proves(&ed, &t, NOW));
    t.heard_ms = NOW - 41 * MIN;
    CHECK(!edition_proves(&ed, &t, NOW));
    t.heard_ms = 0;
    CHECK(!edition_proves(&ed, &t, NOW));
    t = terminal(42);
    t.chosen = true;
    CHECK(!edition_proves(&ed, &t, NOW));
    f.proves = 0;
    ed.next = 1;
    CHECK(!edition_tick(&ed, &f, NOW));
    f = figures(61, 0, 0, 0);
    f.proves = 0;
    CHECK(!edition_tick(&ed, &f, NOW));
    f.proves = 1;
    CHECK(edition_tick(&ed, &f, NOW));
    CHECK_INT(ed.percent, 1);
}

TEST(the_first_stage_waits_for_its_hour_alone)
{
    struct edition ed = edition(EDITION_RUNS, EDITION_NO_STAGE);
    struct edition_figures none = figures(0, 0, 0, 0);

    ed.next = 0;
    ed.next_at = NOW;
    CHECK(!edition_tick(&ed, &none, NOW - 1));
    CHECK(edition_tick(&ed, &none, NOW));
    CHECK_INT(ed.percent, 0);
}

TEST(refusals_stop_it)
{
    struct edition ed = edition(EDITION_RUNS, 10);
    struct edition_figures one = figures(50, 1, 0, 0), two = figures(50, 2, 0, 0);

    ed.next = EDITION_ALL;
    ed.stop_after = 2;
    CHECK(edition_tick(&ed, &one, NOW)); /* one is allowed */
    CHECK_INT(ed.state, EDITION_CURRENT);
    ed = edition(EDITION_RUNS, 10);
    ed.stop_after = 2;
    ed.next = EDITION_ALL;
    CHECK(edition_tick(&ed, &two, NOW));
    CHECK_INT(ed.state, EDITION_STOPPED);
    CHECK_INT(ed.percent, 10);
    ed.state = EDITION_PAUSED;
    CHECK(!edition_tick(&ed, &two, NOW));
}

TEST(what_was_ordered_is_forgotten_when_it_is_withdrawn)
{
    struct edition ed = edition(EDITION_RUNS, 1);
    struct edition_ask a = ask(EDITION_ACT_ROLLOUT);

    a.next = 10;
    edition_apply(&ed, &a, NOW + MIN, 3);
    CHECK(ed.next == 10 && ed.next_at == NOW + MIN && ed.stop_after == 3 && ed.percent == 1);
    a = ask(EDITION_ACT_PAUSE);
    edition_apply(&ed, &a, 0, 0);
    CHECK(ed.state == EDITION_PAUSED && ed.next == 10);
    a = ask(EDITION_ACT_WITHDRAW);
    edition_apply(&ed, &a, 0, 0);
    CHECK(ed.state == EDITION_WITHDRAWN && ed.next == EDITION_NO_STAGE);
}

TEST(words)
{
    enum edition_act a;

    CHECK(edition_act_by_word("withdraw", &a) && a == EDITION_ACT_WITHDRAW);
    CHECK(!edition_act_by_word("delete", &a));
}

static struct edition of_system(enum edition_state state, int percent)
{
    struct edition ed = edition(state, percent);

    ed.kind = EDITION_SYSTEM;
    return ed;
}

/* Each terminal installs it in a night of its own: at 100 percent it can still be stopped. */
TEST(a_system_goes_to_all_by_and_by)
{
    struct edition ed = of_system(EDITION_RUNS, 10);
    struct edition_figures f = {.of = {[EDITION_HAS] = 9, [EDITION_WAITS] = 1, [EDITION_OUTSIDE] = 90}, .proves = 9};

    ed.next = EDITION_ALL;
    CHECK(edition_tick(&ed, &f, NOW));
    CHECK(ed.state == EDITION_RUNS && ed.percent == EDITION_ALL);
    f = (struct edition_figures){.of = {[EDITION_HAS] = 60, [EDITION_WAITS] = 1, [EDITION_SILENT] = 39}, .proves = 60};
    CHECK(!edition_tick(&ed, &f, NOW));
    f.of[EDITION_WAITS] = 0; /* who is silent keeps nobody waiting */
    CHECK(edition_tick(&ed, &f, NOW));
    CHECK_INT(ed.state, EDITION_CURRENT);
    CHECK(!edition_tick(&ed, &f, NOW));
    f.of[EDITION_REFUSED] = 1; /* one of those that were silent */
    CHECK(edition_tick(&ed, &f, NOW));
    CHECK_INT(ed.state, EDITION_STOPPED);
}

TEST(nobody_has_a_system_that_nobody_was_heard_of)
{
    struct edition ed = of_system(EDITION_RUNS, EDITION_ALL);
    struct edition_figures f = {.of = {[EDITION_SILENT] = 3}};

    CHECK(!edition_tick(&ed, &f, NOW));
    CHECK_INT(ed.state, EDITION_RUNS);
}

TEST_MAIN(T(a_system_goes_to_all_by_and_by), T(nobody_has_a_system_that_nobody_was_heard_of), T(two_persons),
          T(each_act_in_its_states), T(an_older_look_sends_nothing_on_and_holds_back), T(versions_only_go_up),
          T(one_stage_after_the_other), T(one_at_a_time), T(a_terminal_never_goes_back), T(who_is_offered_it),
          T(a_part_of_all_only_grows), T(where_a_terminal_stands), T(a_stage_waits_for_the_health_of_the_one_before),
          T(only_the_stage_itself_speaks_for_it), T(the_first_stage_waits_for_its_hour_alone), T(refusals_stop_it),
          T(what_was_ordered_is_forgotten_when_it_is_withdrawn), T(words))
