/* SPDX-License-Identifier: Apache-2.0
 *
 * Fields: what each keyboard takes, when a message comes and when it goes.
 */
#include "session/play.h"

static const struct form_choice three[] = {
    {.id = "a", .label = "甲"}, {.id = "b", .label = "乙"}, {.id = "ab", .label = "丙"}};

/* One page with one field of each kind, indexed by enum field_type. */
static const struct item *all_kinds(void)
{
    static const char *const words[FIELD_TYPES] = {
#define FIELD_TYPE(NAME, word, keyboard, room, most, take, check, show, mask, level) word,
#include "model/form_type.def"
#undef FIELD_TYPE
    };
    static struct item it;
    it = *item_a();
    it.form.n_fields = FIELD_TYPES;
    it.form.n_rules = 0;
    for (size_t t = 0; t < it.form.n_fields; t++)
        it.form.fields[t] = (struct form_field){.id = words[t],
                                                .label = "甲",
                                                .type = (enum field_type)t,
                                                .group = (int)t / 3,
                                                .show_if = {.field = -1},
                                                .choices = three,
                                                .n_choices = 3};
    it.form.n_groups = 6;
    for (int g = 0; g < 6; g++)
        it.form.groups[g].title = "组";
    return &it;
}

static void open_kinds(struct play *p)
{
    play_begin(p);
    p->item = all_kinds();
    play_tap(p, INTENT_START, 0);
    play_tap(p, INTENT_ITEM, 0);
    play_tap(p, INTENT_APPLY, 0);
    play_card(p, &p->card);
    play_event(p, INPUT_CARD_LIFTED);
    CHECK_SCREEN(p, FORM);
}

static void show_field(struct play *p, int field)
{
    pages_show(p->s, pages_of_field(p->s, field));
}

static const char *typed(struct play *p, int field, const char *text)
{
    show_field(p, field);
    play_tap(p, INTENT_FOCUS, field);
    play_tap(p, INTENT_CLEAR, 0);
    play_type(p, field, text);
    return p->v->values->text[field];
}

TEST(what_each_keyboard_takes)
{
    struct play p;
    open_kinds(&p);
    CHECK_STR(typed(&p, FIELD_MOBILE, "138a 0000-0123456"), "13800000123");
    CHECK_INT(p.v->keys.kind, KEYBOARD_DIGITS);
    CHECK_STR(typed(&p, FIELD_CITIZEN_NUMBER, "x1101051949123100x2Xx9"), "11010519491231002X");
    CHECK_INT(p.v->keys.kind, KEYBOARD_DIGITS_X);
    CHECK_STR(typed(&p, FIELD_CREDIT_CODE, "91350100m000100y43zz"), "91350100M000100Y43");
    CHECK_STR(typed(&p, FIELD_MONEY, ".12.345"), "12.34");
    CHECK_INT(p.v->keys.kind, KEYBOARD_MONEY);
    CHECK_STR(typed(&p, FIELD_DATE, "2026-01-050"), "20260105");
    CHECK_STR(typed(&p, FIELD_TEXT, "Room 3-2/1.a_%"), "Room 3-2/1.a");
    CHECK_INT(p.v->keys.kind, KEYBOARD_LATIN);
    CHECK_INT(strlen(typed(&p, FIELD_BANK_CARD, "62220212345678901234567")), 19);
    CHECK_STR(typed(&p, FIELD_NUMBER, "-007"), "007");
    static const int silent[] = {FIELD_REGION, FIELD_SIGNATURE, FIELD_CHOICE, FIELD_YES_NO};
    for (size_t i = 0; i < sizeof silent / sizeof *silent; i++) {
        CHECK_STR(typed(&p, silent[i], "abc1"), "");
        CHECK_INT(p.v->keys.kind, KEYBOARD_NONE);
    }
    play_end(&p);
}

TEST(erasing)
{
    struct play p;
    open_kinds(&p);
    CHECK_STR(typed(&p, FIELD_TEXT, "abc"), "abc");
    play_tap(&p, INTENT_BACKSPACE, 0);
    CHECK_STR(p.v->values->text[FIELD_TEXT], "ab");
    play_tap(&p, INTENT_CLEAR, 0);
    CHECK_STR(p.v->values->text[FIELD_TEXT], "");
    play_tap(&p, INTENT_BACKSPACE, 0);
    CHECK_STR(p.v->values->text[FIELD_TEXT], "");
    CHECK(!has_bytes(p.s->fields.values, sizeof *p.s->fields.values, "abc"));
    play_end(&p);
}

