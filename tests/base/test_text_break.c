/* SPDX-License-Identifier: Apache-2.0
 *
 * Which two characters may stand on two lines.
 */
#include "base/text_break.h"

#include "base/text.h"
#include "test.h"

/* May the line end between the only two characters of `pair`? */
static bool parts(const char *pair)
{
    const char *end = pair + strlen(pair);
    uint32_t before = (uint32_t)utf8_next(&pair, end), after = (uint32_t)utf8_next(&pair, end);

    CHECK(pair == end);
    return text_may_part(before, after);
}

TEST(hanzi_part_words_do_not)
{
    CHECK(parts("一二"));
    CHECK(parts("一a"));
    CHECK(parts("a一"));
    CHECK(!parts("ab"));
    CHECK(!parts("12"));
    CHECK(!parts("葛\xF3\xA0\x84\x80")); /* a variation selector */
    CHECK(!parts("一\xCC\x81"));
}

TEST(a_weekday_is_one_word)
{
    CHECK(!parts("星期"));
    CHECK(!parts("期五"));
    CHECK(!parts("期日"));
    CHECK(parts("期内"));
    CHECK(parts("五前"));
}

TEST(marks_at_line_ends)
{
    static const char *const kept[] = {"一，", "一。", "一）", "一】", "一〕", "一”",  "一…",  "一—", "一～", "一·", "一％",
                                       "一℃",  "一〗", "一｝", "一‰",  "一/",  "（一", "《一", "“一", "【一", "￥一"};

    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        CHECK(!parts(kept[i]));
    CHECK(parts("—一"));
    CHECK(parts("·一"));
    CHECK(parts("）（"));
    CHECK(!parts("——"));
    CHECK(!parts("……"));
}

TEST(figures_keep_their_units)
{
    CHECK(!parts("6日"));
    CHECK(!parts("5个"));
    CHECK(!parts("月2"));
    CHECK(!parts("年1"));
    CHECK(parts("6山"));
    CHECK(parts("日1"));
}

TEST_MAIN(T(hanzi_part_words_do_not), T(a_weekday_is_one_word), T(marks_at_line_ends), T(figures_keep_their_units))
