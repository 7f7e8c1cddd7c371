/* SPDX-License-Identifier: Apache-2.0
 *
 * What item_check finds in one good item file with one thing changed at a time.
 */
#include "catalog/item_check.h"

#include "item_test.h"

#define ELDERLY "tests/catalogues/zone/elderly-card.json"

TEST(check_finds)
{
    static const struct change list[] = {
        {"\"task_code\": \"11110105MB0A0000164000709102000\",", "", "[task_code]"},
        {"\"catalog_code\": \"000709102000\",", "", "[catalog_code]"},
        {"\"task_name\": \"居民身份证有效期满换领\",", "", "[task_name]"},
        {"\"task_type\": \"07\",", "", "[task_type]"},
        {"\"anticipate\": { \"day\": 60, \"unit\": \"calendar-day\", \"explain\": \"居民身份证法第十二条\", \"explain_en\": "
         "\"Resident Identity Card Law, Article 12\" },",
         "", "[anticipate]"},
        {"\"promise\": { \"day\": 20, \"unit\": \"working-day\" },", "", "[promise]"},
        {"\"results\": [ { \"result_name\": \"居民身份证\", \"result_name_en\": \"Resident identity card\", "
         "\"result_type\": \"证照\", \"delivery\": [\"window\"] } ]",
         "\"results\": []", "[results]"},
        {"\"task_code\": \"11110105MB0A0000164", "\"task_code\": \"11110105MB0A0000174", "[task_code]"},
        {"\"task_code\": \"11110105MB0A0000164", "\"task_code\": \"11110105MB0A0000294", "[task_code]"},
        {"\"task_code\": \"11110105MB0A0000164000709102000", "\"task_code\": \"11110105MB0A0000163000709102000",
         "[task_code]"},
        {"\"task_code\": \"11110105MB0A0000164000709102000", "\"task_code\": \"11110105MB0A0000164000709102001",
         "[task_code]"},
        {"\"task_code\": \"11110105MB0A0000164000709102000", "\"task_code\": \"11110105MB0A0000164", "[task_code]"},
        {"\"task_code\": \"1111", "\"task_code\": \"11 1", "[task_code]"},
        {"\"catalog_code\": \"000709102000\"", "\"catalog_code\": \"0007091020\"", "[catalog_code]"},
        {"\"dept_code\": \"11110105MB0A000016\"", "\"dept_code\": \"11110105MB0A000017\"", "[dept.dept_code]"},
        {"\"sub_items\": []", "\"sub_items\": [\"期满换领\"]", "[sub_items]"},
        {"\"task_type\": \"07\"", "\"task_type\": \"77\"", "[task_type]"},
        {"\"use_level\": \"4\"", "\"use_level\": \"8\"", "[use_level]"},
        {"\"task_state\": \"in-use\"", "\"task_state\": \"cancelled\"", "[task_state]"},
        {"\"sample_fields\": [\"task_code\"", "\"sample_fields\": [\"task_cod\"", "[sample_fields]"},
        {"\"day\": 20, \"unit\": \"working-day\"", "\"day\": 61, \"unit\": \"calendar-day\"", "[promise]"},
        {"\"day\": 14, \"unit\"", "\"day\": 15, \"unit\"", "[handle_flow]"},
        {"\"post\": \"户籍审核岗\", ", "", "[handle_flow[1].post]"},
        {"\"phone\": \"010-00000003\", ", "", "[handle_flow[2].phone]"},
        {"\"defer\": { \"allowed\": true,", "\"defer\": { \"allowed\": false,", "[materials[1].defer]"},
        {"\"limit_scene_explain\": \"领取新证时本人到场核验指纹\",", "", "[limit_scene_explain]"},
        {"\"themes\": [\"证照\"]", "\"themes\": []", "[themes]"},
        {"\"supervise_way\": \"12345\",", "", "[supervise_way]"},
        {"有效期满换领\",", "有效期满\\n换领\",", "[task_name]"},
        {"\"is\": \"damaged\"", "\"is\": \"lost\"", "[form field \"damage\"]"},
        {"\"yes\": \"一起申请\"", "\"yes\": \"不申请\"", "[form field \"urgent\"]"},
        {"\"is\": \"expired\"", "\"is\": \"expiered\"", "[form.rules[0]]"},
        {"{ \"card_expired\": true }", "{ \"past\": true }", "[form.rules[0]]"},
        {"{ \"card_expired\": true }", "{ \"at_most\": \"mobile\" }", "[form.rules[0]]"},
        {"{ \"card_expired\": true }", "{ \"same_as\": \"mobile\" }", "[form.rules[0]]"},
        {"{ \"card_expired\": true }", "{ \"differs_from\": \"reason\" }", "[form.rules[0]]"},
        {"\"if\": { \"field\": \"reason\", \"is\": \"expired\" }", "\"if\": { \"field\": \"address\" }", "[form.rules[0]]"},
        {"\"source\": \"card.address\"", "\"source\": \"card.photo\"", "[form field \"address\"]"},
        {"\"type\": \"address\", \"source\": \"card.address\", \"locked\": true", "\"type\": \"chinese-text\", \"max\": 101",
         "[form field \"address\"]"},
    };

    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        struct item_file *f = NULL;
        struct seen s = {{0}, {0}, 0};
        struct item_report report = {see, &s};
        struct err e = {0};

        CHECK_INT(parse_changed(list[i].from, list[i].to, &f, &e), 0);
        if (!f) {
            printf("# %s: %s\n", list[i].to, e.text);
            continue;
        }
        item_check(f, &report);
        if (!strstr(s.fields, list[i].says)) {
            printf("# %s: found %s %s\n", list[i].to, s.fields, s.text);
            CHECK(false);
        }
        item_file_free(f);
    }
}

