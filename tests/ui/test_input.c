/* SPDX-License-Identifier: Apache-2.0
 *
 * What SDL tells becomes touches and keys, also when half of a pair of events is missing: a panel that was unplugged under a
 * finger, a window that lost the pointer, a key whose release nobody saw.
 */
#include <SDL2/SDL.h>

#include "test.h"
#include "ui/input/input.h"

static struct input in;
static int downs, ups, moves, losts, keys, exposures, x, y;
static char key[16];

static bool palms; /* what comes down does not count */
static bool on_touch(void *ctx, int at_x, int at_y, bool down)
{
    if (palms && down)
        return false;
    downs += down;
    ups += !down;
    x = at_x;
    y = at_y;
    return true;
}
static void on_move(void *ctx, int at_x, int at_y)
{
    moves++;
}
static void on_lost(void *ctx)
{
    losts++;
}
static void on_key(void *ctx, const char *name)
{
    keys++;
    snprintf(key, sizeof key, "%s", name);
}
static void on_exposed(void *ctx)
{
    exposures++;
}
static void on_quit(void *ctx)
{
}

static void pump(void)
{
    static const struct input_events events = {on_touch, on_move, on_lost, on_key, on_exposed, on_quit};

    input_pump(&in, &events, NULL, 1080, 1920);
}

static void begin(void)
{
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    CHECK_INT(SDL_InitSubSystem(SDL_INIT_VIDEO), 0);
    SDL_FlushEvents(SDL_FIRSTEVENT, SDL_LASTEVENT);
    in = (struct input){.held = false};
    downs = ups = moves = losts = keys = exposures = 0;
}

static void finger(Uint32 type, SDL_TouchID panel, SDL_FingerID id, float at_x, float at_y)
{
    SDL_Event e = {.tfinger = {.type = type, .touchId = panel, .fingerId = id, .x = at_x, .y = at_y}};

    SDL_PushEvent(&e);
    pump();
}

static void tap(SDL_TouchID panel, SDL_FingerID id)
{
    finger(SDL_FINGERDOWN, panel, id, .25f, .5f);
    finger(SDL_FINGERUP, panel, id, .25f, .5f);
}

static void mouse(Uint32 type)
{
    SDL_Event e = {.button = {.type = type, .button = SDL_BUTTON_LEFT, .x = 10, .y = 20}};

    SDL_PushEvent(&e);
    pump();
}

static void press(Uint32 type, SDL_Keycode code, bool repeat)
{
    SDL_Event e = {.key = {.type = type, .repeat = repeat, .keysym = {.sym = code}}};

    SDL_PushEvent(&e);
    pump();
}

static void window(Uint8 what)
{
    SDL_Event e = {.window = {.type = SDL_WINDOWEVENT, .event = what}};

    SDL_PushEvent(&e);
    pump();
}

TEST(a_finger_goes_down_and_up)
{
    begin();
    tap(1, 7);
    CHECK_INT(downs, 1);
    CHECK_INT(ups, 1);
    CHECK_INT(x, 270);
    CHECK_INT(y, 960);
}

TEST(a_finger_that_never_goes_up_does_not_keep_others_out)
{
    begin();
    finger(SDL_FINGERDOWN, 1, 1, .5f, .5f); /* its going up is lost */
    for (SDL_FingerID id = 2; id <= 6; id++)
        tap(1, id);
    CHECK_INT(downs, 6);
    CHECK_INT(ups, 5);
    finger(SDL_FINGERDOWN, 1, 8, .5f, .5f); /* the same again, and this time the id comes back */
    tap(1, 8);
    CHECK_INT(downs, 8);
    CHECK_INT(ups, 6);
}

/* What was there before the last one came down says nothing any more. */
TEST(the_last_finger_counts)
{
    begin();
    finger(SDL_FINGERDOWN, 1, 1, .5f, .5f);
    finger(SDL_FINGERDOWN, 1, 2, .1f, .1f);
    finger(SDL_FINGERMOTION, 1, 1, .6f, .5f);
    finger(SDL_FINGERUP, 1, 1, .6f, .5f);
    CHECK_INT(downs, 2);
    CHECK_INT(ups, 0);
    CHECK_INT(moves, 0);
    finger(SDL_FINGERMOTION, 1, 2, .1f, .2f);
    finger(SDL_FINGERUP, 1, 2, .1f, .2f);
    CHECK_INT(moves, 1);
    CHECK_INT(ups, 1);
    finger(SDL_FINGERMOTION, 1, 2, .1f, .2f); /* of nobody who is down */
    finger(SDL_FINGERUP, 1, 2, .1f, .2f);
    CHECK_INT(moves, 1);
    CHECK_INT(ups, 1);
}

TEST(a_palm_takes_nothing_over)
{
    begin();
    finger(SDL_FINGERDOWN, 1, 1, .5f, .5f);
    palms = true;
    finger(SDL_FINGERDOWN, 1, 2, .1f, .1f);
    finger(SDL_FINGERMOTION, 1, 2, .1f, .2f);
    finger(SDL_FINGERUP, 1, 2, .1f, .2f);
    palms = false;
    CHECK_INT(moves, 0);
    CHECK_INT(ups, 0);
    finger(SDL_FINGERMOTION, 1, 1, .6f, .5f);
    CHECK_INT(moves, 1);
    finger(SDL_FINGERDOWN, 1, 1, .5f, .5f); /* the same finger: its going up was lost */
    CHECK_INT(losts, 1);
    CHECK_INT(downs, 2);
    finger(SDL_FINGERUP, 1, 1, .5f, .5f);
    CHECK_INT(ups, 1);
}

