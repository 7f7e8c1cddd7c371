/* SPDX-License-Identifier: Apache-2.0
 *
 * A database of each older version is brought forward once, whole, with what was in it.
 */
#include "hall/store/store_dir.h"

#include <unistd.h>

#include "tools/hall/store/schema.h"
#include "tools/hall/store/store_audit.h"
#include "tools/hall/store/store_opened.h"
#include "tools/hall/store/store_system.h"
#include "tools/hall/store/terminal.h"

#define ZEROS15 "000000000000000000000000000000"
#define E1 "x'01" ZEROS15 "'"
#define E2 "x'02" ZEROS15 "'"
#define ID(n) "x'" n ZEROS15 "'"
#define HASH "x'00" ZEROS15 "00" ZEROS15 "'"

static const char *const version_0[] = {
    "CREATE TABLE directory (terminal TEXT NOT NULL PRIMARY KEY, office INTEGER NOT NULL)",
    "CREATE TABLE office (office INTEGER NOT NULL PRIMARY KEY, registration INTEGER NOT NULL)",
    "CREATE TABLE terminal (office INTEGER NOT NULL, terminal TEXT NOT NULL, place TEXT NOT NULL, added BIGINT NOT NULL,"
    " registration INTEGER NOT NULL, cert BYTEA, cert_sha256 BYTEA, enrolled BIGINT, epoch BYTEA,"
    " PRIMARY KEY (office, terminal))",
    "CREATE TABLE code (office INTEGER NOT NULL, terminal TEXT NOT NULL, code_sha256 BYTEA NOT NULL, expires BIGINT NOT "
    "NULL,"
    " tries INTEGER NOT NULL, key_sha256 BYTEA, PRIMARY KEY (office, terminal))",
    "CREATE TABLE chain (office INTEGER NOT NULL, terminal TEXT NOT NULL, epoch BYTEA NOT NULL,"
    " registration INTEGER NOT NULL, signing BYTEA NOT NULL, seq BIGINT NOT NULL, hash BYTEA NOT NULL,"
    " signature BYTEA NOT NULL, PRIMARY KEY (office, terminal, epoch))",
    "CREATE TABLE record (office INTEGER NOT NULL, terminal TEXT NOT NULL, epoch BYTEA NOT NULL, seq BIGINT NOT NULL,"
    " id BYTEA NOT NULL, kind TEXT NOT NULL, number TEXT NOT NULL, at BIGINT NOT NULL, received BIGINT NOT NULL,"
    " state INTEGER NOT NULL, hash BYTEA NOT NULL, header BYTEA NOT NULL, body BYTEA NOT NULL, body_hash BYTEA NOT NULL,"
    " PRIMARY KEY (office, terminal, epoch, seq), UNIQUE (office, id))",
    "CREATE INDEX record_number ON record (office, number)",
    "CREATE TABLE alert (office INTEGER NOT NULL, id BYTEA NOT NULL, at BIGINT NOT NULL, terminal TEXT NOT NULL,"
    " what TEXT NOT NULL, detail TEXT NOT NULL, PRIMARY KEY (office, id))",
    "CREATE TABLE audit (office INTEGER NOT NULL, id BYTEA NOT NULL, at BIGINT NOT NULL, who TEXT NOT NULL,"
    " action TEXT NOT NULL, subject TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (office, id))",
    "INSERT INTO office VALUES (1103, 2)",
    "INSERT INTO terminal VALUES (1103, 't-1', '{}', 0, 1, NULL, NULL, 0, " E1 ")",
    "INSERT INTO terminal VALUES (1103, 't-2', '{}', 0, 2, NULL, NULL, 0, " E2 ")",
    "INSERT INTO chain VALUES (1103, 't-1', " E1 ", 1, x'', 2, x'', x'')",
    "INSERT INTO chain VALUES (1103, 't-2', " E2 ", 2, x'', 1, x'', x'')",
    "INSERT INTO record VALUES (1103, 't-1', " E1 ", 1, " ID("11") ", 'application', '1103001260105000017', 500, 600, 0,"
                                                                   " " HASH ", x'', x'', " HASH ")",
    "INSERT INTO record VALUES (1103, 't-1', " E1 ", 2, " ID("12") ", 'visit-end', '', 900, 700, 0, " HASH
                                                                   ", x'', x'', " HASH ")",
    /* what a terminal could do then */
    "INSERT INTO record VALUES (1103, 't-2', " E2 ", 1, " ID("13") ", 'application', '1103001260105000017', 500, 600, 0,"
                                                                   " " HASH ", x'', x'', " HASH ")",
    "INSERT INTO alert VALUES (1103, x'01', 100, 't-2', 'fork', 'first')",
    "INSERT INTO alert VALUES (1103, x'02', 300, 't-2', 'fork', 'second')",
    "INSERT INTO alert VALUES (1103, x'03', 200, 't-1', 'fork', 'other')",
};

