/* SPDX-License-Identifier: Apache-2.0
 *
 * What staff want of terminals, as rows: once each, the zone is never emptied, only the terminal itself says that it was
 * done.
 */
#include "test.h"

#include "hall/database.h"

#include "base/clock.h"
#include "base/text.h"
#include "tools/hall/store/store_act.h"
#include "tools/hall/store/terminal.h"

#define NOON INT64_C(1767585600000)
#define OFFICE 1103
#define WELL                                                                                                                \
    "{\"v\":1,\"version\":\"1\",\"acked\":1,\"head\":1,\"catalogue\":3,\"warnings\":[],\"devices\":{\"reader\":\"ready\"}}"

static struct store *store;
static char dir[] = "/tmp/tongban-act-XXXXXX";
static struct act given[ACTS_MAX];
static size_t n;

static void add_terminal(int office, const char *id, const char *spot)
{
    struct place place = {.zone = "城东", .device = "03", .hotline = "12345", .supervision = "12345"};
    struct err e = {0};

    text_copy(place.spot, sizeof place.spot, spot);
    CHECK_INT(terminal_add(store, office, id, &place, "AAAA-BBBB-CCCC-DDDD", &e), 0);
    CHECK_INT(terminal_health(store, office, id, WELL, &e), 0);
    CHECK_STR(e.text, "");
}

TEST(setup)
{
    struct err e = {0};

    CHECK(mkdtemp(dir) != NULL);
    CHECK_INT((database_make(dir, &e) ? -1 : store_open(dir, &store, &e)), 0);
    CHECK_STR(e.text, "");
    clock_set_wall(NOON);
    for (int i = 1; i <= 4; i++) {
        char id[16];

        snprintf(id, sizeof id, "t-%d", i);
        add_terminal(OFFICE, id, "一处");
    }
    add_terminal(OFFICE, "alone", "另一处");
    add_terminal(OFFICE, "lone-2", "第三处");
    add_terminal(OFFICE, "t-9", "第四处");
    add_terminal(1104, "x-1", "一处");
}

static struct act_row row(const char *terminal, enum act_kind kind, int id)
{
    struct act_row r = {.act = {.id = {(uint8_t)id, (uint8_t)terminal[2]}, .at_ms = NOON + id, .until_ms = NOON + ACT_MS}};

    r.act.kind = kind;
    text_copy(r.act.terminal, sizeof r.act.terminal, terminal);
    text_copy(r.act.by, sizeof r.act.by, "0601");
    text_copy(r.why, sizeof r.why, "卡住了");
    text_copy(r.name, sizeof r.name, "测试酉");
    return r;
}

static int add(const struct act_row *r)
{
    return act_add(store, OFFICE, r, NULL);
}

static size_t grant(const char *terminal, int64_t now)
{
    CHECK_INT(act_grant(store, OFFICE, terminal, now, given, &n, NULL), 0);
    return n;
}

TEST(each_once)
{
    struct act_row r = row("t-1", ACT_RESTART, 1), other = row("t-1", ACT_SYNC, 1), foreign = row("x-1", ACT_SYNC, 2);

    CHECK_INT(act_waits(store, OFFICE, "t-1", NOON, NULL), 0);
    CHECK_INT(add(&r), 1);
    CHECK_INT(add(&r), 0);
    CHECK_INT(add(&other), -ERR_EXISTS);
    CHECK_INT(add(&foreign), -ERR_NOTFOUND);
    text_copy(foreign.act.terminal, sizeof foreign.act.terminal, "nobody");
    CHECK_INT(add(&foreign), -ERR_NOTFOUND);
    CHECK_INT(act_waits(store, OFFICE, "t-1", NOON, NULL), 1);
    CHECK_INT(act_waits(store, OFFICE, "t-2", NOON, NULL), 0);
    CHECK_INT(act_waits(store, OFFICE, "t-1", NOON + ACT_MS, NULL), 0);
}

