/* SPDX-License-Identifier: Apache-2.0
 *
 * See store_logs.h.
 */
#include "tools/hall/store/store_logs.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"

/* --- rows --- */

#define COLUMNS                                                                                                             \
    "a.id, a.terminal, a.made, a.granted, a.done, coalesce(l.size,0), coalesce(l.have,0), coalesce(l.began,0),"             \
    " coalesce(l.last,0), l.sha256, coalesce(l.tries,0), coalesce(l.gone,0), coalesce(l.why,'') FROM terminal_act a"        \
    " LEFT JOIN terminal_logs l ON l.office = a.office AND l.id = a.id"

static void read_row(struct sql_rows *r, struct logs_row *ret)
{
    struct logs_facts f = {.asked_ms = sql_int(r, 2),
                           .granted_ms = sql_int(r, 3),
                           .done_ms = sql_int(r, 4),
                           .size = sql_int(r, 5),
                           .have = sql_int(r, 6),
                           .began_ms = sql_int(r, 7),
                           .last_ms = sql_int(r, 8),
                           .tries = (int)sql_int(r, 10),
                           .gone = sql_int(r, 11) != 0};

    *ret = (struct logs_row){.facts = f};
    (void)sql_copy(r, 0, ret->id, ACT_ID_LEN); /* its key: a damaged one is found by nobody */
    text_copy(ret->terminal, sizeof ret->terminal, sql_text(r, 1));
    (void)sql_copy(r, 9, ret->facts.sha256, SHA256_LEN); /* where nothing came there is none */
    if (!logs_why_by_word(sql_text(r, 12), &ret->facts.why))
        ret->facts.why = LOGS_WHY_BROKEN; /* of a newer hall */
    if (ret->facts.tries >= LOGS_TRIES)
        ret->facts.why = LOGS_WHY_DAMAGED;
}

int logs_read(struct store *s, int office, const uint8_t id[ACT_ID_LEN], struct logs_row *ret, struct err *e)
{
    struct sql_rows *rows = NULL;
    int rc = sql_select(store_sql(s), &rows, e, "SELECT " COLUMNS " WHERE a.office=$1 AND a.id=$2 AND a.act='logs'", "ib",
                        (int64_t)office, id, (size_t)ACT_ID_LEN);

    if (rc == 0 && (rc = sql_next(rows, e)) == 1)
        read_row(rows, ret);
    sql_done(rows);
    return err_wrap(e, rc, "logs");
}

int logs_each(struct store *s, int office, const char *terminal, logs_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *rows = NULL;
    struct logs_row r;
    int rc = sql_select(store_sql(s), &rows, e,
                        "SELECT " COLUMNS " WHERE a.office=$1 AND a.terminal=$2 AND a.act='logs' ORDER BY a.made DESC, a.id",
                        "it", (int64_t)office, terminal);

    while (rc == 0 && (rc = sql_next(rows, e)) == 1) {
        read_row(rows, &r);
        rc = 0;
        if (fn(ctx, &r) != 0)
            break;
    }
    sql_done(rows);
    return err_wrap(e, rc, "logs of terminal %s", terminal);
}

/* --- what goes --- */

static int drop_pieces(struct store *s, int office, const uint8_t id[ACT_ID_LEN], struct err *e)
{
    int rc = sql_do(store_sql(s), e, "DELETE FROM terminal_logs_piece WHERE office=$1 AND id=$2", "ib", (int64_t)office, id,
                    (size_t)ACT_ID_LEN);

    return rc < 0 ? rc : 0;
}

/* Beyond the newest, also of those that never became whole. */
static int make_way(struct store *s, int office, const char *terminal, struct err *e)
{
    int rc = sql_do(
        store_sql(s), e,
        "UPDATE terminal_logs SET gone=1 WHERE office=$1 AND terminal=$2 AND gone=0 AND why='' AND id NOT IN (SELECT id"
        " FROM terminal_logs WHERE office=$3 AND terminal=$4 AND why='' ORDER BY began DESC, id LIMIT $5)",
        "ititi", (int64_t)office, terminal, (int64_t)office, terminal, (int64_t)LOGS_KEPT);

    if (rc >= 0)
        rc = sql_do(store_sql(s), e,
                    "DELETE FROM terminal_logs_piece WHERE office=$1 AND id IN (SELECT id FROM terminal_logs WHERE office=$2"
                    " AND terminal=$3 AND gone=1)",
                    "iit", (int64_t)office, (int64_t)office, terminal);
    return rc < 0 ? rc : 0;
}