/* Plugged in again it is another device to SDL, and may count its fingers from the start. */
TEST(a_panel_that_left_under_a_finger)
{
    begin();
    finger(SDL_FINGERDOWN, 1, 0, .5f, .5f);
    tap(2, 0);
    CHECK_INT(downs, 2);
    CHECK_INT(ups, 1);
    finger(SDL_FINGERDOWN, 2, 0, .5f, .5f);
    finger(SDL_FINGERUP, 1, 0, .5f, .5f);
    CHECK_INT(ups, 1);
}

TEST(a_mouse_button_that_never_goes_up)
{
    begin();
    mouse(SDL_MOUSEBUTTONDOWN);
    mouse(SDL_MOUSEBUTTONDOWN);
    mouse(SDL_MOUSEBUTTONUP);
    CHECK_INT(downs, 2);
    CHECK_INT(ups, 1);
    mouse(SDL_MOUSEBUTTONUP); /* its going down was lost */
    CHECK_INT(ups, 1);
    finger(SDL_FINGERDOWN, 1, 1, .5f, .5f);
    mouse(SDL_MOUSEBUTTONUP); /* is not the finger's */
    CHECK_INT(ups, 1);
}

TEST(a_mouse_that_moves_without_its_button)
{
    SDL_Event e = {.motion = {.type = SDL_MOUSEMOTION, .state = SDL_BUTTON_LMASK}};

    begin();
    mouse(SDL_MOUSEBUTTONDOWN);
    SDL_PushEvent(&e);
    pump();
    CHECK_INT(moves, 1);
    e.motion.state = 0;
    SDL_PushEvent(&e);
    pump();
    CHECK_INT(moves, 1);
    CHECK_INT(losts, 1);
    mouse(SDL_MOUSEBUTTONUP);
    CHECK_INT(ups, 0);
}

TEST(a_key_held_is_one_press)
{
    begin();
    press(SDL_KEYDOWN, SDLK_RETURN, false);
    for (int i = 0; i < 5; i++)
        press(SDL_KEYDOWN, SDLK_RETURN, true);
    CHECK_INT(keys, 1);
    CHECK_STR(key, "enter");
    press(SDL_KEYUP, SDLK_RETURN, false);
    press(SDL_KEYDOWN, SDLK_RETURN, false);
    CHECK_INT(keys, 2);
}

/* SDL takes the next press for a repetition of the one it believes is still held. A held key repeats without a pause. */
TEST(a_key_whose_release_was_lost_is_pressed_again)
{
    begin();
    press(SDL_KEYDOWN, SDLK_RETURN, false);
    press(SDL_KEYDOWN, SDLK_DOWN, true); /* another one was pressed since: nothing repeats but the last */
    CHECK_INT(keys, 2);
    CHECK_STR(key, "down");
    press(SDL_KEYDOWN, SDLK_DOWN, true);
    CHECK_INT(keys, 2);
    in.key_ms -= INPUT_KEY_PAUSE_MS + 1;
    press(SDL_KEYDOWN, SDLK_DOWN, true);
    CHECK_INT(keys, 3);
    press(SDL_KEYDOWN, SDLK_DOWN, true);
    CHECK_INT(keys, 3);
}

TEST(what_is_held_is_lost_with_the_window_and_the_display)
{
    static const Uint8 events[] = {SDL_WINDOWEVENT_FOCUS_LOST, SDL_WINDOWEVENT_HIDDEN, SDL_WINDOWEVENT_MINIMIZED};

    for (size_t i = 0; i < sizeof events; i++) {
        begin();
        finger(SDL_FINGERDOWN, 1, 1, .5f, .5f);
        window(events[i]);
        CHECK_INT(losts, 1);
        finger(SDL_FINGERUP, 1, 1, .5f, .5f);
        CHECK_INT(ups, 0);
        tap(1, 2);
        CHECK_INT(ups, 1);
        window(events[i]); /* nothing is held */
        CHECK_INT(losts, 1);
    }
    begin();
    finger(SDL_FINGERDOWN, 1, 1, .5f, .5f);
    SDL_Event e = {.display = {.type = SDL_DISPLAYEVENT, .event = SDL_DISPLAYEVENT_CONNECTED}};
    SDL_PushEvent(&e);
    pump();
    CHECK_INT(losts, 1);
    CHECK_INT(exposures, 1); /* it shows nothing of what was drawn before */
}

TEST_MAIN(T(a_finger_goes_down_and_up), T(a_finger_that_never_goes_up_does_not_keep_others_out), T(the_last_finger_counts),
          T(a_palm_takes_nothing_over), T(a_panel_that_left_under_a_finger), T(a_mouse_button_that_never_goes_up),
          T(a_mouse_that_moves_without_its_button), T(a_key_held_is_one_press),
          T(a_key_whose_release_was_lost_is_pressed_again), T(what_is_held_is_lost_with_the_window_and_the_display))
