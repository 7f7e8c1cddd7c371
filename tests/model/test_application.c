/* SPDX-License-Identifier: Apache-2.0
 *
 * The application's JSON: exactly what is sealed, what is left out, and its size bound.
 */
#include "model/application.h"

#include "base/json.h"
#include "sample_form.h"
#include "test.h"

static struct form_values v;

TEST(as_sealed)
{
    struct buf out;
    struct err e = {0};
    memset(&v, 0, sizeof v);
    form_prefill(&sample_item.form, &v, &sample_card);
    strcpy(v.text[F_REASON], "expiring");
    strcpy(v.text[F_FORMER], "hidden");
    strcpy(v.text[F_MOBILE], "13800000123");
    strcpy(v.text[F_OTHER_ID], "11010519491231002x");
    buf_init(&out, APPLICATION_MAX);
    CHECK_INT(application_encode(&sample_item, &sample_card, &v, (struct date){2026, 11, 20}, &out, &e), 0);
    CHECK_STR(buf_str(&out),
              "{\"v\":1,\"item\":\"11110105MB0A0000164000709102000\",\"item_version\":3,\"form_version\":2,"
              "\"consent\":\"consent-2026-1\",\"applicant\":{\"kind\":\"resident\",\"name\":\"测试甲\","
              "\"number\":\"11010519491231002X\",\"sex\":\"2\",\"birth\":\"1949-12-31\",\"nation\":\"01\","
              "\"address\":\"示例市测试区甲路 1 号\",\"authority\":\"示例公安局\",\"valid_from\":\"2020-01-05\","
              "\"valid_to\":\"2040-01-05\"},\"fields\":{\"name\":\"测试甲\",\"number\":\"11010519491231002X\","
              "\"reason\":\"expiring\",\"mobile\":\"13800000123\",\"other_id\":\"11010519491231002X\",\"sex\":\"2\"},"
              "\"told\":{\"visits\":0,\"materials\":[],\"accept_by\":\"2026-11-20\"}}");
    buf_finish(&out);
}

/* What was said of licences goes with it, where it is about what is demanded; what is used is not told as still to come. */
TEST(licences)
{
    static struct item item;
    struct buf out;
    item = sample_item;
    item.materials[0] = (struct item_material){.name = "居住证", .state = MATERIAL_BRING, .licence_kind = "R-1"};
    item.materials[1] = (struct item_material){.name = "结婚证", .state = MATERIAL_BRING, .licence_kind = "M-1"};
    item.materials[2] = (struct item_material){.name = "驾驶证", .state = MATERIAL_OPTIONAL, .licence_kind = "D-1"};
    item.n_materials = 3;
    memset(&v, 0, sizeof v);
    v.licences = (struct form_licences){.use = 1 | 4, .bring = 2, .at = INT64_C(1767574800000)};
    buf_init(&out, APPLICATION_MAX);
    CHECK_INT(application_encode(&item, &sample_card, &v, (struct date){2026, 11, 20}, &out, NULL), 0);
    CHECK(strstr(buf_str(&out), ",\"licences\":["
                                "{\"kind\":\"R-1\",\"choice\":\"use\",\"at\":\"2026-01-05T09:00:00+08:00\"},"
                                "{\"kind\":\"M-1\",\"choice\":\"bring\",\"at\":\"2026-01-05T09:00:00+08:00\"}],"));
    CHECK(strstr(buf_str(&out), "\"materials\":[\"结婚证\"]"));
    CHECK(out.len <= application_size_max(&item));
    buf_finish(&out);
}

TEST(long_term_and_foreigners)
{
    struct buf out;
    struct json *doc = NULL;
    struct identity id = {.kind = IDENTITY_FOREIGN_2023,
                          .name_latin = "TESTER \"A\"",
                          .sex = '1',
                          .nationality = "398",
                          .number = "911398199012310021",
                          .long_term = true,
                          .issue_count = "01"};
    memset(&v, 0, sizeof v);
    buf_init(&out, APPLICATION_MAX);
    CHECK_INT(application_encode(&sample_item, &id, &v, (struct date){2026, 11, 20}, &out, NULL), 0);
    CHECK_INT(json_parse(out.data, out.len, APPLICATION_MAX, &doc, NULL), 0);
    const struct json *a = json_member(doc, "applicant");
    CHECK_STR(json_str(json_member(a, "kind")), "foreigner-2023");
    CHECK_STR(json_str(json_member(a, "name_latin")), "TESTER \"A\"");
    CHECK(json_bool(json_member(a, "long_term")));
    CHECK(!json_has(a, "valid_to") && !json_has(a, "name") && !json_has(a, "birth"));
    CHECK_STR(json_str(json_member(a, "issue_count")), "01");
    CHECK(!json_key(json_member(doc, "fields"), 0));
    json_free(doc);
    buf_finish(&out);
}

