/* SPDX-License-Identifier: Apache-2.0
 *
 * The read side: batches, walking, and opening beside the writer without the right to write.
 */
#include "journal_test.h"

#include <sys/wait.h>

#include "crypto/hash.h"

static struct outbox *open_outbox(void)
{
    struct outbox *o = NULL;
    struct err e = {0};

    int rc = outbox_open(dir_, &o, &e);
    CHECK_STR(e.text, "");
    if (rc)
        exit(1);
    return o;
}

TEST(nothing_there)
{
    struct outbox *o = NULL;
    struct err e = {0};

    fresh();
    CHECK_INT(outbox_open(dir_, &o, &e), -ERR_NOTFOUND);
    shell(": > $D/journal.db"); /* just being made */
    CHECK_INT(outbox_open(dir_, &o, &e), -ERR_NOTFOUND);
    shell("seq 10000 > $D/journal.db");
    CHECK_INT(outbox_open(dir_, &o, &e), -ERR_CHECKSUM);
    CHECK(o == NULL);
}

TEST(identity)
{
    char terminal[TERMINAL_ID_MAX + 1];
    struct public_key signing, want;
    uint8_t epoch[EPOCH_LEN];

    fresh();
    journal_close(open_journal());
    struct outbox *o = open_outbox();
    CHECK_INT(outbox_identity(o, terminal, epoch, &signing, NULL), 0);
    key_public(signing_, &want);
    CHECK_STR(terminal, "t-1103-003");
    CHECK_MEM(epoch, identity_.epoch, EPOCH_LEN);
    CHECK_MEM(&signing, &want, sizeof want);
    outbox_close(o);
}

/* What the hall does with a batch. */
static void check_batch(const struct batch *b, const uint8_t start[HASH_LEN], uint8_t end[HASH_LEN])
{
    struct public_key signing;
    uint8_t hash[HASH_LEN], body_hash[HASH_LEN];

    memcpy(hash, start, sizeof hash);
    for (size_t i = 0; i < b->n; i++) {
        const struct batch_record *r = &b->records[i];
        sha256(r->body, r->body_len, body_hash);
        CHECK_MEM(r->body_hash, body_hash, sizeof body_hash);
        chain_next(hash, r->header, r->header_len, r->body_hash, hash);
    }
    CHECK_MEM(b->head.hash, hash, sizeof hash);
    key_public(signing_, &signing);
    CHECK_INT(chain_head_verify(&signing, "t-1103-003", b->epoch, &b->head, NULL), 0);
    memcpy(end, hash, sizeof hash);
}

/* Delivers everything from record 1 on; returns how many batches it took, *ret_last the last record delivered. */
static int deliver(size_t *ret_most, uint64_t *ret_last)
{
    struct outbox *o = open_outbox();
    struct public_key signing;
    uint8_t hash[HASH_LEN];
    uint64_t last = 0;
    struct buf out;
    int n = 0;

    *ret_most = 0;
    key_public(signing_, &signing);
    chain_start("t-1103-003", identity_.epoch, &signing, hash);
    buf_init(&out, BATCH_BYTES_MAX);
    for (uint64_t first = 1;; first = last + 1) {
        struct batch b;
        struct err e = {0};
        CHECK_INT(outbox_batch(o, first, &out, &last, &e), 0);
        CHECK_STR(e.text, "");
        if (last < first || n > 1000)
            break;
        CHECK_INT(batch_decode(out.data, out.len, &b, &e), 0);
        CHECK_STR(e.text, "");
        CHECK_INT(b.first, first);
        CHECK_INT(b.head.seq, last);
        check_batch(&b, hash, hash);
        *ret_most = b.n > *ret_most ? b.n : *ret_most;
        n++;
    }
    CHECK_INT(out.len, 0);
    buf_finish(&out);
    outbox_close(o);
    *ret_last = last;
    return n;
}

