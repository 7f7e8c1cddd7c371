/* SPDX-License-Identifier: Apache-2.0
 *
 * Every column of the journal changed behind its back, one at a time: each must be found, and the first bad record named.
 */
#include "journal_test.h"

static const uint8_t visit[16] = {0x71};

/* Seven records: start, visit-start, two applications, ticket, void, visit-end. */
static void sample_journal(void)
{
    struct record_header start = {.kind = RECORD_VISIT_START}, end = {.kind = RECORD_VISIT_END};
    struct record_header ticket = {.kind = RECORD_TICKET, .number = "A03-001", .queue = "general", .day = "2026-01-05"};

    fresh();
    struct journal *j = open_journal();
    memcpy(start.visit, visit, sizeof visit);
    memcpy(end.visit, visit, sizeof visit);
    int rc = append_kind(j, RECORD_START);
    rc |= journal_append(j, &start, NULL, 0, NULL);
    rc |= append_application(j, visit, NULL, NULL);
    rc |= append_application(j, visit, NULL, NULL);
    rc |= journal_sign_head(j, NULL);
    rc |= journal_append(j, &ticket, NULL, 0, NULL);
    ticket.kind = RECORD_TICKET_VOID;
    rc |= journal_append(j, &ticket, NULL, 0, NULL);
    rc |= journal_append(j, &end, NULL, 0, NULL);
    rc |= journal_sign_head(j, NULL);
    CHECK_INT(rc, 0);
    journal_close(j);
    shell("rm -rf $D.good && cp -r $D $D.good");
}

static int verify(struct err *e)
{
    struct outbox *o = NULL;
    uint64_t n;

    int rc = outbox_open(dir_, &o, e);
    if (rc == 0)
        rc = outbox_verify(o, &n, e);
    outbox_close(o);
    return rc;
}

/* Changes the good journal and expects an error that says `words`. */
static void expect_found(const char *sql, const char *words)
{
    struct err e = {0};

    shell("rm -rf $D && cp -r $D.good $D");
    tamper(sql);
    int rc = verify(&e);
    if (rc >= 0 || !strstr(e.text, words)) {
        printf("# after %s: %d \"%s\", expected \"%s\"\n", sql, rc, e.text, words);
        test_failed_ = 1;
    }
}

TEST(untouched)
{
    sample_journal();
    check_verifies(7);
}

TEST(each_column_of_a_record)
{
    expect_found("UPDATE record SET at = at + 1 WHERE seq = 3", "record 3: the column at");
    expect_found("UPDATE record SET kind = 'shutdown' WHERE seq = 1", "record 1: the column kind");
    expect_found("UPDATE record SET id = zeroblob(16) WHERE seq = 2", "record 2: the column id");
    expect_found("UPDATE record SET visit = NULL WHERE seq = 3", "record 3: the column visit");
    expect_found("UPDATE record SET visit = randomblob(16) WHERE seq = 1", "record 1: the column visit");
    expect_found("UPDATE record SET series = 'other' WHERE seq = 5", "record 5: the column series");
    expect_found("UPDATE record SET series = 'case' WHERE seq = 1", "record 1: the column series");
    expect_found("UPDATE record SET day = day + 1 WHERE seq = 4", "record 4: the column day");
    expect_found("UPDATE record SET serial = 9 WHERE seq = 4", "record 4: the column serial");
    expect_found("UPDATE record SET serial = NULL WHERE seq = 5", "record 5: the column serial");
    expect_found("UPDATE record SET body_hash = randomblob(32) WHERE seq = 3", "record 3: it does not follow");
    expect_found("UPDATE record SET hash = randomblob(32) WHERE seq = 3", "record 3: it does not follow");
    expect_found("UPDATE record SET hash = randomblob(31) WHERE seq = 3", "record 3: a hash is missing");
    expect_found("UPDATE record SET header = CAST(replace(CAST(header AS TEXT), '1.0', '1.1') || ' ' AS BLOB) WHERE seq = 1",
                 "record 1: it does not follow");
    expect_found("UPDATE record SET header = x'7b7d' WHERE seq = 2", "record 2: read a record's header");
    expect_found("UPDATE record SET seq = 70 WHERE seq = 7", "record 7: it is missing");
}

TEST(records_removed)
{
    expect_found("DELETE FROM record WHERE seq = 1", "record 1: it is missing");
    expect_found("DELETE FROM record WHERE seq = 5", "record 5: it is missing");
    expect_found("DELETE FROM record WHERE seq = 7", "record 7: it is missing, its body or head is there");
    expect_found("DELETE FROM record WHERE seq > 2", "record 3: it is missing, its body or head is there");
}

