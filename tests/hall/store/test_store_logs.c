/* SPDX-License-Identifier: Apache-2.0
 *
 * Logs of terminals as rows: whole or not at all, bounded, only what was asked for, and of nobody else.
 */
#include "test.h"

#include "hall/database.h"

#include "base/clock.h"
#include "base/text.h"
#include "tools/hall/store/store_act.h"
#include "tools/hall/store/store_logs.h"
#include "tools/hall/store/terminal.h"

#define NOON INT64_C(1767585600000)
#define OFFICE 1103
#define LEN 300000

static struct store *store;
static char dir[] = "/tmp/tongban-store-logs-XXXXXX";
static uint8_t logs[LEN];
static struct logs_answer answer;

TEST(setup)
{
    struct place place = {.zone = "城东", .spot = "一处", .device = "03", .hotline = "12345", .supervision = "12345"};
    struct err e = {0};

    CHECK(mkdtemp(dir) != NULL);
    CHECK_INT((database_make(dir, &e) ? -1 : store_open(dir, &store, &e)), 0);
    clock_set_wall(NOON);
    CHECK_INT(terminal_add(store, OFFICE, "t-1", &place, "AAAA-BBBB-CCCC-DDDD", &e), 0);
    CHECK_INT(terminal_add(store, OFFICE, "t-2", &place, "AAAA-BBBB-CCCC-DDDE", &e), 0);
    CHECK_INT(terminal_add(store, 1104, "x-1", &place, "AAAA-BBBB-CCCC-DDDF", &e), 0);
    CHECK_STR(e.text, "");
    for (size_t i = 0; i < LEN; i++)
        logs[i] = (uint8_t)(i * 7 + i / 251);
}

/* Wanted, and given to it. */
static void want(const char *terminal, uint8_t id, bool given)
{
    struct act_row r = {.act = {.id = {id}, .kind = ACT_LOGS, .at_ms = NOON + id, .until_ms = NOON + ACT_MS, .by = "0601"},
                        .why = "卡住了",
                        .name = "测试酉"};
    struct act list[ACTS_MAX];
    size_t n = 0;

    text_copy(r.act.terminal, sizeof r.act.terminal, terminal);
    CHECK_INT(act_add(store, OFFICE, &r, NULL), 1);
    if (given)
        CHECK_INT(act_grant(store, OFFICE, terminal, NOON + id, list, &n, NULL), 0);
}

static struct logs_piece piece(uint8_t id, int64_t at)
{
    struct logs_piece p = {.id = {id}, .size = LEN, .at = at, .bytes = logs + at};

    p.len = LEN - at < LOGS_PIECE_MAX ? (size_t)(LEN - at) : LOGS_PIECE_MAX;
    sha256(logs, LEN, p.sha256);
    return p;
}

static int put(const char *terminal, const struct logs_piece *p, int64_t now)
{
    return logs_put(store, OFFICE, terminal, p, now, &answer, NULL);
}

static void send(uint8_t id, int64_t now)
{
    answer = (struct logs_answer){.have = 0};
    for (int i = 0; i < 3; i++) {
        struct logs_piece p = piece(id, answer.have);

        CHECK(!answer.over);
        CHECK_INT(put("t-1", &p, now), 0);
    }
    CHECK(answer.over);
}

static enum logs_stand stand(uint8_t id)
{
    const uint8_t whole[ACT_ID_LEN] = {id};
    struct logs_row r;

    CHECK_INT(logs_read(store, OFFICE, whole, &r, NULL), 1);
    return logs_judge(&r.facts, r.facts.last_ms);
}

static int read_all(uint8_t id, struct buf *out)
{
    const uint8_t whole[ACT_ID_LEN] = {id};

    return logs_bytes(store, OFFICE, whole, out, NULL);
}

static int64_t pieces(void)
{
    struct sql_rows *r = NULL;

    CHECK_INT(sql_select(store_sql(store), &r, NULL, "SELECT count(*) FROM terminal_logs_piece", ""), 0);
    CHECK_INT(sql_next(r, NULL), 1);
    int64_t n = sql_int(r, 0);
    sql_done(r);
    return n;
}

TEST(only_what_was_asked_for)
{
    struct logs_piece p = piece(1, 0);

    CHECK_INT(put("t-1", &p, NOON), -ERR_ACCESS);
    want("t-1", 1, false);
    CHECK_INT(put("t-1", &p, NOON), -ERR_ACCESS); /* it cannot know of it yet */
    want("t-1", 1 + 1, true);
    p = piece(2, 0);
    CHECK_INT(put("t-2", &p, NOON), -ERR_ACCESS);
    CHECK_INT(logs_put(store, 1104, "x-1", &p, NOON, &answer, NULL), -ERR_ACCESS);
    CHECK_INT(pieces(), 0);
}

TEST(whole)
{
    struct buf out;

    buf_init(&out, LOGS_SIZE_MAX);
    CHECK_INT(read_all(2, &out), -ERR_NOTFOUND);
    send(2, NOON + 1000);
    CHECK_INT(stand(2), LOGS_STAND_HERE);
    CHECK_INT(read_all(2, &out), 0);
    CHECK(out.len == LEN && memcmp(out.data, logs, LEN) == 0);
    buf_finish(&out);
}

