/* SPDX-License-Identifier: Apache-2.0
 *
 * What is asked and answered of licences: what goes in comes out, and what is none is refused.
 */
#include "test.h"

#include "base/text.h"
#include "wire/ask.h"
#include "wire/ask_licence.h"

#define CITIZEN "110101199003070038"

static const struct ask_question asked = {.about = ASK_ABOUT_LICENCES, .citizen = CITIZEN, .item = "11000001"};

static int through(const struct ask_question *in, struct ask_question *out)
{
    struct buf text;
    buf_init(&text, SEAL_PAD);
    int rc = ask_question_encode(in, &text, NULL);
    if (rc == 0)
        rc = ask_question_decode(text.data, text.len, out, NULL);
    buf_finish(&text);
    return rc;
}

TEST(question)
{
    struct ask_question q, longest = asked;
    CHECK_INT(through(&asked, &q), 0);
    CHECK_INT(q.about, ASK_ABOUT_LICENCES);
    CHECK_STR(q.citizen, CITIZEN);
    CHECK_STR(q.item, "11000001");
    memset(longest.item, '9', ITEM_CODE_MAX); /* still fits into what every question is padded to */
    CHECK_INT(through(&longest, &q), 0);
    CHECK_STR(q.item, longest.item);
}

TEST(questions_that_are_none)
{
    static const struct ask_question bad[] = {
        {.about = ASK_ABOUT_LICENCES, .item = "11000001"},
        {.about = ASK_ABOUT_LICENCES, .citizen = "12", .item = "11000001"},
        {.about = ASK_ABOUT_LICENCES, .citizen = CITIZEN},
        {.about = ASK_ABOUT_LICENCES, .citizen = CITIZEN, .item = "a\nb"},
    };
#define HEAD "{\"v\":1,\"about\":\"licences\",\"language\":\"zh-CN\",\"number\":\"" CITIZEN "\""
    static const char *const texts[] = {
        HEAD "}",
        HEAD ",\"item\":\"\"}",
        HEAD ",\"item\":7}",
        HEAD ",\"item\":\"1\\n2\"}",
        HEAD ",\"item\":\"0123456789012345678901234567890123456789012345678901234567890\"}",
        HEAD ",\"item\":\"1\",\"phone\":\"0123\"}",
        "{\"v\":1,\"about\":\"licences\",\"language\":\"zh-CN\",\"item\":\"1\"}",
        "{\"v\":1,\"about\":\"cases\",\"language\":\"zh-CN\",\"number\":\"" CITIZEN "\",\"item\":\"1\"}",
    };
#undef HEAD
    struct ask_question q;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK_INT(through(&bad[i], &q), -ERR_INVALID);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        CHECK(ask_question_decode(texts[i], strlen(texts[i]), &q, NULL) < 0);
}

static const struct my_licences all = {
    .at = 7,
    .n = 6,
    .list = {{.kind = "居住证", .state = MY_LICENCE_HELD, .issuer = "市公安局", .until = {2029, 1, 4}},
             {.kind = "R-1", .state = MY_LICENCE_HELD, .issuer = "民政局"}, /* without an end */
             {.kind = "D-100", .state = MY_LICENCE_EXPIRED, .issuer = "交管支队", .until = {2025, 12, 31}},
             {.kind = "S-1", .state = MY_LICENCE_NOT_GOOD, .issuer = "交管支队"},
             {.kind = "结婚证", .state = MY_LICENCE_NONE},
             {.kind = "U-1", .state = MY_LICENCE_UNCHECKED, .why = MY_LICENCE_SOURCE_AWAY}}};

TEST(answer)
{
    struct my_licences m;
    enum ask_reason why;
    struct buf text;
    buf_init(&text, ASK_ANSWER_MAX);
    CHECK_INT(ask_licences_encode(&all, &text), 0);
    CHECK_INT(ask_licences_decode(text.data, text.len, &m, &why, NULL), 0);
    CHECK_INT(why, ASK_ANSWERED);
    CHECK_MEM(&m, &all, sizeof m);
    CHECK(my_licence_of(&m, "D-100") == &m.list[2]);
    CHECK(!my_licence_of(&m, "D-10"));
    buf_finish(&text);
}

TEST(the_longest_answer_has_room)
{
    struct my_licences m = {.at = INT64_C(253402300799999), .n = ITEM_LIST_MAX};
    struct buf text;
    for (int i = 0; i < m.n; i++) {
        m.list[i] = (struct my_licence){.state = MY_LICENCE_HELD, .until = {2029, 12, 31}};
        memset(m.list[i].kind, '\\', MY_LICENCE_KIND_MAX); /* each doubles */
        memset(m.list[i].issuer, '\\', MY_LICENCE_ISSUER_MAX);
    }
    buf_init(&text, ASK_ANSWER_MAX);
    CHECK_INT(ask_licences_encode(&m, &text), 0);
    buf_finish(&text);
}

TEST(refused)
{
    struct my_licences m = all;
    enum ask_reason why;
    struct buf text;
    buf_init(&text, 256);
    CHECK_INT(ask_reason_encode(ASK_TIME_DIFFERS, 9, &text), 0);
    CHECK_INT(ask_licences_decode(text.data, text.len, &m, &why, NULL), 0);
    CHECK_INT(why, ASK_TIME_DIFFERS);
    CHECK_INT(m.at, 9);
    CHECK_INT(m.n, 0);
    buf_finish(&text);
}

TEST(answers_that_are_none)
{
#define ONE(members) "{\"v\":1,\"at\":7,\"licences\":[{" members "}]}"
    static const char *const texts[] = {
        "{\"v\":1,\"at\":7}",
        "{\"v\":2,\"at\":7,\"licences\":[]}",
        "{\"v\":1,\"at\":-1,\"licences\":[]}",
        "{\"v\":1,\"at\":7,\"licences\":[],\"cases\":[]}",
        ONE(""),
        ONE("\"kind\":\"a\""),
        ONE("\"kind\":\"\",\"state\":\"none\""),
        ONE("\"kind\":\"a\\u0007\",\"state\":\"none\""),
        ONE("\"kind\":\"a\",\"state\":\"lost\""),
        ONE("\"kind\":\"a\",\"state\":\"none\",\"number\":\"1\""),
        ONE("\"kind\":\"a\",\"state\":\"none\",\"issuer\":\"b\""),
        ONE("\"kind\":\"a\",\"state\":\"held\",\"until\":\"2029-01-04\""),
        ONE("\"kind\":\"a\",\"state\":\"held\",\"issuer\":\"b\",\"until\":\"2029-02-30\""),
        ONE("\"kind\":\"a\",\"state\":\"expired\",\"issuer\":\"b\""),
        ONE("\"kind\":\"a\",\"state\":\"unchecked\""),
        ONE("\"kind\":\"a\",\"state\":\"unchecked\",\"why\":\"because\""),
        ONE("\"kind\":\"a\",\"state\":\"none\"},{\"kind\":\"a\",\"state\":\"none\""),
    };
#undef ONE
    struct my_licences m = all;
    enum ask_reason why = ASK_REASONS;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        CHECK(ask_licences_decode(texts[i], strlen(texts[i]), &m, &why, NULL) < 0);
    CHECK_INT(why, ASK_REASONS);
    CHECK_MEM(&m, &all, sizeof m); /* as it was */
}

TEST_MAIN(T(question), T(questions_that_are_none), T(answer), T(the_longest_answer_has_room), T(refused),
          T(answers_that_are_none))
