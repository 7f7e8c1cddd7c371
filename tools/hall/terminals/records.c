/* SPDX-License-Identifier: Apache-2.0
 *
 * POST /v1/records (wire/batch.h): records go in once, in order, or the answer says from where to send again. A record whose
 * place in the chain and whose signed head verify is never refused, whatever it holds: it is marked for staff.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "tools/hall/store/take.h"
#include "tools/hall/terminals/hall.h"
#include "wire/batch.h"
#include "wire/record.h"

struct intake {
    struct write_job job; /* first: the writer hands it back */
    struct hall *hall;
    struct exchange *exchange;
    int office;
    char terminal[TERMINAL_ID_MAX + 1];
    struct buf bytes; /* what batch and records point into */
    struct batch batch;
    struct store_place from;
    int64_t received;
    struct store_record records[BATCH_RECORDS_MAX];

    bool moved, tickets; /* result of a run */
    struct store_place now;
    struct ack word; /* for `now`: signed in the writer's thread */
};

static void intake_free(struct intake *in)
{
    buf_finish(&in->bytes);
    free(in);
}

/* --- answers --- */

/* The hall's word that record `seq` is stored with this hash. */
static int give_word(const struct intake *in, uint64_t seq, const uint8_t hash[HASH_LEN], struct ack *ret, struct err *e)
{
    struct ack a = {.seq = seq};
    struct buf msg;
    memcpy(a.hash, hash, HASH_LEN);
    buf_init(&msg, ACK_BYTES_MAX);
    int rc = ack_message(in->terminal, in->batch.epoch, &a, &msg);
    if (!rc)
        rc = signer_sign(in->hall->signer, ACK_PREFIX, msg.data, msg.len, &a.by, e);
    buf_finish(&msg);
    if (!rc)
        *ret = a;
    return rc;
}

static void answer(struct exchange *x, enum batch_answer_kind kind, const struct ack *word)
{
    struct buf json;
    struct batch_answer a = {kind, *word};
    buf_init(&json, ACK_BYTES_MAX);
    batch_answer_encode(&a, &json);
    server_answer(x, kind == BATCH_STORED ? 200 : 409, "application/json", json.data, json.len);
    buf_finish(&json);
}

static void answer_place(const struct intake *in, enum batch_answer_kind kind, uint64_t seq, const uint8_t hash[HASH_LEN])
{
    struct ack word;
    struct err e = {0};
    if (give_word(in, seq, hash, &word, &e)) {
        log_error("hall", "%s", e.text);
        server_answer_error(in->exchange, 500, "the hall cannot sign");
        return;
    }
    answer(in->exchange, kind, &word);
}

static void alert_fork(const struct intake *in, uint64_t seq, const char *why)
{
    char detail[160];
    snprintf(detail, sizeof detail, "record %llu: %s; the first one is kept", (unsigned long long)seq, why);
    hall_alert(in->hall, in->office, in->terminal, "fork", detail);
}

/* `at`: a stored record that the terminal's journal has not, or not as it sent it. */
static void answer_fork(const struct intake *in, const struct store_place *at, const char *why)
{
    alert_fork(in, at->seq, why);
    answer_place(in, BATCH_FORK, at->seq, at->hash);
}

/* --- what a record is to staff --- */

static bool header_fits(const struct record_header *h, const struct intake *in, uint64_t seq)
{
    return !strcmp(h->terminal, in->terminal) && !memcmp(h->epoch, in->batch.epoch, EPOCH_LEN) && h->seq == seq;
}

static enum store_state body_state(const struct batch_record *r, bool wanted)
{
    uint8_t hash[HASH_LEN];
    sha256(r->body, r->body_len, hash);
    bool same = !memcmp(hash, r->body_hash, HASH_LEN);
    if (r->body_len == 0)
        return wanted || !same ? STORE_BODY_GONE : STORE_GOOD;
    return same ? STORE_GOOD : STORE_BODY_BAD;
}

/* What the queues need to know of a ticket. */
static void describe_ticket(struct store_record *out, const struct record_header *h)
{
    struct date day;
    if ((h->kind != RECORD_TICKET && h->kind != RECORD_TICKET_VOID) || !queue_id_valid(h->queue) ||
        !record_day_parse(h->day, &day))
        return;
    text_copy(out->queue, sizeof out->queue, h->queue);
    out->day = date_to_days(day);
}

