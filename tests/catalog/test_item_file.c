/* SPDX-License-Identifier: Apache-2.0
 *
 * Item files: the parser on one good file with one thing changed at a time, then what item_check finds in it.
 */
#include "catalog/item_file.h"

#include "base/buf.h"
#include "base/fs.h"
#include "catalog/item_check.h"
#include "test.h"

#define RENEWAL "assets/catalog/sample/identity-card-renewal.json"

#define ELDERLY "assets/catalog/sample/elderly-card.json"

/* The text with the first `from` made into `to`; "" from: in front. Finishes `text`; the caller finishes `out`. */
static void change_text(struct buf *text, struct buf *out, const char *from, const char *to)
{
    const char *at = strstr(buf_str(text), from);

    buf_init(out, 2 * ITEM_FILE_MAX);
    if (!at) {
        printf("# the sample has no %s\n", from);
        CHECK(false);
        at = buf_str(text);
        from = "";
    }
    buf_add(out, text->data, (size_t)(at - buf_str(text)));
    buf_adds(out, to);
    buf_adds(out, at + strlen(from));
    buf_finish(text);
}

static void change(struct buf *out, const char *from, const char *to)
{
    struct buf text;

    if (fs_read(RENEWAL, ITEM_FILE_MAX, &text, NULL) < 0)
        abort();
    change_text(&text, out, from, to);
}

static int parse_changed(const char *from, const char *to, struct item_file **ret, struct err *e)
{
    struct buf text;
    int rc;

    change(&text, from, to);
    rc = item_file_parse(text.data, text.len, LANGUAGE_ZH_CN, ret, e);
    buf_finish(&text);
    return rc;
}

struct change {
    const char *from, *to, *says;
};
#define NEED(words) "\"is_need\": \"3\"", "\"is_need\": \"3\", \"need_if\": " words

TEST(whole_file)
{
    struct item_file *f = NULL;
    struct err e = {0};
    const struct form *form;
    int damage;

    CHECK_INT(parse_changed("", "", &f, &e), 0);
    CHECK_STR(e.text, "");
    if (!f)
        return;
    CHECK_STR(f->item.task_code, "11110105MB0A0000164000709102000");
    CHECK_STR(f->dept_code, "11110105MB0A000016");
    CHECK_STR(f->item.dept_name, "示例区公安分局");
    CHECK_INT(f->popularity, 980);
    CHECK_INT(f->keywords.n, 3);
    CHECK_STR(f->keywords.at[2], "二代证");
    CHECK(!f->item.sub_items);
    CHECK(item_file_has(f, ITEM_sub_items));
    CHECK(!item_file_has(f, ITEM_legacy_code));
    CHECK_STR(f->item.laws[1].note, "六十日内发放");
    CHECK_INT(f->item.steps[1].limit.day, 5);
    CHECK_STR(f->item.results[0], "居民身份证");
    CHECK_INT(f->item.n_questions, 2);
    form = &f->item.form;
    CHECK_INT(form->n_fields, 9);
    CHECK(form->fields[0].locked && form->fields[1].mask);
    damage = form_field_by_id(form, "damage");
    CHECK_INT(form->fields[damage].show_if.field, form_field_by_id(form, "reason"));
    CHECK_STR(form->fields[damage].show_if.is, "damaged");
    CHECK_INT(form->fields[damage].n_choices, 3);
    CHECK_STR(form->fields[damage].choices[2].id, "broken");
    CHECK_INT(form->fields[form->n_fields - 1].group, 2);
    CHECK_INT(form->n_rules, 1);
    CHECK_INT(form->rules[0].require, RULE_CARD_EXPIRED);
    item_file_free(f);
}

