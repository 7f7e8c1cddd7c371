/* SPDX-License-Identifier: Apache-2.0
 *
 * POST /v1/records against the shipping hall over mutual TLS: places, repeats, forks, damaged records, bad batches.
 */
#include "test.h"

#include "catalog/verify.h"
#include "e2e/enrolled.h"
#include "sync/http.h"
#include "sync/identity.h"
#include "wire/batch.h"
#include "wire/record.h"

#define CHAIN_MAX 16

static struct stage_hall hall;
static struct private_key *signing;
static struct loop *loop;
static struct http *http;

/* A terminal's records, as it would have them. */
struct chain {
    uint8_t epoch[EPOCH_LEN];
    uint8_t hash[CHAIN_MAX + 1][HASH_LEN]; /* [n]: after record n */
    struct buf header[CHAIN_MAX + 1], body[CHAIN_MAX + 1];
    uint8_t body_hash[CHAIN_MAX + 1][HASH_LEN];
    int n;
};
static struct chain mine;

static void begin(struct chain *c)
{
    struct public_key pub;
    key_public(signing, &pub);
    chain_start(ENROLLED_TERMINAL, c->epoch, &pub, c->hash[0]);
}

static void add_bytes(struct chain *c, const void *header, size_t len, const char *body)
{
    int n = ++c->n;
    buf_init(&c->header[n], RECORD_HEADER_MAX);
    buf_init(&c->body[n], RECORD_BODY_MAX);
    buf_add(&c->header[n], header, len);
    buf_adds(&c->body[n], body);
    sha256(body, strlen(body), c->body_hash[n]);
    chain_next(c->hash[n - 1], c->header[n].data, c->header[n].len, c->body_hash[n], c->hash[n]);
}

static void add_record(struct chain *c, const char *what)
{
    struct err e = {0};
    struct buf header;
    struct record_header h = {.v = 1, .terminal = ENROLLED_TERMINAL, .at = 1767574800000, .kind = RECORD_START};
    memcpy(h.epoch, c->epoch, EPOCH_LEN);
    memcpy(h.boot, "00000000-0000-0000-0000-000000000000", 37);
    h.seq = (uint64_t)c->n + 1;
    random_bytes(h.id, sizeof h.id);
    snprintf(h.what, sizeof h.what, "%s", what);
    buf_init(&header, RECORD_HEADER_MAX);
    if (record_header_encode(&h, &header, &e))
        printf("# %s\n", e.text);
    add_bytes(c, header.data, header.len, "");
    buf_finish(&header);
}

static void forget(struct chain *c)
{
    for (int i = 1; i <= c->n; i++) {
        buf_finish(&c->header[i]);
        buf_finish(&c->body[i]);
    }
}

/* --- one request --- */

static int status;
static char answer[512];

static void on_answer(void *ctx, const struct http_answer *a, const struct err *why)
{
    bool *over = ctx;
    *over = true;
    status = a ? a->status : -why->code;
    snprintf(answer, sizeof answer, "%s", a ? (const char *)a->data : why->text);
}

/* The answer is this kind of word, for record `seq`, whose hash is this, and the hall's: the root names its key. */
static bool said(const struct chain *c, enum batch_answer_kind kind, int seq, const uint8_t hash[HASH_LEN])
{
    struct batch_answer a;
    struct manifest_root root;
    struct err e = {0};
    bool good = verify_root(stage_path("data"), &root, NULL, &e) == 0 &&
                batch_answer_decode(status, answer, strlen(answer), &a, &e) == 0 &&
                ack_verify(&root.acknowledgement, ENROLLED_TERMINAL, c->epoch, &a.ack, &e) == 0 && a.kind == kind &&
                a.ack.seq == (uint64_t)seq && memcmp(a.ack.hash, hash, HASH_LEN) == 0;
    if (!good)
        printf("# %d %s: %s\n", status, answer, e.text);
    return good;
}

static void post_bytes(const void *data, size_t len)
{
    bool over = false;
    const struct http_call call = {.method = "POST", .path = "/v1/records", .body = data, .body_len = len, .timeout_s = 20};
    http_start(http, &call, on_answer, &over);
    while (!over)
        loop_step(loop, -1);
}

/* Records first..last as a batch. */
static void make_batch(const struct chain *c, int first, int last, struct batch *b)
{
    *b = (struct batch){.first = (uint64_t)first, .n = (size_t)(last - first + 1)};
    memcpy(b->epoch, c->epoch, EPOCH_LEN);
    for (int i = first; i <= last; i++) {
        struct batch_record *r = &b->records[i - first];
        *r = (struct batch_record){c->header[i].data, c->header[i].len, c->body[i].data, c->body[i].len, {0}};
        memcpy(r->body_hash, c->body_hash[i], HASH_LEN);
    }
    b->head.seq = (uint64_t)last;
    memcpy(b->head.hash, c->hash[last], HASH_LEN);
    CHECK_INT(chain_head_sign(signing, ENROLLED_TERMINAL, c->epoch, &b->head, NULL), 0);
}

static void post_batch(const struct batch *b)
{
    struct buf bytes;
    buf_init(&bytes, BATCH_BYTES_MAX);
    CHECK_INT(batch_encode(b, &bytes, NULL), 0);
    post_bytes(bytes.data, bytes.len);
    buf_finish(&bytes);
}

static void post(const struct chain *c, int first, int last)
{
    struct batch b;
    make_batch(c, first, last, &b);
    post_batch(&b);
}

static const char *listed(void)
{
    CHECK_INT(stage_run("hallctl", "records", "--data", stage_path("hall"), "--json", NULL), 0);
    return stage_read("out");
}

/* --- the tests --- */

