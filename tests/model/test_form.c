/* SPDX-License-Identifier: Apache-2.0
 *
 * Forms: what a careful clerk would send back, what is shown when, the rules, and how values read.
 */
#include "model/form.h"

#include "base/text.h"
#include "sample_form.h"
#include "test.h"

static const struct form *const f = &sample_item.form;
static const struct date today = {2026, 1, 5};
static struct form_values v;

static void fresh(void)
{
    memset(&v, 0, sizeof v);
}

static struct form_fault check(size_t field, const char *value)
{
    text_copy(v.text[field], sizeof v.text[field], value);
    return form_check(f, &v, field, &sample_card, today);
}

/* CHECKs in a macro, so that a failure names the line of the case. */
#define FAULT(field, value, kind_, n_)                                                                                      \
    do {                                                                                                                    \
        struct form_fault fault_ = check(field, value);                                                                     \
        CHECK_INT(fault_.kind, kind_);                                                                                      \
        CHECK_INT(fault_.n, n_);                                                                                            \
    } while (0)

TEST(mobile_numbers)
{
    fresh();
    FAULT(F_MOBILE, "13800000123", FORM_OK, 0);
    FAULT(F_MOBILE, "19900000123", FORM_OK, 0);
    FAULT(F_MOBILE, "", FORM_EMPTY, 0);
    FAULT(F_MOBILE, "  ", FORM_EMPTY, 0);
    FAULT(F_MOBILE, "1380000012", FORM_SHORT, 1);
    FAULT(F_MOBILE, "1", FORM_SHORT, 10);
    FAULT(F_MOBILE, "138000001234", FORM_LONG, 1);
    FAULT(F_MOBILE, "12800000123", FORM_MOBILE_START, 0);
    FAULT(F_MOBILE, "02800000123", FORM_MOBILE_START, 0);
    FAULT(F_MOBILE, "2", FORM_MOBILE_START, 0);
    FAULT(F_MOBILE, "138 0000 012", FORM_NOT_DIGITS, 0);
    FAULT(F_MOBILE, "1380000012a", FORM_NOT_DIGITS, 0);
}

TEST(citizen_numbers)
{
    fresh();
    FAULT(F_OTHER_ID, "", FORM_OK, 0); /* not required */
    FAULT(F_OTHER_ID, "11010519491231002X", FORM_OK, 0);
    FAULT(F_OTHER_ID, "11010519491231002x", FORM_OK, 0);
    FAULT(F_OTHER_ID, "440524188001010014", FORM_OK, 0);
    FAULT(F_OTHER_ID, "1101051949123100", FORM_SHORT, 2);
    FAULT(F_OTHER_ID, "1101051949123100211", FORM_LONG, 1);
    FAULT(F_OTHER_ID, "1101051949123100X", FORM_NOT_DIGITS, 0); /* X in the wrong place */
    FAULT(F_OTHER_ID, "1101051949A231002X", FORM_NOT_DIGITS, 0);
    FAULT(F_OTHER_ID, "110105194902310029", FORM_DATE, 0);
    FAULT(F_OTHER_ID, "110105202701010029", FORM_DATE, 0); /* not born yet */
    FAULT(F_OTHER_ID, "110105194912310021", FORM_CHECK, 0);
    FAULT(F_OTHER_ID, "11010519491321002X", FORM_DATE, 0); /* two digits swapped */
}

TEST(credit_codes)
{
    fresh();
    FAULT(F_CREDIT, "91350100M000100Y43", FORM_OK, 0); /* the standard's example */
    FAULT(F_CREDIT, "91350100m000100y43", FORM_OK, 0);
    FAULT(F_CREDIT, "91350100M000100Y34", FORM_CHECK, 0);
    FAULT(F_CREDIT, "91350100M000100Y4", FORM_SHORT, 1);
    FAULT(F_CREDIT, "91350100M000100Y433", FORM_LONG, 1);
    FAULT(F_CREDIT, "91350100I000100Y43", FORM_CHARACTERS, 0);
    FAULT(F_CREDIT, "91350100M000100Y4测", FORM_CHARACTERS, 0);
}

