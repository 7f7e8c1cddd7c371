/* SPDX-License-Identifier: Apache-2.0
 *
 * See store_place.h.
 */
#include "tools/hall/store/store_place.h"

int place_taken(struct store *s, const struct place_hour *h, int64_t *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT taken FROM appointment_hour WHERE office=$1 AND queue=$2 AND at=$3",
                        "iti", (int64_t)h->office, h->queue, h->at);

    if (rc == 0)
        rc = sql_next(r, e);
    *ret = rc == 1 ? sql_int(r, 0) : 0;
    sql_done(r);
    return rc < 0 ? rc : 0;
}

int place_take(struct store *s, const struct place_hour *h, int64_t all, int64_t *ret_nth, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "INSERT INTO appointment_hour (office, queue, at, taken, given) VALUES ($1,$2,$3,1,1)"
                        " ON CONFLICT (office, queue, at) DO UPDATE SET taken = appointment_hour.taken + 1,"
                        " given = appointment_hour.given + 1 WHERE appointment_hour.taken < $4 RETURNING given",
                        "itii", (int64_t)h->office, h->queue, h->at, all);

    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 1)
        *ret_nth = sql_int(r, 0);
    sql_done(r);
    return rc;
}

int place_give(struct store *s, const struct place_hour *h, struct err *e)
{
    int rc = sql_do(store_sql(s), e,
                    "UPDATE appointment_hour SET taken = taken - 1 WHERE office=$1 AND queue=$2 AND at=$3 AND taken > 0",
                    "iti", (int64_t)h->office, h->queue, h->at);

    return rc < 0 ? rc : 0;
}
