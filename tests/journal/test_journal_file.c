/* SPDX-License-Identifier: Apache-2.0
 *
 * The journal as a file: whose it is, how often it waits for the disk, and what a full, failing or torn disk leaves.
 * SQLite's writes are caught in its own table of system calls, fdatasync by a function of the same name.
 */
#include "journal_test.h"

#include <errno.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "base/fs.h"

/* --- a disk that fails on command ------------------------------------------------------------------------------------- */

static int syncs, writes;
static int fail_write_at, fail_sync_at; /* counts down to 1 = fails; 0 = never */
static int fail_errno;

int fdatasync(int fd)
{
    syncs++;
    if (fail_sync_at && --fail_sync_at == 0) {
        errno = fail_errno;
        return -1;
    }
    return (int)syscall(SYS_fdatasync, fd);
}

static ssize_t failing_pwrite(int fd, const void *data, size_t len, off_t at)
{
    writes++;
    if (fail_write_at && --fail_write_at == 0) {
        errno = fail_errno;
        fail_write_at = 1; /* and goes on failing */
        return -1;
    }
    return (ssize_t)syscall(SYS_pwrite64, fd, data, len, at);
}

static void catch_writes(bool on)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    sqlite3_syscall_ptr fn = on ? (sqlite3_syscall_ptr)failing_pwrite : NULL;

    vfs->xSetSystemCall(vfs, "pwrite", fn);
    vfs->xSetSystemCall(vfs, "pwrite64", fn);
    fail_write_at = fail_sync_at = 0;
}

static off_t log_size(void)
{
    char path[100];
    struct stat st = {.st_size = -1};

    snprintf(path, sizeof path, "%s/journal.db-wal", dir_);
    stat(path, &st);
    return st.st_size;
}

/* --- the good disk ---------------------------------------------------------------------------------------------------- */

TEST(one_sync_a_commit)
{
    fresh();
    struct journal *j = open_journal();
    off_t size = log_size();
    CHECK(size >= 1024 * 1024);
    for (int i = 0; i < 5; i++) {
        syncs = 0;
        CHECK_INT(append_application(j, NULL, NULL, NULL), 0);
        CHECK_INT(syncs, 1);
        CHECK_INT(journal_sign_head(j, NULL), 0);
        CHECK_INT(syncs, 1);
    }
    CHECK_INT(log_size(), size);
    journal_close(j);
    CHECK_INT(log_size(), size); /* kept for readers */
}

TEST(log_is_carried_over)
{
    fresh();
    struct journal *j = open_journal();
    off_t size = log_size();
    for (int i = 0; i < 700; i++)
        if (append_kind(j, RECORD_START) || journal_sign_head(j, NULL))
            CHECK(!"append or sign");
    CHECK_INT(log_size(), size);
    check_verifies(700);
    journal_close(j);
    check_verifies(700);
}

TEST(one_writer)
{
    struct journal *second = NULL;
    struct err e = {0};

    fresh();
    struct journal *j = open_journal();
    CHECK_INT(journal_open(dir_, &identity_, signing_, &seal_to_, &second, &e), -ERR_BUSY);
    CHECK(second == NULL);
    journal_close(j);
    journal_close(open_journal());
}

TEST(another_enrolment)
{
    struct journal_identity other = identity_;
    struct journal *j = NULL;
    struct err e = {0};

    fresh();
    journal_close(open_journal());
    other.epoch[15] ^= 1;
    CHECK_INT(journal_open(dir_, &other, signing_, &seal_to_, &j, &e), -ERR_STATE);
    other = identity_;
    other.registration++;
    CHECK_INT(journal_open(dir_, &other, signing_, &seal_to_, &j, &e), -ERR_STATE);
    CHECK_INT(journal_open(dir_, &identity_, hall_, &seal_to_, &j, &e), -ERR_STATE); /* another signing key */
    CHECK(j == NULL);
}

TEST(no_place_for_it)
{
    struct journal *j = NULL;
    struct err e = {0};

    CHECK_INT(journal_open("/proc/none", &identity_, signing_, &seal_to_, &j, &e), -ERR_NOTFOUND);
    CHECK(strstr(e.text, "/proc/none") != NULL);
}

TEST(lost_head_is_signed_again_to_the_same_bytes)
{
    struct chain_head before = {0}, after = {0};
    struct outbox *o = NULL;

    fresh();
    struct journal *j = open_journal();
    CHECK_INT(append_kind(j, RECORD_START), 0);
    CHECK_INT(journal_sign_head(j, NULL), 0);
    journal_close(j);
    CHECK_INT(outbox_open(dir_, &o, NULL), 0);
    CHECK_INT(outbox_head(o, &before, NULL), 0);
    outbox_close(o);
    tamper("DELETE FROM head");
    journal_close(open_journal());
    CHECK_INT(outbox_open(dir_, &o, NULL), 0);
    CHECK_INT(outbox_head(o, &after, NULL), 0);
    outbox_close(o);
    CHECK_INT(before.seq, 1);
    CHECK_INT(after.seq, 1);
    CHECK_INT(after.signature_len, before.signature_len);
    CHECK_MEM(after.signature, before.signature, before.signature_len);
}

TEST(damaged_end_is_refused)
{
    struct journal *j = open_journal();
    struct err e = {0};

    CHECK_INT(append_kind(j, RECORD_START), 0);
    journal_close(j);
    tamper("UPDATE record SET header = CAST(header || x'20' AS BLOB) WHERE seq = 2");
    CHECK_INT(journal_open(dir_, &identity_, signing_, &seal_to_, &j, &e), -ERR_CHECKSUM);
    CHECK(strstr(e.text, "record 2") != NULL);
}

