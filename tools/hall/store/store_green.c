/* SPDX-License-Identifier: Apache-2.0
 *
 * See store_green.h.
 */
#include "tools/hall/store/store_green.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/text.h"
#include "crypto/random.h"

#define SERIALS 100000000
#define TRIES 100 /* of a hundred million serials */
#define COLUMNS "SELECT office, serial, kind, until, holder, issued, revoked FROM green_card WHERE office=$1"

static int add_once(struct store *s, struct green_row *row, struct err *e)
{
    uint32_t n;

    random_bytes(&n, sizeof n);
    snprintf(row->card.serial, sizeof row->card.serial, "%08" PRIu32, n % SERIALS);
    return sql_do(
        store_sql(s), e,
        "INSERT INTO green_card (office, serial, kind, until, holder, issued, revoked) VALUES ($1,$2,$3,$4,$5,$6,0)"
        " ON CONFLICT (office, serial) DO NOTHING",
        "ittiti", (int64_t)row->card.office, row->card.serial, green_kind_word(row->card.kind),
        date_to_days(row->card.until), row->holder, row->issued);
}

int green_add(struct store *s, struct green_row *row, struct err *e)
{
    int rc = 0;

    for (int i = 0; rc == 0 && i < TRIES; i++)
        rc = add_once(s, row, e);
    return rc == 0 ? err_set(e, ERR_RANGE, "office %04d has no serial left for a card", row->card.office) : rc < 0 ? rc : 0;
}

static int take_row(struct sql_rows *r, struct green_row *ret, struct err *e)
{
    *ret = (struct green_row){.card = {.office = (int)sql_int(r, 0), .until = date_of_days(sql_int(r, 3))},
                              .issued = sql_int(r, 5),
                              .revoked = sql_int(r, 6)};
    text_copy(ret->card.serial, sizeof ret->card.serial, sql_text(r, 1));
    text_copy(ret->holder, sizeof ret->holder, sql_text(r, 4));
    if (!green_serial_valid(ret->card.serial) || !green_kind_by_word(sql_text(r, 2), &ret->card.kind))
        return err_set(e, ERR_STATE, "card %s of office %04d is \"%s\", which this version does not know", ret->card.serial,
                       ret->card.office, sql_text(r, 2));
    return 0;
}

int green_find(struct store *s, int office, const char *serial, struct green_row *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, COLUMNS " AND serial=$2", "it", (int64_t)office, serial);

    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 1)
        rc = take_row(r, ret, e) < 0 ? -ERR_STATE : 1;
    sql_done(r);
    return rc;
}

int green_revoke(struct store *s, int office, const char *serial, int64_t now, struct err *e)
{
    return sql_do(store_sql(s), e, "UPDATE green_card SET revoked=$1 WHERE office=$2 AND serial=$3 AND revoked=0", "iit",
                  now, (int64_t)office, serial);
}

static int each(struct sql_rows *r, green_fn *fn, void *ctx, struct err *e)
{
    struct green_row row;
    int rc;

    while ((rc = sql_next(r, e)) == 1) {
        rc = take_row(r, &row, e);
        if (rc < 0 || fn(ctx, &row) != 0)
            return rc;
    }
    return rc;
}

int green_each(struct store *s, int office, green_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, COLUMNS " ORDER BY issued, serial", "i", (int64_t)office);

    if (rc == 0)
        rc = each(r, fn, ctx, e);
    sql_done(r);
    return err_wrap(e, rc, "list the cards");
}

int green_each_revoked(struct store *s, int office, int64_t today, green_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, COLUMNS " AND revoked > 0 AND until >= $2 ORDER BY serial", "ii",
                        (int64_t)office, today);

    if (rc == 0)
        rc = each(r, fn, ctx, e);
    sql_done(r);
    return err_wrap(e, rc, "list the revoked cards");
}

int green_use(struct store *s, const struct green_use *u, struct err *e)
{
    int rc = sql_do(store_sql(s), e,
                    "INSERT INTO green_use (office, serial, day, queue, number) VALUES ($1,$2,$3,$4,$5)"
                    " ON CONFLICT (office, serial, day) DO UPDATE SET queue=excluded.queue, number=excluded.number"
                    " WHERE (green_use.queue = excluded.queue AND green_use.number = excluded.number) OR EXISTS"
                    " (SELECT 1 FROM ticket t WHERE t.office=green_use.office AND t.day=green_use.day"
                    " AND t.queue=green_use.queue AND t.number=green_use.number AND t.void=1)",
                    "ititt", (int64_t)u->office, u->serial, u->day, u->queue, u->number);

    return err_wrap(e, rc, "use the card");
}

int green_was_used(struct store *s, const struct green_use *u, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT 1 FROM green_use WHERE office=$1 AND serial=$2 AND day=$3 AND queue=$4 AND number=$5",
                        "ititt", (int64_t)u->office, u->serial, u->day, u->queue, u->number);

    if (rc == 0)
        rc = sql_next(r, e);
    sql_done(r);
    return err_wrap(e, rc, "look whether the card was used");
}
