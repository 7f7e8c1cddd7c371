/* SPDX-License-Identifier: Apache-2.0
 *
 * A journal that is not the one written last is not gone on with: each file lost, damaged, emptied, older or another's. The
 * journal is left as a killed kiosk leaves it, then somebody or something has been at the files.
 */
#include "journal_test.h"

#include "crypto/hash.h"

/* Three records, and the disk as it is when the process is killed right after: in the middle of a visit, or at rest. */
static void killed(bool rests)
{
    fresh();
    struct journal *j = open_journal();
    for (int i = 0; i < 3; i++) {
        CHECK_INT(append_application(j, NULL, NULL, NULL), 0);
        CHECK_INT(journal_sign_head(j, NULL), 0);
    }
    if (rests)
        CHECK_INT(journal_rest(j, NULL), 0);
    CHECK(journal_rests(j) == rests);
    shell("rm -rf $D.cut; cp -a $D $D.cut; cp $D.anchor $D.cut.anchor");
    journal_close(j);
    shell("rm -rf $D; mv $D.cut $D; mv $D.cut.anchor $D.anchor; rm -f $D/journal.db-shm");
}

/* What opening says; the last record when it opens, else `last` is left alone. */
static int reopen(uint64_t *last, struct err *e)
{
    struct journal *j = NULL;

    *e = (struct err){0};
    int rc = journal_open(dir_, &identity_, signing_, &seal_to_, &j, e);
    if (rc == 0)
        *last = journal_last(j);
    journal_close(j);
    return rc;
}

static void opens(uint64_t want)
{
    uint64_t last = 0;
    struct err e;

    CHECK_INT(reopen(&last, &e), 0);
    CHECK_STR(e.text, "");
    CHECK_INT(last, want);
}

/* Refused, twice, and nothing of it has been changed. */
static void refused(int want, const char *words)
{
    uint64_t last = 0;
    struct err e;

    shell("mkdir -p $D; cat $D/journal.db $D/journal.db-wal >$D.before 2>/dev/null; :");
    CHECK_INT(reopen(&last, &e), want);
    CHECK_INT(reopen(&last, &e), want);
    if (!strstr(e.text, words))
        CHECK_STR(e.text, words);
    shell("cat $D/journal.db $D/journal.db-wal 2>/dev/null | cmp - $D.before; rm $D.before");
}

/* --- journal.db ------------------------------------------------------------------------------------------------------- */

TEST(first_start)
{
    fresh();
    opens(0);
    opens(0); /* and again, when nothing was written */
    shell("rm $D/journal.db*");
    opens(0); /* a cut before the first record may leave nothing */
}

TEST(lost_journal)
{
    killed(true);
    shell("rm $D/journal.db*");
    refused(-ERR_STATE, "missing");
    killed(true);
    shell("rm -r $D");
    refused(-ERR_STATE, "missing");
}

TEST(emptied_journal)
{
    killed(false);
    shell("truncate -s 0 $D/journal.db");
    refused(-ERR_STATE, "empty"); /* the log is still there */
    killed(true);
    shell("truncate -s 0 $D/journal.db $D/journal.db-wal");
    refused(-ERR_STATE, "empty");
}

TEST(damaged_journal)
{
    killed(true);
    shell("printf 'no database at all' | dd of=$D/journal.db conv=notrunc status=none");
    refused(-ERR_CHECKSUM, "journal");
    killed(true);
    shell("for at in 1 2 3 4 5 6 7 8 9; do printf '\\377\\377' | dd of=$D/journal.db bs=4096 seek=$at conv=notrunc "
          "status=none; done");
    refused(-ERR_CHECKSUM, "journal");
}

TEST(older_journal)
{
    killed(true);
    shell("rm -rf $D.old; cp -a $D $D.old");
    struct journal *j = open_journal();
    CHECK_INT(append_kind(j, RECORD_START), 0);
    journal_close(j);
    shell("rm -rf $D; mv $D.old $D");
    refused(-ERR_STATE, "there was record 4, and this journal ends at 3");
}

/* An older one that somebody has gone on with. */
TEST(journal_that_went_apart)
{
    killed(true);
    shell("rm -rf $D.old; cp -a $D $D.old; cp $D.anchor $D.old.anchor");
    struct journal *j = open_journal();
    CHECK_INT(append_kind(j, RECORD_START), 0);
    journal_close(j);
    shell("cp $D.anchor $D.new.anchor; rm -rf $D; mv $D.old $D; mv $D.old.anchor $D.anchor");
    j = open_journal();
    CHECK_INT(append_kind(j, RECORD_SHUTDOWN), 0);
    CHECK_INT(append_kind(j, RECORD_START), 0);
    journal_close(j);
    shell("mv $D.new.anchor $D.anchor");
    refused(-ERR_VERSION, "another record 4: this journal is a fork");
}

