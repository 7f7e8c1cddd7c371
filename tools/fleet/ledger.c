/* SPDX-License-Identifier: Apache-2.0
 *
 * Records as a terminal makes them.
 */
#include "tools/fleet/ledger.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "crypto/hash.h"
#include "crypto/random.h"
#include "crypto/seal.h"
#include "model/number.h"
#include "wire/record.h"

#define ITEM "11110000000000000X0000000000001"
#define SEALED_MAX 4096

struct entry {
    uint8_t *bytes; /* header, then body */
    size_t header_len, body_len;
    uint8_t body_hash[HASH_LEN], hash[HASH_LEN];
    enum record_kind kind;
    char number[CASE_NUMBER_LEN + 1];
    uint8_t signature[SIGNATURE_MAX];
    size_t signature_len; /* 0: no head ends here */
};
struct ledger {
    struct ledger_config config;
    uint8_t acknowledged_hash[HASH_LEN];
    uint64_t acknowledged;
    struct entry *entries; /* what follows it: n of them, behind `gone` that were let go */
    size_t gone, n, cap;
    struct date day; /* of the numbers */
    int cases, tickets;
};

int ledger_create(const struct ledger_config *config, struct ledger **ret, struct err *e)
{
    struct ledger *l = calloc(1, sizeof *l);
    struct public_key signing;

    if (!l)
        return err_set(e, ERR_NOMEM, "a journal");
    l->config = *config;
    key_public(config->signing, &signing);
    chain_start(config->terminal, config->epoch, &signing, l->acknowledged_hash);
    *ret = l;
    return 0;
}

void ledger_destroy(struct ledger *l)
{
    if (!l)
        return;
    for (size_t i = 0; i < l->n; i++)
        free(l->entries[l->gone + i].bytes);
    free(l->entries);
    free(l);
}

uint64_t ledger_last(const struct ledger *l)
{
    return l->acknowledged + l->n;
}

uint64_t ledger_acknowledged(const struct ledger *l)
{
    return l->acknowledged;
}

/* --- one record --- */

/* What an application holds, as model/application.h says, of a person who is made up. */
static int put_application(struct buf *out, const char *number)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    jsonw_str(&w, "item", ITEM);
    jsonw_int(&w, "item_version", 1);
    jsonw_int(&w, "form_version", 1);
    jsonw_str(&w, "consent", "1");
    jsonw_obj(&w, "applicant");
    jsonw_str(&w, "kind", "resident");
    jsonw_str(&w, "name", "Fleet");
    jsonw_str(&w, "number", "11010519491231002X");
    jsonw_end(&w);
    jsonw_obj(&w, "fields");
    jsonw_str(&w, "remark", number);
    jsonw_end(&w);
    jsonw_end(&w);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

static int seal_body(const struct ledger *l, const struct record_header *h, const struct buf *header, struct buf *out,
                     struct err *e)
{
    const char *info = record_seal_info(h->kind);
    struct buf plain;

    buf_init(&plain, SEALED_MAX);
    int rc = put_application(&plain, h->number);
    if (rc == 0)
        rc = seal_pad(&plain);
    if (rc == 0)
        rc = seal(l->config.sealing, info, strlen(info), header->data, header->len, plain.data, plain.len, out, e);
    else
        err_set(e, ERR_TOOLONG, "an application");
    buf_finish(&plain);
    return rc;
}

/* Takes a place at the end; NULL: out of memory. */
static struct entry *new_entry(struct ledger *l)
{
    if (l->gone > l->cap / 2) {
        memmove(l->entries, l->entries + l->gone, l->n * sizeof *l->entries);
        l->gone = 0;
    }
    if (l->gone + l->n == l->cap) {
        size_t cap = l->cap ? 2 * l->cap : 8;
        struct entry *more = realloc(l->entries, cap * sizeof *more);

        if (!more)
            return NULL;
        l->entries = more;
        l->cap = cap;
    }
    struct entry *one = &l->entries[l->gone + l->n];
    *one = (struct entry){0};
    return one;
}

static int keep(struct ledger *l, const struct record_header *h, const struct buf *header, const struct buf *body,
                struct err *e)
{
    struct entry *one = new_entry(l);

