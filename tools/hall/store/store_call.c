/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls: tickets and windows. What is shown of them: store_call_show.c.
 */
#include "tools/hall/store/store_call.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "tools/hall/store/store_call_inside.h"
#include "tools/hall/store/store_queue.h"

/* --- tickets --- */

static enum queue_class class_by_line(bool priority)
{
    return priority ? QUEUE_CLASS_PRIORITY : QUEUE_CLASS_WALK_IN;
}

int call_take_ticket(struct sql_rows *r, struct queue_ticket *t, struct err *e)
{
    *t = (struct queue_ticket){.day = sql_int(r, 0),
                               .since = sql_int(r, 6),
                               .called = sql_int(r, 7),
                               .seq = sql_int(r, 8),
                               .window = (int)sql_int(r, 9),
                               .is_void = sql_int(r, 10) != 0};
    text_copy(t->queue, sizeof t->queue, sql_text(r, 1));
    text_copy(t->number, sizeof t->number, sql_text(r, 2));
    text_copy(t->line, sizeof t->line, sql_text(r, 3));
    const char *class = sql_text(r, 5);
    if (!queue_class_by_word(class, &t->class))
        t->class = class_by_line(sql_int(r, 11) != 0);
    if (!queue_state_by_word(sql_text(r, 4), &t->state))
        return err_set(e, ERR_STATE, "ticket %s of %s is \"%s\", which this version does not know", t->number, t->queue,
                       sql_text(r, 4));
    return 0;
}

/* The one row of a query. 1: found. */
static int one_ticket(struct sql_rows *r, struct queue_ticket *ret, struct err *e)
{
    int rc = sql_next(r, e);
    if (rc == 1)
        rc = call_take_ticket(r, ret, e) < 0 ? -ERR_STATE : 1;
    return rc;
}

/* 1: found. */
int call_ticket_at(struct store *s, int office, int64_t day, int window, struct queue_ticket *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, TICKET_COLUMNS "AND t.counter=$3 AND t.state IN ('called','serving')", "iii",
                        (int64_t)office, day, (int64_t)window);
    if (rc == 0)
        rc = one_ticket(r, ret, e);
    sql_done(r);
    return rc;
}

static void without_spaces(const char *in, char out[TICKET_NUMBER_MAX + 1])
{
    size_t n = 0;
    for (; *in && n < TICKET_NUMBER_MAX; in++)
        if (*in != ' ')
            out[n++] = *in;
    out[n] = '\0';
}

/* 1: found. */
static int ticket_of_day(struct store *s, const struct call *c, int64_t day, struct queue_ticket *ret, struct err *e)
{
    char plain[TICKET_NUMBER_MAX + 1];
    struct sql_rows *r = NULL;
    without_spaces(c->number, plain);
    int rc = sql_select(store_sql(s), &r, e, TICKET_COLUMNS "AND t.queue=$3 AND replace(t.number, ' ', '')=$4", "iitt",
                        (int64_t)c->office, day, c->queue, plain);
    if (rc == 0)
        rc = one_ticket(r, ret, e);
    sql_done(r);
    return rc;
}

/* Today's, or where today has none, yesterday's: whoever holds that paper is told that its day is over. 1: found. */
static int ticket_named(struct store *s, const struct call *c, int64_t today, struct queue_ticket *ret, struct err *e)
{
    int rc = ticket_of_day(s, c, today, ret, e);
    return rc ? rc : ticket_of_day(s, c, today - 1, ret, e);
}

/* --- windows --- */

struct window_row {
    bool open; /* today */
    int64_t seq;
    char queues[CALL_QUEUES_MAX + 3]; /* " general priority " */
};

static int read_window(struct store *s, int office, int window, int64_t today, struct window_row *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT day, seq, queues FROM queue_window WHERE office=$1 AND counter=$2",
                        "ii", (int64_t)office, (int64_t)window);
    *ret = (struct window_row){.open = false};
    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 1) {
        ret->open = sql_int(r, 0) == today;
        ret->seq = sql_int(r, 1);
        text_copy(ret->queues, sizeof ret->queues, sql_text(r, 2));
    }
    sql_done(r);
    return rc < 0 ? rc : 0;
}

bool call_serves(const char *queues, const char *line)
{
    char word[QUEUE_ID_MAX + 3];
    snprintf(word, sizeof word, " %s ", line);
    return strstr(queues, word) != NULL;
}

/* Whoever else did something at this window meanwhile sees that it moved. */
static int move_window(struct store *s, int office, int window, int64_t seq, struct err *e)
{
    int rc = sql_do(store_sql(s), e, "UPDATE queue_window SET seq=seq+1 WHERE office=$1 AND counter=$2 AND seq=$3", "iii",
                    (int64_t)office, (int64_t)window, seq);
    return rc == 0  ? err_set(e, ERR_RETRY, "something else was done at window %d at the same moment", window)
           : rc < 0 ? rc
                    : 0;
}

