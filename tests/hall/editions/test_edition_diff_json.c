/* SPDX-License-Identifier: Apache-2.0
 *
 * Two item files and what differs, in the words that are signed.
 */
#include "test.h"

#include "base/buf.h"
#include "tools/hall/editions/edition_diff_json.h"
#include "tools/hall/editions/edition_words.h"

static struct buf told;

static void tell(void *ctx, const char *where, const char *before, const char *after)
{
    buf_addf(&told, "%s: %s -> %s\n", where, before, after);
}

/* What differs, a line each. */
static const char *diff(const char *before, const char *after)
{
    struct json *a = NULL, *b = NULL;

    buf_reset(&told);
    CHECK_INT(json_parse(before, strlen(before), 65536, &a, NULL), 0);
    CHECK_INT(json_parse(after, strlen(after), 65536, &b, NULL), 0);
    edition_diff_json(a, b, tell, NULL);
    json_free(a);
    json_free(b);
    return buf_str(&told);
}

TEST(begin)
{
    buf_init(&told, 65536);
}

TEST(the_same_says_nothing)
{
    CHECK_STR(diff("{\"task_name\":\"甲\",\"fees\":[]}", "{\"task_name\":\"甲\",\"fees\":[]}"), "");
}

TEST(a_limit_reads_as_one_thing)
{
    CHECK_STR(
        diff("{\"promise\":{\"day\":20,\"unit\":\"working-day\"}}", "{\"promise\":{\"day\":15,\"unit\":\"working-day\"}}"),
        "承诺时限: 20 个工作日 -> 15 个工作日\n");
    CHECK_STR(diff("{\"promise\":{\"day\":1,\"unit\":\"calendar-day\",\"explain\":\"第一条\"}}",
                   "{\"promise\":{\"day\":0,\"unit\":\"working-day\"}}"),
              "承诺时限: 1 个自然日，第一条 -> 即办\n");
}

TEST(a_document_that_came_went_or_changed)
{
    CHECK_STR(
        diff("{\"materials\":[{\"material_name\":\"甲\",\"is_need\":\"1\"},{\"material_name\":\"乙\",\"is_need\":\"1\"}]}",
             "{\"materials\":[{\"material_name\":\"丙\",\"is_need\":\"2\"},{\"material_name\":\"甲\",\"is_need\":\"3\"}]}"),
        "提交材料:  -> 丙（是否必要：非必要）\n"
        "提交材料 · 甲 · 是否必要: 必要 -> 容缺后补\n"
        "提交材料: 乙（是否必要：必要） -> \n");
}

TEST(money)
{
    CHECK_STR(diff("{\"fees\":[{\"fee_name\":\"工本费\",\"amount_cent\":2000}]}",
                   "{\"fees\":[{\"fee_name\":\"工本费\",\"amount_cent\":4005}]}"),
              "收费 · 工本费 · 金额: 20.00 元 -> 40.05 元\n");
    CHECK_STR(diff("{\"fees\":[]}", "{\"fees\":[{\"fee_name\":\"工本费\",\"amount_cent\":5}]}"),
              "收费:  -> 工本费（金额：0.05 元）\n");
}

TEST(where_and_whether)
{
    CHECK_STR(diff("{\"transact_addr\":\"一层\",\"is_service_terminals\":true,\"task_state\":\"in-use\"}",
                   "{\"transact_addr\":\"二层\",\"is_service_terminals\":false,\"task_state\":\"suspended\"}"),
              "办理地点: 一层 -> 二层\n支持终端办理: 是 -> 否\n状态: 正常 -> 暂停办理\n");
    CHECK_STR(diff("{\"four_ways\":{\"online\":false}}", "{\"four_ways\":{\"online\":true}}"), "四办 · 网上办: 否 -> 是\n");
}

TEST(what_is_new_and_what_is_gone)
{
    CHECK_STR(diff("{\"limit_scene_explain\":\"本人到场\"}", "{\"accept_condition\":\"成年\"}"),
              "受理条件:  -> 成年\n到现场原因: 本人到场 -> \n");
}

TEST(english_is_told_as_english)
{
    CHECK_STR(diff("{\"task_name_en\":\"A\"}", "{\"task_name_en\":\"B\"}"), "事项名称（英文）: A -> B\n");
}

/* A key of a later version has no word here. */
TEST(a_key_nobody_knows)
{
    CHECK_STR(diff("{\"later\":{\"x\":[1,2]}}", "{\"later\":{\"x\":[1,3]}}"), "later · x: 1；2 -> 1；3\n");
}

TEST(the_order_alone)
{
    CHECK_STR(diff("{\"results\":[{\"result_name\":\"甲\"},{\"result_name\":\"乙\"}]}",
                   "{\"results\":[{\"result_name\":\"乙\"},{\"result_name\":\"甲\"}]}"),
              "办理结果: 甲；乙 -> 乙；甲\n");
}

/* Two of one name are told apart by their order. */
TEST(two_of_one_name)
{
    CHECK_STR(diff("{\"by_law\":[{\"law\":\"甲法\",\"article\":\"第一条\"},{\"law\":\"甲法\",\"article\":\"第二条\"}]}",
                   "{\"by_law\":[{\"law\":\"甲法\",\"article\":\"第一条\"},{\"law\":\"甲法\",\"article\":\"第三条\"}]}"),
              "设定依据 · 甲法 · 条款: 第二条 -> 第三条\n");
    CHECK_STR(diff("{\"by_law\":[{\"law\":\"甲法\",\"article\":\"第一条\"},{\"law\":\"甲法\",\"article\":\"第二条\"}]}",
                   "{\"by_law\":[{\"law\":\"甲法\",\"article\":\"第一条\"}]}"),
              "设定依据: 甲法（条款：第二条） -> \n");
}

TEST(another_type_at_the_same_place)
{
    CHECK_STR(diff("{\"fees\":[]}", "{\"fees\":{\"note\":\"免费\"}}"), "收费:  -> 说明：免费\n");
    CHECK_STR(diff("{\"materials\":[\"甲\"]}", "{\"materials\":[{\"material_name\":\"甲\"}]}"), "提交材料: 甲 -> 甲\n");
}

TEST(end)
{
    buf_finish(&told);
}

TEST_MAIN(SETUP(begin), T(the_same_says_nothing), T(a_limit_reads_as_one_thing), T(a_document_that_came_went_or_changed),
          T(money), T(where_and_whether), T(what_is_new_and_what_is_gone), T(english_is_told_as_english),
          T(a_key_nobody_knows), T(the_order_alone), T(two_of_one_name), T(another_type_at_the_same_place), TEARDOWN(end))
