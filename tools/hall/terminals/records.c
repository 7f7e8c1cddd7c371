/* SPDX-License-Identifier: Apache-2.0
 *
 * POST /v1/records (wire/batch.h): records go in once, in order, or the answer says from where to send again. A record whose
 * place in the chain and whose signed head verify is never refused, whatever it holds: it is marked for staff.
 */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "tools/hall/rules/batch.h"
#include "tools/hall/store/projection.h"
#include "tools/hall/store/take.h"
#include "tools/hall/terminals/hall.h"
#include "wire/batch.h"
#include "wire/record.h"

/* The journal a batch belongs to: as the registry holds it, or read. */
struct journal {
    bool known; /* registered by this terminal, now or at an earlier enrolment */
    struct public_key signing;
    struct store_place stored;
};
struct intake {
    struct write_job job; /* first: the writer hands it back */
    struct read_job read;
    struct hall *hall;
    struct exchange *exchange;
    int office;
    char terminal[TERMINAL_ID_MAX + 1];
    struct buf bytes; /* what batch and records point into */
    struct batch batch;
    bool own; /* of the terminal's own journal, whose signing key the registry has ready: its head verified */
    struct journal journal;
    uint8_t before[HASH_LEN];                    /* the hash before its first record */
    uint8_t known[BATCH_RECORDS_MAX][HASH_LEN];  /* of those of its records that are stored */
    uint8_t hashes[BATCH_RECORDS_MAX][HASH_LEN]; /* computed */
    int64_t received;
    struct store_record records[BATCH_RECORDS_MAX];

    bool cases, supplements; /* what its records are of */
    bool moved, tickets;     /* result of a run */
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
    if (rc == 0)
        rc = signer_sign(in->hall->signer, ACK_PREFIX, msg.data, msg.len, &a.by, e);
    buf_finish(&msg);
    if (rc == 0)
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
    projection_describe(out, &h);
    in->supplements |= h.kind == RECORD_SUPPLEMENT;
    in->cases |= h.kind == RECORD_SUPPLEMENT || h.kind == RECORD_APPLICATION;
    out->state = body_state(r, record_kind_has_body(h.kind));
}

/* --- the chain --- */

static void walk(struct intake *in)
{
    const uint8_t *hash = in->before;
    for (size_t i = 0; i < in->batch.n; i++) {
        const struct batch_record *r = &in->batch.records[i];
        chain_next(hash, r->header, r->header_len, r->body_hash, in->hashes[i]);
        hash = in->hashes[i];
        describe(in, i, hash);
    }
}

static int verify_head(const struct intake *in, struct evp_pkey_st *verifier, struct err *e)
{
    struct buf msg;
    buf_init(&msg, 256);
    int rc = chain_head_message(in->terminal, in->batch.epoch, &in->batch.head, &msg);
    if (rc == 0)
        rc = pki_verify(verifier, CHAIN_HEAD_PREFIX, msg.data, msg.len, in->batch.head.signature,
                        in->batch.head.signature_len, e);
    buf_finish(&msg);
    return rc;
}

/* --- storing --- */

/* The word is given before COMMIT and goes out after it, or not at all. */
static int store_run(struct write_job *j, struct store *s, struct err *e)
{
    struct intake *in = (struct intake *)j;
    struct catalog *c = in->supplements ? book_open(in->hall->book) : NULL;
    const struct take t = {.office = in->office,
                           .terminal = in->terminal,
                           .epoch = in->batch.epoch,
                           .from = &in->journal.stored,
                           .head = &in->batch.head,
                           .records = in->records,
                           .n = in->batch.n,
                           .received = in->received,
                           .calendar = c ? catalog_calendar(c) : NULL};
    int rc = take_batch(s, &t, &in->moved, &in->tickets, e);
    if (in->supplements)
        book_close(in->hall->book);
    if (rc == 0 && !in->moved)
        rc = store_chain(s, in->office, in->terminal, in->batch.epoch, &in->now, e);
    if (rc == 0 && in->moved) {
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
        answer_place(in, BATCH_RESEND, in->journal.stored.seq, in->journal.stored.hash);
    } else if (rc) {
        log_error("hall", "records of %s were not stored: %s", in->terminal, e->text);
        hall_answer_failure(in->exchange, rc);
    } else {
        remember(in);
        if (in->tickets)
            queues_check(in->hall->queues);
        if (in->cases)
            indexing_wake(in->hall->indexing);
        answer(in->exchange, in->moved ? BATCH_STORED : BATCH_RESEND, &in->word);
    }
    intake_free(in);
}

/* --- what it comes to --- */

