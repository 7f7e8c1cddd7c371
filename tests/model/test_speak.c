/* SPDX-License-Identifier: Apache-2.0
 *
 * What somebody says: its number and its code, digit by digit, and what is sealed of it.
 */
#include "model/speak.h"

#include <string.h>

#include "test.h"

static const struct speak_number n = {.office = 1103, .registration = 3, .serial = 17};
static const struct identity who = {.kind = IDENTITY_RESIDENT, .name = "测试甲", .number = "11010519491231002X"};
#define CASE "1103003260105000014"

static char code[SPEAK_CODE_LEN + 1];

TEST(a_number)
{
    char text[SPEAK_NUMBER_LEN + 1];
    struct speak_number back;

    speak_number_format(&n, text);
    CHECK_STR(text, "110300300017");
    CHECK(speak_number_parse(text, &back) && back.office == 1103 && back.registration == 3 && back.serial == 17);
    CHECK(!speak_number_parse("110300300000", &back)); /* the first is 1 */
    CHECK(!speak_number_parse("11030030001", &back));
    CHECK(!speak_number_parse("1103003000170", &back));
    CHECK(!speak_number_parse("11030030001x", &back));
    CHECK(!speak_number_parse("", &back));
}

/* Each wrong digit and each swap of neighbours is found. */
TEST(a_code)
{
    char number[SPEAK_NUMBER_LEN + 1] = "", grouped[24];

    speak_code_make(&n, 4711, code);
    CHECK_INT(strlen(code), SPEAK_CODE_LEN);
    CHECK_MEM(code, "11030030001704711", 17);
    CHECK(speak_code_parse(code, number));
    CHECK_STR(number, "110300300017");
    speak_code_group(code, grouped);
    CHECK_INT(strlen(grouped), 20);
    CHECK_MEM(grouped, "110300 300017 04711", 19);
    for (int i = 0; i < SPEAK_CODE_LEN; i++)
        for (int d = '0'; d <= '9'; d++) {
            char wrong[SPEAK_CODE_LEN + 1];

            memcpy(wrong, code, sizeof wrong);
            wrong[i] = (char)d;
            CHECK_INT(speak_code_parse(wrong, NULL), d == code[i]);
        }
    for (int i = 0; i + 1 < SPEAK_CODE_LEN; i++) {
        char swapped[SPEAK_CODE_LEN + 1];

        memcpy(swapped, code, sizeof swapped);
        swapped[i] = code[i + 1];
        swapped[i + 1] = code[i];
        CHECK_INT(speak_code_parse(swapped, NULL), code[i] == code[i + 1]);
    }
    CHECK(!speak_code_parse("", NULL));
    CHECK(!speak_code_parse("11030030001704711", NULL));
    CHECK(!speak_code_parse("11010519491231002X", NULL)); /* a citizen's number has as many places */
}

TEST(kinds)
{
    enum speak_kind k;

    for (int i = 0; i < SPEAK_KINDS; i++) {
        CHECK(speak_by_word(speak_word((enum speak_kind)i), &k) && (int)k == i);
        CHECK(speak_limit((enum speak_kind)i).day > 0 && speak_limit((enum speak_kind)i).unit == DAY_WORKING);
    }
    CHECK(!speak_by_word("shout", &k));
    CHECK_STR(speak_word(SPEAK_KINDS), "");
    CHECK_STR(speak_about_word(SPEAK_ABOUTS), "");
    CHECK_INT(speak_limit(SPEAK_CONSULT).day, 5);
    CHECK_INT(speak_limit(SPEAK_COMPLAIN).day, 15);
}

static int encode(const struct spoken *said, const struct identity *id, struct buf *out)
{
    speak_code_make(&n, 4711, code);
    buf_init(out, SPEAK_MAX);
    return speak_encode(said, code, id, out, NULL);
}

TEST(what_is_sealed)
{
    static struct spoken said = {.kind = SPEAK_COMPLAIN, .about = SPEAK_ABOUT_MACHINE, .words = "屏幕 \"黑\" 了"};
    char expected[300];
    struct buf out;

    CHECK_INT(encode(&said, NULL, &out), 0);
    snprintf(expected, sizeof expected, "{\"v\":1,\"code\":\"%s\",\"about\":\"machine\",\"words\":\"屏幕 \\\"黑\\\" 了\"}",
             code);
    CHECK_STR(buf_str(&out), expected);
    buf_finish(&out);
    said.about = SPEAK_ABOUT_CASE;
    memcpy(said.case_number, CASE, sizeof CASE);
    memcpy(said.phone, "13800000123", 12);
    CHECK_INT(encode(&said, &who, &out), 0);
    CHECK(strstr(buf_str(&out),
                 "\"case\":\"" CASE "\",\"applicant\":{\"name\":\"测试甲\",\"number\":\"11010519491231002X\"},"
                 "\"fields\":{\"mobile\":\"13800000123\"}") != NULL);
    buf_finish(&out);
    said.about = SPEAK_ABOUT_SITE; /* the number that was typed for something else does not go with it */
    CHECK_INT(encode(&said, NULL, &out), 0);
    CHECK(strstr(buf_str(&out), CASE) == NULL);
    buf_finish(&out);
}

TEST(the_longest_fits)
{
    static struct spoken said = {.about = SPEAK_ABOUT_ITEM};
    struct identity long_name = who;
    struct buf out;

    for (int i = 0; i < SPEAK_CHARACTERS_MAX; i++)
        memcpy(said.words + 4 * i, "\xf0\xa0\x80\x80", 4);
    memset(said.item, 'a', ITEM_CODE_MAX);
    memcpy(said.phone, "13800000123", 12);
    memset(long_name.name, 'x', IDENTITY_NAME_MAX);
    memset(long_name.name_latin, 'y', IDENTITY_NAME_MAX);
    CHECK_INT(encode(&said, &long_name, &out), 0);
    buf_finish(&out);
}

TEST(what_is_not_taken)
{
    static struct spoken said = {.kind = SPEAK_REPORT};
    struct buf out;

    CHECK_INT(encode(&said, &who, &out), -ERR_STATE); /* not a word */
    CHECK_INT(out.len, 0);
    buf_finish(&out);
    memcpy(said.words, "说", 4);
    said.about = SPEAK_ABOUT_CASE;
    memcpy(said.case_number, "1103003260105000017", 20); /* its check digit */
    CHECK_INT(encode(&said, NULL, &out), -ERR_STATE);
    buf_finish(&out);
    said.about = SPEAK_ABOUT_NOTHING;
    memcpy(said.phone, "1380000", 8);
    CHECK_INT(encode(&said, NULL, &out), -ERR_STATE); /* half a number */
    buf_finish(&out);
    buf_init(&out, SPEAK_MAX);
    said.phone[0] = '\0';
    CHECK_INT(speak_encode(&said, "110300300017047110", NULL, &out, NULL), -ERR_STATE); /* no code */
    buf_finish(&out);
}

TEST(phones)
{
    CHECK(speak_phone_valid("13800000123"));
    CHECK(!speak_phone_valid("12800000123"));
    CHECK(!speak_phone_valid("23800000123"));
    CHECK(!speak_phone_valid("1380000012"));
    CHECK(!speak_phone_valid("1380000012x"));
    CHECK(!speak_phone_valid(""));
}

TEST_MAIN(T(a_number), T(a_code), T(kinds), T(what_is_sealed), T(the_longest_fits), T(what_is_not_taken), T(phones))
