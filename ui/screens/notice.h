/* SPDX-License-Identifier: Apache-2.0
 *
 * The card on the reader during form and review: it still lies there, or it is another one.
 */
#ifndef UI_SCREENS_NOTICE_H
#define UI_SCREENS_NOTICE_H

#include "session/view.h"
#include "ui/node/scene.h"

/* Returns the y below with `gap`, or y itself when there is nothing to say. */
int notice_card(struct scene *s, const struct view *v, int x, int y, int w, int gap);

#endif
