/* SPDX-License-Identifier: Apache-2.0
 *
 * A screen is a function: the view in, a scene out. It keeps nothing, knows no other screen, and says what a touch means
 * by the action of the node. One file each; the list is session/screen.def.
 */
#ifndef UI_SCREENS_SCREENS_H
#define UI_SCREENS_SCREENS_H

#include "session/view.h"
#include "ui/node/scene.h"

/* Fills the scene, between scene_begin() and scene_end(). */
void screens_build(struct scene *s, const struct view *v);

#define SCREEN(name, word) void build_##name(struct scene *s, const struct view *v);
#include "session/screen.def"
#include "session/screen_install.def"
#undef SCREEN

#endif
