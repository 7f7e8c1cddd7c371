/* SPDX-License-Identifier: Apache-2.0
 *
 * See store_licence.h. Days stand there as numbers that people can read: 20260105; 0: none.
 */
#include "tools/hall/store/store_licence.h"

#include "base/text.h"

#define COLUMNS "id, code, kind, number, issuer, valid_from, valid_to, state, source, told, learned, staff, reason"

static int64_t day_number(struct date d)
{
    return d.year * INT64_C(10000) + d.month * 100 + d.day;
}

static struct date day_of(int64_t n)
{
    return (struct date){(int)(n / 10000), (int)(n / 100 % 100), (int)(n % 100)};
}

/* --- reading --- */

static int take(struct sql_rows *r, struct licence *l, struct err *e)
{
    *l = (struct licence){.from = day_of(sql_int(r, 5)),
                          .to = day_of(sql_int(r, 6)),
                          .told = day_of(sql_int(r, 9)),
                          .learned = sql_int(r, 10)};
    text_copy(l->code, sizeof l->code, sql_text(r, 1));
    text_copy(l->kind, sizeof l->kind, sql_text(r, 2));
    text_copy(l->number, sizeof l->number, sql_text(r, 3));
    text_copy(l->issuer, sizeof l->issuer, sql_text(r, 4));
    text_copy(l->staff, sizeof l->staff, sql_text(r, 11));
    text_copy(l->reason, sizeof l->reason, sql_text(r, 12));
    if (sql_copy(r, 0, l->id, sizeof l->id) < 0 || !licence_state_by_word(sql_text(r, 7), &l->state) ||
        !licence_source_by_word(sql_text(r, 8), &l->source))
        return err_set(e, ERR_INVALID, "a row of the register of licences does not read");
    return 0;
}

/* Takes what sql_select() gave. */
static int each(struct sql_rows *r, int rc, licence_fn *fn, void *ctx, struct err *e)
{
    struct licence l;

    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        rc = take(r, &l, e);
        if (rc == 0 && fn(ctx, &l) != 0)
            break;
    }
    sql_done(r);
    return err_wrap(e, rc, "read the register of licences");
}

static int keep(void *ctx, const struct licence *l)
{
    *(struct licence *)ctx = *l;
    return 0;
}

int licence_find(struct store *s, const uint8_t id[LICENCE_ID_LEN], struct licence *ret, struct err *e)
{
    struct licence found = {.code = ""};
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT " COLUMNS " FROM licence WHERE id=$1", "b", id, (size_t)LICENCE_ID_LEN);

    rc = each(r, rc, keep, &found, e);
    if (rc == 0 && !found.code[0])
        return err_set(e, ERR_NOTFOUND, "the register has no licence with this id");
    if (rc == 0)
        *ret = found;
    return rc;
}

int licence_each_of(struct store *s, const uint8_t idx[SHA256_LEN], licence_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT " COLUMNS " FROM licence WHERE idx=$1 ORDER BY kind, id", "b", idx,
                        (size_t)SHA256_LEN);

    return each(r, rc, fn, ctx, e);
}

int licence_each(struct store *s, const char *kind, licence_fn *fn, void *ctx, struct err *e)
{
    const char *of = kind ? kind : "";
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT " COLUMNS " FROM licence WHERE ($1 = '' OR kind = $1 OR code = $1) ORDER BY kind, id", "t",
                        of);

    return each(r, rc, fn, ctx, e);
}

/* --- writing --- */

int licence_put(struct store *s, const uint8_t idx[SHA256_LEN], const struct licence *l, struct err *e)
{
    int rc = sql_do(store_sql(s), e,
                    "INSERT INTO licence (" COLUMNS ", idx) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)"
                    " ON CONFLICT (id) DO UPDATE SET code=excluded.code, kind=excluded.kind, number=excluded.number,"
                    " issuer=excluded.issuer, valid_from=excluded.valid_from, valid_to=excluded.valid_to,"
                    " state=excluded.state, source=excluded.source, told=excluded.told, learned=excluded.learned,"
                    " staff=excluded.staff, reason=excluded.reason",
                    "bttttiittiittb", l->id, sizeof l->id, l->code, l->kind, l->number, l->issuer, day_number(l->from),
                    day_number(l->to), licence_state_word(l->state), licence_source_word(l->source), day_number(l->told),
                    l->learned, l->staff, l->reason, idx, (size_t)SHA256_LEN);

    return rc < 0 ? err_wrap(e, rc, "keep a licence") : 0;
}

int licence_set(struct store *s, const struct licence *l, struct err *e)
{
    int rc = sql_do(store_sql(s), e, "UPDATE licence SET state=$1, told=$2, learned=$3, staff=$4, reason=$5 WHERE id=$6",
                    "tiittb", licence_state_word(l->state), day_number(l->told), l->learned, l->staff, l->reason, l->id,
                    sizeof l->id);

    return rc < 0 ? err_wrap(e, rc, "keep a licence") : 0;
}

int licence_forget(struct store *s, const uint8_t idx[SHA256_LEN], const char *kind, struct err *e)
{
    int rc = sql_do(store_sql(s), e, "DELETE FROM licence WHERE idx=$1 AND (kind=$2 OR code=$2) AND source=$3 AND staff=''",
                    "btt", idx, (size_t)SHA256_LEN, kind, licence_source_word(LICENCE_PLATFORM));

    return rc < 0 ? err_wrap(e, rc, "forget what the platform said before") : 0;
}

/* --- what came of asking --- */

int licence_check_put(struct store *s, int office, const char *number, const struct licence_check *c, struct err *e)
{
    int rc = sql_do(store_sql(s), e,
                    "INSERT INTO licence_check (office, number, kind, asked, at, why) VALUES ($1,$2,$3,$4,$5,$6)"
                    " ON CONFLICT (office, number, kind) DO UPDATE SET asked=excluded.asked, at=excluded.at,"
                    " why=excluded.why",
                    "itttit", (int64_t)office, number, c->kind, licence_asked_word(c->asked), c->at,
                    licence_why_word(c->why));

    return rc < 0 ? err_wrap(e, rc, "keep what the platform said") : 0;
}

static int take_check(struct sql_rows *r, struct licence_check *c, struct err *e)
{
    *c = (struct licence_check){.at = sql_int(r, 2)};
    text_copy(c->kind, sizeof c->kind, sql_text(r, 0));
    if (!licence_asked_by_word(sql_text(r, 1), &c->asked) ||
        (sql_text(r, 3)[0] && !licence_why_by_word(sql_text(r, 3), &c->why)))
        return err_set(e, ERR_INVALID, "a row of it does not read");
    return 0;
}

int licence_check_each(struct store *s, int office, const char *number, licence_check_fn *fn, void *ctx, struct err *e)
{
    struct licence_check c;
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT kind, asked, at, why FROM licence_check WHERE office=$1 AND number=$2 ORDER BY kind", "it",
                        (int64_t)office, number);

    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        rc = take_check(r, &c, e);
        if (rc == 0)
            fn(ctx, &c);
    }
    sql_done(r);
    return err_wrap(e, rc, "read what the platform said");
}
