/* SPDX-License-Identifier: Apache-2.0
 *
 * The hall's database: whose it is; its records and chains.
 */
#include "tools/hall/store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/text.h"
#include "crypto/random.h"
#include "tools/hall/store/lease_log.h"
#include "tools/hall/store/projection.h"
#include "tools/hall/store/schema.h"
#include "tools/hall/store/where.h"

#define MARKER_MAX 128
#define PAGE_ROWS 200                         /* of up to 34 kB; what an engine may hold in memory at once */
#define CHECK_BYTES_MAX (256ll * 1024 * 1024) /* read in about a second */

struct store {
    struct sql *db;
    bool full; /* for tests */
    struct lease_log *leases;
    struct queue_rhythms *rhythms;
};

/* --- opening, transactions --- */

/* The id that stands in DIR/hall.id. -ERR_NOTFOUND: there is no such file. */
static int read_marker(const char *path, uint8_t ret[HALL_ID_LEN], struct err *e)
{
    struct buf text;
    size_t n = 0;
    int rc = fs_read(path, MARKER_MAX, &text, e);
    if (rc == 0 && (text.len < 2 * HALL_ID_LEN || hex_decode(buf_str(&text), 2 * HALL_ID_LEN, ret, HALL_ID_LEN, &n)))
        rc = err_set(e, ERR_INVALID, "%s does not hold a hall's id", path);
    buf_finish(&text);
    return rc;
}

static int write_marker(const char *path, const uint8_t hall[HALL_ID_LEN], struct err *e)
{
    char text[2 * HALL_ID_LEN + 2];
    hex_encode(hall, HALL_ID_LEN, text);
    text[2 * HALL_ID_LEN] = '\n';
    return fs_write_atomic(path, text, 2 * HALL_ID_LEN + 1, 0644, e);
}

static int open_db(const struct where *w, bool make, struct store **ret, struct err *e)
{
    struct store *s = calloc(1, sizeof *s);
    int rc = s ? sql_open(w->db, make, &s->db, e) : err_set(e, ERR_NOMEM, "open %s", w->name);
    if (rc < 0) {
        free(s);
        return rc;
    }
    *ret = s;
    return 0;
}

/* Is there a hall already? A file that is there counts, whatever is in it. */
static int must_be_new(const char *dir, const struct where *w, struct err *e)
{
    if (access(w->marker, F_OK) == 0 || (!w->server && where_there(w)))
        return err_set(e, ERR_EXISTS, "%s holds a hall already", dir);
    return 0;
}

static int make_tables(struct sql *d, const struct where *w, const uint8_t hall[HALL_ID_LEN], struct err *e)
{
    int rc = sql_has_table(d, "hall", e);
    if (rc == 1)
        return err_set(e, ERR_EXISTS, "%s holds a hall already", w->name);
    return rc < 0 ? rc : schema_make(d, hall, e);
}

int store_make(const char *dir, struct err *e)
{
    struct where w;
    struct store *s = NULL;
    uint8_t hall[HALL_ID_LEN];
    int rc = where_read(dir, &w, e);
    if (rc == 0)
        rc = must_be_new(dir, &w, e);
    if (rc == 0)
        rc = open_db(&w, true, &s, e);
    random_bytes(hall, sizeof hall);
    if (rc == 0)
        rc = make_tables(s->db, &w, hall, e);
    store_close(s);
    if (rc == 0)
        rc = write_marker(w.marker, hall, e);
    return err_wrap(e, rc, "make the hall's database");
}

static int derive(void *ctx, struct err *e)
{
    int rc = projection_rebuild(ctx, NULL, e); /* an older database has no events of cases */
    return rc < 0 ? rc : 0;
}

