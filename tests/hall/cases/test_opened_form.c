/* SPDX-License-Identifier: Apache-2.0
 *
 * What an applicant filled in: in the words and the order of the form, and nothing left out, whatever the record holds.
 */
#include "test.h"

#include "tools/hall/cases/opened_form.h"

static const struct form_choice choices[] = {{.id = "chip", .label = "有时读不出"}, {.id = "print", .label = "字迹看不清"}};
static const struct item item = {
    .task_code = "x",
    .form = {
        .groups = {{"您的信息"}, {"原因"}},
        .n_groups = 2,
        .fields = {{.id = "birth", .label = "生日", .type = FIELD_DATE, .group = 0},
                   {.id = "why", .label = "坏在哪里", .type = FIELD_CHOICES, .group = 1, .choices = choices, .n_choices = 2},
                   {.id = "hope", .label = "想说的", .type = FIELD_CHINESE_TEXT, .group = 1}},
        .n_fields = 3}};

/* Writes what is shown of it into `out`, as one object. */
static void show(const struct item *it, const char *text, struct buf *out)
{
    struct json *doc = NULL;
    struct jsonw w;

    CHECK_INT(json_parse(text, strlen(text), JSON_SIZE_MAX, &doc, NULL), 0);
    buf_init(out, 65536);
    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    opened_form_put(&w, it, doc);
    jsonw_end(&w);
    json_free(doc);
    CHECK(buf_ok(out));
    CHECK_INT(json_parse(out->data, out->len, 65536, &doc, NULL), 0); /* what is sent is JSON in any case */
    json_free(doc);
}

TEST(by_the_form)
{
    struct buf out;

    show(&item,
         "{\"applicant\":{\"name\":\"测试甲\"},\"fields\":{\"why\":\"print chip\",\"odd\":\"<b>\",\"birth\":\"19491231\"}}",
         &out);
    const char *text = buf_str(&out);
    CHECK(strstr(text, "\"applicant\":{\"name\":\"测试甲\"}"));
    const char *birth = strstr(text, "1949年12月31日"), *why = strstr(text, "字迹看不清"), *odd = strstr(text, "<b>");
    CHECK(birth && why && odd && birth < why && why < odd);
    CHECK(strstr(text, "有时读不出"));
    CHECK(strstr(text, "\"label\":{\"zh-CN\":\"odd\",\"en\":\"odd\"}"));
    CHECK(strstr(text, "\"group\":{\"zh-CN\":\"原因\",\"en\":\"原因\"}")); /* no English one: as it is */
    buf_finish(&out);
}

/* What was said of licences, beside what was filled in; what cannot be said of this item shows nothing but that. */
TEST(licences)
{
    struct buf out;
    struct item asks = item;

    asks.materials[0] = (struct item_material){.name = "居住证", .state = MATERIAL_BRING, .licence_kind = "R-1"};
    asks.n_materials = 1;
#define SAID "{\"licences\":[{\"kind\":\"R-1\",\"choice\":\"use\",\"at\":\"2026-01-05T09:00:00+08:00\"}]}"
    show(&asks, SAID, &out);
    CHECK(strstr(buf_str(&out), "\"choices\":[{\"kind\":\"R-1\",\"use\":true,\"at\":\"2026-01-05T09:00:00+08:00\"}]"));
    buf_finish(&out);
    show(&item, SAID, &out);
    CHECK(strstr(buf_str(&out), "\"choices_odd\":true") && !strstr(buf_str(&out), "R-1"));
    buf_finish(&out);
#undef SAID
    show(&item, "{\"licences\":[7]}", &out);
    CHECK(strstr(buf_str(&out), "\"choices_odd\":true"));
    buf_finish(&out);
    show(&item, "{}", &out);
    CHECK(!strstr(buf_str(&out), "choices"));
    buf_finish(&out);
}

TEST(no_catalogue_has_it)
{
    struct buf out;

    show(NULL, "{\"fields\":{\"why\":\"chip\",\"sign\":{\"w\":8,\"h\":3,\"strokes\":[[1,2]]}}}", &out);
    CHECK(strstr(buf_str(&out), "\"value\":{\"zh-CN\":\"chip\",\"en\":\"chip\"}"));
    CHECK(strstr(buf_str(&out), "\"ink\":{\"w\":8,\"h\":3,\"strokes\":[[1,2]]}"));
    buf_finish(&out);
}

/* What was sealed is from outside: any types at any place. */
TEST(odd_values)
{
    static const char *const odd[] = {"{\"fields\":{\"birth\":17,\"why\":[1,{\"a\":null}],\"hope\":{\"b\":true}}}",
                                      "{\"fields\":[],\"applicant\":\"x\",\"words\":3}", "{}",
                                      "{\"fields\":{\"birth\":\"\",\"why\":\"tea\",\"hope\":\"\\u0001\"}}"};
    struct buf out;

    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        show(&item, odd[i], &out);
        buf_finish(&out);
    }
    show(&item, odd[0], &out);
    CHECK(strstr(buf_str(&out), "17") && strstr(buf_str(&out), "{\\\"b\\\":true}"));
    buf_finish(&out);
}

TEST(a_supplement)
{
    struct buf out;

    show(NULL, "{\"v\":1,\"case\":\"1103\",\"applicant\":{\"name\":\"测试乙\"},\"words\":\"照片\"}", &out);
    CHECK(strstr(buf_str(&out), "\"words\":\"照片\"") && strstr(buf_str(&out), "测试乙"));
    buf_finish(&out);
}

TEST_MAIN(T(by_the_form), T(licences), T(no_catalogue_has_it), T(odd_values), T(a_supplement))
