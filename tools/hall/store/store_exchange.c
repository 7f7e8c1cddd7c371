/* SPDX-License-Identifier: Apache-2.0
 *
 * See store_exchange.h.
 */
#include "tools/hall/store/store_exchange.h"

#include "base/clock.h"

static int has_case(struct store *s, const struct exchange_error *x, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT 1 FROM cases WHERE office=$1 AND number=$2", "it", (int64_t)x->office,
                        x->number);

    if (rc == 0)
        rc = sql_next(r, e);
    sql_done(r);
    return rc == 0 ? err_set(e, ERR_NOTFOUND, "there is no case %s here", x->number) : rc < 0 ? rc : 0;
}

int exchange_error_put(struct store *s, const struct exchange_error *x, struct err *e)
{
    int rc = has_case(s, x, e);

    return rc < 0
               ? rc
               : sql_do(store_sql(s), e,
                        "INSERT INTO exchange_error (office, number, guid, seq, table_name, batch, type, remark, found,"
                        " received) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10) ON CONFLICT (office, number, guid) DO NOTHING",
                        "ittittttti", (int64_t)x->office, x->number, x->guid, x->seq, x->table, x->batch, x->type, x->remark,
                        x->found, clock_wall_ms());
}

int exchange_each_error(struct store *s, int office, const char *number, exchange_error_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(
        store_sql(s), &r, e,
        "SELECT office, number, seq, table_name, batch, type, remark, found, received, guid FROM exchange_error"
        " WHERE ($1 < 0 OR office = $1) AND ($2 = '' OR number = $2) ORDER BY office, number, seq, guid",
        "it", (int64_t)office, number ? number : "");
    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        const struct exchange_error row = {.office = (int)sql_int(r, 0),
                                           .number = sql_text(r, 1),
                                           .seq = sql_int(r, 2),
                                           .table = sql_text(r, 3),
                                           .batch = sql_text(r, 4),
                                           .type = sql_text(r, 5),
                                           .remark = sql_text(r, 6),
                                           .found = sql_text(r, 7),
                                           .received = sql_int(r, 8),
                                           .guid = sql_text(r, 9)};
        rc = fn(ctx, &row) == 0 ? 0 : 1;
        if (rc == 1)
            break;
    }
    sql_done(r);
    return rc < 0 ? err_wrap(e, rc, "read what the data centre found") : 0;
}
