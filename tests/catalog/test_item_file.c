/* SPDX-License-Identifier: Apache-2.0
 *
 * Item files: the parser on one good file with one thing changed at a time.
 */
#include "catalog/item_file.h"

#include "item_test.h"

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
    CHECK_INT(f->item.popularity, 980);
    CHECK_INT(f->item.keywords.n, 3);
    CHECK_STR(f->item.keywords.at[2], "二代证");
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

/* Words are in traditional characters, whatever has English; what a form is filled in with and a rule asks for is not. */
TEST(texts_in_traditional_characters)
{
    struct item_file *f = NULL;
    struct buf text;

    change(&text, "\"sub_items\": []", "\"sub_items\": [\"期满\", \"损坏\"], \"sub_items_en\": [\"Expiry\", \"Damage\"]");
    CHECK_INT(item_file_parse(text.data, text.len, LANGUAGE_ZH_HANT, &f, NULL), 0);
    buf_finish(&text);
    if (!f)
        return;
    CHECK_STR(f->item.task_name, "居民身份證有效期滿換領");
    CHECK_STR(f->item.sub_items, "期滿、損壞");
    CHECK_STR(f->item.task_type_name, str(LANGUAGE_ZH_HANT, STR_catalog_type_confirmation));
    CHECK_STR(f->item.steps[1].step, "審查");
    CHECK_STR(f->item.materials[0].licence_kind, "居民身份证");
    CHECK_INT(f->n_chinese, 0);
    item_file_free(f);
    f = NULL;
    change(&text, "\"step\": \"审查\"", "\"step\": 7");
    CHECK(item_file_parse(text.data, text.len, LANGUAGE_ZH_HANT, &f, NULL) < 0);
    buf_finish(&text);
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
        {"\"promise\":", "\"tacit\": { \"result\": \"perhaps\", \"by_law\": \"某法\" }, \"promise\":", "tacit"},
        {"\"promise\":", "\"tacit\": { \"result\": \"granted\" }, \"promise\":", "tacit"},
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
        {"\"if\": { \"field\": \"reason\", \"is\": \"expired\" },", "", "\"if\" is missing"},
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
    CHECK(f && !f->item.transact_addr && !f->item.form.n_fields && !f->item.is_service_terminals);
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

TEST_MAIN(T(whole_file), T(texts_in_english), T(texts_in_traditional_characters), T(answers), T(parser_refuses),
          T(keys_of_a_later_version), T(delivery_of_a_later_version), T(outline), T(limits_of_lists_and_size),
          T(sub_items_are_joined))