static int last_calls(struct store *s, int office, int64_t day, int window, struct queue_past *ret, int *ret_n,
                      struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT class, at FROM ticket_event WHERE office=$1 AND day=$2 AND counter=$3 AND kind='call'"
                        " ORDER BY at DESC, number DESC, seq DESC LIMIT $4",
                        "iiii", (int64_t)office, day, (int64_t)window, (int64_t)QUEUE_LAST);
    *ret_n = 0;
    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        struct queue_past *p = &ret[*ret_n];
        p->at = sql_int(r, 1);
        *ret_n += queue_class_by_word(sql_text(r, 0), &p->class);
        rc = 0;
    }
    sql_done(r);
    return rc;
}

/* 1: somebody waits in one of the queues, and this is whose turn it is. */
int call_next_waiting(struct store *s, int office, int64_t at, int64_t day, const char *queues, int window,
                      struct queue_ticket *ret, struct err *e)
{
    struct queue_order order = {.has = {false}};
    struct queue_past last[QUEUE_LAST];
    struct sql_rows *r = NULL;
    int n = 0, rc = last_calls(s, office, day, window, last, &n, e);
    if (rc == 0)
        rc = sql_select(store_sql(s), &r, e, TICKET_COLUMNS "AND t.state='waiting' AND t.void=0", "ii", (int64_t)office,
                        day);
    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        struct queue_ticket t;
        rc = call_take_ticket(r, &t, e);
        if (rc == 0 && call_serves(queues, t.line))
            queue_order_add(&order, &t, at);
    }
    sql_done(r);
    const struct queue_ticket *next = queue_order_next(&order, last, n);
    if (rc == 0 && next)
        *ret = *next;
    return rc < 0 ? rc : next != NULL;
}

int call_open(struct store *s, int office, int window, const char *queues, const char *staff, int64_t at, struct err *e)
{
    char list[CALL_QUEUES_MAX + 3];
    snprintf(list, sizeof list, " %s ", queues);
    int rc = sql_do(store_sql(s), e,
                    "INSERT INTO queue_window (office, counter, day, queues, staff, seq) VALUES ($1,$2,$3,$4,$5,1)"
                    " ON CONFLICT (office, counter) DO UPDATE SET day = excluded.day, queues = excluded.queues,"
                    " staff = excluded.staff, seq = queue_window.seq + 1",
                    "iiitt", (int64_t)office, (int64_t)window, date_to_days(date_of_ms(at)), list, staff);
    return rc < 0 ? err_wrap(e, rc, "open window %d", window) : queue_changed(s, office, e);
}

int call_close(struct store *s, int office, int window, int64_t at, enum queue_refusal *ret, struct err *e)
{
    struct window_row row;
    struct queue_ticket t;
    int64_t today = date_to_days(date_of_ms(at));
    int rc = read_window(s, office, window, today, &row, e);
    if (rc == 0)
        rc = call_ticket_at(s, office, today, window, &t, e);
    if (rc >= 0)
        *ret = !row.open ? QUEUE_REFUSAL_WINDOW_SHUT : rc == 1 ? QUEUE_REFUSAL_WINDOW_BUSY : QUEUE_MAY;
    if (rc < 0 || *ret != QUEUE_MAY)
        return rc < 0 ? rc : 0;
    rc = sql_do(store_sql(s), e, "UPDATE queue_window SET day=0, seq=seq+1 WHERE office=$1 AND counter=$2 AND seq=$3", "iii",
                (int64_t)office, (int64_t)window, row.seq);
    if (rc == 0)
        return err_set(e, ERR_RETRY, "something else was done at window %d at the same moment", window);
    return rc < 0 ? rc : queue_changed(s, office, e);
}

/* --- one event --- */

/* On its way: what was read. */
struct act {
    const struct call *call;
    int64_t today;
    struct window_row window;
    struct queue_ticket ticket, at_window;
    struct queue_facts facts;
};

/* The ticket that it is about. 1: found. */
static int find_ticket(struct store *s, struct act *a, struct err *e)
{
    const struct call *c = a->call;
    char one[QUEUE_ID_MAX + 3];
    if (c->number)
        return ticket_named(s, c, a->today, &a->ticket, e);
    if (c->kind == QUEUE_EVENT_CALL)
        return call_next_waiting(s, c->office, c->at, a->today, a->window.queues, c->window, &a->ticket, e);
    if (queue_event_at_window(c->kind)) {
        a->ticket = a->at_window;
        return a->facts.busy;
    }
    snprintf(one, sizeof one, " %s ", c->queue);
    return call_next_waiting(s, c->office, c->at, a->today, one, 0, &a->ticket, e);
}

