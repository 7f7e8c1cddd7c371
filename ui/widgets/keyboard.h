/* SPDX-License-Identifier: Apache-2.0
 *
 * The keyboards: a number pad (with X or a decimal point where needed), Latin letters, and the pages for Chinese and for the
 * search: letters, capitals, digits and signs, strokes, a box to write in; above them what the letters may become. It draws
 * view.keys and nothing else, so every page of the terminal that takes text shows the same one. No key lights up unless what
 * is typed is nobody's secret.
 *
 * Nodes: key.<character> for what is typed (key.space), key.backspace, key.clear, key.done, key.shift, key.page.<page> for
 * letters, capitals, symbols, strokes, writing; candidate.<index>, key.candidates.previous and .next; of the box: writing,
 * key.undo, key.again.
 */
#ifndef UI_WIDGETS_KEYBOARD_H
#define UI_WIDGETS_KEYBOARD_H

#include "session/view.h"
#include "ui/node/scene.h"

/* 0 when no keyboard is open. It differs by kind, page and text size. */
int keyboard_height(const struct scene *s, const struct view *v);
/* At low reach the box to write in leaves room for what is typed and nothing else: 写好了 leads to the rest. */
bool keyboard_crowds(const struct view *v);
/* Its lower edge at `bottom`, from edge to edge of the screen. */
void keyboard(struct scene *s, const struct view *v, int bottom);

/* What is being composed as it stands in the field behind the text: letters, or the strokes; "" for nothing. */
const char *keyboard_composed(struct scene *s, const struct view *v);

#endif
