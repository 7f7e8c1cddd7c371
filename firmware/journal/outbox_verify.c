/* SPDX-License-Identifier: Apache-2.0
 *
 * The whole journal against itself: the file's pages, every header against its columns, every link of the chain, every
 * body that is still there, and the heads.
 */
#include <string.h>

#include "crypto/hash.h"
#include "journal/index.h"
#include "journal/outbox_db.h"
#include "journal/query.h"

#define PAGES_OPS 10000 /* of SQLite between two looks at the clock */

#define BODY_COLUMN 4
#define FIRST_INDEX_COLUMN 5 /* behind OUTBOX_COLUMNS */
#define INDEX_COLUMNS "r.at, r.kind, r.id, r.visit, r.series, r.day, r.serial, h.hash"

static int wrong(struct err *e, const struct record *r, const char *what)
{
    return err_set(e, ERR_CHECKSUM, "record %llu: %s", (unsigned long long)r->header.seq, what);
}

static bool text_is(sqlite3_stmt *st, int column, const char *want)
{
    const char *text = (const char *)sqlite3_column_text(st, column);
    return want[0] ? text && !strcmp(text, want) : !text;
}

static bool number_is(sqlite3_stmt *st, int column, bool present, int64_t want)
{
    if (!present)
        return sqlite3_column_type(st, column) == SQLITE_NULL;
    return sqlite3_column_type(st, column) == SQLITE_INTEGER && sqlite3_column_int64(st, column) == want;
}

/* NULL stands for an id of zeros. */
static bool id_is(sqlite3_stmt *st, int column, const uint8_t want[16])
{
    uint8_t id[16] = {0};

    if (sqlite3_column_type(st, column) != SQLITE_NULL && !db_blob(st, column, id, sizeof id))
        return false;
    return !memcmp(id, want, sizeof id);
}

static int check_columns(struct outbox *o, sqlite3_stmt *st, const struct record *r, struct err *e)
{
    const struct record_header *h = &r->header;
    const int at = FIRST_INDEX_COLUMN;
    struct record_index index;

    if (record_index_of(h, &index))
        return wrong(e, r, "its number cannot be read");
    if (index.office >= 0 && (index.office != o->office || index.registration != o->registration))
        return wrong(e, r, "its number is another terminal's");
    bool given = index.series[0] != 0;
    if (!number_is(st, at, true, h->at))
        return wrong(e, r, "the column at differs from its header");
    if (!text_is(st, at + 1, record_kind_word(h->kind)))
        return wrong(e, r, "the column kind differs from its header");
    if (!id_is(st, at + 2, h->id))
        return wrong(e, r, "the column id differs from its header");
    if (!id_is(st, at + 3, h->visit))
        return wrong(e, r, "the column visit differs from its header");
    if (!text_is(st, at + 4, index.series))
        return wrong(e, r, "the column series differs from its header");
    if (!number_is(st, at + 5, given, index.day))
        return wrong(e, r, "the column day differs from its header");
    if (!number_is(st, at + 6, given, index.serial))
        return wrong(e, r, "the column serial differs from its header");
    return 0;
}

static int check_body(sqlite3_stmt *st, const struct record *r, struct err *e)
{
    bool there = sqlite3_column_type(st, BODY_COLUMN) != SQLITE_NULL;
    uint8_t digest[HASH_LEN];

    sha256(r->body, r->body_len, digest);
    bool same = !memcmp(digest, r->body_hash, HASH_LEN);
    if (!record_kind_has_body(r->header.kind))
        return there || !same ? wrong(e, r, "it has a body and should have none") : 0;
    return there && !same ? wrong(e, r, "its body was changed") : 0; /* after a purge the hash is what remains */
}

static int check_chain(struct outbox *o, sqlite3_stmt *st, const struct record *r, struct err *e)
{
    uint8_t want[HASH_LEN], head[HASH_LEN];
    const int head_column = FIRST_INDEX_COLUMN + 7;

    if (strcmp(r->header.terminal, o->terminal) || memcmp(r->header.epoch, o->epoch, EPOCH_LEN))
        return wrong(e, r, "it belongs to another journal");
    chain_next(r->prev, r->header_bytes, r->header_len, r->body_hash, want);
    if (memcmp(want, r->hash, HASH_LEN))
        return wrong(e, r, "it does not follow from the record before it");
    if (sqlite3_column_type(st, head_column) == SQLITE_NULL)
        return 0;
    if (!db_blob(st, head_column, head, sizeof head) || memcmp(head, r->hash, HASH_LEN))
        return wrong(e, r, "the signed head is of another record");
    return 0;
}

