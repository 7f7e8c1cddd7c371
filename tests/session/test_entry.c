/* SPDX-License-Identifier: Apache-2.0
 *
 * Chinese in a field: letters are composed, answered by kiosk-ime whenever it gets to it, and become text.
 */
#include "session/play.h"

#include "base/text.h"

static struct item item;
static struct composing_answer answer;

static void open_fields(struct play *p)
{
    item = (struct item){.task_code = "A", .task_name = "居住登记", .is_service_terminals = true};
    item.form = (struct form){.n_groups = 1, .n_fields = 3, .groups = {{"住在哪里"}}};
    item.form.fields[0] = (struct form_field){
        .id = "host", .label = "房主", .type = FIELD_CHINESE_TEXT, .max = 4, .required = true, .show_if.field = -1};
    item.form.fields[1] = (struct form_field){
        .id = "home", .label = "住址", .type = FIELD_ADDRESS, .required = true, .show_if.field = -1};
    item.form.fields[2] = (struct form_field){.id = "mobile", .label = "手机号", .type = FIELD_MOBILE, .show_if.field = -1};
    play_begin(p);
    p->item = &item;
    play_tap(p, INTENT_START, 0);
    play_tap(p, INTENT_ITEM, 0);
    play_tap(p, INTENT_APPLY, 0);
    play_card(p, &p->card);
    play_event(p, INPUT_CARD_LIFTED);
    CHECK_SCREEN(p, FORM);
    play_tap(p, INTENT_FOCUS, 0);
}

static void type(struct play *p, const char *keys)
{
    for (; *keys; keys++)
        play_tap(p, INTENT_KEY, *keys);
}

/* kiosk-ime's answer to the last question, or to an older one. */
static void answered(struct play *p, uint32_t serial, const char *text, const char *rest)
{
    answer.serial = serial;
    text_copy(answer.text, sizeof answer.text, text);
    text_copy(answer.rest, sizeof answer.rest, rest);
    play_input(p, (struct input){.kind = INPUT_COMPOSED, .composed = &answer});
}

static void candidates(struct play *p, const char *first, const char *second)
{
    size_t at = strlen(first) + 1;

    answer = (struct composing_answer){.n = 2, .at = {0, (uint16_t)at}};
    strcpy(answer.candidates, first);
    strcpy(answer.candidates + at, second);
    answered(p, p->compose.serial, "", "");
}

static const char *text_of(struct play *p, int field)
{
    return p->v->values->text[field];
}

TEST(letters_become_text)
{
    struct play p;
    open_fields(&p);
    CHECK_INT(p.v->keys.kind, KEYBOARD_CHINESE);
    type(&p, "ce");
    CHECK_INT(p.compose.op, COMPOSE_LOOK);
    CHECK_STR(p.letters, "ce");
    CHECK_STR(p.v->keys.composing->letters, "ce");
    candidates(&p, "测", "策");
    CHECK(p.v->keys.composing->fresh);
    CHECK_INT(p.v->keys.composing->n, 2);
    play_tap(&p, INTENT_CANDIDATE, 1);
    CHECK_INT(p.compose.op, COMPOSE_TAKE);
    CHECK_INT(p.compose.index, 1);
    CHECK_STR(text_of(&p, 0), "");
    answered(&p, p.compose.serial, "策", "");
    CHECK_STR(text_of(&p, 0), "策");
    CHECK_STR(p.v->keys.composing->letters, "");
    CHECK_INT(p.v->keys.composing->n, 0);
    play_end(&p);
}

/* The answer to letters that were taken back meanwhile offers nothing: a touch on it would ask about no letters. */
TEST(an_answer_to_letters_that_are_gone)
{
    struct play p;
    open_fields(&p);
    type(&p, "c");
    play_tap(&p, INTENT_BACKSPACE, 0);
    candidates(&p, "从", "才");
    CHECK_INT(p.v->keys.composing->n, 0);
    play_tap(&p, INTENT_CANDIDATE, 0);
    CHECK_STR(text_of(&p, 0), "");
    play_end(&p);
}