TEST(setup)
{
    struct err e = {0};
    char ca[512];
    struct buf identity;
    stage_open();
    CHECK(enrolled_hall(&hall));
    CHECK_INT(enrolled_sheet(&hall), 0);
    CHECK(enrolled_prepare(mine.epoch, &signing));
    CHECK_INT(enrolled_enrol("sheet.json"), 0);
    snprintf(ca, sizeof ca, "%s", stage_path("data/sync/ca.crt"));
    CHECK_INT(identity_load(stage_path("data"), &identity, NULL), 0);
    const struct http_config config = {.base = hall.url, .ca = ca, .identity = &identity};
    loop = loop_create();
    CHECK_INT(http_create(loop, &config, &http, &e), 0);
    buf_finish(&identity);
    begin(&mine);
    for (int i = 0; i < 8; i++)
        add_record(&mine, "one");
}

TEST(in_order_and_repeated)
{
    post(&mine, 1, 3);
    CHECK(said(&mine, BATCH_STORED, 3, mine.hash[3]));
    post(&mine, 1, 3); /* the answer was lost */
    CHECK(said(&mine, BATCH_STORED, 3, mine.hash[3]));
    post(&mine, 4, 4);
    CHECK(said(&mine, BATCH_STORED, 4, mine.hash[4]));
    post(&mine, 1, 3); /* what the first answer said */
    CHECK(said(&mine, BATCH_STORED, 3, mine.hash[3]));
    CHECK_INT(stage_count(listed(), "\"received\":"), 4);
}

TEST(wrong_place)
{
    post(&mine, 6, 7); /* a gap */
    CHECK(said(&mine, BATCH_RESEND, 4, mine.hash[4]));
    post(&mine, 3, 6); /* from a restored sync.db */
    CHECK(said(&mine, BATCH_RESEND, 4, mine.hash[4]));
    CHECK_INT(stage_count(listed(), "\"received\":"), 4);
}

TEST(bad_batches)
{
    struct batch b;
    post_bytes("TBB1 nonsense", 13);
    CHECK_INT(status, 400);
    post_bytes("", 0);
    CHECK_INT(status, 400);
    char *large = calloc(1, BATCH_BYTES_MAX + 4096);
    post_bytes(large, BATCH_BYTES_MAX + 4096);
    CHECK(status != 200);
    free(large);
    make_batch(&mine, 5, 5, &b);
    b.head.signature[b.head.signature_len - 1] ^= 1;
    post_batch(&b);
    CHECK_INT(status, 400);
    CHECK_INT(stage_count(listed(), "\"received\":"), 4);
}

/* The same places with other records, rightly signed: a copied terminal. */
TEST(fork_keeps_the_first)
{
    struct chain other = {.n = 0};
    memcpy(other.epoch, mine.epoch, EPOCH_LEN);
    begin(&other);
    for (int i = 1; i <= 2; i++)
        add_bytes(&other, mine.header[i].data, mine.header[i].len, "");
    for (int i = 3; i <= 6; i++)
        add_record(&other, "two");
    post(&other, 3, 4);
    CHECK(said(&mine, BATCH_FORK, 3, mine.hash[3]));
    post(&other, 1, 6);
    CHECK(said(&mine, BATCH_FORK, 3, mine.hash[3]));
    post(&other, 5, 6); /* behind the stored place, from another past */
    CHECK(said(&mine, BATCH_FORK, 4, mine.hash[4]));
    CHECK(!strstr(listed(), "\"two\""));
    CHECK_INT(stage_count(stage_read("out"), "\"received\":"), 4);
    forget(&other);
}

TEST(other_journal_with_the_same_certificate)
{
    struct chain other = {.n = 0};
    random_bytes(other.epoch, EPOCH_LEN);
    begin(&other);
    add_record(&other, "other");
    post(&other, 1, 1);
    CHECK_INT(status, 409);
    CHECK(!strstr(answer, "\"sig\"")); /* of that journal it holds nothing to give its word for */
    forget(&other);
}

/* Whatever a record holds: when its place and head verify it is stored, and marked. */
TEST(unreadable_records_are_stored_and_marked)
{
    static const char strange[] = "{\"v\":1,\"v\":2,\"surprise\":[[[[";
    struct chain c = {.n = 0};
    struct batch b;
    memcpy(c.epoch, mine.epoch, EPOCH_LEN);
    begin(&c);
    for (int i = 1; i <= 4; i++)
        add_bytes(&c, mine.header[i].data, mine.header[i].len, "");
    add_bytes(&c, strange, sizeof strange - 1, "");
    add_bytes(&c, mine.header[1].data, mine.header[1].len, ""); /* a header that names another place */
    add_record(&c, "three");
    c.body[7].len = 0;
    memset(c.body_hash[7], 7, HASH_LEN); /* its body is gone */
    chain_next(c.hash[6], c.header[7].data, c.header[7].len, c.body_hash[7], c.hash[7]);
    make_batch(&c, 5, 7, &b);
    post_batch(&b);
    CHECK(said(&mine, BATCH_STORED, 7, c.hash[7]));
    CHECK_INT(stage_count(listed(), "\"received\":"), 7);
    CHECK_INT(stage_count(stage_read("out"), "header-unreadable"), 2);
    CHECK_INT(stage_count(stage_read("out"), "body-gone"), 1);
    forget(&c);
}

TEST(finish)
{
    http_destroy(http);
    loop_destroy(loop);
    forget(&mine);
    key_free(signing);
    CHECK_INT(stage_hall_end(&hall, SIGTERM), 0);
    stage_close(test_failed_);
}

TEST_MAIN(SETUP(setup), T(in_order_and_repeated), T(wrong_place), T(bad_batches), T(fork_keeps_the_first),
          T(other_journal_with_the_same_certificate), T(unreadable_records_are_stored_and_marked), TEARDOWN(finish))