/* What has no English stands there in Chinese; a wrong English text is refused like any other. */
TEST(texts_in_english)
{
    struct item_file *f = NULL;
    struct buf text;

    change(&text, "\"step_en\": \"Examine\", ", "");
    CHECK_INT(item_file_parse(text.data, text.len, LANGUAGE_EN, &f, NULL), 0);
    buf_finish(&text);
    if (!f)
        return;
    CHECK_STR(f->item.steps[0].step, "Accept");
    CHECK_STR(f->item.steps[1].step, "审查");
    item_file_free(f);
    f = NULL;
    change(&text, "\"step_en\": \"Examine\"", "\"step_en\": 7");
    CHECK(item_file_parse(text.data, text.len, LANGUAGE_EN, &f, NULL) < 0);
    buf_finish(&text);
    change(&text, "\"sub_items\": []", "\"sub_items\": [\"期满\", \"损坏\"], \"sub_items_en\": [\"Expiry\", \"Damage\"]");
    CHECK_INT(item_file_parse(text.data, text.len, LANGUAGE_EN, &f, NULL), 0);
    CHECK_STR(f->item.sub_items, "Expiry, Damage");
    CHECK_STR(f->item.task_type_name, str(LANGUAGE_EN, STR_catalog_type_confirmation));
    item_file_free(f);
    buf_finish(&text);
}

/* A yes-no names its two answers, or leaves them to the terminal. */
TEST(answers)
{
    const char *answers = "\"yes\": \"一起申请\", \"yes_en\": \"Yes, both\", \"no\": \"不申请\", \"no_en\": \"No\", ";
    struct item_file *f = NULL;
    const struct form_field *urgent;

    CHECK_INT(parse_changed("", "", &f, NULL), 0);
    urgent = &f->item.form.fields[form_field_by_id(&f->item.form, "urgent")];
    CHECK_INT(urgent->n_choices, 2);
    CHECK_STR(urgent->choices[0].id, "yes");
    CHECK_STR(urgent->choices[0].label, "一起申请");
    CHECK_STR(urgent->choices[1].id, "no");
    CHECK_STR(urgent->choices[1].label, "不申请");
    item_file_free(f);
    CHECK_INT(parse_changed(answers, "", &f, NULL), 0);
    urgent = &f->item.form.fields[form_field_by_id(&f->item.form, "urgent")];
    CHECK_INT(urgent->n_choices, 0);
    item_file_free(f);
}