static void stroke(struct play *p, int x, int y, int to_x, int to_y)
{
    play_tap2(p, INTENT_PEN_DOWN, x, y);
    play_tap2(p, INTENT_PEN_MOVE, to_x, to_y);
    play_tap(p, INTENT_PEN_UP, 0);
}

TEST(what_is_written_by_hand)
{
    struct play p;
    open_fields(&p);
    stroke(&p, 100, 100, 300, 100); /* the box is not there */
    CHECK_INT(p.v->keys.composing->ink.n, 0);
    play_tap(&p, INTENT_KEYS, KEYS_WRITING);
    CHECK_INT(p.v->keys.page, KEYS_WRITING);
    play_tap(&p, INTENT_PEN_UNDO, 0);
    stroke(&p, 100, 100, 300, 100);
    CHECK_INT(p.compose.op, COMPOSE_READ);
    CHECK_INT(p.v->keys.composing->ink.n, 2);
    candidates(&p, "一", "二");
    play_tap(&p, INTENT_KEY, ' '); /* takes nothing by itself */
    CHECK_STR(text_of(&p, 0), " ");
    play_tap(&p, INTENT_BACKSPACE, 0);
    play_tap(&p, INTENT_CANDIDATE, 1);
    CHECK_STR(text_of(&p, 0), "二");
    CHECK_INT(p.v->keys.composing->ink.n, 0);
    CHECK_INT(p.v->keys.composing->n, 0);
    play_tap(&p, INTENT_CANDIDATE, 1);
    CHECK_STR(text_of(&p, 0), "二");
    play_end(&p);
}

TEST(strokes_taken_back_and_answers_too_late)
{
    struct play p;
    open_fields(&p);
    play_tap(&p, INTENT_KEYS, KEYS_WRITING);
    stroke(&p, 100, 100, 300, 100);
    uint32_t old = p.compose.serial;
    stroke(&p, 100, 200, 300, 200);
    answer = (struct composing_answer){.n = 1};
    strcpy(answer.candidates, "一");
    answered(&p, old, "", "");
    CHECK_INT(p.v->keys.composing->n, 0); /* of fewer strokes */
    play_tap(&p, INTENT_PEN_UNDO, 0);
    CHECK_INT(p.v->keys.composing->ink.n, 2);
    CHECK_INT(p.compose.op, COMPOSE_READ);
    candidates(&p, "一", "二");
    CHECK_INT(p.v->keys.composing->n, 2);
    stroke(&p, 100, 200, 300, 200);
    play_tap(&p, INTENT_PEN_AGAIN, 0);
    CHECK_INT(p.v->keys.composing->ink.n, 0);
    candidates(&p, "一", "二");
    CHECK_INT(p.v->keys.composing->n, 0); /* of strokes that are gone */
    play_end(&p);
}

TEST(a_finger_that_leaves_the_box)
{
    struct play p;
    open_fields(&p);
    play_tap(&p, INTENT_KEYS, KEYS_WRITING);
    play_tap2(&p, INTENT_PEN_DOWN, 100, 100);
    play_tap2(&p, INTENT_PEN_MOVE, 300, 100);
    play_tap2(&p, INTENT_PEN_MOVE, 300, -20);
    CHECK_INT(p.compose.op, COMPOSE_READ);
    play_tap2(&p, INTENT_PEN_MOVE, 300, 300);
    CHECK_INT(p.v->keys.composing->ink.n, 2); /* its stroke ended at the edge */
    play_tap(&p, INTENT_PEN_UP, 0);
    play_tap2(&p, INTENT_PEN_DOWN, 5000, 5000);
    CHECK_INT(p.v->keys.composing->ink.n, 2);
    play_end(&p);
}

