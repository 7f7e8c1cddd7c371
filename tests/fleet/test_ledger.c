/* SPDX-License-Identifier: Apache-2.0
 *
 * A simulated journal against what reads a terminal's: each record decodes, the chain and its heads verify, bodies open, and
 * nothing is let go that the hall has not named rightly.
 */
#include "crypto/seal.h"
#include "tests/test.h"
#include "tools/fleet/ledger.h"
#include "wire/record.h"

static struct private_key *signing, *sealing;
static struct public_key point, to;
static struct ledger_config config = {.terminal = "fleet-5000-001", .office = 5000, .registration = 7, .epoch = {1, 2, 3}};
static struct ledger *l;
static struct batch b;
static struct err e;
static int told;

TEST(keys)
{
    CHECK_INT(key_generate(&signing, &e), 0);
    CHECK_INT(key_generate(&sealing, &e), 0);
    key_public(signing, &point);
    key_public(sealing, &to);
    config.signing = signing;
    config.sealing = &to;
    config.queue = "general";
    config.letter = 'A';
}

TEST(keys_go)
{
    key_free(signing);
    key_free(sealing);
}

static void begin(void)
{
    CHECK_INT(ledger_create(&config, &l, &e), 0);
}

/* Its records follow one another from `hash`, and its head is signed: the same bytes as they travel. */
static void check_batch(uint8_t hash[HASH_LEN])
{
    struct buf bytes;
    struct batch again;
    uint8_t body[HASH_LEN];

    buf_init(&bytes, BATCH_BYTES_MAX);
    CHECK_INT(batch_encode(&b, &bytes, &e), 0);
    CHECK_INT(batch_decode(bytes.data, bytes.len, &again, &e), 0);
    for (size_t i = 0; i < again.n; i++) {
        struct record_header h;

        CHECK_INT(record_header_decode(again.records[i].header, again.records[i].header_len, &h, &e), 0);
        CHECK_INT(h.seq, again.first + i);
        CHECK_STR(h.terminal, config.terminal);
        sha256(again.records[i].body, again.records[i].body_len, body);
        CHECK_MEM(body, again.records[i].body_hash, HASH_LEN);
        chain_next(hash, again.records[i].header, again.records[i].header_len, again.records[i].body_hash, hash);
    }
    CHECK_MEM(hash, again.head.hash, HASH_LEN);
    CHECK_INT(chain_head_verify(&point, config.terminal, config.epoch, &again.head, &e), 0);
    buf_finish(&bytes);
}

TEST(a_visit_and_another)
{
    struct record_header h;
    struct buf plain;
    uint8_t hash[HASH_LEN];
    const char *info = record_seal_info(RECORD_APPLICATION);

    begin();
    CHECK(!ledger_batch(l, 64, &b));
    CHECK_INT(ledger_visit(l, true, &e), 0);
    CHECK_INT(ledger_visit(l, false, &e), 0);
    CHECK(ledger_batch(l, 64, &b));
    CHECK_INT(b.n, 10);
    chain_start(config.terminal, config.epoch, &point, hash);
    check_batch(hash);
    CHECK_INT(record_header_decode(b.records[1].header, b.records[1].header_len, &h, &e), 0);
    CHECK_INT(h.kind, RECORD_APPLICATION);
    CHECK(!strncmp(h.number, "5000007", 7));
    buf_init(&plain, RECORD_BODY_MAX);
    CHECK_INT(seal_open(sealing, info, strlen(info), b.records[1].header, b.records[1].header_len, b.records[1].body,
                        b.records[1].body_len, &plain, &e),
              0);
    CHECK_INT(seal_unpad(&plain, &e), 0);
    buf_finish(&plain);
    CHECK_INT(record_header_decode(b.records[6].header, b.records[6].header_len, &h, &e), 0);
    CHECK_INT(h.kind, RECORD_TICKET);
    CHECK_STR(h.number, "A07-001");
    ledger_destroy(l);
}

