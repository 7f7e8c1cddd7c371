/* SPDX-License-Identifier: Apache-2.0
 *
 * Everything about journal.db that happens once, at opening.
 */
#include "journal/journal_file.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "wire/record.h"

#define PATH_MAX_ 1024
#define CACHE_KIB "512" /* the pages of a record, several times; SQLite's own 2 MB would fill up over a thousand visits */
#define LOG_KEEP (2 * 1024 * 1024) /* more than journal.c lets the log grow before it is carried over */

#define SQL(...) #__VA_ARGS__ "\n"
static const char schema[] =
#include "journal/schema.sql"
    "";
#undef SQL

int journal_file_lock(const char *dir, int *ret_fd, struct err *e)
{
    char path[PATH_MAX_];

    int rc = fs_mkdirs(dir, 0755, e);
    if (rc)
        return rc;
    if (fs_join(path, sizeof path, dir, "journal.lock"))
        return err_set(e, ERR_TOOLONG, "the path of the journal is too long");
    rc = fs_lock(path, 0, ret_fd, e);
    return rc == -ERR_BUSY ? err_set(e, ERR_BUSY, "another program is writing it: stop the other kiosk first") : rc;
}

void journal_file_unlock(int fd)
{
    if (fd >= 0)
        close(fd);
}

/* --- whose it is ------------------------------------------------------------------------------------------------------ */

static int create(sqlite3 *db, const struct journal_identity *id, const struct public_key *signing, struct err *e)
{
    sqlite3_stmt *st;

    int rc = db_exec(db, schema, e);
    if (rc == 0)
        rc = db_prepare(db, "INSERT INTO journal (one, terminal, epoch, office, registration, signing) VALUES (1,?,?,?,?,?)",
                        &st, e);
    if (rc)
        return rc;
    sqlite3_bind_text(st, 1, id->terminal, -1, SQLITE_STATIC);
    sqlite3_bind_blob(st, 2, id->epoch, EPOCH_LEN, SQLITE_STATIC);
    sqlite3_bind_int(st, 3, id->office);
    sqlite3_bind_int(st, 4, id->registration);
    sqlite3_bind_blob(st, 5, signing->point, sizeof signing->point, SQLITE_STATIC);
    rc = db_step(st, e);
    sqlite3_finalize(st);
    return rc;
}

static bool is_ours(sqlite3_stmt *st, const struct journal_identity *id, const struct public_key *signing)
{
    const char *terminal = (const char *)sqlite3_column_text(st, 0);
    struct public_key key;
    uint8_t epoch[EPOCH_LEN];

    return terminal && !strcmp(terminal, id->terminal) && db_blob(st, 1, epoch, sizeof epoch) &&
           !memcmp(epoch, id->epoch, sizeof epoch) && sqlite3_column_int(st, 2) == id->office &&
           sqlite3_column_int(st, 3) == id->registration && db_blob(st, 4, key.point, sizeof key.point) &&
           !memcmp(key.point, signing->point, sizeof key.point);
}

static int check_identity(sqlite3 *db, const struct journal_identity *id, const struct public_key *signing, struct err *e)
{
    sqlite3_stmt *st;

    int rc = db_prepare(db, "SELECT terminal, epoch, office, registration, signing FROM journal", &st, e);
    if (rc)
        return rc;
    rc = db_step(st, e);
    if (rc == 0)
        rc = err_set(e, ERR_CHECKSUM, "it does not say whose it is");
    else if (rc == 1)
        rc = is_ours(st, id, signing)
                 ? 0
                 : err_set(e, ERR_STATE, "it belongs to another enrolment: have its records delivered, then move it away");
    sqlite3_finalize(st);
    return rc;
}

static int has_tables(sqlite3 *db, bool *ret, struct err *e)
{
    sqlite3_stmt *st;
    int64_t n = 0;

    int rc = db_prepare(db, "SELECT count(*) FROM sqlite_schema", &st, e);
    if (rc == 0)
        rc = db_number(st, &n, e);
    if (rc == 0)
        *ret = n > 0;
    return rc;
}

static int missing(struct err *e)
{
    return err_set(e, ERR_STATE, DB_NAME " is missing or empty, and this is not a first start: it was lost");
}

/* All tables and the identity come in one transaction: a cut leaves an empty file, which is filled the next time. */
static int create_or_check(sqlite3 *db, const struct journal_identity *id, const struct public_key *signing,
                           bool first_start, struct err *e)
{
    bool made = false;

    int rc = has_tables(db, &made, e);
    if (rc || made)
        return rc ? rc : check_identity(db, id, signing, e);
    if (!first_start)
        return missing(e);
    rc = db_exec(db, "BEGIN IMMEDIATE", e);
    if (rc == 0)
        rc = create(db, id, signing, e);
    if (rc == 0)
        rc = db_exec(db, "COMMIT", e);
    if (rc)
        sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    return rc;
}

/* --- settings --------------------------------------------------------------------------------------------------------- */

/* Before the log is opened: it is kept when we close, and carried over then only once the journal is known to be whole; no
 * sector of it is shared by two commits. */
static void configure(sqlite3 *db)
{
    int keep = 1, share_sectors = 0;

    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    sqlite3_file_control(db, "main", SQLITE_FCNTL_PERSIST_WAL, &keep);
    sqlite3_file_control(db, "main", SQLITE_FCNTL_POWERSAFE_OVERWRITE, &share_sectors);
}

