/* SPDX-License-Identifier: Apache-2.0
 *
 * GET /api/queue?window=N: how the office's queues stand, who waits for this window, who is at it, and whose turn is next
 * there. A page asks again and again; that keeps nobody signed in.
 *
 *   {"at","queues":[{"id","name","waiting","minutes","least","most","paused_until","reason"}],"windows":N,
 *    "window":{"number","open","queues":[…],"staff","ticket":{…}|null},"waiting":[ticket…],"absent":[ticket…],"next":"queue/number"|null}
 *   a ticket: {"queue","number","line","class","state","waited":minutes,"called":"…"|null}
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/staff/queue_view.h"
#include "tools/hall/store/store_queue.h"

void queue_view_put_ticket(struct jsonw *w, const char *key, const struct queue_ticket *t, int64_t now)
{
    char at[CLOCK_RFC3339_LEN + 1];

    jsonw_obj(w, key);
    jsonw_str(w, "queue", t->queue);
    jsonw_str(w, "number", t->number);
    jsonw_str(w, "line", t->line);
    jsonw_str(w, "class", queue_class_word(t->class));
    jsonw_str(w, "state", queue_state_word(t->state));
    jsonw_int(w, "waited", now > t->since ? (now - t->since) / 60000 : 0);
    if (t->called) {
        clock_format_rfc3339(t->called, at);
        jsonw_str(w, "called", at);
    } else {
        jsonw_null(w, "called");
    }
    jsonw_end(w);
}

static void put_known(struct jsonw *w, const char *key, int value)
{
    if (value >= 0)
        jsonw_int(w, key, value);
    else
        jsonw_null(w, key);
}

struct listing {
    struct jsonw *w;
    struct store *store;
    int office;
    int64_t now;
    struct queues_now state;
    struct err *e;
    int rc;
};

static int put_queue(void *ctx, const char *queue, const char *name)
{
    struct listing *l = ctx;
    const struct queue_now *now = queues_now_find(&l->state, queue);
    int64_t paused = now ? now->paused_until : 0;
    char until[CLOCK_RFC3339_LEN + 1] = "";
    struct estimate wait;

    l->rc = queue_wait(l->store, l->office, l->now, queue, &wait, l->e);
    if (l->rc < 0)
        return 1;
    if (paused)
        clock_format_rfc3339(paused, until);
    jsonw_obj(l->w, NULL);
    jsonw_str(l->w, "id", queue);
    jsonw_str(l->w, "name", name);
    put_known(l->w, "waiting", wait.people);
    put_known(l->w, "minutes", wait.minutes);
    put_known(l->w, "least", wait.least);
    put_known(l->w, "most", wait.most);
    jsonw_str(l->w, "paused_until", until);
    jsonw_str(l->w, "reason", paused ? now->reason : "");
    jsonw_end(l->w);
    return 0;
}

int queue_view_put_queues(struct jsonw *w, struct store *s, int office, int64_t now, struct err *e)
{
    struct listing l = {.w = w, .store = s, .office = office, .now = now, .e = e};
    int rc = queue_state(s, office, now, &l.state, e);

    jsonw_arr(w, "queues");
    if (rc == 0)
        rc = call_each_queue(s, put_queue, &l, e);
    jsonw_end(w);
    return rc == 0 ? l.rc : rc;
}

struct of_class {
    enum queue_class class;
    call_ticket_fn *fn;
    void *ctx;
    int stop;
};

static int if_class(void *ctx, const struct queue_ticket *t)
{
    struct of_class *of = ctx;

    return of->stop = t->class == of->class ? of->fn(of->ctx, t) : 0;
}

int queue_view_each_waiting(struct store *s, int office, int64_t day, const char *queues, call_ticket_fn *fn, void *ctx,
                            struct err *e)
{
    struct of_class of = {.fn = fn, .ctx = ctx};
    int rc = 0;

    for (; rc == 0 && !of.stop && of.class < QUEUE_CLASSES; of.class ++)
        rc = call_each_ticket(s, office, day, QUEUE_WAITING, queues, if_class, &of, e);
    return rc;
}

/* --- this window --- */

static void take(struct ask *a, const void *body, size_t len)
{
    int64_t window = exchange_number(a->exchange, "window");

    if (window < 0 || window > QUEUE_WINDOW_MAX)
        ask_refuse(a, 400, "unreadable");
    else
        a->press.window = (int)window;
}

struct looking {
    int window, open;
    struct call_window mine;
};

static int see(void *ctx, const struct call_window *w)
{
    struct looking *l = ctx;

    l->open++;
    if (w->number == l->window)
        l->mine = *w;
    return 0;
}

static void put_window(struct ask *a, const struct looking *l)
{
    jsonw_obj(&a->w, "window");
    jsonw_int(&a->w, "number", l->window);
    jsonw_bool(&a->w, "open", l->mine.number != 0);
    jsonw_str(&a->w, "queues", l->mine.queues);
    jsonw_str(&a->w, "staff", l->mine.staff);
    if (l->mine.ticket.number[0])
        queue_view_put_ticket(&a->w, "ticket", &l->mine.ticket, a->now);
    else
        jsonw_null(&a->w, "ticket");
    jsonw_end(&a->w);
}

static int put_ticket(void *ctx, const struct queue_ticket *t)
{
    struct ask *a = ctx;

    queue_view_put_ticket(&a->w, NULL, t, a->now);
    return 0;
}

static int put_lists(struct ask *a, struct store *s, const char *queues, struct err *e)
{
    int64_t day = date_to_days(date_of_ms(a->now));

    jsonw_arr(&a->w, "waiting");
    int rc = queue_view_each_waiting(s, a->me.office, day, queues, put_ticket, a, e);
    jsonw_end(&a->w);
    jsonw_arr(&a->w, "absent");
    if (rc == 0)
        rc = call_each_ticket(s, a->me.office, day, QUEUE_ABSENT, queues, put_ticket, a, e);
    jsonw_end(&a->w);
    return rc;
}

static int put_next(struct ask *a, struct store *s, const struct looking *l, struct err *e)
{
    char which[PRESS_AT_MAX + 1];
    struct queue_ticket t;
    int rc = call_next_waiting(s, a->me.office, a->now, date_to_days(date_of_ms(a->now)), l->mine.queues, l->window, &t, e);

    if (rc == 1) {
        snprintf(which, sizeof which, "%s/%s", t.queue, t.number);
        jsonw_str(&a->w, "next", which);
    } else {
        jsonw_null(&a->w, "next");
    }
    return rc < 0 ? rc : 0;
}

static int queue_read(struct ask *a, struct store *s, struct err *e)
{
    struct looking l = {.window = a->press.window};
    char at[CLOCK_RFC3339_LEN + 1];

    clock_format_rfc3339(a->now, at);
    ask_answer(a, 200);
    jsonw_str(&a->w, "at", at);
    int rc = queue_view_put_queues(&a->w, s, a->me.office, a->now, e);
    if (rc == 0)
        rc = call_each_window(s, a->me.office, date_to_days(date_of_ms(a->now)), see, &l, e);
    if (rc < 0)
        return rc;
    jsonw_int(&a->w, "windows", l.open);
    put_window(a, &l);
    rc = put_lists(a, s, l.mine.queues, e);
    return rc == 0 ? put_next(a, s, &l, e) : rc;
}

const struct api api_queue = {.take = take, .read = queue_read, .watches = true};