TEST(a_batch_ends_at_a_head)
{
    begin();
    CHECK_INT(ledger_start(l, &e), 0);
    CHECK(ledger_batch(l, 1, &b));
    struct ack a = {.seq = 1};
    memcpy(a.hash, b.head.hash, HASH_LEN);
    CHECK_INT(ledger_acknowledge(l, &a, NULL, NULL, &e), 1);
    CHECK_INT(ledger_visit(l, false, &e), 0);
    CHECK_INT(ledger_visit(l, false, &e), 0);
    CHECK(ledger_batch(l, 9, &b));
    CHECK_INT(b.n, 5);
    CHECK(!ledger_batch(l, 4, &b)); /* no head within four */
    ledger_destroy(l);
}

static void tell(void *ctx, const struct ledger_record *r)
{
    told += r->seq == (uint64_t)told + 1;
}

static struct ack ack_of(void)
{
    struct ack a = {.seq = b.head.seq};

    memcpy(a.hash, b.head.hash, HASH_LEN);
    return a;
}

TEST(batch_by_batch)
{
    uint8_t hash[HASH_LEN];

    begin();
    told = 0;
    CHECK_INT(ledger_backlog(l, 45, 20, &e), 0);
    CHECK_INT(ledger_last(l), 45);
    chain_start(config.terminal, config.epoch, &point, hash);
    for (int i = 0; i < 3; i++) {
        CHECK(ledger_batch(l, 20, &b));
        CHECK_INT(b.n, i < 2 ? 20 : 5);
        check_batch(hash);
        struct ack a = ack_of();
        CHECK_INT(ledger_acknowledge(l, &a, tell, NULL, &e), (long long)b.n);
        CHECK_INT(ledger_acknowledge(l, &a, tell, NULL, &e), 0); /* the same again */
    }
    CHECK_INT(told, 45);
    CHECK(!ledger_batch(l, 64, &b));
    CHECK_INT(ledger_acknowledged(l), 45);
    for (int i = 0; i < 40; i++) /* and goes on, where what was let go leaves room */
        CHECK_INT(ledger_visit(l, i % 2, &e), 0);
    CHECK(ledger_batch(l, 64, &b));
    CHECK_INT(b.first, 46);
    CHECK_INT(b.n, 60);
    check_batch(hash);
    ledger_destroy(l);
}

TEST(words_that_do_not_fit)
{
    begin();
    CHECK_INT(ledger_backlog(l, 10, 5, &e), 0);
    CHECK(ledger_batch(l, 5, &b));
    struct ack a = ack_of(), wrong = a;

    wrong.hash[0] ^= 1;
    CHECK_INT(ledger_acknowledge(l, &wrong, NULL, NULL, &e), -ERR_FORK);
    wrong = a;
    wrong.seq = 4;
    CHECK_INT(ledger_acknowledge(l, &wrong, NULL, NULL, &e), -ERR_FORK);
    wrong.seq = 11;
    CHECK_INT(ledger_acknowledge(l, &wrong, NULL, NULL, &e), -ERR_FORK);
    wrong.seq = UINT64_MAX;
    CHECK_INT(ledger_acknowledge(l, &wrong, NULL, NULL, &e), -ERR_FORK);
    CHECK_INT(ledger_acknowledged(l), 0);
    CHECK_INT(ledger_acknowledge(l, &a, NULL, NULL, &e), 5);
    wrong = (struct ack){.seq = 0};
    CHECK_INT(ledger_acknowledge(l, &wrong, NULL, NULL, &e), -ERR_FORK); /* a hall that was put back */
    ledger_destroy(l);
}

TEST_MAIN(SETUP(keys), T(a_visit_and_another), T(a_batch_ends_at_a_head), T(batch_by_batch), T(words_that_do_not_fit),
          TEARDOWN(keys_go))
