/* SPDX-License-Identifier: Apache-2.0
 *
 * Systems as rows: what is published stays, what failed stays failed until staff say otherwise.
 */
#include "test.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/text.h"
#include "tools/hall/store/store_system.h"
#include "tools/hall/store/terminal.h"

#define NOON INT64_C(1767585600000)

static struct store *store;
static char dir[] = "/tmp/tongban-system-XXXXXX";
static const struct rollout runs = {.state = ROLLOUT_RUNS, .version = "1.6.0", .percent = 10, .stop_after = 2};

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
}

TEST(published_bytes_never_change)
{
    struct system_release r = {.version = "1.6.0", .size = 5000, .sha256 = {1}}, is;

    CHECK_INT(system_release(store, "1.6.0", &is, NULL), -ERR_NOTFOUND);
    CHECK_INT(system_publish(store, &r, NULL), 0);
    CHECK_INT(system_publish(store, &r, NULL), 0);
    r.sha256[0] = 2;
    CHECK_INT(system_publish(store, &r, NULL), -ERR_EXISTS);
    CHECK_INT(system_release(store, "1.6.0", &is, NULL), 0);
    CHECK(is.size == 5000 && is.sha256[0] == 1);
}

TEST(one_rollout)
{
    struct rollout r;
    char why[64];

    CHECK_INT(system_rollout(store, &r, why, sizeof why, NULL), 0);
    CHECK_INT(r.state, ROLLOUT_NONE);
    CHECK_INT(system_set_rollout(store, &runs, "first", NULL), 0);
    CHECK_INT(system_set_rollout(store, &runs, "second", NULL), 0);
    CHECK_INT(system_rollout(store, &r, why, sizeof why, NULL), 0);
    CHECK(r.state == ROLLOUT_RUNS && r.percent == 10 && r.stop_after == 2);
    CHECK_STR(r.version, "1.6.0");
    CHECK_STR(why, "second");
}

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
    CHECK_INT(system_each(store, &runs, office, find, name, NULL), 0);
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
    CHECK_INT(system_choose(store, "1.6.0", "t-1", NULL), 0);
    CHECK_INT(system_choose(store, "1.6.0", "t-9", NULL), -ERR_NOTFOUND);
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
    hear("t-1", 1103, SYSTEM_FELLBACK, "not-ready");
    CHECK_INT(look("t-1", -1)->granted_ms, 0);
}

TEST(failed_until_staff_say_otherwise)
{
    int n = 0;

    CHECK_INT(system_failures(store, &runs, &n, NULL), 0);
    CHECK_INT(n, 1);
    CHECK_INT(system_retry(store, 1104, "t-2", NULL), -ERR_NOTFOUND); /* nothing failed there */
    CHECK_INT(system_retry(store, 1103, "t-1", NULL), 0);
    CHECK_INT(look("t-1", -1)->report.state, SYSTEM_HERE);
    hear("t-1", 1103, SYSTEM_FELLBACK, "not-ready"); /* the old word once more */
    CHECK_INT(look("t-1", -1)->report.state, SYSTEM_HERE);
    hear("t-1", 1103, SYSTEM_INSTALLING, "");
    hear("t-1", 1103, SYSTEM_FELLBACK, "not-ready"); /* it failed again */
    CHECK_INT(look("t-1", -1)->report.state, SYSTEM_FELLBACK);
    CHECK_INT(system_failures(store, &runs, &n, NULL), 0);
    CHECK_INT(n, 1);
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

TEST_MAIN(SETUP(setup), T(published_bytes_never_change), T(one_rollout), T(what_a_terminal_says),
          T(leave_ends_with_what_failed), T(failed_until_staff_say_otherwise), T(a_row_that_cannot_be_read_stops_nobody),
          TEARDOWN(done))