static int set_modes(sqlite3 *db, struct err *e)
{
    sqlite3_stmt *st;
    bool wal = false;

    int rc = db_prepare(db, "PRAGMA journal_mode = WAL", &st, e);
    if (rc == 0)
        rc = db_step(st, e);
    if (rc == 1) {
        wal = !sqlite3_stricmp((const char *)sqlite3_column_text(st, 0), "wal");
        rc = wal ? 0 : err_set(e, ERR_IO, "the file system takes no write-ahead log");
    }
    sqlite3_finalize(st);
    return rc ? rc
              : db_exec(db,
                        "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA temp_store = MEMORY; PRAGMA "
                        "cache_size = -" CACHE_KIB,
                        e);
}

/* Zeros behind the log's end: readers of the log stop at the first frame that is none, and an fdatasync within the file's
 * size has no metadata to write. Short of space is no error here. */
static void lengthen_log(const char *dir)
{
    static const char zeros[64 * 1024];
    char path[PATH_MAX_];
    struct stat st;

    if (fs_join(path, sizeof path, dir, DB_NAME "-wal"))
        return;
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    if (!fstat(fd, &st))
        for (off_t at = st.st_size; at < LOG_KEEP;) {
            size_t n = sizeof zeros - (size_t)at % sizeof zeros;
            if (pwrite(fd, zeros, n, at) != (ssize_t)n)
                break;
            at += (off_t)n;
        }
    fdatasync(fd);
    close(fd);
}

int journal_file_open(const char *dir, const struct journal_identity *id, const struct public_key *signing, bool first_start,
                      sqlite3 **ret, struct err *e)
{
    sqlite3 *db;

    int rc = db_open(dir, SQLITE_OPEN_READWRITE | (first_start ? SQLITE_OPEN_CREATE : 0), &db, e);
    if (rc)
        return rc == -ERR_NOTFOUND && !first_start ? missing(e) : rc;
    configure(db);
    rc = set_modes(db, e);
    if (rc == 0)
        rc = create_or_check(db, id, signing, first_start, e);
    if (rc) {
        sqlite3_close(db);
        return rc;
    }
    *ret = db;
    return 0;
}

int journal_file_begin(sqlite3 *db, const char *dir, struct err *e)
{
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
    lengthen_log(dir);
    return fs_sync_dir(dir, e);
}

/* --- the end of the chain --------------------------------------------------------------------------------------------- */

static int damaged(struct err *e, int64_t seq, const char *what)
{
    return err_set(e, ERR_CHECKSUM, "record %lld: %s", (long long)seq, what);
}

/* Row: seq, header, body_hash, hash, hash of the record before. `hash` holds the chain's start and gets the row's hash. */
static int check_link(sqlite3_stmt *st, uint8_t hash[HASH_LEN], struct err *e)
{
    uint8_t body_hash[HASH_LEN], want[HASH_LEN];
    int64_t seq = sqlite3_column_int64(st, 0);
    const void *header = sqlite3_column_blob(st, 1);
    size_t len = (size_t)sqlite3_column_bytes(st, 1);
    struct record_header h;

    if (seq != 1 && !db_blob(st, 4, hash, HASH_LEN))
        return damaged(e, seq, "the record before it is missing");
    int rc = record_header_decode(header, len, &h, e);
    if (rc)
        return err_wrap(e, rc, "record %lld", (long long)seq);
    if (!db_blob(st, 2, body_hash, sizeof body_hash))
        return damaged(e, seq, "the hash of its body is missing");
    chain_next(hash, header, len, body_hash, want);
    if (h.seq != (uint64_t)seq || !db_blob(st, 3, hash, HASH_LEN) || memcmp(hash, want, HASH_LEN))
        return damaged(e, seq, "it does not follow from the record before it");
    return 0;
}

static int check_last(sqlite3 *db, struct journal_end *end, struct err *e)
{
    sqlite3_stmt *st;

    int rc = db_prepare(db,
                        "SELECT r.seq, r.header, r.body_hash, r.hash, before.hash FROM record r "
                        "LEFT JOIN record before ON before.seq = r.seq - 1 ORDER BY r.seq DESC LIMIT 1",
                        &st, e);
    if (rc)
        return rc;
    rc = db_step(st, e);
    if (rc == 1) {
        end->last = (uint64_t)sqlite3_column_int64(st, 0);
        rc = check_link(st, end->hash, e);
    }
    sqlite3_finalize(st);
    return rc;
}

static int check_head(sqlite3 *db, struct journal_end *end, struct err *e)
{
    sqlite3_stmt *st;

    int rc = db_prepare(db,
                        "SELECT head.seq, head.hash = record.hash FROM head LEFT JOIN record ON record.seq = head.seq "
                        "ORDER BY head.seq DESC LIMIT 1",
                        &st, e);
    if (rc)
        return rc;
    rc = db_step(st, e);
    if (rc == 1) {
        end->last_signed = (uint64_t)sqlite3_column_int64(st, 0);
        rc = sqlite3_column_int(st, 1) == 1 ? 0
                                            : damaged(e, (int64_t)end->last_signed, "the signed head is of another record");
    }
    sqlite3_finalize(st);
    return rc;
}

int journal_file_end(sqlite3 *db, struct journal_end *end, struct err *e)
{
    end->last = end->last_signed = 0;
    int rc = check_last(db, end, e);
    return rc ? rc : check_head(db, end, e);
}