TEST(parser_refuses)
{
    static const struct change list[] = {
        {"\"task_version\": 3", "\"task_version\": 3, \"colour\": 1", "colour"},
        {"\"task_version\": 3", "\"task_version\": 3, \"task_version\": 3", "twice"},
        {"\"task_version\": 3", "\"task_version\": \"3\"", "task_version"},
        {"\"task_version\": 3", "\"task_version\": 0", "task_version"},
        {"\"schema\": 1", "\"schema\": 2", "schema"},
        {"身份证到期", "身份\\u0001到期", "control"},
        {"身份证到期", "身份\\u0000到期", ""},
        {"身份证到期", "\xE8\xBA", "UTF-8"},
        {"身份证到期", "\xED\xA0\x80", "UTF-8"},
        {"\"use_level\": \"4\"", "\"use_level\": \"44\"", "use_level"},
        {"\"dept_type\"", "\"dept_kind\"", "dept: "},
        {"\"one_visit\": true", "\"one_visit\": 1", "one_visit"},
        {"\"unit\": \"calendar-day\"", "\"unit\": \"day\"", "anticipate"},
        {"\"step\": \"审查\"", "\"step\": \"\"", "handle_flow[1]"},
        {"\"is_need\": \"3\"", "\"is_need\": \"4\"", "materials[1]"},
        {"\"day\": 10, \"unit\": \"working-day\"", "\"day\": 10, \"unit\": \"calendar-day\"", "defer"},
        {"\"amount_cent\": 2000", "\"amount_cent\": 20.00", "fees[0]"},
        {"\"type\": \"mobile\"", "\"type\": \"telephone\"", "telephone"},
        {"\"id\": \"mobile\"", "\"id\": \"urgent\"", "twice"},
        {"\"id\": \"mobile\"", "\"id\": \"Mobile\"", "Mobile"},
        {"\"id\": \"chip\"", "\"id\": \"print\"", "twice"},
        {"\"show_if\": { \"field\": \"reason\"", "\"show_if\": { \"field\": \"collect\"", "collect"},
        {"\"show_if\": { \"field\": \"reason\"", "\"show_if\": { \"field\": \"damage\"", "damage"},
        {"\"source\": \"card.address\", ", "", "locked"},
        {"\"type\": \"yes-no\"", "\"type\": \"choice\"", "choices"},
        {"\"yes\": \"一起申请\", ", "", "yes"},
        {"\"no\": \"不申请\", ", "", "no"},
        {"\"id\": \"mobile\",", "\"id\": \"mobile\", \"yes\": \"有\", \"no\": \"没有\",", "yes-no"},
        {"\"id\": \"mobile\",", "\"id\": \"mobile\", \"no_en\": \"None\",", "yes-no"},
        {"\"require\": { \"card_expired\": true }", "\"require\": { \"card_expired\": false }", "rules[0]"},
        {"\"require\": { \"card_expired\": true }", "\"require\": { }", "rules[0]"},
        {"\"require\": { \"card_expired\": true }", "\"require\": { \"after\": \"nothing\" }", "nothing"},
        {"\"require\": { \"card_expired\": true }", "\"require\": { \"card_expired\": true, \"age_at_least\": 9 }", "one"},
        {"\"require\": { \"card_expired\": true }", "\"require\": { \"at_most\": 7 }", "at_most"},
        {"\"require\": { \"card_expired\": true }", "\"require\": { \"any_of\": [\"mobile\"] }", "two fields"},
        {"\"require\": { \"card_expired\": true }", "\"require\": { \"any_of\": [\"mobile\", 3] }", "any_of[1]"},
        {"\"require\": { \"card_expired\": true }", "\"require\": { \"age_at_most\": 0 }", "age_at_most"},
        {"\"require\": { \"card_expired\": true }", "\"require\": { \"same_as\": \"nobody\" }", "nobody"},
        {"\"require\": { \"card_expired\": true }", "\"require\": { \"past\": true, \"is\": \"x\" }", "one"},
        {"\"require\": { \"card_expired\": true }", "\"require\": { \"like\": \"x\" }", "known"},
        {"\"consent\": {", "\"agreement\": {", "agreement"},
        {"\"message\": \"读", "\"messages\": \"读", "messages"},
        {"\"visits\": 1, ", "", "does not say how often"},
        {"\"id\": \"call\",", "\"id\": \"call\", \"visits\": 0,", "visits stands at some choices"},
        {"\"visits\": 1, \"address\": \"示范路 1 号一层\"", "\"visits\": 1", "address is missing"},
        {"\"visits\": 1, ", "\"visits\": 0, ", "does not say how often"},
        {"\"visits\": 1, ", "\"visits\": 100, ", "visits"},
        {"\"address\": \"示范路 1 号一层\"", "\"address\": \" \"", "choices[0]: \"address\" is read"},
        {"\"address\": \"示范路 1 号一层\"", "\"address\": \"示范路\\n1 号\"", "choices[0]: \"address\" is read"},
        {"\"address_en\": \"1 Shifan Road, ground floor\"", "\"address_en\": \"\\n\"", "\"address_en\" is read"},
        {"\"hours\": \"周一到周五 9:00-17:00\"", "\"hours\": \"\u3000\"", "\"hours\" is read"},
        {"\"hours_en\": \"Mon to Fri", "\"hours_en\": \"Mon\\nto Fri", "\"hours_en\" is read"},
        {"\"delivery\": [\"window\"]", "\"delivery\": [\"pigeon\"]", "delivery[0]"},
        {"\"is_need\": \"3\"", "\"is_need\": \"3\", \"need_if\": { \"field\": \"home\" }", "materials[1]: need_if"},
        {"\"is\": \"damaged\"", "\"is\": \"damaged\", \"is_not\": \"expired\"", "keep one"},
        {"\"is\": \"damaged\"", "\"is_not\": \"\"", "is_not is empty"},
        {"\"is\": \"damaged\"", "\"is\": \"\"", "show_if: it says no value"},
        {"{ \"field\": \"reason\", \"is\": \"damaged\" }", "{ \"field\": \"reason\" }", "show_if: it says no value"},
        {NEED("{ \"field\": \"reason\" }"), "materials[1]: need_if: it says no value"},
        {NEED("{ \"field\": \"reason\", \"is\": \"\" }"), "materials[1]: need_if: it says no value"},
        {NEED("{ \"field\": \"reason\", \"is\": null }"), "materials[1]: need_if: it says no value"},
        {NEED("{ \"field\": \"reason\", \"is_not\": null }"), "materials[1]: need_if: it says no value"},
        {NEED("{ \"field\": \"mobile\" }"), "choices of \"mobile\""},
        {"\"is\": \"expired\"", "\"is\": \"\"", "rules[0]: if: it says no value"},
        {"\"is\": \"expired\"", "\"is\": null", "rules[0]: if: it says no value"},
        {"\"require\": { \"card_expired\": true }", "\"require\": { \"field\": \"reason\" }", "require: it says no value"},
        {"\"require\": { \"card_expired\": true }", "\"require\": { \"field\": \"mobile\", \"is\": \"\" }",
         "require: it says no value"},
    };

    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        struct item_file *f = NULL;
        struct err e = {0};

        if (parse_changed(list[i].from, list[i].to, &f, &e) >= 0 || !strstr(e.text, list[i].says)) {
            printf("# %s: \"%s\"\n", list[i].to, e.text);
            CHECK(false);
        }
        CHECK(!f);
        item_file_free(f);
    }
}