TEST(choices)
{
    struct play p;
    open_kinds(&p);
    show_field(&p, FIELD_CHOICES);
    play_tap2(&p, INTENT_CHOOSE, FIELD_CHOICES, 2);
    CHECK_STR(p.v->values->text[FIELD_CHOICES], "ab");
    play_tap2(&p, INTENT_CHOOSE, FIELD_CHOICES, 0);
    CHECK_STR(p.v->values->text[FIELD_CHOICES], "a ab");
    play_tap2(&p, INTENT_CHOOSE, FIELD_CHOICES, 2);
    CHECK_STR(p.v->values->text[FIELD_CHOICES], "a");
    play_tap2(&p, INTENT_CHOOSE, FIELD_CHOICES, 3);
    play_tap2(&p, INTENT_CHOOSE, FIELD_CHOICES, -1);
    CHECK_STR(p.v->values->text[FIELD_CHOICES], "a");
    show_field(&p, FIELD_YES_NO);
    play_tap2(&p, INTENT_CHOOSE, FIELD_YES_NO, 2);
    CHECK_STR(p.v->values->text[FIELD_YES_NO], "");
    play_tap2(&p, INTENT_CHOOSE, FIELD_YES_NO, 1);
    CHECK_STR(p.v->values->text[FIELD_YES_NO], "no");
    play_end(&p);
}

TEST(message_when_left_gone_when_mended)
{
    struct play p;
    play_to_form(&p);
    show_field(&p, A_MOBILE);
    play_type(&p, A_MOBILE, "1380000012");
    CHECK_INT(p.v->form.faults[A_MOBILE].kind, FORM_OK); /* never while typing */
    play_tap(&p, INTENT_WRITTEN, 0);
    CHECK_INT(p.v->form.focus, -1);
    CHECK_INT(p.v->keys.kind, KEYBOARD_NONE);
    CHECK_INT(p.v->form.faults[A_MOBILE].kind, FORM_SHORT);
    CHECK_INT(p.v->form.faults[A_MOBILE].n, 1);
    play_tap(&p, INTENT_FOCUS, A_MOBILE);
    CHECK_INT(p.v->form.faults[A_MOBILE].kind, FORM_SHORT);
    play_tap(&p, INTENT_KEY, '3');
    CHECK_INT(p.v->form.faults[A_MOBILE].kind, FORM_OK);
    play_end(&p);
}

TEST(rule_message_gone_by_another_answer)
{
    struct play p;
    play_to_form(&p);
    play_tap2(&p, INTENT_CHOOSE, A_REASON, 1);
    CHECK_INT(p.v->form.faults[A_REASON].kind, FORM_RULE); /* the card is valid */
    play_tap2(&p, INTENT_CHOOSE, A_REASON, 2);
    CHECK_INT(p.v->form.faults[A_REASON].kind, FORM_OK);
    play_end(&p);
}

TEST(next_goes_to_the_first_wrong)
{
    struct play p;
    play_to_form(&p);
    play_tap2(&p, INTENT_CHOOSE, A_REASON, 0);
    play_tap(&p, INTENT_NEXT, 0);
    CHECK_INT(p.v->form.page, 0);
    CHECK_INT(p.v->form.focus, A_URGENT);
    CHECK_INT(p.v->form.faults[A_URGENT].kind, FORM_EMPTY);
    CHECK_INT(p.v->form.faults[A_REASON].kind, FORM_OK);
    play_tap2(&p, INTENT_CHOOSE, A_URGENT, 0);
    play_tap(&p, INTENT_NEXT, 0);
    CHECK_INT(p.v->form.page, 1);
    play_type(&p, A_MOBILE, "138");
    play_tap(&p, INTENT_NEXT, 0);
    CHECK_INT(p.v->form.page, 1);
    CHECK_INT(p.v->form.focus, A_MOBILE);
    CHECK_INT(p.v->keys.kind, KEYBOARD_DIGITS);
    CHECK_INT(p.v->form.faults[A_MOBILE].kind, FORM_SHORT);
    CHECK_INT(p.v->form.faults[A_DELIVERY].kind, FORM_EMPTY);
    play_end(&p);
}

TEST(locked_fields_cannot_be_touched)
{
    struct play p;
    play_to_form(&p);
    play_type(&p, A_NAME, "abc");
    play_tap2(&p, INTENT_CHOOSE, A_NAME, 0);
    play_type(&p, A_AMOUNT, "1"); /* on another page */
    CHECK_STR(p.v->values->text[A_NAME], PLAY_NAME);
    CHECK_STR(p.v->values->text[A_AMOUNT], "");
    CHECK_INT(p.v->form.focus, -1);
    play_tap(&p, INTENT_FOCUS, -5);
    play_tap(&p, INTENT_FOCUS, 1000);
    play_tap2(&p, INTENT_CHOOSE, -1, 0);
    CHECK_INT(p.v->form.focus, -1);
    play_end(&p);
}

TEST_MAIN(T(what_each_keyboard_takes), T(erasing), T(choices), T(message_when_left_gone_when_mended),
          T(rule_message_gone_by_another_answer), T(next_goes_to_the_first_wrong), T(locked_fields_cannot_be_touched))