/* Compares the database with the folder it lies in. A hall from before there were markers gets one. */
static int take_hall(struct store *s, const struct where *p, struct err *e)
{
    uint8_t marked[HALL_ID_LEN], fresh[HALL_ID_LEN], own[HALL_ID_LEN];
    struct err none = {0};
    int have = read_marker(p->marker, marked, &none);
    if (have && have != -ERR_NOTFOUND)
        return err_wrap(e, err_set(e, (enum err_code) - have, "%s", none.text), "whose hall this is");
    random_bytes(fresh, sizeof fresh);
    const struct schema_old old = {have ? fresh : NULL, derive, s};
    int rc = schema_take(s->db, &old, own, e);
    if (rc == 0 && have) {
        log_warn("hall", "%s is written anew after %s", p->marker, p->name);
        rc = write_marker(p->marker, own, e);
    } else if (rc == 0 && memcmp(own, marked, HALL_ID_LEN)) {
        rc = err_set(e, ERR_STATE, "it is another hall's than this folder's (%s)", p->marker);
    }
    return rc;
}

#define REMEDY "restore it from the backup; terminals send again what is missing in it (tools/hall/README.md)"

static int say_missing(const char *dir, const struct where *p, struct err *e)
{
    if (access(p->marker, F_OK))
        return err_set(e, ERR_NOTFOUND, "%s holds no hall: --data names the folder that `hallctl keys init` made", dir);
    return err_set(e, ERR_NOTFOUND, "%s is gone: " REMEDY, p->name);
}

int store_open(const char *dir, struct store **ret, struct err *e)
{
    struct where w;
    struct store *s = NULL;
    int rc = where_read(dir, &w, e);
    if (rc == 0 && !where_there(&w))
        return say_missing(dir, &w, e);
    if (rc == 0)
        rc = open_db(&w, false, &s, e);
    if (rc == 0)
        rc = take_hall(s, &w, e);
    if (rc == -ERR_STATE || rc == -ERR_CHECKSUM) {
        struct err why = *e;
        rc = err_set(e, (enum err_code) - rc, "%s cannot be used (%s): " REMEDY, w.name, why.text);
    }
    if (rc < 0) {
        store_close(s);
        return rc;
    }
    *ret = s;
    return 0;
}

int store_check(struct store *s, const char *dir, struct err *e)
{
    struct stat st;
    struct where w;
    struct err why = {0};
    int rc = where_read(dir, &w, e);
    if (rc < 0 || w.server || stat(w.db, &st) < 0 || st.st_size > CHECK_BYTES_MAX)
        return rc;
    rc = sql_check(s->db, &why);
    return rc < 0 ? err_set(e, (enum err_code) - rc, "%s is damaged (%s): " REMEDY, w.name, why.text) : 0;
}

void store_close(struct store *s)
{
    if (!s)
        return;
    lease_log_close(s->leases);
    free(s->rhythms);
    sql_close(s->db);
    free(s);
}

struct sql *store_sql(struct store *s)
{
    return s->db;
}

void store_keep_leases(struct store *s, struct lease_log *l)
{
    s->leases = l;
}

struct lease_log *store_leases(struct store *s)
{
    return s->leases;
}

struct queue_rhythms **store_rhythms(struct store *s)
{
    return &s->rhythms;
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
    int rc = __atomic_load_n(&s->full, __ATOMIC_RELAXED) ? err_set(e, ERR_NOSPACE, "commit") : 0;
    if (rc == 0 && s->leases)
        rc = lease_log_flush(s->leases, e);
    if (rc == 0)
        rc = sql_commit(s->db, e);
    if (rc)
        sql_rollback(s->db);
    return rc;
}

void store_rollback(struct store *s)
{
    sql_rollback(s->db);
}

int store_mark(struct store *s, struct err *e)
{
    int rc = sql_do(s->db, e, "SAVEPOINT job", "");
    return rc < 0 ? rc : 0;
}

int store_unmark(struct store *s, struct err *e)
{
    int rc = sql_do(s->db, e, "RELEASE SAVEPOINT job", "");
    return rc < 0 ? rc : 0;
}

int store_back(struct store *s, struct err *e)
{
    int rc = sql_do(s->db, e, "ROLLBACK TO SAVEPOINT job", "");
    return rc < 0 ? rc : store_unmark(s, e);
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
    if (rc == 0)
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
    if (rc == 0)
        rc = sql_next(r, e);
    if (rc >= 0)
        rc = rc == 1 && !sql_copy(r, 0, out, HASH_LEN) ? 0 : err_set(e, ERR_NOTFOUND, "record of %s", terminal);
    sql_done(r);
    return rc;
}