TEST(bank_cards)
{
    fresh();
    FAULT(F_BANK, "4111111111111111", FORM_OK, 0); /* a test number of the schemes */
    FAULT(F_BANK, "6222020000000000000", FORM_OK, 0);
    FAULT(F_BANK, "4111111111111112", FORM_CHECK, 0);
    FAULT(F_BANK, "4111111111111", FORM_CHECK, 0);
    FAULT(F_BANK, "41111111111", FORM_SHORT, 1);
    FAULT(F_BANK, "41111111111111111111", FORM_LONG, 1);
    FAULT(F_BANK, "4111 1111 1111", FORM_NOT_DIGITS, 0);
    FAULT(F_BANK, "0000000000000000", FORM_CHECK, 0);
}

TEST(dates)
{
    fresh();
    FAULT(F_FROM, "20240229", FORM_OK, 0);
    FAULT(F_FROM, "20260229", FORM_DATE, 0);
    FAULT(F_FROM, "20261301", FORM_DATE, 0);
    FAULT(F_FROM, "00000000", FORM_DATE, 0);
    FAULT(F_FROM, "2026010", FORM_SHORT, 1);
    FAULT(F_FROM, "202601011", FORM_LONG, 1);
    FAULT(F_FROM, "2026-1-5", FORM_NOT_DIGITS, 0);
}

TEST(whole_numbers)
{
    fresh();
    FAULT(F_COUNT, "1", FORM_OK, 0);
    FAULT(F_COUNT, "010", FORM_OK, 0);
    FAULT(F_COUNT, "0", FORM_RANGE_LOW, 1);
    FAULT(F_COUNT, "11", FORM_RANGE_HIGH, 10);
    FAULT(F_COUNT, "99999999999999999999999999", FORM_RANGE_HIGH, 10);
    FAULT(F_COUNT, "-1", FORM_NOT_DIGITS, 0);
    FAULT(F_COUNT, "1.5", FORM_NOT_DIGITS, 0);
    FAULT(F_COUNT, "一", FORM_NOT_DIGITS, 0);
}

TEST(money)
{
    fresh();
    FAULT(F_MONEY, "1", FORM_OK, 0);
    FAULT(F_MONEY, "1.5", FORM_OK, 0);
    FAULT(F_MONEY, "1234567.89", FORM_OK, 0);
    FAULT(F_MONEY, "1234567.90", FORM_RANGE_HIGH, 123456789);
    FAULT(F_MONEY, "0.99", FORM_RANGE_LOW, 100);
    FAULT(F_MONEY, "1.234", FORM_LONG, 1);
    FAULT(F_MONEY, "1.", FORM_SHORT, 1);
    FAULT(F_MONEY, ".5", FORM_CHARACTERS, 0);
    FAULT(F_MONEY, "1.2.3", FORM_CHARACTERS, 0);
    FAULT(F_MONEY, "1,000", FORM_CHARACTERS, 0);
    FAULT(F_MONEY, "-1", FORM_CHARACTERS, 0);
    FAULT(F_MONEY, "99999999999999999999999999.99", FORM_RANGE_HIGH, 123456789);
    FAULT(F_MONEY, "00000000000000000000000000001", FORM_OK, 0);
}

TEST(texts)
{
    fresh();
    strcpy(v.text[F_REASON], "renamed");
    FAULT(F_FORMER, "测试", FORM_OK, 0);
    FAULT(F_FORMER, "测", FORM_SHORT, 1);
    FAULT(F_FORMER, "测试甲乙丙丁", FORM_LONG, 1);
    FAULT(F_FORMER, "测\n试", FORM_CHARACTERS, 0);
    FAULT(F_FORMER, "测\xE2\x80\xAE试", FORM_CHARACTERS, 0); /* right to left override */
    FAULT(F_FORMER, "测\xE4\xB8", FORM_CHARACTERS, 0);
    FAULT(F_FORMER, "\xF0\xA0\x82\x87测", FORM_OK, 0);
    FAULT(F_TEXT, "AB-1./ x", FORM_OK, 0);
    FAULT(F_TEXT, "AB_1", FORM_CHARACTERS, 0);
    FAULT(F_TEXT, "测", FORM_CHARACTERS, 0);
    FAULT(F_TEXT, "123456789", FORM_LONG, 1);
    struct form_field free_text = {.type = FIELD_TEXT, .show_if = ALWAYS};
    struct form one = {.n_fields = 1, .fields = {free_text}};
    memset(v.text[0], 'a', 101);
    CHECK_INT(form_check(&one, &v, 0, NULL, today).kind, FORM_LONG);
    v.text[0][100] = '\0';
    CHECK_INT(form_check(&one, &v, 0, NULL, today).kind, FORM_OK);
}