static void make_version_0(void)
{
    struct sql *d = NULL;
    struct err e = {0};
    CHECK_INT(sql_open(file("hall.db"), true, &d, &e), 0);
    for (size_t i = 0; i < sizeof version_0 / sizeof *version_0; i++)
        if (sql_exec(d, version_0[i], &e))
            printf("# %s\n", e.text);
    CHECK_INT(e.code, 0);
    sql_close(d);
}

static int64_t ask(struct store *s, const char *sql)
{
    struct sql_rows *r = NULL;
    int64_t n = -1;
    CHECK_INT(sql_select(store_sql(s), &r, NULL, sql, ""), 0);
    if (sql_next(r, NULL) == 1)
        n = sql_int(r, 0);
    sql_done(r);
    return n;
}

TEST(an_old_one_is_brought_forward)
{
    struct store *s = NULL;
    fresh();
    make_version_0();
    for (int i = 0; i < 2; i++) { /* once; then it is what it is */
        CHECK_INT(store_open(dir, &s, NULL), 0);
        CHECK_INT(ask(s, "SELECT version FROM hall"), SCHEMA_VERSION);
        CHECK_INT(ask(s, "SELECT count(*) FROM cases"), 1);
        CHECK_INT(ask(s, "SELECT count(*) FROM cases WHERE terminal = 't-1' AND number = '1103001260105000017'"), 1);
        CHECK_INT(ask(s, "SELECT count(*) FROM alert"), 2);
        CHECK_INT(ask(s, "SELECT count FROM alert WHERE terminal='t-2'"), 2);
        CHECK_INT(ask(s, "SELECT last - first FROM alert WHERE terminal='t-2'"), 200);
        CHECK_INT(ask(s, "SELECT at FROM chain WHERE terminal='t-1'"), 700);
        CHECK_INT(ask(s, "SELECT count(*) FROM record"), 3);
        CHECK_INT(ask(s, "SELECT state FROM record WHERE terminal='t-1' AND seq=1"), STORE_GOOD);
        CHECK_INT(ask(s, "SELECT state FROM record WHERE terminal='t-2'"), STORE_FOREIGN);
        CHECK_INT(ask(s, "SELECT count(*) FROM queue_known"), 0);
        store_close(s);
    }
    CHECK_INT(access(file("hall.id"), F_OK), 0);
    gone();
}

/* Version 9 knew no map, and took no logs of terminals: all else stays. */
TEST(version_9_had_no_map_and_no_logs)
{
    struct store *s = NULL;
    struct sql *d = NULL;
    struct err e = {0};
    fresh();
    CHECK_INT(store_make(dir, NULL), 0);
    CHECK_INT(sql_open(file("hall.db"), false, &d, NULL), 0);
    CHECK_INT(sql_exec(d, "DROP TABLE place_point", &e) + sql_exec(d, "DROP TABLE map_outline", &e), 0);
    CHECK_INT(sql_exec(d, "INSERT INTO terminal_zone VALUES (1103, 't-1', 'as it was')", &e), 0);
    CHECK_INT(sql_exec(d, "DROP TABLE terminal_logs", &e) + sql_exec(d, "DROP TABLE terminal_logs_piece", &e), 0);
    CHECK_INT(sql_exec(d, "UPDATE hall SET version = 9", &e), 0);
    sql_close(d);
    CHECK_INT(store_open(dir, &s, &e), 0);
    CHECK_INT(ask(s, "SELECT version FROM hall"), SCHEMA_VERSION);
    CHECK_INT(ask(s, "SELECT count(*) FROM place_point"), 0);
    CHECK_INT(ask(s, "SELECT count(*) FROM map_outline"), 0);
    CHECK_INT(ask(s, "SELECT count(*) FROM terminal_zone WHERE zone='as it was'"), 1);
    CHECK_INT(ask(s, "SELECT count(*) FROM terminal_logs"), 0);
    store_close(s);
    CHECK_STR(e.text, "");
    gone();
}

