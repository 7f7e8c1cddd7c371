/* SPDX-License-Identifier: Apache-2.0
 *
 * One request at a time, from sync.db to the hall and back.
 */
#include "sync/lease.h"

#include <stdlib.h>

#include "base/log.h"
#include "sync/backoff.h"
#include "sync/state_lease.h"
#include "wire/record.h"

#define TIMEOUT_S 30
#define TOLD_MAX 320 /* more than kiosk keeps */

struct lease_client {
    struct http *http;
    struct state *state;
    struct lease_events events;
    void *ctx;
    struct lease asked; /* under way */
    struct http_request *request;
    struct backoff backoff;
    struct loop_timer *timer;
};

static void send_next(struct lease_client *c);

/* What the answer means. *ret_final: asking again would not help. */
static int read_answer(struct lease_client *c, const struct http_answer *a, struct lease *ret, bool *ret_final,
                       struct err *e)
{
    *ret_final = http_final(a->status);
    if (a->status != 200)
        return err_set(e, ERR_REFUSED, "HTTP status %d", a->status);
    int rc = lease_answer_decode(a->data, a->len, ret, e);
    if (rc == 0 && !lease_same(ret, &c->asked))
        rc = err_set(e, ERR_PROTOCOL, "the answer is to another request");
    return rc;
}

static void tell(struct lease_client *c, const struct lease *l)
{
    struct buf answer;
    buf_init(&answer, LEASE_BYTES_MAX);
    lease_answer_encode(l, &answer);
    c->events.held(c->ctx, buf_str(&answer));
    c->events.told(c->ctx);
    buf_finish(&answer);
}

static void on_answer(void *ctx, const struct http_answer *a, const struct err *why)
{
    struct lease_client *c = ctx;
    struct lease l;
    struct err e = {0};
    bool final = false;
    int rc = -ERR_UNREACHABLE;
    c->request = NULL;
    if (a)
        rc = read_answer(c, a, &l, &final, &e);
    c->events.outcome(c->ctx, !a ? HTTP_UNREACHED : rc ? HTTP_REFUSED : HTTP_WORKED);
    if (rc == 0)
        rc = state_lease_granted(c->state, &l, &e);
    if (rc == 0 || final) {
        backoff_reset(&c->backoff);
        if (final)
            state_lease_refused(c->state, &c->asked, NULL);
    }
    if (rc)
        log_warn("lease", "numbers of %s: %s", c->asked.queue, a ? e.text : why->text);
    else
        tell(c, &l);
    if (rc && !final)
        loop_timer_start(c->timer, backoff_next(&c->backoff));
    else
        send_next(c);
}

static void post(struct lease_client *c)
{
    struct buf body;
    buf_init(&body, LEASE_BYTES_MAX);
    lease_request_encode(&c->asked, &body);
    const struct http_call call = {.method = "POST",
                                   .path = "/v1/lease",
                                   .type = "application/json",
                                   .body = body.data,
                                   .body_len = body.len,
                                   .timeout_s = TIMEOUT_S};
    c->request = http_start(c->http, &call, on_answer, c);
    if (!c->request)
        loop_timer_start(c->timer, backoff_next(&c->backoff));
    buf_finish(&body);
}

static void send_next(struct lease_client *c)
{
    struct err e = {0};
    int rc = c->request ? 0 : state_lease_open(c->state, &c->asked, &e);
    if (rc < 0)
        log_warn("lease", "%s", e.text);
    else if (rc == 1)
        post(c);
}

static void on_timer(void *ctx)
{
    send_next(ctx);
}

void lease_wake(struct lease_client *c)
{
    backoff_reset(&c->backoff);
    if (c->request)
        return;
    loop_timer_stop(c->timer);
    send_next(c);
}

void lease_repeat(struct lease_client *c, const char *day)
{
    struct err e = {0};
    struct date d;
    if (record_day_parse(day, &d) && state_lease_each(c->state, d, TOLD_MAX, c->events.held, c->ctx, &e))
        log_warn("lease", "%s", e.text);
    c->events.told(c->ctx);
}

void lease_want(struct lease_client *c, const char *queue, const char *day)
{
    struct err e = {0};
    struct date d;
    if (!queue_id_valid(queue) || !record_day_parse(day, &d))
        return;
    if (state_lease_ask(c->state, queue, d, &e))
        log_warn("lease", "%s", e.text);
    else if (loop_timer_left(c->timer) < 0) /* while it runs, the hall was away a moment ago */
        send_next(c);
}

int lease_create(struct loop *l, struct http *h, struct state *s, const struct lease_events *events, void *ctx,
                 struct lease_client **ret, struct err *e)
{
    struct lease_client *c = calloc(1, sizeof *c);
    if (!c)
        return err_set(e, ERR_NOMEM, "leases");
    c->http = h;
    c->state = s;
    c->events = *events;
    c->ctx = ctx;
    c->timer = loop_add_timer(l, on_timer, c);
    loop_timer_start(c->timer, 0);
    *ret = c;
    return 0;
}

void lease_destroy(struct lease_client *c)
{
    if (!c)
        return;
    http_cancel(c->request);
    loop_timer_remove(c->timer);
    free(c);
}
