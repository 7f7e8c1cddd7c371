/* SPDX-License-Identifier: Apache-2.0
 *
 * What the journal's tests share: a folder, keys, and short ways to append.
 */
#ifndef TESTS_JOURNAL_TEST_H
#define TESTS_JOURNAL_TEST_H

#include "test.h"

#include <sqlite3.h>
#include <unistd.h>

#include "base/clock.h"
#include "crypto/seal.h"
#include "journal/anchor.h"
#include "journal/journal.h"
#include "journal/outbox.h"

#define NOON INT64_C(1767585600000) /* 2026-01-05 12:00 in China */
#define DAY_MS INT64_C(86400000)

static char dir_[] = "/tmp/tongban-journal-XXXXXX";
static struct private_key *signing_, *hall_;
static struct public_key seal_to_;
static const struct journal_identity identity_ = {
    .terminal = "t-1103-003", .epoch = "0123456789abcde", .office = 1103, .registration = 3};

/* Runs a shell command with the folder as $D. */
static void shell(const char *command)
{
    setenv("D", dir_, 1);
    if (system(command)) {
        printf("# failed: %s\n", command);
        test_failed_ = 1;
    }
}

/* What somebody with write access could do to the file. */
__attribute__((unused)) static void tamper(const char *sql)
{
    char path[100];
    sqlite3 *db = NULL;

    snprintf(path, sizeof path, "%s/journal.db", dir_);
    int rc = sqlite3_open(path, &db);
    rc = rc ? rc
            : sqlite3_exec(db,
                           "DROP TRIGGER IF EXISTS record_stays; DROP TRIGGER IF EXISTS record_kept; DROP TRIGGER IF EXISTS "
                           "head_stays; DROP TRIGGER IF EXISTS head_kept; DROP TRIGGER IF EXISTS body_stays; "
                           "PRAGMA ignore_check_constraints = ON",
                           NULL, NULL, NULL);
    rc = rc ? rc : sqlite3_exec(db, sql, NULL, NULL, NULL);
    if (rc || sqlite3_changes(db) == 0) {
        printf("# nothing was changed by: %s: %s\n", sql, sqlite3_errmsg(db));
        test_failed_ = 1;
    }
    sqlite3_close(db);
}

/* An empty folder of a terminal just enrolled; keys at the first call. */
static void fresh(void)
{
    if (!signing_) {
        if (!mkdtemp(dir_) || key_generate(&signing_, NULL) || key_generate(&hall_, NULL))
            exit(1);
        key_public(hall_, &seal_to_);
    }
    shell("rm -rf $D $D.anchor; mkdir $D");
    CHECK_INT(anchor_make(dir_, identity_.terminal, identity_.epoch, NULL), 0);
    clock_set_built(NOON - 30 * DAY_MS);
    clock_set_wall(NOON);
}

static struct journal *open_journal(void)
{
    struct journal *j = NULL;
    struct err e = {0};

    int rc = journal_open(dir_, &identity_, signing_, &seal_to_, &j, &e);
    CHECK_STR(e.text, "");
    if (rc)
        exit(1); /* nothing below makes sense without it */
    return j;
}

__attribute__((unused)) static int append_kind(struct journal *j, enum record_kind kind)
{
    struct record_header h = {.kind = kind};
    return journal_append(j, &h, NULL, 0, NULL);
}

/* The next application of today; its number into `number` (may be NULL). */
__attribute__((unused)) static int append_application(struct journal *j, const uint8_t visit[16], char *number,
                                                      struct err *e)
{
    static const char plain[] = "{\"v\":1,\"applicant\":\"测试甲\"}";
    struct record_header h = {.kind = RECORD_APPLICATION, .item_version = 1, .form_version = 1};
    struct case_number n;

    int rc = journal_next_case(j, journal_day(j), &n, e);
    if (rc)
        return rc;
    case_number_format(&n, h.number);
    strcpy(h.item, "11330100002489559W4330114014000");
    if (visit)
        memcpy(h.visit, visit, sizeof h.visit);
    if (number)
        strcpy(number, h.number);
    return journal_append(j, &h, plain, sizeof plain - 1, e);
}

__attribute__((unused)) static void check_verifies(uint64_t want)
{
    struct outbox *o = NULL;
    struct err e = {0};
    uint64_t n = 0;

    if (outbox_open(dir_, &o, &e) == 0)
        outbox_verify(o, &n, &e);
    CHECK_STR(e.text, "");
    CHECK_INT(n, want);
    outbox_close(o);
}

TEST(begin)
{
    fresh();
}

TEST(end)
{
    shell("rm -rf $D $D.anchor");
    key_free(signing_);
    key_free(hall_);
}

#endif
