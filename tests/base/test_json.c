/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON from outside: everything that must be refused, and what must be read; then the writer.
 */
#include "base/json.h"

#include <limits.h>

#include "test.h"

static int parse(const char *text, struct json **doc)
{
    return json_parse(text, strlen(text), JSON_SIZE_MAX, doc, NULL);
}

TEST(refused)
{
    static const char *const bad[] = {
        "",
        " ",
        "{",
        "{\"a\":1",
        "{\"a\":1}}",
        "{\"a\":1} x",
        "{\"a\":1}{}",
        "{\"a\":1,}",
        "[1,]",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1,\"a\":2}",               /* duplicate */
        "{\"b\":{\"a\":1,\"\\u0061\":2}}", /* duplicate by escape */
        "{\"a\":\"\\u0000\"}",             /* NUL */
        "{\"\\u0000\":1}",                 /* NUL in a key */
        "{\"a\":\"\\ud800\"}",             /* lone surrogates */
        "{\"a\":\"\\udc00\\ud800\"}",
        "{\"a\":\"\xC0\x80\"}", /* bad UTF-8 */
        "{\"a\":\"\xED\xA0\x80\"}",
        "{\"a\":\"\xFF\"}",
        "{\"a\":\"tab\there\"}", /* control character */
        "{\"a\":\"\\x\"}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":0x10}",
        "{\"a\":9223372036854775808}", /* one more than 64 bits hold */
        "{\"a\":1e999}",
        "{\"a\":tru}",
        "{\"a\":1}//x",
        "\xEF\xBB\xBF{}",           /* byte order mark */
        "[[[[[[[[[1]]]]]]]]]",      /* depth 9 */
        "{\"a\":[[[[[[[[]]]]]]]]}", /* depth 9 */
        "\"",
        "\"\\",
        "]",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct json *doc = NULL;
        int rc = parse(bad[i], &doc);
        if (rc != -ERR_INVALID)
            printf("# case %zu: %s\n", i, bad[i]);
        CHECK_INT(rc, -ERR_INVALID);
        CHECK(!doc);
        json_free(doc);
    }
}

TEST(a_raw_nul_is_refused)
{
    struct json *doc = NULL;
    CHECK_INT(json_parse("{}\0", 3, 100, &doc, NULL), -ERR_INVALID);
    CHECK_INT(json_parse("{\"a\":\"\0\"}", 9, 100, &doc, NULL), -ERR_INVALID);
    CHECK_INT(json_parse(NULL, 0, 100, &doc, NULL), -ERR_INVALID);
}

TEST(an_empty_text_has_no_lines)
{
    struct json *doc = NULL;
    struct err e = {0};
    CHECK_INT(json_parse("", 0, 100, &doc, &e), -ERR_INVALID);
    CHECK_STR(e.text, "it is empty, and no JSON");
    CHECK_INT(json_parse(NULL, 0, 100, &doc, &e), -ERR_INVALID);
    CHECK_STR(e.text, "it is empty, and no JSON");
}

TEST(too_long)
{
    struct json *doc = NULL;
    CHECK_INT(json_parse("{\"a\":1}", 7, 6, &doc, NULL), -ERR_TOOLONG);
    CHECK_INT(json_parse("{\"a\":1}", 7, 7, &doc, NULL), 0);
    json_free(doc);
}

TEST(a_hostile_depth_costs_nothing)
{
    struct json *doc = NULL;
    char *deep = malloc(60000);
    memset(deep, '[', 60000);
    CHECK_INT(json_parse(deep, 60000, JSON_SIZE_MAX, &doc, NULL), -ERR_INVALID);
    free(deep);
}

TEST(accepted)
{
    static const char *const good[] = {
        "{}",
        "[]",
        " {\n} ",
        "1",
        "\"x\"",
        "null",
        "[[[[[[[[1]]]]]]]]",
        "{\"a\":\"[[[[[[[[[[\"}",
        "{\"a\":\"\\\\\\\"[[[[[[[[[\"}",
        "{\"a\":-9223372036854775808}",
        "{\"a\":\"\\ud840\\udc87\"}",
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct json *doc = NULL;
        CHECK_INT(parse(good[i], &doc), 0);
        json_free(doc);
    }
}

static const char sample[] = "{\"s\":\"测试\",\"i\":42,\"f\":1.0,\"b\":true,\"o\":{\"k\":1},\"a\":[1,\"x\",{}],\"n\":null,"
                             "\"neg\":-7}";

TEST(members_of_every_type)
{
    struct json *doc = NULL;
    const char *s = NULL;
    int64_t i = 0;
    bool b = false;
    const struct json *o = NULL, *a = NULL;
    CHECK_INT(parse(sample, &doc), 0);
    CHECK_INT(json_get_str(doc, "s", 1, 6, &s, NULL), 0);
    CHECK_STR(s, "测试");
    CHECK_INT(json_get_int(doc, "i", 42, 42, &i, NULL), 0);
    CHECK_INT(i, 42);
    CHECK_INT(json_get_int(doc, "neg", INT64_MIN, 0, &i, NULL), 0);
    CHECK_INT(i, -7);
    CHECK_INT(json_get_bool(doc, "b", &b, NULL), 0);
    CHECK(b);
    CHECK_INT(json_get_obj(doc, "o", &o, NULL), 0);
    CHECK_INT(json_int(json_member(o, "k")), 1);
    CHECK_INT(json_get_arr(doc, "a", 3, &a, NULL), 0);
    CHECK_INT(json_len(a), 3);
    CHECK_INT(json_int(json_at(a, 0)), 1);
    CHECK_STR(json_str(json_at(a, 1)), "x");
    CHECK(json_is_obj(json_at(a, 2)));
    CHECK(!json_at(a, 3));
    json_free(doc);
}