/* A later version wrote it: a terminal passes over what it does not know, wherever that stands; hallctl does not. */
TEST(keys_of_a_later_version)
{
    static const struct change list[] = {
        {"\"schema\": 1,", "\"schema\": 1, \"wavelength\": {\"a\":[1,{}]},", ""},
        {"\"dept_code\":", "\"x\": 1, \"dept_code\":", ""},
        {"\"online\":", "\"x\": 1, \"online\":", ""},
        {"\"handle_flow\": [\n    {", "\"handle_flow\": [\n    { \"x\": 1,", ""},
        {"\"material_name\":", "\"x\": 1, \"material_name\":", ""},
        {"\"q\":", "\"x\": 1, \"q\":", ""},
        {"\"id\": \"mobile\"", "\"x\": 1, \"id\": \"mobile\"", ""},
        {"\"groups\":", "\"x\": 1, \"groups\":", ""},
        {"\"message\":", "\"x\": 1, \"message\":", ""},
    };

    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        struct item_file *f = NULL;
        struct err e = {0};
        struct buf text;

        change(&text, list[i].from, list[i].to);
        CHECK_INT(item_file_parse(text.data, text.len, LANGUAGE_ZH_CN, &f, &e), -ERR_INVALID);
        CHECK(strstr(e.text, "is unknown"));
        CHECK_INT(item_file_read(text.data, text.len, LANGUAGE_ZH_CN, &f, NULL), 0);
        CHECK_INT(item_check(f, NULL), 0);
        CHECK(f && !f->item.newer);
        item_file_free(f);
        buf_finish(&text);
    }
}

/* A way to hand out a result that is not known: staff mistyped it, or a later version has it. */
TEST(delivery_of_a_later_version)
{
    struct item_file *f = NULL;
    struct buf text;

    change(&text, "\"delivery\": [\"window\"]", "\"delivery\": [\"pigeon\"]");
    CHECK_INT(item_file_parse(text.data, text.len, LANGUAGE_ZH_CN, &f, NULL), -ERR_INVALID);
    CHECK_INT(item_file_read(text.data, text.len, LANGUAGE_ZH_CN, &f, NULL), 0);
    CHECK(f && !f->item.newer && f->item.n_results == 1);
    item_file_free(f);
    buf_finish(&text);
}

