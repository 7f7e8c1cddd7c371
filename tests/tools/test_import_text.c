/* SPDX-License-Identifier: Apache-2.0
 *
 * Texts of a district's list: what of them may stand on a screen.
 */
#include "tools/hallctl/import_text.h"

#include "test.h"

static void check(const char *text, const char *want, unsigned faults)
{
    char out[IMPORT_TEXT_MAX + 1];

    CHECK_INT(import_text_mend(text, out, sizeof out), faults);
    CHECK_STR(out, want);
}

TEST(clean_texts_stay)
{
    check("", "", 0);
    check("不动产登记 (个人) A&B <100平方米 3 > 2", "不动产登记 (个人) A&B <100平方米 3 > 2", 0);
    check("<建设工程>规划许可", "<建设工程>规划许可", 0);
    check("a & b; c", "a & b; c", 0);
    check("葛\xF3\xA0\x84\x80", "葛\xF3\xA0\x84\x80", 0); /* a variation selector chooses how a name is written */
}

TEST(spaces)
{
    check("示例\n事项", "示例事项", IMPORT_TEXT_SPACES);
    check("示例\r\n事项\t", "示例事项", IMPORT_TEXT_SPACES);
    check("one\ntwo", "one two", IMPORT_TEXT_SPACES);
    check("one \n two", "one  two", IMPORT_TEXT_SPACES);
    check(" \xE3\x80\x80示例 \xC2\xA0", "示例", IMPORT_TEXT_SPACES);
    check(" \t\n", "", IMPORT_TEXT_SPACES);
}

TEST(markup)
{
    check("<p>示例&nbsp;</p>", "示例", IMPORT_TEXT_MARKUP | IMPORT_TEXT_SPACES);
    check("示例<br/>事项", "示例事项", IMPORT_TEXT_MARKUP);
    check("<b>H</b><sub>2</sub>O", "H2O", IMPORT_TEXT_MARKUP);
    check("one<br>two", "one two", IMPORT_TEXT_MARKUP);
    check("A &amp; B &lt;100 &#x4E8B;&#39033;", "A & B <100 事项", IMPORT_TEXT_MARKUP);
    check("&lt;script&gt;示例", "示例", IMPORT_TEXT_MARKUP);
    check("&nothing; &#; &#x; &#xD800; &#1114112; &#-1;", "&nothing; &#; &#x; &#xD800; &#1114112; &#-1;", 0);
    check("<a href=\"x\">示例<!-- y -->", "示例", IMPORT_TEXT_MARKUP);
    check("<p", "<p", 0);
    check("<p<p>示例", "<p 示例", IMPORT_TEXT_MARKUP);
}

TEST(invisible)
{
    check("\xEF\xBB\xBF示例", "示例", IMPORT_TEXT_INVISIBLE);
    check("示\xE2\x80\x8B例\xE2\x80\xAE", "示例", IMPORT_TEXT_INVISIBLE);
    check("示\x01例\x7F", "示例", IMPORT_TEXT_INVISIBLE);
    check("示&#8203;例", "示例", IMPORT_TEXT_INVISIBLE | IMPORT_TEXT_MARKUP);
}

TEST(private_use)
{
    check("\xEE\x80\x80示例", "〔U+E000〕示例", IMPORT_TEXT_PRIVATE);
}

TEST(what_is_too_long)
{
    static char text[IMPORT_TEXT_MAX + 2], out[IMPORT_TEXT_MAX + 1];

    memset(text, 'a', sizeof text - 1);
    CHECK_INT(import_text_mend(text, out, sizeof out), 0);
    CHECK_STR(out, "");
    text[IMPORT_TEXT_MAX] = '\0';
    CHECK_INT(import_text_mend(text, out, sizeof out), 0);
    CHECK_INT(strlen(out), IMPORT_TEXT_MAX);
    for (size_t i = 0; i + 2 < sizeof text; i += 2) /* each a line of its own */
        text[i] = '\n';
    CHECK_INT(import_text_mend(text, out, sizeof out), IMPORT_TEXT_SPACES);
    CHECK_INT(strlen(out), IMPORT_TEXT_MAX - 1);
}

TEST_MAIN(T(clean_texts_stay), T(spaces), T(markup), T(invisible), T(private_use), T(what_is_too_long))