TEST(nothing_to_send)
{
    uint64_t last;
    size_t most;

    fresh();
    struct journal *j = open_journal();
    CHECK_INT(deliver(&most, &last), 0);
    CHECK_INT(append_kind(j, RECORD_START), 0);
    CHECK_INT(deliver(&most, &last), 0); /* not signed yet */
    CHECK_INT(journal_sign_head(j, NULL), 0);
    CHECK_INT(deliver(&most, &last), 1);
    CHECK_INT(last, 1);
    journal_close(j);
}

TEST(batches_have_64_records)
{
    uint64_t last;
    size_t most;

    fresh();
    struct journal *j = open_journal();
    for (int i = 0; i < 130; i++)
        if (append_kind(j, RECORD_START) || journal_sign_head(j, NULL))
            CHECK(!"append or sign");
    CHECK_INT(deliver(&most, &last), 3);
    CHECK_INT(most, 64);
    CHECK_INT(last, 130);
    journal_close(j);
}

TEST(heads_never_lie_too_far_apart)
{
    uint64_t last;
    size_t most;

    fresh();
    struct journal *j = open_journal();
    for (int i = 0; i < 200; i++) /* nobody asks for a head */
        if (append_kind(j, RECORD_START))
            CHECK(!"append");
    journal_close(j);
    journal_close(open_journal()); /* signs what is left */
    CHECK_INT(deliver(&most, &last), 4);
    CHECK_INT(last, 200);
}

TEST(batches_have_one_mebibyte)
{
    static char plain[31 * 1024];
    struct record_header h = {.kind = RECORD_FEEDBACK};
    uint64_t last;
    size_t most;

    fresh();
    struct journal *j = open_journal();
    for (int i = 0; i < 50; i++)
        if (journal_append(j, &h, plain, sizeof plain, NULL) || (i % 3 == 0 && journal_sign_head(j, NULL)))
            CHECK(!"append or sign");
    CHECK_INT(journal_sign_head(j, NULL), 0);
    CHECK_INT(deliver(&most, &last), 2);
    CHECK(most > 25 && most < 35);
    CHECK_INT(last, 50);
    journal_close(j);
}

TEST(purged_bodies_are_sent_as_hashes)
{
    struct batch b;
    struct buf out;
    uint64_t last = 0;

    fresh();
    struct journal *j = open_journal();
    CHECK_INT(append_application(j, NULL, NULL, NULL), 0);
    CHECK_INT(journal_sign_head(j, NULL), 0);
    clock_advance(2 * DAY_MS);
    journal_set_clock_trusted(j, true);
    CHECK_INT(journal_purge(j, 1, 1, NULL), 0);
    struct outbox *o = open_outbox();
    buf_init(&out, BATCH_BYTES_MAX);
    CHECK_INT(outbox_batch(o, 1, &out, &last, NULL), 0);
    CHECK_INT(batch_decode(out.data, out.len, &b, NULL), 0);
    CHECK_INT(b.records[0].body_len, 0);
    uint8_t nothing[HASH_LEN];
    sha256("", 0, nothing);
    CHECK(memcmp(b.records[0].body_hash, nothing, HASH_LEN) != 0);
    buf_finish(&out);
    outbox_close(o);
    journal_close(j);
}

TEST(no_such_record)
{
    struct buf out;
    uint64_t last;

    fresh();
    journal_close(open_journal());
    struct outbox *o = open_outbox();
    buf_init(&out, BATCH_BYTES_MAX);
    CHECK_INT(outbox_batch(o, 0, &out, &last, NULL), -ERR_RANGE);
    CHECK_INT(outbox_batch(o, UINT64_MAX, &out, &last, NULL), -ERR_RANGE);
    CHECK_INT(outbox_batch(o, 100, &out, &last, NULL), 0);
    CHECK_INT(last, 99);
    buf_finish(&out);
    outbox_close(o);
}

/* --- walking ---------------------------------------------------------------------------------------------------------- */