/* Until version 8 a terminal's neighbours were looked for in the office's places; one that cannot be read has none. Nor was
 * anybody on duty. */
TEST(version_8_had_no_zones_and_no_duty)
{
    static const struct place place = {
        .zone = "城东", .spot = "示范", .device = "03", .hotline = "12345", .supervision = "12345"};
    struct store *s = NULL;
    struct sql *d = NULL;
    struct err e = {0};
    fresh();
    CHECK_INT(store_make(dir, NULL), 0);
    CHECK_INT(store_open(dir, &s, &e), 0);
    CHECK_INT(terminal_add(s, 1103, "t-1", &place, "AAAA-BBBB-CCCC-DDDD", &e), 0);
    CHECK_INT(terminal_add(s, 1103, "t-2", &place, "AAAA-BBBB-CCCC-DDDE", &e), 0);
    CHECK_INT(terminal_add(s, 1104, "t-3", &place, "AAAA-BBBB-CCCC-DDDF", &e), 0);
    store_close(s);
    CHECK_INT(sql_open(file("hall.db"), false, &d, NULL), 0);
    CHECK_INT(sql_exec(d, "DROP TABLE terminal_zone", &e) + sql_exec(d, "UPDATE hall SET version = 8", &e), 0);
    CHECK_INT(sql_exec(d, "DROP TABLE duty", &e) + sql_exec(d, "DROP TABLE duty_told", &e), 0);
    CHECK_INT(sql_exec(d, "DROP TABLE duty_shift", &e) + sql_exec(d, "DROP TABLE duty_look", &e), 0);
    CHECK_INT(sql_exec(d, "INSERT INTO terminal VALUES (1103, 't-0', '{', 0, 0, NULL, NULL, 0, NULL)", &e), 0);
    sql_close(d);
    CHECK_INT(store_open(dir, &s, &e), 0);
    CHECK_INT(ask(s, "SELECT version FROM hall"), SCHEMA_VERSION);
    CHECK_INT(ask(s, "SELECT count(*) FROM terminal_zone"), 3);
    CHECK_INT(ask(s, "SELECT count(*) FROM duty"), 0);
    CHECK_INT(ask(s, "SELECT count(DISTINCT zone) FROM terminal_zone WHERE office=1103"), 1);
    CHECK_INT(ask(s, "SELECT count(DISTINCT zone) FROM terminal_zone"), 2);
    CHECK_INT(ask(s, "SELECT count(*) FROM terminal_zone WHERE zone=''"), 0);
    store_close(s);
    CHECK_STR(e.text, "");
    gone();
}

/* Version 9 had one rollout of a system, a row of its own, and nobody who approved what is published. */
TEST(version_9_had_one_rollout)
{
    static const char *const back[] = {
        "DROP TABLE system_edition",
        "DROP TABLE system_running",
        "CREATE TABLE system_rollout (one INTEGER NOT NULL PRIMARY KEY, state INTEGER NOT NULL, version TEXT NOT NULL,"
        " percent INTEGER NOT NULL, stop_after INTEGER NOT NULL, why TEXT NOT NULL, at BIGINT NOT NULL)",
        "INSERT INTO system_release VALUES ('1.6.1', 5, x'01', 300)",
        "INSERT INTO system_release VALUES ('1.6.0', 5, x'02', 200)",
        "INSERT INTO system_release VALUES ('1.5.9', 5, x'03', 100)",
        "INSERT INTO system_rollout VALUES (1, 2, '1.6.0', 10, 3, 'a complaint', 250)",
        "INSERT INTO system_chosen VALUES ('1.6.0', 't-1')",
        "UPDATE hall SET version = 9",
    };
    struct edition_row r;
    struct edition ed;
    struct store *s = NULL;
    struct sql *d = NULL;
    struct err e = {0};
    fresh();
    CHECK_INT(store_make(dir, NULL), 0);
    CHECK_INT(sql_open(file("hall.db"), false, &d, NULL), 0);
    for (size_t i = 0; i < sizeof back / sizeof *back; i++)
        CHECK_INT(sql_exec(d, back[i], &e), 0);
    sql_close(d);
    for (int i = 0; i < 2; i++) {
        CHECK_INT(store_open(dir, &s, &e), 0);
        CHECK_STR(e.text, "");
        CHECK_INT(ask(s, "SELECT version FROM hall"), SCHEMA_VERSION);
        CHECK_INT(system_rollout(s, &ed, &e), 0);
        CHECK_STR(ed.name, "1.6.0");
        CHECK_INT(edition_read(s, EDITION_SYSTEM, ed.version, &r, &e), 0);
        CHECK(ed.version == 2 && ed.state == EDITION_PAUSED && ed.percent == 10 && ed.stop_after == 3);
        CHECK_STR(r.why, "a complaint");
        CHECK_INT(edition_read(s, EDITION_SYSTEM, 3, &r, &e), 0);
        CHECK(r.edition.state == EDITION_BROUGHT && r.edition.percent == EDITION_NO_STAGE && r.brought == 300);
        CHECK_STR(r.edition.name, "1.6.1");
        store_close(s);
    }
    gone();
}

