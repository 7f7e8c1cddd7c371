/* SPDX-License-Identifier: Apache-2.0
 *
 * The keyboards: a number pad (with X or a decimal point where needed) and Latin letters. No key lights up: what is
 * typed in a form is a resident's.
 */
#ifndef UI_WIDGETS_KEYBOARD_H
#define UI_WIDGETS_KEYBOARD_H

#include "session/view.h"
#include "ui/node/scene.h"

int keyboard_height(enum keyboard_kind kind);
/* Its lower edge at `bottom`, from edge to edge of the screen. */
void keyboard(struct scene *s, const struct view *v, int bottom, enum keyboard_kind kind);

#endif
