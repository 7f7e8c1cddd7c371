/* SPDX-License-Identifier: Apache-2.0
 *
 * How many cards were read, over restarts, and files that cannot be read.
 */
#include "drivers/idcard/cards.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "test.h"

static char folder[64], path[96];

static void begin(void)
{
    snprintf(folder, sizeof folder, "/tmp/cards.XXXXXX");
    CHECK(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/%s", folder, CARDS_FILE);
}

static void end(void)
{
    unlink(path);
    rmdir(folder);
}

TEST(they_are_counted_on)
{
    struct cards c;
    int64_t since;

    begin();
    cards_open(&c, folder);
    CHECK_INT(c.since, 0);
    cards_close(&c);
    CHECK(access(path, F_OK) != 0); /* nothing was read: nothing is kept */
    for (int i = 0; i < 13; i++)
        cards_read(&c);
    since = c.since;
    CHECK(since > 0);
    cards_open(&c, folder); /* the power went */
    CHECK_INT(c.read, 10);
    cards_read(&c);
    cards_close(&c);
    cards_open(&c, folder);
    CHECK_INT(c.read, 11);
    CHECK_INT(c.since, since);
    end();
}

TEST(a_file_that_is_wrong_is_begun_anew)
{
    static const char *const wrong[] = {"",
                                        "{",
                                        "[]",
                                        "{\"read\":-1}",
                                        "{\"read\":1,\"names\":2}",
                                        "{\"read\":\"7\"}",
                                        "{\"read\":5,\"since\":99999999999999}"};

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct err e = {0};
        struct cards c;

        begin();
        CHECK_INT(fs_write_atomic(path, wrong[i], strlen(wrong[i]), 0640, &e), 0);
        cards_open(&c, folder);
        CHECK_INT(c.read, 0);
        CHECK_INT(c.since, 0);
        end();
    }
}

TEST(without_a_folder_it_counts_all_the_same)
{
    struct cards c;

    cards_open(&c, NULL);
    for (int i = 0; i < 20; i++)
        cards_read(&c);
    CHECK_INT(c.read, 20);
    cards_close(&c);
}

TEST_MAIN(T(they_are_counted_on), T(a_file_that_is_wrong_is_begun_anew), T(without_a_folder_it_counts_all_the_same))
