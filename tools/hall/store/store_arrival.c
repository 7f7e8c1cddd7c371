/* SPDX-License-Identifier: Apache-2.0
 *
 * See store_arrival.h.
 */
#include "tools/hall/store/store_arrival.h"

#include <string.h>

#include "base/text.h"
#include "tools/hall/store/store_queue.h"

int arrival_add(struct store *s, const struct arrival *a, struct err *e)
{
    int rc = sql_do(store_sql(s), e,
                    "UPDATE appointment SET state='arrived', ticket=$1 WHERE office=$2 AND number=$3 AND queue=$4 AND day=$5"
                    " AND (state='booked' OR (state='arrived' AND ticket=$1))",
                    "titti", a->ticket, (int64_t)a->office, a->number, a->queue, a->day);

    if (rc <= 0)
        return rc;
    rc = sql_do(store_sql(s), e,
                "UPDATE ticket SET class='appointment', since = (SELECT max(p.at) FROM appointment p WHERE p.office=$1 AND"
                " p.number=$2 AND p.queue=$3 AND p.day=$4) WHERE office=$1 AND day=$4 AND queue=$3 AND number=$5 AND seq=0",
                "ittit", (int64_t)a->office, a->number, a->queue, a->day, a->ticket);
    return rc < 0 ? rc : queue_changed(s, a->office, e) < 0 ? -(int)e->code : 1;
}

int arrival_remove(struct store *s, int office, int64_t day, const char *queue, const char *ticket, struct err *e)
{
    int rc = sql_do(store_sql(s), e,
                    "UPDATE appointment SET state='booked', ticket='' WHERE office=$1 AND queue=$2 AND day=$3 AND ticket=$4"
                    " AND state='arrived'",
                    "itit", (int64_t)office, queue, day, ticket);

    return rc < 0 ? rc : 0;
}

int arrival_ticket(struct store *s, int office, int64_t day, const char *queue, const char *number,
                   char ret[TICKET_NUMBER_MAX + 1], struct err *e)
{
    char plain[TICKET_NUMBER_MAX + 1];
    struct sql_rows *r = NULL;
    size_t n = 0;

    for (; *number && n < TICKET_NUMBER_MAX; number++)
        if (*number != ' ')
            plain[n++] = *number;
    plain[n] = '\0';
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT number FROM ticket WHERE office=$1 AND day=$2 AND queue=$3 AND replace(number, ' ', '')=$4"
                        " AND state='waiting' AND void=0 AND seq=0",
                        "iitt", (int64_t)office, day, queue, plain);
    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 1)
        text_copy(ret, TICKET_NUMBER_MAX + 1, sql_text(r, 0));
    sql_done(r);
    return rc;
}
