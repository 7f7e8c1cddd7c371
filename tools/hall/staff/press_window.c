/* SPDX-License-Identifier: Apache-2.0
 *
 * POST /api/queue/VERB: what a clerk presses at a window. The page says what it had at the window (`at`); when something
 * else is there by now, the press was meant for another person, and nothing is done (409): so a key that is pressed twice,
 * or an answer that was lost and is sent again, never calls or ends anybody else. done-next ends one and calls the next,
 * both or neither. Files for display and voice follow behind the answer.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "tools/hall/calling/press.h"
#include "tools/hall/calling/queue_feed.h"
#include "tools/hall/staff/queue_view.h"

static const char *const verbs[] = {"open",   "close", "next",     "recall", "serve",
                                    "absent", "back",  "transfer", "done",   "done-next"};

static bool needs_fit(const char *verb, const struct press_ask *p)
{
    if (strcmp(verb, "open") == 0)
        return p->queues[0] != '\0';
    if (strcmp(verb, "back") == 0)
        return p->queue[0] && p->number[0];
    return strcmp(verb, "transfer") != 0 || p->to[0];
}

static void take(struct ask *a, const void *body, size_t len)
{
    const char *verb = exchange_tail(a->exchange);
    struct err e = {0};
    bool known = false;

    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        known |= strcmp(verb, verbs[i]) == 0;
    if (!known)
        ask_refuse(a, 404, "no-verb");
    else if (press_ask_decode(body, len, &a->press, &e) < 0 || !needs_fit(verb, &a->press))
        ask_refuse(a, 400, "unreadable");
}

/* --- one press --- */

static struct press press_of(const struct ask *a, const char *verb)
{
    struct press p = {.verb = verb,
                      .by = a->me.id,
                      .call = {.office = a->me.office,
                               .kind = QUEUE_EVENT_CALL,
                               .window = a->press.window,
                               .staff = a->me.name,
                               .at = a->now,
                               .queue = a->press.queue[0] ? a->press.queue : NULL,
                               .number = a->press.number[0] ? a->press.number : NULL,
                               .to = a->press.to[0] ? a->press.to : NULL}};

    queue_event_by_word(verb, &p.call.kind);
    return p;
}

static void refuse(struct ask *a, int status, const char *word, const struct queue_ticket *t)
{
    char reason[40];

    snprintf(reason, sizeof reason, "queue-%s", word);
    ask_refuse(a, status, reason);
    if (t->number[0])
        queue_view_put_ticket(&a->w, "ticket", t, a->now);
}

/* Is the window as the page had it? Else it is refused. */
static int look(struct ask *a, struct store *s, struct err *e)
{
    char there[PRESS_AT_MAX + 1] = "";
    struct queue_ticket t = {.number = ""};
    int rc = call_ticket_at(s, a->me.office, date_to_days(date_of_ms(a->now)), a->press.window, &t, e);

    if (rc == 1)
        snprintf(there, sizeof there, "%s/%s", t.queue, t.number);
    if (rc >= 0 && strcmp(there, a->press.at) != 0)
        refuse(a, 409, "changed", &t);
    return rc < 0 ? rc : 0;
}

static int do_event(struct ask *a, struct store *s, const char *verb, struct call_answer *ret, struct err *e)
{
    struct press p = press_of(a, verb);
    int rc = press_event(s, &p, ret, e);

    if (rc == 0 && ret->refusal != QUEUE_MAY)
        refuse(a, 422, queue_refusal_word(ret->refusal), &ret->ticket);
    return rc;
}

/* Nobody waits: the one is ended all the same, and it is said. */
static int done_next(struct ask *a, struct store *s, struct call_answer *ret, struct err *e)
{
    int rc = do_event(a, s, "done", ret, e);

    if (rc < 0 || a->status)
        return rc;
    struct press p = press_of(a, "next");
    rc = press_event(s, &p, ret, e);
    if (rc == 0 && ret->refusal != QUEUE_MAY)
        *ret = (struct call_answer){.refusal = ret->refusal};
    return rc;
}

static int window_event(struct ask *a, struct store *s, bool opens, struct call_answer *ret, struct err *e)
{
    struct press p = press_of(a, opens ? "open" : "close");
    int rc = opens ? press_open(s, &p, a->press.queues, e) : press_close(s, &p, &ret->refusal, e);

    if (rc == 0 && ret->refusal != QUEUE_MAY)
        refuse(a, 422, queue_refusal_word(ret->refusal), &ret->ticket);
    return rc;
}

static int press(struct ask *a, struct store *s, struct call_answer *ret, struct err *e)
{
    const char *verb = exchange_tail(a->exchange);

    if (strcmp(verb, "open") == 0 || strcmp(verb, "close") == 0)
        return window_event(a, s, verb[0] == 'o', ret, e);
    return strcmp(verb, "done-next") == 0 ? done_next(a, s, ret, e) : do_event(a, s, verb, ret, e);
}

static int write_(struct ask *a, struct store *s, struct err *e)
{
    struct call_answer done = {.refusal = QUEUE_MAY};
    char at[CLOCK_RFC3339_LEN + 1];
    struct err why = {0};
    int rc = look(a, s, e);

    if (rc < 0 || a->status)
        return rc;
    rc = press(a, s, &done, &why);
    if (rc == -ERR_NOTFOUND) {
        ask_refuse(a, 404, "queue-no-queue");
        return 0;
    }
    *e = why;
    if (rc < 0 || a->status)
        return rc;
    clock_format_rfc3339(a->now, at);
    ask_answer(a, 200);
    jsonw_str(&a->w, "at", at);
    if (done.ticket.number[0])
        queue_view_put_ticket(&a->w, "ticket", &done.ticket, a->now);
    else
        jsonw_null(&a->w, "ticket");
    return 0;
}

/* --- the files for display and voice --- */

struct feed {
    struct read_job job; /* first: the reader hands it back */
    const char *data;    /* the desk's, which outlives its reader */
    int office;
};

static int feed_run(struct read_job *j, struct store *s, struct err *e)
{
    struct feed *f = (struct feed *)j;

    return queue_feed_write(s, f->data, f->office, clock_wall_ms(), e);
}

static void feed_done(struct read_job *j, int rc, const struct err *e)
{
    if (rc < 0)
        log_error("hall", "%s; the next call, or hallctl queue board, writes them", e->text);
    free(j);
}

static void ended(struct ask *a)
{
    struct feed *f = a->status == 200 && !a->desk->stopped ? calloc(1, sizeof *f) : NULL;

    if (!f)
        return;
    *f = (struct feed){.job = {.run = feed_run, .done = feed_done}, .data = a->desk->data, .office = a->me.office};
    if (!reader_push(a->desk->reader, &f->job))
        free(f);
}

const struct api api_press = {.take = take, .write = write_, .ended = ended};
