/* SPDX-License-Identifier: Apache-2.0
 *
 * What the data centre found, with the cases: kept once, listed in order, and a database from before there was a place for
 * it is brought forward.
 */
#include "test.h"

#include "hall/database.h"

#include "base/clock.h"
#include "tools/hall/store/schema.h"
#include "tools/hall/store/store_exchange.h"

#define OFFICE 1103
#define NUMBER "1103003260105000279"
#define OTHER "1103003260105000287"
#define NINE INT64_C(1767574800000) /* 2026-01-05T09:00:00+08:00 */

static struct store *store;
static char dir[] = "/tmp/tongban-exchange-XXXXXX";
static char seen[400];

TEST(setup)
{
    struct err e = {0};
    CHECK(mkdtemp(dir) != NULL);
    clock_set_wall(NINE);
    CHECK_INT(database_make(dir, &e), 0);
    CHECK_INT(store_open(dir, &store, &e), 0);
    CHECK_INT(database_add_case(store, OFFICE, NUMBER, NINE), 1);
    CHECK_INT(database_add_case(store, OFFICE, OTHER, NINE), 1);
    CHECK_STR(e.text, "");
}

static int put(const char *number, const char *guid, int64_t seq, const char *remark)
{
    struct err e = {0};
    return exchange_error_put(store,
                              &(struct exchange_error){.office = OFFICE,
                                                       .number = number,
                                                       .guid = guid,
                                                       .seq = seq,
                                                       .table = "up_pro_result",
                                                       .batch = "20260105",
                                                       .type = "E-1",
                                                       .remark = remark,
                                                       .found = "2026-01-06 03:00:00"},
                              &e);
}

static int see(void *ctx, const struct exchange_error *x)
{
    int *left = ctx;
    size_t len = strlen(seen);
    CHECK_STR(x->table, "up_pro_result");
    CHECK_STR(x->found, "2026-01-06 03:00:00");
    CHECK(x->received >= NINE);
    snprintf(seen + len, sizeof seen - len, "%s %lld %s %s;", x->number, (long long)x->seq, x->guid, x->remark);
    return --*left == 0;
}

static const char *list(int office, const char *number, int most)
{
    struct err e = {0};
    seen[0] = '\0';
    CHECK_INT(exchange_each_error(store, office, number, see, &most, &e), 0);
    return seen;
}

TEST(kept_once)
{
    CHECK_INT(put(OTHER, "f-2", 4, "b"), 1);
    CHECK_INT(put(NUMBER, "f-3", 5, "it's c"), 1);
    CHECK_INT(put(NUMBER, "f-1", 2, "a"), 1);
    CHECK_INT(put(NUMBER, "f-1", 2, "another word"), 0);
    CHECK_INT(put("1103003260105000295", "f-4", 2, "nobody's"), -ERR_NOTFOUND);
}

TEST(listed)
{
    CHECK_STR(list(-1, NULL, 99), NUMBER " 2 f-1 a;" NUMBER " 5 f-3 it's c;" OTHER " 4 f-2 b;");
    CHECK_STR(list(OFFICE, OTHER, 99), OTHER " 4 f-2 b;");
    CHECK_STR(list(OFFICE, NULL, 1), NUMBER " 2 f-1 a;");
    CHECK_STR(list(OFFICE + 1, NULL, 99), "");
}

TEST(teardown)
{
    char command[100];
    store_close(store);
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    CHECK_INT(system(command), 0);
}

TEST_MAIN(T(setup), T(kept_once), T(listed), T(teardown))
