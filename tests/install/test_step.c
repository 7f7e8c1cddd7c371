/* SPDX-License-Identifier: Apache-2.0
 *
 * What a stick that installs itself does: nothing before somebody said so, and nothing at all to records.
 */
#include "test.h"

#include "tools/install/step.h"

static struct view v;

static enum install_effect feed(struct install_input in)
{
    return install_step(&v, &in);
}
static enum install_effect tap(enum intent_kind kind, int a)
{
    return feed((struct install_input){.kind = INSTALL_INTENT, .intent = {kind, a, 0}});
}
static enum install_effect take_out(void)
{
    return feed((struct install_input){.kind = INSTALL_STICK, .in = false});
}
static enum install_effect second(void)
{
    return feed((struct install_input){.kind = INSTALL_SECOND});
}
static void find(enum install_found found, enum install_trouble trouble)
{
    struct install_facts f = {.version = "1.5.0", .arch = "x86_64", .found = found, .trouble = trouble, .ask = "5092"};

    install_begin(&v, (struct settings){0});
    feed((struct install_input){.kind = INSTALL_FOUND, .facts = &f});
}

TEST(nothing_before_it_was_found)
{
    install_begin(&v, (struct settings){0});
    CHECK_INT(v.screen, SCREEN_INSTALL);
    CHECK_INT(tap(INTENT_START, 0), INSTALL_NOTHING);
    CHECK_INT(second(), INSTALL_NOTHING);
}

TEST(one_touch_on_an_empty_machine)
{
    find(INSTALL_EMPTY, INSTALL_FINE);
    CHECK_INT(tap(INTENT_START, 0), INSTALL_WRITE);
    CHECK_INT(v.screen, SCREEN_INSTALL_WRITING);
    CHECK_INT(tap(INTENT_START, 0), INSTALL_NOTHING); /* not twice */
    CHECK_INT(tap(INTENT_END, 0), INSTALL_NOTHING);
    CHECK_INT(feed((struct install_input){.kind = INSTALL_ENDED}), INSTALL_NOTHING);
    CHECK_INT(v.screen, SCREEN_INSTALL_DONE);
    for (int i = 0; i < 100; i++)
        CHECK_INT(second(), INSTALL_NOTHING); /* it waits for the hand */
    CHECK_INT(take_out(), INSTALL_RESTART);
}

TEST(stick_out_while_it_is_written)
{
    find(INSTALL_EMPTY, INSTALL_FINE);
    tap(INTENT_START, 0);
    CHECK_INT(take_out(), INSTALL_NOTHING);
    CHECK(!v.install.stick);
    feed((struct install_input){.kind = INSTALL_ENDED});
    for (int i = 0; i < 9; i++)
        CHECK_INT(second(), INSTALL_NOTHING);
    CHECK_INT(second(), INSTALL_RESTART);
}

TEST(stick_out_before_changes_nothing)
{
    static const enum install_found all[] = {INSTALL_EMPTY, INSTALL_OURS, INSTALL_OTHER, INSTALL_FOREIGN, INSTALL_HALF};

    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        find(all[i], INSTALL_FINE);
        CHECK_INT(take_out(), INSTALL_RESTART);
    }
}

TEST(another_terminal_is_never_written)
{
    static const enum intent_kind all[] = {INTENT_START, INTENT_NEXT, INTENT_SUBMIT, INTENT_CLOSE, INTENT_KEY};

    find(INSTALL_OTHER, INSTALL_FINE);
    CHECK_INT(v.screen, SCREEN_INSTALL_OTHER);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        CHECK_INT(tap(all[i], '5'), INSTALL_NOTHING);
    CHECK(v.install.remind);
    for (int i = 0; i < 100; i++)
        CHECK_INT(second(), INSTALL_NOTHING);
}

TEST(others_things_want_the_digits)
{
    find(INSTALL_FOREIGN, INSTALL_FINE);
    CHECK_INT(v.keys.kind, KEYBOARD_DIGITS);
    CHECK_INT(tap(INTENT_START, 0), INSTALL_NOTHING);
    for (const char *p = "509"; *p; p++)
        tap(INTENT_KEY, *p);
    CHECK_INT(tap(INTENT_START, 0), INSTALL_NOTHING);
    tap(INTENT_KEY, '3');
    CHECK(v.install.wrong);
    CHECK_INT(v.install.typed, 0);
    for (const char *p = "5092"; *p; p++)
        tap(INTENT_KEY, *p);
    CHECK_INT(v.install.typed, 4);
    tap(INTENT_KEY, '2');
    CHECK_INT(v.install.typed, 4);
    CHECK_INT(tap(INTENT_START, 0), INSTALL_WRITE);
}

TEST(what_was_begun_goes_on)
{
    find(INSTALL_HALF, INSTALL_FINE);
    CHECK_INT(v.screen, SCREEN_INSTALL_HALF);
    for (int i = 0; i < 9; i++)
        CHECK_INT(second(), INSTALL_NOTHING);
    CHECK_INT(second(), INSTALL_WRITE);
    find(INSTALL_HALF, INSTALL_FINE);
    CHECK_INT(tap(INTENT_END, 0), INSTALL_OFF);
}

TEST(a_system_of_ours_waits)
{
    find(INSTALL_OURS, INSTALL_FINE);
    CHECK_INT(v.screen, SCREEN_INSTALL_KEEP);
    for (int i = 0; i < 100; i++)
        CHECK_INT(second(), INSTALL_NOTHING);
    CHECK_INT(tap(INTENT_CLOSE, 0), INSTALL_NOTHING);
    CHECK(v.install.remind);
    CHECK_INT(tap(INTENT_START, 0), INSTALL_WRITE);
    CHECK_INT(feed((struct install_input){.kind = INSTALL_ENDED, .trouble = INSTALL_BROKEN}), INSTALL_NOTHING);
    CHECK_INT(v.screen, SCREEN_INSTALL_TROUBLE);
    CHECK_INT(tap(INTENT_START, 0), INSTALL_NOTHING);
    CHECK_INT(tap(INTENT_END, 0), INSTALL_OFF);
}

TEST(trouble_offers_nothing)
{
    find(INSTALL_EMPTY, INSTALL_MANY_DISKS);
    CHECK_INT(v.screen, SCREEN_INSTALL_TROUBLE);
    CHECK_INT(tap(INTENT_START, 0), INSTALL_NOTHING);
    tap(INTENT_LANGUAGE, 0);
    CHECK_INT(v.settings.language, LANGUAGE_EN);
    CHECK_INT(v.screen, SCREEN_INSTALL_TROUBLE);
}

TEST(installed_already)
{
    find(INSTALL_INSTALLED, INSTALL_FINE);
    CHECK_INT(v.screen, SCREEN_INSTALL_DONE);
    CHECK_INT(tap(INTENT_START, 0), INSTALL_NOTHING);
    CHECK_INT(take_out(), INSTALL_RESTART);
}

TEST_MAIN(T(nothing_before_it_was_found), T(one_touch_on_an_empty_machine), T(stick_out_while_it_is_written),
          T(stick_out_before_changes_nothing), T(another_terminal_is_never_written), T(others_things_want_the_digits),
          T(what_was_begun_goes_on), T(a_system_of_ours_waits), T(trouble_offers_nothing), T(installed_already))