/* Until version 7 nothing was wanted of terminals. */
TEST(version_7_had_no_acts)
{
    struct store *s = NULL;
    struct sql *d = NULL;
    struct err e = {0};
    fresh();
    CHECK_INT(store_make(dir, NULL), 0);
    CHECK_INT(sql_open(file("hall.db"), false, &d, NULL), 0);
    CHECK_INT(sql_exec(d, "DROP TABLE terminal_act", &e) + sql_exec(d, "UPDATE hall SET version = 7", &e), 0);
    sql_close(d);
    CHECK_INT(store_open(dir, &s, &e), 0);
    CHECK_INT(ask(s, "SELECT version FROM hall"), SCHEMA_VERSION);
    CHECK_INT(ask(s, "SELECT count(*) FROM terminal_act"), 0);
    store_close(s);
    CHECK_STR(e.text, "");
    gone();
}

/* Until version 6 there were no licences and no green-channel cards. */
static int back_to_6(struct sql *d, struct err *e)
{
    static const char *const back[] = {
        "DROP TABLE licence",   "DROP TABLE licence_check",    "DROP TABLE green_card",
        "DROP TABLE green_use", "UPDATE hall SET version = 6",
    };
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < sizeof back / sizeof *back; i++)
        rc = sql_exec(d, back[i], e);
    return rc;
}

TEST(version_6_had_no_licences_and_no_green_cards)
{
    struct store *s = NULL;
    struct sql *d = NULL;
    struct err e = {0};
    fresh();
    CHECK_INT(store_make(dir, NULL), 0);
    CHECK_INT(sql_open(file("hall.db"), false, &d, NULL), 0);
    CHECK_INT(back_to_6(d, &e), 0);
    sql_close(d);
    for (int i = 0; i < 2; i++) { /* once; then it is what it is */
        CHECK_INT(store_open(dir, &s, &e), 0);
        CHECK_INT(ask(s, "SELECT version FROM hall"), SCHEMA_VERSION);
        CHECK_INT(ask(s, "SELECT (SELECT count(*) FROM green_card) + (SELECT count(*) FROM green_use)"), 0);
        CHECK_INT(ask(s, "SELECT (SELECT count(*) FROM licence) + (SELECT count(*) FROM licence_check)"), 0);
        store_close(s);
    }
    CHECK_STR(e.text, "");
    gone();
}

/* Until version 5 the audit log had no chain. */
static int back_to_5(struct sql *d, struct err *e)
{
    static const char *const back[] = {
        "DROP TABLE case_opening",
        "DROP TABLE case_bundle",
        "DROP TABLE appointment",
        "DROP TABLE appointment_hour",
        "DROP TABLE appointment_person",
        "DROP TABLE audit",
        ("CREATE TABLE audit (office INTEGER NOT NULL, id BYTEA NOT NULL, at BIGINT NOT NULL, who TEXT NOT NULL,"
         " action TEXT NOT NULL, subject TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (office, id))"),
        "INSERT INTO audit VALUES (1103, x'00000000000000000000000000000002', 20, 'a', 'sign-in', '0417', '')",
        "INSERT INTO audit VALUES (1103, x'00000000000000000000000000000009', 10, 'a', 'sign-in', '0417', 'first')",
        "INSERT INTO audit VALUES (0, x'00000000000000000000000000000001', 30, 'root', 'publish', '1', '')",
        "UPDATE hall SET version = 5",
    };
    int rc = back_to_6(d, e);
    for (size_t i = 0; rc == 0 && i < sizeof back / sizeof *back; i++)
        rc = sql_exec(d, back[i], e);
    return rc;
}

