/* SPDX-License-Identifier: Apache-2.0
 *
 * Systems as rows: what is published stays, what failed stays failed until staff say otherwise.
 */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/text.h"
#include "tools/hall/store/store_system.h"
#include "tools/hall/store/terminal.h"

#define NOON INT64_C(1767585600000)

static struct store *store;
static char dir[] = "/tmp/tongban-system-XXXXXX";
static const struct edition runs = {
    .kind = EDITION_SYSTEM, .version = 1, .name = "1.6.0", .state = EDITION_RUNS, .percent = 10, .stop_after = 2};
static const struct edition_row brought = {.edition = {.kind = EDITION_SYSTEM,
                                                       .state = EDITION_BROUGHT,
                                                       .percent = EDITION_NO_STAGE,
                                                       .next = EDITION_NO_STAGE,
                                                       .stop_after = 1},
                                           .brought_id = "zhang",
                                           .brought_by = "张三",
                                           .brought = NOON,
                                           .why = "<b>新</b>"};

TEST(setup)
{
    static const struct place place = {
        .zone = "城东", .spot = "示范", .device = "03", .hotline = "12345", .supervision = "12345"};
    struct err e = {0};

    CHECK(mkdtemp(dir) != NULL);
    CHECK_INT((store_make(dir, &e) ? -1 : store_open(dir, &store, &e)), 0);
    clock_set_wall(NOON);
    CHECK_INT(terminal_add(store, 1103, "t-1", &place, "AAAA-BBBB-CCCC-DDDD", &e), 0);
    CHECK_INT(terminal_add(store, 1104, "t-2", &place, "AAAA-BBBB-CCCC-EEEE", &e), 0);
    CHECK_INT(terminal_add(store, 1104, "t-3", &place, "AAAA-BBBB-CCCC-FFFF", &e), 0); /* has no certificate */
    CHECK_INT(sql_exec(store_sql(store), "UPDATE terminal SET cert=x'01' WHERE terminal<>'t-3'", &e), 0);
}

TEST(published_bytes_never_change)
{
    struct system_release r = {.version = "1.6.0", .size = 5000, .sha256 = {1}, .board = "tongban-x", .signer = "某某"}, is;
    int64_t number = 0;

    CHECK_INT(system_release(store, "1.6.0", &is, NULL), -ERR_NOTFOUND);
    CHECK_INT(system_number(store, "1.6.0", &number, NULL), -ERR_NOTFOUND);
    CHECK_INT(system_publish(store, &r, &brought, NULL), 0);
    CHECK_INT(system_publish(store, &r, &brought, NULL), 0);
    r.sha256[0] = 2;
    CHECK_INT(system_publish(store, &r, &brought, NULL), -ERR_EXISTS);
    CHECK_INT(system_release(store, "1.6.0", &is, NULL), 0);
    CHECK(is.size == 5000 && is.sha256[0] == 1);
    CHECK_STR(is.board, "tongban-x");
    CHECK_STR(is.signer, "某某");
    CHECK_INT(system_number(store, "1.6.0", &number, NULL), 0);
    CHECK_INT(number, 1);
}

static void put(int64_t number, enum edition_state state, int percent)
{
    struct edition_row r;

    CHECK_INT(edition_read(store, EDITION_SYSTEM, number, &r, NULL), 0);
    r.edition.state = state;
    r.edition.percent = percent;
    CHECK_INT(edition_put(store, &r, NULL), 0);
}

TEST(the_last_that_has_begun_holds)
{
    struct system_release later = {.version = "1.5.9", .size = 1, .sha256 = {9}}; /* what is later is not what is higher */
    struct edition ed;
    int64_t running = 0;

    CHECK_INT(system_publish(store, &later, &brought, NULL), 0);
    CHECK_INT(system_rollout(store, &ed, NULL), 0);
    CHECK(ed.kind == EDITION_SYSTEM && ed.percent == EDITION_NO_STAGE);
    put(1, EDITION_RUNS, 10);
    CHECK_INT(system_rollout(store, &ed, NULL), 0);
    CHECK_STR(ed.name, "1.6.0");
    CHECK_INT(edition_running(store, EDITION_SYSTEM, &running, NULL), 0);
    CHECK_INT(running, 1);
    put(1, EDITION_RUNS, EDITION_ALL); /* it keeps no later one waiting */
    CHECK_INT(edition_running(store, EDITION_SYSTEM, &running, NULL), 0);
    CHECK_INT(running, 0);
    put(2, EDITION_RUNS, 0);
    CHECK_INT(system_rollout(store, &ed, NULL), 0);
    CHECK_STR(ed.name, "1.5.9");
    put(2, EDITION_BROUGHT, EDITION_NO_STAGE);
    put(1, EDITION_RUNS, 10);
}

static const struct edition later = {
    .kind = EDITION_SYSTEM, .version = 2, .name = "1.6.1", .state = EDITION_RUNS, .percent = 10, .stop_after = 2};
static const struct edition *look_as = &runs;
static struct system_terminal found;

static int find(void *ctx, const struct system_terminal *t)
{
    if (strcmp(t->id, ctx) != 0)
        return 0;
    found = *t;
    return 1;
}

static const struct rollout_terminal *look(const char *id, int office)
{
    char name[16];

    memset(&found, 0, sizeof found);
    text_copy(name, sizeof name, id);
    CHECK_INT(system_each(store, look_as, office, true, find, name, NULL), 0);
    return &found.rule;
}

static void hear(const char *id, int office, enum system_state state, const char *why)
{
    struct system_report r = {.running = "1.5.0", .slot = "a", .state = state, .version = "1.6.0"};

    text_copy(r.why, sizeof r.why, why);
    CHECK_INT(system_hear(store, office, id, &r, NULL), 0);
}

