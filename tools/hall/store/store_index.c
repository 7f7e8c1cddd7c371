/* SPDX-License-Identifier: Apache-2.0
 *
 * See store_index.h.
 */
#include "tools/hall/store/store_index.h"

#include <string.h>

#include "base/text.h"

enum { WANTED, HAS, NOBODY };

int index_want(struct store *s, int office, const uint8_t id[16], const char *number, struct err *e)
{
    int rc = sql_do(store_sql(s), e,
                    "INSERT INTO record_index (office, id, number, state, idx, secret) VALUES ($1,$2,$3,$4,$5,$6)"
                    " ON CONFLICT (office, id) DO NOTHING",
                    "ibtibb", (int64_t)office, id, (size_t)16, number, (int64_t)WANTED, "", (size_t)0, "", (size_t)0);
    return rc < 0 ? err_wrap(e, rc, "want an index") : 0;
}

int index_put(struct store *s, int office, const uint8_t id[16], const uint8_t idx[SHA256_LEN],
              const uint8_t secret[INDEX_SECRET_LEN], struct err *e)
{
    int rc = sql_do(store_sql(s), e, "UPDATE record_index SET state=$1, idx=$2, secret=$3 WHERE office=$4 AND id=$5",
                    "ibbib", (int64_t)(idx ? HAS : NOBODY), idx ? (const void *)idx : "",
                    idx ? (size_t)SHA256_LEN : (size_t)0, secret, (size_t)INDEX_SECRET_LEN, (int64_t)office, id, (size_t)16);
    return rc < 0 ? err_wrap(e, rc, "keep an index") : 0;
}

int index_renew(struct store *s, const uint8_t secret[INDEX_SECRET_LEN], bool again, struct err *e)
{
    int rc = sql_do(store_sql(s), e, "UPDATE record_index SET state=$1 WHERE (state=$2 AND secret<>$3) OR state=$4", "iibi",
                    (int64_t)WANTED, (int64_t)HAS, secret, (size_t)INDEX_SECRET_LEN, (int64_t)(again ? NOBODY : -1));
    return rc < 0 ? err_wrap(e, rc, "want indexes anew") : rc;
}

struct wanted {
    int office;
    uint8_t id[16];
};

/* Two steps, for a record is found by its own function. */
static int list_wanted(struct store *s, int office, const uint8_t id[16], int max, struct wanted *list, struct err *e)
{
    struct sql_rows *r = NULL;
    int n = 0, rc = sql_select(store_sql(s), &r, e,
                               "SELECT office, id FROM record_index WHERE state=$1 AND (office, id) > ($2,$3)"
                               " ORDER BY office, id LIMIT $4",
                               "iibi", (int64_t)WANTED, (int64_t)office, id, (size_t)16, (int64_t)max);

    while (rc == 0 && n < max && (rc = sql_next(r, e)) == 1) {
        list[n].office = (int)sql_int(r, 0);
        rc = sql_copy(r, 1, list[n++].id, 16) < 0 ? err_set(e, ERR_CHECKSUM, "the id of a record is damaged") : 0;
    }
    sql_done(r);
    return rc < 0 ? rc : n;
}

#define WANTED_MAX 32

int index_wanted(struct store *s, int office, const uint8_t id[16], int max, store_found_fn *fn, void *ctx, struct err *e)
{
    struct wanted list[WANTED_MAX];
    int n = list_wanted(s, office, id, max < WANTED_MAX ? max : WANTED_MAX, list, e), rc = n;

    for (int i = 0; rc >= 0 && i < n; i++) {
        rc = store_find_id(s, list[i].id, fn, ctx, e);
        if (rc == -ERR_INVALID) /* a damaged row keeps no other waiting */
            rc = 0;
    }
    return rc < 0 ? err_wrap(e, rc, "find what is to be indexed") : n;
}

int index_cases(struct store *s, const uint8_t idx[SHA256_LEN], int max,
                int (*fn)(void *ctx, int office, const char *number), void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int n = 0, rc = sql_select(store_sql(s), &r, e,
                               "SELECT c.office, c.number FROM record_index i JOIN cases c ON c.office = i.office AND"
                               " c.number = i.number AND c.id = i.id WHERE i.idx=$1 AND i.state=$2"
                               " ORDER BY c.applied DESC, c.number DESC LIMIT $3",
                               "bii", idx, (size_t)SHA256_LEN, (int64_t)HAS, (int64_t)max);

    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        char number[CASE_NUMBER_LEN + 1];
        text_copy(number, sizeof number, sql_text(r, 1));
        rc = fn(ctx, (int)sql_int(r, 0), number) ? 1 : 0;
        n++;
    }
    sql_done(r);
    return rc < 0 ? err_wrap(e, rc, "find a person's cases") : n;
}

int index_of(struct store *s, int office, const uint8_t id[16], uint8_t ret_idx[SHA256_LEN], struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT idx FROM record_index WHERE office=$1 AND id=$2 AND state=$3", "ibi",
                        (int64_t)office, id, (size_t)16, (int64_t)HAS);

    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 1 && sql_copy(r, 0, ret_idx, SHA256_LEN) < 0)
        rc = err_set(e, ERR_CHECKSUM, "the index of a record is damaged");
    sql_done(r);
    return err_wrap(e, rc, "find whose it is");
}

int index_same(struct store *s, int office, const uint8_t one[16], const uint8_t other[16], struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT count(*) FROM record_index a JOIN record_index b ON b.office = a.office AND b.idx = a.idx"
                        " AND b.secret = a.secret AND b.state = a.state WHERE a.office=$1 AND a.id=$2 AND a.state=$3 AND"
                        " b.id=$4",
                        "ibib", (int64_t)office, one, (size_t)16, (int64_t)HAS, other, (size_t)16);

    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 1)
        rc = sql_int(r, 0) > 0;
    sql_done(r);
    return err_wrap(e, rc, "compare who it is");
}
