/* SPDX-License-Identifier: Apache-2.0
 *
 * The search as the session sees it: every key asks, grey letters do nothing, pages and kinds, and nothing of it is left
 * when the visit ends.
 */
#include "session/play.h"

static struct play p;

static void begin(void)
{
    play_begin(&p);
    play_tap(&p, INTENT_START, 0);
    play_tap2(&p, INTENT_SEARCH, 0, 0);
    CHECK_INT(p.v->screen, SCREEN_SEARCH);
}

static void type(const char *text)
{
    for (; *text; text++)
        play_tap2(&p, INTENT_KEY, *text, 0);
}

static void found(int total, int rows, uint32_t letters)
{
    struct listing l = {.n_rows = rows, .found = {.total = {total}, .letters = letters}};

    l.found.first = p.searched.first;
    for (int i = 0; i < rows && i < VIEW_ROWS_MAX; i++)
        snprintf(l.rows[i].task_code, sizeof l.rows[i].task_code, "R%d", p.searched.first + i);
    play_input(&p, (struct input){.kind = INPUT_SEARCH, .listing = &l});
}

TEST(every_key_asks)
{
    begin();
    CHECK_INT(p.searches, 1);
    found(9, 8, ~0u);
    type("G");
    CHECK_STR(p.looked, "g");
    type("l -3");
    CHECK_STR(p.looked, "gl3");
    play_tap2(&p, INTENT_BACKSPACE, 0, 0);
    CHECK_STR(p.looked, "gl");
    play_tap2(&p, INTENT_CLEAR, 0, 0);
    CHECK_STR(p.looked, "");
    play_end(&p);
}

TEST(a_letter_that_finds_nothing_is_typed)
{
    begin();
    found(5, 5, 1u << ('s' - 'a'));
    CHECK(p.v->keys.greyed >> ('t' - 'a') & 1);
    type("tTs");
    CHECK_STR(p.v->search.text, "tts");
    CHECK_STR(p.looked, "tts");
    play_end(&p);
}

/* From a search that found nothing one gets to the offices as well as to the themes. */
TEST(other_ways_to_look)
{
    for (int dept = 0; dept < 2; dept++) {
        begin();
        found(0, 0, 0);
        play_tap2(&p, INTENT_BROWSE, dept, 0);
        CHECK_SCREEN(&p, BROWSE);
        CHECK_INT(p.v->browse.by_dept, dept);
        play_end(&p);
    }
}

TEST(pages_remember_the_way_back)
{
    begin();
    found(9, 8, ~0u);
    play_tap2(&p, INTENT_ROWS, 3, 0);
    CHECK_INT(p.searched.first, 3);
    found(9, 6, ~0u);
    play_tap2(&p, INTENT_ROWS, 5, 0);
    CHECK_INT(p.searched.first, 5);
    found(9, 4, ~0u);
    play_tap2(&p, INTENT_ROWS, 9, 0); /* there is none */
    CHECK_INT(p.searched.first, 5);
    play_tap2(&p, INTENT_ROWS, 4, 0);
    CHECK_INT(p.searched.first, 3);
    found(9, 6, ~0u);
    play_tap2(&p, INTENT_FILTER, FOUND_COMPANY, 0);
    CHECK_INT(p.searched.first, 0);
    CHECK_INT(p.searched.kind, FOUND_COMPANY);
    play_tap2(&p, INTENT_FILTER, FOUND_KINDS, 0);
    CHECK_INT(p.v->search.kind, FOUND_COMPANY);
    type("a");
    CHECK_INT(p.v->search.kind, FOUND_ALL);
    play_end(&p);
}

TEST(back_from_an_item_finds_everything_as_it_was)
{
    begin();
    found(2, 2, ~0u);
    type("gl");
    found(2, 2, ~0u);
    play_tap2(&p, INTENT_ITEM, 1, 0);
    CHECK_INT(p.v->screen, SCREEN_ITEM);
    play_tap2(&p, INTENT_BACK, 0, 0);
    CHECK_INT(p.v->screen, SCREEN_SEARCH);
    CHECK_STR(p.v->search.text, "gl");
    CHECK_INT(p.v->search.n_rows, 2);
    CHECK_INT(p.v->keys.kind, KEYBOARD_NONE);
    play_tap2(&p, INTENT_SEARCH, 0, 0);
    CHECK_INT(p.v->keys.kind, KEYBOARD_SEARCH);
    play_tap2(&p, INTENT_BACK, 0, 0);
    CHECK_INT(p.v->screen, SCREEN_HOME);
    CHECK_STR(p.v->search.text, "");
    play_end(&p);
}

TEST(nothing_is_left_of_it)
{
    begin();
    found(2, 2, ~0u);
    type("shiliang");
    CHECK(session_holds(p.s, "shiliang"));
    play_tap2(&p, INTENT_END, 0, 0); /* what was only looked for is no loss: nobody is asked */
    CHECK_INT(p.v->screen, SCREEN_IDLE);
    CHECK(!session_holds(p.s, "shiliang"));
    CHECK_INT(p.v->search.n_rows, 0);
    play_end(&p);
}

TEST_MAIN(T(every_key_asks), T(a_letter_that_finds_nothing_is_typed), T(other_ways_to_look), T(pages_remember_the_way_back),
          T(back_from_an_item_finds_everything_as_it_was), T(nothing_is_left_of_it))