TEST(choices)
{
    fresh();
    FAULT(F_REASON, "renamed", FORM_OK, 0);
    FAULT(F_REASON, "rename", FORM_NOT_A_CHOICE, 0);
    FAULT(F_REASON, "renamed ", FORM_NOT_A_CHOICE, 0);
    FAULT(F_WAYS, "window", FORM_OK, 0);
    FAULT(F_WAYS, "post window", FORM_OK, 0);
    FAULT(F_WAYS, "post  window", FORM_NOT_A_CHOICE, 0);
    FAULT(F_WAYS, "post post", FORM_NOT_A_CHOICE, 0);
    FAULT(F_WAYS, "post ", FORM_NOT_A_CHOICE, 0);
    FAULT(F_WAYS, " post", FORM_NOT_A_CHOICE, 0);
    FAULT(F_WAYS, "post fax", FORM_NOT_A_CHOICE, 0);
    FAULT(F_URGENT, "no", FORM_OK, 0);
    FAULT(F_URGENT, "maybe", FORM_NOT_A_CHOICE, 0);
}

TEST(what_the_card_says_is_not_questioned)
{
    fresh();
    form_prefill(f, &v, &sample_card);
    CHECK_STR(v.text[F_NAME], "测试甲");
    CHECK_STR(v.text[F_NUMBER], "11010519491231002X");
    CHECK_STR(v.text[F_SEX], "2");
    CHECK_STR(v.text[F_STREET], "示例市测试区甲路 1 号");
    CHECK_INT(form_check(f, &v, F_NAME, &sample_card, today).kind, FORM_OK); /* Chinese in a Latin field */
    fresh();
    CHECK_INT(form_check(f, &v, F_NUMBER, &sample_card, today).kind, FORM_OK); /* locked: nobody could fill it in */
}

TEST(sources)
{
    CHECK(form_source_known("card.valid_to") && form_source_known("card.name"));
    CHECK(!form_source_known("card.") && !form_source_known("name") && !form_source_known(""));
    struct identity id = sample_card;
    struct form one = {.n_fields = 1, .fields = {{.type = FIELD_TEXT, .source = "card.valid_to", .show_if = ALWAYS}}};
    fresh();
    form_prefill(&one, &v, &id);
    CHECK_STR(v.text[0], "20400105");
    id.long_term = true;
    form_prefill(&one, &v, &id);
    CHECK_STR(v.text[0], "长期");
    one.fields[0].type = FIELD_DATE;
    form_prefill(&one, &v, &id);
    CHECK_STR(v.text[0], "");
    one.fields[0].source = "card.nation";
    form_prefill(&one, &v, &id);
    CHECK_STR(v.text[0], "汉");
    one.fields[0].source = "card.name";
    id.name[0] = '\0';
    strcpy(id.name_latin, "TESTER, A");
    form_prefill(&one, &v, &id);
    CHECK_STR(v.text[0], "TESTER, A");
}

TEST(visibility)
{
    fresh();
    CHECK(form_visible(f, &v, F_REASON));
    CHECK(!form_visible(f, &v, F_FORMER));
    strcpy(v.text[F_REASON], "renamed");
    CHECK(form_visible(f, &v, F_FORMER));
    CHECK(!form_visible(f, &v, F_URGENT)); /* needs any former name */
    strcpy(v.text[F_FORMER], "测试");
    CHECK(form_visible(f, &v, F_URGENT));
    strcpy(v.text[F_REASON], "expired"); /* the value of a hidden field does not count */
    CHECK(!form_visible(f, &v, F_URGENT));
    strcpy(v.text[F_WAYS], "sms post");
    CHECK(form_visible(f, &v, F_STREET));
    strcpy(v.text[F_WAYS], "sms poster");
    CHECK(!form_visible(f, &v, F_STREET));
    CHECK(!form_visible(f, &v, F_COUNT_));
}

