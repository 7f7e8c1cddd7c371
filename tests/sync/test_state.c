/* SPDX-License-Identifier: Apache-2.0
 *
 * sync.db: whose numbers it holds, which word of the hall is kept, what becomes of one from before words were signed.
 */
#include "test.h"

#include <sqlite3.h>
#include <sys/stat.h>

#include "sync/state.h"
#include "sync/state_lease.h"

static char dir[64];
static const uint8_t one[EPOCH_LEN] = {1}, two[EPOCH_LEN] = {2};

static void fresh(void)
{
    char sub[80];

    snprintf(dir, sizeof dir, "/tmp/tongban-state-XXXXXX");
    CHECK(mkdtemp(dir) != NULL);
    snprintf(sub, sizeof sub, "%s/sync", dir);
    mkdir(sub, 0755);
}

static void drop(void)
{
    char command[100];

    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    CHECK_INT(system(command), 0);
}

static struct ack word(uint64_t seq)
{
    struct ack a = {.seq = seq, .by = {{1}, {0x30, 6}, 2}};

    memset(a.hash, (int)seq, sizeof a.hash);
    return a;
}

TEST(numbers_stay_with_their_journal)
{
    struct state *s = NULL;
    struct ack a = word(42), kept;

    fresh();
    CHECK_INT(state_open(dir, one, &s, NULL), 0);
    CHECK_INT(state_get(s, STATE_ACKED), 0);
    CHECK_INT(state_word(s, &kept, NULL), 0);
    CHECK_INT(state_set(s, STATE_ACKED, 41, NULL), 0);
    CHECK_INT(state_set(s, STATE_ACKED, 42, NULL), 0);
    CHECK_INT(state_word_keep(s, &a, NULL), 0);
    state_close(s);
    CHECK_INT(state_open(dir, one, &s, NULL), 0);
    CHECK_INT(state_get(s, STATE_ACKED), 42);
    CHECK_INT(state_word(s, &kept, NULL), 1);
    CHECK_INT(kept.seq, 42);
    CHECK_MEM(kept.hash, a.hash, HASH_LEN);
    CHECK_MEM(&kept.by, &a.by, sizeof a.by);
    state_close(s);
    CHECK_INT(state_open(dir, two, &s, NULL), 0);
    CHECK_INT(state_get(s, STATE_ACKED), 0);
    CHECK_INT(state_word(s, &kept, NULL), 0);
    state_close(s);
    drop();
}

/* A hall that was restored speaks of fewer records; what it once signed for stays true. */
TEST(the_word_for_the_highest_record_is_kept)
{
    struct state *s = NULL;
    struct ack high = word(42), low = word(7), higher = word(43), kept;

    fresh();
    CHECK_INT(state_open(dir, one, &s, NULL), 0);
    CHECK_INT(state_word_keep(s, &high, NULL), 0);
    CHECK_INT(state_word_keep(s, &low, NULL), 0);
    CHECK_INT(state_word(s, &kept, NULL), 1);
    CHECK_INT(kept.seq, 42);
    CHECK_INT(state_word_keep(s, &higher, NULL), 0);
    CHECK_INT(state_word(s, &kept, NULL), 1);
    CHECK_INT(kept.seq, 43);
    state_close(s);
    drop();
}

struct told {
    int n;
    char first[LEASE_BYTES_MAX];
};

static void on_answer(void *ctx, const char *answer)
{
    struct told *t = ctx;

    if (!t->n++)
        snprintf(t->first, sizeof t->first, "%s", answer);
}

