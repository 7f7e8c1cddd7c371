/* SPDX-License-Identifier: Apache-2.0
 *
 * The journal's writing side. A commit is one fdatasync: the write-ahead log is made long enough beforehand, so that a
 * commit changes no file size, and it is carried over into the database only after a head was signed, when no resident
 * waits. Each commit fills its last sector of the log (no "powersafe overwrite"): a torn write cannot reach back into what
 * was committed before.
 */
#include "journal/journal.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/must.h"
#include "base/secret.h"
#include "crypto/hash.h"
#include "crypto/random.h"
#include "journal/index.h"
#include "journal/journal_file.h"
#include "journal/journal_struct.h"
#include "journal/query.h"
#include "wire/record.h"

#define UNSIGNED_MAX 16      /* records without a signed head: far fewer than a batch holds, also in bytes */
#define CHECKPOINT_PAGES 384 /* the log's length after which it is carried over */
#define PURGE_AT_ONCE "200"
#define PLACE_IN_LOG "UPDATE journal SET failed = failed + 1"

/* --- opening ---------------------------------------------------------------------------------------------------------- */

static int count_log_pages(void *ctx, sqlite3 *db, const char *name, int pages)
{
    struct journal *j = ctx;
    j->log_pages = pages;
    return SQLITE_OK;
}

static int prepare_all(struct journal *j, struct err *e)
{
    int rc = db_prepare(j->db, "BEGIN IMMEDIATE", &j->begin, e);

    if (rc == 0)
        rc = db_prepare(j->db, "COMMIT", &j->commit, e);
    if (rc == 0)
        rc = db_prepare(j->db,
                        "INSERT INTO record (seq, at, kind, id, visit, series, day, serial, body_hash, hash, header) "
                        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                        &j->add_record, e);
    if (rc == 0)
        rc = db_prepare(j->db, "INSERT INTO body (seq, body) VALUES (?1, ?2)", &j->add_body, e);
    if (rc == 0)
        rc = db_prepare(j->db, "INSERT INTO head (seq, hash, signature) VALUES (?1, ?2, ?3)", &j->add_head, e);
    sqlite3_wal_hook(j->db, count_log_pages, j); /* also turns SQLite's own checkpoints off */
    return rc;
}

/* The last record must follow from the one before it, and the newest head must be one of ours. */
static int check_end(struct journal *j, struct err *e)
{
    struct journal_end end;
    struct public_key signing;

    key_public(j->signing, &signing);
    chain_start(j->id.terminal, j->id.epoch, &signing, end.hash);
    int rc = journal_file_end(j->db, &end, e);
    if (rc)
        return rc;
    j->last = end.last;
    j->last_signed = end.last_signed;
    memcpy(j->hash, end.hash, sizeof j->hash);
    return 0;
}

/* Nothing is written before the journal is known to be the one that was written last: what is left of a damaged one stays as
 * it is for whoever looks into it. */
static int open_checked(struct journal *j, const char *dir, struct err *e)
{
    struct public_key signing;
    bool there = false;

    key_public(j->signing, &signing);
    int rc = anchor_open(&j->anchor_file, dir, j->id.terminal, j->id.epoch, &j->anchor, &there, e);
    if (rc == 0)
        rc = journal_file_open(dir, &j->id, &signing, there && j->anchor.last.seq + j->anchor.acked.seq == 0, &j->db, e);
    if (rc == 0)
        rc = check_end(j, e);
    return rc ? rc : journal_anchor_check(j, there, e);
}

static int open_file(struct journal *j, const char *dir, struct err *e)
{
    int rc = journal_file_lock(dir, &j->lock, e);

    if (rc == 0)
        rc = open_checked(j, dir, e);
    if (rc == 0)
        rc = journal_file_begin(j->db, dir, e);
    if (rc == 0)
        rc = prepare_all(j, e);
    if (rc == 0)
        rc = journal_sign_head(j, e);
    if (rc == 0)
        journal_anchor_note(j);
    return rc;
}

int journal_open(const char *dir, const struct journal_identity *id, const struct private_key *signing,
                 const struct public_key *seal_to, struct journal **ret, struct err *e)
{
    must(id->terminal[0], "a journal of no terminal");
    must(signing, "a journal that nobody signs");
    struct journal *j = calloc(1, sizeof *j);

    if (!j)
        return err_set(e, ERR_NOMEM, "open the journal: out of memory");
    j->id = *id;
    j->lock = j->anchor_file.fd = -1;
    j->signing = signing;
    j->ahead = secret_alloc(sizeof *j->ahead);
    journal_set_seal_key(j, seal_to);
    int rc = open_file(j, dir, e);
    if (rc) {
        journal_close(j);
        return err_wrap(e, rc, "open the journal in %s", dir);
    }
    *ret = j;
    return 0;
}