static int read_facts(struct store *s, struct act *a, struct err *e)
{
    const struct call *c = a->call;
    int rc = c->queue ? queue_need_known(s, c->queue, e) : 0;
    if (rc == 0 && c->to)
        rc = queue_need_known(s, c->to, e);
    if (rc == 0 && queue_event_at_window(c->kind)) {
        rc = read_window(s, c->office, c->window, a->today, &a->window, e);
        if (rc == 0)
            rc = call_ticket_at(s, c->office, a->today, c->window, &a->at_window, e);
    }
    if (rc < 0)
        return rc;
    a->facts = (struct queue_facts){.today = a->today, .open = a->window.open, .busy = rc == 1, .to = c->to};
    rc = find_ticket(s, a, e);
    a->facts.ticket = rc == 1 ? &a->ticket : NULL;
    a->facts.serves = rc == 1 && call_serves(a->window.queues, a->ticket.line);
    return rc < 0 ? rc : 0;
}

/* How late who was absent comes back, and what its queue says of that. */
static int read_return(struct store *s, const struct act *a, struct queue_event *ev, struct err *e)
{
    const struct queue_ticket *t = &a->ticket;
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT (SELECT count(*) FROM ticket WHERE office=$1 AND day=$2 AND line=$3 AND called>$4), recall,"
                        " priority FROM queue_known WHERE queue=$3",
                        "iiti", (int64_t)a->call->office, t->day, t->line, t->called);
    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 1) {
        ev->passed = sql_int(r, 0);
        ev->recall = sql_int(r, 1);
        ev->priority = sql_int(r, 2) != 0;
    }
    sql_done(r);
    return rc < 0 ? rc : 0;
}

/* Compare and set: `seq` is what the ticket had when it was read. */
static int put_ticket(struct store *s, const struct act *a, const struct queue_ticket *t, struct err *e)
{
    int rc = sql_do(store_sql(s), e,
                    "UPDATE ticket SET line=$1, state=$2, class=$3, since=$4, called=$5, counter=$6, seq=$7"
                    " WHERE office=$8 AND day=$9 AND queue=$10 AND number=$11 AND seq=$12",
                    "tttiiiiiitti", t->line, queue_state_word(t->state), queue_class_word(t->class), t->since, t->called,
                    (int64_t)t->window, t->seq, (int64_t)a->call->office, t->day, t->queue, t->number, t->seq - 1);
    if (rc == 0)
        return err_set(e, ERR_RETRY, "something else was done with %s at the same moment", t->number);
    return rc < 0 ? rc : 0;
}

static int put_event(struct store *s, const struct act *a, const struct queue_ticket *t, struct err *e)
{
    const struct call *c = a->call;
    int rc = sql_do(
        store_sql(s), e,
        "INSERT INTO ticket_event (office, day, queue, number, seq, at, kind, line, class, since, counter, staff)"
        " VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12) ON CONFLICT (office, day, queue, number, seq) DO NOTHING",
        "iittiitttiit", (int64_t)c->office, t->day, t->queue, t->number, t->seq, c->at, queue_event_word(c->kind), t->line,
        queue_class_word(t->class), t->since, (int64_t)c->window, c->staff);
    if (rc == 0)
        return err_set(e, ERR_RETRY, "something else was done with %s at the same moment", t->number);
    return rc < 0 ? rc : 0;
}

static int do_event(struct store *s, struct act *a, struct err *e)
{
    const struct call *c = a->call;
    struct queue_event ev = {.kind = c->kind, .at = c->at, .window = c->window, .to = c->to};
    int rc = c->kind == QUEUE_EVENT_BACK ? read_return(s, a, &ev, e) : 0;
    if (rc < 0)
        return rc;
    queue_apply(&a->ticket, &ev);
    if (queue_event_at_window(c->kind))
        rc = move_window(s, c->office, c->window, a->window.seq, e);
    if (rc == 0)
        rc = put_ticket(s, a, &a->ticket, e);
    if (rc == 0)
        rc = put_event(s, a, &a->ticket, e);
    return rc == 0 ? queue_changed(s, c->office, e) : rc;
}

int call_do(struct store *s, const struct call *c, struct call_answer *ret, struct err *e)
{
    struct act a = {.call = c, .today = date_to_days(date_of_ms(c->at))};
    int rc = read_facts(s, &a, e);
    if (rc < 0)
        return rc;
    ret->refusal = queue_judge(c->kind, &a.facts);
    if (ret->refusal == QUEUE_REFUSAL_UNKNOWN && !c->number)
        ret->refusal = QUEUE_REFUSAL_NOBODY;
    if (ret->refusal == QUEUE_MAY)
        rc = do_event(s, &a, e);
    ret->ticket = ret->refusal == QUEUE_REFUSAL_WINDOW_BUSY ? a.at_window : a.ticket;
    return rc;
}
