/* SPDX-License-Identifier: Apache-2.0
 *
 * Traditional characters: the texts of the screen are what the lists make of the Chinese ones, and come back whole.
 */
#include "model/hant.h"

#include <string.h>

#include "base/text.h"
#include "model/strings.h"
#include "test.h"

static void is(const char *zh, const char *hant)
{
    char out[200];

    CHECK_STR(hant_text(out, sizeof out, zh), hant);
}

TEST(words_before_characters)
{
    is("头发", "頭髮");
    is("发证", "發證");
    is("有效期满换领居民身份证", "有效期滿換領居民身份證");
    is("行政复议、复印件、答复", "行政復議、複印件、答覆");
    is("联系方式，系统，关系", "聯繫方式，系統，關係");
    is("三个月以后", "三個月以後");
    is("皇后", "皇后");
    is("只有一只", "只有一隻");
    is("这台机器", "這台機器");
    is("在哪里，看着", "在哪裏，看着");
    is("点“确认”", "點「確認」");
}

TEST(what_was_wrong_once)
{
    is("换发", "換發");
    is("办结发证", "辦結發證");
    is("人和面积", "人和面積");
    is("比干活的人", "比幹活的人");
    is("准驾车型", "准駕車型");
    is("服务台", "服務台");
    is("签注", "簽注");
}

TEST(the_rest_stays)
{
    is("", "");
    is("A025", "A025");
    is("Take 2 papers, please", "Take 2 papers, please");
    is("測試丙", "測試丙");
    is("〔U+E000〕𠮷", "〔U+E000〕𠮷");
    is("\xE5\x8A", "\xE5\x8A"); /* half a character */
    is("\xFF\xFE证", "\xFF\xFE證");
}

TEST(room)
{
    char out[8], text[] = "办证", none[1] = {'x'};

    CHECK_STR(hant_text(out, 7, "办证办"), "辦證");
    CHECK_STR(hant_text(out, 6, "办证办"), "辦");
    CHECK_STR(hant_text(none, 1, "办"), "");
    CHECK(hant_text(text, sizeof text, text) == text);
    CHECK_STR(text, "辦證");
}

TEST(the_screen_says_what_the_lists_say)
{
    char out[1000], back[1000];

    for (int i = 0; i < STR_COUNT; i++) {
        const char *zh = str(LANGUAGE_ZH_CN, (enum str_id)i), *hant = str(LANGUAGE_ZH_HANT, (enum str_id)i);

        if (!strcmp(zh, hant)) /* nothing to write otherwise, or of a paper, which is Chinese in every language */
            continue;
        CHECK_STR(hant_text(out, sizeof out, zh), hant);
        CHECK_STR(hant_text(out, sizeof out, hans_text(back, sizeof back, hant)), hant);
        if (!strstr(zh, "「") && !strstr(hant, "覆")) /* comes from two signs; is simplified too, and read the same */
            CHECK_STR(back, zh);
    }
}

TEST_MAIN(T(words_before_characters), T(what_was_wrong_once), T(the_rest_stays), T(room),
          T(the_screen_says_what_the_lists_say))
