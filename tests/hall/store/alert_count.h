/* SPDX-License-Identifier: Apache-2.0
 *
 * How often the hall was told of something.
 */
#ifndef TESTS_HALL_STORE_ALERT_COUNT_H
#define TESTS_HALL_STORE_ALERT_COUNT_H

#include "tools/hall/store/sql.h"
#include "tools/hall/store/store.h"

/* `what` NULL: of anything. */
static inline int alert_count(struct store *s, int office, const char *what, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT CAST(coalesce(sum(count), 0) AS BIGINT) FROM alert WHERE office=$1 AND ($2='' OR what=$2)",
                        "it", (int64_t)office, what ? what : "");
    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 1)
        rc = (int)sql_int(r, 0);
    sql_done(r);
    return rc;
}

#endif
