/* SPDX-License-Identifier: Apache-2.0
 *
 * The read side. It opens the database read-only, holds no lock longer than one answer, and gives out bytes as they are
 * stored.
 */
#include "journal/outbox.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/must.h"
#include "journal/outbox_db.h"
#include "wire/record.h"

/* A database without the table is a journal that is just being made; without the log's index, one whose writer has not
 * started again after a cut: both are made by the writer, and a reader may not. */
static bool not_yet(sqlite3 *db)
{
    return sqlite3_errcode(db) == SQLITE_ERROR || (sqlite3_errcode(db) & 0xff) == SQLITE_CANTOPEN;
}

static int read_identity(struct outbox *o, struct err *e)
{
    sqlite3_stmt *st = NULL;

    int rc = db_prepare(o->db, "SELECT terminal, epoch, signing, office, registration FROM journal", &st, e);
    if (rc)
        return not_yet(o->db) ? err_set(e, ERR_NOTFOUND, "there is no journal in it yet: kiosk makes it when it starts")
                              : rc;
    rc = db_step(st, e);
    const char *terminal = rc == 1 ? (const char *)sqlite3_column_text(st, 0) : NULL;
    if (rc >= 0) {
        rc = terminal && strlen(terminal) < sizeof o->terminal && db_blob(st, 1, o->epoch, sizeof o->epoch) &&
                     db_blob(st, 2, o->signing.point, sizeof o->signing.point)
                 ? 0
                 : err_set(e, ERR_CHECKSUM, "it does not say whose it is");
    }
    if (rc == 0) {
        strcpy(o->terminal, terminal);
        o->office = sqlite3_column_int(st, 3);
        o->registration = sqlite3_column_int(st, 4);
    }
    sqlite3_finalize(st);
    return rc;
}

int outbox_open(const char *dir, struct outbox **ret, struct err *e)
{
    struct outbox *o = calloc(1, sizeof *o);

    if (!o)
        return err_set(e, ERR_NOMEM, "read the journal: out of memory");
    int rc = db_open(dir, SQLITE_OPEN_READONLY, &o->db, e);
    snprintf(o->dir, sizeof o->dir, "%s", dir); /* db_open has refused one that is too long */
    if (rc == -ERR_NOTFOUND)
        err_set(e, ERR_NOTFOUND, "there is no " DB_NAME);
    if (rc == 0)
        rc = read_identity(o, e);
    if (rc) {
        outbox_close(o);
        return err_wrap(e, rc, "read the journal in %s", dir);
    }
    *ret = o;
    return 0;
}

void outbox_close(struct outbox *o)
{
    if (!o)
        return;
    sqlite3_close(o->db);
    free(o);
}

int outbox_identity(struct outbox *o, char terminal[TERMINAL_ID_MAX + 1], uint8_t epoch[EPOCH_LEN],
                    struct public_key *ret_signing, struct err *e)
{
    memcpy(terminal, o->terminal, sizeof o->terminal);
    memcpy(epoch, o->epoch, EPOCH_LEN);
    *ret_signing = o->signing;
    return 0;
}

/* Three columns from `column` on as a signed head: seq, hash, signature. */
static int outbox_head_row(sqlite3_stmt *st, int column, struct chain_head *ret, struct err *e)
{
    struct chain_head head = {.seq = (uint64_t)sqlite3_column_int64(st, column)};
    size_t len = (size_t)sqlite3_column_bytes(st, column + 2);

    if (!db_blob(st, column + 1, head.hash, sizeof head.hash) || len == 0 || len > sizeof head.signature ||
        !db_blob(st, column + 2, head.signature, len))
        return err_set(e, ERR_CHECKSUM, "signed head of record %llu: it is damaged", (unsigned long long)head.seq);
    head.signature_len = len;
    *ret = head;
    return 0;
}

int outbox_head(struct outbox *o, struct chain_head *ret, struct err *e)
{
    sqlite3_stmt *st;
    struct chain_head none = {.seq = 0};

    int rc = db_prepare(o->db, "SELECT seq, hash, signature FROM head ORDER BY seq DESC LIMIT 1", &st, e);
    if (rc)
        return rc;
    rc = db_step(st, e);
    if (rc == 1)
        rc = outbox_head_row(st, 0, ret, e);
    else if (rc == 0)
        *ret = none;
    sqlite3_finalize(st);
    return rc;
}

int outbox_hash(struct outbox *o, uint64_t seq, uint8_t ret[HASH_LEN], struct err *e)
{
    sqlite3_stmt *st;
    int rc = db_prepare(o->db, "SELECT hash FROM record WHERE seq = ?1", &st, e);

    if (rc)
        return rc;
    sqlite3_bind_int64(st, 1, (int64_t)seq);
    rc = db_step(st, e);
    if (rc == 0)
        rc = err_set(e, ERR_NOTFOUND, "there is no record %llu", (unsigned long long)seq);
    else if (rc == 1)
        rc = db_blob(st, 0, ret, HASH_LEN)
                 ? 0
                 : err_set(e, ERR_CHECKSUM, "record %llu: it has no hash", (unsigned long long)seq);
    sqlite3_finalize(st);
    return rc;
}