TEST(another_terminals_journal)
{
    killed(true);
    tamper("UPDATE journal SET terminal = 't-1103-004'");
    refused(-ERR_STATE, "another enrolment");
}

/* --- the write-ahead log ---------------------------------------------------------------------------------------------- */

/* At every place of the log: at rest nothing depends on it. */
static void rot_log(bool rests)
{
    int lost = 0;

    for (int at = 0; at < 64; at++) {
        char command[200];
        uint64_t last = 0;
        struct err e;

        killed(rests);
        snprintf(command, sizeof command,
                 "printf '\\245\\132\\245\\132' | dd of=$D/journal.db-wal bs=1 seek=%d conv=notrunc status=none",
                 at * 1024 + 8);
        shell(command);
        int rc = reopen(&last, &e);
        if (rests || rc == 0)
            CHECK_INT(last, 3);
        else
            CHECK(rc == -ERR_STATE || rc == -ERR_CHECKSUM);
        lost += rc != 0;
    }
    CHECK(rests ? lost == 0 : lost > 5);
}

TEST(rotten_log_at_rest_costs_nothing)
{
    rot_log(true);
    killed(true);
    shell("rm $D/journal.db-wal");
    opens(3);
    killed(true);
    shell("truncate -s 0 $D/journal.db-wal");
    opens(3);
}

TEST(rotten_log_in_a_visit)
{
    rot_log(false);
    killed(false);
    shell("rm $D/journal.db-wal");
    refused(-ERR_STATE, "empty"); /* all there was stood in the log */
}

TEST(older_log)
{
    killed(true);
    shell("cp $D/journal.db-wal $D.old-wal");
    struct journal *j = open_journal();
    CHECK_INT(append_kind(j, RECORD_START), 0);
    shell("rm -rf $D.cut; cp -a $D $D.cut");
    journal_close(j);
    shell("rm -rf $D; mv $D.cut $D; rm $D/journal.db-shm; mv $D.old-wal $D/journal.db-wal");
    refused(-ERR_STATE, "record 4");
}

/* The right files put back: the terminal works again. */
TEST(put_back)
{
    killed(false);
    shell("mv $D/journal.db-wal $D.kept-wal");
    refused(-ERR_STATE, "empty");
    shell("mv $D.kept-wal $D/journal.db-wal");
    opens(3);
    check_verifies(3);
}

/* --- the anchor ------------------------------------------------------------------------------------------------------- */

static uint64_t anchored(void)
{
    struct anchor a;

    return anchor_read(dir_, &a, NULL) ? 0 : a.last.seq;
}

TEST(anchor_is_made_anew_from_records)
{
    static const char *const what[] = {"rm $D.anchor", "truncate -s 0 $D.anchor",
                                       "dd if=/dev/zero of=$D.anchor bs=9000 count=1 status=none"};

    for (size_t i = 0; i < sizeof what / sizeof *what; i++) {
        killed(false);
        shell(what[i]);
        opens(3);
        CHECK_INT(anchored(), 3);
    }
    killed(false);
    CHECK_INT(anchor_make(dir_, "t-1103-004", identity_.epoch, NULL), 0); /* another terminal's */
    opens(3);
    CHECK_INT(anchored(), 3);
    killed(false);
    CHECK_INT(anchor_make(dir_, identity_.terminal, identity_.epoch, NULL), 0); /* the one of the enrolment */
    opens(3);
    CHECK_INT(anchored(), 3);
}

TEST(anchor_is_never_made_from_nothing)
{
    fresh();
    shell("rm $D.anchor");
    refused(-ERR_STATE, "missing");
    fresh();
    opens(0);
    shell("rm $D.anchor");
    refused(-ERR_STATE, "empty");
    fresh();
    CHECK_INT(anchor_make(dir_, identity_.terminal, (const uint8_t *)"another epoch...", NULL), 0);
    refused(-ERR_STATE, "missing");
}

TEST(one_slot_of_two)
{
    for (int slot = 0; slot < 2; slot++) {
        char command[200];

        killed(false);
        snprintf(command, sizeof command, "printf rotten | dd of=$D.anchor bs=1 seek=%d conv=notrunc status=none",
                 slot * ANCHOR_SLOT_EVERY + 100);
        shell(command);
        CHECK(anchored() == 2 || anchored() == 3);
        opens(3);
        CHECK_INT(anchored(), 3);
    }
}