/* A terminal reads also what staff's lint would not have let pass: it refuses a field that waits for nothing. */
TEST(check_finds_a_condition_without_a_value)
{
    struct item_file *f = NULL;
    struct seen s = {{0}, {0}, 0};
    struct item_report report = {see, &s};
    struct buf text;

    change(&text, "{ \"field\": \"reason\", \"is\": \"damaged\" }", "{ \"field\": \"reason\" }");
    CHECK_INT(item_file_read(text.data, text.len, LANGUAGE_ZH_CN, &f, NULL), 0);
    CHECK_INT(item_check(f, &report), 1);
    CHECK_STR(s.fields, "[form field \"damage\"]");
    item_file_free(f);
    buf_finish(&text);
}

static int check_changed(const char *from, const char *to, struct seen *s)
{
    struct item_report report = {see, s};
    struct item_file *f = NULL;
    int n;

    *s = (struct seen){{0}, {0}, 0};
    CHECK_INT(parse_changed(from, to, &f, NULL), 0);
    if (!f)
        return -1;
    n = item_check(f, &report);
    item_file_free(f);
    return n;
}

/* Warnings about a licence that is accepted within so many working days. */
static int check_accept(int days)
{
    struct seen s = {{0}, {0}, 0};
    struct item_report report = {see, &s};
    struct item_file *f = NULL;
    int before;

    CHECK_INT(parse_changed("\"task_type\": \"07\"", "\"task_type\": \"01\"", &f, NULL), 0);
    if (!f)
        return -1;
    item_check(f, &report);
    before = s.warnings;
    f->item.steps[0].limit.day = days;
    item_check(f, &report);
    item_file_free(f);
    return s.warnings - 2 * before;
}

TEST(check_passes)
{
    struct seen s;

    CHECK_INT(check_changed("", "", &s), 0);
    CHECK_INT(s.warnings, 0);
    /* a code with a handling item */
    CHECK_INT(check_changed("\"task_code\": \"11110105MB0A0000164000709102000",
                            "\"task_code\": \"11110105MB0A000016400070910200001", &s),
              0);
    /* a local code is taken when it says so */
    CHECK_INT(check_changed("\"task_code\": \"11110105MB0A0000164000709102000\"",
                            "\"legacy_code\": true, \"task_code\": \"511A0138600000-511602000000-000-1151\"", &s),
              0);
    /* a basic code that says by itself that there are no sub-items */
    CHECK_INT(check_changed("\"sub_items\": [],", "", &s), 0);
    /* legal, but worth a word */
    CHECK_INT(check_changed("\"day\": 20, \"unit\": \"working-day\"", "\"day\": 60, \"unit\": \"calendar-day\"", &s), 0);
    CHECK_INT(s.warnings, 1);
    CHECK_INT(check_changed(", \"article\": \"第十一条\"", "", &s), 0);
    CHECK_INT(s.warnings, 1);
    CHECK_INT(check_changed("\"no\": \"不申请\"", "\"no\": \"否\"", &s), 0);
    CHECK_INT(s.warnings, 1);
    CHECK_INT(check_accept(5), 0);
    CHECK_INT(check_accept(6), 1);
}

