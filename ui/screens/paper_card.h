/* SPDX-License-Identifier: Apache-2.0
 *
 * How it stands with the paper that was handed in for, or asked for: it is being printed, is out, was taken.
 */
#ifndef UI_SCREENS_PAPER_CARD_H
#define UI_SCREENS_PAPER_CARD_H

#include "session/view.h"
#include "ui/node/scene.h"

bool paper_running(const struct view *v);
/* From y to the lower end of the page with the picture of the slot, where that has room. Returns the y below. */
int paper_card(struct scene *s, const struct view *v, struct box page, int y);

#endif