void journal_close(struct journal *j)
{
    if (!j)
        return;
    sqlite3_stmt *all[] = {j->begin, j->commit, j->add_record, j->add_body, j->add_head};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        sqlite3_finalize(all[i]);
    sqlite3_close(j->db);
    anchor_sync(&j->anchor_file, NULL); /* it is only behind otherwise */
    anchor_close(&j->anchor_file);
    journal_file_unlock(j->lock);
    secret_free(j->ahead, sizeof *j->ahead);
    free(j);
}

void journal_set_seal_key(struct journal *j, const struct public_key *seal_to)
{
    j->can_seal = seal_to != NULL;
    j->has_ahead = false;
    if (seal_to)
        j->seal_to = *seal_to;
}

/* --- appending -------------------------------------------------------------------------------------------------------- */

struct pending { /* a record on its way */
    struct record_header header;
    struct buf header_bytes, body;
    struct record_index index;
    uint8_t body_hash[HASH_LEN], hash[HASH_LEN];
};

static void pending_finish(struct pending *p)
{
    buf_finish(&p->header_bytes);
    buf_finish(&p->body);
}

/* Where the next record goes: behind what is stored, or behind those that are stored with it. */
struct chain_end {
    uint64_t seq;
    uint8_t hash[HASH_LEN];
};

static void fill_in(struct journal *j, struct record_header *h, uint64_t seq)
{
    must((unsigned)h->kind < RECORD_KINDS, "a record of no kind");
    must(j->last_signed <= j->last, "a head is signed over records there are none of");
    h->v = 1;
    memcpy(h->terminal, j->id.terminal, sizeof h->terminal);
    memcpy(h->epoch, j->id.epoch, sizeof h->epoch);
    h->seq = seq;
    h->at = clock_wall_ms();
    strcpy(h->boot, clock_boot_id());
    h->up = clock_mono_ms();
    h->clock_trusted = journal_clock_trusted(j);
    random_bytes(h->id, sizeof h->id);
    memset(h->key, 0, sizeof h->key);
    if (record_kind_has_body(h->kind))
        public_key_id(&j->seal_to, h->key);
}

/* The half of sealing that does not depend on the body. Without it (no memory, no randomness) the body's turn tries again,
 * and tells. */
static void seal_ahead(struct journal *j)
{
    if (j->can_seal && !j->has_ahead)
        j->has_ahead = seal_encap(&j->seal_to, NULL, j->ahead, NULL) == 0;
}

static int seal_padded(struct journal *j, struct pending *p, const struct buf *padded, struct err *e)
{
    must(p->header_bytes.len > 0, "a body is sealed without its header");
    must(j->can_seal, "a body is sealed to nobody");
    const char *info = record_seal_info(p->header.kind);

    int rc = j->has_ahead ? 0 : seal_encap(&j->seal_to, NULL, j->ahead, e);
    j->has_ahead = false; /* good for one message */
    return rc ? rc
              : seal_with(j->ahead, info, strlen(info), p->header_bytes.data, p->header_bytes.len, padded->data, padded->len,
                          &p->body, e);
}

static int seal_body(struct journal *j, struct pending *p, const void *plain, size_t len, struct err *e)
{
    must(plain && record_kind_has_body(p->header.kind), "a body for a record that carries none");
    struct buf padded;

    buf_init(&padded, RECORD_BODY_MAX - SEAL_OVERHEAD);
    buf_add(&padded, plain, len);
    seal_pad(&padded);
    int rc = buf_ok(&padded) ? seal_padded(j, p, &padded, e)
                             : err_set(e, ERR_TOOLONG, "the body is longer than a record may hold");
    buf_finish(&padded); /* wipes */
    return rc;
}

static int check_body(struct journal *j, enum record_kind kind, bool has_body, struct err *e)
{
    if ((unsigned)kind >= RECORD_KINDS || record_kind_has_body(kind) != has_body)
        return err_set(e, ERR_INVALID, "a body belongs to kinds that carry one, and to no others");
    if (has_body && !j->can_seal)
        return err_set(e, ERR_KEY, "there is no key of the hall to seal it to");
    return 0;
}