TEST(anchor_that_cannot_be_written)
{
    fresh();
    struct journal *j = open_journal();
    shell("rm $D.anchor; mkdir $D.anchor");
    CHECK_INT(append_application(j, NULL, NULL, NULL), 0); /* the record is durable, whatever becomes of the anchor */
    journal_close(j);
    shell("rmdir $D.anchor");
    opens(1);
}

TEST(slot_holds_what_was_put_in)
{
    struct anchor a = {.terminal = "t-1103-003", .last = {7, "seven"}, .acked = {5, "five"}, .trusted_ms = NOON}, b;
    uint8_t slot[ANCHOR_SLOT_LEN];
    uint64_t turn = 0;

    memcpy(a.epoch, identity_.epoch, EPOCH_LEN);
    anchor_slot_encode(&a, UINT64_C(0x123456789), slot);
    CHECK(anchor_slot_decode(slot, &b, &turn));
    CHECK_INT(turn, UINT64_C(0x123456789));
    CHECK_STR(b.terminal, a.terminal);
    CHECK_MEM(b.epoch, a.epoch, EPOCH_LEN);
    CHECK_INT(b.last.seq, 7);
    CHECK_MEM(b.last.hash, a.last.hash, HASH_LEN);
    CHECK_INT(b.acked.seq, 5);
    CHECK_MEM(b.acked.hash, a.acked.hash, HASH_LEN);
    CHECK_INT(b.trusted_ms, NOON);
    for (size_t i = 0; i < sizeof slot; i++) { /* each byte counts */
        slot[i] ^= 1;
        CHECK(!anchor_slot_decode(slot, &b, &turn));
        slot[i] ^= 1;
    }
}

/* --- the hall's word -------------------------------------------------------------------------------------------------- */

TEST(word_outlives_a_restart)
{
    struct anchor a;

    killed(true);
    struct journal *j = open_journal();
    CHECK_INT(anchor_read(dir_, &a, NULL), 0);
    CHECK_INT(journal_acknowledged(j, a.last.seq, a.last.hash, NULL), 0);
    journal_close(j);
    j = open_journal();
    CHECK_INT(journal_acked(j), 3);
    journal_close(j);
}

TEST(fork_is_remembered)
{
    const uint8_t other[HASH_LEN] = "another";

    killed(true);
    struct journal *j = open_journal();
    CHECK_INT(journal_acknowledged(j, 2, other, NULL), -ERR_VERSION);
    CHECK_INT(append_kind(j, RECORD_START), 0); /* the visit that is on ends */
    journal_close(j);
    refused(-ERR_VERSION, "the hall holds another record 2");
}

TEST(lost_end_is_remembered)
{
    const uint8_t other[HASH_LEN] = "another";

    killed(true);
    struct journal *j = open_journal();
    CHECK_INT(journal_acknowledged(j, 5, other, NULL), -ERR_STATE);
    CHECK_INT(append_kind(j, RECORD_START), 0);
    CHECK_INT(append_kind(j, RECORD_START), 0); /* long enough now, and not the same */
    journal_close(j);
    refused(-ERR_VERSION, "the hall holds another record 5");
}

TEST(verify_says_it_too)
{
    const uint8_t other[HASH_LEN] = "another";
    struct outbox *o = NULL;
    struct err e = {0};
    uint64_t n = 0;

    killed(true);
    struct journal *j = open_journal();
    check_verifies(3);
    journal_acknowledged(j, 4, other, NULL);
    journal_close(j);
    CHECK_INT(outbox_open(dir_, &o, NULL), 0);
    CHECK_INT(outbox_verify(o, &n, &e), -ERR_STATE);
    CHECK(strstr(e.text, "the hall holds record 4") != NULL);
    CHECK_INT(n, 3);
    outbox_close(o);
}

TEST_MAIN(SETUP(begin), T(first_start), T(lost_journal), T(emptied_journal), T(damaged_journal), T(older_journal),
          T(journal_that_went_apart), T(another_terminals_journal), T(rotten_log_at_rest_costs_nothing),
          T(rotten_log_in_a_visit), T(older_log), T(put_back), T(anchor_is_made_anew_from_records),
          T(anchor_is_never_made_from_nothing), T(one_slot_of_two), T(anchor_that_cannot_be_written),
          T(slot_holds_what_was_put_in), T(word_outlives_a_restart), T(fork_is_remembered), T(lost_end_is_remembered),
          T(verify_says_it_too), TEARDOWN(end))