TEST(version_5_had_no_appointments)
{
    struct store *s = NULL;
    struct sql *d = NULL;
    fresh();
    CHECK_INT(store_make(dir, NULL), 0);
    CHECK_INT(sql_open(file("hall.db"), false, &d, NULL), 0);
    CHECK_INT(back_to_5(d, NULL), 0);
    sql_close(d);
    for (int i = 0; i < 2; i++) { /* once; then it is what it is */
        CHECK_INT(store_open(dir, &s, NULL), 0);
        CHECK_INT(ask(s, "SELECT version FROM hall"), SCHEMA_VERSION);
        CHECK_INT(ask(s, "SELECT (SELECT count(*) FROM appointment) + (SELECT count(*) FROM appointment_hour) +"
                         " (SELECT count(*) FROM appointment_person)"),
                  0);
        store_close(s);
    }
    gone();
}

/* Version 4 knew of a ticket whether it was called, and of a queue that it is there. */
static int back_to_4(struct sql *d, struct err *e)
{
    static const char *const back[] = {
        "DROP TABLE ticket_event",
        "DROP TABLE queue_window",
        "DROP TABLE ticket",
        "DROP TABLE queue_known",
        ("CREATE TABLE ticket (office INTEGER NOT NULL, day BIGINT NOT NULL, queue TEXT NOT NULL, number TEXT NOT NULL,"
         " terminal TEXT NOT NULL, taken BIGINT NOT NULL, called BIGINT NOT NULL, void INTEGER NOT NULL,"
         " PRIMARY KEY (office, day, queue, number))"),
        "CREATE TABLE queue_known (queue TEXT NOT NULL PRIMARY KEY, catalogue BIGINT NOT NULL)",
        "INSERT INTO queue_known VALUES ('general', 1)",
        "INSERT INTO ticket VALUES (1103, 20458, 'general', 'A 001', 't-1', 100, 900, 0)",
        "INSERT INTO ticket VALUES (1103, 20458, 'general', 'A 002', 't-1', 200, 0, 0)",
        "UPDATE hall SET version = 4",
    };
    int rc = back_to_5(d, e);
    for (size_t i = 0; rc == 0 && i < sizeof back / sizeof *back; i++)
        rc = sql_exec(d, back[i], e);
    return rc;
}

/* Version 2 knew of cases only that they are there; version 1 not even that. */
static void make_version(int version)
{
    static const char *const back[] = {
        "DROP TABLE cases",
        "DROP TABLE case_event",
        "CREATE TABLE cases (office INTEGER NOT NULL, number TEXT NOT NULL, id BYTEA NOT NULL, terminal TEXT NOT NULL,"
        " received BIGINT NOT NULL, PRIMARY KEY (office, number))",
        "UPDATE hall SET version = 2",
        "INSERT INTO terminal VALUES (1103, 't-1', '{}', 0, 1, NULL, NULL, 0, " E1 ")",
        "INSERT INTO chain VALUES (1103, 't-1', " E1 ", 1, x'', 1, x'', x'', 500)",
        "INSERT INTO record VALUES (1103, 't-1', " E1 ", 1, " ID("11") ", 'application', '1103001260105000017', 500, 600, 0,"
                                                                       " " HASH ", x'', x'', " HASH ")",
        "INSERT INTO cases VALUES (1103, '1103001260105000017', " ID("11") ", 't-1', 600)",
    };
    struct sql *d = NULL;
    struct err e = {0};
    CHECK_INT(store_make(dir, NULL), 0);
    CHECK_INT(sql_open(file("hall.db"), false, &d, &e), 0);
    CHECK_INT(back_to_4(d, &e), 0);
    for (size_t i = 0; i < sizeof back / sizeof *back; i++)
        CHECK_INT(sql_exec(d, back[i], &e), 0);
    if (version == 1)
        CHECK_INT(sql_exec(d, "UPDATE hall SET version = 1", &e) + sql_exec(d, "DROP TABLE cases", &e), 0);
    CHECK_STR(e.text, "");
    sql_close(d);
}

