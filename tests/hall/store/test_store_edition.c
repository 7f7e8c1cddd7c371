/* SPDX-License-Identifier: Apache-2.0
 *
 * Editions as rows: what is kept of them, two who change one at once, what terminals say of their catalogue.
 */
#include "test.h"

#include "hall/database.h"

#include "base/text.h"
#include "tools/hall/store/store_edition.h"
#include "tools/hall/store/terminal.h"

#define OFFICE 1103
#define NOW INT64_C(1767574800000)

static struct store *store;
static char dir[] = "/tmp/tongban-edition-XXXXXX";

static void add_terminal(const char *id, int registration)
{
    struct place place = {.zone = "城东", .spot = "一楼", .device = "01", .hotline = "12345", .supervision = "12345"};
    struct err e = {0};

    CHECK_INT(store_begin(store, &e), 0);
    CHECK_INT(terminal_add(store, OFFICE, id, &place, "CODE", &e), 0);
    CHECK(sql_do(store_sql(store), &e, "UPDATE terminal SET registration=$1, cert=$2 WHERE terminal=$3", "ibt",
                 (int64_t)registration, "x", (size_t)1, id) == 1);
    CHECK_INT(store_commit(store, &e), 0);
    CHECK_STR(e.text, "");
}

static int add(int64_t version)
{
    struct edition_row r = {.edition = {.version = version,
                                        .state = EDITION_BROUGHT,
                                        .percent = EDITION_NO_STAGE,
                                        .next = EDITION_NO_STAGE,
                                        .stop_after = 1,
                                        .needs = 1,
                                        .expires_ms = NOW + 1000},
                            .brought_id = "zhang",
                            .brought_by = "张三",
                            .brought = NOW,
                            .why = "<b>新</b>"};
    struct buf manifest, sig;

    buf_init(&manifest, 100);
    buf_init(&sig, 100);
    buf_adds(&manifest, "what was signed");
    buf_adds(&sig, "by whom");
    int rc = edition_add(store, &r, &manifest, &sig, NULL);
    buf_finish(&manifest);
    buf_finish(&sig);
    return rc;
}

TEST(setup)
{
    struct err e = {0};

    CHECK(mkdtemp(dir) != NULL);
    CHECK_INT((database_make(dir, &e) ? -1 : store_open(dir, &store, &e)), 0);
    CHECK_STR(e.text, "");
    add_terminal("t-1", 1);
    add_terminal("t-2", 2);
    add_terminal("t-never", 0);
    add_terminal("t-revoked", 3);
    CHECK_INT(sql_exec(store_sql(store), "UPDATE terminal SET cert=NULL WHERE terminal='t-revoked'", NULL), 0);
}

TEST(kept_as_it_was_brought)
{
    struct edition_row r;
    struct buf manifest, sig;

    CHECK_INT(edition_read(store, EDITION_CATALOGUE, 43, &r, NULL), -ERR_NOTFOUND);
    CHECK_INT(add(43), 0);
    CHECK_INT(add(43), -ERR_EXISTS);
    CHECK_INT(edition_read(store, EDITION_CATALOGUE, 43, &r, NULL), 0);
    CHECK(r.edition.state == EDITION_BROUGHT && r.edition.percent == EDITION_NO_STAGE && r.edition.stop_after == 1);
    CHECK(r.edition.needs == 1 && r.edition.expires_ms == NOW + 1000 && r.brought == NOW && !r.approved);
    CHECK_STR(r.brought_by, "张三");
    CHECK_STR(r.brought_id, "zhang");
    CHECK_STR(r.why, "<b>新</b>");
    buf_init(&manifest, 100);
    buf_init(&sig, 100);
    CHECK_INT(edition_signed(store, 43, &manifest, &sig, NULL), 0);
    CHECK_STR(buf_str(&manifest), "what was signed");
    CHECK_STR(buf_str(&sig), "by whom");
    CHECK_INT(edition_signed(store, 44, &manifest, &sig, NULL), -ERR_NOTFOUND);
    buf_finish(&manifest);
    buf_finish(&sig);
}

TEST(who_was_slower_does_it_again)
{
    struct edition_row one, other;
    int64_t running = 7;

    CHECK_INT(edition_read(store, EDITION_CATALOGUE, 43, &one, NULL), 0);
    other = one;
    one.edition.state = EDITION_APPROVED;
    text_copy(one.approved_by, sizeof one.approved_by, "李四");
    CHECK_INT(edition_put(store, &one, NULL), 0);
    other.edition.state = EDITION_WITHDRAWN;
    CHECK_INT(edition_put(store, &other, NULL), -ERR_RETRY);
    CHECK_INT(edition_running(store, EDITION_CATALOGUE, &running, NULL), 0);
    CHECK_INT(running, 0);
    one.edition.state = EDITION_RUNS;
    one.edition.percent = 10;
    one.edition.next = 100;
    one.edition.next_at = NOW + 5;
    CHECK_INT(edition_put(store, &one, NULL), 0);
    CHECK_INT(edition_read(store, EDITION_CATALOGUE, 43, &other, NULL), 0);
    CHECK(other.edition.state == EDITION_RUNS && other.edition.percent == 10 && other.edition.next == 100);
    CHECK_INT(other.edition.next_at, NOW + 5);
    CHECK_STR(other.approved_by, "李四");
    CHECK_INT(edition_running(store, EDITION_CATALOGUE, &running, NULL), 0);
    CHECK_INT(running, 43);
}

