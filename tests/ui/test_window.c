/* SPDX-License-Identifier: Apache-2.0
 *
 * Where SDL finds no display it takes to drivers that draw for nobody: that is refused, unless it was asked for by name.
 */
#include "ui/draw/window.h"

#include <unistd.h>

#include "test.h"

TEST(no_display_is_an_error_with_words)
{
    struct window *w = NULL;
    struct err e = {0};

    if (access("/dev/dri", F_OK) == 0)
        SKIP("this machine has a display of its own");
    unsetenv("DISPLAY");
    unsetenv("WAYLAND_DISPLAY");
    unsetenv("SDL_VIDEODRIVER");
    CHECK_INT(window_create(1080, 1920, false, &w, &e), -ERR_NOTFOUND);
    CHECK(strstr(e.text, "there is no display"));
    CHECK(!w);
    setenv("SDL_VIDEODRIVER", "x11,offscreen", 1); /* what it may fall back to is not what was wanted */
    CHECK_INT(window_create(1080, 1920, false, &w, &e), -ERR_NOTFOUND);
    CHECK(!w);
}

TEST(a_driver_that_draws_for_nobody_is_asked_for_by_name)
{
    static const char *const names[] = {"dummy", "offscreen"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct window *w = NULL;
        struct err e = {0};

        setenv("SDL_VIDEODRIVER", names[i], 1);
        CHECK_INT(window_create(1080, 1920, false, &w, &e), 0);
        CHECK_STR(e.text, "");
        window_destroy(w);
    }
}

TEST_MAIN(T(no_display_is_an_error_with_words), T(a_driver_that_draws_for_nobody_is_asked_for_by_name))
