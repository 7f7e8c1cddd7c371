/* SPDX-License-Identifier: Apache-2.0
 *
 * One batch at a time. An error of any kind keeps the records and waits; the hall's own word (409) moves the place.
 */
#include "sync/deliver.h"

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/log.h"
#include "journal/outbox.h"
#include "sync/backoff.h"

#define TIMEOUT_S 30

struct deliver {
    struct http *http;
    struct state *state;
    struct deliver_events events;
    void *ctx;
    char journal[512];
    struct outbox *outbox; /* NULL until there is a journal */
    uint64_t acked;
    struct buf batch;
    uint64_t batch_first, batch_last;
    struct http_request *request; /* under way */
    struct backoff backoff;
    struct loop_timer *timer;
    bool forked;
};

static void send_next(struct deliver *d);

static void retry_later(struct deliver *d)
{
    loop_timer_start(d->timer, backoff_next(&d->backoff));
}

/* --- the hall's answer --- */

static void set_acked(struct deliver *d, uint64_t seq)
{
    struct err e = {0};
    if (seq == d->acked)
        return;
    if (seq < d->acked)
        log_warn("deliver", "the hall has records up to %llu, not %llu: sending again", (unsigned long long)seq,
                 (unsigned long long)d->acked);
    d->acked = seq;
    int rc = state_set(d->state, STATE_ACKED, (int64_t)seq, &e);
    if (!rc && (int64_t)seq > state_get(d->state, STATE_HIGHEST))
        rc = state_set(d->state, STATE_HIGHEST, (int64_t)seq, &e);
    if (rc)
        log_warn("deliver", "%s", e.text);
    d->events.acked(d->ctx, seq);
}

static void on_fork(struct deliver *d, uint64_t seq)
{
    d->forked = true;
    log_error("deliver", "the hall holds another record %llu of this terminal; delivery stops until staff look into it",
              (unsigned long long)seq);
}

static void take_answer(struct deliver *d, const struct batch_answer *a)
{
    switch (a->kind) {
    case BATCH_STORED:
        backoff_reset(&d->backoff);
        set_acked(d, a->seq);
        send_next(d);
        break;
    case BATCH_RESEND:
        if (a->seq + 1 == d->batch_first) {
            /* it wants exactly what it was just sent: asking again at once would never end */
            log_warn("deliver", "the hall did not take records from %llu on", (unsigned long long)d->batch_first);
            retry_later(d);
            break;
        }
        set_acked(d, a->seq);
        send_next(d);
        break;
    case BATCH_FORK:
        on_fork(d, a->seq);
        break;
    }
}

static void on_answer(void *ctx, const struct http_answer *a, const struct err *why)
{
    struct deliver *d = ctx;
    struct batch_answer answer;
    struct err e = {0};
    d->request = NULL;
    int rc = 0;
    if (!a)
        e = *why;
    else
        rc = batch_answer_decode(a->status, a->data, a->len, &answer, &e);
    if (a && !rc && answer.seq > d->batch_last && answer.kind == BATCH_STORED)
        rc = err_set(&e, ERR_PROTOCOL, "the hall acknowledges records that were not sent");
    d->events.outcome(d->ctx, !a ? HTTP_UNREACHED : rc ? HTTP_REFUSED : HTTP_WORKED);
    if (!a || rc) {
        log_warn("deliver", "records from %llu on: %s", (unsigned long long)d->batch_first, e.text);
        retry_later(d);
        return;
    }
    take_answer(d, &answer);
}

/* --- sending --- */

/* False: there is no journal yet, or it cannot be read now. */
static bool open_journal(struct deliver *d)
{
    struct err e = {0};
    if (d->outbox)
        return true;
    int rc = outbox_open(d->journal, &d->outbox, &e);
    if (!rc)
        return true;
    if (rc != -ERR_NOTFOUND)
        log_warn("deliver", "%s", e.text);
    retry_later(d);
    return false;
}

static void post(struct deliver *d)
{
    const struct http_call call = {.method = "POST",
                                   .path = "/v1/records",
                                   .type = "application/octet-stream",
                                   .body = d->batch.data,
                                   .body_len = d->batch.len,
                                   .timeout_s = TIMEOUT_S};
    d->request = http_start(d->http, &call, on_answer, d);
    if (!d->request)
        retry_later(d);
}

static void send_next(struct deliver *d)
{
    struct err e = {0};
    if (d->forked || !open_journal(d))
        return;
    d->batch_first = d->acked + 1;
    int rc = outbox_batch(d->outbox, d->batch_first, &d->batch, &d->batch_last, &e);
    if (rc) {
        log_warn("deliver", "%s", e.text);
        outbox_close(d->outbox);
        d->outbox = NULL;
        retry_later(d);
    } else if (d->batch_last >= d->batch_first) {
        post(d);
    }
}

static void on_timer(void *ctx)
{
    struct deliver *d = ctx;
    if (!d->request)
        send_next(d);
}

void deliver_wake(struct deliver *d)
{
    backoff_reset(&d->backoff);
    if (d->request)
        return; /* after an answer the next batch is looked for anyway; after a failure the timer starts short */
    loop_timer_stop(d->timer);
    send_next(d);
}

bool deliver_forked(const struct deliver *d)
{
    return d->forked;
}

int deliver_create(struct loop *l, struct http *h, struct state *s, const char *data_dir,
                   const struct deliver_events *events, void *ctx, struct deliver **ret, struct err *e)
{
    struct deliver *d = calloc(1, sizeof *d);
    if (!d)
        return err_set(e, ERR_NOMEM, "delivery");
    if (fs_join(d->journal, sizeof d->journal, data_dir, "journal")) {
        free(d);
        return err_set(e, ERR_TOOLONG, "%s", data_dir);
    }
    d->http = h;
    d->state = s;
    d->events = *events;
    d->ctx = ctx;
    d->acked = (uint64_t)state_get(s, STATE_ACKED);
    buf_init(&d->batch, BATCH_BYTES_MAX);
    d->timer = loop_add_timer(l, on_timer, d);
    loop_timer_start(d->timer, 0);
    *ret = d;
    return 0;
}

void deliver_destroy(struct deliver *d)
{
    if (!d)
        return;
    http_cancel(d->request);
    loop_timer_remove(d->timer);
    outbox_close(d->outbox);
    buf_finish(&d->batch);
    free(d);
}
