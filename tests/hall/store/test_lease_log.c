/* SPDX-License-Identifier: Apache-2.0
 *
 * A hall.db put back from a backup gives no number again: what was leased since is taken from the log beside it.
 */
#include "test.h"

#include "hall/database.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/text.h"
#include "tools/hall/store/lease_log.h"
#include "tools/hall/store/store_queue.h"

#define OFFICE 1103
#define DAY ((struct date){2026, 1, 5})
#define NINE INT64_C(1767574800000) /* 2026-01-05T09:00:00+08:00 */
#define DAY_MS INT64_C(86400000)

static struct store *store;
static char dir[] = "/tmp/tongban-leases-XXXXXX", db[64], log_path[64];
static struct buf backup;

static void open_hall(void)
{
    struct err e = {0};

    CHECK_INT(store_open(dir, &store, &e), 0);
    CHECK_INT(lease_log_open(store, dir, &e), 0);
    CHECK_STR(e.text, "");
}

static void close_hall(void)
{
    store_close(store);
    store = NULL;
}

/* On a server: what has come since the backup goes, row by row. */
static void put_back_rows(void)
{
    static const char *const since[] = {"DELETE FROM lease WHERE first > 1 OR queue <> 'general'", "DELETE FROM ticket",
                                        "DELETE FROM lease_next WHERE queue <> 'general'",
                                        "UPDATE lease_next SET next = 21"};

    CHECK_INT(store_open(dir, &store, NULL), 0);
    for (size_t i = 0; i < sizeof since / sizeof *since; i++)
        CHECK_INT(sql_exec(store_sql(store), since[i], NULL), 0);
    close_hall();
    open_hall();
}

/* The hall ends, its database alone is an older one, and it starts again. */
static void put_back(void)
{
    char beside[80];

    close_hall();
    if (database_is_server()) {
        put_back_rows();
        return;
    }
    for (int i = 0; i < 2; i++) {
        snprintf(beside, sizeof beside, "%s-%s", db, i ? "shm" : "wal");
        unlink(beside);
    }
    CHECK_INT(fs_write_atomic(db, backup.data, backup.len, 0600, NULL), 0);
    open_hall();
}

static int lease(const char *terminal, uint8_t id, const char *queue, struct date day, bool commits)
{
    struct lease l = {.id = {id}, .day = day};
    struct err e = {0};
    int rc;

    text_copy(l.queue, sizeof l.queue, queue);
    CHECK_INT(store_begin(store, NULL), 0);
    CHECK_INT(queue_lease(store, OFFICE, terminal, &l, &e), 0);
    store_set_full(store, !commits);
    rc = store_commit(store, &e);
    store_set_full(store, false);
    CHECK_INT(rc == 0, commits);
    return l.block.first;
}

static enum queue_verdict take(const char *terminal, const char *number)
{
    const struct sender who = {.office = OFFICE, .terminal = terminal, .received = NINE, .registrations = {3, 3}};
    struct store_record r = {.at = NINE, .day = date_to_days(DAY), .clock_trusted = true, .queue = "general"};
    enum queue_verdict verdict = QUEUE_NOTHING;

    text_copy(r.number, sizeof r.number, number);
    CHECK_INT(queue_judge_ticket(store, &who, &r, &verdict, NULL), 0);
    return verdict;
}

TEST(setup)
{
    struct err e = {0};

    CHECK(mkdtemp(dir) != NULL);
    snprintf(db, sizeof db, "%s/hall.db", dir);
    snprintf(log_path, sizeof log_path, "%s/leases.log", dir);
    clock_set_wall(NINE);
    CHECK_INT(database_make(dir, &e), 0);
    open_hall();
    CHECK_INT(queue_known_add(store, "general", 1, &e), 0);
    CHECK_INT(queue_known_add(store, "insurance", 1, &e), 0);
    CHECK_INT(lease("t-1", 1, "general", DAY, true), 1);
    close_hall();
    if (!database_is_server())
        CHECK_INT(fs_read(db, 1024 * 1024, &backup, &e), 0);
    open_hall();
}

TEST(an_older_database_gives_no_number_again)
{
    CHECK_INT(lease("t-1", 2, "general", DAY, true), 21);
    CHECK_INT(lease("t-2", 3, "general", DAY, true), 41);
    CHECK_INT(lease("t-2", 4, "insurance", (struct date){2026, 1, 6}, true), 1);
    put_back();
    CHECK_INT(lease("t-3", 5, "general", DAY, true), 61);
    CHECK_INT(lease("t-3", 6, "insurance", (struct date){2026, 1, 6}, true), 21);
    CHECK_INT(lease("t-2", 3, "general", DAY, true), 41); /* the same request, the same block */
}

TEST(tickets_of_those_blocks_stand_in_the_queue)
{
    put_back();
    CHECK_INT(take("t-1", "A 025"), QUEUE_ITS_OWN);
    CHECK_INT(take("t-2", "A 041"), QUEUE_ITS_OWN);
    CHECK_INT(take("t-1", "A 042"), QUEUE_FOREIGN);
}

TEST(a_block_whose_commit_failed_is_the_next_ones)
{
    CHECK_INT(lease("t-1", 7, "general", DAY, false), 81);
    CHECK_INT(lease("t-2", 8, "general", DAY, true), 81);
    put_back();
    CHECK_INT(take("t-2", "A 081"), QUEUE_ITS_OWN);
    CHECK_INT(take("t-1", "A 082"), QUEUE_FOREIGN);
}

TEST(half_a_line_is_passed_over)
{
    struct buf text;

    CHECK_INT(lease("t-1", 9, "general", DAY, true), 101);
    close_hall();
    CHECK_INT(fs_read(log_path, 1024 * 1024, &text, NULL), 0);
    CHECK_INT(fs_write_atomic(log_path, text.data, text.len - 30, 0600, NULL), 0);
    buf_finish(&text);
    open_hall();
    CHECK_INT(lease("t-1", 10, "general", DAY, true), 121); /* hall.db has what the line said */
    put_back();
    CHECK_INT(lease("t-1", 11, "general", DAY, true), 141);
}

TEST(nothing_is_granted_that_cannot_be_kept)
{
    struct lease l = {.id = {12}, .day = {2026, 1, 6}, .queue = "general"};
    struct err e = {0};

    clock_set_wall(NINE + DAY_MS); /* the day's first: the file is written anew */
    CHECK_INT(unlink(log_path), 0);
    CHECK_INT(mkdir(log_path, 0700), 0);
    store_begin(store, NULL);
    CHECK_INT(queue_lease(store, OFFICE, "t-1", &l, &e), 0);
    CHECK(store_commit(store, &e) < 0);
    CHECK_INT(rmdir(log_path), 0);
    CHECK_INT(lease("t-1", 12, "general", (struct date){2026, 1, 6}, true), 1);
}

TEST(teardown)
{
    static const char *const files[] = {"hall.db", "database", "hall.id", "leases.log"};
    char path[80];

    close_hall();
    buf_finish(&backup);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%s/%s", dir, files[i]);
        unlink(path);
    }
    CHECK_INT(rmdir(dir), 0); /* nothing else lies there */
}

TEST_MAIN(SETUP(setup), T(an_older_database_gives_no_number_again), T(tickets_of_those_blocks_stand_in_the_queue),
          T(a_block_whose_commit_failed_is_the_next_ones), T(half_a_line_is_passed_over),
          T(nothing_is_granted_that_cannot_be_kept), TEARDOWN(teardown))