TEST(a_circle_of_conditions_ends)
{
    struct form loop = {.n_fields = 2, .fields = {{.show_if = {1, "x", false}}, {.show_if = {0, "x", false}}}};
    fresh();
    strcpy(v.text[0], "x");
    strcpy(v.text[1], "x");
    CHECK(!form_visible(&loop, &v, 0));
    loop.fields[0].show_if.field = 9;
    CHECK(!form_visible(&loop, &v, 0));
}

TEST(rules_about_the_card)
{
    struct identity id = sample_card;
    fresh();
    strcpy(v.text[F_REASON], "expired");
    struct form_fault fault = form_check(f, &v, F_REASON, &id, today);
    CHECK_INT(fault.kind, FORM_RULE);
    CHECK_STR(f->rules[fault.n].message, "card is valid");
    id.valid_to = (struct date){2026, 1, 4};
    CHECK_INT(form_check(f, &v, F_REASON, &id, today).kind, FORM_OK);
    id.long_term = true;
    CHECK_INT(form_check(f, &v, F_REASON, &id, today).kind, FORM_RULE);
    id.long_term = false;
    strcpy(v.text[F_REASON], "expiring");
    fault = form_check(f, &v, F_REASON, &id, today);
    CHECK_STR(f->rules[fault.n].message, "card is expired");
    CHECK_INT(form_check(f, &v, F_REASON, NULL, today).kind, FORM_OK);
}

TEST(rules_about_other_fields)
{
    fresh();
    strcpy(v.text[F_TO], "20260105");
    CHECK_INT(form_check(f, &v, F_TO, &sample_card, today).kind, FORM_OK); /* nothing to compare with yet */
    strcpy(v.text[F_FROM], "20260105");
    CHECK_INT(form_check(f, &v, F_TO, &sample_card, today).kind, FORM_RULE);
    strcpy(v.text[F_FROM], "20260104");
    CHECK_INT(form_check(f, &v, F_TO, &sample_card, today).kind, FORM_OK);
    strcpy(v.text[F_REASON], "renamed");
    strcpy(v.text[F_FORMER], "测试");
    strcpy(v.text[F_URGENT], "yes");
    CHECK_INT(form_check(f, &v, F_URGENT, &sample_card, today).kind, FORM_RULE);
    strcpy(v.text[F_WAYS], "post sms");
    CHECK_INT(form_check(f, &v, F_URGENT, &sample_card, today).kind, FORM_OK);
}

/* Turns 60 on 2026-01-05; the rule stands at the first field that can be edited. */
TEST(rules_about_age)
{
    struct identity id = sample_card;
    fresh();
    strcpy(v.text[F_REASON], "renamed");
    id.birth = (struct date){1966, 1, 5};
    CHECK_INT(form_check(f, &v, F_REASON, &id, today).kind, FORM_OK);
    id.birth = (struct date){1966, 1, 6};
    CHECK_INT(form_check(f, &v, F_REASON, &id, today).kind, FORM_RULE);
    CHECK_INT(form_check(f, &v, F_NAME, &id, today).kind, FORM_OK);
    id.birth = (struct date){1966, 2, 1};
    CHECK_INT(form_check(f, &v, F_REASON, &id, (struct date){2026, 2, 1}).kind, FORM_OK);
}

/* Two fields of each kind that compares, and the rule at the second one. */
enum { P_FIRST, P_SECOND, P_THIRD };

static struct form pair(enum field_type type, struct form_rule rule)
{
    struct form p = {.n_fields = 3, .n_rules = 1};
    for (int i = 0; i < 3; i++)
        p.fields[i] = (struct form_field){.id = "", .type = type, .show_if = ALWAYS};
    rule.when = (struct form_condition){.field = P_SECOND};
    rule.other.field = P_FIRST;
    p.rules[0] = rule;
    return p;
}

static enum form_fault_kind pair_says(const struct form *p, const char *first, const char *second)
{
    fresh();
    strcpy(v.text[P_FIRST], first);
    strcpy(v.text[P_SECOND], second);
    return form_check(p, &v, P_SECOND, &sample_card, today).kind;
}

