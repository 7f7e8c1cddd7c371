/* SPDX-License-Identifier: Apache-2.0
 *
 * Rollouts: stages, zones, hours, and what ends them.
 */
#include "test.h"

#include "base/text.h"
#include "tools/hall/rules/rollout.h"

#define MIN INT64_C(60000)
#define NOW (100000 * MIN)
#define NIGHT (3 * 60)

static const struct edition all = {.kind = EDITION_SYSTEM,
                                   .state = EDITION_RUNS,
                                   .name = "1.6.0",
                                   .percent = 100,
                                   .next = EDITION_NO_STAGE,
                                   .stop_after = 1};

/* Heard of five minutes ago, with the new system fetched. */
static struct rollout_terminal terminal(const char *id)
{
    struct rollout_terminal t = {.id = id, .heard_ms = NOW - 5 * MIN, .from_min = 120, .to_min = 300};

    t.report = (struct system_report){.running = "1.5.0", .slot = "a", .state = SYSTEM_HERE, .version = "1.6.0"};
    return t;
}

static enum rollout_reason alone(const struct edition *ed, const struct rollout_terminal *me, int minute)
{
    return rollout_decide(ed, me, NULL, 0, NOW, minute);
}

TEST(one_after_the_other)
{
    struct rollout_terminal me = terminal("t-1");
    struct edition r = all;

    CHECK_INT(alone(&r, &me, NIGHT), ROLLOUT_GO);
    CHECK_INT(alone(&r, &me, 300), ROLLOUT_HOURS);
    CHECK_INT(alone(&r, &me, 119), ROLLOUT_HOURS);
    me.report.state = SYSTEM_DOWNLOADING;
    CHECK_INT(alone(&r, &me, NIGHT), ROLLOUT_FETCHING);
    r.percent = 0;
    CHECK_INT(alone(&r, &me, NIGHT), ROLLOUT_STAGE);
    me.chosen = true;
    CHECK_INT(alone(&r, &me, NIGHT), ROLLOUT_FETCHING);
    r.state = EDITION_PAUSED;
    CHECK_INT(alone(&r, &me, NIGHT), ROLLOUT_PAUSED);
    r.state = EDITION_STOPPED;
    CHECK_INT(alone(&r, &me, NIGHT), ROLLOUT_STOPPED);
    r.state = EDITION_WITHDRAWN;
    CHECK_INT(alone(&r, &me, NIGHT), ROLLOUT_WITHDRAWN);
    text_copy(me.report.running, sizeof me.report.running, "1.6.0");
    CHECK_INT(alone(&r, &me, NIGHT), ROLLOUT_CURRENT);
    r.percent = EDITION_NO_STAGE;
    CHECK_INT(alone(&r, &me, NIGHT), ROLLOUT_NOTHING);
}

/* All have it by now, as far as was heard: who comes later gets it too. */
TEST(after_all_have_it)
{
    struct rollout_terminal me = terminal("t-1");
    struct edition r = all;

    r.state = EDITION_CURRENT;
    CHECK_INT(alone(&r, &me, NIGHT), ROLLOUT_GO);
    me.report.state = SYSTEM_FELLBACK;
    CHECK_INT(alone(&r, &me, NIGHT), ROLLOUT_FAILED_HERE);
}

TEST(each_terminal_stands_somewhere)
{
    struct rollout_terminal me = terminal("t-1");
    struct edition r = all;

    CHECK_INT(rollout_place(&r, &me, NOW), EDITION_WAITS);
    me.heard_ms = NOW - ROLLOUT_HEARD_MS - MIN;
    CHECK_INT(rollout_place(&r, &me, NOW), EDITION_SILENT);
    me.heard_ms = 0;
    CHECK_INT(rollout_place(&r, &me, NOW), EDITION_SILENT);
    me.report.state = SYSTEM_FELLBACK; /* its last word, and a silent one's too */
    CHECK_INT(rollout_place(&r, &me, NOW), EDITION_REFUSED);
    r.percent = 0;
    CHECK_INT(rollout_place(&r, &me, NOW), EDITION_OUTSIDE);
    me.chosen = true;
    CHECK_INT(rollout_place(&r, &me, NOW), EDITION_REFUSED);
    r.percent = EDITION_NO_STAGE;
    CHECK_INT(rollout_place(&r, &me, NOW), EDITION_OUTSIDE);
    text_copy(me.report.running, sizeof me.report.running, "1.6.0"); /* from a stick, perhaps */
    CHECK_INT(rollout_place(&r, &me, NOW), EDITION_HAS);
    me.heard_ms = NOW;
    CHECK(!rollout_proves(&r, &me, NOW));
    r.percent = 0;
    CHECK(rollout_proves(&r, &me, NOW)); /* it is chosen */
    me.chosen = false;
    CHECK(!rollout_proves(&r, &me, NOW));
    r.percent = 100;
    CHECK(rollout_proves(&r, &me, NOW));
    me.heard_ms = NOW - ROLLOUT_HEARD_MS - MIN;
    CHECK(!rollout_proves(&r, &me, NOW));
}