/* What staff wrote at one place of the file is held against what they wrote at another; each finding names one. */
TEST(check_demand_finds)
{
    static const struct {
        const char *from, *to, *field, *says;
    } list[] = {
        {"\"limit_scene_num\": 1", "\"limit_scene_num\": 0", "[limit_scene_num]", "materials[1] is to be handed in"},
        {"\"limit_scene_num\": 1", "\"limit_scene_num\": 2", "[form field \"collect\"]", "\"centre\" asks for 1 visits"},
        {"\"visits\": 1, ", "\"visits\": 2, ", "[four_ways]", "2 visits"},
        {"\"type\": \"choice\", \"required\": true,\n            \"choices\": [\n              { \"id\": \"centre\"",
         "\"type\": \"choice\",\n            \"choices\": [\n              { \"id\": \"centre\"", "[form field \"collect\"]",
         "required"},
        {NEED("{ \"field\": \"reason\", \"is\": \"lost\" }"), "[materials[1].need_if]", "no answer to \"reason\""},
        {NEED("{ \"field\": \"mobile\", \"is\": \"1\" }"), "[materials[1].need_if]", "only choices"},
        {"\"is_need\": \"3\"", "\"is_need\": \"2\", \"need_if\": { \"field\": \"reason\", \"is\": \"damaged\" }",
         "[materials[1].need_if]", "contradict"},
        {"\"is_need\": \"1\"", "\"is_need\": \"1\", \"need_if\": { \"field\": \"reason\", \"is\": \"damaged\" }",
         "[materials[0].need_if]", "read from the card"},
        {"\"fill_explain\": \"领证时现场采集，本次可以不带\",",
         "\"need_if\": { \"field\": \"reason\", \"is\": \"damaged\" },", "[materials[1].need_if]", "say in words"},
    };

    for (size_t k = 0; k < sizeof list / sizeof *list; k++) {
        struct seen s = {{0}, {0}, 0};
        struct item_report report = {see, &s};
        struct item_file *f = NULL;
        struct err e = {0};

        CHECK_INT(parse_changed(list[k].from, list[k].to, &f, &e), 0);
        if (!f) {
            printf("# %s: %s\n", list[k].to, e.text);
            continue;
        }
        CHECK(item_check_demand(f, &report) > 0);
        if (!strstr(s.fields, list[k].field) || !strstr(s.text, list[k].says)) {
            printf("# %s: found %s %s\n", list[k].to, s.fields, s.text);
            CHECK(false);
        }
        item_file_free(f);
    }
}

/* The elderly's card, for which nobody need come, with this of its one need_if and of the field that decides it. */
static int check_elderly(const char *need, const char *field, struct seen *s)
{
    struct item_report report = {see, s};
    struct item_file *f = NULL;
    struct buf whole, half, text;
    int n = -1;

    *s = (struct seen){{0}, {0}, 0};
    if (fs_read(ELDERLY, ITEM_FILE_MAX, &whole, NULL) < 0)
        abort();
    change_text(&whole, &half, "{ \"field\": \"local\", \"is\": \"no\" }", need);
    change_text(&half, &text,
                "\"type\": \"yes-no\", \"yes\": \"在本区\", \"yes_en\": \"Yes, here\", \"no\": \"不在本区\", "
                "\"no_en\": \"No, elsewhere\", \"required\": true",
                field);
    CHECK_INT(item_file_parse(text.data, text.len, LANGUAGE_ZH_CN, &f, NULL), 0);
    if (f)
        n = item_check_demand(f, &report);
    item_file_free(f);
    buf_finish(&text);
    return n;
}