static void describe(struct intake *in, size_t i, const uint8_t hash[HASH_LEN])
{
    const struct batch_record *r = &in->batch.records[i];
    struct store_record *out = &in->records[i];
    struct record_header h;
    uint64_t seq = in->batch.first + i;
    *out = (struct store_record){.seq = seq,
                                 .header = r->header,
                                 .header_len = r->header_len,
                                 .body = r->body,
                                 .body_len = r->body_len,
                                 .kind = "unreadable"};
    memcpy(out->hash, hash, HASH_LEN);
    memcpy(out->body_hash, r->body_hash, HASH_LEN);
    if (record_header_decode(r->header, r->header_len, &h, NULL) || !header_fits(&h, in, seq)) {
        out->state = STORE_HEADER_BAD;
        memcpy(out->id, hash, sizeof out->id); /* it needs a name; its place in the chain is one */
        return;
    }
    memcpy(out->id, h.id, sizeof out->id);
    snprintf(out->kind, sizeof out->kind, "%s", record_kind_word(h.kind));
    snprintf(out->number, sizeof out->number, "%s", h.number);
    out->at = h.at;
    out->clock_trusted = h.clock_trusted;
    out->state = body_state(r, record_kind_has_body(h.kind));
    describe_ticket(out, &h);
}

/* --- the chain --- */

/* The hash before the batch's first record. */
static int hash_before(struct intake *in, const struct terminal *t, uint8_t out[HASH_LEN], struct err *e)
{
    if (in->batch.first == t->stored.seq + 1) {
        memcpy(out, t->stored.hash, HASH_LEN);
        return 0;
    }
    if (in->batch.first > 1)
        return store_hash(in->hall->read, t->office, t->id, t->epoch, in->batch.first - 1, out, e);
    chain_start(t->id, t->epoch, &t->signing, out);
    return 0;
}

static void walk(struct intake *in, uint8_t hash[HASH_LEN])
{
    for (size_t i = 0; i < in->batch.n; i++) {
        const struct batch_record *r = &in->batch.records[i];
        chain_next(hash, r->header, r->header_len, r->body_hash, hash);
        describe(in, i, hash);
    }
}

/* 1 and *ret: the first record that is stored with another hash; 0: there is none. */
static int first_difference(const struct intake *in, const struct terminal *t, struct store_place *ret, struct err *e)
{
    for (size_t i = 0; i < in->batch.n && in->records[i].seq <= t->stored.seq; i++) {
        struct store_place at = {.seq = in->records[i].seq};
        int rc = store_hash(in->hall->read, t->office, t->id, t->epoch, at.seq, at.hash, e);
        if (rc)
            return rc;
        if (memcmp(at.hash, in->records[i].hash, HASH_LEN)) {
            *ret = at;
            return 1;
        }
    }
    return 0;
}

static int verify_head(struct intake *in, const struct registry_entry *entry, struct err *e)
{
    struct buf msg;
    buf_init(&msg, 256);
    int rc = chain_head_message(in->terminal, in->batch.epoch, &in->batch.head, &msg);
    if (!rc)
        rc = pki_verify(entry->verifier, CHAIN_HEAD_PREFIX, msg.data, msg.len, in->batch.head.signature,
                        in->batch.head.signature_len, e);
    buf_finish(&msg);
    return rc;
}

/* --- storing --- */

/* The word is given before COMMIT and goes out after it, or not at all. */
static int store_run(struct write_job *j, struct store *s, struct err *e)
{
    struct intake *in = (struct intake *)j;
    const struct take t = {.office = in->office,
                           .terminal = in->terminal,
                           .epoch = in->batch.epoch,
                           .from = &in->from,
                           .head = &in->batch.head,
                           .records = in->records,
                           .n = in->batch.n,
                           .received = in->received};
    int rc = take_batch(s, &t, &in->moved, &in->tickets, e);
    if (!rc && !in->moved)
        rc = store_chain(s, in->office, in->terminal, in->batch.epoch, &in->now, e);
    if (!rc && in->moved) {
        in->now.seq = in->batch.head.seq;
        memcpy(in->now.hash, in->batch.head.hash, HASH_LEN);
    }
    return rc ? rc : give_word(in, in->now.seq, in->now.hash, &in->word, e);
}

static void remember(struct intake *in)
{
    struct registry_entry *entry = registry_find(in->hall->registry, in->terminal);
    /* it may have enrolled anew meanwhile, with another journal */
    if (entry && !memcmp(entry->terminal.epoch, in->batch.epoch, EPOCH_LEN))
        entry->terminal.stored = in->now;
}

static void store_done(struct write_job *j, int rc, const struct err *e)
{
    struct intake *in = (struct intake *)j;
    if (rc == -ERR_EXISTS) {
        alert_fork(in, in->batch.first, "its id is known under another place");
        answer_place(in, BATCH_RESEND, in->from.seq, in->from.hash);
    } else if (rc) {
        log_error("hall", "records of %s were not stored: %s", in->terminal, e->text);
        hall_answer_failure(in->exchange, rc);
    } else {
        remember(in);
        if (in->tickets)
            queues_check(in->hall->queues);
        answer(in->exchange, in->moved ? BATCH_STORED : BATCH_RESEND, &in->word);
    }
    intake_free(in);
}

