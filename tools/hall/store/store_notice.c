/* SPDX-License-Identifier: Apache-2.0
 *
 * See store_notice.h. A given-up row has next = 0 and is not looked at.
 */
#include "tools/hall/store/store_notice.h"

#include <string.h>

#include "base/text.h"

/* Whose it is, as a value of enum notice_for. */
#define WHOSE "CASE WHEN kind LIKE '" NOTICE_FEED_PREFIX "%' THEN 1 ELSE 0 END"
#define COLUMNS "office, id, number, kind, about, made, tries, next, sent"

int store_notice_add(struct store *s, int office, const char *number, enum notice_kind kind, const char *about, int64_t now,
                     struct err *e)
{
    uint8_t id[16];
    store_uuid(id);
    return sql_do(store_sql(s), e,
                  "INSERT INTO notice (office, id, number, kind, about, made, tries, next, sent)"
                  " VALUES ($1,$2,$3,$4,$5,$6,0,$7,0) ON CONFLICT (office, number, about) DO NOTHING",
                  "ibtttii", (int64_t)office, id, sizeof id, number, notice_word(kind), about, now, now);
}

static enum notice_kind kind_by_word(const char *word)
{
    enum notice_kind k = 0;
    while (k < NOTICES && strcmp(notice_word(k), word) != 0)
        k++;
    return k;
}

static int read_row(struct sql_rows *r, struct store_notice *n, struct err *e)
{
    *n = (struct store_notice){.office = (int)sql_int(r, 0),
                               .kind = kind_by_word(sql_text(r, 3)),
                               .made = sql_int(r, 5),
                               .tries = (int)sql_int(r, 6),
                               .next = sql_int(r, 7),
                               .sent = sql_int(r, 8)};
    if (sql_copy(r, 1, n->id, sizeof n->id) || !text_copy(n->number, sizeof n->number, sql_text(r, 2)) ||
        !text_copy(n->about, sizeof n->about, sql_text(r, 4)) || n->kind == NOTICES)
        return err_set(e, ERR_INVALID, "a row of the outbox does not read");
    return 0;
}

static int find_due(struct store *s, enum notice_for who, int64_t now, struct store_notice *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT " COLUMNS " FROM notice WHERE sent = 0 AND next > 0 AND next <= $1 AND " WHOSE " = $2"
                        " ORDER BY next, office, id LIMIT 1",
                        "ii", now, (int64_t)who);
    if (rc == 0 && (rc = sql_next(r, e)) == 1) {
        rc = read_row(r, ret, e);
        rc = rc < 0 ? rc : 1;
    }
    sql_done(r);
    return rc;
}

/* 1 when nobody was faster. */
static int hold(struct store *s, struct store_notice *n, int64_t until, struct err *e)
{
    int rc = sql_do(
        store_sql(s), e,
        "UPDATE notice SET tries = tries + 1, next = $1 WHERE office = $2 AND id = $3 AND next = $4 AND sent = 0", "iibi",
        until, (int64_t)n->office, n->id, sizeof n->id, n->next);
    if (rc == 1) {
        n->tries++;
        n->next = until;
    }
    return rc;
}

static int ended(struct store *s, int rc, struct err *e)
{
    int done = rc < 0 ? (store_rollback(s), rc) : store_commit(s, e);
    return done < 0 ? done : rc;
}

int store_notice_take(struct store *s, enum notice_for who, int64_t now, int64_t hold_ms, struct store_notice *ret,
                      struct err *e)
{
    int found, got = 0;

    do {
        found = store_begin(s, e);
        if (found == 0)
            found = find_due(s, who, now, ret, e);
        if (found == 1)
            got = hold(s, ret, now + hold_ms, e);
        found = ended(s, got < 0 ? got : found, e);
    } while (found == 1 && got == 0);
    return found;
}

static int settle(struct store *s, const struct store_notice *n, int64_t next, int64_t sent, struct err *e)
{
    int rc = store_begin(s, e);
    if (rc == 0)
        rc = sql_do(store_sql(s), e,
                    "UPDATE notice SET next = $1, sent = $2 WHERE office = $3 AND id = $4 AND next = $5 AND sent = 0",
                    "iiibi", next, sent, (int64_t)n->office, n->id, sizeof n->id, n->next);
    rc = ended(s, rc, e);
    return rc == 0 ? err_set(e, ERR_STATE, "another sender has that notice") : rc < 0 ? rc : 0;
}

int store_notice_sent(struct store *s, const struct store_notice *n, int64_t now, struct err *e)
{
    return settle(s, n, n->next, now, e);
}

int store_notice_failed(struct store *s, const struct store_notice *n, int64_t next, struct err *e)
{
    return settle(s, n, next < 0 ? 0 : next, 0, e);
}

int store_notice_retry(struct store *s, int office, enum notice_for who, int64_t now, struct err *e)
{
    int rc = store_begin(s, e);
    if (rc == 0)
        rc = sql_do(store_sql(s), e,
                    "UPDATE notice SET next = $1, tries = 0 WHERE office = $2 AND sent = 0 AND next = 0 AND " WHOSE " = $3",
                    "iii", now, (int64_t)office, (int64_t)who);
    return ended(s, rc, e);
}

int store_notice_each(struct store *s, int office, enum notice_for who, bool all, store_notice_fn *fn, void *ctx,
                      struct err *e)
{
    struct sql_rows *r = NULL;
    struct store_notice n;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT " COLUMNS " FROM notice WHERE office = $1 AND (sent = 0 OR $2 = 1) AND " WHOSE " = $3"
                        " ORDER BY made, id",
                        "iii", (int64_t)office, (int64_t)all, (int64_t)who);
    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        rc = read_row(r, &n, e);
        if (rc == 0 && fn(ctx, &n) != 0)
            break;
    }
    sql_done(r);
    return rc;
}