struct walk {
    uint64_t seen[10];
    size_t n, stop_after;
    uint8_t hash[HASH_LEN];
};

static int step(void *ctx, const struct record *r)
{
    struct walk *w = ctx;

    if (w->n)
        CHECK_MEM(r->prev, w->hash, HASH_LEN);
    memcpy(w->hash, r->hash, HASH_LEN);
    w->seen[w->n++] = r->header.seq;
    return w->n == w->stop_after;
}

TEST(each)
{
    struct walk all = {.n = 0}, some = {.stop_after = 2}, none = {.n = 0};

    fresh();
    struct journal *j = open_journal();
    for (int i = 0; i < 5; i++)
        CHECK_INT(append_application(j, NULL, NULL, NULL), 0);
    struct outbox *o = open_outbox();
    CHECK_INT(outbox_each(o, 1, step, &all, NULL), 0);
    CHECK_INT(all.n, 5);
    CHECK_INT(outbox_each(o, 3, step, &some, NULL), 0);
    CHECK_INT(some.n, 2);
    CHECK_INT(some.seen[0], 3);
    CHECK_INT(outbox_each(o, 6, step, &none, NULL), 0);
    CHECK_INT(none.n, 0);
    CHECK_INT(outbox_each(o, 8, step, &none, NULL), -ERR_NOTFOUND);
    outbox_close(o);
    journal_close(j);
}

/* --- beside the writer ------------------------------------------------------------------------------------------------ */

TEST(sees_what_is_written_meanwhile)
{
    struct chain_head head = {.seq = 9};

    fresh();
    struct journal *j = open_journal();
    struct outbox *o = open_outbox();
    CHECK_INT(outbox_head(o, &head, NULL), 0);
    CHECK_INT(head.seq, 0);
    CHECK_INT(append_kind(j, RECORD_START), 0);
    CHECK_INT(journal_sign_head(j, NULL), 0);
    CHECK_INT(outbox_head(o, &head, NULL), 0);
    CHECK_INT(head.seq, 1);
    outbox_close(o);
    journal_close(j);
}

/* In a process that may read the files and write none. */
static int verify_as_nobody(void)
{
    struct outbox *o = NULL;
    struct err e = {0};
    uint64_t n = 0;

    pid_t pid = fork();
    if (pid == 0) {
        if (setgid(65534) || setuid(65534))
            _exit(99);
        if (outbox_open(dir_, &o, &e) || outbox_verify(o, &n, &e))
            _exit(e.code == ERR_NOTFOUND ? 98 : 97);
        _exit((int)n);
    }
    int status = 0;
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(reader_without_the_right_to_write)
{
    if (geteuid() != 0)
        SKIP("only root can become another user");
    fresh();
    shell("chmod 755 $D");
    struct journal *j = open_journal();
    CHECK_INT(append_application(j, NULL, NULL, NULL), 0);
    CHECK_INT(append_application(j, NULL, NULL, NULL), 0);
    CHECK_INT(journal_sign_head(j, NULL), 0);
    CHECK_INT(verify_as_nobody(), 2); /* beside the writer */
    journal_close(j);
    CHECK_INT(verify_as_nobody(), 2); /* the writer is gone, the log is still there */
    shell("head -c 32768 /dev/urandom > $D/journal.db-shm");
    CHECK_INT(verify_as_nobody(), 2); /* as after a power cut: the log's index is never relied on */
    shell("rm $D/journal.db-shm");
    CHECK_INT(verify_as_nobody(), 98); /* only the writer makes it again */
}

TEST_MAIN(SETUP(begin), T(nothing_there), T(identity), T(nothing_to_send), T(batches_have_64_records),
          T(heads_never_lie_too_far_apart), T(batches_have_one_mebibyte), T(purged_bodies_are_sent_as_hashes),
          T(no_such_record), T(each), T(sees_what_is_written_meanwhile), T(reader_without_the_right_to_write), TEARDOWN(end))