TEST(check_demand_finds_what_covers_everybody)
{
#define LOCAL(words) "{ \"field\": \"local\", " words " }"
#define AND_LOCAL(words)                                                                                                    \
    ", \"source_type\": \"10\", \"fill_explain\": \"a\", \"defer\": { \"allowed\": true, \"day\": 5, \"unit\": "            \
    "\"working-day\" } }, "                                                                                                 \
    "{ \"material_name\": \"b\", \"is_need\": \"3\", \"need_if\": " LOCAL(words)
#define YES_NO "\"type\": \"yes-no\", \"required\": true"
#define ONE "\"type\": \"choice\", \"choices\": [{ \"id\": \"no\", \"label\": \"a\" }]"
#define TWO "\"choices\": [{ \"id\": \"no\", \"label\": \"a\" }, { \"id\": \"c\", \"label\": \"c\" }], \"required\": true"
    static const struct {
        const char *need, *field, *fields;
    } list[] = {
        {LOCAL("\"is\": \"no\""), YES_NO, ""},
        {LOCAL("\"is\": \"no\"") AND_LOCAL("\"is\": \"no\""), YES_NO, ""},
        {LOCAL("\"is\": \"no\"") AND_LOCAL("\"is\": \"yes\""), YES_NO, "[limit_scene_num]"},
        {LOCAL("\"is\": \"no\"") AND_LOCAL("\"is_not\": \"no\""), YES_NO, "[limit_scene_num]"},
        {LOCAL("\"is\": \"no\"") AND_LOCAL("\"is_not\": \"no\""), "\"type\": \"yes-no\"", ""},
        {LOCAL("\"is\": \"no\"") AND_LOCAL("\"is\": \"c\""), "\"type\": \"choice\", " TWO, "[limit_scene_num]"},
        {LOCAL("\"is_not\": \"no\"") AND_LOCAL("\"is_not\": \"c\""), "\"type\": \"choices\", " TWO, ""},
        {LOCAL("\"is\": \"no\""), ONE ", \"required\": true", "[limit_scene_num]"},
        {LOCAL("\"is\": \"no\""), ONE, ""},
        {LOCAL("\"is_not\": \"no\""), ONE ", \"required\": true", "[materials[1].need_if]"},
        {LOCAL("\"is_not\": \"no\""), ONE, "[materials[1].need_if]"},
    };

    for (size_t k = 0; k < sizeof list / sizeof *list; k++) {
        struct seen s;

        CHECK_INT(check_elderly(list[k].need, list[k].field, &s), list[k].fields[0] ? 1 : 0);
        CHECK_STR(s.fields, list[k].fields);
        CHECK(!strstr(s.fields, "scene") || strstr(s.text, "whatever is answered to \"local\""));
    }
}

/* An application must fit into one record, whatever the resident types. */
TEST(too_large_a_form)
{
    struct buf fields;
    struct seen s;

    buf_init(&fields, ITEM_FILE_MAX);
    for (int i = 0; i < 31; i++)
        buf_addf(&fields, "{ \"id\": \"t%d\", \"label\": \"t\", \"type\": \"address\", \"max\": 400 },", i);
    buf_adds(&fields, "{ \"id\": \"urgent\"");
    CHECK(check_changed("{ \"id\": \"urgent\"", buf_str(&fields), &s) == 1);
    CHECK(strstr(s.fields, "[form]"));
    buf_finish(&fields);
}

/* Every type of field can be filled in; what is out of use is not taken. */
TEST(fit_to_the_terminal)
{
    struct item_file *f = NULL;

    CHECK_INT(parse_changed("\"type\": \"mobile\"", "\"type\": \"region\"", &f, NULL), 0);
    item_fit_terminal(f);
    CHECK(f->item.is_service_terminals);
    item_file_free(f);

    CHECK_INT(parse_changed("\"task_state\": \"in-use\"", "\"task_state\": \"suspended\"", &f, NULL), 0);
    item_fit_terminal(f);
    CHECK(!f->item.is_service_terminals);
    item_file_free(f);
}

TEST_MAIN(T(check_finds), T(check_finds_a_condition_without_a_value), T(check_demand_finds),
          T(check_demand_finds_what_covers_everybody), T(check_passes), T(too_large_a_form), T(fit_to_the_terminal))
