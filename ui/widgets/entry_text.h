/* SPDX-License-Identifier: Apache-2.0
 *
 * The inside of a box that is typed into: one line whose end stays in sight, what is being composed underlined behind it,
 * and the caret at the end.
 */
#ifndef UI_WIDGETS_ENTRY_TEXT_H
#define UI_WIDGETS_ENTRY_TEXT_H

#include "session/view.h"
#include "ui/node/scene.h"

/* `focus`: the keyboard types into it. A resident's text needs a secret type. */
void entry_text(struct scene *s, const struct view *v, struct box in, struct type t, const char *text, bool focus);

#endif