/* What is left of one that cannot be read: as much as leads a resident elsewhere. */
TEST(outline)
{
    struct item_file *f = NULL;
    struct buf text;

    change(&text, "\"transact_addr_en\":", "\"transact_addr_en\": 7, \"x\":");
    CHECK_INT(item_file_outline(text.data, text.len, LANGUAGE_EN, &f, NULL), 0);
    CHECK(f && f->item.newer && f->item.task_code && f->item.task_name && f->item.dept_name && f->item.link_way);
    CHECK(f && !f->item.transact_addr && !f->item.form.n_fields && !f->item.terminal);
    item_file_free(f);
    buf_finish(&text);
    f = NULL;
    CHECK(item_file_outline("{}", 2, LANGUAGE_EN, &f, NULL) < 0);
    CHECK(!f);
}

TEST(limits_of_lists_and_size)
{
    struct item_file *f = NULL;
    struct buf many, text;

    buf_init(&many, ITEM_FILE_MAX);
    buf_adds(&many, "\"keywords\": [\"a\"");
    for (int i = 0; i < ITEM_LIST_MAX; i++)
        buf_adds(&many, ",\"a\"");
    buf_adds(&many, ", ");
    CHECK(parse_changed("\"keywords\": [", buf_str(&many), &f, NULL) < 0);
    buf_finish(&many);
    change(&text, "", "");
    while (text.len <= ITEM_FILE_MAX)
        buf_addc(&text, ' ');
    CHECK_INT(item_file_parse(text.data, text.len, LANGUAGE_ZH_CN, &f, NULL), -ERR_TOOLONG);
    buf_finish(&text);
    CHECK(item_file_parse("", 0, LANGUAGE_ZH_CN, &f, NULL) < 0);
    CHECK(item_file_parse("[]", 2, LANGUAGE_ZH_CN, &f, NULL) < 0);
    CHECK_INT(item_file_parse("{}", 2, LANGUAGE_ZH_CN, &f, NULL),
              0); /* nothing is wrong with it, and everything is missing */
    CHECK(item_check(f, NULL) >= 20);
    item_file_free(f);
}

TEST(sub_items_are_joined)
{
    struct item_file *f = NULL;

    CHECK_INT(parse_changed("\"sub_items\": []", "\"sub_items\": [\"期满换领\", \"损坏换领\"]", &f, NULL), 0);
    CHECK_STR(f->item.sub_items, "期满换领、损坏换领");
    CHECK_STR(f->item.task_type, "07"); /* what is read next is not mixed up with it */
    item_file_free(f);
}

/* Collects the fields of all findings, and the words of the first error. */
struct seen {
    char fields[600], text[600];
    int warnings;
};

static void see(void *ctx, enum item_severity severity, const char *code, const char *field, const char *text)
{
    struct seen *s = ctx;

    if (severity == ITEM_WARNING) {
        s->warnings++;
        return;
    }
    snprintf(s->fields + strlen(s->fields), sizeof s->fields - strlen(s->fields), "[%s]", field);
    if (!s->text[0])
        snprintf(s->text, sizeof s->text, "%s", text);
}

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
    CHECK(f->item.terminal);
    item_file_free(f);

    CHECK_INT(parse_changed("\"task_state\": \"in-use\"", "\"task_state\": \"suspended\"", &f, NULL), 0);
    item_fit_terminal(f);
    CHECK(!f->item.terminal);
    item_file_free(f);
}

TEST_MAIN(T(whole_file), T(texts_in_english), T(answers), T(parser_refuses), T(keys_of_a_later_version),
          T(delivery_of_a_later_version), T(outline), T(limits_of_lists_and_size), T(sub_items_are_joined), T(check_finds),
          T(check_finds_a_condition_without_a_value), T(check_demand_finds), T(check_demand_finds_what_covers_everybody),
          T(check_passes), T(too_large_a_form), T(fit_to_the_terminal))
