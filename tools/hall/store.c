/* SPDX-License-Identifier: Apache-2.0
 *
 * The hall's tables, its records and chains.
 */
#include "tools/hall/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/fs.h"
#include "crypto/random.h"

struct store {
    struct sql *db;
    bool full; /* for tests */
};

/* `directory`, `office` and `queue_version` are the only tables a distributed engine would keep whole on every node: the
 * first says which office a terminal belongs to, before anything else about it is known; the last is read as a whole once a
 * second. */
static const char *const schema[] = {
    "CREATE TABLE IF NOT EXISTS directory (terminal TEXT NOT NULL PRIMARY KEY, office INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS office (office INTEGER NOT NULL PRIMARY KEY, registration INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS terminal (office INTEGER NOT NULL, terminal TEXT NOT NULL, place TEXT NOT NULL,"
    " added BIGINT NOT NULL, registration INTEGER NOT NULL, cert BYTEA, cert_sha256 BYTEA, enrolled BIGINT, epoch BYTEA,"
    " PRIMARY KEY (office, terminal))",
    /* `tries` is not used any more */
    "CREATE TABLE IF NOT EXISTS code (office INTEGER NOT NULL, terminal TEXT NOT NULL, code_sha256 BYTEA NOT NULL,"
    " expires BIGINT NOT NULL, tries INTEGER NOT NULL, key_sha256 BYTEA, PRIMARY KEY (office, terminal))",
    /* a table of its own: `terminal` of an earlier hall has no such columns */
    "CREATE TABLE IF NOT EXISTS renewal (office INTEGER NOT NULL, terminal TEXT NOT NULL, cert BYTEA NOT NULL,"
    " cert_sha256 BYTEA NOT NULL, key_sha256 BYTEA NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (office, terminal))",
    "CREATE TABLE IF NOT EXISTS revision (office INTEGER NOT NULL PRIMARY KEY, version BIGINT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS chain (office INTEGER NOT NULL, terminal TEXT NOT NULL, epoch BYTEA NOT NULL,"
    " registration INTEGER NOT NULL, signing BYTEA NOT NULL, seq BIGINT NOT NULL, hash BYTEA NOT NULL,"
    " signature BYTEA NOT NULL, PRIMARY KEY (office, terminal, epoch))",
    "CREATE TABLE IF NOT EXISTS record (office INTEGER NOT NULL, terminal TEXT NOT NULL, epoch BYTEA NOT NULL,"
    " seq BIGINT NOT NULL, id BYTEA NOT NULL, kind TEXT NOT NULL, number TEXT NOT NULL, at BIGINT NOT NULL,"
    " received BIGINT NOT NULL, state INTEGER NOT NULL, hash BYTEA NOT NULL, header BYTEA NOT NULL, body BYTEA NOT NULL,"
    " body_hash BYTEA NOT NULL, PRIMARY KEY (office, terminal, epoch, seq), UNIQUE (office, id))",
    "CREATE INDEX IF NOT EXISTS record_number ON record (office, number)",
    "CREATE TABLE IF NOT EXISTS alert (office INTEGER NOT NULL, id BYTEA NOT NULL, at BIGINT NOT NULL,"
    " terminal TEXT NOT NULL, what TEXT NOT NULL, detail TEXT NOT NULL, PRIMARY KEY (office, id))",
    "CREATE TABLE IF NOT EXISTS audit (office INTEGER NOT NULL, id BYTEA NOT NULL, at BIGINT NOT NULL, who TEXT NOT NULL,"
    " action TEXT NOT NULL, subject TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (office, id))",
    "CREATE TABLE IF NOT EXISTS health (office INTEGER NOT NULL, terminal TEXT NOT NULL, at BIGINT NOT NULL,"
    " report TEXT NOT NULL, PRIMARY KEY (office, terminal))",
    "CREATE TABLE IF NOT EXISTS lease (office INTEGER NOT NULL, request BYTEA NOT NULL, terminal TEXT NOT NULL,"
    " queue TEXT NOT NULL, day BIGINT NOT NULL, first BIGINT NOT NULL, count INTEGER NOT NULL, at BIGINT NOT NULL,"
    " PRIMARY KEY (office, request))",
    "CREATE TABLE IF NOT EXISTS lease_next (office INTEGER NOT NULL, queue TEXT NOT NULL, day BIGINT NOT NULL,"
    " next BIGINT NOT NULL, PRIMARY KEY (office, queue, day))",
    "CREATE TABLE IF NOT EXISTS ticket (office INTEGER NOT NULL, day BIGINT NOT NULL, queue TEXT NOT NULL,"
    " number TEXT NOT NULL, terminal TEXT NOT NULL, taken BIGINT NOT NULL, called BIGINT NOT NULL, void INTEGER NOT NULL,"
    " PRIMARY KEY (office, day, queue, number))",
    "CREATE TABLE IF NOT EXISTS queue_pause (office INTEGER NOT NULL, queue TEXT NOT NULL, until BIGINT NOT NULL,"
    " reason TEXT NOT NULL, PRIMARY KEY (office, queue))",
    "CREATE TABLE IF NOT EXISTS queue_version (office INTEGER NOT NULL PRIMARY KEY, version BIGINT NOT NULL)",
};