TEST(wrong_types_and_limits)
{
    struct json *doc = NULL;
    const char *s = "old";
    int64_t i = 5;
    bool b = true;
    const struct json *v = NULL;
    struct err e = {0};
    CHECK_INT(parse(sample, &doc), 0);
    CHECK_INT(json_get_str(doc, "i", 0, 9, &s, NULL), -ERR_INVALID);
    CHECK_INT(json_get_str(doc, "s", 0, 5, &s, &e), -ERR_TOOLONG);
    CHECK(!strstr(e.text, "测"));
    CHECK_INT(json_get_str(doc, "s", 7, 9, &s, NULL), -ERR_INVALID);
    CHECK_INT(json_get_int(doc, "f", 0, 9, &i, NULL), -ERR_INVALID); /* 1.0 is no whole number here */
    CHECK_INT(json_get_int(doc, "s", 0, 9, &i, NULL), -ERR_INVALID);
    CHECK_INT(json_get_int(doc, "b", 0, 9, &i, NULL), -ERR_INVALID);
    CHECK_INT(json_get_int(doc, "i", 0, 41, &i, NULL), -ERR_RANGE);
    CHECK_INT(json_get_int(doc, "i", 43, 99, &i, NULL), -ERR_RANGE);
    CHECK_INT(json_get_bool(doc, "i", &b, NULL), -ERR_INVALID);
    CHECK_INT(json_get_obj(doc, "a", &v, NULL), -ERR_INVALID);
    CHECK_INT(json_get_arr(doc, "o", 9, &v, NULL), -ERR_INVALID);
    CHECK_INT(json_get_arr(doc, "a", 2, &v, NULL), -ERR_TOOLONG);
    CHECK_STR(s, "old");
    CHECK_INT(i, 5);
    CHECK(!v);
    json_free(doc);
}

/* Who asks for the next thing before he has looked at the answer finds nothing, not what lay there. */
TEST(what_was_not_given_is_nothing)
{
    static const char *const texts[] = {"{\"s\":1,\"o\":[],\"a\":{}}", "{}"};

    for (int i = 0; i < 2; i++) {
        struct json *doc = NULL;

        CHECK_INT(parse(texts[i], &doc), 0);
        const struct json *obj = doc, *arr = doc;
        CHECK(json_get_obj(doc, "o", &obj, NULL) < 0 && !obj && !json_has(obj, "x"));
        CHECK(json_get_arr(doc, "a", 9, &arr, NULL) < 0 && !arr && json_len(arr) == 0);
        json_free(doc);
    }
}

TEST(a_line_is_copied)
{
    struct json *doc = NULL;
    char out[6] = "old";

    CHECK_INT(parse("{\"a\":\"12345\",\"b\":\"1\\n2\",\"c\":\"123456\",\"d\":\"\"}", &doc), 0);
    CHECK(json_get_line(doc, "b", 5, out, NULL) < 0 && json_get_line(doc, "c", 5, out, NULL) < 0);
    CHECK(json_get_line(doc, "d", 5, out, NULL) < 0 && json_get_line(doc, "e", 5, out, NULL) < 0);
    CHECK_STR(out, "old");
    CHECK_INT(json_get_line(doc, "a", 5, out, NULL), 0);
    CHECK_STR(out, "12345");
    json_free(doc);
}

TEST(absent_and_null)
{
    struct json *doc = NULL;
    const char *s = "old";
    int64_t i = 5;
    struct err e = {0};
    CHECK_INT(parse(sample, &doc), 0);
    CHECK(!json_has(doc, "n") && !json_has(doc, "zz") && json_has(doc, "s"));
    CHECK_INT(json_get_str(doc, "n", 0, 9, &s, &e), -ERR_INVALID);
    CHECK_STR(e.text, "\"n\" is missing");
    CHECK_INT(json_opt_str(doc, "n", 0, 9, &s, NULL), 0);
    CHECK_INT(json_opt_int(doc, "zz", 0, 9, &i, NULL), 0);
    CHECK_STR(s, "old");
    CHECK_INT(i, 5);
    CHECK_INT(json_opt_int(doc, "s", 0, 9, &i, NULL), -ERR_INVALID);
    json_free(doc);
}