TEST(rules_that_compare)
{
    struct form p = pair(FIELD_MONEY, (struct form_rule){.require = RULE_FIELD_AT_MOST});
    CHECK_INT(pair_says(&p, "1500", "1500.00"), FORM_OK);
    CHECK_INT(pair_says(&p, "1500", "1500.01"), FORM_RULE);
    CHECK_INT(pair_says(&p, "9", "10"), FORM_RULE);
    CHECK_INT(pair_says(&p, "0009.5", "9.49"), FORM_OK);
    CHECK_INT(pair_says(&p, "", "10"), FORM_OK);
    CHECK_INT(pair_says(&p, "99999999999999999999999999", "10"), FORM_OK);
    p = pair(FIELD_NUMBER, (struct form_rule){.require = RULE_FIELD_AT_MOST});
    CHECK_INT(pair_says(&p, "3", "12"), FORM_RULE);
    p = pair(FIELD_BANK_CARD, (struct form_rule){.require = RULE_FIELD_SAME});
    CHECK_INT(pair_says(&p, "6222021234567890128", "6222021234567890128"), FORM_OK);
    CHECK_INT(pair_says(&p, "6222021234567890128", "4111111111111111"), FORM_RULE);
    p = pair(FIELD_MOBILE, (struct form_rule){.require = RULE_FIELD_DIFFERS});
    CHECK_INT(pair_says(&p, "13800000123", "13800000123"), FORM_RULE);
    CHECK_INT(pair_says(&p, "13800000123", "13800000124"), FORM_OK);
    p = pair(FIELD_DATE, (struct form_rule){.require = RULE_FIELD_PAST});
    CHECK_INT(pair_says(&p, "", "20260105"), FORM_OK);
    CHECK_INT(pair_says(&p, "", "20260106"), FORM_RULE);
}

TEST(rule_at_least_one)
{
    struct form p = pair(FIELD_TEXT, (struct form_rule){.require = RULE_ANY_OF, .any = {P_FIRST, P_THIRD}, .n_any = 2});
    CHECK_INT(pair_says(&p, "", "x"), FORM_RULE);
    CHECK_INT(pair_says(&p, "y", "x"), FORM_OK);
    p.fields[P_FIRST].show_if = (struct form_condition){.field = P_SECOND, .is = "z"}; /* what is hidden does not count */
    CHECK_INT(pair_says(&p, "y", "x"), FORM_RULE);
    strcpy(v.text[P_THIRD], "y");
    CHECK_INT(form_check(&p, &v, P_SECOND, &sample_card, today).kind, FORM_OK);
}

TEST(rule_about_the_greatest_age)
{
    struct form p = pair(FIELD_TEXT, (struct form_rule){.require = RULE_AGE_AT_MOST, .age = 69});
    struct identity id = sample_card;
    fresh();
    strcpy(v.text[P_SECOND], "x");
    id.birth = (struct date){1956, 1, 6}; /* 70 tomorrow */
    CHECK_INT(form_check(&p, &v, P_SECOND, &id, today).kind, FORM_OK);
    id.birth = (struct date){1956, 1, 5};
    CHECK_INT(form_check(&p, &v, P_SECOND, &id, today).kind, FORM_RULE);
    CHECK_INT(form_check(&p, &v, P_SECOND, NULL, today).kind, FORM_OK);
}

static const char *shown(size_t field, const char *value, bool masked)
{
    static char out[FORM_VALUE_MAX * 2];
    text_copy(v.text[field], sizeof v.text[field], value);
    form_display(f, &v, field, masked, LANGUAGE_ZH_CN, out, sizeof out);
    return out;
}

TEST(display)
{
    fresh();
    CHECK_STR(shown(F_MOBILE, "13800000123", false), "138 0000 0123");
    CHECK_STR(shown(F_MOBILE, "13800", false), "138 00");
    CHECK_STR(shown(F_NUMBER, "11010519491231002X", false), "110105 19491231 002X");
    CHECK_STR(shown(F_BANK, "6222020000000000000", false), "6222 0200 0000 0000 000");
    CHECK_STR(shown(F_FROM, "20260105", false), "2026年1月5日");
    CHECK_STR(shown(F_FROM, "2026", false), "2026");
    CHECK_STR(shown(F_MONEY, "1234567.5", false), "1,234,567.5 元");
    CHECK_STR(shown(F_MONEY, "100", false), "100 元");
    CHECK_STR(shown(F_REASON, "renamed", false), "姓名变更");
    CHECK_STR(shown(F_WAYS, "window sms", false), "到窗口、短信");
    CHECK_STR(shown(F_URGENT, "yes", false), "一起办");
    CHECK_STR(shown(F_URGENT, "no", false), "不办");
    CHECK_STR(shown(F_TEXT, "", false), "");
    CHECK_STR(shown(F_COUNT, "7", true), "7");
}

