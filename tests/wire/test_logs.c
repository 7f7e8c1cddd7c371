/* SPDX-License-Identifier: Apache-2.0
 *
 * Pieces of logs: there and back, and never outside the whole.
 */
#include "test.h"

#include <string.h>

#include "wire/logs.h"

static const struct logs_piece piece = {
    .id = {1, 2}, .size = 10, .at = 4, .sha256 = {9}, .bytes = (const uint8_t *)"a\n{}", .len = 4};

static int decode(const struct buf *b, struct logs_piece *ret)
{
    return logs_piece_decode(b->data, b->len, ret, NULL);
}

TEST(there_and_back)
{
    struct logs_piece back;
    struct buf b;

    buf_init(&b, LOGS_BODY_MAX);
    CHECK_INT(logs_piece_encode(&piece, &b, NULL), 0);
    CHECK_INT(decode(&b, &back), 0);
    CHECK(back.size == 10 && back.at == 4 && back.len == 4 && memcmp(back.bytes, "a\n{}", 4) == 0 && back.why == 0);
    CHECK_INT(memcmp(back.id, piece.id, ACT_ID_LEN), 0);
    buf_finish(&b);
}

TEST(a_reason_has_no_piece)
{
    struct logs_piece none = {.why = LOGS_WHY_TOO_LONG}, back;
    struct buf b;

    buf_init(&b, LOGS_BODY_MAX);
    CHECK_INT(logs_piece_encode(&none, &b, NULL), 0);
    CHECK_INT(decode(&b, &back), 0);
    CHECK_INT(back.why, LOGS_WHY_TOO_LONG);
    buf_addc(&b, 'x');
    CHECK_INT(decode(&b, &back), -ERR_INVALID);
    buf_finish(&b);
}

TEST(outside_the_whole)
{
    struct logs_piece p = piece;
    struct buf b;

    buf_init(&b, LOGS_BODY_MAX);
    p.at = 7;
    CHECK_INT(logs_piece_encode(&p, &b, NULL), -ERR_INVALID);
    p = piece;
    p.len = 0;
    CHECK_INT(logs_piece_encode(&p, &b, NULL), -ERR_INVALID);
    p = piece;
    p.size = LOGS_SIZE_MAX + 1;
    CHECK_INT(logs_piece_encode(&p, &b, NULL), -ERR_INVALID);
    p = piece;
    p.why = LOGS_WHY_BROKEN;
    CHECK_INT(logs_piece_encode(&p, &b, NULL), -ERR_INVALID);
    buf_finish(&b);
}

#define HEX32 "01020000000000000000000000000000"
#define HEX64 "0900000000000000000000000000000000000000000000000000000000000000"
#define HEAD(id, size, sha, at, why)                                                                                        \
    "{\"id\":\"" id "\",\"size\":" size ",\"sha256\":\"" sha "\",\"at\":" at ",\"why\":\"" why "\"}\n"

TEST(refused)
{
    static const char *const bad[] = {
        "",
        "\n",
        "abc",
        "{}\nx",
        HEAD("01", "4", HEX64, "0", "") "abcd",
        HEAD(HEX32, "4", "09", "0", "") "abcd",
        HEAD(HEX32, "3", HEX64, "0", "") "abcd",
        HEAD(HEX32, "4", HEX64, "1", "") "abcd",
        HEAD(HEX32, "4", HEX64, "-1", "") "abcd",
        HEAD(HEX32, "4", HEX64, "0", "") "",
        HEAD(HEX32, "4", HEX64, "0", "fun") "abcd",
        HEAD(HEX32, "4194305", HEX64, "0", "") "abcd",
        HEAD(HEX32, "9223372036854775807", HEX64, "4", "") "abcd",
        "{\"id\":\"" HEX32 "\",\"size\":4,\"sha256\":\"" HEX64 "\",\"at\":0,\"why\":\"\",\"name\":\"../x\"}\nabcd",
    };
    static const char fine[] = HEAD(HEX32, "4", HEX64, "0", "") "abcd";
    struct logs_piece p;

    CHECK_INT(logs_piece_decode(fine, strlen(fine), &p, NULL), 0);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(logs_piece_decode(bad[i], strlen(bad[i]), &p, NULL) < 0);
}

TEST(answers)
{
    const struct logs_answer a = {.have = 131072, .over = true};
    struct logs_answer back;
    struct buf b;

    buf_init(&b, LOGS_ANSWER_MAX);
    CHECK_INT(logs_answer_encode(&a, &b), 0);
    CHECK_STR(buf_str(&b), "{\"have\":131072,\"over\":true}");
    CHECK_INT(logs_answer_decode(b.data, b.len, &back, NULL), 0);
    CHECK(back.have == 131072 && back.over);
    CHECK(logs_answer_decode("{\"have\":-1,\"over\":true}", 23, &back, NULL) < 0);
    CHECK(logs_answer_decode("{\"have\":1}", 10, &back, NULL) < 0);
    buf_finish(&b);
}

TEST_MAIN(T(there_and_back), T(a_reason_has_no_piece), T(outside_the_whole), T(refused), T(answers))