TEST(leases_are_kept_as_the_hall_answered)
{
    struct state *s = NULL;
    struct lease l, back;
    struct told t = {.n = 0};
    const struct date day = {2026, 1, 5};

    fresh();
    CHECK_INT(state_open(dir, one, &s, NULL), 0);
    CHECK_INT(state_lease_ask(s, "general", day, NULL), 0);
    CHECK_INT(state_lease_ask(s, "general", day, NULL), 0); /* it waits already */
    CHECK_INT(state_lease_open(s, &l, NULL), 1);
    CHECK_INT(state_lease_each(s, day, 10, on_answer, &t, NULL), 0);
    CHECK_INT(t.n, 0);
    l.block = (struct ticket_block){21, 20};
    l.by = (struct manifest_signature){{1}, {0x30, 6}, 2};
    CHECK_INT(state_lease_granted(s, &l, NULL), 0);
    state_close(s);
    CHECK_INT(state_open(dir, one, &s, NULL), 0);
    CHECK_INT(state_lease_open(s, &back, NULL), 0);
    CHECK_INT(state_lease_each(s, day, 10, on_answer, &t, NULL), 0);
    CHECK_INT(t.n, 1);
    CHECK_INT(state_lease_each(s, (struct date){2026, 1, 6}, 10, on_answer, &t, NULL), 0);
    CHECK_INT(t.n, 1);
    CHECK_INT(lease_answer_decode(t.first, strlen(t.first), &back, NULL), 0);
    CHECK(lease_same(&l, &back));
    CHECK_INT(back.block.first, 21);
    CHECK_MEM(&back.by, &l.by, sizeof l.by);
    state_close(s);
    drop();
}

TEST(one_of_before_words_were_signed)
{
    static const char old[] =
        "CREATE TABLE owner (epoch TEXT NOT NULL PRIMARY KEY);"
        "CREATE TABLE state (name TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL);"
        "CREATE TABLE lease (request TEXT NOT NULL PRIMARY KEY, epoch TEXT NOT NULL, queue TEXT NOT NULL,"
        " day TEXT NOT NULL, first INTEGER NOT NULL, count INTEGER NOT NULL);"
        "INSERT INTO owner VALUES ('01000000000000000000000000000000');"
        "INSERT INTO state VALUES ('acked', 41), ('highest', 41);"
        "INSERT INTO lease VALUES ('10', '01000000000000000000000000000000', 'general', '2026-01-05', 1,"
        " 20)";
    char path[100];
    struct state *s = NULL;
    struct told t = {.n = 0};
    struct lease l;
    struct ack a;
    const struct date day = {2026, 1, 5};
    sqlite3 *db = NULL;

    fresh();
    snprintf(path, sizeof path, "%s/sync/sync.db", dir);
    CHECK_INT(sqlite3_open(path, &db), 0);
    CHECK_INT(sqlite3_exec(db, old, NULL, NULL, NULL), 0);
    sqlite3_close(db);
    CHECK_INT(state_open(dir, one, &s, NULL), 0);
    CHECK_INT(state_get(s, STATE_ACKED), 41); /* delivery goes on where it was */
    CHECK_INT(state_word(s, &a, NULL), 0);
    CHECK_INT(state_lease_each(s, day, 10, on_answer, &t, NULL), 0);
    CHECK_INT(t.n, 0);
    CHECK_INT(state_lease_open(s, &l, NULL), 0);
    state_close(s);
    drop();
}

/* No file, half a header, a page of something else: delivery goes on from where the hall says. */
TEST(a_damaged_one_is_begun_anew)
{
    static const long places[] = {0, 20, 4096};
    struct state *s = NULL;
    char path[100];

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        fresh();
        CHECK_INT(state_open(dir, one, &s, NULL), 0);
        CHECK_INT(state_set(s, STATE_ACKED, 42, NULL), 0);
        state_close(s);
        snprintf(path, sizeof path, "%s/sync/sync.db", dir);
        FILE *f = fopen(path, "r+");
        CHECK(f && !fseek(f, places[i], SEEK_SET));
        for (int k = 0; f && k < 64; k++)
            fputc(0xa5, f);
        if (f)
            fclose(f);
        CHECK_INT(state_open(dir, one, &s, NULL), 0);
        CHECK_INT(state_get(s, STATE_ACKED), 0);
        CHECK_INT(state_set(s, STATE_ACKED, 7, NULL), 0);
        state_close(s);
        CHECK_INT(state_open(dir, one, &s, NULL), 0);
        CHECK_INT(state_get(s, STATE_ACKED), 7);
        state_close(s);
        drop();
    }
}

TEST_MAIN(T(a_damaged_one_is_begun_anew), T(numbers_stay_with_their_journal), T(the_word_for_the_highest_record_is_kept),
          T(leases_are_kept_as_the_hall_answered), T(one_of_before_words_were_signed))