/* --- opening, transactions --- */

int store_open(const char *dir, struct store **ret, struct err *e)
{
    char path[512];
    if (fs_join(path, sizeof path, dir, "hall.db"))
        return err_set(e, ERR_TOOLONG, "%s", dir);
    struct store *s = calloc(1, sizeof *s);
    if (!s)
        return err_set(e, ERR_NOMEM, "open the hall's database");
    int rc = sql_open(path, &s->db, e);
    for (size_t i = 0; rc >= 0 && i < sizeof schema / sizeof *schema; i++)
        rc = sql_do(s->db, e, schema[i], "");
    if (rc < 0) {
        store_close(s);
        return err_wrap(e, rc, "open the hall's database");
    }
    *ret = s;
    return 0;
}

void store_close(struct store *s)
{
    if (!s)
        return;
    sql_close(s->db);
    free(s);
}

struct sql *store_sql(struct store *s)
{
    return s->db;
}

void store_set_full(struct store *s, bool full)
{
    __atomic_store_n(&s->full, full, __ATOMIC_RELAXED); /* set from the loop, read by the writer */
}

int store_begin(struct store *s, struct err *e)
{
    return sql_begin(s->db, e);
}

int store_commit(struct store *s, struct err *e)
{
    int rc = __atomic_load_n(&s->full, __ATOMIC_RELAXED) ? err_set(e, ERR_NOSPACE, "commit") : sql_commit(s->db, e);
    if (rc)
        sql_rollback(s->db);
    return rc;
}

void store_rollback(struct store *s)
{
    sql_rollback(s->db);
}

void store_uuid(uint8_t out[16])
{
    uint64_t ms = (uint64_t)clock_wall_ms();
    random_bytes(out, 16);
    for (int i = 0; i < 6; i++)
        out[i] = (uint8_t)(ms >> (40 - 8 * i));
    out[6] = (uint8_t)(0x70 | (out[6] & 0x0f));
    out[8] = (uint8_t)(0x80 | (out[8] & 0x3f));
}

/* --- chains and records --- */

int store_chain(struct store *s, int office, const char *terminal, const uint8_t epoch[EPOCH_LEN], struct store_place *ret,
                struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(s->db, &r, e, "SELECT seq, hash FROM chain WHERE office=$1 AND terminal=$2 AND epoch=$3", "itb",
                        (int64_t)office, terminal, epoch, (size_t)EPOCH_LEN);
    if (!rc)
        rc = sql_next(r, e);
    if (rc == 1) {
        ret->seq = (uint64_t)sql_int(r, 0);
        rc = sql_copy(r, 1, ret->hash, HASH_LEN) ? err_set(e, ERR_INVALID, "chain of %s", terminal) : 0;
    } else if (rc == 0) {
        rc = err_set(e, ERR_NOTFOUND, "chain of %s", terminal);
    }
    sql_done(r);
    return rc;
}