static const struct edition forty_three = {.version = 43};

static int64_t order[4];
static int n_order;

static int keep_order(void *ctx, const struct edition_row *r)
{
    order[n_order++] = r->edition.version;
    return n_order == 4;
}

TEST(the_highest_first)
{
    CHECK_INT(add(45), 0);
    CHECK_INT(add(44), 0);
    CHECK_INT(edition_each(store, EDITION_CATALOGUE, 43, keep_order, NULL, NULL), 0);
    CHECK(n_order == 2 && order[0] == 45 && order[1] == 44);
}

static struct edition_seen seen[4];
static int n_seen;

static int keep_seen(void *ctx, const struct edition_seen *t)
{
    seen[n_seen] = *t;
    seen[n_seen].rule.id = seen[n_seen].id;
    n_seen++;
    return 0;
}

static void look(void)
{
    n_seen = 0;
    CHECK_INT(edition_each_terminal(store, 43, keep_seen, NULL, NULL), 0);
    CHECK_INT(n_seen, 2);
}

TEST(chosen_terminals)
{
    CHECK_INT(edition_choose(store, &forty_three, "t-2", NULL), 0);
    CHECK_INT(edition_choose(store, &forty_three, "t-2", NULL), 0);
    CHECK_INT(edition_choose(store, &forty_three, "t-none", NULL), -ERR_NOTFOUND);
    bool reached;
    CHECK(edition_knows(store, "t-2", &reached, NULL) == 1 && reached);
    CHECK(edition_knows(store, "t-revoked", &reached, NULL) == 1 && !reached);
    CHECK(edition_knows(store, "t-never", &reached, NULL) == 1 && !reached);
    CHECK(edition_knows(store, "t-none", &reached, NULL) == 0 && !reached);
    look();
    CHECK_STR(seen[0].id, "t-1");
    CHECK_STR(seen[0].place.zone, "城东");
    CHECK(!seen[0].rule.chosen && seen[1].rule.chosen && !seen[1].rule.heard_ms);
}

static void hear(int64_t catalogue, int64_t refused, const char *why)
{
    struct edition_heard h = {.catalogue = catalogue, .refused = refused, .level = 1, .at = NOW};

    text_copy(h.why, sizeof h.why, why);
    CHECK_INT(edition_hear(store, OFFICE, "t-2", &h, NULL), 0);
}

/* A terminal says once that it refused one, and then goes on. */
TEST(a_refusal_stands_until_it_has_that_one)
{
    struct edition ed = {.version = 43, .state = EDITION_RUNS, .percent = 0, .stop_after = 1};
    struct edition_figures f;

    hear(42, 0, "");
    look();
    CHECK(seen[1].rule.catalogue == 42 && seen[1].rule.heard_ms == NOW && !seen[1].rule.refused);
    hear(42, 43, "signature");
    hear(42, 0, "");
    look();
    CHECK_INT(seen[1].rule.refused, 43);
    CHECK_STR(seen[1].heard.why, "signature");
    CHECK_INT(edition_count(store, &ed, NOW, &f, NULL), 0);
    CHECK(f.of[EDITION_REFUSED] == 1 && f.of[EDITION_OUTSIDE] == 1 && f.of[EDITION_HAS] == 0);
    hear(42, 43, "checksum");
    look();
    CHECK_STR(seen[1].heard.why, "checksum");
    hear(43, 0, "");
    look();
    CHECK_INT(seen[1].rule.refused, 0);
    CHECK_STR(seen[1].heard.why, "");
    CHECK_INT(edition_count(store, &ed, NOW, &f, NULL), 0);
    CHECK_INT(f.of[EDITION_HAS], 1);
}

TEST(a_place_that_cannot_be_read)
{
    CHECK_INT(sql_exec(store_sql(store), "UPDATE terminal SET place='{' WHERE terminal='t-1'", NULL), 0);
    look();
    CHECK_STR(seen[0].place.spot, "?");
}

TEST(version_7_had_none)
{
    static const char *const back[] = {"DROP TABLE catalogue_edition", "DROP TABLE catalogue_chosen",
                                       "DROP TABLE catalogue_terminal", "UPDATE hall SET version = 7"};
    struct edition_row r;
    struct err e = {0};

    for (size_t i = 0; i < sizeof back / sizeof *back; i++)
        CHECK_INT(sql_exec(store_sql(store), back[i], &e), 0);
    store_close(store);
    CHECK_INT(store_open(dir, &store, &e), 0);
    CHECK_STR(e.text, "");
    CHECK_INT(edition_read(store, EDITION_CATALOGUE, 43, &r, NULL), -ERR_NOTFOUND);
    CHECK_INT(add(43), 0);
    look();
    CHECK(!seen[1].rule.chosen && !seen[1].rule.heard_ms);
}

TEST(finish)
{
    char command[80];

    store_close(store);
    snprintf(command, sizeof command, "rm -rf %s", dir);
    CHECK_INT(system(command), 0);
}

TEST_MAIN(SETUP(setup), T(kept_as_it_was_brought), T(who_was_slower_does_it_again), T(the_highest_first),
          T(chosen_terminals), T(a_refusal_stands_until_it_has_that_one), T(a_place_that_cannot_be_read),
          T(version_7_had_none), TEARDOWN(finish))