TEST(more_than_asked_changes_nothing)
{
    struct logs_piece p = piece(2, 0);
    int64_t n = pieces();

    CHECK_INT(put("t-1", &p, NOON), 0);
    CHECK(answer.over && pieces() == n);
    p.sha256[0] ^= 1; /* others under the same act */
    CHECK_INT(put("t-1", &p, NOON), 0);
    CHECK(answer.over && pieces() == n);
}

TEST(goes_on_where_it_was)
{
    struct logs_piece p = piece(3, 0);

    want("t-1", 3, true);
    CHECK_INT(put("t-1", &p, NOON), 0);
    CHECK_INT(answer.have, LOGS_PIECE_MAX);
    CHECK_INT(put("t-1", &p, NOON), 0); /* its answer was lost */
    CHECK_INT(answer.have, LOGS_PIECE_MAX);
    p = piece(3, 2 * LOGS_PIECE_MAX); /* one was left out */
    CHECK_INT(put("t-1", &p, NOON), 0);
    CHECK_INT(answer.have, LOGS_PIECE_MAX);
    CHECK_INT(stand(3), LOGS_STAND_COMING);
}

TEST(damaged_three_times_is_given_up)
{
    struct logs_piece p = piece(3, LOGS_PIECE_MAX);
    uint8_t other[LOGS_PIECE_MAX] = {1};

    for (int i = 1; i <= LOGS_TRIES; i++) {
        for (int64_t at = answer.have; at < LEN; at += LOGS_PIECE_MAX) {
            p = piece(3, at);
            p.bytes = other;
            CHECK_INT(put("t-1", &p, NOON), 0);
        }
        CHECK_INT(answer.have, 0);
        CHECK_INT(answer.over, i == LOGS_TRIES);
    }
    CHECK_INT(stand(3), LOGS_STAND_NOT);
    p = piece(3, 0);
    CHECK_INT(put("t-1", &p, NOON), 0);
    CHECK(answer.over);
}

TEST(others_again_and_again_are_given_up)
{
    struct logs_piece p = piece(4, 0);

    want("t-1", 4, true);
    for (int i = 0; i < 2 * LOGS_TRIES; i++) {
        p.sha256[0]++;
        CHECK_INT(put("t-1", &p, NOON), 0);
    }
    CHECK(answer.over);
    CHECK_INT(stand(4), LOGS_STAND_NOT);
}

TEST(why_not)
{
    struct logs_piece p = {.id = {5}, .why = LOGS_WHY_BROKEN};

    want("t-1", 5, true);
    CHECK_INT(put("t-1", &p, NOON), 0);
    CHECK(answer.over);
    CHECK_INT(stand(5), LOGS_STAND_NOT);
}

TEST(the_last_three_are_kept)
{
    for (uint8_t id = 10; id < 14; id++) {
        want("t-1", id, true);
        send(id, NOON + id * 1000);
    }
    CHECK_INT(stand(2), LOGS_STAND_GONE);
    CHECK_INT(stand(10), LOGS_STAND_GONE);
    CHECK_INT(stand(11), LOGS_STAND_HERE);
    CHECK_INT(pieces(), 3 * 3);
}

TEST(for_thirty_days)
{
    struct buf out;

    buf_init(&out, LOGS_SIZE_MAX);
    CHECK_INT(logs_forget(store, NOON + 12000 + LOGS_KEPT_MS, NULL), 0);
    CHECK_INT(stand(11), LOGS_STAND_GONE);
    CHECK_INT(stand(12), LOGS_STAND_HERE);
    CHECK_INT(pieces(), 2 * 3);
    CHECK_INT(read_all(11, &out), -ERR_NOTFOUND);
    buf_finish(&out);
}

static int count(void *ctx, const struct logs_row *r)
{
    ++*(int *)ctx;
    return 0;
}

TEST(a_list_and_a_name)
{
    const uint8_t id[ACT_ID_LEN] = {13};
    char name[LOGS_NAME_MAX + 1];
    struct logs_row r;
    int n = 0;

    CHECK_INT(logs_each(store, OFFICE, "t-1", count, &n, NULL), 0);
    CHECK_INT(n, 9);
    CHECK_INT(logs_read(store, OFFICE, id, &r, NULL), 1);
    logs_name(&r, name);
    CHECK_STR(name, "tongban-t-1-20260105-120013.txt.gz");
    CHECK_INT(logs_read(store, 1104, id, &r, NULL), 0);
}

TEST(finish)
{
    store_close(store);
}

TEST_MAIN(SETUP(setup), T(only_what_was_asked_for), T(whole), T(more_than_asked_changes_nothing), T(goes_on_where_it_was),
          T(damaged_three_times_is_given_up), T(others_again_and_again_are_given_up), T(why_not), T(the_last_three_are_kept),
          T(for_thirty_days), T(a_list_and_a_name), TEARDOWN(finish))