int store_hash(struct store *s, int office, const char *terminal, const uint8_t epoch[EPOCH_LEN], uint64_t seq,
               uint8_t out[HASH_LEN], struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(s->db, &r, e, "SELECT hash FROM record WHERE office=$1 AND terminal=$2 AND epoch=$3 AND seq=$4",
                        "itbi", (int64_t)office, terminal, epoch, (size_t)EPOCH_LEN, (int64_t)seq);
    if (!rc)
        rc = sql_next(r, e);
    if (rc >= 0)
        rc = rc == 1 && !sql_copy(r, 0, out, HASH_LEN) ? 0 : err_set(e, ERR_NOTFOUND, "record of %s", terminal);
    sql_done(r);
    return rc;
}

const char *store_state_word(enum store_state state)
{
    static const char *const words[STORE_STATES] = {"good", "header-unreadable", "body-gone", "body-damaged"};
    return state < STORE_STATES ? words[state] : "unknown";
}

static int insert_record(struct store *s, int office, const char *terminal, const uint8_t epoch[EPOCH_LEN],
                         const struct store_record *r, int64_t received, struct err *e)
{
    int rc = sql_do(s->db, e,
                    "INSERT INTO record (office, terminal, epoch, seq, id, kind, number, at, received, state, hash, header,"
                    " body, body_hash) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)"
                    " ON CONFLICT (office, id) DO NOTHING",
                    "itbibttiiibbbb", (int64_t)office, terminal, epoch, (size_t)EPOCH_LEN, (int64_t)r->seq, r->id,
                    sizeof r->id, r->kind, r->number, r->at, received, (int64_t)r->state, r->hash, (size_t)HASH_LEN,
                    r->header, r->header_len, r->body, r->body_len, r->body_hash, (size_t)HASH_LEN);
    if (rc == 0)
        rc = err_set(e, ERR_EXISTS, "the id of record %llu is known under another place", (unsigned long long)r->seq);
    return rc < 0 ? rc : 0;
}

int store_append(struct store *s, int office, const char *terminal, const uint8_t epoch[EPOCH_LEN],
                 const struct store_place *from, const struct chain_head *head, const struct store_record *records, size_t n,
                 int64_t received, bool *ret_moved, struct err *e)
{
    /* compare and set: two connections with the same certificate may have been checked against the same place */
    int rc = sql_do(s->db, e,
                    "UPDATE chain SET seq=$1, hash=$2, signature=$3"
                    " WHERE office=$4 AND terminal=$5 AND epoch=$6 AND seq=$7 AND hash=$8",
                    "ibbitbib", (int64_t)head->seq, head->hash, (size_t)HASH_LEN, head->signature, head->signature_len,
                    (int64_t)office, terminal, epoch, (size_t)EPOCH_LEN, (int64_t)from->seq, from->hash, (size_t)HASH_LEN);
    *ret_moved = rc == 1;
    if (rc != 1)
        return rc < 0 ? rc : 0;
    rc = 0;
    for (size_t i = 0; !rc && i < n; i++)
        rc = insert_record(s, office, terminal, epoch, &records[i], received, e);
    return err_wrap(e, rc, "store records of %s", terminal);
}

/* --- reading for staff --- */

#define FOUND_COLUMNS                                                                                                       \
    "office, terminal, epoch, seq, id, kind, number, at, received, state, hash, header, body, body_hash FROM record "

static int found_row(struct sql_rows *r, struct store_found *f)
{
    *f = (struct store_found){.office = (int)sql_int(r, 0), .terminal = sql_text(r, 1), .received = sql_int(r, 8)};
    struct store_record *rec = &f->record;
    rec->seq = (uint64_t)sql_int(r, 3);
    rec->at = sql_int(r, 7);
    rec->state = (enum store_state)sql_int(r, 9);
    snprintf(rec->kind, sizeof rec->kind, "%s", sql_text(r, 5));
    snprintf(rec->number, sizeof rec->number, "%s", sql_text(r, 6));
    rec->header = sql_bytes(r, 11, &rec->header_len);
    rec->body = sql_bytes(r, 12, &rec->body_len);
    return sql_copy(r, 2, f->epoch, EPOCH_LEN) || sql_copy(r, 4, rec->id, sizeof rec->id) ||
           sql_copy(r, 10, rec->hash, HASH_LEN) || sql_copy(r, 13, rec->body_hash, HASH_LEN);
}

