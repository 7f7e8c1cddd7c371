/* SPDX-License-Identifier: Apache-2.0
 *
 * One batch at a time. An error of any kind keeps the records and waits; the hall's own word (409) moves the place.
 */
#include "sync/deliver.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "catalog/verify.h"
#include "journal/outbox.h"
#include "sync/backoff.h"

#define TIMEOUT_S 30
#define SETTLE_MS 1000 /* kiosk verifies each word it is told: in a long burst so often */

struct deliver {
    struct http *http;
    struct state *state;
    struct deliver_events events;
    void *ctx;
    char data[480], journal[512];
    const struct terminal_config *terminal;
    struct manifest_root root; /* whose keys sign the hall's words; version 0: not read yet */
    struct outbox *outbox;     /* NULL until there is a journal */
    uint64_t acked;            /* the hall's place, as far as it fits the journal */
    struct ack word;           /* what said so; seq 0: nothing since the last settling */
    int64_t settled_at;        /* monotonic */
    struct ack other;          /* the last answer, when it contradicted the journal: */
    bool contradicted;
    struct buf batch;
    uint64_t batch_first, batch_last;
    struct http_request *request; /* under way */
    struct backoff backoff;
    struct loop_timer *timer;
};

static void send_next(struct deliver *d);

static void retry_later(struct deliver *d)
{
    loop_timer_start(d->timer, backoff_next(&d->backoff));
}

/* --- the hall's word --- */

/* True: it is signed by the hall, or this terminal's root is from before there were such keys. */
static bool verified(struct deliver *d, const struct ack *a)
{
    struct err e = {0};
    for (int i = 0; i < 2; i++) {
        /* the second time with the root of today: kiosk may have taken a newer one */
        if ((i || !d->root.version) && verify_root(d->data, &d->root, NULL, &e))
            break;
        if (!d->root.acknowledgement.n ||
            !ack_verify(&d->root.acknowledgement, d->terminal->terminal, d->terminal->epoch, a, &e))
            return true;
    }
    log_warn("deliver", "%s", e.text);
    return false;
}

static void keep(struct deliver *d)
{
    struct err e = {0};
    int rc = state_set(d->state, STATE_ACKED, (int64_t)d->acked, &e);
    if (rc == 0)
        rc = state_word_keep(d->state, &d->word, &e);
    if (rc)
        log_warn("deliver", "%s", e.text);
}

/* Makes sure of the newest word, keeps the place and tells kiosk. False: it is not the hall's, and nothing since the last
 * time counts. */
static bool settle(struct deliver *d)
{
    if (!d->word.seq)
        return true;
    bool good = verified(d, &d->word);
    if (good) {
        keep(d);
        d->events.word(d->ctx, &d->word);
    } else {
        d->acked = (uint64_t)state_get(d->state, STATE_ACKED);
        d->events.acked(d->ctx, d->acked);
    }
    d->word.seq = 0;
    d->settled_at = clock_mono_ms();
    return good;
}

/* 0: the journal has this record with this hash; 1: it has not. */
static int contradicts(struct deliver *d, const struct ack *a, struct err *e)
{
    uint8_t own[HASH_LEN];
    if (!a->seq)
        return 0;
    int rc = outbox_hash(d->outbox, a->seq, own, e);
    if (rc == -ERR_NOTFOUND)
        return 1;
    return rc ? rc : memcmp(own, a->hash, HASH_LEN) != 0;
}

static void move(struct deliver *d, const struct ack *a)
{
    if (a->seq < d->acked)
        log_warn("deliver", "the hall has records up to %llu, not %llu: sending again", (unsigned long long)a->seq,
                 (unsigned long long)d->acked);
    d->contradicted = false;
    d->acked = a->seq;
    d->word = *a;
    d->events.acked(d->ctx, d->acked);
}

/* --- the hall's answer --- */

static void on_contradiction(struct deliver *d, const struct ack *a)
{
    log_error("deliver",
              "the hall says it holds a record %llu that this journal has otherwise or not at all: trying on slowly",
              (unsigned long long)a->seq);
    d->contradicted = true;
    d->other = *a;
    d->events.word(d->ctx, a);
    loop_timer_start(d->timer, BACKOFF_MAX_MS);
}