    if (!one || !(one->bytes = malloc(header->len + body->len)))
        return err_set(e, ERR_NOMEM, "a record");
    memcpy(one->bytes, header->data, header->len);
    if (body->len)
        memcpy(one->bytes + header->len, body->data, body->len);
    one->header_len = header->len;
    one->body_len = body->len;
    one->kind = h->kind;
    if (h->kind == RECORD_APPLICATION || h->kind == RECORD_TICKET)
        snprintf(one->number, sizeof one->number, "%.*s", CASE_NUMBER_LEN, h->number);
    sha256(body->data, body->len, one->body_hash);
    chain_next(l->n ? one[-1].hash : l->acknowledged_hash, header->data, header->len, one->body_hash, one->hash);
    l->n++;
    return 0;
}

static int append(struct ledger *l, struct record_header *h, struct err *e)
{
    struct buf header, body;

    h->v = 1;
    snprintf(h->terminal, sizeof h->terminal, "%s", l->config.terminal);
    memcpy(h->epoch, l->config.epoch, EPOCH_LEN);
    h->seq = ledger_last(l) + 1;
    h->at = clock_wall_ms();
    h->up = clock_mono_ms();
    snprintf(h->boot, sizeof h->boot, "%s", clock_boot_id());
    h->clock_trusted = true;
    random_bytes(h->id, sizeof h->id);
    if (record_kind_has_body(h->kind))
        public_key_id(l->config.sealing, h->key);
    buf_init(&header, RECORD_HEADER_MAX);
    buf_init(&body, RECORD_BODY_MAX);
    int rc = record_header_encode(h, &header, e);
    if (rc == 0 && record_kind_has_body(h->kind))
        rc = seal_body(l, h, &header, &body, e);
    if (rc == 0)
        rc = keep(l, h, &header, &body, e);
    buf_finish(&header);
    buf_finish(&body);
    return err_wrap(e, rc, "record %llu of %s", (unsigned long long)h->seq, l->config.terminal);
}

/* A head ends at the last record. */
static int sign(struct ledger *l, struct err *e)
{
    struct entry *last = &l->entries[l->gone + l->n - 1];
    struct chain_head head = {.seq = ledger_last(l)};

    memcpy(head.hash, last->hash, HASH_LEN);
    int rc = chain_head_sign(l->config.signing, l->config.terminal, l->config.epoch, &head, e);
    if (rc == 0) {
        memcpy(last->signature, head.signature, head.signature_len);
        last->signature_len = head.signature_len;
    }
    return rc;
}

/* --- what people leave --- */

static void new_day(struct ledger *l)
{
    struct date today = date_of_ms(clock_wall_ms());

    if (date_compare(today, l->day) == 0)
        return;
    l->day = today;
    l->cases = l->tickets = 0;
}

static int application(struct ledger *l, struct record_header *h, struct err *e)
{
    new_day(l);
    if (l->cases == CASE_SERIAL_MAX)
        return err_set(e, ERR_RANGE, "%s has given %d case numbers today", l->config.terminal, l->cases);
    const struct case_number n = {l->config.office, l->config.registration, l->day, ++l->cases};

    h->kind = RECORD_APPLICATION;
    h->item_version = h->form_version = 1;
    snprintf(h->item, sizeof h->item, "%s", ITEM);
    date_format(l->day, h->promised);
    case_number_format(&n, h->number);
    return append(l, h, e);
}

static int ticket(struct ledger *l, struct record_header *h, struct err *e)
{
    new_day(l);
    h->kind = RECORD_TICKET;
    ticket_number_own(l->config.letter, l->config.registration, ++l->tickets, h->number);
    snprintf(h->queue, sizeof h->queue, "%s", l->config.queue);
    date_format(l->day, h->day);
    return append(l, h, e);
}

static int paper(struct ledger *l, const struct record_header *of, enum record_kind kind, struct err *e)
{
    struct record_header h = {.kind = kind, .copy = 1};

    memcpy(h.visit, of->visit, sizeof h.visit);
    memcpy(h.number, of->number, sizeof h.number);
    snprintf(h.job, sizeof h.job, "%llu", (unsigned long long)of->seq);
    snprintf(h.role, sizeof h.role, "%s", of->kind == RECORD_TICKET ? "ticket" : "receipt");
    return append(l, &h, e);
}

