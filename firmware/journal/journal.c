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

#include "base/fs.h"
#include "base/log.h"
#include "base/secret.h"
#include "crypto/hash.h"
#include "crypto/random.h"
#include "crypto/seal.h"
#include "journal/db.h"
#include "journal/index.h"
#include "journal/journal_file.h"
#include "journal/query.h"
#include "wire/record.h"

#define UNSIGNED_MAX 16      /* records without a signed head: far fewer than a batch holds, also in bytes */
#define CHECKPOINT_PAGES 384 /* the log's length after which it is carried over */
#define PURGE_AT_ONCE "200"

struct journal {
    sqlite3 *db;
    sqlite3_stmt *begin, *commit, *add_record, *add_body, *add_head;
    int lock; /* held as long as the journal is open: one writer */
    struct journal_identity id;
    const struct private_key *signing; /* borrowed */
    struct public_key seal_to;
    bool can_seal, clock_trusted;
    struct seal_encap *ahead; /* locked; for the next body, made while nobody waits */
    bool has_ahead;
    uint64_t last, last_signed, acked;
    uint8_t hash[HASH_LEN]; /* of the last record, or the chain's start */
    int64_t last_day;
    int log_pages;
};

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

    if (!rc)
        rc = db_prepare(j->db, "COMMIT", &j->commit, e);
    if (!rc)
        rc = db_prepare(j->db,
                        "INSERT INTO record (seq, at, kind, id, visit, series, day, serial, body_hash, hash, header) "
                        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                        &j->add_record, e);
    if (!rc)
        rc = db_prepare(j->db, "INSERT INTO body (seq, body) VALUES (?1, ?2)", &j->add_body, e);
    if (!rc)
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
    return query_last_day(j->db, &j->last_day, e);
}

static int open_file(struct journal *j, const char *dir, struct err *e)
{
    struct public_key signing;

    key_public(j->signing, &signing);
    int rc = journal_file_lock(dir, &j->lock, e);
    if (!rc)
        rc = journal_file_open(dir, &j->id, &signing, &j->db, e);
    if (!rc)
        rc = prepare_all(j, e);
    if (!rc)
        rc = check_end(j, e);
    if (!rc)
        rc = journal_sign_head(j, e);
    return rc;
}

