/* SPDX-License-Identifier: Apache-2.0
 *
 * Two halls on one database, each with its own writer: whatever both decide at once is decided once. On SQLite they take
 * turns; on PostgreSQL (postgres.sh) they do not.
 */
#include "test.h"

#include "hall/database.h"

#include <pthread.h>

#include "base/clock.h"
#include "tools/hall/store/store_queue.h"
#include "tools/hall/store/terminal.h"
#include "tools/hall/store/writer.h"

#define OFFICE 1103
#define N 60 /* of each kind, at both halls */
#define DAY ((struct date){2026, 1, 5})
#define NINE INT64_C(1767574800000) /* 2026-01-05T09:00:00+08:00 */

static const struct place somewhere = {
    .zone = "城东", .spot = "一层", .device = "01 号机", .hotline = "12345", .supervision = "12345"};
static char dir[] = "/tmp/tongban-halls-XXXXXX";
static struct event_base *base;
static struct store *stores[2];
static struct writer *writers[2];
static int answered;

TEST(setup)
{
    struct err e = {0};
    char id[16];
    CHECK(mkdtemp(dir) != NULL);
    clock_set_wall(NINE);
    base = event_base_new();
    CHECK_INT(database_make(dir, &e), 0);
    for (int i = 0; i < 2; i++) {
        CHECK_INT(store_open(dir, &stores[i], &e), 0);
        CHECK_INT(writer_create(base, stores[i], &writers[i], &e), 0);
    }
    CHECK_INT(store_begin(stores[0], &e), 0);
    for (int i = 0; i < N; i++) {
        snprintf(id, sizeof id, "t-%d", i);
        CHECK_INT(terminal_add(stores[0], OFFICE, id, &somewhere, "CODE", &e), 0);
    }
    CHECK_INT(queue_known_add(stores[0], "general", 1, &e), 0);
    CHECK_INT(store_commit(stores[0], &e), 0);
    CHECK_STR(e.text, "");
}

/* One job, at hall 0 or 1, about the i-th terminal. */
struct ask {
    struct write_job job; /* first */
    int hall, i, rc;
    char id[16];
    enum terminal_verdict verdict;
    struct lease lease;
};
static struct ask asks[2][N];

static void done(struct write_job *j, int rc, const struct err *e)
{
    ((struct ask *)j)->rc = rc;
    answered++;
}

/* Pushes one to each hall for each terminal; the second hall begins at the other end and they meet in between. */
static void ask_all(int (*run)(struct write_job *, struct store *, struct err *))
{
    answered = 0;
    for (int k = 0; k < 2 * N; k++) {
        int hall = k % 2, i = k / 2;
        struct ask *a = &asks[hall][i];
        *a = (struct ask){.hall = hall, .i = i};
        a->job = (struct write_job){.run = run, .done = done, .rows = 1, .bytes = 100};
        snprintf(a->id, sizeof a->id, "t-%d", hall ? N - 1 - i : i);
        CHECK(writer_push(writers[hall], &a->job));
    }
    while (answered < 2 * N)
        event_base_loop(base, EVLOOP_ONCE);
}

/* What the other hall asked about the same terminal. */
static const struct ask *other(const struct ask *a)
{
    return &asks[1 - a->hall][N - 1 - a->i];
}

static int issue(void *ctx, const char *id, int office, struct buf *out, struct err *e)
{
    return buf_addf(out, "certificate of %s by hall %d", id, *(int *)ctx);
}

static int run_certify(struct write_job *j, struct store *s, struct err *e)
{
    struct ask *a = (struct ask *)j;
    struct buf cert;
    struct terminal_request q = {.id = a->id, .code = "CODE", .issue = issue, .ctx = &a->hall};
    memset(q.key_sha256, a->hall + 1, sizeof q.key_sha256);
    buf_init(&cert, TERMINAL_CERT_MAX);
    int rc = terminal_certify(s, &q, &a->verdict, &cert, e);
    buf_finish(&cert);
    return rc;
}

TEST(one_key_for_a_code)
{
    int firsts = 0;
    bool seen[2 * N + 1] = {false};
    ask_all(run_certify);
    for (int i = 0; i < N; i++) {
        const struct ask *a = &asks[0][i], *b = other(a);
        struct terminal t = {0};
        CHECK_INT(a->rc, 0);
        CHECK_INT(b->rc, 0);
        CHECK_INT((a->verdict == TERMINAL_CERTIFIED) + (b->verdict == TERMINAL_CERTIFIED), 1);
        CHECK_INT((a->verdict == TERMINAL_OTHER_KEY) + (b->verdict == TERMINAL_OTHER_KEY), 1);
        firsts += a->verdict == TERMINAL_CERTIFIED;
        CHECK_INT(terminal_get(stores[0], a->id, &t, NULL), 0);
        CHECK(t.registration > 0 && t.registration <= N && !seen[t.registration]);
        seen[t.registration] = true;
    }
    printf("# %d of %d codes were the first hall's\n", firsts, N);
}