static void on_resend(struct deliver *d, const struct ack *a)
{
    bool same = a->seq + 1 == d->batch_first, first = d->backoff.failures == 0;
    int64_t wait = backoff_next(&d->backoff);
    if (same)
        log_warn("deliver", "the hall did not take records from %llu on", (unsigned long long)d->batch_first);
    move(d, a);
    /* asking again at once what was just answered would never end */
    if (first && !same)
        send_next(d);
    else
        loop_timer_start(d->timer, wait);
}

static void on_stored(struct deliver *d, const struct ack *a)
{
    backoff_reset(&d->backoff);
    move(d, a);
    if (clock_mono_ms() - d->settled_at >= SETTLE_MS && !settle(d))
        retry_later(d);
    else
        send_next(d);
}

/* What the answer is worth: 0, 1 when it contradicts the journal, negative when it is none. */
static int read_answer(struct deliver *d, const struct http_answer *a, struct batch_answer *ret, struct err *e)
{
    int rc = batch_answer_decode(a->status, a->data, a->len, ret, e);
    if (rc == 0 && ret->kind == BATCH_STORED && ret->ack.seq != d->batch_last)
        rc = err_set(e, ERR_PROTOCOL, "the hall acknowledges other records than were sent");
    if (rc == 0)
        rc = contradicts(d, &ret->ack, e);
    return rc == 0 && ret->kind == BATCH_FORK ? 1 : rc;
}

static void on_answer(void *ctx, const struct http_answer *a, const struct err *why)
{
    struct deliver *d = ctx;
    struct batch_answer answer;
    struct err e = {0};
    d->request = NULL;
    int rc = a ? read_answer(d, a, &answer, &e) : -ERR_UNREACHABLE;
    d->events.outcome(d->ctx, !a ? HTTP_UNREACHED : rc ? HTTP_REFUSED : HTTP_WORKED);
    if (rc < 0) {
        log_warn("deliver", "records from %llu on: %s", (unsigned long long)d->batch_first, a ? e.text : why->text);
        retry_later(d);
    } else if (rc == 1) {
        on_contradiction(d, &answer.ack);
    } else if (answer.kind == BATCH_STORED) {
        on_stored(d, &answer.ack);
    } else {
        on_resend(d, &answer.ack);
    }
}

/* --- sending --- */

/* False: there is no journal yet, or it cannot be read now. */
static bool open_journal(struct deliver *d)
{
    struct err e = {0};
    if (d->outbox)
        return true;
    int rc = outbox_open(d->journal, &d->outbox, &e);
    if (rc == 0)
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
    if (!open_journal(d))
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
    } else if (!settle(d)) {
        retry_later(d);
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
    if (d->contradicted && loop_timer_left(d->timer) >= 0)
        return;
    backoff_reset(&d->backoff);
    if (d->request)
        return; /* after an answer the next batch is looked for anyway; after a failure the timer starts short */
    loop_timer_stop(d->timer);
    send_next(d);
}

void deliver_repeat(struct deliver *d)
{
    struct err e = {0};
    struct ack kept;
    int rc = state_word(d->state, &kept, &e);
    if (rc < 0)
        log_warn("deliver", "%s", e.text);
    if (rc == 1)
        d->events.word(d->ctx, &kept);
    if (d->contradicted)
        d->events.word(d->ctx, &d->other);
}

int deliver_create(struct loop *l, struct http *h, struct state *s, const char *data_dir, const char *journal,
                   const struct terminal_config *terminal, const struct deliver_events *events, void *ctx,
                   struct deliver **ret, struct err *e)
{
    struct deliver *d = calloc(1, sizeof *d);
    if (!d)
        return err_set(e, ERR_NOMEM, "delivery");
    if (fs_join(d->data, sizeof d->data, data_dir, ".") || fs_join(d->journal, sizeof d->journal, data_dir, journal)) {
        free(d);
        return err_set(e, ERR_TOOLONG, "%s", data_dir);
    }
    d->http = h;
    d->state = s;
    d->terminal = terminal;
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