int logs_forget(struct store *s, int64_t now_ms, struct err *e)
{
    int rc = sql_do(store_sql(s), e, "UPDATE terminal_logs SET gone=1 WHERE gone=0 AND began<$1", "i",
                    now_ms - LOGS_KEPT_MS);

    if (rc > 0)
        rc = sql_do(store_sql(s), e,
                    "DELETE FROM terminal_logs_piece WHERE EXISTS (SELECT 1 FROM terminal_logs l WHERE"
                    " l.office=terminal_logs_piece.office AND l.id=terminal_logs_piece.id AND l.gone=1)",
                    "");
    return rc < 0 ? err_wrap(e, rc, "old logs") : 0;
}

/* --- what comes --- */

static int begin(struct store *s, int office, const struct logs_row *r, const struct logs_piece *p, int64_t now_ms,
                 struct err *e)
{
    int rc = drop_pieces(s, office, p->id, e);

    if (rc == 0)
        rc = sql_do(store_sql(s), e,
                    "INSERT INTO terminal_logs (office, id, terminal, size, sha256, have, tries, began, last, gone, why)"
                    " VALUES ($1,$2,$3,$4,$5,0,$6,$7,$8,0,$9) ON CONFLICT (office, id) DO UPDATE SET size=excluded.size,"
                    " sha256=excluded.sha256, have=0, tries=excluded.tries, last=excluded.last, why=excluded.why",
                    "ibtibiiit", (int64_t)office, p->id, (size_t)ACT_ID_LEN, r->terminal, p->size, p->sha256,
                    (size_t)SHA256_LEN, (int64_t)r->facts.tries + (r->facts.began_ms != 0), now_ms, now_ms,
                    logs_why_word(p->why));
    return rc < 0 ? rc : make_way(s, office, r->terminal, e);
}

static int add_piece(struct store *s, int office, const struct logs_piece *p, int64_t now_ms, struct err *e)
{
    int rc = sql_do(store_sql(s), e, "INSERT INTO terminal_logs_piece (office, id, at, bytes) VALUES ($1,$2,$3,$4)", "ibib",
                    (int64_t)office, p->id, (size_t)ACT_ID_LEN, p->at, p->bytes, p->len);

    if (rc >= 0)
        rc = sql_do(store_sql(s), e, "UPDATE terminal_logs SET have=$1, last=$2 WHERE office=$3 AND id=$4", "iiib",
                    p->at + (int64_t)p->len, now_ms, (int64_t)office, p->id, (size_t)ACT_ID_LEN);
    return rc < 0 ? rc : 0;
}

static int each_piece(struct store *s, int office, const uint8_t id[ACT_ID_LEN],
                      void (*fn)(void *ctx, const void *bytes, size_t len), void *ctx, struct err *e)
{
    struct sql_rows *rows = NULL;
    size_t len = 0;
    int rc = sql_select(store_sql(s), &rows, e,
                        "SELECT bytes FROM terminal_logs_piece WHERE office=$1 AND id=$2 ORDER BY at", "ib", (int64_t)office,
                        id, (size_t)ACT_ID_LEN);

    while (rc == 0 && (rc = sql_next(rows, e)) == 1) {
        const void *bytes = sql_bytes(rows, 0, &len);
        fn(ctx, bytes, len);
        rc = 0;
    }
    sql_done(rows);
    return rc;
}

static void hash_piece(void *ctx, const void *bytes, size_t len)
{
    sha256_add(ctx, bytes, len);
}