static int run_register(struct write_job *j, struct store *s, struct err *e)
{
    const struct ask *a = (const struct ask *)j;
    struct enrol_register r = {.epoch = {(uint8_t)(a->hall + 1)}, .signing.point = {4}};
    snprintf(r.terminal, sizeof r.terminal, "%s", a->id);
    return terminal_register(s, &r, e);
}

TEST(one_journal_for_a_registration)
{
    ask_all(run_register);
    for (int i = 0; i < N; i++) {
        const struct ask *a = &asks[0][i], *b = other(a);
        struct terminal t = {0};
        CHECK_INT((a->rc == 0) + (b->rc == 0), 1);
        CHECK_INT((a->rc == -ERR_EXISTS) + (b->rc == -ERR_EXISTS), 1);
        CHECK_INT(terminal_get(stores[1], a->id, &t, NULL), 0);
        CHECK_INT(t.epoch[0], a->rc == 0 ? 1 : 2);
    }
}

static int run_lease(struct write_job *j, struct store *s, struct err *e)
{
    struct ask *a = (struct ask *)j;
    a->lease = (struct lease){.queue = "general", .day = DAY};
    snprintf((char *)a->lease.id, sizeof a->lease.id, "%s", a->id);
    return queue_lease(s, OFFICE, a->id, &a->lease, e);
}

TEST(one_block_for_a_request)
{
    bool seen[N] = {false};
    ask_all(run_lease);
    for (int i = 0; i < N; i++) {
        const struct ask *a = &asks[0][i], *b = other(a);
        CHECK_INT(a->rc, 0);
        CHECK_INT(b->rc, 0);
        CHECK_INT(a->lease.block.first, b->lease.block.first);
        int block = (a->lease.block.first - 1) / TICKET_BLOCK;
        CHECK(block >= 0 && block < N && !seen[block]);
        if (block >= 0 && block < N)
            seen[block] = true;
    }
}

/* --- started at once after an update --- */

#define OPENERS 4

struct opener {
    pthread_t thread;
    pthread_barrier_t *together;
    const char *dir;
    int rc;
    struct err e;
};

static void *open_one(void *ctx)
{
    struct opener *o = ctx;
    struct store *s = NULL;

    pthread_barrier_wait(o->together);
    o->rc = store_open(o->dir, &s, &o->e);
    store_close(s);
    return NULL;
}

static void make_older(const char *folder)
{
    static const char *const back[] = {"DROP TABLE duty",          "DROP TABLE duty_told",       "DROP TABLE duty_shift",
                                       "DROP TABLE duty_look",     "DROP TABLE item_halt",       "DROP TABLE terminal_halts",
                                       "DROP TABLE terminal_zone", "UPDATE hall SET version = 8"};
    struct store *s = NULL;
    struct err e = {0};

    CHECK_INT(store_open(folder, &s, &e), 0);
    for (size_t i = 0; i < sizeof back / sizeof *back; i++)
        CHECK_INT(sql_exec(store_sql(s), back[i], &e), 0);
    CHECK_STR(e.text, "");
    store_close(s);
}

TEST(an_older_database_is_brought_forward_by_one)
{
    char folder[] = "/tmp/tongban-older-XXXXXX", command[100];
    struct opener all[OPENERS];
    pthread_barrier_t together;

    CHECK(mkdtemp(folder) != NULL);
    CHECK_INT(database_make(folder, NULL), 0);
    CHECK_INT(pthread_barrier_init(&together, NULL, OPENERS), 0);
    for (int round = 0; round < 3; round++) {
        make_older(folder);
        for (int i = 0; i < OPENERS; i++) {
            all[i] = (struct opener){.together = &together, .dir = folder};
            CHECK_INT(pthread_create(&all[i].thread, NULL, open_one, &all[i]), 0);
        }
        for (int i = 0; i < OPENERS; i++) {
            pthread_join(all[i].thread, NULL);
            CHECK_STR(all[i].e.text, "");
            CHECK_INT(all[i].rc, 0);
        }
    }
    pthread_barrier_destroy(&together);
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    CHECK_INT(system(command), 0);
}

TEST(teardown)
{
    char command[100];
    for (int i = 0; i < 2; i++) {
        writer_destroy(writers[i]);
        store_close(stores[i]);
    }
    event_base_free(base);
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    CHECK_INT(system(command), 0);
}

TEST_MAIN(SETUP(setup), T(one_key_for_a_code), T(one_journal_for_a_registration), T(one_block_for_a_request),
          T(an_older_database_is_brought_forward_by_one), TEARDOWN(teardown))
