/* SPDX-License-Identifier: Apache-2.0
 *
 * The terminal of test_ask: it seals and delivers records, asks sealed questions and opens their answers, as kiosk does.
 */
#ifndef TESTS_HALL_ASKING_TERMINAL_H
#define TESTS_HALL_ASKING_TERMINAL_H

#include "test.h"

#include "base/line.h"
#include "base/text.h"
#include "catalog/verify.h"
#include "e2e/enrolled.h"
#include "model/terminal.h"
#include "sync/http.h"
#include "sync/identity.h"
#include "tools/hall/open/opening_log.h"
#include "wire/ask.h"
#include "wire/batch.h"
#include "wire/record.h"

#define RECORDS_MAX 16
#define CITIZEN "110101199003070038"
#define OTHER_CITIZEN "11010119900307889X"
#define ITEM "11110105MB0A0000164000709102000"

static struct stage_hall hall;
static pid_t opener;
static struct loop *loop;
static struct http *http;
static struct private_key *signing;
static struct manifest_root root;
static struct terminal_config terminal;
static char item_code[ITEM_CODE_MAX + 1];
static int item_version;

/* --- the terminal's journal --- */

static uint8_t hashes[RECORDS_MAX + 1][HASH_LEN];
static int n_records;
static char numbers[4][CASE_NUMBER_LEN + 1]; /* from 1 */

static void fill_header(struct record_header *h, enum record_kind kind, const char *number)
{
    *h = (struct record_header){
        .v = 1, .kind = kind, .seq = (uint64_t)n_records + 1, .at = clock_wall_ms(), .up = 1, .clock_trusted = true};
    text_copy(h->terminal, sizeof h->terminal, terminal.terminal);
    text_copy(h->boot, sizeof h->boot, "00000000-0000-4000-8000-000000000000");
    text_copy(kind == RECORD_SUPPLEMENT ? h->case_number : h->number, sizeof h->number, number);
    if (kind == RECORD_APPLICATION) {
        text_copy(h->item, sizeof h->item, item_code);
        h->item_version = item_version;
        h->form_version = 1;
    }
    memcpy(h->epoch, terminal.epoch, EPOCH_LEN);
    random_bytes(h->id, sizeof h->id);
    public_key_id(&root.sealing.key, h->key);
}

static int status;
static char answer[ASK_ANSWERED_MAX + 1];

static void on_answer(void *ctx, const struct http_answer *a, const struct err *why)
{
    *(bool *)ctx = true;
    status = a ? a->status : -why->code;
    snprintf(answer, sizeof answer, "%s", a ? (const char *)a->data : why->text);
}

static void post(const char *path, const void *body, size_t len)
{
    bool over = false;
    const struct http_call call = {.method = "POST", .path = path, .body = body, .body_len = len, .timeout_s = 20};

    http_start(http, &call, on_answer, &over);
    while (!over)
        loop_step(loop, -1);
}

static void send_batch(const struct buf *header, const struct buf *body)
{
    static struct batch b;
    struct buf bytes;

    b = (struct batch){.first = (uint64_t)n_records + 1, .n = 1};
    memcpy(b.epoch, terminal.epoch, EPOCH_LEN);
    b.records[0] = (struct batch_record){header->data, header->len, body->data, body->len, {0}};
    sha256(body->data, body->len, b.records[0].body_hash);
    chain_next(hashes[n_records], header->data, header->len, b.records[0].body_hash, hashes[n_records + 1]);
    n_records++;
    b.head.seq = (uint64_t)n_records;
    memcpy(b.head.hash, hashes[n_records], HASH_LEN);
    CHECK_INT(chain_head_sign(signing, terminal.terminal, terminal.epoch, &b.head, NULL), 0);
    buf_init(&bytes, BATCH_BYTES_MAX);
    CHECK_INT(batch_encode(&b, &bytes, NULL), 0);
    post("/v1/records", bytes.data, bytes.len);
    CHECK_INT(status, 200);
    buf_finish(&bytes);
}

