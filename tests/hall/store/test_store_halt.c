/* SPDX-License-Identifier: Apache-2.0
 *
 * Halted items as rows: the list's version, who is off and who was, what terminals say.
 */
#include "test.h"

#include "hall/database.h"

#include "base/text.h"
#include "tools/hall/store/store_edition.h"
#include "tools/hall/store/store_halt.h"
#include "tools/hall/store/terminal.h"

#define NOW INT64_C(1767574800000)

static struct store *store;
static char dir[] = "/tmp/tongban-halt-XXXXXX";

static void add_terminal(const char *id, int registration)
{
    struct place place = {.zone = "城东", .spot = "一楼", .device = "01", .hotline = "12345", .supervision = "12345"};
    static const uint8_t cert[SHA256_LEN] = {1};
    struct err e = {0};

    CHECK_INT(store_begin(store, &e), 0);
    CHECK_INT(terminal_add(store, 1103, id, &place, "CODE", &e), 0);
    CHECK(sql_do(store_sql(store), &e, "UPDATE terminal SET registration=$1, cert=$2, cert_sha256=$3 WHERE terminal=$4",
                 "ibbt", (int64_t)registration, cert, sizeof cert, cert, sizeof cert, id) == 1);
    CHECK_INT(store_commit(store, &e), 0);
    CHECK_STR(e.text, "");
}

static int64_t put_at(const char *code, bool off, int64_t since, int64_t now)
{
    struct halt_row r = {.off = off, .halt = {.upto = 3, .at_ms = since}, .changed = now, .by = "周五", .why = "<b>"};
    struct err e = {0};

    text_copy(r.halt.task_code, sizeof r.halt.task_code, code);
    text_copy(r.halt.zh, sizeof r.halt.zh, "材料有误");
    text_copy(r.name, sizeof r.name, "换领");
    CHECK_INT(store_begin(store, &e), 0);
    CHECK_INT(halt_lock(store, &e), 0);
    CHECK_INT(halt_put(store, &r, &e), 0);
    CHECK_INT(store_commit(store, &e), 0);
    CHECK_STR(e.text, "");
    return r.version;
}

static int64_t put(const char *code, bool off, int64_t since)
{
    return put_at(code, off, since, NOW);
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
}

TEST(the_list_and_its_version)
{
    struct halts h;
    struct halt_row r;
    int64_t version = -1;

    CHECK_INT(halt_version(store, &version, NULL), 0);
    CHECK_INT(version, 0);
    CHECK_INT(halt_list(store, HALTS_MAX, &h, NULL), 0);
    CHECK_INT(h.n, 0);
    CHECK_INT(put("B", true, NOW + 5), NOW);
    CHECK_INT(put("A", true, NOW), NOW + 1);
    CHECK_INT(halt_list(store, HALTS_MAX, &h, NULL), 0);
    CHECK_INT(h.version, NOW + 1);
    CHECK_INT(h.n, 2);
    CHECK_STR(h.list[0].task_code, "B"); /* by their last change */
    CHECK_INT(h.list[0].upto, 3);
    CHECK_STR(h.list[1].zh, "材料有误");
    CHECK_INT(put("B", false, NOW + 5), NOW + 2); /* bringing back is a change too */
    CHECK_INT(halt_list(store, HALTS_MAX, &h, NULL), 0);
    CHECK_INT(h.version, NOW + 2);
    CHECK_INT(h.n, 1);
    CHECK_INT(halt_get(store, "B", &r, NULL), 0);
    CHECK(!r.off);
    CHECK_STR(r.by, "周五");
    CHECK_INT(halt_get(store, "C", &r, NULL), -ERR_NOTFOUND);
}

/* What a terminal of earlier software takes: each that it says it has is off there, and no other is said to be. */
TEST(the_first_few)
{
    char code[20];
    struct halts h;
    struct err e = {0};

    for (int i = 0; i < HALTS_FEW; i++) { /* beside A */
        snprintf(code, sizeof code, "F%02d", i);
        CHECK_INT(put(code, true, NOW - i), NOW + 3 + i);
    }
    CHECK_INT(halt_list(store, HALTS_MAX, &h, NULL), 0);
    CHECK_INT(h.n, HALTS_FEW + 1);
    CHECK_INT(h.version, NOW + HALTS_FEW + 2);
    CHECK_INT(halt_list(store, HALTS_FEW, &h, NULL), 0);
    CHECK_INT(h.n, HALTS_FEW);
    CHECK_INT(h.version, NOW + HALTS_FEW + 1);
    CHECK_STR(h.list[0].task_code, "A");
    CHECK_STR(h.list[HALTS_FEW - 1].task_code, "F10");
    CHECK_INT(put("F00", false, NOW), NOW + HALTS_FEW + 3); /* the next one takes its place, and the version is another */
    CHECK_INT(halt_list(store, HALTS_FEW, &h, NULL), 0);
    CHECK_INT(h.n, HALTS_FEW);
    CHECK_INT(h.version, NOW + HALTS_FEW + 3);
    CHECK_STR(h.list[HALTS_FEW - 1].task_code, "F11");
    CHECK_INT(sql_exec(store_sql(store), "DELETE FROM item_halt WHERE task_code LIKE 'F%'", &e), 0);
}