/* A yes-no whose item names no answers. */
TEST(display_plain_yes_no)
{
    const struct form one = {.n_fields = 1, .fields = {{.type = FIELD_YES_NO, .show_if = ALWAYS}}};
    char out[FORM_VALUE_MAX];

    fresh();
    text_copy(v.text[0], sizeof v.text[0], "yes");
    form_display(&one, &v, 0, false, LANGUAGE_ZH_CN, out, sizeof out);
    CHECK_STR(out, "是的");
    text_copy(v.text[0], sizeof v.text[0], "no");
    form_display(&one, &v, 0, false, LANGUAGE_ZH_CN, out, sizeof out);
    CHECK_STR(out, "不是");
}

TEST(display_masked)
{
    fresh();
    CHECK_STR(shown(F_NAME, "测试甲", true), "测*甲");
    CHECK_STR(shown(F_MOBILE, "13800000123", true), "138****0123");
    CHECK_STR(shown(F_NUMBER, "11010519491231002X", true), "110105********002X");
    CHECK_STR(shown(F_STREET, "示例市测试区甲路 1 号", true), "示例市测试区****");
    CHECK_STR(shown(F_FORMER, "测试甲", true), "测*甲");
    CHECK_STR(shown(F_BANK, "4111111111111111", true), "411111******1111");
    CHECK_STR(shown(F_TEXT, "plain", true), "plain"); /* not a field to mask */
}

TEST(display_fits)
{
    char out[64];
    fresh();
    strcpy(v.text[F_MOBILE], "13800000123");
    strcpy(v.text[F_WAYS], "window sms post");
    strcpy(v.text[F_FROM], "20260105");
    strcpy(v.text[F_MONEY], "1234567");
    static const size_t fields[] = {F_MOBILE, F_WAYS, F_FROM, F_MONEY};
    for (size_t i = 0; i < 4; i++) {
        for (size_t cap = 1; cap < 40; cap++) {
            memset(out, 'z', sizeof out);
            form_display(f, &v, fields[i], false, LANGUAGE_ZH_CN, out, cap);
            CHECK(strlen(out) < cap && out[cap] == 'z' && utf8_valid(out, strlen(out)));
        }
    }
}

/* Of every type: one good value as it is read and as strangers see it, and one that is refused. */
static const struct type_case {
    const char *good, *shown, *masked, *wrong;
} type_cases[FIELD_TYPES] = {
    [FIELD_TEXT] = {"AB 12", "AB 12", "A***2", "AB_12"},
    [FIELD_CHINESE_TEXT] = {"测试甲", "测试甲", "测*甲", "测\n试"},
    [FIELD_NUMBER] = {"7", "7", "*", "7a"},
    [FIELD_MONEY] = {"1500.5", "1,500.5 元", "1****5", "1.2.3"},
    [FIELD_DATE] = {"20260105", "2026年1月5日", "2026****", "20261301"},
    [FIELD_CHOICE] = {"post", "快递", "p**t", "fax"},
    [FIELD_CHOICES] = {"post window", "快递、到窗口", "post ****", "post post"},
    [FIELD_YES_NO] = {"yes", "是的", "y*s", "maybe"},
    [FIELD_REGION] = {"示例市测试区甲乡丙村", "示例市测试区甲乡丙村", "示例市测试****", "示例\x7F"},
    [FIELD_ADDRESS] = {"示例市测试区甲路 9 号", "示例市测试区甲路 9 号", "示例市测试区****", "示例\x7F"},
    [FIELD_MOBILE] = {"13800000123", "138 0000 0123", "138****0123", "12800000123"},
    [FIELD_CITIZEN_NUMBER] = {"11010519491231002X", "110105 19491231 002X", "110105********002X", "110105194912310021"},
    [FIELD_CREDIT_CODE] = {"91350100M000100Y43", "91350100M000100Y43", "913501********0Y43", "91350100M000100Y34"},
    [FIELD_BANK_CARD] = {"4111111111111111", "4111 1111 1111 1111", "411111******1111", "4111111111111112"},
    [FIELD_SIGNATURE] = {FORM_SIGNED, "已签名", "s****d", "drawn"},
};

