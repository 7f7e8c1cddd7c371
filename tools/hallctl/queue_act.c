/* SPDX-License-Identifier: Apache-2.0
 *
 * What a window does with tickets: one event, judged on what is there inside the transaction. Whoever was slower is judged
 * on that again. What is refused changes nothing.
 */
#include <stdio.h>
#include <string.h>

#include "tools/hall/calling/press.h"
#include "tools/hallctl/queue.h"

#define TRIES 20 /* as many windows may press at one moment */

struct act {
    struct store *store;
    const struct queue_options *options;
    struct press press;
    struct call_answer answer;
};
typedef int step_fn(struct act *a, struct err *e);

static int try_once(struct act *a, step_fn *step, struct err *e)
{
    int rc = store_begin(a->store, e);

    if (rc < 0)
        return rc;
    rc = step(a, e);
    if (rc == 0 && a->answer.refusal == QUEUE_MAY)
        return store_commit(a->store, e);
    store_rollback(a->store);
    return rc;
}

/* Durable, or refused, or an error. */
static int do_step(struct act *a, step_fn *step, struct err *e)
{
    int rc = -ERR_RETRY;

    for (int i = 0; rc == -ERR_RETRY && i < TRIES; i++) {
        *e = (struct err){0};
        rc = try_once(a, step, e);
    }
    return err_wrap(e, rc, "%s: nothing was changed", a->options->verb);
}

/* --- what is said --- */

static enum queue_state state_now(const struct act *a)
{
    return queue_ticket_state(&a->answer.ticket, date_to_days(date_of_ms(a->options->at_ms)));
}

static void put_ticket(struct jsonw *w, const struct act *a)
{
    const struct queue_ticket *t = &a->answer.ticket;

    if (!t->number[0])
        return;
    jsonw_str(w, "queue", t->queue);
    jsonw_str(w, "number", t->number);
    jsonw_str(w, "state", queue_state_word(state_now(a)));
    jsonw_str(w, "waits_in", t->line);
    jsonw_str(w, "class", queue_class_word(t->class));
    if (t->window)
        jsonw_int(w, "window", t->window);
}

static int say_refused(const struct act *a)
{
    enum queue_refusal why = a->answer.refusal;
    const struct queue_ticket *t = &a->answer.ticket;
    struct hallctl_object o;
    char which[80] = "", where[40] = "";

    if (t->number[0])
        snprintf(which, sizeof which, "%s of %s: ", t->number, t->queue);
    if (t->number[0] && t->window && (why == QUEUE_REFUSAL_CALLED || why == QUEUE_REFUSAL_SERVING))
        snprintf(where, sizeof where, " to window %d", t->window);
    fprintf(stderr, "hallctl: %s: not done: %s%s%s. Nothing was changed. %s\n", a->options->verb, which,
            queue_refusal_what(why), where, queue_refusal_remedy(why));
    if (a->options->json) {
        hallctl_object_open(&o);
        put_ticket(&o.w, a);
        jsonw_str(&o.w, "refused", queue_refusal_word(why));
        jsonw_str(&o.w, "words", queue_refusal_what(why));
        jsonw_str(&o.w, "remedy", queue_refusal_remedy(why));
        hallctl_object_print(&o);
    }
    return why == QUEUE_REFUSAL_NOBODY || why == QUEUE_REFUSAL_UNKNOWN ? EXIT_NOT_FOUND : EXIT_REFUSED;
}

/* "general A 032", and what a clerk has to tell or do. */
static void say_done(const struct act *a)
{
    const struct queue_ticket *t = &a->answer.ticket;
    struct hallctl_object o;

    if (a->options->json) {
        hallctl_object_open(&o);
        put_ticket(&o.w, a);
        hallctl_object_print(&o);
        return;
    }
    printf("%s %s", t->queue, t->number);
    if (t->state == QUEUE_WAITING && a->press.call.kind == QUEUE_EVENT_TRANSFER)
        printf(" waits in %s", t->line);
    else if (t->state == QUEUE_WAITING)
        printf(t->class == QUEUE_CLASS_RETURNED ? " is next" : " waits behind all others: too many were called since");
    else if (a->press.call.kind != QUEUE_EVENT_CALL && a->press.call.kind != QUEUE_EVENT_ENTER)
        printf(" %s", queue_state_word(t->state));
    putchar('\n');
}

/* --- events --- */

static int event(struct act *a, struct err *e)
{
    return press_event(a->store, &a->press, &a->answer, e);
}

/* next: the call of whoever it is; call without a window: entered. The other verbs are events. */
static enum queue_event_kind kind_of(const struct queue_options *o)
{
    enum queue_event_kind kind = QUEUE_EVENT_CALL;

    if (strcmp(o->verb, "call") == 0)
        return o->window_n ? QUEUE_EVENT_CALL : QUEUE_EVENT_ENTER;
    queue_event_by_word(o->verb, &kind);
    return kind;
}

static struct act act_of(struct store *s, const struct queue_options *o)
{
    return (struct act){.store = s,
                        .options = o,
                        .press = {.verb = o->verb,
                                  .by = hallctl_who(),
                                  .call = {.office = o->office_n,
                                           .kind = kind_of(o),
                                           .window = o->window_n,
                                           .staff = o->staff ? o->staff : "",
                                           .at = o->at_ms,
                                           .queue = o->queue,
                                           .number = o->number,
                                           .to = o->to}}};
}

int queue_verb_act(struct store *s, const struct queue_options *o)
{
    struct act a = act_of(s, o);
    struct err e = {0};

    if (do_step(&a, event, &e) < 0)
        return hallctl_fail(&e);
    if (a.answer.refusal != QUEUE_MAY)
        return say_refused(&a);
    queue_renew(s, o);
    say_done(&a);
    return EXIT_OK;
}

/* --- windows --- */

static int open_window(struct act *a, struct err *e)
{
    int rc = queue_need_office(a->store, a->options->office_n, e);

    return rc == 0 ? press_open(a->store, &a->press, a->options->queues, e) : rc;
}

static int close_window(struct act *a, struct err *e)
{
    return press_close(a->store, &a->press, &a->answer.refusal, e);
}

static int do_window(struct store *s, const struct queue_options *o, step_fn *step)
{
    struct act a = act_of(s, o);
    struct hallctl_object answer;
    struct err e = {0};

    if (do_step(&a, step, &e) < 0)
        return hallctl_fail(&e);
    if (a.answer.refusal != QUEUE_MAY)
        return say_refused(&a);
    queue_renew(s, o);
    if (!o->json) {
        printf("window %d %s%s\n", o->window_n, step == open_window ? "serves " : "is closed", o->queues);
        return EXIT_OK;
    }
    hallctl_object_open(&answer);
    jsonw_int(&answer.w, "window", o->window_n);
    jsonw_bool(&answer.w, "open", step == open_window);
    hallctl_object_print(&answer);
    return EXIT_OK;
}

int queue_verb_open(struct store *s, const struct queue_options *o)
{
    return do_window(s, o, open_window);
}

int queue_verb_close(struct store *s, const struct queue_options *o)
{
    return o->queue ? queue_pause_day(s, o) : do_window(s, o, close_window);
}