/* True: the intake went to the writer. False: it was answered. */
static bool judge(struct intake *in)
{
    const struct store_place *stored = &in->journal.stored;
    const struct batch_facts facts = {stored->seq,         in->batch.first, in->batch.n, in->batch.head.seq,
                                      in->batch.head.hash, in->hashes,      in->known};
    size_t at = 0;
    if (in->batch.first <= stored->seq + 1)
        walk(in);
    switch (batch_judge(&facts, &at)) {
    case BATCH_FOLLOWS:
        if (writer_push(in->hall->writer, &in->job))
            return true;
        server_answer_error(in->exchange, 503, "the hall is busy");
        break;
    case BATCH_GAP:
    case BATCH_OVERLAPS:
        answer_place(in, BATCH_RESEND, stored->seq, stored->hash);
        break;
    case BATCH_REPEATED:
        answer_place(in, BATCH_STORED, in->batch.head.seq, in->hashes[in->batch.n - 1]);
        break;
    case BATCH_FORKS:
        alert_fork(in, in->batch.first + at, "it came again with another hash");
        answer_place(in, BATCH_FORK, in->batch.first + at, in->known[at]);
        break;
    case BATCH_HEAD_LIES:
        alert_fork(in, stored->seq, "the signed head does not follow from it");
        answer_place(in, BATCH_FORK, stored->seq, stored->hash);
        break;
    }
    return false;
}

static bool refuse_head(const struct intake *in)
{
    hall_alert(in->hall, in->office, in->terminal, "head-signature", "a batch whose head does not verify");
    server_answer_error(in->exchange, 400, "the head's signature does not verify");
    return false;
}

/* --- what is read first, unless it simply follows --- */

static struct intake *of_read(struct read_job *j)
{
    return (struct intake *)((char *)j - offsetof(struct intake, read));
}

static int read_before(struct intake *in, struct store *s, struct err *e)
{
    const struct journal *j = &in->journal;
    if (in->batch.first == j->stored.seq + 1)
        memcpy(in->before, j->stored.hash, HASH_LEN);
    else if (in->batch.first == 1)
        chain_start(in->terminal, in->batch.epoch, &j->signing, in->before);
    else if (in->batch.first <= j->stored.seq)
        return store_hash(s, in->office, in->terminal, in->batch.epoch, in->batch.first - 1, in->before, e);
    return 0;
}

static int read_known(struct intake *in, struct store *s, struct err *e)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < in->batch.n && in->batch.first + i <= in->journal.stored.seq; i++)
        rc = store_hash(s, in->office, in->terminal, in->batch.epoch, in->batch.first + i, in->known[i], e);
    return rc;
}

static int read_run(struct read_job *j, struct store *s, struct err *e)
{
    struct intake *in = of_read(j);
    struct terminal t = {.office = in->office};
    memcpy(t.id, in->terminal, sizeof t.id);
    int rc = terminal_chain(s, in->batch.epoch, &t, e);
    if (rc == -ERR_NOTFOUND) /* nobody knows it */
        return 0;
    in->journal = (struct journal){rc == 0, t.signing, t.stored};
    if (rc == 0)
        rc = read_before(in, s, e);
    return rc < 0 ? rc : read_known(in, s, e);
}

/* Of a journal of an earlier enrolment of the same terminal, which its present certificate may still deliver. */
static int verify_earlier(const struct intake *in)
{
    struct err none = {0};
    struct evp_pkey_st *verifier = pki_verifier(&in->journal.signing);
    int rc = verifier ? verify_head(in, verifier, &none) : -ERR_KEY;
    pki_verifier_free(verifier);
    return rc;
}

static bool judge_read(struct intake *in)
{
    if (!in->journal.known) {
        /* nothing is held of that journal that could be signed for */
        alert_fork(in, in->batch.first, "it belongs to another journal than the registered one");
        server_answer_error(in->exchange, 409, "the batch belongs to another journal than the registered one");
        return false;
    }
    if (!in->own && verify_earlier(in) < 0)
        return refuse_head(in);
    return judge(in);
}

static void read_done(struct read_job *j, int rc, const struct err *e)
{
    struct intake *in = of_read(j);
    bool taken = false;
    if (rc < 0) {
        log_error("hall", "records of %s: %s", in->terminal, e->text);
        hall_answer_failure(in->exchange, rc);
    } else {
        taken = judge_read(in);
    }
    if (!taken)
        intake_free(in);
}

/* --- the request --- */

/* True: it was taken on. False: it was answered. */
static bool begin(struct intake *in, const struct registry_entry *entry)
{
    const struct terminal *t = &entry->terminal;
    struct err e = {0};
    in->own = memcmp(in->batch.epoch, t->epoch, EPOCH_LEN) == 0;
    if (in->own && verify_head(in, entry->verifier, &e) < 0)
        return refuse_head(in);
    if (in->own && in->batch.first == t->stored.seq + 1) {
        in->journal = (struct journal){true, t->signing, t->stored};
        memcpy(in->before, t->stored.hash, HASH_LEN);
        return judge(in);
    }
    if (reader_push(in->hall->reader, &in->read))
        return true;
    server_answer_error(in->exchange, 503, "the hall is busy");
    return false;
}

void records_post(void *ctx, struct exchange *x)
{
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
    if (exchange_body(x, BATCH_BYTES_MAX, &in->bytes) < 0) {
        server_answer_error(x, 413, "a batch is at most 1 MiB");
    } else if (batch_decode(in->bytes.data, in->bytes.len, &in->batch, &e) < 0) {
        server_answer_error(x, 400, e.text);
    } else {
        in->read = (struct read_job){.run = read_run, .done = read_done};
        in->job = (struct write_job){.run = store_run, .done = store_done, .rows = in->batch.n, .bytes = in->bytes.len};
        in->job.from = in->terminal;
        in->job.office = in->office;
        if (begin(in, entry))
            return;
    }
    intake_free(in);
}