/* What terminals were told after the copy was made has a number that the restored hall does not give again. */
TEST(a_restored_one_goes_on_in_time)
{
    struct err e = {0};

    CHECK_INT(put_at("C", true, NOW, NOW + 10000), NOW + 10000);
    CHECK_INT(sql_exec(store_sql(store), "DELETE FROM item_halt WHERE task_code='C'", &e), 0);
    CHECK_INT(put_at("D", true, NOW, NOW + 20000), NOW + 20000);
    CHECK_INT(put_at("D", false, NOW, NOW + 5000), NOW + 20001); /* its clock was set back */
    CHECK_INT(sql_exec(store_sql(store), "DELETE FROM item_halt WHERE task_code='D'", &e), 0);
}

static struct halt_seen seen[4];
static int n_seen;

static int see(void *ctx, const struct halt_seen *t)
{
    seen[n_seen++] = *t;
    return 0;
}

TEST(what_terminals_say)
{
    n_seen = 0;
    CHECK_INT(halt_hear(store, 1103, "t-1", 2, NOW, NULL), 0);
    CHECK_INT(halt_hear(store, 1103, "t-1", 2, NOW + 1000, NULL), 0);
    CHECK_INT(halt_each_terminal(store, see, NULL, NULL), 0);
    CHECK_INT(n_seen, 2); /* who was never enrolled is none */
    CHECK_STR(seen[0].id, "t-1");
    CHECK_INT(seen[0].version, 2);
    CHECK_INT(seen[0].at_ms, NOW); /* since it has said so */
    CHECK_INT(seen[1].version, 0);
    CHECK_INT(halt_hear(store, 1103, "t-1", 3, NOW + 2000, NULL), 0);
    CHECK_INT(edition_hear(store, 1103, "t-1", &(struct edition_heard){.catalogue = 7, .at = NOW}, NULL), 0);
    n_seen = 0;
    CHECK_INT(halt_each_terminal(store, see, NULL, NULL), 0);
    CHECK_INT(seen[0].at_ms, NOW + 2000);
    CHECK_INT(seen[0].catalogue, 7);
    CHECK_INT(seen[1].catalogue, 0);
}

TEST(a_place_that_cannot_be_read)
{
    CHECK_INT(sql_exec(store_sql(store), "UPDATE terminal SET place='{' WHERE terminal='t-1'", NULL), 0);
    n_seen = 0;
    CHECK_INT(halt_each_terminal(store, see, NULL, NULL), 0);
    CHECK_INT(n_seen, 2);
    CHECK_STR(seen[0].place.spot, "?");
    CHECK_STR(seen[1].place.spot, "一楼");
}

/* It shows nobody anything any more. */
TEST(a_revoked_one_is_not_waited_for)
{
    struct err e = {0};

    CHECK_INT(terminal_revoke(store, "t-2", &e), 0);
    CHECK_STR(e.text, "");
    n_seen = 0;
    CHECK_INT(halt_each_terminal(store, see, NULL, NULL), 0);
    CHECK_INT(n_seen, 1);
    CHECK_STR(seen[0].id, "t-1");
}

TEST(version_8_had_none)
{
    static const char *const back[] = {"DROP TABLE item_halt", "DROP TABLE terminal_halts", "UPDATE hall SET version = 8"};
    int64_t version = -1;
    struct err e = {0};

    for (size_t i = 0; i < sizeof back / sizeof *back; i++)
        CHECK_INT(sql_exec(store_sql(store), back[i], &e), 0);
    store_close(store);
    CHECK_INT(store_open(dir, &store, &e), 0);
    CHECK_STR(e.text, "");
    CHECK_INT(halt_version(store, &version, NULL), 0);
    CHECK_INT(version, 0);
    CHECK_INT(put("A", true, NOW), NOW);
}

TEST(finish)
{
    char command[80];

    store_close(store);
    snprintf(command, sizeof command, "rm -rf %s", dir);
    CHECK_INT(system(command), 0);
}

TEST_MAIN(SETUP(setup), T(the_list_and_its_version), T(the_first_few), T(a_restored_one_goes_on_in_time),
          T(what_terminals_say), T(a_place_that_cannot_be_read), T(a_revoked_one_is_not_waited_for), T(version_8_had_none),
          TEARDOWN(finish))