/* All four of a place are to restart: they come for it one after the other. */
TEST(never_all_of_a_zone)
{
    for (int i = 2; i <= 4; i++) {
        char id[16];

        snprintf(id, sizeof id, "t-%d", i);
        struct act_row r = row(id, ACT_RESTART, 1);
        CHECK_INT(add(&r), 1);
    }
    CHECK_INT(grant("t-1", NOON), 1);
    CHECK(given[0].kind == ACT_RESTART && given[0].id[0] == 1);
    CHECK_INT(grant("t-2", NOON), 1);
    CHECK_INT(grant("t-3", NOON), 0);
    CHECK_INT(grant("t-4", NOON), 0);
    CHECK_INT(grant("t-1", NOON + 1), 1); /* its answer was lost */
    CHECK_INT(act_done(store, OFFICE, "t-1", given[0].id, NOON + 60000, NULL), 0);
    CHECK_INT(grant("t-1", NOON + 60000), 0);
    CHECK_INT(grant("t-3", NOON + 60000), 0); /* it has just begun to restart */
    CHECK_INT(grant("t-3", NOON + 60000 + ACT_AWAY_MS), 1);
    CHECK_INT(grant("t-4", NOON + 60000 + ACT_AWAY_MS), 0);
}

TEST(alone_in_its_place)
{
    struct act_row r = row("alone", ACT_OUT, 1);

    r.act.reason = OUTAGE_SUPPLIES;
    r.act.back_ms = NOON + 5;
    CHECK_INT(add(&r), 1);
    CHECK_INT(grant("alone", NOON), 1);
    CHECK(given[0].reason == OUTAGE_SUPPLIES && given[0].back_ms == NOON + 5);
    CHECK_STR(given[0].by, "0601");
}

TEST(only_itself_says_that_it_was_done)
{
    enum act_stand stand = ACT_STANDS;
    struct fleet_terminal t = {.office = OFFICE, .id = "alone"};
    struct act_row r = row("alone", ACT_OUT, 1);

    CHECK_INT(act_done(store, OFFICE, "t-1", r.act.id, NOON, NULL), 0);
    CHECK_INT(act_done(store, 1104, "alone", r.act.id, NOON, NULL), 0);
    CHECK_INT(grant("alone", NOON), 1);
    CHECK_INT(act_done(store, OFFICE, "alone", r.act.id, NOON, NULL), 0);
    CHECK_INT(grant("alone", NOON), 0);
    r.done_ms = NOON;
    CHECK_INT(act_stands(store, &t, &r, NOON, &stand, NULL), 0);
    CHECK_INT(stand, ACT_STAND_DONE);
}

static struct act_row was;

static int withdraw(int office, const struct act_row *r)
{
    const struct act_withdrawal w = {office, r->act.id, "0602", "选错了", NOON + 100};

    return act_withdraw(store, &w, &was, NULL);
}

/* Rows of the audit log that say so of a terminal. */
static int64_t said(const char *terminal, const char *reason)
{
    struct sql_rows *r = NULL;
    int64_t found = 0;

    CHECK_INT(sql_select(store_sql(store), &r, NULL,
                         "SELECT count(*) FROM audit WHERE action='terminal-act-withdraw' AND subject=$1 AND reason LIKE $2",
                         "tt", terminal, reason),
              0);
    if (sql_next(r, NULL) == 1)
        found = sql_int(r, 0);
    sql_done(r);
    return found;
}

TEST(withdrawn_before_it_was_given)
{
    enum act_stand stand = ACT_STANDS;
    struct fleet_terminal t = {.office = OFFICE, .id = "t-9"};
    struct act_row r = row("t-9", ACT_SYNC, 40);

    CHECK_INT(withdraw(OFFICE, &r), 0); /* nothing of that id */
    CHECK_STR(was.act.terminal, "");
    CHECK_INT(add(&r), 1);
    CHECK_INT(withdraw(1104, &r), 0);
    CHECK_INT(said("t-9", "%"), 0); /* another office's is not told */
    CHECK_INT(withdraw(OFFICE, &r), 1);
    CHECK_STR(was.act.terminal, "t-9");
    CHECK_INT(said("t-9", "sync, wanted by 测试酉 at 2026-01-05T%: 选错了"), 1);
    CHECK_INT(withdraw(OFFICE, &r), 0);
    CHECK_INT(said("t-9", "refused: act-not-waiting: sync, wanted by 测试酉 at %: 选错了"), 1);
    CHECK_INT(act_waits(store, OFFICE, "t-9", NOON, NULL), 0);
    CHECK_INT(grant("t-9", NOON), 0);
    r.act.until_ms = r.act.at_ms;
    CHECK_INT(act_stands(store, &t, &r, NOON, &stand, NULL), 0);
    CHECK_INT(stand, ACT_STAND_WITHDRAWN);
    r = row("t-9", ACT_SYNC, 41);
    CHECK_INT(add(&r), 1);
    CHECK_INT(grant("t-9", NOON), 1);
    CHECK_INT(withdraw(OFFICE, &r), 0); /* it has it */
    CHECK_INT(grant("t-9", NOON), 1);
}