TEST(bodies)
{
    expect_found("UPDATE body SET body = randomblob(length(body)) WHERE seq = 3", "record 3: its body was changed");
    expect_found("UPDATE body SET body = substr(body, 2) WHERE seq = 4", "record 4: its body was changed");
    expect_found("UPDATE body SET body = zeroblob(0) WHERE seq = 4", "record 4: its body was changed");
    expect_found("INSERT INTO body VALUES (1, x'00')", "record 1: it has a body");
    expect_found("INSERT INTO body VALUES (99, x'00')", "record 99: it is missing");
    struct err e = {0};
    shell("rm -rf $D && cp -r $D.good $D");
    tamper("DELETE FROM body WHERE seq = 3"); /* what a purge does */
    CHECK_INT(verify(&e), 0);
    CHECK_STR(e.text, "");
}

TEST(heads)
{
    expect_found("UPDATE head SET hash = randomblob(32) WHERE seq = 4", "record 4: the signed head is of another");
    expect_found("UPDATE head SET signature = x'00' WHERE seq = 7", "the signature is not in DER form");
    expect_found("UPDATE head SET signature = (SELECT signature FROM head WHERE seq = 4) WHERE seq = 7",
                 "the signature does not verify");
    expect_found("UPDATE head SET signature = randomblob(80) WHERE seq = 7", "signed head of record 7: it is damaged");
    expect_found("UPDATE head SET seq = 6 WHERE seq = 7", "record 6: the signed head is of another");
    expect_found("UPDATE head SET seq = 8 WHERE seq = 7", "record 8: it is missing");
}

TEST(whose_it_is)
{
    expect_found("UPDATE journal SET terminal = 't-2'", "record 1: it belongs to another journal");
    expect_found("UPDATE journal SET epoch = zeroblob(16)", "record 1: it belongs to another journal");
    expect_found("UPDATE journal SET signing = zeroblob(65)", "record 1: it does not follow");
    expect_found("UPDATE journal SET office = 1", "record 3: its number is another terminal's");
    expect_found("UPDATE journal SET registration = 9", "record 3: its number is another terminal's");
    expect_found("DELETE FROM journal", "it does not say whose it is");
}

TEST(index_apart_from_its_table)
{
    struct err e = {0};
    /* the root page of the index takes the place of another: only the file's own check can see it */
    expect_found(
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE "
        "name = 'head') WHERE name = 'record_number'",
        "");
    CHECK(verify(&e) < 0);
}

TEST(swapped_records)
{
    expect_found("UPDATE record SET seq = 1000 WHERE seq = 3; UPDATE record SET seq = 3 WHERE seq = 4; "
                 "UPDATE record SET seq = 4 WHERE seq = 1000",
                 "record 3:");
}

/* A terminal's whose anchor knows of more than the journal holds. */
static void lost_end(void)
{
    struct anchor a = {.last = {9, "nine"}};
    struct anchor_file f;
    bool there;

    memcpy(a.terminal, identity_.terminal, sizeof a.terminal);
    memcpy(a.epoch, identity_.epoch, EPOCH_LEN);
    shell("rm -rf $D && cp -r $D.good $D");
    CHECK_INT(anchor_open(&f, dir_, a.terminal, a.epoch, &(struct anchor){0}, &there, NULL), 0);
    CHECK_INT(anchor_write(&f, &a, NULL), 0);
    anchor_close(&f);
    shell("mkdir $TONGBAN_JOURNAL/short && cp -r $D $TONGBAN_JOURNAL/short/journal && cp $D.anchor "
          "$TONGBAN_JOURNAL/short/journal.anchor");
}

/* tools/kioskctl.sh asks for the good journal, for a damaged one and one that lost its end. */
TEST(clean_up)
{
    if (getenv("TONGBAN_JOURNAL")) {
        shell("mkdir -p $TONGBAN_JOURNAL/good $TONGBAN_JOURNAL/bad && cp -r $D.good $TONGBAN_JOURNAL/good/journal");
        shell("rm -rf $D && cp -r $D.good $D");
        tamper("UPDATE record SET day = day + 1 WHERE seq = 4");
        shell("cp -r $D $TONGBAN_JOURNAL/bad/journal");
        lost_end();
    }
    shell("rm -rf $D.good");
}

TEST_MAIN(SETUP(begin), T(untouched), T(each_column_of_a_record), T(records_removed), T(bodies), T(heads), T(whose_it_is),
          T(index_apart_from_its_table), T(swapped_records), TEARDOWN(clean_up), TEARDOWN(end))
