/* SPDX-License-Identifier: Apache-2.0
 *
 * Whose a hall.db is: made once, opened by its own hall only, and never made anew by who wanted to open
 * it.
 */
#include "hall/store/store_dir.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "tools/hall/store/schema.h"

TEST(made_once)
{
    fresh();
    CHECK_INT(store_make(dir, NULL), 0);
    CHECK_INT(store_make(dir, NULL), -ERR_EXISTS);
    CHECK_INT(try(), 0);
    CHECK_INT(try(), 0);
    gone();
}

TEST(no_hall_is_none)
{
    fresh();
    CHECK_INT(try(), -ERR_NOTFOUND);
    CHECK(strstr(words, "holds no hall") && strstr(words, "hallctl keys init"));
    CHECK(access(file("hall.db"), F_OK)); /* and none was made */
    CHECK(access(file("hall.id"), F_OK));
    gone();
    CHECK_INT(try(), -ERR_NOTFOUND);
}

TEST(a_lost_database)
{
    fresh();
    CHECK_INT(store_make(dir, NULL), 0);
    CHECK_INT(unlink(file("hall.db")), 0);
    CHECK_INT(try(), -ERR_NOTFOUND);
    CHECK(strstr(words, "is gone") && strstr(words, "backup"));
    CHECK(access(file("hall.db"), F_OK));
    gone();
}

TEST(an_emptied_database)
{
    fresh();
    CHECK_INT(store_make(dir, NULL), 0);
    CHECK_INT(truncate(file("hall.db"), 0), 0);
    unlink(file("hall.db-wal"));
    unlink(file("hall.db-shm"));
    CHECK_INT(try(), -ERR_STATE);
    CHECK(strstr(words, "tables are missing") && strstr(words, "backup"));
    CHECK_INT(try(), -ERR_STATE); /* nor is it one after somebody has looked */
    gone();
}

TEST(a_missing_table)
{
    struct sql *d = NULL;
    fresh();
    CHECK_INT(store_make(dir, NULL), 0);
    CHECK_INT(sql_open(file("hall.db"), false, &d, NULL), 0);
    CHECK_INT(sql_exec(d, "DROP TABLE terminal", NULL), 0);
    sql_close(d);
    CHECK_INT(try(), -ERR_STATE);
    CHECK(strstr(words, "table terminal is missing"));
    gone();
}

TEST(another_hall)
{
    char other[64];
    char command[300];
    fresh();
    snprintf(other, sizeof other, "%s", dir);
    CHECK_INT(store_make(dir, NULL), 0);
    fresh();
    CHECK_INT(store_make(dir, NULL), 0);
    snprintf(command, sizeof command, "cp '%s/hall.db' '%s/hall.db'", other, dir);
    CHECK_INT(system(command), 0);
    CHECK_INT(try(), -ERR_STATE);
    CHECK(strstr(words, "another hall's"));
    gone();
    snprintf(dir, sizeof dir, "%s", other);
    gone();
}

/* The marker can be written anew, the database cannot. */
TEST(a_lost_marker)
{
    struct stat st;
    fresh();
    CHECK_INT(store_make(dir, NULL), 0);
    CHECK_INT(unlink(file("hall.id")), 0);
    CHECK_INT(try(), 0);
    CHECK(!stat(file("hall.id"), &st) && st.st_size == 2 * HALL_ID_LEN + 1);
    CHECK_INT(fs_write_atomic(file("hall.id"), "rubbish\n", 8, 0644, NULL), 0);
    CHECK_INT(try(), -ERR_INVALID);
    CHECK(strstr(words, "hall.id"));
    gone();
}

TEST(damage)
{
    struct store *s = NULL;
    struct err e = {0};
    fresh();
    CHECK_INT(store_make(dir, NULL), 0);
    CHECK_INT(store_open(dir, &s, NULL), 0);
    for (int i = 0; i < 200; i++)
        CHECK_INT(store_audit(s, 1, "who", "what", "subject", "a reason long enough to fill a page or two of it", NULL), 0);
    CHECK_INT(store_check(s, dir, &e), 0);
    store_close(s);
    FILE *f = fopen(file("hall.db"), "r+");
    fseek(f, -4096 * 3, SEEK_END);
    for (int i = 0; i < 4096; i++)
        fputc(0x5a, f);
    fclose(f);
    CHECK_INT(store_open(dir, &s, NULL), 0);
    CHECK_INT(store_check(s, dir, &e), -ERR_CHECKSUM);
    CHECK(strstr(e.text, "damaged") && strstr(e.text, "backup"));
    store_close(s);
    CHECK_INT(
        fs_write_atomic(file("hall.db"), "this is no database at all, but it is long enough to be read", 60, 0600, NULL), 0);
    unlink(file("hall.db-wal"));
    unlink(file("hall.db-shm"));
    CHECK_INT(try(), -ERR_CHECKSUM);
    CHECK(strstr(words, "backup"));
    gone();
}

TEST(a_newer_one)
{
    struct sql *d = NULL;
    fresh();
    CHECK_INT(store_make(dir, NULL), 0);
    CHECK_INT(sql_open(file("hall.db"), false, &d, NULL), 0);
    CHECK_INT(sql_exec(d, "UPDATE hall SET version = 99", NULL), 0);
    sql_close(d);
    CHECK_INT(try(), -ERR_VERSION);
    gone();
}

TEST_MAIN(T(made_once), T(no_hall_is_none), T(a_lost_database), T(an_emptied_database), T(a_missing_table), T(another_hall),
          T(a_lost_marker), T(damage), T(a_newer_one))