/* --- the bad disk ----------------------------------------------------------------------------------------------------- */

/* Fails every write from the n-th of an append on, for each n there is. */
static void every_write_fails(int number, int want)
{
    int n = 0, rc;

    fresh();
    struct journal *j = open_journal();
    CHECK_INT(append_application(j, NULL, NULL, NULL), 0);
    fail_errno = number;
    catch_writes(true);
    do {
        fail_write_at = ++n;
        rc = append_application(j, NULL, NULL, NULL);
        if (rc) {
            CHECK_INT(rc, want);
            CHECK_INT(journal_last(j), 1);
        }
    } while (rc && n < 100);
    catch_writes(false);
    CHECK(n > 2 && n < 100); /* at least header and frames, and in the end it went through */
    CHECK_INT(append_application(j, NULL, NULL, NULL), 0);
    CHECK_INT(journal_last(j), 3);
    check_verifies(3);
    journal_close(j);
    journal_close(open_journal());
    check_verifies(3);
}

TEST(full_disk_stores_nothing)
{
    every_write_fails(ENOSPC, -ERR_NOSPACE);
}

TEST(failing_disk_stores_nothing)
{
    every_write_fails(EIO, -ERR_IO);
}

TEST(full_disk_while_signing)
{
    fresh();
    struct journal *j = open_journal();
    CHECK_INT(append_kind(j, RECORD_START), 0);
    fail_errno = ENOSPC;
    catch_writes(true);
    fail_write_at = 1;
    CHECK_INT(journal_sign_head(j, NULL), -ERR_NOSPACE);
    catch_writes(false);
    CHECK_INT(journal_sign_head(j, NULL), 0);
    syncs = 0;
    CHECK_INT(append_kind(j, RECORD_START), 0);
    CHECK_INT(syncs, 1); /* the failure did not leave commits unsynced */
    journal_close(j);
    check_verifies(2);
}

TEST(failed_sync_is_not_found_after_a_restart)
{
    fresh();
    struct journal *j = open_journal();
    CHECK_INT(append_application(j, NULL, NULL, NULL), 0);
    fail_errno = EIO;
    fail_sync_at = 1;
    CHECK_INT(append_application(j, NULL, NULL, NULL), -ERR_IO);
    CHECK_INT(journal_last(j), 1);
    shell("mkdir $D/cut && cp $D/journal.db $D/journal.db-wal $D/cut"); /* what a killed process would leave */
    journal_close(j);
    shell("mv $D/cut/* $D && rm $D/journal.db-shm");
    j = open_journal();
    CHECK_INT(journal_last(j), 1);
    CHECK_INT(append_application(j, NULL, NULL, NULL), 0);
    journal_close(j);
    check_verifies(2);
}

/* --- torn writes ------------------------------------------------------------------------------------------------------ */

static void read_log(struct buf *out)
{
    char path[100];
    struct err e = {0};

    snprintf(path, sizeof path, "%s/journal.db-wal", dir_);
    CHECK_INT(fs_read(path, 8 << 20, out, &e), 0);
}

static void write_log(const struct buf *before, const struct buf *after, size_t cut)
{
    char path[100];

    snprintf(path, sizeof path, "%s/journal.db-wal", dir_);
    FILE *f = fopen(path, "wb");
    if (!f)
        exit(1);
    fwrite(after->data, 1, cut, f);
    fwrite(before->data + cut, 1, before->len - cut, f);
    fclose(f);
}

/* The log as it was after record 2, overwritten by the commit of record 3 up to `cut`. */
static uint64_t last_after_cut(const struct buf *before, const struct buf *after, size_t cut)
{
    shell("rm -f $D/journal.db-shm; cp $D/saved $D/journal.db; cp $D/anchor $D.anchor");
    write_log(before, after, cut);
    struct journal *j = open_journal();
    uint64_t last = journal_last(j);
    CHECK_INT(append_kind(j, RECORD_START), 0);
    check_verifies(last + 1);
    journal_close(j);
    return last;
}

TEST(torn_commit)
{
    struct buf before, after;
    size_t first = 0, end, kept = 0, lost = 0;

    fresh();
    struct journal *j = open_journal();
    CHECK_INT(append_application(j, NULL, NULL, NULL), 0);
    CHECK_INT(append_application(j, NULL, NULL, NULL), 0);
    read_log(&before);
    shell("cp $D/journal.db $D/saved; cp $D.anchor $D/anchor"); /* the anchor is written after the commit */
    CHECK_INT(append_application(j, NULL, NULL, NULL), 0);
    read_log(&after);
    journal_close(j);
    CHECK_INT(after.len, before.len);
    while (first < after.len && after.data[first] == before.data[first])
        first++;
    for (end = after.len; end > first && after.data[end - 1] == before.data[end - 1];)
        end--;
    CHECK(end > first);
    for (size_t cut = first / 512 * 512; cut < end + 512; cut += 512) {
        uint64_t last = last_after_cut(&before, &after, cut);
        CHECK(last == 2 || last == 3);
        *(last == 3 ? &kept : &lost) += 1;
    }
    CHECK(lost > 5); /* cuts inside the commit */
    CHECK(kept > 0); /* cuts behind it */
    buf_finish(&before);
    buf_finish(&after);
}

TEST_MAIN(SETUP(begin), T(one_sync_a_commit), T(log_is_carried_over), T(one_writer), T(another_enrolment),
          T(no_place_for_it), T(lost_head_is_signed_again_to_the_same_bytes), T(damaged_end_is_refused),
          T(full_disk_stores_nothing), T(failing_disk_stores_nothing), T(full_disk_while_signing),
          T(failed_sync_is_not_found_after_a_restart), T(torn_commit), TEARDOWN(end))