/* Withdrawn, or passed over by a later one: who has it has it, nobody waits. */
TEST(what_is_over_leaves_the_rest)
{
    static const struct {
        enum edition_state state;
        enum rollout_reason why;
    } over[] = {{EDITION_WITHDRAWN, ROLLOUT_WITHDRAWN}, {EDITION_SUPERSEDED, ROLLOUT_SUPERSEDED}};

    for (size_t i = 0; i < sizeof over / sizeof *over; i++) {
        struct rollout_terminal me = terminal("t-1");
        struct edition r = all;

        r.state = over[i].state;
        CHECK_INT(rollout_place(&r, &me, NOW), EDITION_LEFT);
        CHECK_INT(alone(&r, &me, NIGHT), over[i].why);
        me.heard_ms = 0;
        CHECK_INT(rollout_place(&r, &me, NOW), EDITION_LEFT);
        r.percent = 0;
        CHECK_INT(rollout_place(&r, &me, NOW), EDITION_OUTSIDE);
        r.percent = 100;
        me.report.state = SYSTEM_FELLBACK; /* what happened has happened */
        CHECK_INT(rollout_place(&r, &me, NOW), EDITION_REFUSED);
        text_copy(me.report.running, sizeof me.report.running, "1.6.0");
        CHECK_INT(rollout_place(&r, &me, NOW), EDITION_HAS);
        CHECK_INT(alone(&r, &me, NIGHT), ROLLOUT_CURRENT);
    }
}

TEST(over_midnight)
{
    struct rollout_terminal me = terminal("t-1");

    me.from_min = 23 * 60;
    me.to_min = 60;
    CHECK_INT(alone(&all, &me, 23 * 60 + 30), ROLLOUT_GO);
    CHECK_INT(alone(&all, &me, 30), ROLLOUT_GO);
    CHECK_INT(alone(&all, &me, 60), ROLLOUT_HOURS);
}

TEST(what_failed_here_is_not_tried_again)
{
    struct rollout_terminal me = terminal("t-1");

    me.report.state = SYSTEM_FELLBACK;
    CHECK_INT(alone(&all, &me, NIGHT), ROLLOUT_FAILED_HERE);
    CHECK(rollout_failed(&all, &me.report));
    text_copy(me.report.version, sizeof me.report.version, "1.5.9"); /* an earlier one did */
    CHECK_INT(alone(&all, &me, NIGHT), ROLLOUT_FETCHING);
    me = terminal("t-1");
    me.report.state = SYSTEM_FAILED;
    text_copy(me.report.why, sizeof me.report.why, "interrupted"); /* by the power: begun again */
    CHECK_INT(alone(&all, &me, NIGHT), ROLLOUT_GO);
}

TEST(stages_only_grow)
{
    struct edition r = all;
    int count[3] = {0}, percents[3] = {1, 10, 100};
    char id[16];

    for (int i = 0; i < 2000; i++) {
        bool before = false;

        snprintf(id, sizeof id, "t-%d", i);
        for (int p = 0; p < 3; p++) {
            r.percent = percents[p];
            bool in = edition_among(&r, id);

            CHECK(in || !before);
            count[p] += in;
            before = in;
        }
    }
    CHECK(count[0] >= 8 && count[0] <= 40);
    CHECK(count[1] >= 150 && count[1] <= 250);
    CHECK_INT(count[2], 2000);
}

