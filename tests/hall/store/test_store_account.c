/* SPDX-License-Identifier: Apache-2.0
 *
 * Accounts, sessions and what was sent, as rows.
 */
#include "test.h"

#include "hall/database.h"

#include "base/text.h"
#include "tools/hall/store/store_account.h"

#define NOW INT64_C(1767574800000)

static struct store *store;
static char dir[] = "/tmp/tongban-account-XXXXXX";

TEST(setup)
{
    struct err e = {0};
    CHECK(mkdtemp(dir) != NULL);
    CHECK_INT(database_make(dir, &e), 0);
    CHECK_INT(store_open(dir, &store, &e), 0);
    CHECK_STR(e.text, "");
}

static struct account person(const char *id, int office, const char *name)
{
    struct account a = {.office = office,
                        .role = ROLE_DEPARTMENT,
                        .state = ACCOUNT_ACTIVE,
                        .totp = {9},
                        .totp_step = 5,
                        .code = {7},
                        .code_ends = NOW};
    text_copy(a.id, sizeof a.id, id);
    text_copy(a.name, sizeof a.name, name);
    text_copy(a.post, sizeof a.post, "决定岗");
    text_copy(a.kept, sizeof a.kept, "$argon2id$…");
    return a;
}

TEST(read_back)
{
    struct account a = person("0417", 1103, "测试卯"), got;
    struct err e = {0};
    CHECK_INT(account_any(store, 1103, &e), 0);
    CHECK_INT(account_read(store, "0417", &got, &e), -ERR_NOTFOUND);
    CHECK_INT(account_add(store, &a, &e), 0);
    CHECK_INT(account_any(store, 1103, &e), 1);
    CHECK_INT(account_any(store, 1104, &e), 0);
    CHECK_INT(account_read(store, "0417", &got, &e), 0);
    CHECK_MEM(&got, &a, sizeof a);
    CHECK_INT(account_by_name(store, 1103, "测试卯", &got, &e), 0);
    CHECK_MEM(&got, &a, sizeof a);
    CHECK_INT(account_by_name(store, 1104, "测试卯", &got, &e), -ERR_NOTFOUND);
}

TEST(one_id_one_name_in_an_office)
{
    const struct account same_id = person("0417", 1104, "测试辰"), same_name = person("0418", 1103, "测试卯"),
                         elsewhere = person("0419", 1104, "测试卯");
    struct err e = {0};
    CHECK_INT(account_add(store, &same_id, &e), -ERR_EXISTS);
    CHECK_INT(account_add(store, &same_name, &e), -ERR_EXISTS);
    CHECK_INT(account_add(store, &elsewhere, &e), 0);
}

TEST(changed)
{
    struct account a = person("0417", 1103, "测试卯"), got;
    struct err e = {0};
    const uint8_t code[SHA256_LEN] = {3};
    account_invite(&a, code, NOW);
    a.role = ROLE_WINDOW;
    CHECK_INT(account_put(store, &a, &e), 0);
    CHECK_INT(account_read(store, "0417", &got, &e), 0);
    CHECK_MEM(&got, &a, sizeof a);
    a = person("nobody", 1103, "无");
    CHECK_INT(account_put(store, &a, &e), -ERR_NOTFOUND);
}

TEST(a_step_counts_once)
{
    CHECK_INT(account_step(store, "0417", 100, NULL), 1);
    CHECK_INT(account_step(store, "0417", 100, NULL), 0);
    CHECK_INT(account_step(store, "0417", 99, NULL), 0);
    CHECK_INT(account_step(store, "0417", 101, NULL), 1);
    CHECK_INT(account_step(store, "nobody", 200, NULL), 0);
}

TEST(sessions)
{
    struct session one = {.hash = {1}, .id = "0417", .made = NOW, .used = NOW}, other = one, got;
    other.hash[0] = 2;
    CHECK_INT(session_read(store, one.hash, &got, NULL), -ERR_NOTFOUND);
    CHECK_INT(session_add(store, &one, NULL) + session_add(store, &other, NULL), 0);
    CHECK_INT(session_touch(store, one.hash, NOW + 5, NULL), 0);
    CHECK_INT(session_touch(store, one.hash, NOW + 1, NULL), 0);
    CHECK_INT(session_read(store, one.hash, &got, NULL), 0);
    CHECK_STR(got.id, "0417");
    CHECK_INT(got.used - got.made, 5);
    CHECK_INT(session_end(store, one.hash, NULL), 0);
    CHECK_INT(session_read(store, one.hash, &got, NULL), -ERR_NOTFOUND);
    CHECK_INT(session_read(store, other.hash, &got, NULL), 0);
    CHECK_INT(session_end_all(store, "0417", NULL), 0);
    CHECK_INT(session_read(store, other.hash, &got, NULL), -ERR_NOTFOUND);
}

TEST(sent_once)
{
    struct sent one = {.id = {1}, .what = {2}, .number = "1103003260105000279", .seq = 4}, got;
    CHECK_INT(sent_read(store, 1103, one.id, &got, NULL), -ERR_NOTFOUND);
    CHECK_INT(sent_add(store, 1103, &one, NOW, NULL), 0);
    CHECK_INT(sent_add(store, 1103, &one, NOW, NULL), -ERR_RETRY);
    CHECK_INT(sent_read(store, 1103, one.id, &got, NULL), 0);
    CHECK_MEM(got.what, one.what, sizeof one.what);
    CHECK_STR(got.number, one.number);
    CHECK_INT(got.seq, one.seq);
    CHECK_INT(sent_read(store, 1104, one.id, &got, NULL), -ERR_NOTFOUND);
}

TEST(swept)
{
    struct session old = {.hash = {5}, .id = "0417", .made = NOW, .used = NOW}, got;
    struct sent sent;
    const uint8_t id[16] = {1};
    CHECK_INT(session_add(store, &old, NULL), 0);
    CHECK_INT(account_sweep(store, NOW + SESSION_MS, NULL), 0);
    CHECK_INT(session_read(store, old.hash, &got, NULL), 0);
    CHECK_INT(account_sweep(store, NOW + SESSION_MS + 1, NULL), 0);
    CHECK_INT(session_read(store, old.hash, &got, NULL), -ERR_NOTFOUND);
    CHECK_INT(sent_read(store, 1103, id, &sent, NULL), 0);
    CHECK_INT(account_sweep(store, NOW + INT64_C(31) * 24 * 3600 * 1000, NULL), 0);
    CHECK_INT(sent_read(store, 1103, id, &sent, NULL), -ERR_NOTFOUND);
}

static int count(void *ctx, const struct account *a)
{
    ++*(int *)ctx;
    return 0;
}

TEST(list)
{
    int n = 0;
    CHECK_INT(account_each(store, count, &n, NULL), 0);
    CHECK_INT(n, 2);
}

TEST(teardown)
{
    char command[100];
    store_close(store);
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    CHECK_INT(system(command), 0);
}

TEST_MAIN(T(setup), T(read_back), T(one_id_one_name_in_an_office), T(changed), T(a_step_counts_once), T(sessions),
          T(sent_once), T(swept), T(list), T(teardown))