TEST(cases_of_an_older_one)
{
    struct store *s = NULL;
    for (int version = 1; version <= 2; version++) {
        fresh();
        make_version(version);
        for (int i = 0; i < 2; i++) {
            CHECK_INT(store_open(dir, &s, NULL), 0);
            CHECK_INT(ask(s, "SELECT version FROM hall"), SCHEMA_VERSION);
            CHECK_INT(ask(s, "SELECT count(*) FROM cases"), 1);
            CHECK_INT(ask(s, "SELECT stage + version FROM cases WHERE number = '1103001260105000017'"), 0);
            CHECK_INT(ask(s, "SELECT received FROM cases"), 600);
            CHECK_INT(ask(s, "SELECT count(*) FROM case_event"), 0);
            store_close(s);
        }
        gone();
    }
}

/* Version 3 opened no case; what became of them stays. */
TEST(version_3)
{
    struct store *s = NULL;
    struct sql *d = NULL;
    fresh();
    CHECK_INT(store_make(dir, NULL), 0);
    CHECK_INT(sql_open(file("hall.db"), false, &d, NULL), 0);
    CHECK_INT(back_to_4(d, NULL), 0);
    CHECK_INT(sql_exec(d, "DROP TABLE case_opened", NULL), 0);
    CHECK_INT(sql_exec(d, "UPDATE hall SET version = 3", NULL), 0);
    CHECK_INT(sql_exec(d, "INSERT INTO case_event VALUES (1103, '1103001260105000017', 1, 5, x'', " HASH ")", NULL), 0);
    sql_close(d);
    CHECK_INT(store_open(dir, &s, NULL), 0);
    CHECK_INT(ask(s, "SELECT version FROM hall"), SCHEMA_VERSION);
    CHECK_INT(ask(s, "SELECT count(*) FROM case_opened"), 0);
    CHECK_INT(ask(s, "SELECT count(*) FROM case_event"), 1);
    store_close(s);
    gone();
}

/* What was called then is done; who waited waits; nobody had an account or was known by cases: the index of each is wanted.
 */
TEST(version_4)
{
    struct store *s = NULL;
    struct sql *d = NULL;
    fresh();
    CHECK_INT(store_make(dir, NULL), 0);
    CHECK_INT(sql_open(file("hall.db"), false, &d, NULL), 0);
    CHECK_INT(sql_exec(d, "DROP TABLE account", NULL) + sql_exec(d, "DROP TABLE account_session", NULL), 0);
    CHECK_INT(sql_exec(d, "DROP TABLE account_sent", NULL), 0);
    CHECK_INT(sql_exec(d, "DROP TABLE record_index", NULL) + sql_exec(d, "DROP TABLE notice", NULL), 0);
    CHECK_INT(sql_exec(d, "DROP TABLE exchange_error", NULL), 0);
    CHECK_INT(
        sql_exec(d,
                 "INSERT INTO cases VALUES (1103, '1103001260105000017', x'00112233445566778899aabbccddeeff', 't-1', 1, 1,"
                 " 'x', 0, 0, '', '', 0)",
                 NULL),
        0);
    CHECK_INT(sql_exec(d, "INSERT INTO case_opened VALUES (1103, '1103001260105000017', '', '', 1, x'')", NULL), 0);
    CHECK_INT(back_to_4(d, NULL), 0);
    sql_close(d);
    for (int i = 0; i < 2; i++) {
        CHECK_INT(store_open(dir, &s, NULL), 0);
        CHECK_INT(ask(s, "SELECT version FROM hall"), SCHEMA_VERSION);
        CHECK_INT(ask(s, "SELECT count(*) FROM ticket WHERE line = 'general' AND state = 'done' AND since = 100"), 1);
        CHECK_INT(ask(s, "SELECT count(*) FROM ticket WHERE line = 'general' AND state = 'waiting' AND since = 200"), 1);
        CHECK_INT(ask(s, "SELECT count(*) FROM ticket_event"), 0);
        CHECK_INT(ask(s, "SELECT recall + priority FROM queue_known"), 0);
        CHECK_INT(ask(s, "SELECT count(*) FROM account"), 0);
        CHECK_INT(ask(s, "SELECT count(*) FROM case_opened"), 1);
        CHECK_INT(ask(s, "SELECT count(*) FROM record_index WHERE state = 0 AND number = '1103001260105000017'"), 1);
        CHECK_INT(ask(s, "SELECT count(*) FROM notice") + ask(s, "SELECT count(*) FROM exchange_error"), 0);
        store_close(s);
    }
    gone();
}