/* Damaged on the way or where it was sent: from the beginning, and not for ever. */
static int come_again(struct store *s, int office, const struct logs_piece *p, int tries, struct err *e)
{
    int rc = drop_pieces(s, office, p->id, e);

    if (rc == 0)
        rc = sql_do(store_sql(s), e, "UPDATE terminal_logs SET have=0, tries=$1 WHERE office=$2 AND id=$3", "iib",
                    (int64_t)tries + 1, (int64_t)office, p->id, (size_t)ACT_ID_LEN);
    return rc < 0 ? rc : tries + 1 >= LOGS_TRIES;
}

/* 1: no more is wanted. */
static int take(struct store *s, int office, const struct logs_row *r, const struct logs_piece *p, int64_t now_ms,
                int64_t *ret_have, struct err *e)
{
    uint8_t hash[SHA256_LEN];
    int rc = add_piece(s, office, p, now_ms, e);

    *ret_have = p->at + (int64_t)p->len;
    if (rc < 0 || *ret_have < p->size)
        return rc;
    struct sha256 *h = sha256_begin();
    rc = each_piece(s, office, p->id, hash_piece, h, e);
    sha256_end(h, hash);
    if (rc < 0 || memcmp(hash, p->sha256, SHA256_LEN) == 0)
        return rc < 0 ? rc : 1;
    *ret_have = 0;
    return come_again(s, office, p, r->facts.tries, e);
}

static int put(struct store *s, int office, const struct logs_row *r, const struct logs_piece *p, int64_t now_ms,
               struct logs_answer *ret, struct err *e)
{
    int rc = 0;

    *ret = (struct logs_answer){.have = r->facts.have};
    switch (logs_take(&r->facts, p, now_ms)) {
    case LOGS_TAKE_NONE:
        return err_set(e, ERR_ACCESS, "nobody asked for them");
    case LOGS_TAKE_OVER:
        ret->over = true;
        return 0;
    case LOGS_TAKE_ELSE:
        ret->have = p->size == r->facts.size ? r->facts.have : 0;
        return 0;
    case LOGS_TAKE_BEGIN:
        rc = begin(s, office, r, p, now_ms, e);
        break;
    case LOGS_TAKE_NEXT:
        break;
    }
    if (rc == 0)
        rc = p->why ? 1 : take(s, office, r, p, now_ms, &ret->have, e);
    ret->over = rc == 1;
    return rc < 0 ? rc : 0;
}

int logs_put(struct store *s, int office, const char *terminal, const struct logs_piece *p, int64_t now_ms,
             struct logs_answer *ret, struct err *e)
{
    struct logs_row r = {.terminal = ""};
    int rc = logs_read(s, office, p->id, &r, e);

    if (rc == 0 || (rc == 1 && strcmp(r.terminal, terminal) != 0))
        rc = err_set(e, ERR_ACCESS, "nobody asked for them");
    if (rc == 1)
        rc = put(s, office, &r, p, now_ms, ret, e);
    return err_wrap(e, rc, "logs of terminal %s", terminal);
}

/* --- reading them --- */

static void add_bytes(void *ctx, const void *bytes, size_t len)
{
    buf_add(ctx, bytes, len);
}

int logs_bytes(struct store *s, int office, const uint8_t id[ACT_ID_LEN], struct buf *out, struct err *e)
{
    struct logs_row r;
    int rc = logs_read(s, office, id, &r, e);

    if (rc == 0 || (rc == 1 && logs_judge(&r.facts, r.facts.last_ms) != LOGS_STAND_HERE))
        rc = err_set(e, ERR_NOTFOUND, "they are not here");
    if (rc == 1)
        rc = each_piece(s, office, id, add_bytes, out, e);
    if (rc == 0 && !buf_ok(out))
        rc = err_set(e, ERR_TOOLONG, "they are too long");
    return err_wrap(e, rc, "logs");
}

void logs_name(const struct logs_row *r, char out[LOGS_NAME_MAX + 1])
{
    char at[CLOCK_RFC3339_LEN + 1];

    clock_format_rfc3339(r->facts.last_ms, at);
    snprintf(out, LOGS_NAME_MAX + 1, "tongban-%s-%.4s%.2s%.2s-%.2s%.2s%.2s.txt.gz", r->terminal, at, at + 5, at + 8, at + 11,
             at + 14, at + 17);
}
