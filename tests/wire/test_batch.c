/* SPDX-License-Identifier: Apache-2.0
 *
 * Batches: round trip, limits, and bytes that are none.
 */
#include "test.h"

#include "wire/batch.h"

static const uint8_t header[] = "{\"v\":1}", body[] = "sealed";

static struct batch sample(size_t n)
{
    struct batch b = {.first = 5, .n = n, .head = {.seq = 5 + n - 1, .signature_len = 70}};

    memset(b.epoch, 0xe0, sizeof b.epoch);
    for (size_t i = 0; i < n && i < BATCH_RECORDS_MAX; i++) {
        b.records[i] = (struct batch_record){.header = header, .header_len = sizeof header - 1};
        if (i % 2) {
            b.records[i].body = body;
            b.records[i].body_len = sizeof body - 1;
        }
        memset(b.records[i].body_hash, (int)i, HASH_LEN);
    }
    memset(b.head.hash, 3, HASH_LEN);
    memset(b.head.signature, 4, 70);
    return b;
}

static void encode(const struct batch *b, struct buf *out)
{
    struct err e = {0};

    buf_init(out, 2 * BATCH_BYTES_MAX);
    CHECK_INT(batch_encode(b, out, &e), 0);
    CHECK_STR(e.text, "");
}

TEST(round_trip)
{
    struct batch b = sample(3), back;
    struct buf out;
    struct err e = {0};

    encode(&b, &out);
    CHECK_INT(batch_decode(out.data, out.len, &back, &e), 0);
    CHECK_STR(e.text, "");
    CHECK_INT(back.first, 5);
    CHECK_INT(back.n, 3);
    CHECK_MEM(back.epoch, b.epoch, sizeof b.epoch);
    CHECK_INT(back.records[1].body_len, 6);
    CHECK_MEM(back.records[1].body, "sealed", 6);
    CHECK_INT(back.records[2].body_len, 0);
    CHECK_MEM(back.records[2].body_hash, b.records[2].body_hash, HASH_LEN);
    CHECK_MEM(back.records[2].header, header, 7);
    CHECK_INT(back.head.seq, 7);
    CHECK_INT(back.head.signature_len, 70);
    CHECK_MEM(back.head.signature, b.head.signature, 70);
    buf_finish(&out);
}

TEST(layout)
{
    struct batch b = sample(1);
    struct buf out;

    encode(&b, &out);
    CHECK_MEM(out.data, "TBB1\xe0\xe0", 6);
    CHECK_MEM(out.data + 20, "\0\0\0\0\0\0\0\5\0\1\0\0\0\7{\"v\":1}\0\0\0\0", 25);
    CHECK_INT(out.len, 20 + 10 + 4 + 7 + 4 + 32 + 8 + 32 + 2 + 70);
    buf_finish(&out);
}

static int try_encode(const struct batch *b)
{
    struct buf out;
    buf_init(&out, 2 * BATCH_BYTES_MAX);
    int rc = batch_encode(b, &out, NULL);
    buf_finish(&out);
    return rc;
}

TEST(limits)
{
    static uint8_t big[RECORD_BODY_MAX + 1];
    struct batch b = sample(BATCH_RECORDS_MAX);

    CHECK_INT(try_encode(&b), 0);
    b = sample(BATCH_RECORDS_MAX + 1);
    CHECK_INT(try_encode(&b), -ERR_RANGE);
    b = sample(0);
    CHECK_INT(try_encode(&b), -ERR_RANGE);
    b = sample(1);
    b.head.seq++;
    CHECK_INT(try_encode(&b), -ERR_INVALID);
    b = sample(1);
    b.records[0].body = big;
    b.records[0].body_len = sizeof big;
    CHECK_INT(try_encode(&b), -ERR_RANGE);
    b = sample(BATCH_RECORDS_MAX);
    for (size_t i = 0; i < b.n; i++) {
        b.records[i].body = big;
        b.records[i].body_len = RECORD_BODY_MAX;
    }
    CHECK_INT(try_encode(&b), -ERR_TOOLONG);
}

TEST(every_truncation)
{
    struct batch b = sample(3), back;
    struct buf out;
    int accepted = 0;

    encode(&b, &out);
    for (size_t n = 0; n < out.len; n++)
        accepted += !batch_decode(out.data, n, &back, NULL);
    buf_addc(&out, 0);
    accepted += !batch_decode(out.data, out.len, &back, NULL); /* one byte too many */
    CHECK_INT(accepted, 0);
    buf_finish(&out);
}

