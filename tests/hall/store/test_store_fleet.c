/* SPDX-License-Identifier: Apache-2.0
 *
 * What is known of terminals, as rows: each office's own, by name; what cannot be read is not known, and stops nobody.
 */
#include "test.h"

#include "hall/database.h"

#include "base/clock.h"
#include "base/text.h"
#include "tools/hall/store/store_fleet.h"
#include "tools/hall/store/store_system.h"
#include "tools/hall/store/terminal.h"

#define NOON INT64_C(1767585600000)

static struct store *store;
static char dir[] = "/tmp/tongban-fleet-XXXXXX";
static struct fleet_terminal seen[8];
static int n_seen;

static int see(void *ctx, const struct fleet_terminal *t)
{
    seen[n_seen++] = *t;
    return ctx != NULL;
}

static int each(int office, const char *id)
{
    n_seen = 0;
    CHECK_INT(fleet_each(store, office, id, see, NULL, NULL), 0);
    return n_seen;
}

TEST(setup)
{
    static const struct place place = {
        .zone = "城东", .spot = "示范", .device = "03", .hotline = "12345", .supervision = "12345"};
    struct err e = {0};

    CHECK(mkdtemp(dir) != NULL);
    CHECK_INT((database_make(dir, &e) ? -1 : store_open(dir, &store, &e)), 0);
    CHECK_STR(e.text, "");
    clock_set_wall(NOON);
    CHECK_INT(terminal_add(store, 1103, "t-2", &place, "AAAA-BBBB-CCCC-DDDD", &e), 0);
    CHECK_INT(terminal_add(store, 1103, "t-1", &place, "AAAA-BBBB-CCCC-DDDE", &e), 0);
    CHECK_INT(terminal_add(store, 1104, "t-3", &place, "AAAA-BBBB-CCCC-EEEE", &e), 0);
}

TEST(nothing_is_known_yet)
{
    struct situation_now now;
    struct hour_strip hours;
    int64_t ends = 7;

    CHECK_INT(each(1103, NULL), 2);
    CHECK_STR(seen[0].id, "t-1");
    CHECK(!seen[0].told && !seen[0].certified && fleet_heard(&seen[0]) == 0);
    fleet_judge(&seen[0], NOON, &now);
    CHECK_INT(now.situation, SITUATION_NEW);
    CHECK_INT(fleet_ends(store, &seen[0], &ends, NULL), 0);
    CHECK_INT(ends, 0);
    CHECK_INT(fleet_hours(store, &seen[0], NOON, &hours, NULL), 0);
    CHECK_INT(each(1103, "t-3"), 0); /* another office's */
    CHECK_INT(each(1104, "t-3"), 1);
    CHECK_INT(each(1103, "nobody"), 0);
}

TEST(what_it_said)
{
    struct system_report r = {.running = "1.4.2", .slot = "a", .state = SYSTEM_NONE};
    struct situation_now now;

    CHECK_INT(terminal_health(store, 1103, "t-1",
                              "{\"v\":1,\"version\":\"1.4.2\",\"acked\":1,\"head\":4,\"catalogue\":3,\"warnings\":[],"
                              "\"devices\":{\"receipt\":\"no-paper\"}}",
                              NULL),
              0);
    clock_set_wall(NOON + 60000);
    CHECK_INT(system_hear(store, 1103, "t-1", &r, NULL), 0);
    CHECK_INT(each(1103, "t-1"), 1);
    CHECK(seen[0].told && seen[0].told_ms / 60000 == NOON / 60000 && fleet_heard(&seen[0]) / 60000 == NOON / 60000 + 1);
    CHECK_STR(seen[0].system.running, "1.4.2");
    fleet_judge(&seen[0], NOON, &now);
    CHECK_INT(now.situation, SITUATION_GO);
}

TEST(what_cannot_be_read_is_not_known)
{
    CHECK_INT(terminal_health(store, 1103, "t-2", "{\"v\":2}", NULL), 0);
    CHECK_INT(sql_do(store_sql(store), NULL, "UPDATE system_terminal SET report='{' WHERE terminal=$1", "t", "t-1"), 1);
    CHECK_INT(each(1103, NULL), 2);
    CHECK_STR(seen[0].system.running, "");
    CHECK(!seen[1].told && seen[1].told_ms >= NOON + 60000);
}

TEST(one_is_enough)
{
    n_seen = 0;
    CHECK_INT(fleet_each(store, 1103, NULL, see, seen, NULL), 0);
    CHECK_INT(n_seen, 1);
}

static char stands[256];

static int note_stand(void *ctx, const struct fleet_stand *t)
{
    struct situation_now now;

    fleet_judge_stand(t, clock_wall_ms(), &now);
    snprintf(stands + strlen(stands), sizeof stands - strlen(stands), "%s %s %s;", t->id, situation_word(now.situation),
             t->zone[0] ? "zone" : "");
    return ctx != NULL;
}

