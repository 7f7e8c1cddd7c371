/* SPDX-License-Identifier: Apache-2.0
 *
 * Journals of earlier enrolments: what the hall's word does to them, what is counted, what is removed and when.
 */
#include "kiosk/aside.h"

#include "base/fs.h"
#include "base/text.h"
#include "crypto/hash.h"
#include "crypto/sign.h"
#include "journal/journal_test.h"
#include "model/terminal.h"

static char data_[] = "/tmp/tongban-aside-XXXXXX";
static struct manifest_role role_;
static struct chain_head head_;

static void write_config(const char *hex)
{
    struct terminal_config t = {.office = identity_.office, .registration = identity_.registration};
    char path[120];
    struct buf json;

    text_copy(t.terminal, sizeof t.terminal, identity_.terminal);
    memcpy(t.epoch, identity_.epoch, EPOCH_LEN);
    text_copy(t.hall, sizeof t.hall, "https://hall.example:8443");
    t.place = (struct place){
        .zone = "示范区", .spot = "城东街道", .device = "03 号机", .hotline = "12345", .supervision = "6555 0100"};
    text_copy(t.place.terminal, sizeof t.place.terminal, t.terminal);
    buf_init(&json, TERMINAL_CONFIG_MAX);
    CHECK_INT(terminal_config_encode(&t, &json, NULL), 0);
    snprintf(path, sizeof path, "%s/earlier/%s/terminal.json", data_, hex);
    CHECK_INT(fs_write_atomic(path, json.data, json.len, 0644, NULL), 0);
    buf_finish(&json);
}

/* Three applications, and the journal put aside as enrol_aside.c does it. */
static void put_aside(void)
{
    char command[300];

    fresh();
    if (!role_.n) {
        if (!mkdtemp(data_))
            exit(1);
        role_ = (struct manifest_role){.n = 1, .threshold = 1};
        role_.keys[0] = seal_to_;
    }
    struct journal *j = open_journal();
    for (int i = 0; i < 3; i++)
        CHECK_INT(append_application(j, NULL, NULL, NULL), 0);
    CHECK_INT(journal_sign_head(j, NULL), 0);
    journal_close(j);
    struct outbox *o = NULL;
    CHECK_INT(outbox_open(dir_, &o, NULL), 0);
    CHECK_INT(outbox_head(o, &head_, NULL), 0);
    outbox_close(o);
    char hex[2 * EPOCH_LEN + 1], key[120];
    hex_encode(identity_.epoch, EPOCH_LEN, hex);
    snprintf(command, sizeof command,
             "E=%s/earlier/%s; rm -rf %s/earlier; mkdir -p $E; mv $D $E/journal; mv $D.anchor $E/journal.anchor", data_, hex,
             data_);
    shell(command);
    snprintf(key, sizeof key, "%s/earlier/%s/journal.pem", data_, hex);
    CHECK_INT(key_save(signing_, key, NULL), 0);
    write_config(hex);
}

/* The hall's word, of record `seq` with that hash, signed by `key` for a terminal. */
static struct ack word_of(uint64_t seq, const uint8_t hash[HASH_LEN], const struct private_key *key, const char *terminal)
{
    struct ack a = {.seq = seq};
    struct buf message;

    memcpy(a.hash, hash, HASH_LEN);
    public_key_id(&seal_to_, a.by.key_id);
    buf_init(&message, ACK_BYTES_MAX);
    CHECK_INT(ack_message(terminal, identity_.epoch, &a, &message), 0);
    CHECK_INT(sign_message(key, ACK_PREFIX, message.data, message.len, a.by.sig, &a.by.sig_len, NULL), 0);
    buf_finish(&message);
    return a;
}

static int64_t bodies(void)
{
    char path[200], hex[2 * EPOCH_LEN + 1];
    sqlite3 *db = NULL;
    sqlite3_stmt *st = NULL;

    hex_encode(identity_.epoch, EPOCH_LEN, hex);
    snprintf(path, sizeof path, "%s/earlier/%s/journal/journal.db", data_, hex);
    CHECK_INT(sqlite3_open(path, &db), 0);
    CHECK_INT(sqlite3_prepare_v2(db, "SELECT count(*) FROM body", -1, &st, NULL), 0);
    CHECK_INT(sqlite3_step(st), SQLITE_ROW);
    int64_t n = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    sqlite3_close(db);
    return n;
}