TEST(what_a_terminal_says)
{
    CHECK_INT(look("t-1", -1)->heard_ms, 0);
    hear("t-1", 1103, SYSTEM_HERE, "");
    CHECK(look("t-1", 1103)->heard_ms >= NOON);
    CHECK_STR(found.rule.report.running, "1.5.0");
    CHECK_INT(found.rule.from_min, SYSTEM_FROM_MIN);
    CHECK(!found.rule.chosen);
    CHECK_INT(edition_choose(store, &runs, "t-1", NULL), 0);
    CHECK_INT(edition_choose(store, &runs, "t-9", NULL), -ERR_NOTFOUND);
    CHECK_INT(system_set_hours(store, 1103, 60, 90, NULL), 0);
    CHECK_INT(look("t-1", 1103)->from_min, 60);
    CHECK(found.rule.chosen);
    CHECK_INT(look("t-2", 1104)->from_min, SYSTEM_FROM_MIN);
    CHECK_INT(look("t-1", 1104)->heard_ms, 0); /* another office's */
}

TEST(leave_ends_with_what_failed)
{
    CHECK_INT(system_grant(store, 1103, "t-1", NULL), 0);
    CHECK(look("t-1", -1)->granted_ms >= NOON);
    hear("t-1", 1103, SYSTEM_INSTALLING, "");
    CHECK(look("t-1", -1)->granted_ms >= NOON);
    look_as = &later; /* it is away whatever holds by now */
    CHECK(look("t-1", -1)->granted_ms >= NOON);
    look_as = &runs;
    hear("t-1", 1103, SYSTEM_FELLBACK, "not-ready");
    CHECK_INT(look("t-1", -1)->granted_ms, 0);
}

/* As the rule counts it; who has no certificate stands nowhere. */
static int count(enum edition_place p)
{
    struct edition_figures f;
    int all = 0;

    CHECK_INT(edition_count(store, &runs, clock_wall_ms(), &f, NULL), 0);
    for (int i = 0; i < EDITION_PLACES; i++)
        all += f.of[i];
    CHECK_INT(all, 2);
    return f.of[p];
}

TEST(failed_until_staff_say_otherwise)
{
    CHECK_INT(count(EDITION_REFUSED), 1);
    CHECK_INT(system_retry(store, 1104, "t-2", NULL), -ERR_NOTFOUND); /* nothing failed there */
    CHECK_INT(system_retry(store, 1103, "t-1", NULL), 0);
    CHECK_INT(look("t-1", -1)->report.state, SYSTEM_HERE);
    CHECK_INT(count(EDITION_WAITS), 1);
    hear("t-1", 1103, SYSTEM_FELLBACK, "not-ready"); /* the old word once more */
    CHECK_INT(look("t-1", -1)->report.state, SYSTEM_HERE);
    hear("t-1", 1103, SYSTEM_INSTALLING, "");
    hear("t-1", 1103, SYSTEM_FELLBACK, "not-ready"); /* it failed again */
    CHECK_INT(look("t-1", -1)->report.state, SYSTEM_FELLBACK);
    CHECK_INT(count(EDITION_REFUSED), 1);
}

static int note_running(void *ctx, const char *version, int64_t n)
{
    char *out = ctx;

    snprintf(out + strlen(out), 60 - strlen(out), "%s=%lld ", version, (long long)n);
    return 0;
}

TEST(which_systems_run)
{
    char said[60] = "";

    CHECK_INT(system_each_running(store, note_running, said, NULL), 0);
    CHECK_STR(said, "=1 1.5.0=1 ");
    /* before version 10 it stood in its words alone: that still counts */
    struct system_report r = {.running = "1.6.0", .slot = "b", .state = SYSTEM_GOOD, .version = "1.6.0"};
    CHECK_INT(system_hear(store, 1103, "t-1", &r, NULL), 0);
    CHECK_INT(count(EDITION_HAS), 1);
    CHECK_INT(sql_exec(store_sql(store), "DELETE FROM system_running", NULL), 0);
    CHECK_INT(count(EDITION_HAS), 1);
}

TEST(done)
{
    char command[64];

    store_close(store);
    snprintf(command, sizeof command, "rm -rf %s", dir);
    CHECK_INT(system(command), 0);
}

/* Nor a word of its system: its neighbours are told what they are to do, and it fetches anew. */
TEST(a_row_that_cannot_be_read_stops_nobody)
{
    struct system_terminal me;
    enum rollout_reason why;

    hear("t-1", 1103, SYSTEM_HERE, "");
    CHECK_INT(sql_exec(store_sql(store), "UPDATE terminal SET place='{' WHERE terminal='t-1'", NULL), 0);
    CHECK_INT(sql_exec(store_sql(store), "UPDATE system_terminal SET report='{' WHERE terminal='t-1'", NULL), 0);
    CHECK(look("t-1", -1)->heard_ms >= NOON);
    CHECK_STR(found.place.zone, "?");
    CHECK_INT(found.rule.report.state, SYSTEM_NONE);
    CHECK_STR(look("t-2", -1)->id, "t-2");
    CHECK_INT(system_decide(store, &runs, 1103, "t-1", &me, &why, NULL), 0);
    CHECK_INT(why, ROLLOUT_FETCHING);
}

TEST_MAIN(SETUP(setup), T(published_bytes_never_change), T(the_last_that_has_begun_holds), T(what_a_terminal_says),
          T(leave_ends_with_what_failed), T(failed_until_staff_say_otherwise), T(which_systems_run),
          T(a_row_that_cannot_be_read_stops_nobody), TEARDOWN(done))
