/* SPDX-License-Identifier: Apache-2.0
 *
 * What the hall's voice says: digits of a number one by one, windows as they are counted.
 */
#include "test.h"

#include "tools/hall/calling/queue_words.h"

static const char *say(const char *number, int window)
{
    static char words[QUEUE_WORDS_CALL_MAX];
    queue_words_call(number, window, false, words);
    return words;
}

TEST(numbers)
{
    CHECK_STR(say("A 032", 3), "请 A 零三二 号到三号窗口");
    CHECK_STR(say("A03-001", 1), "请 A 零三 零零一 号到一号窗口");
    CHECK_STR(say("B 1000", 9), "请 B 一零零零 号到九号窗口");
    CHECK_STR(say("Z999-999999", 2), "请 Z 九九九 九九九九九九 号到二号窗口");
}

TEST(windows)
{
    static const struct {
        int n;
        const char *words;
    } list[] = {{10, "十"},        {12, "十二"},      {20, "二十"},        {35, "三十五"},     {100, "一百"},
                {105, "一百零五"}, {110, "一百一十"}, {215, "二百一十五"}, {999, "九百九十九"}};
    char wanted[200];
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        snprintf(wanted, sizeof wanted, "请 A 一 号到%s号窗口", list[i].words);
        CHECK_STR(say("A 1", list[i].n), wanted);
    }
}

TEST(again)
{
    char words[QUEUE_WORDS_CALL_MAX];
    queue_words_call("A 001", 1, true, words);
    CHECK_STR(words, "再请 A 零零一 号到一号窗口");
}

/* Residents read them on terminals, so they keep to what a terminal shows. */
TEST(reasons)
{
    char all[200], *rest = all;
    snprintf(all, sizeof all, "%s", queue_words_reasons());
    for (char *word = strtok_r(all, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        CHECK(queue_words_reason(word) != NULL);
        CHECK(strlen(queue_words_reason(word)) <= 60);
    }
    CHECK(!queue_words_reason("nap"));
    CHECK(!queue_words_reason(""));
}

TEST_MAIN(T(numbers), T(windows), T(again), T(reasons))
