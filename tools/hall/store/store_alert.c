/* SPDX-License-Identifier: Apache-2.0
 *
 * What staff must hear of.
 */
#include "base/clock.h"
#include "tools/hall/store/store_duty.h"

int store_alert_since(struct store *s, int office, const char *terminal, const char *what, const char *detail, int64_t first,
                      int64_t n, struct err *e)
{
    int rc = sql_do(store_sql(s), e,
                    "INSERT INTO alert (office, terminal, what, first, last, count, detail) VALUES ($1,$2,$3,$4,$5,$6,$7)"
                    " ON CONFLICT (office, terminal, what) DO UPDATE SET last = excluded.last,"
                    " count = alert.count + excluded.count, detail = excluded.detail",
                    "ittiiit", (int64_t)office, terminal, what, first, clock_wall_ms(), n, detail);
    if (rc >= 0)
        rc = duty_alert(s, office, terminal, what, first, e);
    return rc < 0 ? err_wrap(e, rc, "alert") : 0;
}

int store_alert(struct store *s, int office, const char *terminal, const char *what, const char *detail, struct err *e)
{
    return store_alert_since(s, office, terminal, what, detail, clock_wall_ms(), 1, e);
}

static int each(struct sql_rows *r, int (*fn)(void *ctx, const struct store_alert_row *a), void *ctx, struct err *e)
{
    int rc;

    while ((rc = sql_next(r, e)) == 1) {
        const struct store_alert_row a = {.office = (int)sql_int(r, 0),
                                          .first = sql_int(r, 1),
                                          .last = sql_int(r, 2),
                                          .count = sql_int(r, 3),
                                          .terminal = sql_text(r, 4),
                                          .what = sql_text(r, 5),
                                          .detail = sql_text(r, 6)};
        rc = fn(ctx, &a);
        if (rc != 0)
            break;
    }
    return err_wrap(e, rc, "read the alerts");
}

int store_each_alert(struct store *s, int (*fn)(void *ctx, const struct store_alert_row *a), void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT office, first, last, count, terminal, what, detail FROM alert"
                        " ORDER BY first, office, terminal, what",
                        "");

    rc = rc == 0 ? each(r, fn, ctx, e) : rc;
    sql_done(r);
    return rc;
}

int store_each_alert_of(struct store *s, int office, const char *terminal,
                        int (*fn)(void *ctx, const struct store_alert_row *a), void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT office, first, last, count, terminal, what, detail FROM alert WHERE office=$1"
                        " AND ($2='' OR terminal=$2) ORDER BY first, terminal, what",
                        "it", (int64_t)office, terminal ? terminal : "");

    rc = rc == 0 ? each(r, fn, ctx, e) : rc;
    sql_done(r);
    return rc;
}
