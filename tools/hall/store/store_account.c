/* SPDX-License-Identifier: Apache-2.0
 *
 * See store_account.h.
 */
#include "tools/hall/store/store_account.h"

#include <string.h>

#include "base/text.h"

#define SENT_KEPT_MS (INT64_C(30) * 24 * 3600 * 1000) /* no browser waits longer for its line */

/* --- accounts --- */

int account_add(struct store *s, const struct account *a, struct err *e)
{
    int rc = sql_do(store_sql(s), e,
                    "INSERT INTO account (id, office, name, post, role, state, kept, totp, totp_step, code, code_ends)"
                    " VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11) ON CONFLICT DO NOTHING",
                    "tittiitbibi", a->id, (int64_t)a->office, a->name, a->post, (int64_t)a->role, (int64_t)a->state, a->kept,
                    a->totp, sizeof a->totp, a->totp_step, a->code, sizeof a->code, a->code_ends);
    if (rc == 0)
        return err_set(e, ERR_EXISTS, "the id %s, or the name %s in office %d, is taken: choose another", a->id, a->name,
                       a->office);
    return rc < 0 ? err_wrap(e, rc, "add the account %s", a->id) : 0;
}

#define COLUMNS "SELECT id, office, name, post, role, state, kept, totp, totp_step, code, code_ends FROM account "

static int take_row(struct sql_rows *r, struct account *ret, struct err *e)
{
    int64_t role = sql_int(r, 4), state = sql_int(r, 5);

    *ret = (struct account){.office = (int)sql_int(r, 1), .totp_step = sql_int(r, 8), .code_ends = sql_int(r, 10)};
    text_copy(ret->id, sizeof ret->id, sql_text(r, 0));
    text_copy(ret->name, sizeof ret->name, sql_text(r, 2));
    text_copy(ret->post, sizeof ret->post, sql_text(r, 3));
    text_copy(ret->kept, sizeof ret->kept, sql_text(r, 6));
    if (role < 0 || role >= ROLES || state < 0 || state >= ACCOUNT_STATES ||
        sql_copy(r, 7, ret->totp, sizeof ret->totp) < 0 || sql_copy(r, 9, ret->code, sizeof ret->code) < 0)
        return err_set(e, ERR_INVALID, "the row of the account %s", ret->id);
    ret->role = (enum role)role;
    ret->state = (enum account_state)state;
    return 0;
}

/* The one row of it; ends it. */
static int take_one(struct sql_rows *r, int rc, const char *who, struct account *ret, struct err *e)
{
    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 0)
        rc = err_set(e, ERR_NOTFOUND, "there is no account of %s", who);
    else if (rc == 1)
        rc = take_row(r, ret, e);
    sql_done(r);
    return rc;
}

int account_read(struct store *s, const char *id, struct account *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, COLUMNS "WHERE id=$1", "t", id);

    return take_one(r, rc, id, ret, e);
}

int account_by_name(struct store *s, int office, const char *name, struct account *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, COLUMNS "WHERE office=$1 AND name=$2", "it", (int64_t)office, name);

    return take_one(r, rc, name, ret, e);
}

int account_any(struct store *s, int office, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT id FROM account WHERE office=$1 LIMIT 1", "i", (int64_t)office);

    if (rc == 0)
        rc = sql_next(r, e);
    sql_done(r);
    return rc;
}

int account_put(struct store *s, const struct account *a, struct err *e)
{
    int rc = sql_do(store_sql(s), e,
                    "UPDATE account SET post=$1, role=$2, state=$3, kept=$4, totp=$5, totp_step=$6, code=$7, code_ends=$8"
                    " WHERE id=$9",
                    "tiitbibit", a->post, (int64_t)a->role, (int64_t)a->state, a->kept, a->totp, sizeof a->totp,
                    a->totp_step, a->code, sizeof a->code, a->code_ends, a->id);
    if (rc == 0)
        rc = err_set(e, ERR_NOTFOUND, "there is no account of %s", a->id);
    return rc < 0 ? rc : 0;
}

int account_step(struct store *s, const char *id, int64_t step, struct err *e)
{
    return sql_do(store_sql(s), e, "UPDATE account SET totp_step=$1 WHERE id=$2 AND totp_step<$3", "iti", step, id, step);
}

