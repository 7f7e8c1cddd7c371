/* SPDX-License-Identifier: Apache-2.0
 *
 * Delivery against a hall of the test's own: what it answers is taken as far as it fits the journal and is signed, and no
 * answer ends delivery.
 */
#include "test.h"

#include <sys/stat.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/json.h"
#include "journal/anchor.h"
#include "journal/journal.h"
#include "journal/outbox.h"
#include "sync/deliver.h"

#define RECORDS 3
#define TERMINAL "t-1103-003"
#define DAY INT64_C(86400000)

static char dir[64];
static struct private_key *journal_key, *hall_key, *stranger;
static struct terminal_config terminal = {.terminal = TERMINAL, .office = 1103, .registration = 1, .epoch = {7}};
static struct journal *journal;
static struct state *state;
static struct loop *loop;
static struct deliver *deliver;
static uint8_t hash[RECORDS + 1][HASH_LEN]; /* [n]: of record n */

/* --- in http.c's place --- */

static struct {
    int requests;
    http_done_fn *done; /* NULL: nothing is under way */
    void *ctx;
    uint64_t first, last; /* what was sent */
} wire;

struct http_request *http_start(struct http *h, const struct http_call *call, http_done_fn *done, void *ctx)
{
    struct batch b;

    CHECK_INT(batch_decode(call->body, call->body_len, &b, NULL), 0);
    wire.requests++;
    wire.done = done;
    wire.ctx = ctx;
    wire.first = b.first;
    wire.last = b.head.seq;
    return (struct http_request *)&wire;
}

void http_cancel(struct http_request *r)
{
    wire.done = NULL;
}

static void reply(int status, const char *json)
{
    const struct http_answer a = {.status = status, .data = (const uint8_t *)json, .len = strlen(json)};
    http_done_fn *done = wire.done;

    wire.done = NULL;
    done(wire.ctx, &a, NULL);
}

/* The word `member` (stored, fork) for record seq with that hash, signed by `key` under the hall's name. */
static void answer(int status, const char *member, uint64_t seq, const uint8_t of[HASH_LEN], const struct private_key *key)
{
    struct ack a = {.seq = seq};
    struct public_key pub;
    struct buf message, json;
    struct jsonw w;

    memcpy(a.hash, of, HASH_LEN);
    key_public(hall_key, &pub);
    public_key_id(&pub, a.by.key_id);
    buf_init(&message, ACK_BYTES_MAX);
    buf_init(&json, ACK_BYTES_MAX);
    CHECK_INT(ack_message(TERMINAL, terminal.epoch, &a, &message), 0);
    CHECK_INT(sign_message(key, ACK_PREFIX, message.data, message.len, a.by.sig, &a.by.sig_len, NULL), 0);
    jsonw_init(&w, &json);
    jsonw_obj(&w, NULL);
    ack_put(&w, member, &a);
    jsonw_end(&w);
    reply(status, buf_str(&json));
    buf_finish(&message);
    buf_finish(&json);
}

/* --- what delivery tells --- */

static int words;
static struct ack word;

static void on_word(void *ctx, const struct ack *a)
{
    words++;
    word = *a;
}

static void on_acked(void *ctx, uint64_t seq)
{
}

static void on_outcome(void *ctx, enum http_outcome o)
{
}

/* --- a terminal --- */

static void write_root(bool with_hall_keys)
{
    int64_t now = clock_wall_ms() / 1000 * 1000;
    struct manifest_root r = {.version = 1, .expires_ms = now + 700 * DAY};
    struct manifest_signatures sigs = {0};
    struct buf json, sig;
    char path[96];

    r.root = (struct manifest_role){.threshold = 1, .n = 1};
    key_public(journal_key, &r.root.keys[0]);
    r.catalogue = r.head = r.root;
    if (with_hall_keys) {
        r.acknowledgement = r.root;
        key_public(hall_key, &r.acknowledgement.keys[0]);
    }
    r.sealing = (struct manifest_key){r.root.keys[0], now - DAY, now + 700 * DAY};
    r.ask = r.sealing;
    buf_init(&json, MANIFEST_MAX);
    buf_init(&sig, MANIFEST_MAX);
    CHECK_INT(manifest_root_encode(&r, &json, NULL), 0);
    CHECK_INT(manifest_sign(journal_key, MANIFEST_ROOT_PREFIX, json.data, json.len, &sigs, NULL), 0);
    CHECK_INT(manifest_signatures_encode(&sigs, &sig, NULL), 0);
    snprintf(path, sizeof path, "%s/root.json", dir);
    CHECK_INT(fs_write_atomic(path, json.data, json.len, 0644, NULL), 0);
    snprintf(path, sizeof path, "%s/root.sig", dir);
    CHECK_INT(fs_write_atomic(path, sig.data, sig.len, 0644, NULL), 0);
    buf_finish(&json);
    buf_finish(&sig);
}