/* Version 5 kept of who opened a case what stands in the audit, and knew of no bundles; its cases stay as they are. */
TEST(version_5_openings)
{
    struct store *s = NULL;
    struct sql *d = NULL;
    struct err e = {0};
    fresh();
    CHECK_INT(store_make(dir, NULL), 0);
    CHECK_INT(sql_open(file("hall.db"), false, &d, NULL), 0);
    CHECK_INT(back_to_5(d, NULL), 0);
    CHECK_INT(sql_exec(d,
                       "INSERT INTO cases VALUES (1103, '1103001260105000017', x'00112233445566778899aabbccddeeff', 't-1',"
                       " 1, 1, 'x', 3, 2, 'a', 'b', 4)",
                       NULL),
              0);
    CHECK_INT(sql_exec(d,
                       "INSERT INTO audit VALUES (1103, x'00000000000000000000000000000005', 5, 'root', 'case-open', "
                       "'1103001260105000017',"
                       " 'Li, reception: to check')",
                       NULL),
              0);
    CHECK_INT(sql_exec(d, "UPDATE hall SET version = 5", NULL), 0);
    sql_close(d);
    for (int i = 0; i < 2; i++) {
        int64_t n = 0;
        CHECK_INT(store_open(dir, &s, &e), 0);
        CHECK_STR(e.text, "");
        CHECK_INT(ask(s, "SELECT version FROM hall"), SCHEMA_VERSION);
        CHECK_INT(ask(s, "SELECT count(*) FROM case_opening"), 0);
        CHECK_INT(ask(s, "SELECT count(*) FROM case_bundle"), 0);
        CHECK_INT(ask(s, "SELECT version FROM cases WHERE stage = 2"), 3);
        CHECK_INT(case_opened_count(s, 1103, "1103001260105000017", &n, NULL), 0);
        CHECK_INT(n, 1);
        store_close(s);
    }
    gone();
}

/* What was written down then is a chain by its time, in each office; and what comes goes on from there. */
TEST(version_5)
{
    struct audit_seen seen = {0};
    struct store *s = NULL;
    struct sql *d = NULL;
    struct err e = {0};
    fresh();
    CHECK_INT(store_make(dir, NULL), 0);
    CHECK_INT(sql_open(file("hall.db"), false, &d, NULL), 0);
    CHECK_INT(back_to_5(d, &e), 0);
    sql_close(d);
    for (int i = 0; i < 2; i++) {
        CHECK_INT(store_open(dir, &s, &e), 0);
        CHECK_INT(ask(s, "SELECT version FROM hall"), SCHEMA_VERSION);
        CHECK_INT(ask(s, "SELECT seq FROM audit WHERE reason = 'first'"), 1);
        CHECK_INT(ask(s, "SELECT seq FROM audit WHERE office = 1103 AND at = 20"), 2);
        CHECK_INT(ask(s, "SELECT seq FROM audit WHERE office = 0"), 1);
        CHECK_INT(audit_verify(s, &seen, &e), 0);
        CHECK_INT(store_audit(s, 1103, "b", "sign-out", "0417", "", &e), 0);
        CHECK_INT(ask(s, "SELECT max(seq) FROM audit WHERE office = 1103"), 3 + i);
        CHECK_INT(audit_verify(s, &seen, &e), 0);
        store_close(s);
    }
    audit_seen_finish(&seen);
    gone();
}

/* With the marker of a hall whose tables had a version it is no old one, but one that lost them. */
TEST(an_old_one_in_a_newer_folder)
{
    fresh();
    CHECK_INT(store_make(dir, NULL), 0);
    unlink(file("hall.db"));
    unlink(file("hall.db-wal"));
    unlink(file("hall.db-shm"));
    make_version_0();
    CHECK_INT(try(), -ERR_STATE);
    gone();
}

TEST_MAIN(T(an_old_one_is_brought_forward), T(version_9_had_no_map_and_no_logs), T(version_9_had_one_rollout),
          T(version_8_had_no_zones_and_no_duty), T(version_7_had_no_acts), T(version_6_had_no_licences_and_no_green_cards),
          T(version_5_had_no_appointments), T(cases_of_an_older_one), T(version_3), T(version_4), T(version_5_openings),
          T(version_5), T(an_old_one_in_a_newer_folder))