static bool is_own_number(const struct journal *j, const struct record_index *i)
{
    return i->office < 0 || (i->office == j->id.office && i->registration == j->id.registration);
}

/* All that can be done before the disk is touched. */
static int compose(struct journal *j, struct pending *p, struct chain_end *end, const void *plain, size_t plain_len,
                   struct err *e)
{
    must(!p->header_bytes.len && !p->body.len, "a record is composed twice");
    fill_in(j, &p->header, end->seq + 1);
    int rc = record_header_encode(&p->header, &p->header_bytes, e);
    if (rc == 0 && (record_index_of(&p->header, &p->index) || !is_own_number(j, &p->index)))
        rc = err_set(e, ERR_INVALID, "its number cannot be read, or is another terminal's");
    if (rc == 0 && plain)
        rc = seal_body(j, p, plain, plain_len, e);
    if (rc)
        return rc;
    sha256(p->body.data, p->body.len, p->body_hash);
    chain_next(end->hash, p->header_bytes.data, p->header_bytes.len, p->body_hash, p->hash);
    end->seq = p->header.seq;
    memcpy(end->hash, p->hash, sizeof end->hash);
    return 0;
}

static void bind_record(sqlite3_stmt *st, const struct pending *p)
{
    must(p->header.seq > 0 && p->header_bytes.len > 0, "a record without a place or a header");
    must(p->header_bytes.len <= RECORD_HEADER_MAX && p->body.len <= RECORD_BODY_MAX, "a record longer than one may be");
    const struct record_header *h = &p->header;
    static const uint8_t none[sizeof h->visit];

    sqlite3_clear_bindings(st);
    sqlite3_bind_int64(st, 1, (int64_t)h->seq);
    sqlite3_bind_int64(st, 2, h->at);
    sqlite3_bind_text(st, 3, record_kind_word(h->kind), -1, SQLITE_STATIC);
    sqlite3_bind_blob(st, 4, h->id, sizeof h->id, SQLITE_STATIC);
    if (memcmp(h->visit, none, sizeof none))
        sqlite3_bind_blob(st, 5, h->visit, sizeof h->visit, SQLITE_STATIC);
    if (p->index.series[0]) {
        sqlite3_bind_text(st, 6, p->index.series, -1, SQLITE_STATIC);
        sqlite3_bind_int64(st, 7, p->index.day);
        sqlite3_bind_int64(st, 8, p->index.serial);
    }
    sqlite3_bind_blob(st, 9, p->body_hash, HASH_LEN, SQLITE_STATIC);
    sqlite3_bind_blob(st, 10, p->hash, HASH_LEN, SQLITE_STATIC);
    sqlite3_bind_blob(st, 11, p->header_bytes.data, (int)p->header_bytes.len, SQLITE_STATIC);
}

/* After a failed fsync a commit may lie whole in the log, and a restart would take for stored what the resident was told is
 * not. Another commit in the same place of the log makes it unreadable. */
static void overwrite_failed(struct journal *j)
{
    struct err e = {0};

    int rc = db_exec(j->db, PLACE_IN_LOG, &e);
    if (rc && rc != -ERR_NOSPACE) /* on a full disk the commit never got that far */
        log_warn("journal", "a failed commit could not be overwritten: %s", e.text);
}

static int add_rows(struct journal *j, const struct pending *p, struct err *e)
{
    must(record_kind_has_body(p->header.kind) == (p->body.len > 0), "a record without its body, or with another's");
    bind_record(j->add_record, p);
    int rc = db_step(j->add_record, e);
    if (rc || !p->body.len)
        return rc;
    sqlite3_bind_int64(j->add_body, 1, (int64_t)p->header.seq);
    sqlite3_bind_blob(j->add_body, 2, p->body.data, (int)p->body.len, SQLITE_STATIC);
    return db_step(j->add_body, e);
}

static int add_all(struct journal *j, const struct pending *p, size_t n, struct err *e)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < n; i++)
        rc = add_rows(j, &p[i], e);
    return rc;
}

static int store(struct journal *j, const struct pending *p, size_t n, struct err *e)
{
    must(p->header.seq == j->last + 1, "a record out of its turn");
    int rc = db_step(j->begin, e);
    if (rc)
        return rc;
    rc = add_all(j, p, n, e);
    if (rc) {
        sqlite3_exec(j->db, "ROLLBACK", NULL, NULL, NULL);
        return rc;
    }
    rc = db_step(j->commit, e);
    if (rc) {
        sqlite3_exec(j->db, "ROLLBACK", NULL, NULL, NULL); /* does nothing where SQLite rolled back by itself */
        overwrite_failed(j);
    }
    return rc;
}