int journal_open(const char *dir, const struct journal_identity *id, const struct private_key *signing,
                 const struct public_key *seal_to, struct journal **ret, struct err *e)
{
    struct journal *j = calloc(1, sizeof *j);

    if (!j)
        return err_set(e, ERR_NOMEM, "open the journal: out of memory");
    j->id = *id;
    j->lock = -1;
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

static void fill_in(struct journal *j, struct record_header *h)
{
    h->v = 1;
    memcpy(h->terminal, j->id.terminal, sizeof h->terminal);
    memcpy(h->epoch, j->id.epoch, sizeof h->epoch);
    h->seq = j->last + 1;
    h->at = clock_wall_ms();
    strcpy(h->boot, clock_boot_id());
    h->up = clock_mono_ms();
    h->clock_trusted = j->clock_trusted;
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
    const char *info = record_seal_info(p->header.kind);

    int rc = j->has_ahead ? 0 : seal_encap(&j->seal_to, NULL, j->ahead, e);
    j->has_ahead = false; /* good for one message */
    return rc ? rc
              : seal_with(j->ahead, info, strlen(info), p->header_bytes.data, p->header_bytes.len, padded->data, padded->len,
                          &p->body, e);
}

static int seal_body(struct journal *j, struct pending *p, const void *plain, size_t len, struct err *e)
{
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
static int compose(struct journal *j, struct pending *p, const void *plain, size_t plain_len, struct err *e)
{
    fill_in(j, &p->header);
    int rc = record_header_encode(&p->header, &p->header_bytes, e);
    if (!rc && (record_index_of(&p->header, &p->index) || !is_own_number(j, &p->index)))
        rc = err_set(e, ERR_INVALID, "its number cannot be read, or is another terminal's");
    if (!rc && plain)
        rc = seal_body(j, p, plain, plain_len, e);
    if (rc)
        return rc;
    sha256(p->body.data, p->body.len, p->body_hash);
    chain_next(j->hash, p->header_bytes.data, p->header_bytes.len, p->body_hash, p->hash);
    return 0;
}

static void bind_record(sqlite3_stmt *st, const struct pending *p)
{
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

    int rc = db_exec(j->db, "UPDATE journal SET failed = failed + 1", &e);
    if (rc && rc != -ERR_NOSPACE) /* on a full disk the commit never got that far */
        log_warn("journal", "a failed commit could not be overwritten: %s", e.text);
}

static int add_rows(struct journal *j, const struct pending *p, struct err *e)
{
    bind_record(j->add_record, p);
    int rc = db_step(j->add_record, e);
    if (rc || !p->body.len)
        return rc;
    sqlite3_bind_int64(j->add_body, 1, (int64_t)p->header.seq);
    sqlite3_bind_blob(j->add_body, 2, p->body.data, (int)p->body.len, SQLITE_STATIC);
    return db_step(j->add_body, e);
}

static int store(struct journal *j, const struct pending *p, struct err *e)
{
    int rc = db_step(j->begin, e);
    if (rc)
        return rc;
    rc = add_rows(j, p, e);
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

int journal_append(struct journal *j, struct record_header *h, const void *plain, size_t plain_len, struct err *e)
{
    struct pending p = {.header = *h};

    buf_init(&p.header_bytes, RECORD_HEADER_MAX);
    buf_init(&p.body, RECORD_BODY_MAX);
    int rc = check_body(j, h->kind, plain != NULL, e);
    if (!rc && j->last - j->last_signed >= UNSIGNED_MAX)
        rc = journal_sign_head(j, e);
    if (!rc)
        rc = compose(j, &p, plain, plain_len, e);
    if (!rc)
        rc = store(j, &p, e);
    if (!rc) {
        j->last = p.header.seq;
        memcpy(j->hash, p.hash, sizeof j->hash);
        if (p.index.series[0] && p.index.day > j->last_day)
            j->last_day = p.index.day;
        *h = p.header;
    }
    pending_finish(&p);
    return err_wrap(e, rc, "append to the journal");
}

/* --- the head --------------------------------------------------------------------------------------------------------- */

/* A head may be lost in a power cut, unlike a record: it is signed again from what is there, to the same bytes. So its
 * commit does not wait for the disk; the next record's does. */
static int store_head(struct journal *j, const struct chain_head *head, struct err *e)
{
    sqlite3_bind_int64(j->add_head, 1, (int64_t)head->seq);
    sqlite3_bind_blob(j->add_head, 2, head->hash, HASH_LEN, SQLITE_STATIC);
    sqlite3_bind_blob(j->add_head, 3, head->signature, (int)head->signature_len, SQLITE_STATIC);
    int rc = db_exec(j->db, "PRAGMA synchronous = NORMAL", e);
    if (!rc)
        rc = db_step(j->add_head, e);
    if (db_exec(j->db, "PRAGMA synchronous = FULL", rc ? NULL : e) && !rc)
        rc = -ERR_IO;
    return rc;
}

static void checkpoint(struct journal *j)
{
    if (j->log_pages < CHECKPOINT_PAGES)
        return;
    if (sqlite3_wal_checkpoint_v2(j->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL) == SQLITE_OK)
        j->log_pages = 0;
    else /* nothing is lost: the log goes on growing until there is space again */
        log_warn("journal", "the log could not be carried over: %s", sqlite3_errmsg(j->db));
}

int journal_sign_head(struct journal *j, struct err *e)
{
    struct chain_head head = {.seq = j->last};

    if (j->last_signed == j->last)
        return 0;
    memcpy(head.hash, j->hash, HASH_LEN);
    int rc = chain_head_sign(j->signing, j->id.terminal, j->id.epoch, &head, e);
    if (!rc)
        rc = store_head(j, &head, e);
    if (rc)
        return err_wrap(e, rc, "sign the journal's head");
    j->last_signed = j->last;
    checkpoint(j);
    seal_ahead(j);
    return 0;
}

/* --- questions -------------------------------------------------------------------------------------------------------- */

uint64_t journal_last(const struct journal *j)
{
    return j->last;
}

struct date journal_day(struct journal *j, struct date today)
{
    return date_to_days(today) < j->last_day ? date_of_days(j->last_day) : today;
}

int journal_next_case(struct journal *j, struct date day, struct case_number *ret, struct err *e)
{
    int64_t serial;

    int rc = query_next_serial(j->db, INDEX_SERIES_CASE, date_to_days(day), &serial, e);
    if (!rc && serial > CASE_SERIAL_MAX)
        rc = err_set(e, ERR_RANGE, "all %d numbers of the day are given", CASE_SERIAL_MAX);
    if (rc)
        return err_wrap(e, rc, "next case number");
    *ret = (struct case_number){
        .office = j->id.office, .registration = j->id.registration, .day = day, .serial = (int)serial};
    return 0;
}

/* The last number given on that day in the series `sample` belongs to; 0: none. */
static int last_ticket(struct journal *j, const char *queue, const char *sample, struct date day, int64_t *ret,
                       struct err *e)
{
    char series[INDEX_SERIES_MAX];
    int64_t next;

    if (record_index_ticket_series(queue, sample, series))
        return err_set(e, ERR_INVALID, "the queue's name is too long");
    int rc = query_next_serial(j->db, series, date_to_days(day), &next, e);
    if (!rc)
        *ret = next - 1;
    return rc;
}

static int last_leased(struct journal *j, const char *queue, char letter, struct date day, int64_t *ret, struct err *e)
{
    char sample[TICKET_NUMBER_MAX + 1];

    ticket_number_leased(letter, 1, sample);
    return last_ticket(j, queue, sample, day, ret, e);
}

static int next_own(struct journal *j, const char *queue, char letter, struct date day, char out[TICKET_NUMBER_MAX + 1],
                    struct err *e)
{
    char sample[TICKET_NUMBER_MAX + 1];
    int64_t last;

    ticket_number_own(letter, j->id.registration, 1, sample);
    int rc = last_ticket(j, queue, sample, day, &last, e);
    if (!rc)
        ticket_number_own(letter, j->id.registration, (int)last + 1, out);
    return rc;
}

int journal_next_ticket(struct journal *j, const char *queue, char letter, struct date day,
                        const struct ticket_block *blocks, size_t n, char out[TICKET_NUMBER_MAX + 1], struct err *e)
{
    int64_t last;

    int rc = last_leased(j, queue, letter, day, &last, e);
    if (rc)
        return err_wrap(e, rc, "next ticket number");
    int number = ticket_block_next(blocks, n, last);
    if (number)
        ticket_number_leased(letter, number, out);
    else
        rc = next_own(j, queue, letter, day, out, e);
    return err_wrap(e, rc, "next ticket number");
}

int journal_tickets_left(struct journal *j, const char *queue, char letter, struct date day,
                         const struct ticket_block *blocks, size_t n, int *ret, struct err *e)
{
    int64_t last;

    int rc = last_leased(j, queue, letter, day, &last, e);
    if (!rc)
        *ret = ticket_block_left(blocks, n, last);
    return err_wrap(e, rc, "ticket numbers left");
}

void journal_set_clock_trusted(struct journal *j, bool trusted)
{
    j->clock_trusted = trusted;
}

int journal_last_visit(struct journal *j, struct journal_visit *ret, struct err *e)
{
    return err_wrap(e, query_last_visit(j->db, ret, e), "last visit");
}

int journal_newest(struct journal *j, enum record_kind kind, journal_fn *fn, void *ctx, struct err *e)
{
    return err_wrap(e, query_newest(j->db, kind, fn, ctx, e), "newest %s", record_kind_word(kind));
}

int64_t journal_at(struct journal *j, uint64_t seq)
{
    return query_at(j->db, seq);
}

/* --- the hall's word ----------------------------------------------------------------------------------------------------
 */

int journal_acknowledged(struct journal *j, uint64_t seq, const uint8_t hash[HASH_LEN], struct err *e)
{
    uint8_t own[HASH_LEN];

    if (seq > j->last)
        return err_set(e, ERR_STATE, "the hall holds record %llu and this journal ends at %llu: it lost records",
                       (unsigned long long)seq, (unsigned long long)j->last);
    int rc = seq ? query_hash(j->db, seq, own, e) : 0;
    if (rc)
        return err_wrap(e, rc, "compare with what the hall holds");
    if (seq && memcmp(own, hash, HASH_LEN))
        return err_set(e, ERR_VERSION, "the hall holds another record %llu: this journal is a fork",
                       (unsigned long long)seq);
    if (seq > j->acked)
        j->acked = seq;
    return 0;
}

uint64_t journal_acked(const struct journal *j)
{
    return j->acked;
}

/* --- purging ---------------------------------------------------------------------------------------------------------- */

int journal_purge(struct journal *j, uint64_t acked, int days, struct err *e)
{
    sqlite3_stmt *st = NULL;

    int rc = db_prepare(j->db,
                        "DELETE FROM body WHERE seq IN (SELECT seq FROM body WHERE seq <= ?1 AND "
                        "(SELECT at FROM record WHERE record.seq = body.seq) < ?2 ORDER BY seq LIMIT " PURGE_AT_ONCE ")",
                        &st, e);
    do { /* a few at a time: the log stays short */
        if (rc)
            break;
        sqlite3_bind_int64(st, 1, (int64_t)acked);
        sqlite3_bind_int64(st, 2, clock_wall_ms() - (int64_t)days * 24 * 3600 * 1000);
        rc = db_step(st, e);
        checkpoint(j);
    } while (!rc && sqlite3_changes(j->db) > 0);
    sqlite3_finalize(st);
    return err_wrap(e, rc, "purge the journal");
}
