/* SPDX-License-Identifier: Apache-2.0
 *
 * See store_opened.h.
 */
#include "tools/hall/store/store_opened.h"

#include <stdio.h>

#include "base/text.h"
#include "tools/hall/rules/case.h"

int case_opened_put(struct store *s, int office, const char *number, const struct case_opened *o, struct err *e)
{
    int rc = sql_do(store_sql(s), e,
                    "INSERT INTO case_opened (office, number, name, notice, seq, hash) VALUES ($1,$2,$3,$4,$5,$6)"
                    " ON CONFLICT (office, number) DO UPDATE SET name=excluded.name, notice=excluded.notice,"
                    " seq=excluded.seq, hash=excluded.hash WHERE case_opened.seq < excluded.seq",
                    "itttib", (int64_t)office, number, o->name, o->notice, o->seq, o->hash, sizeof o->hash);

    return rc < 0 ? err_wrap(e, rc, "keep what is masked") : 0;
}

int case_opened_read(struct store *s, int office, const char *number, struct case_opened *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT name, notice, seq, hash FROM case_opened WHERE office=$1 AND number=$2",
                        "it", (int64_t)office, number);

    *ret = (struct case_opened){0};
    if (rc == 0 && (rc = sql_next(r, e)) == 1) {
        text_copy(ret->name, sizeof ret->name, sql_text(r, 0));
        text_copy(ret->notice, sizeof ret->notice, sql_text(r, 1));
        ret->seq = sql_int(r, 2);
        rc = sql_copy(r, 3, ret->hash, sizeof ret->hash) < 0 ? err_set(e, ERR_CHECKSUM, "its hash is damaged") : 0;
    }
    sql_done(r);
    return err_wrap(e, rc, "what is kept of case %s", number);
}

int case_opening_add(struct store *s, int office, const char *number, const struct case_opening *o, struct err *e)
{
    int rc = sql_do(store_sql(s), e,
                    "INSERT INTO case_opening (office, number, at, seq, staff, post, reason) VALUES ($1,$2,$3,$4,$5,$6,$7)"
                    " ON CONFLICT (office, number, at, seq) DO NOTHING",
                    "itiittt", (int64_t)office, number, o->at, o->seq, o->staff, o->post, o->reason);

    return rc < 0 ? err_wrap(e, rc, "keep who opened case %s", number) : 0;
}

int case_opening_newest(struct store *s, int office, const char *number, struct case_opening *ret, int most, struct err *e)
{
    struct sql_rows *r = NULL;
    int n = 0, rc = sql_select(store_sql(s), &r, e,
                               "SELECT at, seq, staff, post, reason FROM case_opening WHERE office=$1 AND number=$2"
                               " ORDER BY at DESC, seq DESC LIMIT $3",
                               "iti", (int64_t)office, number, (int64_t)most);

    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        struct case_opening *o = &ret[n++];

        o->at = sql_int(r, 0);
        o->seq = sql_int(r, 1);
        text_copy(o->staff, sizeof o->staff, sql_text(r, 2));
        text_copy(o->post, sizeof o->post, sql_text(r, 3));
        text_copy(o->reason, sizeof o->reason, sql_text(r, 4));
        rc = 0;
    }
    sql_done(r);
    return rc < 0 ? err_wrap(e, rc, "who opened case %s", number) : n;
}

int case_opened_audit(struct store *s, int office, const char *by, const char *action, const char *number,
                      const char *refused, const char *staff, const char *post, const char *reason, struct err *e)
{
    char words[CASE_WORDS_MAX + 4 * CASE_NAME_MAX];

    if (refused[0])
        snprintf(words, sizeof words, "refused: %s; %s, %s: %s", refused, staff, post, reason);
    else
        snprintf(words, sizeof words, "%s, %s: %s", staff, post, reason);
    return store_audit(s, office, by, action, number, words, e);
}

int case_opened_count(struct store *s, int office, const char *number, int64_t *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(
        store_sql(s), &r, e,
        "SELECT count(*) FROM audit WHERE office=$1 AND subject=$2 AND action='case-open' AND reason NOT LIKE"
        " 'refused:%'",
        "it", (int64_t)office, number);

    if (rc == 0 && (rc = sql_next(r, e)) == 1)
        *ret = sql_int(r, 0);
    sql_done(r);
    return rc < 0 ? err_wrap(e, rc, "count the openings of case %s", number) : 0;
}

int case_opened_each(struct store *s, int office, const char *number, int max, case_opened_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT at, reason FROM audit WHERE office=$1 AND subject=$2 AND action='case-open' AND reason NOT"
                        " LIKE 'refused:%' ORDER BY at DESC, id DESC LIMIT $3",
                        "iti", (int64_t)office, number, (int64_t)max);

    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        fn(ctx, sql_int(r, 0), sql_text(r, 1));
        rc = 0;
    }
    sql_done(r);
    return rc < 0 ? err_wrap(e, rc, "who opened case %s", number) : 0;
}