/* From here on they count. */
static void take(struct journal *j, const struct pending *last)
{
    j->last = last->header.seq;
    memcpy(j->hash, last->hash, sizeof j->hash);
    j->at_rest = false;
    journal_clock_note(j);
    journal_anchor_note(j);
}

/* Each follows the one before it, which is not stored yet. */
static int compose_all(struct journal *j, struct pending *p, const struct journal_entry *entries, size_t n, struct err *e)
{
    struct chain_end end = {.seq = j->last};
    int rc = 0;

    memcpy(end.hash, j->hash, sizeof end.hash);
    for (size_t i = 0; rc == 0 && i < n; i++)
        rc = compose(j, &p[i], &end, entries[i].plain, entries[i].plain_len, e);
    return rc;
}

int journal_append_together(struct journal *j, struct journal_entry *entries, size_t n, struct err *e)
{
    must(n > 0 && n <= JOURNAL_TOGETHER_MAX, "too many records at once, or none");
    must(j->db && j->add_record, "a record for a journal that is closed");
    struct pending p[JOURNAL_TOGETHER_MAX];
    int rc = 0;

    for (size_t i = 0; i < n; i++) {
        p[i] = (struct pending){.header = entries[i].header};
        buf_init(&p[i].header_bytes, RECORD_HEADER_MAX);
        buf_init(&p[i].body, RECORD_BODY_MAX);
        must(entries[i].plain || !entries[i].plain_len, "a record of nothing");
        if (rc == 0)
            rc = check_body(j, p[i].header.kind, entries[i].plain != NULL, e);
    }
    if (rc == 0 && j->last + n - j->last_signed > UNSIGNED_MAX)
        rc = journal_sign_head(j, e);
    if (rc == 0)
        rc = compose_all(j, p, entries, n, e);
    if (rc == 0)
        rc = store(j, p, n, e);
    if (rc == 0)
        take(j, &p[n - 1]);
    for (size_t i = 0; i < n; i++) {
        if (rc == 0)
            entries[i].header = p[i].header;
        pending_finish(&p[i]);
    }
    return err_wrap(e, rc, "append to the journal");
}

int journal_append(struct journal *j, struct record_header *h, const void *plain, size_t plain_len, struct err *e)
{
    must(h, "a record of nothing");
    struct journal_entry one = {.header = *h, .plain = plain, .plain_len = plain_len};
    int rc = journal_append_together(j, &one, 1, e);

    if (rc == 0)
        *h = one.header;
    return rc;
}

/* --- the head --------------------------------------------------------------------------------------------------------- */

/* A head may be lost in a power cut, unlike a record: it is signed again from what is there, to the same bytes. So its
 * commit does not wait for the disk; the next record's does. */
static int store_head(struct journal *j, const struct chain_head *head, struct err *e)
{
    must(head->signature_len > 0 && head->signature_len <= sizeof head->signature, "a head that is not signed");
    must(head->seq == j->last, "a head of another record");
    sqlite3_bind_int64(j->add_head, 1, (int64_t)head->seq);
    sqlite3_bind_blob(j->add_head, 2, head->hash, HASH_LEN, SQLITE_STATIC);
    sqlite3_bind_blob(j->add_head, 3, head->signature, (int)head->signature_len, SQLITE_STATIC);
    int rc = db_exec(j->db, "PRAGMA synchronous = NORMAL", e);
    if (rc == 0)
        rc = db_step(j->add_head, e);
    if (db_exec(j->db, "PRAGMA synchronous = FULL", rc ? NULL : e) && rc == 0)
        rc = -ERR_IO;
    return rc;
}

/* True when all of the log was carried over. */
static bool carry_over(struct journal *j)
{
    int pages = 0, carried = -1;

    if (sqlite3_wal_checkpoint_v2(j->db, NULL, SQLITE_CHECKPOINT_PASSIVE, &pages, &carried) == SQLITE_OK) {
        j->carrying_fails = false;
        return pages == carried;
    }
    if (!j->carrying_fails) /* nothing is lost: the log goes on growing until there is space again */
        log_warn("journal", "the log could not be carried over: %s", sqlite3_errmsg(j->db));
    j->carrying_fails = true;
    return false;
}

static void checkpoint(struct journal *j)
{
    if (j->log_pages >= CHECKPOINT_PAGES && carry_over(j))
        j->log_pages = 0;
}