/* Another field begins with the box too; without kiosk-ime it is no page, and ink is nothing. */
TEST(the_box_is_liked_until_it_is_gone)
{
    struct play p;
    open_fields(&p);
    play_tap(&p, INTENT_KEYS, KEYS_WRITING);
    stroke(&p, 100, 100, 300, 100);
    play_tap(&p, INTENT_FOCUS, 1);
    CHECK_INT(p.v->form.focus, 1);
    CHECK_INT(p.v->keys.page, KEYS_WRITING);
    CHECK_INT(p.v->keys.composing->ink.n, 0);
    stroke(&p, 100, 100, 300, 100);
    play_event(&p, INPUT_COMPOSE_GONE);
    CHECK_INT(p.v->keys.page, KEYS_LETTERS);
    CHECK(!(p.v->keys.pages >> KEYS_WRITING & 1));
    CHECK_INT(p.v->keys.composing->ink.n, 0);
    play_tap(&p, INTENT_FOCUS, 0);
    CHECK_INT(p.v->keys.page, KEYS_LETTERS);
    play_end(&p);
}

TEST(late_answers_and_letters_typed_meanwhile)
{
    struct play p;
    open_fields(&p);
    type(&p, "c");
    uint32_t old = p.compose.serial;
    type(&p, "e");
    answer = (struct composing_answer){.n = 1};
    strcpy(answer.candidates, "从");
    answered(&p, old, "", "");
    CHECK_INT(p.v->keys.composing->n, 0); /* about letters that have changed */
    candidates(&p, "测", "策");
    play_tap(&p, INTENT_KEY, ' ');
    CHECK_INT(p.compose.op, COMPOSE_TAKE);
    type(&p, "shi");
    CHECK_INT(p.compose.op, COMPOSE_TAKE); /* it waits */
    play_tap(&p, INTENT_BACKSPACE, 0);
    answered(&p, p.compose.serial, "测", "");
    CHECK_STR(text_of(&p, 0), "测");
    CHECK_STR(p.v->keys.composing->letters, "shi");
    CHECK_INT(p.compose.op, COMPOSE_LOOK);
    CHECK_STR(p.letters, "shi");
    play_tap(&p, INTENT_BACKSPACE, 0);
    CHECK_STR(p.letters, "sh");
    play_end(&p);
}

/* 写好了, 下一步, another field: first the letters, then what was touched. */
TEST(what_is_touched_waits_for_the_letters)
{
    struct play p;
    open_fields(&p);
    type(&p, "ceshijia");
    play_tap(&p, INTENT_FOCUS, 1);
    CHECK_INT(p.v->form.focus, 0);
    CHECK_INT(p.compose.op, COMPOSE_ALL);
    answered(&p, p.compose.serial, "测试甲", "");
    CHECK_STR(text_of(&p, 0), "测试甲");
    CHECK_INT(p.v->form.focus, 1);
    type(&p, "lov");
    play_tap(&p, INTENT_WRITTEN, 0);
    answered(&p, p.compose.serial, "楼", "v");
    CHECK_STR(text_of(&p, 1), "楼v"); /* nothing typed is lost */
    CHECK_INT(p.v->keys.kind, KEYBOARD_NONE);
    play_end(&p);
}

/* The same while a candidate that was touched is on its way: a quick finger is not ignored. */
TEST(what_is_touched_waits_for_the_candidate)
{
    struct play p;
    open_fields(&p);
    type(&p, "ce");
    candidates(&p, "测", "策");
    play_tap(&p, INTENT_CANDIDATE, 0);
    CHECK_INT(p.compose.op, COMPOSE_TAKE);
    play_tap(&p, INTENT_FOCUS, 1);
    CHECK_INT(p.v->form.focus, 0);
    answered(&p, p.compose.serial, "测", "");
    CHECK_STR(text_of(&p, 0), "测");
    CHECK_INT(p.v->form.focus, 1);
    play_end(&p);
}

/* All that is touched before the answer comes, in its order. */
TEST(several_touches_wait_for_the_letters)
{
    struct play p;
    open_fields(&p);
    type(&p, "ceshijia");
    play_tap(&p, INTENT_FOCUS, 1);
    play_tap(&p, INTENT_KEYS, KEYS_SYMBOLS);
    play_tap(&p, INTENT_KEY, '8');
    CHECK_STR(text_of(&p, 1), "");
    CHECK_STR(p.letters, "ceshijia");
    answered(&p, p.compose.serial, "测试甲", "");
    CHECK_STR(text_of(&p, 0), "测试甲");
    CHECK_INT(p.v->form.focus, 1);
    CHECK_STR(text_of(&p, 1), "8");
    play_end(&p);
}

