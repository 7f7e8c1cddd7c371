/* SPDX-License-Identifier: Apache-2.0
 *
 * Pages of the form: whole groups while they fit, made anew when a condition changes.
 */
#include "session/play.h"

TEST(short_groups_share_a_page)
{
    struct play p;
    play_to_form(&p);
    CHECK_INT(p.v->form.pages, 2);
    CHECK_INT(p.v->form.page, 0);
    CHECK_STR(p.v->form.title, "换领原因 · 怎么联系您");
    CHECK_INT(p.v->form.n_fields, 4);
    CHECK_INT(p.v->form.fields[0], A_REASON);
    CHECK_INT(p.v->form.fields[3], A_DELIVERY);
    CHECK_INT(p.v->form.n_locked, 2);
    CHECK_INT(p.v->form.locked[1], A_NUMBER);
    CHECK_INT(p.v->form.focus, -1);
    CHECK_STR(p.v->form.groups[1].title, "别的");
    CHECK_INT(p.v->form.groups[1].n_fields, 3);
    CHECK(p.v->can_back);
    play_end(&p);
}

TEST(a_condition_makes_pages_anew)
{
    struct play p;
    play_to_form(&p);
    play_tap2(&p, INTENT_CHOOSE, A_REASON, 0);
    play_type(&p, A_MOBILE, "13800000123");
    play_tap2(&p, INTENT_CHOOSE, A_DELIVERY, 1);
    CHECK_INT(p.v->form.pages, 3);
    CHECK_INT(p.v->form.page, 1); /* the page shown follows the field touched */
    CHECK_STR(p.v->form.title, "怎么联系您");
    CHECK(field_on_page(p.s, A_POST_NAME));
    CHECK_STR(p.v->values->text[A_MOBILE], "13800000123");
    play_type(&p, A_POST_CODE, "100000");
    play_tap2(&p, INTENT_CHOOSE, A_DELIVERY, 0);
    CHECK_INT(p.v->form.pages, 2);
    CHECK_INT(p.v->form.page, 0);
    CHECK(!field_on_page(p.s, A_POST_CODE));
    CHECK_INT(p.v->form.focus, A_DELIVERY);
    play_end(&p);
}

TEST(a_hidden_field_loses_its_message)
{
    struct play p;
    play_to_form(&p);
    play_tap2(&p, INTENT_CHOOSE, A_DELIVERY, 1);
    play_tap(&p, INTENT_NEXT, 0);
    CHECK_INT(p.v->form.faults[A_POST_CODE].kind, FORM_EMPTY);
    play_tap2(&p, INTENT_CHOOSE, A_DELIVERY, 0);
    CHECK_INT(p.v->form.faults[A_POST_CODE].kind, FORM_OK);
    play_end(&p);
}

TEST(skipped_pages_are_checked_before_review)
{
    struct play p;
    play_to_form(&p);
    play_tap2(&p, INTENT_CHOOSE, A_DELIVERY, 1); /* now on page 1 of 3, page 0 not filled in */
    play_type(&p, A_MOBILE, "13800000123");
    play_type(&p, A_POST_CODE, "100000");
    play_type(&p, A_POST_NAME, "ceshi");
    play_tap(&p, INTENT_NEXT, 0);
    CHECK_INT(p.v->form.page, 2);
    play_type(&p, A_AMOUNT, "1");
    play_type(&p, A_DAY, "20260301");
    play_tap(&p, INTENT_NEXT, 0);
    CHECK_SCREEN(&p, FORM);
    CHECK_INT(p.v->form.page, 0);
    CHECK_INT(p.v->form.focus, A_REASON);
    play_end(&p);
}

TEST(edit_from_review_returns_there)
{
    struct play p;
    play_to_review(&p);
    play_tap(&p, INTENT_EDIT, 7);
    CHECK_SCREEN(&p, REVIEW);
    play_tap(&p, INTENT_EDIT, 0);
    CHECK_SCREEN(&p, FORM);
    play_tap2(&p, INTENT_CHOOSE, A_REASON, 2);
    play_tap(&p, INTENT_NEXT, 0);
    CHECK_SCREEN(&p, REVIEW);
    play_tap(&p, INTENT_PREVIOUS, 0);
    CHECK_INT(p.v->form.page, 1);
    play_tap(&p, INTENT_PREVIOUS, 0);
    CHECK_INT(p.v->form.page, 0);
    play_tap(&p, INTENT_NEXT, 0); /* page by page when one came page by page */
    CHECK_SCREEN(&p, FORM);
    CHECK_INT(p.v->form.page, 1);
    play_end(&p);
}

/* As many fields as a form may have, each of the highest kind: no more pages than the view has room for. */
TEST(the_largest_form)
{
    static const struct form_choice many[FORM_CHOICES_MAX] = {{"a", "甲", NULL}};
    static struct item it;
    struct play p;
    it = *item_a();
    it.form.n_rules = 0;
    it.form.n_fields = FORM_FIELDS_MAX;
    it.form.n_groups = FORM_GROUPS_MAX;
    for (size_t i = 0; i < FORM_FIELDS_MAX; i++)
        it.form.fields[i] = (struct form_field){.id = "f",
                                                .type = FIELD_CHOICE,
                                                .group = (int)i % FORM_GROUPS_MAX,
                                                .show_if = {.field = -1},
                                                .choices = many,
                                                .n_choices = FORM_CHOICES_MAX};
    for (size_t g = 0; g < FORM_GROUPS_MAX; g++)
        it.form.groups[g].title =
            "很长的一组很长的一组很长的一组很长的一组很长的一组很长的一组很长的一组很长的一组很长的一组很长的一组";
    play_begin(&p);
    p.item = &it;
    play_tap(&p, INTENT_START, 0);
    play_tap(&p, INTENT_ITEM, 0);
    play_tap(&p, INTENT_APPLY, 0);
    play_card(&p, &p.card);
    play_event(&p, INPUT_CARD_LIFTED);
    CHECK_INT(p.v->form.pages, FORM_GROUPS_MAX);
    int fields = 0;
    for (int g = 0; g < p.v->form.pages; g++) {
        fields += p.v->form.groups[g].n_fields;
        CHECK(utf8_valid(p.v->form.groups[g].title, strlen(p.v->form.groups[g].title)));
    }
    CHECK_INT(fields, FORM_FIELDS_MAX);
    play_end(&p);
}

TEST(nothing_to_fill_in)
{
    static struct item it;
    struct play p;
    it = *item_a();
    it.form.n_fields = A_NUMBER + 1;
    it.form.n_rules = 0;
    play_begin(&p);
    p.item = &it;
    play_tap(&p, INTENT_START, 0);
    play_tap(&p, INTENT_ITEM, 0);
    play_tap(&p, INTENT_APPLY, 0);
    play_card(&p, &p.card);
    play_event(&p, INPUT_CARD_LIFTED);
    CHECK_SCREEN(&p, REVIEW);
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, ITEM);
    play_end(&p);
}

TEST_MAIN(T(short_groups_share_a_page), T(a_condition_makes_pages_anew), T(a_hidden_field_loses_its_message),
          T(skipped_pages_are_checked_before_review), T(edit_from_review_returns_there), T(the_largest_form),
          T(nothing_to_fill_in))