static int check_row(struct outbox *o, sqlite3_stmt *st, uint64_t seq, uint8_t prev[HASH_LEN], struct err *e)
{
    struct record r;

    if ((uint64_t)sqlite3_column_int64(st, 0) != seq)
        return err_set(e, ERR_CHECKSUM, "record %llu: it is missing", (unsigned long long)seq);
    int rc = outbox_row(st, prev, &r, e);
    if (rc == 0 && r.header.seq != seq)
        rc = err_set(e, ERR_CHECKSUM, "record %llu: the column seq differs from its header", (unsigned long long)seq);
    if (rc == 0)
        rc = check_chain(o, st, &r, e);
    if (rc == 0)
        rc = check_columns(o, st, &r, e);
    if (rc == 0)
        rc = check_body(st, &r, e);
    if (rc == 0)
        memcpy(prev, r.hash, HASH_LEN);
    return rc;
}

static int check_rows(struct outbox *o, uint64_t *ret_count, struct err *e)
{
    uint8_t prev[HASH_LEN];
    sqlite3_stmt *st;
    struct chain_head head = {.seq = 0};
    uint64_t n = 0;

    outbox_head(o, &head, NULL);
    progress_begin(o->progress, "records verified");
    int rc = outbox_hash_before(o, 1, prev, e);
    if (rc == 0)
        rc = db_prepare(o->db,
                        "SELECT " OUTBOX_COLUMNS ", " INDEX_COLUMNS " FROM record r LEFT JOIN body b ON b.seq = r.seq "
                        "LEFT JOIN head h ON h.seq = r.seq ORDER BY r.seq",
                        &st, e);
    if (rc)
        return rc;
    while ((rc = db_step(st, e)) == 1) {
        rc = check_row(o, st, n + 1, prev, e);
        if (rc)
            break;
        progress_step(o->progress, (int64_t)++n, (int64_t)head.seq);
    }
    progress_end(o->progress);
    sqlite3_finalize(st);
    *ret_count = n;
    return rc;
}

static int on_pages(void *ctx)
{
    progress_step(ctx, 0, 0);
    return 0; /* go on */
}

static int check_pages(struct outbox *o, struct err *e)
{
    sqlite3_stmt *st;

    int rc = db_prepare(o->db, "PRAGMA integrity_check(1)", &st, e);
    if (rc)
        return rc;
    progress_begin(o->progress, "looking at every page of the journal");
    sqlite3_progress_handler(o->db, PAGES_OPS, on_pages, o->progress);
    rc = db_step(st, e);
    sqlite3_progress_handler(o->db, 0, NULL, NULL);
    progress_end(o->progress);
    if (rc == 1)
        rc = text_is(st, 0, "ok") ? 0 : err_set(e, ERR_CHECKSUM, "the file is damaged: %s", sqlite3_column_text(st, 0));
    sqlite3_finalize(st);
    return rc;
}

/* Bodies and heads that no record stands behind. */
static int check_strays(struct outbox *o, struct err *e)
{
    sqlite3_stmt *st;
    int64_t seq = -1;

    int rc = db_prepare(o->db,
                        "SELECT min(seq) FROM (SELECT seq FROM body UNION SELECT seq FROM head) "
                        "WHERE seq NOT IN (SELECT seq FROM record)",
                        &st, e);
    if (rc == 0)
        rc = db_number(st, &seq, e);
    if (rc == 0 && seq != -1)
        rc = err_set(e, ERR_CHECKSUM, "record %lld: it is missing, its body or head is there", (long long)seq);
    return rc;
}

static int check_head(struct outbox *o, struct err *e)
{
    struct chain_head head;

    int rc = outbox_head(o, &head, e);
    if (rc || head.seq == 0)
        return rc;
    return chain_head_verify(&o->signing, o->terminal, o->epoch, &head, e);
}

/* An anchor that is lost says nothing: the next start makes it anew. */
static int check_anchor(struct outbox *o, const struct anchor *a, uint64_t last, struct err *e)
{
    if (strcmp(a->terminal, o->terminal) || memcmp(a->epoch, o->epoch, EPOCH_LEN))
        return 0;
    int rc = query_place(o->db, last, &a->last, "there was", e);
    return rc ? rc : query_place(o->db, last, &a->acked, "the hall holds", e);
}

void outbox_show(struct outbox *o, struct progress *p)
{
    o->progress = p;
}

int outbox_verify(struct outbox *o, uint64_t *ret_count, struct err *e)
{
    struct anchor a = {.terminal = ""};

    *ret_count = 0;
    anchor_read(o->dir, &a, NULL);       /* before the records, which run ahead of it */
    int rc = db_exec(o->db, "BEGIN", e); /* one view of the file while records are added */
    if (rc)
        return err_wrap(e, rc, "verify the journal");
    rc = check_pages(o, e);
    if (rc == 0)
        rc = check_rows(o, ret_count, e);
    if (rc == 0)
        rc = check_strays(o, e);
    if (rc == 0)
        rc = check_head(o, e);
    if (rc == 0)
        rc = check_anchor(o, &a, *ret_count, e);
    db_exec(o->db, "COMMIT", NULL);
    return err_wrap(e, rc, "verify the journal");
}