TEST(pages_and_what_they_type)
{
    struct play p;
    open_fields(&p);
    play_tap(&p, INTENT_FOCUS, 1);
    play_tap(&p, INTENT_KEYS, KEYS_SYMBOLS);
    play_tap(&p, INTENT_KEY, '8');
    play_tap(&p, INTENT_KEY, 0xB7);
    play_tap(&p, INTENT_KEYS, KEYS_CAPITALS);
    type(&p, "B");
    CHECK_STR(text_of(&p, 1), "8·B");
    play_tap(&p, INTENT_KEYS, KEYS_STROKES);
    type(&p, "hs");
    CHECK_INT(p.compose.scheme, SCHEME_STROKES);
    CHECK_STR(p.letters, "hs");
    play_tap(&p, INTENT_KEYS, KEYS_PAGE_COUNT);
    CHECK_INT(p.v->keys.page, KEYS_STROKES);
    play_tap(&p, INTENT_WRITTEN, 0);
    answered(&p, p.compose.serial, "", "hs");
    CHECK_STR(text_of(&p, 1), "8·B"); /* strokes without a character are nothing */
    play_end(&p);
}

TEST(no_more_than_the_field_takes)
{
    struct play p;
    open_fields(&p);
    type(&p, "x");
    play_tap(&p, INTENT_KEY, ' ');
    answered(&p, p.compose.serial, "一二三四五六", "");
    CHECK_STR(text_of(&p, 0), "一二三四");
    type(&p, "x");
    play_tap(&p, INTENT_KEY, ' ');
    answered(&p, p.compose.serial, "七", "");
    CHECK_STR(text_of(&p, 0), "一二三四");
    play_end(&p);
}

TEST(chinese_is_gone)
{
    struct play p;
    open_fields(&p);
    type(&p, "lou");
    play_tap(&p, INTENT_FOCUS, 1);
    play_input(&p, (struct input){.kind = INPUT_COMPOSE_GONE});
    CHECK_STR(text_of(&p, 0), "lou");
    CHECK_INT(p.v->form.focus, 1);
    CHECK(p.v->keys.gone);
    CHECK(!(p.v->keys.pages >> KEYS_STROKES & 1));
    type(&p, "b2");
    CHECK_STR(text_of(&p, 1), "b2");
    CHECK_STR(p.v->keys.composing->letters, "");
    play_tap(&p, INTENT_END, 0);
    play_tap(&p, INTENT_END_YES, 0);
    CHECK(!p.v->visit && !p.v->keys.gone);
    play_end(&p);
}

TEST(the_end_of_a_visit_leaves_nothing)
{
    struct play p;
    open_fields(&p);
    type(&p, "ceshi");
    candidates(&p, "测试", "策士");
    CHECK(session_holds(p.s, "ceshi"));
    CHECK(session_holds(p.s, "策士"));
    play_tap(&p, INTENT_END, 0);
    CHECK_INT(p.v->screen, SCREEN_LEAVE);
    play_tap(&p, INTENT_END_YES, 0);
    CHECK(!session_holds(p.s, "ceshi"));
    CHECK(!session_holds(p.s, "策士"));
    answered(&p, p.compose.serial, "测试", ""); /* too late */
    CHECK(!session_holds(p.s, "测试"));
    play_end(&p);
}

TEST_MAIN(T(an_answer_to_letters_that_are_gone), T(what_is_written_by_hand), T(strokes_taken_back_and_answers_too_late),
          T(a_finger_that_leaves_the_box), T(the_box_is_liked_until_it_is_gone), T(letters_become_text),
          T(late_answers_and_letters_typed_meanwhile), T(what_is_touched_waits_for_the_letters),
          T(what_is_touched_waits_for_the_candidate), T(several_touches_wait_for_the_letters), T(pages_and_what_they_type),
          T(no_more_than_the_field_takes), T(chinese_is_gone), T(the_end_of_a_visit_leaves_nothing))