/* --- batches ---------------------------------------------------------------------------------------------------------- */

#define BATCH_FIXED (4 + EPOCH_LEN + 8 + 2 + 8 + HASH_LEN + 2 + SIGNATURE_MAX)
#define RECORD_FIXED (4 + 4 + HASH_LEN)

/* The last record of the longest batch from `first` on; first - 1 when there is none. */
static int find_end(struct outbox *o, uint64_t first, uint64_t *ret, struct err *e)
{
    must(first > 0, "a batch from before the first record");
    sqlite3_stmt *st;
    size_t bytes = BATCH_FIXED;
    uint64_t end = first - 1;

    int rc = db_prepare(o->db,
                        "SELECT r.seq, length(r.header) + ifnull(length(b.body), 0), h.seq IS NOT NULL FROM record r "
                        "LEFT JOIN body b ON b.seq = r.seq LEFT JOIN head h ON h.seq = r.seq "
                        "WHERE r.seq >= ?1 AND r.seq < ?2 ORDER BY r.seq",
                        &st, e);
    if (rc)
        return rc;
    sqlite3_bind_int64(st, 1, (int64_t)first);
    sqlite3_bind_int64(st, 2, (int64_t)first + BATCH_RECORDS_MAX);
    for (uint64_t seq = first; (rc = db_step(st, e)) == 1; seq++) {
        bytes += RECORD_FIXED + (size_t)sqlite3_column_int64(st, 1);
        if (bytes > BATCH_BYTES_MAX)
            break;
        if ((uint64_t)sqlite3_column_int64(st, 0) != seq) {
            rc = err_set(e, ERR_CHECKSUM, "record %llu is missing", (unsigned long long)seq);
            break;
        }
        if (sqlite3_column_int(st, 2))
            end = seq;
    }
    sqlite3_finalize(st);
    if (rc < 0)
        return rc;
    *ret = end;
    return 0;
}

/* The batch's pointers lead into `bytes`, which has room for all: it never moves. */
struct loading {
    struct batch batch;
    uint8_t *bytes;
    size_t used;
};

static const uint8_t *keep(struct loading *l, sqlite3_stmt *st, int column, size_t *ret_len)
{
    must(l->used <= BATCH_BYTES_MAX, "more was loaded than a batch holds");
    size_t len = (size_t)sqlite3_column_bytes(st, column);
    uint8_t *at = l->bytes + l->used;

    if (len > BATCH_BYTES_MAX - l->used)
        len = 0; /* find_end counted them: only a damaged file comes here, and batch_encode refuses it */
    if (len)
        memcpy(at, sqlite3_column_blob(st, column), len);
    l->used += len;
    *ret_len = len;
    return at;
}

static int load_records(struct outbox *o, struct loading *l, uint64_t end, struct err *e)
{
    struct batch *b = &l->batch;
    must(b->n == 0 && l->used == 0, "a batch is loaded twice");
    sqlite3_stmt *st;

    int rc = db_prepare(o->db,
                        "SELECT r.header, b.body, r.body_hash FROM record r LEFT JOIN body b ON b.seq = r.seq "
                        "WHERE r.seq BETWEEN ?1 AND ?2 ORDER BY r.seq",
                        &st, e);
    if (rc)
        return rc;
    sqlite3_bind_int64(st, 1, (int64_t)b->first);
    sqlite3_bind_int64(st, 2, (int64_t)end);
    while ((rc = db_step(st, e)) == 1 && b->n < BATCH_RECORDS_MAX) {
        struct batch_record *r = &b->records[b->n++];
        r->header = keep(l, st, 0, &r->header_len);
        r->body = keep(l, st, 1, &r->body_len);
        if (!db_blob(st, 2, r->body_hash, HASH_LEN)) {
            rc = err_set(e, ERR_CHECKSUM, "the hash of a body is missing");
            break;
        }
    }
    sqlite3_finalize(st);
    return rc < 0 ? rc : 0;
}

static int load_head(struct outbox *o, uint64_t seq, struct chain_head *ret, struct err *e)
{
    sqlite3_stmt *st;

    int rc = db_prepare(o->db, "SELECT seq, hash, signature FROM head WHERE seq = ?1", &st, e);
    if (rc)
        return rc;
    sqlite3_bind_int64(st, 1, (int64_t)seq);
    rc = db_step(st, e);
    if (rc == 1)
        rc = outbox_head_row(st, 0, ret, e);
    else if (rc == 0)
        rc = err_set(e, ERR_CHECKSUM, "the signed head is missing");
    sqlite3_finalize(st);
    return rc;
}