TEST(a_signature_is_its_strokes)
{
    static const struct item it = {
        .task_code = "x",
        .form = {.n_fields = 1, .fields = {{.id = "sign", .type = FIELD_SIGNATURE, .show_if = {.field = -1}}}}};
    struct buf out;

    memset(&v, 0, sizeof v);
    ink_down(&v.ink, ink_signature, 10, 20);
    ink_move(&v.ink, ink_signature, 110, 20);
    ink_down(&v.ink, ink_signature, 60, 5);
    strcpy(v.text[0], FORM_SIGNED);
    buf_init(&out, APPLICATION_MAX);
    CHECK_INT(application_encode(&it, &sample_card, &v, (struct date){2026, 11, 20}, &out, NULL), 0);
    CHECK(strstr(buf_str(&out), "\"fields\":{\"sign\":{\"w\":936,\"h\":240,\"strokes\":[[10,20,110,20],[60,5]]}}"));
    buf_reset(&out);
    for (int i = 0; i < INK_POINTS_MAX; i++) /* the longest: all dots */
        ink_down(&v.ink, ink_signature, ink_signature.x, ink_signature.y);
    CHECK_INT(application_encode(&it, &sample_card, &v, (struct date){2026, 11, 20}, &out, NULL), 0);
    CHECK(out.len <= application_size_max(&it));
    buf_finish(&out);
}

TEST(without_a_card_or_room)
{
    struct buf out;
    struct err e = {0};
    buf_init(&out, 100);
    CHECK_INT(application_encode(&sample_item, NULL, &v, (struct date){2026, 11, 20}, &out, &e), -ERR_STATE);
    CHECK_INT(application_encode(&sample_item, &sample_card, &v, (struct date){2026, 11, 20}, &out, &e), -ERR_TOOLONG);
    CHECK(!strstr(e.text, "测"));
    buf_finish(&out);
}

/* Values that pass the checks and are as long as they can be. */
static void fill_up(const struct form *f)
{
    for (size_t i = 0; i < f->n_fields; i++) {
        if (f->fields[i].type != FIELD_CHINESE_TEXT && f->fields[i].type != FIELD_ADDRESS)
            continue;
        size_t n = f->fields[i].max ? (size_t)f->fields[i].max : 100;
        v.text[i][0] = '\0';
        for (size_t k = 0; k < n; k++)
            strcat(v.text[i], k % 2 ? "\xF0\xA0\x82\x87" : "\"");
        CHECK_INT(form_check(f, &v, i, NULL, (struct date){2026, 1, 5}).kind, FORM_OK);
    }
}

TEST(the_bound_holds)
{
    struct buf out;
    memset(&v, 0, sizeof v);
    form_prefill(&sample_item.form, &v, &sample_card);
    strcpy(v.text[F_REASON], "renamed");
    strcpy(v.text[F_WAYS], "window post sms");
    fill_up(&sample_item.form);
    buf_init(&out, APPLICATION_MAX);
    CHECK_INT(application_encode(&sample_item, &sample_card, &v, (struct date){2026, 11, 20}, &out, NULL), 0);
    CHECK(out.len <= application_size_max(&sample_item));
    CHECK(application_size_max(&sample_item) < APPLICATION_MAX);
    buf_finish(&out);
}

TEST(the_bound_knows_a_form_that_is_too_big)
{
    struct item big = {.task_code = "x"};
    big.form.n_fields = FORM_FIELDS_MAX;
    for (size_t i = 0; i < FORM_FIELDS_MAX; i++)
        big.form.fields[i] = (struct form_field){.id = "f", .type = FIELD_CHINESE_TEXT, .max = 400, .show_if.field = -1};
    CHECK(application_size_max(&big) > APPLICATION_MAX);
    for (size_t i = 0; i < FORM_FIELDS_MAX; i++)
        big.form.fields[i].type = FIELD_MOBILE;
    CHECK(application_size_max(&big) < APPLICATION_MAX);
}

TEST_MAIN(T(as_sealed), T(licences), T(long_term_and_foreigners), T(a_signature_is_its_strokes), T(without_a_card_or_room),
          T(the_bound_holds), T(the_bound_knows_a_form_that_is_too_big))