TEST(every_type)
{
#define FIELD_TYPE(NAME, word, keyboard, room, most, take, check, show, mask, level)                                        \
    CHECK_INT(form_type_by_name(word), FIELD_##NAME);
#include "model/form_type.def"
#undef FIELD_TYPE
    CHECK_INT(form_type_by_name("yesno"), -1);
    for (size_t t = 0; t < FIELD_TYPES; t++) {
        const struct type_case *c = &type_cases[t];
        struct form one = {.n_fields = 1,
                           .fields = {{.id = "f",
                                       .type = (enum field_type)t,
                                       .required = true,
                                       .mask = true,
                                       .choices = t == FIELD_YES_NO ? NULL : ways,
                                       .n_choices = t == FIELD_YES_NO ? 0 : 3,
                                       .show_if = ALWAYS}}};
        char out[FORM_VALUE_MAX];

        CHECK(c->good && c->wrong);
        fresh();
        CHECK_INT(form_check(&one, &v, 0, NULL, today).kind, FORM_EMPTY);
        strcpy(v.text[0], c->wrong);
        CHECK(form_check(&one, &v, 0, NULL, today).kind != FORM_OK);
        strcpy(v.text[0], c->good);
        CHECK_INT(form_check(&one, &v, 0, NULL, today).kind, FORM_OK);
        form_display(&one, &v, 0, false, LANGUAGE_ZH_CN, out, sizeof out);
        CHECK_STR(out, c->shown);
        form_display(&one, &v, 0, true, LANGUAGE_ZH_CN, out, sizeof out);
        CHECK_STR(out, c->masked);
    }
}

/* A good value can be typed, key by key, where there are keys; where there are none, nothing can. */
TEST(every_type_typed)
{
    for (size_t t = 0; t < FIELD_TYPES; t++) {
        const struct form_field one = {.type = (enum field_type)t};
        char typed[FORM_VALUE_MAX + 1] = "";
        const char *next = type_cases[t].good, *end = next + strlen(next);
        size_t room = form_room(&one);

        while (next < end) {
            const char *at = next;
            uint32_t c = (uint32_t)utf8_next(&next, end);
            CHECK_INT(form_takes(&one, typed, c), room ? c : 0);
            memcpy(typed + strlen(typed), at, (size_t)(next - at));
        }
        CHECK(room == 0 || utf8_count(typed) <= room);
        CHECK(room <= FORM_VALUE_MAX);
        CHECK_INT(form_takes(&one, "", '\n'), 0);
    }
}

TEST(room_of_texts)
{
    struct form_field text = {.type = FIELD_TEXT}, words = {.type = FIELD_CHINESE_TEXT}, number = {.type = FIELD_NUMBER};

    text.max = 20, words.max = 20, number.max = 20;
    CHECK_INT(form_room(&text), 20);
    CHECK_INT(form_room(&words), 20);
    CHECK_INT(form_room(&number), 12); /* an amount */
    text.max = 400, words.max = 400;
    CHECK_INT(form_room(&text), 400);
    CHECK_INT(form_room(&words), 100);
    text.max = 100000000000;
    CHECK_INT(form_room(&text), 400);
}

TEST(fields_by_id)
{
    CHECK_INT(form_field_by_id(f, "mobile"), F_MOBILE);
    CHECK_INT(form_field_by_id(f, "none"), -1);
}

TEST_MAIN(T(mobile_numbers), T(citizen_numbers), T(credit_codes), T(bank_cards), T(dates), T(whole_numbers), T(money),
          T(texts), T(choices), T(what_the_card_says_is_not_questioned), T(sources), T(visibility),
          T(a_circle_of_conditions_ends), T(rules_about_the_card), T(rules_about_other_fields), T(rules_about_age),
          T(rules_that_compare), T(rule_at_least_one), T(rule_about_the_greatest_age), T(display), T(display_plain_yes_no),
          T(display_masked), T(display_fits), T(every_type), T(every_type_typed), T(room_of_texts), T(fields_by_id))