const char *store_state_word(enum store_state state)
{
    static const char *const words[STORE_STATES] = {
        "good", "header-unreadable", "body-gone", "body-damaged", "foreign", "double", "unasked"};
    return state < STORE_STATES ? words[state] : "unknown";
}

bool store_state_whole(enum store_state state)
{
    return state == STORE_GOOD || state == STORE_FOREIGN || state == STORE_DOUBLE || state == STORE_UNASKED;
}

int store_sender(struct store *s, struct sender *who, struct err *e)
{
    struct sql_rows *r = NULL;
    /* the same journal may have come with a second registration; a terminal's row names only its newest */
    int rc = sql_select(
        s->db, &r, e,
        "SELECT c.registration, c.at, CASE WHEN t.epoch = c.epoch THEN t.registration ELSE c.registration END"
        " FROM chain c JOIN terminal t ON t.office = c.office AND t.terminal = c.terminal"
        " WHERE c.office=$1 AND c.terminal=$2 AND c.epoch=$3",
        "itb", (int64_t)who->office, who->terminal, who->epoch, (size_t)EPOCH_LEN);
    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 1) {
        who->registrations[0] = (int)sql_int(r, 0);
        who->at = sql_int(r, 1);
        who->registrations[1] = (int)sql_int(r, 2);
        rc = 0;
    } else if (rc == 0) {
        rc = err_set(e, ERR_NOTFOUND, "chain of %s", who->terminal);
    }
    sql_done(r);
    return rc;
}

int store_add(struct store *s, const struct sender *who, const struct store_record *r, struct err *e)
{
    int rc = sql_do(s->db, e,
                    "INSERT INTO record (office, terminal, epoch, seq, id, kind, number, at, received, state, hash, header,"
                    " body, body_hash) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)"
                    " ON CONFLICT (office, id) DO NOTHING",
                    "itbibttiiibbbb", (int64_t)who->office, who->terminal, who->epoch, (size_t)EPOCH_LEN, (int64_t)r->seq,
                    r->id, sizeof r->id, r->kind, r->number, r->at, who->received, (int64_t)r->state, r->hash,
                    (size_t)HASH_LEN, r->header, r->header_len, r->body, r->body_len, r->body_hash, (size_t)HASH_LEN);
    if (rc == 0)
        rc = err_set(e, ERR_EXISTS, "the id of record %llu is known under another place", (unsigned long long)r->seq);
    return rc < 0 ? rc : 0;
}

