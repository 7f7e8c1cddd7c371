/* SPDX-License-Identifier: Apache-2.0
 *
 * Blind indexes in the database: wanted, made, found by, made anew.
 */
#include "test.h"

#include "hall/database.h"

#include "base/clock.h"
#include "base/text.h"
#include "tools/hall/store/store_index.h"

#define OFFICE 1103

static struct store *store;
static char dir[] = "/tmp/tongban-index-XXXXXX";
static const uint8_t zhang[SHA256_LEN] = {1}, li[SHA256_LEN] = {2}, now[INDEX_SECRET_LEN] = {1},
                     later[INDEX_SECRET_LEN] = {2}, none[SHA256_LEN];

TEST(setup)
{
    CHECK(mkdtemp(dir) != NULL);
    CHECK_INT(database_make(dir, NULL), 0);
    CHECK_INT(store_open(dir, &store, NULL), 0);
    CHECK_INT(sql_exec(store_sql(store), "INSERT INTO office (office, registration) VALUES (1103, 1), (1104, 1)", NULL), 0);
}

/* A record of that name, and its case where `applied` is one. */
static void add(int office, uint8_t name, const char *number, int64_t applied)
{
    const uint8_t id[16] = {name};
    struct err e = {0};

    sql_do(store_sql(store), &e,
           "INSERT INTO record (office, terminal, epoch, seq, id, kind, number, at, received, state, hash, header, body,"
           " body_hash) VALUES ($1,'t-1',$2,$3,$4,'application',$5,0,0,0,$6,$7,$8,$9)",
           "ibibtbbbb", (int64_t)office, none, (size_t)EPOCH_LEN, (int64_t)name, id, sizeof id, number, none, sizeof none,
           "{}", (size_t)2, "body", (size_t)4, none, sizeof none);
    if (applied)
        sql_do(store_sql(store), &e,
               "INSERT INTO cases (office, number, id, terminal, received, applied, item, version, stage, staff, post, due)"
               " VALUES ($1,$2,$3,'t-1',0,$4,'x',0,0,'','',0)",
               "itbi", (int64_t)office, number, id, sizeof id, applied);
    CHECK_INT(index_want(store, office, id, number, &e), 0);
    CHECK_INT(index_want(store, office, id, number, &e), 0); /* once more is nothing more */
    CHECK_STR(e.text, "");
}

static void put(int office, uint8_t name, const uint8_t *idx, const uint8_t *secret)
{
    const uint8_t id[16] = {name};

    CHECK_INT(index_put(store, office, id, idx, secret, NULL), 0);
}

static char names[100];

static int name_record(void *ctx, const struct store_found *f)
{
    size_t at = strlen(names);

    CHECK_INT(f->record.body_len, 4);
    snprintf(names + at, sizeof names - at, "%d ", f->record.id[0]);
    return 0;
}

static const char *wanted(int office, uint8_t behind, int max)
{
    const uint8_t id[16] = {behind};

    names[0] = '\0';
    struct err e = {0};
    int n = index_wanted(store, office, id, max, name_record, NULL, &e);
    CHECK(n >= 0 && n <= max);
    CHECK_STR(e.text, "");
    return names;
}

static int name_case(void *ctx, int office, const char *number)
{
    size_t at = strlen(names);

    snprintf(names + at, sizeof names - at, "%d/%s ", office, number);
    return 0;
}

static const char *cases(const uint8_t *idx, int max)
{
    names[0] = '\0';
    CHECK(index_cases(store, idx, max, name_case, NULL, NULL) <= max);
    return names;
}

TEST(wanted_until_made)
{
    add(OFFICE, 1, "one", 10);
    add(OFFICE, 2, "two", 30);
    add(1104, 3, "three", 20);
    add(OFFICE, 4, "one", 0); /* a supplement to the first */
    CHECK_STR(wanted(-1, 0, 10), "1 2 4 3 ");
    CHECK_STR(wanted(-1, 0, 2), "1 2 ");
    CHECK_STR(wanted(OFFICE, 2, 10), "4 3 ");
    CHECK_STR(cases(zhang, 10), "");
    put(OFFICE, 1, zhang, now);
    put(OFFICE, 2, li, now);
    CHECK_STR(wanted(-1, 0, 10), "4 3 ");
    put(1104, 3, zhang, now);
    put(OFFICE, 4, NULL, now); /* it does not open */
    CHECK_STR(wanted(-1, 0, 10), "");
}

TEST(found_the_newest_first)
{
    CHECK_STR(cases(zhang, 10), "1104/three 1103/one ");
    CHECK_STR(cases(zhang, 1), "1104/three ");
    CHECK_STR(cases(li, 10), "1103/two ");
    CHECK_STR(cases(none, 10), "");
}

TEST(whose_it_is)
{
    const uint8_t one[16] = {1}, two[16] = {2}, four[16] = {4};

    CHECK_INT(index_same(store, OFFICE, one, two, NULL), 0);
    CHECK_INT(index_same(store, OFFICE, one, four, NULL), 0); /* nobody knows */
    put(OFFICE, 4, zhang, now);
    CHECK_INT(index_same(store, OFFICE, one, four, NULL), 1);
    put(OFFICE, 4, zhang, later); /* of another secret it says nothing */
    CHECK_INT(index_same(store, OFFICE, one, four, NULL), 0);
}

TEST(another_secret_makes_them_anew)
{
    CHECK_INT(index_renew(store, later, false, NULL), 3);
    CHECK_STR(wanted(-1, 0, 10), "1 2 3 ");
    put(OFFICE, 1, li, later);
    put(OFFICE, 2, NULL, later);
    put(1104, 3, zhang, later);
    CHECK_INT(index_renew(store, later, false, NULL), 0);
    CHECK_INT(index_renew(store, later, true, NULL), 1); /* and what did not open then */
    CHECK_STR(wanted(-1, 0, 10), "2 ");
}

TEST(teardown)
{
    char command[100];
    store_close(store);
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    CHECK_INT(system(command), 0);
}

TEST_MAIN(SETUP(setup), T(wanted_until_made), T(found_the_newest_first), T(whose_it_is), T(another_secret_makes_them_anew),
          TEARDOWN(teardown))