TEST(never_all_of_a_zone)
{
    struct rollout_terminal me = terminal("t-1"), others[3] = {terminal("t-2"), terminal("t-3"), terminal("t-4")};

    CHECK_INT(rollout_decide(&all, &me, others, 1, NOW, NIGHT), ROLLOUT_GO);
    others[0].granted_ms = NOW - MIN;
    CHECK_INT(rollout_decide(&all, &me, others, 1, NOW, NIGHT), ROLLOUT_NEIGHBOUR); /* two: one after the other */
    CHECK_INT(rollout_decide(&all, &me, others, 3, NOW, NIGHT), ROLLOUT_GO);        /* four: two at a time */
    others[1].granted_ms = NOW - MIN;
    CHECK_INT(rollout_decide(&all, &me, others, 3, NOW, NIGHT), ROLLOUT_NEIGHBOUR);
    text_copy(others[1].report.running, sizeof others[1].report.running, "1.6.0"); /* done */
    CHECK_INT(rollout_decide(&all, &me, others, 3, NOW, NIGHT), ROLLOUT_GO);
    others[0].granted_ms = NOW - ROLLOUT_GRANT_MS; /* its leave is over */
    CHECK_INT(rollout_decide(&all, &me, others, 1, NOW, NIGHT), ROLLOUT_GO);
}

/* A system that was withdrawn, or one from a stick: whoever is away for it is away. */
TEST(whoever_is_away_for_another_system)
{
    static const enum system_state away[] = {SYSTEM_INSTALLING, SYSTEM_INSTALLED, SYSTEM_RESTARTING, SYSTEM_UNHEALTHY};
    struct rollout_terminal me = terminal("t-1"), other = terminal("t-2");

    text_copy(other.report.version, sizeof other.report.version, "1.5.9");
    other.granted_ms = NOW - MIN;
    CHECK_INT(rollout_decide(&all, &me, &other, 1, NOW, NIGHT), ROLLOUT_NEIGHBOUR);
    text_copy(other.report.running, sizeof other.report.running, "1.5.9"); /* done */
    CHECK_INT(rollout_decide(&all, &me, &other, 1, NOW, NIGHT), ROLLOUT_GO);
    other = terminal("t-2");
    text_copy(other.report.version, sizeof other.report.version, "1.5.9");
    for (size_t i = 0; i < sizeof away / sizeof *away; i++) {
        other.report.state = away[i];
        CHECK_INT(rollout_decide(&all, &me, &other, 1, NOW, NIGHT), ROLLOUT_NEIGHBOUR);
    }
    other.report.state = SYSTEM_FELLBACK;
    CHECK_INT(rollout_decide(&all, &me, &other, 1, NOW, NIGHT), ROLLOUT_GO);
}

TEST(somebody_else_works)
{
    struct rollout_terminal me = terminal("t-1"), other = terminal("t-2");

    other.heard_ms = NOW - ROLLOUT_HEARD_MS - MIN;
    CHECK_INT(rollout_decide(&all, &me, &other, 1, NOW, NIGHT), ROLLOUT_NEIGHBOUR_SILENT);
    other.heard_ms = NOW - ROLLOUT_GONE_MS - MIN; /* it is no neighbour any more */
    CHECK_INT(rollout_decide(&all, &me, &other, 1, NOW, NIGHT), ROLLOUT_GO);
    other.heard_ms = 0;
    CHECK_INT(rollout_decide(&all, &me, &other, 1, NOW, NIGHT), ROLLOUT_GO);
}

TEST(words)
{
    CHECK_STR(rollout_word(ROLLOUT_NEIGHBOUR), "neighbour");
    for (int i = 0; i < ROLLOUT_REASONS; i++)
        CHECK(*rollout_about((enum rollout_reason)i) && strlen(rollout_word((enum rollout_reason)i)) <= SYSTEM_WHY_MAX);
}

TEST_MAIN(T(one_after_the_other), T(after_all_have_it), T(each_terminal_stands_somewhere), T(what_is_over_leaves_the_rest),
          T(over_midnight), T(what_failed_here_is_not_tried_again), T(stages_only_grow), T(never_all_of_a_zone),
          T(whoever_is_away_for_another_system), T(somebody_else_works), T(words))