/* Puts `value` at `at` of a good batch of one record. */
static int decode_patched(size_t at, uint8_t value)
{
    struct batch b = sample(1), back;
    struct buf out;

    encode(&b, &out);
    out.data[at] = value;
    int rc = batch_decode(out.data, out.len, &back, NULL);
    buf_finish(&out);
    return rc;
}

TEST(bad_bytes)
{
    CHECK_INT(decode_patched(0, 'T'), 0);
    CHECK(decode_patched(3, '2') < 0);   /* magic */
    CHECK(decode_patched(27, 6) < 0);    /* first: the head is not that of the last record */
    CHECK(decode_patched(20, 0xff) < 0); /* first out of range */
    CHECK(decode_patched(29, 0) < 0);    /* no record */
    CHECK(decode_patched(29, 65) < 0);   /* too many */
    CHECK(decode_patched(28, 0xff) < 0); /* far too many */
    CHECK(decode_patched(33, 8) < 0);    /* header length */
    CHECK(decode_patched(30, 0x80) < 0); /* header of 2 GiB */
    CHECK(decode_patched(41, 0xff) < 0); /* body of 4 GiB */
    CHECK(decode_patched(118, 73) < 0);  /* signature length */
}

#define HASH "abababababababababababababababababababababababababababababababab"
#define SIGNED ",\"hash\":\"" HASH "\",\"key\":\"0102030405060708\",\"sig\":\"3006\"}"

static void check_answer(enum batch_answer_kind kind, int status, const char *json)
{
    struct batch_answer a = {kind, {.seq = 17, .by = {{1, 2, 3, 4, 5, 6, 7, 8}, {0x30, 6}, 2}}}, back;
    struct buf out;

    memset(a.ack.hash, 0xab, HASH_LEN);
    buf_init(&out, ACK_BYTES_MAX);
    CHECK_INT(batch_answer_encode(&a, &out), 0);
    CHECK_STR(buf_str(&out), json);
    CHECK_INT(batch_answer_decode(status, out.data, out.len, &back, NULL), 0);
    CHECK_INT(back.kind, kind);
    CHECK_INT(back.ack.seq, 17);
    CHECK_MEM(back.ack.hash, a.ack.hash, HASH_LEN);
    CHECK_MEM(&back.ack.by, &a.ack.by, sizeof a.ack.by);
    buf_finish(&out);
}

TEST(answers)
{
    check_answer(BATCH_STORED, 200, "{\"stored\":17" SIGNED);
    check_answer(BATCH_RESEND, 409, "{\"stored\":17" SIGNED);
    check_answer(BATCH_FORK, 409, "{\"fork\":17" SIGNED);
}

TEST(bad_answers)
{
    static const char fork[] = "{\"fork\":1" SIGNED;
    static const char *const bad[] = {
        "{}",
        "<html>",
        "{\"stored\":1}", /* nobody's word */
        "{\"stored\":-1" SIGNED,
        "{\"stored\":1,\"x\":1" SIGNED,
        "{\"stored\":1,\"fork\":1" SIGNED,
        "{\"stored\":1,\"hash\":\"ab\",\"key\":\"0102030405060708\",\"sig\":\"3006\"}",
        "{\"stored\":1,\"hash\":\"" HASH "\",\"key\":\"01\",\"sig\":\"3006\"}",
        "{\"stored\":1,\"hash\":\"" HASH "\",\"key\":\"0102030405060708\",\"sig\":\"\"}",
    };
    struct batch_answer a;

    CHECK_INT(batch_answer_decode(503, "{}", 2, &a, NULL), -ERR_REFUSED);
    CHECK_INT(batch_answer_decode(200, fork, strlen(fork), &a, NULL), -ERR_PROTOCOL);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK(batch_answer_decode(200, bad[i], strlen(bad[i]), &a, NULL) < 0);
        CHECK(batch_answer_decode(409, bad[i], strlen(bad[i]), &a, NULL) < 0);
    }
}

TEST_MAIN(T(round_trip), T(layout), T(limits), T(every_truncation), T(bad_bytes), T(answers), T(bad_answers))