TEST(all_as_they_stand)
{
    struct situation_now now;

    stands[0] = '\0';
    CHECK_INT(fleet_each_stand(store, 1103, note_stand, NULL, NULL), 0);
    CHECK_STR(stands, "t-1 go zone;t-2 good zone;");
    each(1103, "t-1"); /* the same as of one */
    fleet_judge(&seen[0], clock_wall_ms(), &now);
    CHECK_STR(situation_word(now.situation), "go");
    stands[0] = '\0';
    CHECK_INT(fleet_each_stand(store, 1103, note_stand, stands, NULL), 0);
    CHECK_STR(stands, "t-1 go zone;");
}

static int note_brief(void *ctx, const struct fleet_brief *t)
{
    snprintf(stands + strlen(stands), sizeof stands - strlen(stands), "%s %s %d;", t->id, situation_word(t->situation),
             t->serves);
    return ctx != NULL;
}

static const char *briefs(int64_t now)
{
    stands[0] = '\0';
    CHECK_INT(fleet_each_brief(store, 1103, now, note_brief, NULL, NULL), 0);
    return stands;
}

/* What is kept counts for the very report it was made of; without it that is read. */
TEST(counted_by_what_is_kept)
{
    static const char fault[] = "{\"v\":1,\"version\":\"x\",\"acked\":1,\"head\":4,\"catalogue\":3,\"warnings\":[],"
                                "\"devices\":{\"receipt\":\"fault\"}}";
    struct situation_now good, now = {.situation = SITUATION_GOOD};
    int64_t at = clock_wall_ms();

    CHECK_STR(briefs(at), "t-1 go 1;t-2 good 1;");
    situation_of_word(NULL, &good);
    CHECK_INT(fleet_keep(store, 1103, "t-1", &good, NULL), 0);
    CHECK_STR(briefs(at), "t-1 good 1;t-2 good 1;");
    now = (struct situation_now){.situation = SITUATION_OUT, .serves = false};
    CHECK_INT(fleet_keep(store, 1103, "t-1", &now, NULL), 0);
    CHECK_STR(briefs(at), "t-1 out 0;t-2 good 1;");
    clock_set_wall(at + 1000); /* a word of which an earlier hall kept nothing */
    CHECK_INT(terminal_health(store, 1103, "t-1", fault, NULL), 0);
    CHECK_STR(briefs(at + 1000), "t-1 go 1;t-2 good 1;");
    CHECK_INT(sql_exec(store_sql(store),
                       "UPDATE terminal_stand SET situation='of a newer hall', told=(SELECT at FROM health"
                       " WHERE terminal='t-1')",
                       NULL),
              0);
    CHECK_STR(briefs(at + 1000), "t-1 desk 0;t-2 good 1;");
    CHECK_STR(briefs(at + 45 * 60000), "t-1 silent 0;t-2 silent 0;");
    CHECK_INT(sql_exec(store_sql(store), "UPDATE system_terminal SET at=at+2700000 WHERE terminal='t-1'", NULL), 0);
    CHECK_STR(briefs(at + 45 * 60000), "t-1 desk 0;t-2 silent 0;"); /* it spoke of its system since */
}

static int near(const char *id)
{
    struct fleet_terminal t;

    CHECK_INT(each(1103, id), 1);
    t = seen[0];
    n_seen = 0;
    CHECK_INT(fleet_each_near(store, &t, see, NULL, NULL), 0);
    return n_seen;
}

TEST(neighbours_are_of_its_zone)
{
    static const struct place elsewhere = {
        .zone = "城东", .spot = "西街", .device = "01", .hotline = "12345", .supervision = "12345"};

    CHECK_INT(near("t-1"), 1); /* t-3 stands at a spot of that name in another office */
    CHECK_STR(seen[0].id, "t-2");
    CHECK_INT(terminal_add(store, 1103, "t-2", &elsewhere, "AAAA-BBBB-CCCC-FFFF", NULL), 0); /* it was moved */
    CHECK_INT(near("t-1"), 0);
    CHECK_INT(near("t-2"), 0);
}

/* Where it was known to stand it still has neighbours: they are not to be away all at once. */
TEST(a_place_that_cannot_be_read)
{
    CHECK_INT(each(1103, NULL), 2);
    CHECK_INT(terminal_add(store, 1103, "t-2", &seen[0].place, "AAAA-BBBB-CCCC-FFFF", NULL), 0); /* beside t-1 */
    CHECK_INT(sql_exec(store_sql(store), "UPDATE terminal SET place='{' WHERE terminal='t-1'", NULL), 0);
    CHECK_INT(each(1103, NULL), 2);
    CHECK_STR(seen[0].place.spot, "?");
    CHECK_INT(near("t-1"), 1);
    CHECK_INT(near("t-2"), 1);
}

TEST(teardown)
{
    store_close(store);
}

TEST_MAIN(SETUP(setup), T(nothing_is_known_yet), T(what_it_said), T(what_cannot_be_read_is_not_known), T(one_is_enough),
          T(all_as_they_stand), T(counted_by_what_is_kept), T(neighbours_are_of_its_zone), T(a_place_that_cannot_be_read),
          TEARDOWN(teardown))