TEST(nothing_was_put_aside)
{
    fresh();
    struct aside *a = aside_create("/tmp/tongban-there-is-none", identity_.terminal);

    CHECK_INT(aside_waiting(a), 0);
    aside_purge(a, 7);
    aside_destroy(a);
}

TEST(the_halls_word_counts_and_no_other)
{
    put_aside();
    struct aside *a = aside_create(data_, identity_.terminal);
    struct ack foreign = word_of(head_.seq, head_.hash, signing_, identity_.terminal),
               other = word_of(head_.seq, head_.hash, hall_, "t-9999-999"),
               good = word_of(head_.seq, head_.hash, hall_, identity_.terminal);

    CHECK_INT(aside_waiting(a), 3);
    CHECK(!aside_said(a, &role_, &foreign));
    CHECK(!aside_said(a, &role_, &other));
    CHECK_INT(aside_waiting(a), 3);
    CHECK(aside_said(a, &role_, &good));
    CHECK_INT(aside_waiting(a), 0);
    aside_destroy(a);
    a = aside_create(data_, identity_.terminal); /* it is remembered */
    CHECK_INT(aside_waiting(a), 0);
    aside_destroy(a);
}

TEST(a_word_beyond_its_end_removes_nothing)
{
    put_aside();
    struct aside *a = aside_create(data_, identity_.terminal);
    struct ack beyond = word_of(head_.seq + 1, head_.hash, hall_, identity_.terminal);

    CHECK(aside_said(a, &role_, &beyond)); /* it is of that journal; and against it */
    clock_advance(9 * DAY_MS);
    aside_purge(a, 7);
    CHECK_INT(bodies(), 3);
    CHECK_INT(aside_waiting(a), -1);
    aside_destroy(a);
}

TEST(bodies_go_a_week_after_the_hall_has_them)
{
    put_aside();
    struct aside *a = aside_create(data_, identity_.terminal);

    clock_advance(8 * DAY_MS);
    aside_purge(a, 7); /* the hall has none */
    CHECK_INT(bodies(), 3);
    put_aside();
    struct ack good = word_of(head_.seq, head_.hash, hall_, identity_.terminal);
    CHECK(aside_said(a, &role_, &good));
    clock_advance(2 * DAY_MS);
    aside_purge(a, 7); /* not a week yet */
    CHECK_INT(bodies(), 3);
    clock_advance(6 * DAY_MS);
    aside_purge(a, 7);
    CHECK_INT(bodies(), 0);
    CHECK_INT(aside_waiting(a), 0);
    aside_destroy(a);
}

TEST(what_nobody_here_has_put_there_is_not_known)
{
    char command[200];

    put_aside();
    snprintf(command, sizeof command, "mkdir %s/earlier/00", data_);
    shell(command);
    struct aside *a = aside_create(data_, identity_.terminal);
    struct ack good = word_of(head_.seq, head_.hash, hall_, identity_.terminal);

    CHECK(aside_said(a, &role_, &good)); /* of the one that is ours */
    aside_purge(a, 7);
    CHECK_INT(aside_waiting(a), -1);
    aside_destroy(a);
}

TEST(what_cannot_be_opened_is_not_known)
{
    char command[200];

    put_aside();
    struct aside *a = aside_create(data_, identity_.terminal);
    snprintf(command, sizeof command, "rm %s/earlier/*/journal.pem", data_);
    shell(command);
    CHECK_INT(aside_waiting(a), -1);
    aside_destroy(a);
    snprintf(command, sizeof command, "rm -rf %s", data_);
    shell(command);
}

TEST_MAIN(SETUP(begin), T(nothing_was_put_aside), T(the_halls_word_counts_and_no_other),
          T(a_word_beyond_its_end_removes_nothing), T(bodies_go_a_week_after_the_hall_has_them),
          T(what_nobody_here_has_put_there_is_not_known), T(what_cannot_be_opened_is_not_known), TEARDOWN(end))