static int load_batch(struct outbox *o, uint64_t first, uint64_t end, struct buf *out, struct err *e)
{
    must(end >= first && end - first < BATCH_RECORDS_MAX, "more records than a batch holds");
    struct loading *l = calloc(1, sizeof *l);

    if (l)
        l->bytes = malloc(BATCH_BYTES_MAX);
    if (!l || !l->bytes) {
        free(l);
        return err_set(e, ERR_NOMEM, "out of memory");
    }
    l->batch.first = first;
    memcpy(l->batch.epoch, o->epoch, EPOCH_LEN);
    int rc = load_records(o, l, end, e);
    if (rc == 0)
        rc = load_head(o, end, &l->batch.head, e);
    if (rc == 0)
        rc = batch_encode(&l->batch, out, e);
    free(l->bytes);
    free(l);
    return rc;
}

int outbox_batch(struct outbox *o, uint64_t first, struct buf *out, uint64_t *ret_last, struct err *e)
{
    uint64_t end = 0;

    buf_reset(out);
    if (first == 0 || first > INT64_MAX - BATCH_RECORDS_MAX)
        return err_set(e, ERR_RANGE, "make a batch: no record has the number %llu", (unsigned long long)first);
    int rc = db_exec(o->db, "BEGIN", e); /* one view of the file: bodies may be purged meanwhile */
    if (rc)
        return err_wrap(e, rc, "make a batch");
    rc = find_end(o, first, &end, e);
    if (rc == 0 && end >= first)
        rc = load_batch(o, first, end, out, e);
    db_exec(o->db, "COMMIT", NULL);
    if (rc == 0)
        *ret_last = end;
    return err_wrap(e, rc, "make a batch from record %llu", (unsigned long long)first);
}

/* --- each ------------------------------------------------------------------------------------------------------------- */

int outbox_hash_before(struct outbox *o, uint64_t seq, uint8_t out[HASH_LEN], struct err *e)
{
    sqlite3_stmt *st;

    if (seq <= 1) {
        chain_start(o->terminal, o->epoch, &o->signing, out);
        return 0;
    }
    int rc = db_prepare(o->db, "SELECT hash FROM record WHERE seq = ?1", &st, e);
    if (rc)
        return rc;
    sqlite3_bind_int64(st, 1, (int64_t)seq - 1);
    rc = db_step(st, e);
    if (rc >= 0)
        rc = rc == 1 && db_blob(st, 0, out, HASH_LEN)
                 ? 0
                 : err_set(e, ERR_NOTFOUND, "record %llu does not exist", (unsigned long long)seq - 1);
    sqlite3_finalize(st);
    return rc;
}

int outbox_row(sqlite3_stmt *st, const uint8_t prev[HASH_LEN], struct record *ret, struct err *e)
{
    struct record r = {.header_bytes = sqlite3_column_blob(st, 1),
                       .header_len = (size_t)sqlite3_column_bytes(st, 1),
                       .body = sqlite3_column_blob(st, 4),
                       .body_len = (size_t)sqlite3_column_bytes(st, 4)};
    long long seq = sqlite3_column_int64(st, 0);

    memcpy(r.prev, prev, HASH_LEN);
    if (!db_blob(st, 2, r.body_hash, HASH_LEN) || !db_blob(st, 3, r.hash, HASH_LEN))
        return err_set(e, ERR_CHECKSUM, "record %lld: a hash is missing", seq);
    int rc = record_header_decode(r.header_bytes, r.header_len, &r.header, e);
    if (rc)
        return err_wrap(e, rc, "record %lld", seq);
    *ret = r;
    return 0;
}

int outbox_each(struct outbox *o, uint64_t first, int (*fn)(void *ctx, const struct record *r), void *ctx, struct err *e)
{
    uint8_t prev[HASH_LEN];
    sqlite3_stmt *st;
    struct record r;

    int rc = outbox_hash_before(o, first, prev, e);
    if (rc == 0)
        rc = db_prepare(o->db,
                        "SELECT " OUTBOX_COLUMNS " FROM record r LEFT JOIN body b ON b.seq = r.seq WHERE r.seq >= ?1 "
                        "ORDER BY r.seq",
                        &st, e);
    if (rc)
        return err_wrap(e, rc, "read records");
    sqlite3_bind_int64(st, 1, (int64_t)first);
    while ((rc = db_step(st, e)) == 1) {
        rc = outbox_row(st, prev, &r, e);
        if (rc || fn(ctx, &r))
            break;
        memcpy(prev, r.hash, HASH_LEN);
    }
    sqlite3_finalize(st);
    return err_wrap(e, rc, "read records");
}