/* Somebody looks at a message; a colleague puts another in its place: that one stays. */
TEST(withdrawn_is_what_was_seen)
{
    struct act_row seen = row("t-9", ACT_MESSAGE, 42), now = row("t-9", ACT_MESSAGE, 43);

    text_copy(seen.act.zh, sizeof seen.act.zh, "今天 17:00 停电");
    text_copy(now.act.zh, sizeof now.act.zh, "改为 19:00 停电");
    CHECK_INT(add(&seen), 1);
    CHECK_INT(add(&now), 1);
    CHECK_INT(withdraw(OFFICE, &seen), 0);
    CHECK_INT(said("t-9", "refused: act-not-waiting: message “今天 17:00 停电”, wanted by%"), 1);
    CHECK_INT(withdraw(OFFICE, &now), 1);
    CHECK_STR(was.act.zh, "改为 19:00 停电");
    CHECK_INT(said("t-9", "message “改为 19:00 停电”, wanted by%"), 1);
}

/* The newest message alone, also when it was shown: a terminal that has restarted asks for it. */
TEST(the_newest_message)
{
    struct act_row one = row("alone", ACT_MESSAGE, 5), two = row("alone", ACT_MESSAGE, 6);

    text_copy(one.act.zh, sizeof one.act.zh, "一");
    text_copy(two.act.zh, sizeof two.act.zh, "二");
    CHECK_INT(add(&one), 1);
    CHECK_INT(add(&two), 1);
    CHECK_INT(grant("alone", NOON), 1);
    CHECK_STR(given[0].zh, "二");
    CHECK_INT(act_done(store, OFFICE, "alone", two.act.id, NOON, NULL), 0);
    CHECK_INT(act_waits(store, OFFICE, "alone", NOON, NULL), 1);
    CHECK_INT(grant("alone", NOON), 1);
    CHECK_STR(given[0].zh, "二");
    CHECK_INT(grant("alone", NOON + ACT_MS), 0);
}

/* What waits at the hall; what the terminal has it may do at any moment. */
TEST(the_newest_of_a_kind)
{
    struct act_row out = row("lone-2", ACT_OUT, 1), in = row("lone-2", ACT_IN, 2), again = row("lone-2", ACT_RESTART, 3);

    CHECK_INT(add(&out), 1);
    CHECK_INT(add(&in), 1);
    CHECK_INT(grant("lone-2", NOON + 100), 1);
    CHECK(given[0].kind == ACT_IN);
    CHECK_INT(act_done(store, OFFICE, "lone-2", in.act.id, NOON + 100, NULL), 0);
    for (int i = 4; i < 12; i++) {
        again = row("lone-2", ACT_RESTART, i);
        CHECK_INT(add(&again), 1);
        CHECK_INT(add(&again), 0);
    }
    CHECK_INT(grant("lone-2", NOON + 100), 1);
    CHECK_INT(given[0].id[0], 11);
    again = row("lone-2", ACT_RESTART, 12);
    CHECK_INT(add(&again), 1);
    CHECK_INT(grant("lone-2", NOON + 200), 2);
    CHECK(given[0].id[0] == 11 && given[1].id[0] == 12);
}

TEST(an_act_of_a_newer_hall_is_not_given)
{
    struct act_row r = row("alone", ACT_SYNC, 30);
    size_t before = grant("alone", NOON + 100);

    CHECK_INT(add(&r), 1);
    CHECK_INT(
        sql_do(store_sql(store), NULL, "UPDATE terminal_act SET act='erase' WHERE id=$1", "b", r.act.id, (size_t)ACT_ID_LEN),
        1);
    CHECK_INT(grant("alone", NOON + 100), before);
}

TEST(very_many)
{
    for (int i = 10; i < 50; i++) {
        struct act_row r = row("t-2", ACT_SYNC, i);

        CHECK_INT(add(&r), 1);
        CHECK(grant("t-2", NOON) > 0);
    }
    CHECK_INT(grant("t-2", NOON), ACTS_MAX);
}

TEST(teardown)
{
    store_close(store);
}

TEST_MAIN(SETUP(setup), T(each_once), T(never_all_of_a_zone), T(alone_in_its_place), T(only_itself_says_that_it_was_done),
          T(withdrawn_before_it_was_given), T(withdrawn_is_what_was_seen), T(the_newest_message), T(the_newest_of_a_kind),
          T(an_act_of_a_newer_hall_is_not_given), T(very_many), TEARDOWN(teardown))
