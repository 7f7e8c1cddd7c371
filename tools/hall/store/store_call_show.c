/* SPDX-License-Identifier: Apache-2.0
 *
 * What is shown of windows, calls and who waits.
 */
#include <string.h>

#include "base/text.h"
#include "tools/hall/store/store_call_inside.h"

int call_each_window(struct store *s, int office, int64_t day, call_window_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int stop = 0,
        rc = sql_select(store_sql(s), &r, e,
                        "SELECT counter, queues, staff FROM queue_window WHERE office=$1 AND day=$2 ORDER BY counter", "ii",
                        (int64_t)office, day);
    while (rc == 0 && !stop && (rc = sql_next(r, e)) == 1) {
        struct call_window w = {.number = (int)sql_int(r, 0)};
        text_copy(w.queues, sizeof w.queues, sql_text(r, 1));
        text_copy(w.staff, sizeof w.staff, sql_text(r, 2));
        rc = call_ticket_at(s, office, day, w.number, &w.ticket, e);
        if (rc >= 0)
            stop = fn(ctx, &w);
        rc = rc < 0 ? rc : 0;
    }
    sql_done(r);
    return err_wrap(e, rc, "list the windows");
}

int call_each_spoken(struct store *s, int office, int64_t day, int n, call_spoken_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int stop = 0, rc = sql_select(store_sql(s), &r, e,
                                  "SELECT queue, number, seq, at, counter, kind FROM ticket_event WHERE office=$1 AND day=$2"
                                  " AND kind IN ('call','recall') ORDER BY at DESC, number DESC, seq DESC LIMIT $3",
                                  "iii", (int64_t)office, day, (int64_t)n);
    while (rc == 0 && !stop && (rc = sql_next(r, e)) == 1) {
        const struct call_spoken c = {.queue = sql_text(r, 0),
                                      .number = sql_text(r, 1),
                                      .seq = sql_int(r, 2),
                                      .at = sql_int(r, 3),
                                      .window = (int)sql_int(r, 4),
                                      .again = strcmp(sql_text(r, 5), queue_event_word(QUEUE_EVENT_RECALL)) == 0};
        stop = fn(ctx, &c);
        rc = 0;
    }
    sql_done(r);
    return err_wrap(e, rc, "list the calls");
}

int call_each_queue(struct store *s, int (*fn)(void *ctx, const char *queue, const char *name), void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int stop = 0,
        rc = sql_select(store_sql(s), &r, e,
                        "SELECT queue, name FROM queue_known WHERE catalogue=(SELECT max(catalogue) FROM queue_known)"
                        " ORDER BY queue",
                        "");
    while (rc == 0 && !stop && (rc = sql_next(r, e)) == 1) {
        const char *queue = sql_text(r, 0), *name = sql_text(r, 1);
        stop = fn(ctx, queue, name[0] ? name : queue);
        rc = 0;
    }
    sql_done(r);
    return err_wrap(e, rc, "list the queues");
}

int call_queue_name(struct store *s, const char *queue, char ret[60], struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT name FROM queue_known WHERE queue=$1", "t", queue);
    if (rc == 0)
        rc = sql_next(r, e);
    text_copy(ret, 60, rc == 1 && sql_text(r, 0)[0] ? sql_text(r, 0) : queue);
    sql_done(r);
    return rc < 0 ? rc : 0;
}

int call_each_ticket(struct store *s, int office, int64_t day, enum queue_state state, const char *queues,
                     call_ticket_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int stop = 0,
        rc = sql_select(store_sql(s), &r, e, TICKET_COLUMNS "AND t.state=$3 AND t.void=0 ORDER BY t.since, t.number", "iit",
                        (int64_t)office, day, queue_state_word(state));
    while (rc == 0 && !stop && (rc = sql_next(r, e)) == 1) {
        struct queue_ticket t;
        rc = call_take_ticket(r, &t, e);
        if (rc == 0 && (!queues || call_serves(queues, t.line)))
            stop = fn(ctx, &t);
    }
    sql_done(r);
    return err_wrap(e, rc, "list who waits");
}