/* Seals and delivers. */
static void hand_in(enum record_kind kind, const char *number, const char *text)
{
    const char *info = record_seal_info(kind);
    struct buf header, plain, body;
    struct record_header h;

    fill_header(&h, kind, number);
    buf_init(&header, RECORD_HEADER_MAX);
    buf_init(&plain, RECORD_BODY_MAX);
    buf_init(&body, RECORD_BODY_MAX);
    CHECK_INT(record_header_encode(&h, &header, NULL), 0);
    buf_adds(&plain, text);
    CHECK_INT(seal_pad(&plain), 0);
    CHECK_INT(seal(&root.sealing.key, info, strlen(info), header.data, header.len, plain.data, plain.len, &body, NULL), 0);
    send_batch(&header, &body);
    buf_finish(&header);
    buf_finish(&plain);
    buf_finish(&body);
}

static void apply(int i, const char *citizen)
{
    char text[500];

    snprintf(text, sizeof text,
             "{\"v\":1,\"item\":\"%s\",\"applicant\":{\"kind\":\"resident\",\"name\":\"测试甲\",\"number\":\"%s\"},"
             "\"fields\":{\"mobile\":\"13800000123\",\"hope\":\"早日办好\"}}",
             item_code, citizen);
    hand_in(RECORD_APPLICATION, numbers[i], text);
}

static void supplement(int i, const char *citizen, const char *words)
{
    char text[500];

    snprintf(text, sizeof text,
             "{\"v\":1,\"case\":\"%s\",\"applicant\":{\"name\":\"测试甲\",\"number\":\"%s\"},\"words\":\"%s\"}", numbers[i],
             citizen, words);
    hand_in(RECORD_SUPPLEMENT, numbers[i], text);
}

/* --- questions --- */

static struct my_cases told;

static struct ask_question by_card(const char *citizen)
{
    struct ask_question q = {.about = ASK_ABOUT_CASES};

    text_copy(q.citizen, sizeof q.citizen, citizen);
    return q;
}

static struct ask_question by_number(const char *number, const char *phone)
{
    struct ask_question q = {.about = ASK_ABOUT_CASE};

    text_copy(q.number, sizeof q.number, number);
    text_copy(q.phone, sizeof q.phone, phone);
    return q;
}

static struct ask_sealed question;
static struct seal_reply reply;

static void seal_question(const struct ask_question *q, const char *name, const struct public_key *to)
{
    CHECK_INT(ask_seal(to, name, clock_wall_ms(), q, &question, &reply, NULL), 0);
}

static void send_question(void)
{
    struct buf text;

    buf_init(&text, ASK_BYTES_MAX);
    CHECK_INT(ask_sealed_encode(&question, &text), 0);
    post("/v1/ask", text.data, text.len);
    buf_finish(&text);
}

/* What the answer says to who asked it; decode() reads it into what `ret` points to. ASK_REASONS: it is none. */
static enum ask_reason open_as(int (*decode)(const void *plain, size_t len, void *ret, enum ask_reason *why, struct err *e),
                               void *ret)
{
    static uint8_t sealed[ASK_REPLY_MAX];
    enum ask_reason why = ASK_REASONS;
    struct buf plain;
    struct err e = {0};
    size_t len = 0;

    if (status != 200)
        return ASK_REASONS;
    buf_init(&plain, ASK_REPLY_MAX);
    CHECK_INT(ask_answered_decode(answer, strlen(answer), sealed, &len, &e), 0);
    CHECK_INT(seal_reply_open(&reply, sealed, len, &plain, &e), 0);
    CHECK_INT(seal_unpad(&plain, &e), 0);
    CHECK_INT(decode(plain.data, plain.len, ret, &why, &e), 0);
    CHECK_STR(e.text, "");
    buf_finish(&plain);
    return why;
}

static int decode_cases(const void *plain, size_t len, void *ret, enum ask_reason *why, struct err *e)
{
    return ask_answer_decode(plain, len, ret, why, e);
}

static enum ask_reason open_answer(void)
{
    return open_as(decode_cases, &told);
}

static enum ask_reason ask(struct ask_question q)
{
    seal_question(&q, terminal.terminal, &root.ask.key);
    send_question();
    return open_answer();
}

#endif
