/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of screens.
 */
#include "ui/screens/screens.h"

static void (*const build[SCREEN_COUNT])(struct scene *s, const struct view *v) = {
#define SCREEN(name, word) [SCREEN_##name] = build_##name,
#include "session/screen.def"
#include "session/screen_install.def"
#undef SCREEN
};

void screens_build(struct scene *s, const struct view *v)
{
    build[v->screen](s, v);
}