int store_move(struct store *s, const struct sender *who, const struct store_place *from, const struct chain_head *head,
               bool *ret_moved, struct err *e)
{
    /* compare and set: two connections with the same certificate may have been checked against the same place */
    int rc = sql_do(s->db, e,
                    "UPDATE chain SET seq=$1, hash=$2, signature=$3, at=$4"
                    " WHERE office=$5 AND terminal=$6 AND epoch=$7 AND seq=$8 AND hash=$9",
                    "ibbiitbib", (int64_t)head->seq, head->hash, (size_t)HASH_LEN, head->signature, head->signature_len,
                    who->at, (int64_t)who->office, who->terminal, who->epoch, (size_t)EPOCH_LEN, (int64_t)from->seq,
                    from->hash, (size_t)HASH_LEN);
    *ret_moved = rc == 1;
    return rc < 0 ? rc : 0;
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

/* Of one page: where it ended. */
struct page {
    store_found_fn *fn;
    void *ctx;
    int n;
    bool stopped;
    int office;
    char terminal[TERMINAL_ID_MAX + 1];
    uint8_t epoch[EPOCH_LEN];
    uint64_t seq;
};

static int turn(void *ctx, const struct store_found *f)
{
    struct page *p = ctx;
    p->n++;
    p->office = f->office;
    text_copy(p->terminal, sizeof p->terminal, f->terminal);
    memcpy(p->epoch, f->epoch, EPOCH_LEN);
    p->seq = f->record.seq;
    p->stopped = p->fn(p->ctx, f) != 0;
    return p->stopped;
}

static int read_page(struct store *s, struct page *p, struct err *e)
{
    struct sql_rows *r = NULL;
    p->n = 0;
    int rc = sql_select(s->db, &r, e,
                        "SELECT " FOUND_COLUMNS "WHERE (office, terminal, epoch, seq) > ($1,$2,$3,$4)"
                        " ORDER BY office, terminal, epoch, seq LIMIT $5",
                        "itbii", (int64_t)p->office, p->terminal, p->epoch, sizeof p->epoch, (int64_t)p->seq,
                        (int64_t)PAGE_ROWS);
    if (rc == 0)
        rc = each_row(r, turn, p, e);
    sql_done(r);
    return rc;
}

int store_each_record(struct store *s, store_found_fn *fn, void *ctx, struct err *e)
{
    struct page p = {.fn = fn, .ctx = ctx, .office = -1};
    int rc = 0, count = 0;
    do {
        rc = read_page(s, &p, e);
        count += p.n;
    } while (rc >= 0 && p.n == PAGE_ROWS && !p.stopped);
    return rc < 0 ? err_wrap(e, rc, "read the records") : count;
}

int store_each_office(struct store *s, int (*fn)(void *ctx, int office), void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(s->db, &r, e, "SELECT office FROM office ORDER BY office", "");

    while (rc == 0 && (rc = sql_next(r, e)) == 1)
        rc = fn(ctx, (int)sql_int(r, 0)) ? 2 : 0;
    sql_done(r);
    return rc < 0 ? err_wrap(e, rc, "list the offices") : 0;
}

int store_find_id(struct store *s, const uint8_t id[16], store_found_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    /* an id alone does not say the office: ask each in turn */
    int rc = sql_select(s->db, &r, e, "SELECT " FOUND_COLUMNS "WHERE office IN (SELECT office FROM office) AND id=$1", "b",
                        id, (size_t)16);
    if (rc == 0)
        rc = each_row(r, fn, ctx, e);
    sql_done(r);
    return err_wrap(e, rc, "find a record");
}

int store_find_case(struct store *s, int office, const char *number, store_found_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(s->db, &r, e,
                        "SELECT " FOUND_COLUMNS
                        "WHERE office=$1 AND number=$2 AND kind='application' AND state NOT IN ($3, $4)"
                        " ORDER BY received, seq",
                        "itii", (int64_t)office, number, (int64_t)STORE_FOREIGN, (int64_t)STORE_DOUBLE);
    if (rc == 0)
        rc = each_row(r, fn, ctx, e);
    sql_done(r);
    return err_wrap(e, rc, "find a case");
}

int store_find_supplements(struct store *s, int office, const char *number, store_found_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(s->db, &r, e,
                        "SELECT " FOUND_COLUMNS "WHERE office=$1 AND number=$2 AND kind='supplement' ORDER BY received, seq",
                        "it", (int64_t)office, number);
    if (rc == 0)
        rc = each_row(r, fn, ctx, e);
    sql_done(r);
    return err_wrap(e, rc, "find supplements");
}

int store_find_newest(struct store *s, const char *terminal, enum record_kind kind, store_found_fn *fn, void *ctx,
                      struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(s->db, &r, e,
                        "SELECT " FOUND_COLUMNS
                        "WHERE office IN (SELECT office FROM office) AND terminal=$1 AND kind=$2 AND NOT EXISTS"
                        " (SELECT 1 FROM record n WHERE n.office=record.office AND n.terminal=record.terminal AND"
                        " n.kind=record.kind AND (n.received>record.received OR (n.received=record.received AND"
                        " n.epoch=record.epoch AND n.seq>record.seq)))",
                        "tt", terminal, record_kind_word(kind));
    if (rc == 0)
        rc = each_row(r, fn, ctx, e);
    sql_done(r);
    return err_wrap(e, rc, "find the newest %s of %s", record_kind_word(kind), terminal);
}
