/* SPDX-License-Identifier: Apache-2.0
 *
 * Who opened a case: kept once, told newest first, of that case and office alone.
 */
#include "test.h"

#include "hall/database.h"

#include "base/text.h"
#include "tools/hall/store/store_opened.h"

#define ONE "1103001260105000018"
#define TWO "1103001260105000026"

static struct store *store;
static char dir[] = "/tmp/tongban-opened-XXXXXX";

TEST(a_hall)
{
    CHECK(mkdtemp(dir) != NULL);
    CHECK_INT(database_make(dir, NULL), 0);
    CHECK_INT(store_open(dir, &store, NULL), 0);
}

static void add(int office, const char *number, int64_t at, int64_t seq, const char *staff)
{
    struct case_opening o = {.at = at, .seq = seq, .post = "受理岗", .reason = "核对"};
    struct err e = {0};

    text_copy(o.staff, sizeof o.staff, staff);
    CHECK_INT(case_opening_add(store, office, number, &o, &e), 0);
    CHECK_STR(e.text, "");
}

TEST(newest_first)
{
    struct case_opening list[4];

    CHECK_INT(case_opening_newest(store, 1103, ONE, list, 4, NULL), 0);
    add(1103, ONE, 100, 1, "张三");
    add(1103, ONE, 300, 3, "李四");
    add(1103, ONE, 200, 2, "");
    add(1103, ONE, 200, 2, "王五"); /* the same opening told twice */
    add(1103, TWO, 400, 4, "赵六");
    add(1104, ONE, 500, 5, "赵六");
    CHECK_INT(case_opening_newest(store, 1103, ONE, list, 4, NULL), 3);
    CHECK_STR(list[0].staff, "李四");
    CHECK_STR(list[0].post, "受理岗");
    CHECK_STR(list[0].reason, "核对");
    CHECK(list[0].at == 300 && list[0].seq == 3);
    CHECK_STR(list[1].staff, "");
    CHECK_STR(list[2].staff, "张三");
    CHECK_INT(case_opening_newest(store, 1103, ONE, list, 2, NULL), 2);
    CHECK_STR(list[1].staff, "");
}

/* A hall-open whose file was begun anew counts from one again. */
TEST(a_number_that_comes_again)
{
    struct case_opening list[8];

    add(1103, ONE, 900, 1, "张三");
    CHECK_INT(case_opening_newest(store, 1103, ONE, list, 8, NULL), 4);
    CHECK_INT(list[0].at, 900);
}

TEST(no_hall)
{
    char command[96];

    store_close(store);
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    CHECK_INT(system(command), 0);
}

TEST_MAIN(SETUP(a_hall), T(newest_first), T(a_number_that_comes_again), TEARDOWN(no_hall))
