/* SPDX-License-Identifier: Apache-2.0
 *
 * What is added to a case, as it is sealed.
 */
#include "model/supplement.h"

#include <string.h>

#include "test.h"

#define NUMBER "1103003260105000014"

static const struct identity who = {.kind = IDENTITY_RESIDENT, .name = "测试甲", .number = "11010519491231002X"};

TEST(the_words_and_whose_they_are)
{
    struct buf out;
    struct err e = {0};

    buf_init(&out, SUPPLEMENT_MAX);
    CHECK_INT(supplement_encode(NUMBER, &who, "户口簿复印件已交到 \"二楼\"", &out, &e), 0);
    CHECK_STR(buf_str(&out),
              "{\"v\":1,\"case\":\"" NUMBER
              "\",\"applicant\":{\"name\":\"测试甲\",\"number\":\"11010519491231002X\"},\"words\":\"户口簿复印件已交到 "
              "\\\"二楼\\\"\"}");
    buf_finish(&out);
}

/* As long as the keyboard lets it be, of the longest characters: it fits. */
TEST(the_longest_fits)
{
    static char words[SUPPLEMENT_WORDS_MAX + 1];
    struct identity long_name = who;
    struct buf out;
    struct err e = {0};

    for (int i = 0; i < SUPPLEMENT_CHARACTERS_MAX; i++)
        memcpy(words + 4 * i, "\xf0\xa0\x80\x80", 4);
    memset(long_name.name, 'x', IDENTITY_NAME_MAX);
    memset(long_name.name_latin, 'y', IDENTITY_NAME_MAX);
    buf_init(&out, SUPPLEMENT_MAX);
    CHECK_INT(supplement_encode(NUMBER, &long_name, words, &out, &e), 0);
    CHECK_STR(e.text, "");
    buf_finish(&out);
}

static int encode(const char *number, const struct identity *id, const char *words)
{
    struct buf out;

    buf_init(&out, SUPPLEMENT_MAX);
    int rc = supplement_encode(number, id, words, &out, NULL);
    CHECK_INT(out.len, 0);
    buf_finish(&out);
    return rc;
}

TEST(of_nobody_or_of_nothing)
{
    static const struct identity nobody = {.name = "测试甲"};

    CHECK_INT(encode(NUMBER, NULL, "补"), -ERR_STATE);
    CHECK_INT(encode(NUMBER, &nobody, "补"), -ERR_STATE);
    CHECK_INT(encode(NUMBER, &who, ""), -ERR_STATE);
    CHECK_INT(encode(NUMBER, &who, NULL), -ERR_STATE);
    CHECK_INT(encode("1103003260105000017", &who, "补"), -ERR_STATE); /* its check digit */
    CHECK_INT(encode("", &who, "补"), -ERR_STATE);
}

TEST_MAIN(T(the_words_and_whose_they_are), T(the_longest_fits), T(of_nobody_or_of_nothing))