/* --- the request --- */

/* Something of the batch is stored already. */
static void judge_repeat(struct intake *in, const struct terminal *t)
{
    struct err e = {0};
    struct store_place fork;
    int rc = first_difference(in, t, &fork, &e);
    if (rc < 0)
        hall_answer_failure(in->exchange, rc);
    else if (rc == 1)
        answer_fork(in, &fork, "it came again with another hash");
    else if (in->batch.head.seq <= t->stored.seq) /* what the first answer said */
        answer_place(in, BATCH_STORED, in->batch.head.seq, in->records[in->batch.n - 1].hash);
    else
        answer_place(in, BATCH_RESEND, t->stored.seq, t->stored.hash);
}

/* True: the intake went to the writer. False: it was answered. */
static bool judge(struct intake *in, const struct registry_entry *entry)
{
    const struct terminal *t = &entry->terminal;
    struct err e = {0};
    uint8_t hash[HASH_LEN];
    if (memcmp(in->batch.epoch, t->epoch, EPOCH_LEN)) {
        /* nothing is held of that journal that could be signed for */
        alert_fork(in, in->batch.first, "it belongs to another journal than the registered one");
        server_answer_error(in->exchange, 409, "the batch belongs to another journal than the registered one");
        return false;
    }
    if (verify_head(in, entry, &e)) {
        hall_alert(in->hall, in->office, in->terminal, "head-signature", "a batch whose head does not verify");
        server_answer_error(in->exchange, 400, "the head's signature does not verify");
        return false;
    }
    if (in->batch.first > t->stored.seq + 1) {
        answer_place(in, BATCH_RESEND, t->stored.seq, t->stored.hash);
        return false;
    }
    if (hash_before(in, t, hash, &e)) {
        log_error("hall", "%s", e.text);
        hall_answer_failure(in->exchange, -e.code);
        return false;
    }
    walk(in, hash);
    if (in->batch.first <= t->stored.seq) {
        judge_repeat(in, t);
        return false;
    }
    if (memcmp(hash, in->batch.head.hash, HASH_LEN)) {
        answer_fork(in, &t->stored, "the signed head does not follow from it");
        return false;
    }
    in->from = t->stored;
    if (writer_push(in->hall->writer, &in->job))
        return true;
    server_answer_error(in->exchange, 503, "the hall is busy");
    return false;
}

/* The journal the batch belongs to: the terminal's own, or one of an earlier enrolment of the same terminal (*earlier, whose
 * verifier is then to be freed), which its present certificate may still deliver. */
static const struct registry_entry *journal_of(struct intake *in, const struct registry_entry *entry,
                                               struct registry_entry *earlier)
{
    struct err none = {0};
    if (!memcmp(in->batch.epoch, entry->terminal.epoch, EPOCH_LEN))
        return entry;
    earlier->terminal = entry->terminal;
    if (terminal_chain(in->hall->read, in->batch.epoch, &earlier->terminal, &none))
        return entry; /* nobody knows it: judge() says so */
    earlier->verifier = pki_verifier(&earlier->terminal.signing);
    return earlier->verifier ? earlier : entry;
}

void records_post(void *ctx, struct exchange *x)
{
    struct registry_entry earlier = {.verifier = NULL};
    struct hall *h = ctx;
    struct err e = {0};
    const struct registry_entry *entry = hall_terminal(h, x);
    struct intake *in = entry->verifier ? calloc(1, sizeof *in) : NULL;
    if (!in) {
        server_answer_error(x, entry->verifier ? 503 : 403, "the terminal's journal is not registered");
        return;
    }
    in->hall = h;
    in->exchange = x;
    in->office = entry->terminal.office;
    in->received = clock_wall_ms();
    memcpy(in->terminal, entry->terminal.id, sizeof in->terminal);
    if (exchange_body(x, BATCH_BYTES_MAX, &in->bytes)) {
        server_answer_error(x, 413, "a batch is at most 1 MiB");
    } else if (batch_decode(in->bytes.data, in->bytes.len, &in->batch, &e)) {
        server_answer_error(x, 400, e.text);
    } else {
        in->job = (struct write_job){.run = store_run, .done = store_done, .rows = in->batch.n, .bytes = in->bytes.len};
        in->job.from = in->terminal;
        in->job.office = in->office;
        bool taken = judge(in, journal_of(in, entry, &earlier));
        pki_verifier_free(earlier.verifier);
        if (taken)
            return;
    }
    intake_free(in);
}
