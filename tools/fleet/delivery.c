/* SPDX-License-Identifier: Apache-2.0
 *
 * One batch at a time.
 */
#include "tools/fleet/delivery.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "sync/backoff.h"

#define POST_TIMEOUT_S 30 /* kiosk-sync's */

struct delivery {
    struct stage *stage;
    const struct roll_entry *entry;
    struct ledger *ledger;
    struct link *link;
    struct backoff backoff;
    struct event *again; /* after a failure */
    bool online, contradicted;
    int64_t sent_us;
    size_t sent; /* records under way */
};

/* --- sending --- */

/* What it wrote when it was switched on goes out at once; all else when the day has begun. */
static bool next_batch(const struct delivery *d, struct batch *ret)
{
    if (d->stage->day_began_us)
        return ledger_batch(d->ledger, (size_t)d->stage->plan->batch, ret);
    return ledger_acknowledged(d->ledger) == 0 && ledger_batch(d->ledger, 1, ret);
}

void delivery_wake(struct delivery *d)
{
    struct batch batch;
    struct buf bytes;
    struct err e = {0};

    if (!d->online || d->contradicted || link_busy(d->link) || event_pending(d->again, EV_TIMEOUT, NULL) ||
        !next_batch(d, &batch))
        return;
    buf_init(&bytes, BATCH_BYTES_MAX);
    if (batch_encode(&batch, &bytes, &e) < 0) {
        log_error("fleet", "%s: %s", d->entry->id, e.text);
        d->contradicted = true;
        d->stage->figures->contradicted++;
    } else {
        const struct link_request q = {.method = "POST",
                                       .path = "/v1/records",
                                       .type = "application/octet-stream",
                                       .body = bytes.data,
                                       .len = bytes.len,
                                       .timeout_s = POST_TIMEOUT_S};

        d->sent = batch.n;
        d->sent_us = clock_measure_us();
        link_ask(d->link, &q);
    }
    buf_finish(&bytes);
}

/* --- the hall's answer --- */

static void note(void *ctx, const struct ledger_record *r)
{
    const struct delivery *d = ctx;
    char epoch[2 * EPOCH_LEN + 1], hash[2 * HASH_LEN + 1];

    if (!d->stage->acknowledged)
        return;
    hex_encode(d->entry->epoch, EPOCH_LEN, epoch);
    hex_encode(r->hash, HASH_LEN, hash);
    fprintf(d->stage->acknowledged, "%s\t%s\t%llu\t%s\t%s\t%s\n", d->entry->id, epoch, (unsigned long long)r->seq, hash,
            r->kind, r->number);
}

/* The hall's word: believed only when it is signed and fits. */
static bool take_word(struct delivery *d, const struct batch_answer *answer)
{
    struct figures *f = d->stage->figures;
    struct err e = {0};
    int rc = -ERR_SIGNATURE;

    if (answer->kind == BATCH_FORK)
        err_set(&e, ERR_FORK, "the hall says its record %llu is another one", (unsigned long long)answer->ack.seq);
    else if (!trust_believes(d->stage->trust, d->entry->id, d->entry->epoch, &answer->ack))
        err_set(&e, ERR_SIGNATURE, "a word that the hall did not sign");
    else
        rc = ledger_acknowledge(d->ledger, &answer->ack, note, d, &e);
    if (rc < 0) {
        log_error("fleet", "%s: %s", d->entry->id, e.text);
        d->contradicted = true;
        f->contradicted++;
        return false;
    }
    f->acknowledged += (uint64_t)rc;
    return true;
}

static void on_stored(struct delivery *d, const struct batch_answer *answer)
{
    struct figures *f = d->stage->figures;

    f->batches++;
    f->delivered += d->sent;
    spread_add(&f->latency, clock_measure_us() - d->sent_us);
    backoff_reset(&d->backoff);
    if (take_word(d, answer))
        delivery_wake(d);
}

/* From where the hall says; at once only the first time. */
static void on_resend(struct delivery *d, const struct batch_answer *answer)
{
    bool first = d->backoff.failures == 0;

    d->stage->figures->resent++;
    if (!take_word(d, answer))
        return;
    int64_t wait = backoff_next(&d->backoff);

    if (first)
        delivery_wake(d);
    else
        stage_after(d->again, wait * 1000);
}

static void on_delivered(void *ctx, const struct link_answer *a)
{
    struct delivery *d = ctx;
    struct batch_answer answer;

    if (a->outcome != LINK_ANSWERED || batch_answer_decode(a->status, a->data, a->len, &answer, NULL) < 0) {
        figures_fail(d->stage->figures, a);
        stage_after(d->again, backoff_next(&d->backoff) * 1000);
    } else if (answer.kind == BATCH_STORED) {
        on_stored(d, &answer);
    } else {
        on_resend(d, &answer);
    }
}

static void on_again(evutil_socket_t fd, short what, void *ctx)
{
    delivery_wake(ctx);
}

/* --- from its beginning to its end --- */

void delivery_online(struct delivery *d, bool online)
{
    d->online = online;
    event_del(d->again);
    backoff_reset(&d->backoff);
    if (online)
        delivery_wake(d);
    else
        link_drop(d->link);
}

bool delivery_failed(const struct delivery *d)
{
    return d->contradicted;
}

int delivery_create(struct stage *stage, const struct roll_entry *entry, uint32_t number, struct ledger *ledger,
                    struct delivery **ret, struct err *e)
{
    struct delivery *d = calloc(1, sizeof *d);

    if (!d)
        return err_set(e, ERR_NOMEM, "deliveries");
    *d = (struct delivery){.stage = stage, .entry = entry, .ledger = ledger};
    d->link = link_create(stage->links, entry->credential, number, on_delivered, d);
    d->again = event_new(stage->base, -1, 0, on_again, d);
    if (!d->link || !d->again) {
        delivery_destroy(d);
        return err_set(e, ERR_NOMEM, "deliveries");
    }
    *ret = d;
    return 0;
}

void delivery_destroy(struct delivery *d)
{
    if (!d)
        return;
    link_destroy(d->link);
    if (d->again)
        event_free(d->again);
    free(d);
}