static void append(void)
{
    struct record_header h = {.kind = RECORD_AVAILABILITY, .what = "test"};

    CHECK_INT(journal_append(journal, &h, NULL, 0, NULL), 0);
    CHECK_INT(journal_sign_head(journal, NULL), 0);
}

static void read_hashes(const char *path)
{
    struct outbox *o = NULL;

    CHECK_INT(outbox_open(path, &o, NULL), 0);
    for (int i = 1; i <= RECORDS; i++)
        CHECK_INT(outbox_hash(o, (uint64_t)i, hash[i], NULL), 0);
    CHECK_INT(outbox_hash(o, RECORDS + 1, hash[0], NULL), -ERR_NOTFOUND);
    outbox_close(o);
}

static void start(void)
{
    static const struct deliver_events events = {on_acked, on_word, on_outcome};

    CHECK_INT(state_open(dir, terminal.epoch, &state, NULL), 0);
    CHECK_INT(deliver_create(loop, NULL, state, dir, "journal", &terminal, &events, NULL, &deliver, NULL), 0);
    words = 0;
    wire.requests = 0;
    loop_step(loop, 1000);
}

static void stop(void)
{
    deliver_destroy(deliver);
    state_close(state);
}

/* A terminal with three records none of which is delivered; the first batch is on its way. */
static void fresh(bool with_hall_keys)
{
    struct journal_identity id = {.terminal = TERMINAL, .office = 1103, .registration = 1, .epoch = {7}};
    char path[96];

    snprintf(dir, sizeof dir, "/tmp/tongban-deliver-XXXXXX");
    CHECK(mkdtemp(dir) != NULL);
    snprintf(path, sizeof path, "%s/sync", dir);
    mkdir(path, 0755);
    write_root(with_hall_keys);
    snprintf(path, sizeof path, "%s/journal", dir);
    mkdir(path, 0755);
    CHECK_INT(anchor_make(path, id.terminal, id.epoch, NULL), 0);
    CHECK_INT(journal_open(path, &id, journal_key, NULL, &journal, NULL), 0);
    for (int i = 0; i < RECORDS; i++)
        append();
    read_hashes(path);
    loop = loop_create();
    start();
    CHECK_INT(wire.requests, 1);
    CHECK_INT(wire.last, RECORDS);
}

static void drop(void)
{
    char command[100];

    stop();
    loop_destroy(loop);
    journal_close(journal);
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    CHECK_INT(system(command), 0);
}

/* As long as the slowest pace. */
static void let_time_pass(void)
{
    clock_advance(5 * 60 * 1000);
    loop_step(loop, 1000);
}

static int kept(void)
{
    return (int)state_get(state, STATE_ACKED);
}

/* --- the tests --- */

TEST(the_halls_word_moves_the_place)
{
    CHECK_INT(key_generate(&journal_key, NULL), 0);
    CHECK_INT(key_generate(&hall_key, NULL), 0);
    CHECK_INT(key_generate(&stranger, NULL), 0);
    fresh(true);
    answer(200, "stored", 3, hash[3], hall_key);
    CHECK_INT(kept(), 3);
    CHECK_INT(words, 1);
    CHECK_INT(word.seq, 3);
    CHECK(!wire.done); /* there is nothing more to send */
    stop();
    start();
    CHECK_INT(wire.requests, 0);
    deliver_repeat(deliver); /* kiosk has come anew */
    CHECK_INT(words, 1);
    CHECK_INT(word.seq, 3);
    drop();
}

