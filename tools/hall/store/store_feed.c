/* SPDX-License-Identifier: Apache-2.0
 *
 * See store_feed.h.
 */
#include "tools/hall/store/store_feed.h"

int feed_each_long(struct store *s, int office, int64_t day, int people, feed_queue_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT line, count(*) FROM ticket WHERE office=$1 AND day=$2 AND state='waiting' AND void=0"
                        " GROUP BY line HAVING count(*) >= $3 ORDER BY line",
                        "iii", (int64_t)office, day, (int64_t)people);

    while (rc == 0 && (rc = sql_next(r, e)) == 1)
        rc = fn(ctx, sql_text(r, 0), (int)sql_int(r, 1)) ? -ERR_CANCELLED : 0;
    sql_done(r);
    return rc == -ERR_CANCELLED ? 0 : err_wrap(e, rc, "look for long queues");
}
