/* SPDX-License-Identifier: Apache-2.0
 *
 * The lexicon as residents meet it: what they write stands first or nearly, and nothing is remembered.
 */
#include "ime/engine.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "test.h"

/* librime is never taken down (see engine.c): what it holds at the end is no leak of ours. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "detect_leaks=0";
}

static struct composing_answer answer;

static void ask(enum compose_op op, enum composing_scheme scheme, const char *letters, int index)
{
    struct compose_question q = {.op = op, .scheme = scheme, .index = index, .serial = 7};

    snprintf(q.letters, sizeof q.letters, "%s", letters);
    engine_answer(&q, &answer);
}

/* Place among the candidates, from 0; -1: not there. */
static int place(enum composing_scheme scheme, const char *letters, const char *text)
{
    ask(COMPOSE_LOOK, scheme, letters, 0);
    for (int i = 0; i < answer.n; i++)
        if (!strcmp(answer.candidates + answer.at[i], text))
            return i;
    return -1;
}

static int pinyin(const char *letters, const char *text)
{
    int at = place(SCHEME_PINYIN, letters, text);

    printf("# %s gives", letters); /* shown when the test fails */
    for (int i = 0; i < answer.n && i < 8; i++)
        printf(" %s", answer.candidates + answer.at[i]);
    printf("\n");
    return at;
}

static void open_lexicon(void)
{
    struct err e = {0};
    char folder[512];
    ssize_t n = readlink("/proc/self/exe", folder, sizeof folder - 1);

    folder[n > 0 ? n : 0] = 0;
    *strstr(folder, "/tests/") = 0;
    strcat(folder, "/assets/ime");
    CHECK_INT(engine_open(folder, &e), 0);
}

TEST(words_of_the_counter_stand_first)
{
    open_lexicon();
    CHECK_INT(pinyin("budongchandengji", "不动产登记"), 0);
    CHECK_INT(pinyin("bdcdj", "不动产登记"), 0);
    CHECK_INT(pinyin("jumin", "居民"), 0);
    CHECK_INT(pinyin("sfz", "身份证"), 0);
    CHECK_INT(pinyin("hukoubu", "户口簿"), 0);
    CHECK_INT(pinyin("gongjijintiqu", "公积金提取"), 0);
    CHECK_INT(pinyin("chengdongjiedaoxingfuli", "城东街道幸福里"), 0);
    CHECK_INT(pinyin("chaoyangqu", "朝阳区"), 0);
    CHECK_INT(pinyin("guanganshi", "广安市"), 0);
    CHECK_INT(pinyin("ouyang", "欧阳"), 0);
    CHECK_INT(pinyin("haolou", "号楼"), 0);
    CHECK_INT(pinyin("danyuan", "单元"), 0);
    CHECK_INT(pinyin("zhejiang", "浙江"), 0);
    CHECK_INT(pinyin("zejiang", "浙江"), 0);
}
/* What is left over is asked about again. */
TEST(taking_a_part_leaves_the_rest)
{
    int at = pinyin("ceshijia", "测试");

    CHECK(at >= 0);
    ask(COMPOSE_TAKE, SCHEME_PINYIN, "ceshijia", at);
    CHECK_STR(answer.text, "测试");
    CHECK_STR(answer.rest, "jia");
    ask(COMPOSE_TAKE, SCHEME_PINYIN, "jia", pinyin("jia", "甲"));
    CHECK_STR(answer.text, "甲");
    CHECK_STR(answer.rest, "");
    ask(COMPOSE_TAKE, SCHEME_PINYIN, "jia", CANDIDATES_MAX + 5);
    CHECK_STR(answer.text, "");
    CHECK_STR(answer.rest, "jia");
    CHECK_INT(answer.serial, 7);
}

TEST(all_becomes_text)
{
    ask(COMPOSE_ALL, SCHEME_PINYIN, "xingfuliwuhaolou", 0);
    CHECK_STR(answer.text, "幸福里五号楼");
    CHECK_STR(answer.rest, "");
    ask(COMPOSE_ALL, SCHEME_PINYIN, "louv", 0);
    CHECK_STR(answer.rest, "v");
}

/* No name is out of reach: every character of the standard table, by its reading or its strokes. */
TEST(rare_characters)
{
    CHECK(pinyin("hun", "𬭩") >= 0 || pinyin("weng", "𬭩") >= 0);
    CHECK(pinyin("jian", "䶮") >= 0 || pinyin("yan", "䶮") >= 0);
    CHECK(place(SCHEME_STROKES, "hspnz", "楼") != 0);
    CHECK_INT(place(SCHEME_STROKES, "hspnnphspnzph", "楼"), 0);
    CHECK(place(SCHEME_STROKES, "szhhs", "甲") >= 0);
    CHECK_INT(place(SCHEME_STROKES, "qqq", "甲"), -1);
}

/* The engine keeps nothing between two questions: the same one has the same answer, whatever was taken before. */
TEST(nothing_is_learned)
{
    static char before[COMPOSING_TEXT_MAX];

    ask(COMPOSE_LOOK, SCHEME_PINYIN, "lou", 0);
    memcpy(before, answer.candidates, sizeof before);
    for (int i = 0; i < 20; i++)
        ask(COMPOSE_TAKE, SCHEME_PINYIN, "lou", 5);
    ask(COMPOSE_LOOK, SCHEME_PINYIN, "lou", 0);
    CHECK_MEM(answer.candidates, before, sizeof before);
}

TEST_MAIN(T(words_of_the_counter_stand_first), T(taking_a_part_leaves_the_rest), T(all_becomes_text), T(rare_characters),
          T(nothing_is_learned))