static int around(struct ledger *l, const struct record_header *of, enum record_kind kind, struct err *e)
{
    struct record_header h = {.kind = kind};

    memcpy(h.visit, of->visit, sizeof h.visit);
    if (kind == RECORD_VISIT_END)
        snprintf(h.what, sizeof h.what, "done");
    return append(l, &h, e);
}

int ledger_start(struct ledger *l, struct err *e)
{
    struct record_header h = {.kind = RECORD_START};
    int rc = append(l, &h, e);

    return rc == 0 ? sign(l, e) : rc;
}

int ledger_visit(struct ledger *l, bool applies, struct err *e)
{
    struct record_header h = {.copy = 0};

    random_bytes(h.visit, sizeof h.visit);
    int rc = around(l, &h, RECORD_VISIT_START, e);
    if (rc == 0)
        rc = applies ? application(l, &h, e) : ticket(l, &h, e);
    if (rc == 0)
        rc = paper(l, &h, RECORD_PRINT_START, e);
    if (rc == 0)
        rc = paper(l, &h, RECORD_PRINT_DONE, e);
    if (rc == 0)
        rc = around(l, &h, RECORD_VISIT_END, e);
    return rc == 0 ? sign(l, e) : rc;
}

int ledger_backlog(struct ledger *l, int64_t n, int64_t each, struct err *e)
{
    int rc = 0;

    for (int64_t i = 1; rc == 0 && i <= n; i++) {
        struct record_header h = {.copy = 0};

        random_bytes(h.visit, sizeof h.visit);
        rc = application(l, &h, e);
        if (rc == 0 && (i == n || i % each == 0))
            rc = sign(l, e);
    }
    return rc;
}

/* --- delivering them --- */

bool ledger_batch(const struct ledger *l, size_t max, struct batch *ret)
{
    const struct entry *entries = l->entries + l->gone;
    size_t n = 0;

    for (size_t i = 0; i < l->n && i < max; i++)
        if (entries[i].signature_len)
            n = i + 1;
    if (n == 0)
        return false;
    *ret = (struct batch){.first = l->acknowledged + 1, .n = n};
    memcpy(ret->epoch, l->config.epoch, EPOCH_LEN);
    for (size_t i = 0; i < n; i++) {
        const struct entry *one = &entries[i];

        ret->records[i] = (struct batch_record){
            one->bytes, one->header_len, one->bytes + one->header_len, one->body_len, {0}};
        memcpy(ret->records[i].body_hash, one->body_hash, HASH_LEN);
    }
    const struct entry *last = &entries[n - 1];

    ret->head = (struct chain_head){.seq = l->acknowledged + n, .signature_len = last->signature_len};
    memcpy(ret->head.hash, last->hash, HASH_LEN);
    memcpy(ret->head.signature, last->signature, last->signature_len);
    return true;
}

int ledger_acknowledge(struct ledger *l, const struct ack *a, void (*fn)(void *ctx, const struct ledger_record *r),
                       void *ctx, struct err *e)
{
    struct entry *entries = l->entries + l->gone;
    uint64_t n = a->seq - l->acknowledged;

    if (a->seq < l->acknowledged)
        return err_set(e, ERR_FORK, "the hall has %llu records of %s and acknowledged %llu", (unsigned long long)a->seq,
                       l->config.terminal, (unsigned long long)l->acknowledged);
    if (n > l->n || (a->seq && memcmp(n ? entries[n - 1].hash : l->acknowledged_hash, a->hash, HASH_LEN)))
        return err_set(e, ERR_FORK, "the hall has another record %llu of %s", (unsigned long long)a->seq,
                       l->config.terminal);
    for (uint64_t i = 0; i < n; i++) {
        const struct ledger_record r = {l->acknowledged + i + 1, entries[i].hash, record_kind_word(entries[i].kind),
                                        entries[i].number};

        if (fn)
            fn(ctx, &r);
        free(entries[i].bytes);
    }
    if (n)
        memcpy(l->acknowledged_hash, entries[n - 1].hash, HASH_LEN);
    l->acknowledged = a->seq;
    l->gone += (size_t)n;
    l->n -= (size_t)n;
    return (int)n;
}