TEST(known_keys)
{
    struct json *doc = NULL;
    struct err e = {0};
    CHECK_INT(parse("{\"one\":1,\"three\":3}", &doc), 0);
    CHECK_INT(json_known(doc, "one two three", &e), 0);
    CHECK_INT(json_known(doc, "one two thre", &e), -ERR_INVALID);
    CHECK_STR(e.text, "the key \"three\" is unknown");
    CHECK_INT(json_known(doc, "", &e), -ERR_INVALID);
    CHECK_STR(json_key(doc, 0), "one");
    CHECK_STR(json_key(doc, 1), "three");
    CHECK(!json_key(doc, 2));
    json_free(doc);
    doc = NULL;
    CHECK_INT(parse("{\"\":1}", &doc), 0);
    CHECK_INT(json_known(doc, "one two", &e), -ERR_INVALID);
    json_free(doc);
    doc = NULL;
    CHECK_INT(parse("[1]", &doc), 0);
    CHECK_INT(json_known(doc, "one", &e), -ERR_INVALID);
    json_free(doc);
    CHECK_INT(json_known(NULL, "one", &e), -ERR_INVALID);
}

TEST(the_wrong_kind_of_value_is_harmless)
{
    struct json *doc = NULL;
    const char *s = NULL;
    CHECK_INT(parse("[1]", &doc), 0);
    CHECK_INT(json_get_str(doc, "a", 0, 9, &s, NULL), -ERR_INVALID);
    CHECK(!json_member(doc, "a") && !json_key(doc, 0) && !json_str(doc));
    CHECK_INT(json_len(json_at(doc, 0)), 0);
    CHECK_INT(json_int(doc), 0);
    CHECK(!json_bool(NULL) && !json_str(NULL) && json_len(NULL) == 0);
    json_free(doc);
    json_free(NULL);
}

TEST(an_error_does_not_quote_the_text)
{
    struct json *doc = NULL;
    struct err e = {0};
    CHECK_INT(json_parse("{\"name\":secretword}", 19, 100, &doc, &e), -ERR_INVALID);
    CHECK(!strstr(e.text, "secretword"));
}

TEST(dump_keeps_the_order)
{
    struct json *doc = NULL;
    struct buf out;
    buf_init(&out, 200);
    CHECK_INT(parse("{ \"z\" : [ 1, \"测\\n\" ], \"a\": null }", &doc), 0);
    CHECK_INT(json_dump(doc, &out), 0);
    CHECK_STR(buf_str(&out), "{\"z\":[1,\"测\\n\"],\"a\":null}");
    buf_finish(&out);
    buf_init(&out, 5);
    CHECK(json_dump(doc, &out) < 0);
    CHECK(!buf_ok(&out));
    buf_finish(&out);
    json_free(doc);
}

TEST(writer)
{
    struct buf out;
    struct jsonw w;
    buf_init(&out, 1000);
    jsonw_init(&w, &out);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "s", "a\"b\\c\n\x01测/");
    jsonw_int(&w, "i", INT64_MIN);
    jsonw_arr(&w, "a");
    jsonw_bool(&w, NULL, true);
    jsonw_obj(&w, NULL);
    jsonw_end(&w);
    jsonw_null(&w, NULL);
    jsonw_end(&w);
    jsonw_hex(&w, "h", "\x01\xff", 2);
    jsonw_raw(&w, "r", "[1]", 3);
    jsonw_strn(&w, "n", "abc", 2);
    jsonw_end(&w);
    CHECK(buf_ok(&out));
    CHECK_STR(buf_str(&out), "{\"s\":\"a\\\"b\\\\c\\n\\u0001测/\",\"i\":-9223372036854775808,\"a\":[true,{},null],"
                             "\"h\":\"01ff\",\"r\":[1],\"n\":\"ab\"}");
    struct json *doc = NULL;
    CHECK_INT(json_parse(out.data, out.len, 1000, &doc, NULL), 0);
    CHECK_STR(json_str(json_member(doc, "s")), "a\"b\\c\n\x01测/");
    json_free(doc);
    buf_finish(&out);
}

TEST(writer_fails_rather_than_lie)
{
    struct buf out;
    struct jsonw w;
    buf_init(&out, 1000);
    jsonw_init(&w, &out);
    jsonw_str(&w, NULL, "\xE4\xB8");
    CHECK(!buf_ok(&out));
    buf_reset(&out);
    jsonw_init(&w, &out);
    jsonw_strn(&w, NULL, "a\0b", 3);
    CHECK(!buf_ok(&out));
    buf_reset(&out);
    jsonw_init(&w, &out);
    jsonw_end(&w);
    CHECK(!buf_ok(&out));
    buf_reset(&out);
    jsonw_init(&w, &out);
    for (int i = 0; i < 40; i++)
        jsonw_arr(&w, NULL);
    CHECK(!buf_ok(&out));
    buf_finish(&out);
}

TEST_MAIN(T(refused), T(a_raw_nul_is_refused), T(an_empty_text_has_no_lines), T(too_long), T(a_hostile_depth_costs_nothing),
          T(accepted), T(members_of_every_type), T(wrong_types_and_limits), T(what_was_not_given_is_nothing),
          T(a_line_is_copied), T(absent_and_null), T(known_keys), T(the_wrong_kind_of_value_is_harmless),
          T(an_error_does_not_quote_the_text), T(dump_keeps_the_order), T(writer), T(writer_fails_rather_than_lie))