int account_each(struct store *s, int (*fn)(void *ctx, const struct account *a), void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    struct account a;
    int rc = sql_select(store_sql(s), &r, e, COLUMNS "ORDER BY office, id", "");

    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        rc = take_row(r, &a, e);
        if (rc == 0 && fn(ctx, &a))
            break;
    }
    sql_done(r);
    return err_wrap(e, rc, "list the accounts");
}

/* --- sessions --- */

int session_add(struct store *s, const struct session *one, struct err *e)
{
    int rc = sql_do(store_sql(s), e, "INSERT INTO account_session (hash, id, made, used) VALUES ($1,$2,$3,$4)", "btii",
                    one->hash, sizeof one->hash, one->id, one->made, one->used);

    return rc < 0 ? err_wrap(e, rc, "sign in") : 0;
}

int session_read(struct store *s, const uint8_t hash[SHA256_LEN], struct session *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT id, made, used FROM account_session WHERE hash=$1", "b", hash,
                        (size_t)SHA256_LEN);

    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 0) {
        rc = err_set(e, ERR_NOTFOUND, "nobody is signed in so");
    } else if (rc == 1) {
        struct session one = {.made = sql_int(r, 1), .used = sql_int(r, 2)};
        memcpy(one.hash, hash, sizeof one.hash); /* which may lie in *ret */
        text_copy(one.id, sizeof one.id, sql_text(r, 0));
        *ret = one;
        rc = 0;
    }
    sql_done(r);
    return rc;
}

int session_touch(struct store *s, const uint8_t hash[SHA256_LEN], int64_t now, struct err *e)
{
    int rc = sql_do(store_sql(s), e, "UPDATE account_session SET used=$1 WHERE hash=$2 AND used<$3", "ibi", now, hash,
                    (size_t)SHA256_LEN, now);

    return rc < 0 ? rc : 0;
}

int session_end(struct store *s, const uint8_t hash[SHA256_LEN], struct err *e)
{
    int rc = sql_do(store_sql(s), e, "DELETE FROM account_session WHERE hash=$1", "b", hash, (size_t)SHA256_LEN);

    return rc < 0 ? rc : 0;
}

int session_end_all(struct store *s, const char *id, struct err *e)
{
    int rc = sql_do(store_sql(s), e, "DELETE FROM account_session WHERE id=$1", "t", id);

    return rc < 0 ? rc : 0;
}

/* --- what was sent --- */

int sent_read(struct store *s, int office, const uint8_t id[16], struct sent *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT what, number, seq FROM account_sent WHERE office=$1 AND id=$2", "ib",
                        (int64_t)office, id, (size_t)16);

    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 0) {
        rc = err_set(e, ERR_NOTFOUND, "it was not sent before");
    } else if (rc == 1) {
        *ret = (struct sent){.seq = sql_int(r, 2)};
        memcpy(ret->id, id, sizeof ret->id);
        text_copy(ret->number, sizeof ret->number, sql_text(r, 1));
        rc = sql_copy(r, 0, ret->what, sizeof ret->what) < 0 ? err_set(e, ERR_INVALID, "the row of what was sent") : 0;
    }
    sql_done(r);
    return rc;
}

int sent_add(struct store *s, int office, const struct sent *one, int64_t now, struct err *e)
{
    int rc = sql_do(store_sql(s), e,
                    "INSERT INTO account_sent (office, id, what, number, seq, at) VALUES ($1,$2,$3,$4,$5,$6)"
                    " ON CONFLICT (office, id) DO NOTHING",
                    "ibbtii", (int64_t)office, one->id, sizeof one->id, one->what, sizeof one->what, one->number, one->seq,
                    now);

    return rc == 0 ? err_set(e, ERR_RETRY, "it was sent twice at the same moment") : rc < 0 ? rc : 0;
}

int account_sweep(struct store *s, int64_t now, struct err *e)
{
    int rc = sql_do(store_sql(s), e, "DELETE FROM account_session WHERE made<$1", "i", now - SESSION_MS);

    if (rc >= 0)
        rc = sql_do(store_sql(s), e, "DELETE FROM account_sent WHERE at<$1", "i", now - SENT_KEPT_MS);
    return rc < 0 ? rc : 0;
}