static int sign_head(struct journal *j, struct err *e)
{
    must(j->last_signed < j->last, "a head is signed twice");
    struct chain_head head = {.seq = j->last};

    memcpy(head.hash, j->hash, HASH_LEN);
    int rc = chain_head_sign(j->signing, j->id.terminal, j->id.epoch, &head, e);
    if (rc == 0)
        rc = store_head(j, &head, e);
    if (rc)
        return err_wrap(e, rc, "sign the journal's head");
    j->last_signed = j->last;
    return 0;
}

int journal_sign_head(struct journal *j, struct err *e)
{
    if (j->last_signed == j->last)
        return 0;
    int rc = sign_head(j, e);
    if (rc)
        return rc;
    anchor_push(&j->anchor_file);
    checkpoint(j);
    seal_ahead(j);
    return 0;
}

/* A carried-over log is not empty yet: should its middle rot, what stands before it would be taken for newer than the
 * database. The next commit begins the log anew, so one that may be lost follows at once: the head, or nothing at all. */
int journal_rest(struct journal *j, struct err *e)
{
    if (j->at_rest)
        return 0;
    bool carried = carry_over(j), to_sign = j->last_signed != j->last;
    int before = j->log_pages;
    int rc = to_sign ? sign_head(j, e) : carried ? db_exec(j->db, PLACE_IN_LOG, e) : 0;
    if (rc)
        return rc;
    j->at_rest = carried && j->log_pages <= before; /* else a reader held the old log: the next time */
    seal_ahead(j);
    return anchor_sync(&j->anchor_file, e);
}

bool journal_rests(const struct journal *j)
{
    return j->at_rest;
}

/* --- questions -------------------------------------------------------------------------------------------------------- */

uint64_t journal_last(const struct journal *j)
{
    return j->last;
}

int journal_case(struct journal *j, const char *number, struct journal_case *ret, struct err *e)
{
    return query_case(j->db, number, ret, e);
}

int journal_last_visit(struct journal *j, struct journal_visit *ret, struct err *e)
{
    return err_wrap(e, query_last_visit(j->db, ret, e), "last visit");
}

int journal_newest(struct journal *j, enum record_kind kind, journal_fn *fn, void *ctx, struct err *e)
{
    must((unsigned)kind < RECORD_KINDS && fn, "the newest record of no kind");
    return err_wrap(e, query_newest(j->db, kind, fn, ctx, e), "newest %s", record_kind_word(kind));
}

int journal_papers(struct journal *j, journal_fn *fn, void *ctx, struct err *e)
{
    must(fn, "outcomes that nobody hears");
    return err_wrap(e, query_papers(j->db, journal_last(j), fn, ctx, e), "outcomes of papers");
}

int64_t journal_at(struct journal *j, uint64_t seq)
{
    return query_at(j->db, seq);
}

int journal_waiting(struct journal *j, int64_t *ret, struct err *e)
{
    return err_wrap(e, query_waiting(j->db, j->acked, ret, e), "what the hall has not got");
}

/* --- purging ---------------------------------------------------------------------------------------------------------- */

int journal_purge(struct journal *j, uint64_t acked, int days, struct err *e)
{
    must(days >= 0, "bodies go before the hall has them");
    must(acked <= j->last, "bodies go that the hall cannot have");
    const int64_t day_ms = 24 * 3600 * INT64_C(1000), now = clock_wall_ms();
    sqlite3_stmt *st = NULL;

    if (!journal_clock_trusted(j))
        return 0;
    int rc = db_prepare(j->db,
                        "DELETE FROM body WHERE seq IN (SELECT seq FROM body WHERE seq <= ?1 AND "
                        "(SELECT at FROM record WHERE record.seq = body.seq) NOT BETWEEN ?2 AND ?3 ORDER BY seq "
                        "LIMIT " PURGE_AT_ONCE ")",
                        &st, e);
    do { /* a few at a time: the log stays short */
        if (rc)
            break;
        sqlite3_bind_int64(st, 1, (int64_t)acked);
        sqlite3_bind_int64(st, 2, now - days * day_ms);
        sqlite3_bind_int64(st, 3, now + day_ms);
        rc = db_step(st, e);
        j->at_rest &= sqlite3_changes(j->db) == 0;
        checkpoint(j);
    } while (rc == 0 && sqlite3_changes(j->db) > 0);
    sqlite3_finalize(st);
    return err_wrap(e, rc, "purge the journal");
}
