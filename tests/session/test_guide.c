/* SPDX-License-Identifier: Apache-2.0
 *
 * An item that is taken off everywhere, at any point of filling it in: back to its guide page, nothing handed in, and what
 * was typed is there again when it is back within the visit.
 */
#include "session/play.h"

static const struct item *short_form(void)
{
    static struct item it;
    it = *item_a();
    it.task_version = 3;
    it.form.n_rules = 0;
    it.form.n_groups = 1;
    it.form.n_fields = 1;
    it.form.fields[0] = (struct form_field){
        .id = "mobile", .label = "手机号", .type = FIELD_MOBILE, .required = true, .show_if = {.field = -1}};
    return &it;
}

static void halt(struct play *p, const char *code)
{
    struct halts h = {.version = 1, .n = code != NULL, .list = {{.upto = 3, .zh = "材料有误"}}};

    if (code)
        text_copy(h.list[0].task_code, sizeof h.list[0].task_code, code);
    play_input(p, (struct input){.kind = INPUT_HALTS, .halts = &h});
}

static void to_item(struct play *p)
{
    play_begin(p);
    p->item = short_form();
    play_tap(p, INTENT_START, 0);
    play_tap(p, INTENT_ITEM, 0);
    CHECK_SCREEN(p, ITEM);
}

static void to_form(struct play *p)
{
    to_item(p);
    play_tap(p, INTENT_APPLY, 0);
    play_card(p, &p->card);
    play_event(p, INPUT_CARD_LIFTED);
    CHECK_SCREEN(p, FORM);
    play_type(p, 0, "13800000123");
}

TEST(it_cannot_be_begun)
{
    struct play p;
    to_item(&p);
    halt(&p, "A");
    play_tap(&p, INTENT_APPLY, 0);
    CHECK_SCREEN(&p, ITEM);
    halt(&p, NULL);
    play_tap(&p, INTENT_APPLY, 0);
    CHECK_SCREEN(&p, CARD_WAITING);
    halt(&p, "A");
    CHECK_SCREEN(&p, ITEM);
    CHECK(!p.poll);
    play_end(&p);
}

TEST(it_is_not_counted_among_what_can_be_done_here)
{
    struct play p;
    to_item(&p);
    int before = view_items_here(p.v);
    CHECK(before > 0);
    struct halts h = {.version = 1, .n = 1, .list = {{.task_code = "A", .upto = 3, .zh = "x"}}};
    play_input(&p, (struct input){.kind = INPUT_HALTS, .halts = &h, .halted_here = 1});
    CHECK_INT(view_items_here(p.v), before - 1);
    play_input(&p, (struct input){.kind = INPUT_HALTS, .halts = &(struct halts){.version = 2}});
    CHECK_INT(view_items_here(p.v), before);
    play_input(&p, (struct input){.kind = INPUT_HALTS, .halts = &h, .halted_here = before + 1}); /* of a newer catalogue */
    CHECK_INT(view_items_here(p.v), 0);
    play_end(&p);
}

/* The tiles of the themes count what can be done here: who reads them sees the new figures. */
TEST(themes_are_counted_anew)
{
    struct play p;
    play_begin(&p);
    play_tap(&p, INTENT_START, 0);
    play_tap(&p, INTENT_BROWSE, 0);
    CHECK_SCREEN(&p, BROWSE);
    p.browsed_theme = 7;
    halt(&p, "A");
    CHECK_INT(p.browsed_theme, -1);
    play_end(&p);
}

TEST(in_the_form_and_back)
{
    struct play p;
    to_form(&p);
    halt(&p, "B"); /* another one's matter */
    CHECK_SCREEN(&p, FORM);
    halt(&p, "A");
    CHECK_SCREEN(&p, ITEM);
    CHECK(p.v->values != NULL); /* the page says that it was not handed in */
    CHECK_INT(p.v->keys.kind, KEYBOARD_NONE);
    play_tap(&p, INTENT_APPLY, 0);
    CHECK_SCREEN(&p, ITEM);
    halt(&p, NULL);
    play_tap(&p, INTENT_APPLY, 0);
    CHECK_SCREEN(&p, FORM);
    CHECK_STR(p.v->values->text[0], "13800000123");
    play_end(&p);
}

TEST(on_the_review_page)
{
    struct play p;
    to_form(&p);
    play_tap(&p, INTENT_NEXT, 0);
    CHECK_SCREEN(&p, REVIEW);
    halt(&p, "A");
    CHECK_SCREEN(&p, ITEM);
    CHECK(!strstr(p.log, "application"));
    play_end(&p);
}

/* What is on its way to the journal is handed in; and where it did not get there, it is not tried again. */
TEST(between_confirm_and_the_record)
{
    struct play p;
    to_form(&p);
    play_tap(&p, INTENT_NEXT, 0);
    play_tap(&p, INTENT_CONSENT, 0);
    p.silent = true;
    play_tap(&p, INTENT_SUBMIT, 0);
    CHECK(p.v->form.submitting);
    halt(&p, "A");
    CHECK_SCREEN(&p, REVIEW);
    play_input(&p, (struct input){.kind = INPUT_RECORD_FAILED, .record = RECORD_APPLICATION});
    CHECK_SCREEN(&p, TROUBLE_STORAGE);
    play_tap(&p, INTENT_RETRY, 0);
    CHECK_SCREEN(&p, ITEM);
    CHECK(!p.v->form.submitting);
    play_end(&p);
}

TEST_MAIN(T(it_cannot_be_begun), T(it_is_not_counted_among_what_can_be_done_here), T(themes_are_counted_anew),
          T(in_the_form_and_back), T(on_the_review_page), T(between_confirm_and_the_record))