static int each_row(struct sql_rows *r, store_found_fn *fn, void *ctx, struct err *e)
{
    int rc = 0, count = 0;
    struct store_found f;
    while ((rc = sql_next(r, e)) == 1) {
        if (found_row(r, &f)) {
            rc = err_set(e, ERR_INVALID, "a row of the records is damaged");
            break;
        }
        count++;
        if (fn(ctx, &f))
            break;
    }
    return rc < 0 ? rc : count;
}

int store_each_record(struct store *s, store_found_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(s->db, &r, e, "SELECT " FOUND_COLUMNS "ORDER BY office, terminal, epoch, seq", "");
    if (!rc)
        rc = each_row(r, fn, ctx, e);
    sql_done(r);
    return err_wrap(e, rc, "read the records");
}

int store_find_id(struct store *s, const uint8_t id[16], store_found_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    /* an id alone does not say the office: ask each in turn */
    int rc = sql_select(s->db, &r, e, "SELECT " FOUND_COLUMNS "WHERE office IN (SELECT office FROM office) AND id=$1", "b",
                        id, (size_t)16);
    if (!rc)
        rc = each_row(r, fn, ctx, e);
    sql_done(r);
    return err_wrap(e, rc, "find a record");
}

int store_find_case(struct store *s, int office, const char *number, store_found_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(s->db, &r, e,
                        "SELECT " FOUND_COLUMNS "WHERE office=$1 AND number=$2 AND kind='application' ORDER BY seq", "it",
                        (int64_t)office, number);
    if (!rc)
        rc = each_row(r, fn, ctx, e);
    sql_done(r);
    return err_wrap(e, rc, "find a case");
}

/* --- alerts and audit --- */

int store_alert(struct store *s, int office, const char *terminal, const char *what, const char *detail, struct err *e)
{
    uint8_t id[16];
    store_uuid(id);
    int rc = sql_do(s->db, e, "INSERT INTO alert (office, id, at, terminal, what, detail) VALUES ($1,$2,$3,$4,$5,$6)",
                    "ibittt", (int64_t)office, id, sizeof id, clock_wall_ms(), terminal, what, detail);
    return rc < 0 ? err_wrap(e, rc, "alert") : 0;
}

int store_each_alert(struct store *s, int (*fn)(void *ctx, const struct store_alert_row *a), void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(s->db, &r, e, "SELECT office, at, terminal, what, detail FROM alert ORDER BY office, at, id", "");
    while (!rc && (rc = sql_next(r, e)) == 1) {
        const struct store_alert_row a = {.office = (int)sql_int(r, 0),
                                          .at = sql_int(r, 1),
                                          .terminal = sql_text(r, 2),
                                          .what = sql_text(r, 3),
                                          .detail = sql_text(r, 4)};
        rc = fn(ctx, &a);
    }
    sql_done(r);
    return err_wrap(e, rc, "read the alerts");
}

int store_alert_count(struct store *s, int office, const char *what, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(s->db, &r, e, "SELECT count(*) FROM alert WHERE office=$1 AND ($2='' OR what=$2)", "it",
                        (int64_t)office, what ? what : "");
    if (!rc)
        rc = sql_next(r, e);
    if (rc == 1)
        rc = (int)sql_int(r, 0);
    sql_done(r);
    return rc;
}

int store_audit(struct store *s, int office, const char *who, const char *action, const char *subject, const char *reason,
                struct err *e)
{
    uint8_t id[16];
    store_uuid(id);
    int rc = sql_do(s->db, e,
                    "INSERT INTO audit (office, id, at, who, action, subject, reason) VALUES ($1,$2,$3,$4,$5,$6,$7)",
                    "ibitttt", (int64_t)office, id, sizeof id, clock_wall_ms(), who, action, subject, reason);
    return rc < 0 ? err_wrap(e, rc, "audit") : 0;
}