/* One false answer of each kind, then the true one. */
static void survives(int status, const char *member, uint64_t seq, const uint8_t of[HASH_LEN])
{
    fresh(true);
    answer(status, member, seq, of, stranger);
    CHECK_INT(kept(), 0);
    CHECK(!wire.done);
    deliver_wake(deliver); /* a new record, a poll: none of it hastens what was contradicted */
    CHECK(!wire.done);
    CHECK_INT(words, 1); /* kiosk is told, and decides */
    CHECK_INT(word.seq, (int64_t)seq);
    let_time_pass();
    CHECK_INT(wire.first, 1);
    answer(200, "stored", 3, hash[3], hall_key);
    CHECK_INT(kept(), 3);
    CHECK_INT(word.seq, 3);
    drop();
}

TEST(no_false_answer_ends_delivery)
{
    static const uint8_t zeros[HASH_LEN];

    survives(409, "fork", 1, zeros);
    survives(409, "fork", 3, hash[3]); /* calls its own record a fork */
    survives(409, "stored", 999999999, zeros);
    survives(409, "stored", 2, zeros);
    survives(200, "stored", 3, zeros);
}

/* Who sits between terminal and hall knows every hash, and no key. */
TEST(only_a_signed_place_is_kept)
{
    fresh(true);
    answer(200, "stored", 3, hash[3], stranger);
    CHECK_INT(kept(), 0);
    CHECK_INT(words, 0);
    let_time_pass();
    CHECK_INT(wire.requests, 2);
    CHECK_INT(wire.first, 1);
    answer(409, "stored", 3, hash[3], stranger);
    let_time_pass(); /* there is nothing left to send: now the word is looked at */
    CHECK_INT(kept(), 0);
    CHECK_INT(words, 0);
    let_time_pass();
    CHECK_INT(wire.requests, 3);
    CHECK_INT(wire.first, 1);
    answer(200, "stored", 3, hash[3], hall_key);
    CHECK_INT(kept(), 3);
    drop();
}

TEST(answers_that_are_none)
{
    static const char *const rows[] = {"", "{}", "<html>", "{\"stored\":3}", "{\"fork\":1}"};

    fresh(true);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        reply(i % 2 ? 200 : 409, rows[i]);
        CHECK_INT(kept(), 0);
        CHECK_INT(words, 0);
        let_time_pass();
        CHECK_INT(wire.first, 1);
    }
    answer(200, "stored", 3, hash[3], hall_key);
    CHECK_INT(kept(), 3);
    drop();
}

/* A hall restored from a copy gets everything again; what it once gave its word for stays true. */
TEST(a_restored_hall)
{
    fresh(true);
    answer(200, "stored", 3, hash[3], hall_key);
    append();
    deliver_wake(deliver);
    CHECK_INT(wire.first, 4);
    answer(409, "stored", 1, hash[1], hall_key);
    CHECK_INT(wire.first, 2);
    CHECK_INT(wire.last, 4);
    answer(409, "stored", 0, hash[0], hall_key); /* and once more, to nothing */
    CHECK(!wire.done);                           /* not at once: two that disagree would never end */
    let_time_pass();
    CHECK_INT(wire.first, 1);
    stop();
    start();
    deliver_repeat(deliver);
    CHECK_INT(word.seq, 3);
    drop();
}

/* An older root names no key for it: delivery goes on by what fits the journal. */
TEST(a_root_without_the_role)
{
    fresh(false);
    answer(200, "stored", 3, hash[3], stranger);
    CHECK_INT(kept(), 3);
    drop();
}

/* kiosk has taken a newer root, with another key, since delivery looked. */
TEST(a_newer_root)
{
    struct private_key *before = hall_key, *next = NULL;

    CHECK_INT(key_generate(&next, NULL), 0);
    fresh(true);
    answer(409, "stored", 1, hash[1], hall_key);
    clock_advance(2000); /* the next word is verified at once */
    hall_key = next;
    write_root(true);
    answer(200, "stored", 3, hash[3], hall_key);
    CHECK_INT(kept(), 3);
    key_free(before);
    drop();
}

TEST(end)
{
    key_free(journal_key);
    key_free(hall_key);
    key_free(stranger);
}

TEST_MAIN(T(the_halls_word_moves_the_place), T(no_false_answer_ends_delivery), T(only_a_signed_place_is_kept),
          T(answers_that_are_none), T(a_restored_hall), T(a_root_without_the_role), T(a_newer_root), TEARDOWN(end))
