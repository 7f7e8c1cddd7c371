/* SPDX-License-Identifier: Apache-2.0
 *
 * Pages of the form: one for each group with something to fill in, made anew when a condition changes.
 */
#include "session/play.h"

TEST(a_page_for_each_group)
{
    struct play p;
    play_to_form(&p);
    CHECK_INT(p.v->form.pages, 3); /* the first group is all from the card */
    CHECK_INT(p.v->form.page, 0);
    CHECK_STR(p.v->form.title, "换领原因");
    CHECK_INT(p.v->form.n_fields, 2);
    CHECK_INT(p.v->form.fields[0], A_REASON);
    CHECK_INT(p.v->form.fields[1], A_URGENT);
    CHECK_INT(p.v->form.n_locked, 2);
    CHECK_INT(p.v->form.locked[1], A_NUMBER);
    CHECK_INT(p.v->form.focus, -1);
    CHECK_STR(p.v->form.groups[2].title, "别的");
    CHECK_INT(p.v->form.groups[2].n_fields, 3);
    CHECK(p.v->can_back);
    play_tap2(&p, INTENT_CHOOSE, A_REASON, 0);
    play_tap2(&p, INTENT_CHOOSE, A_URGENT, 0);
    play_tap(&p, INTENT_NEXT, 0);
    CHECK_STR(p.v->form.title, "怎么联系您");
    CHECK(!p.v->can_back); /* 上一步 stands on the page */
    play_end(&p);
}

/* The note appears on a page of its own, before the page one stands on. */
static const struct item *with_a_page_that_comes_and_goes(void)
{
    static struct item it;
    it = *item_a();
    it.form.fields[A_FORMER].group = 0;
    it.form.fields[A_FORMER].show_if = (struct form_condition){.field = A_URGENT, .is = "yes"};
    return &it;
}

TEST(a_condition_makes_pages_anew)
{
    struct play p;
    play_begin(&p);
    p.item = with_a_page_that_comes_and_goes();
    play_tap(&p, INTENT_START, 0);
    play_tap(&p, INTENT_ITEM, 0);
    play_tap(&p, INTENT_APPLY, 0);
    play_card(&p, &p.card);
    play_event(&p, INPUT_CARD_LIFTED);
    CHECK_INT(p.v->form.pages, 3);
    play_tap2(&p, INTENT_CHOOSE, A_REASON, 0);
    play_tap2(&p, INTENT_CHOOSE, A_URGENT, 0);
    CHECK_INT(p.v->form.pages, 4);
    CHECK_INT(p.v->form.page, 1); /* the page shown follows the field touched */
    CHECK_STR(p.v->form.title, "换领原因");
    CHECK_INT(p.v->form.focus, A_URGENT);
    CHECK_STR(p.v->values->text[A_REASON], "expiring");
    play_tap2(&p, INTENT_CHOOSE, A_URGENT, 1);
    CHECK_INT(p.v->form.pages, 3);
    CHECK_INT(p.v->form.page, 0);
    play_end(&p);
}

static void to_second_page(struct play *p)
{
    play_to_form(p);
    play_tap2(p, INTENT_CHOOSE, A_REASON, 0);
    play_tap2(p, INTENT_CHOOSE, A_URGENT, 0);
    play_tap(p, INTENT_NEXT, 0);
}

TEST(a_hidden_field_loses_its_message)
{
    struct play p;
    to_second_page(&p);
    play_tap2(&p, INTENT_CHOOSE, A_DELIVERY, 1);
    CHECK_INT(p.v->form.n_fields, 4);
    play_tap(&p, INTENT_NEXT, 0);
    CHECK_INT(p.v->form.faults[A_POST_CODE].kind, FORM_EMPTY);
    play_tap2(&p, INTENT_CHOOSE, A_DELIVERY, 0);
    CHECK_INT(p.v->form.n_fields, 2);
    CHECK_INT(p.v->form.faults[A_POST_CODE].kind, FORM_OK);
    play_end(&p);
}

TEST(what_became_wrong_is_found_before_review)
{
    struct play p;
    play_to_review(&p);
    play_tap(&p, INTENT_PREVIOUS, 0);
    p.s->fields.values->text[A_URGENT][0] = '\0'; /* as a condition elsewhere could have it */
    play_tap(&p, INTENT_NEXT, 0);
    CHECK_SCREEN(&p, FORM);
    CHECK_INT(p.v->form.page, 0);
    CHECK_INT(p.v->form.focus, A_URGENT);
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
    CHECK_INT(p.v->form.page, 2);
    play_tap(&p, INTENT_PREVIOUS, 0);
    CHECK_INT(p.v->form.page, 1);
    play_tap(&p, INTENT_NEXT, 0); /* page by page when one came page by page */
    CHECK_SCREEN(&p, FORM);
    CHECK_INT(p.v->form.page, 2);
    play_end(&p);
}

TEST(the_largest_form)
{
    static struct item it;
    struct play p;
    it = *item_a();
    it.form.n_rules = 0;
    it.form.n_fields = FORM_FIELDS_MAX;
    it.form.n_groups = FORM_GROUPS_MAX;
    for (size_t i = 0; i < FORM_FIELDS_MAX; i++)
        it.form.fields[i] = (struct form_field){
            .id = "f", .type = FIELD_YES_NO, .group = (int)i % FORM_GROUPS_MAX, .show_if = {.field = -1}};
    play_begin(&p);
    p.item = &it;
    play_tap(&p, INTENT_START, 0);
    play_tap(&p, INTENT_ITEM, 0);
    play_tap(&p, INTENT_APPLY, 0);
    play_card(&p, &p.card);
    play_event(&p, INPUT_CARD_LIFTED);
    CHECK_INT(p.v->form.pages, FORM_GROUPS_MAX);
    int fields = 0;
    for (int g = 0; g < p.v->form.pages; g++)
        fields += p.v->form.groups[g].n_fields;
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

TEST_MAIN(T(a_page_for_each_group), T(a_condition_makes_pages_anew), T(a_hidden_field_loses_its_message),
          T(what_became_wrong_is_found_before_review), T(edit_from_review_returns_there), T(the_largest_form),
          T(nothing_to_fill_in))
