/* SPDX-License-Identifier: Apache-2.0
 *
 * How it stands with the paper that was handed in for, or asked for: it is being printed, is out, was taken.
 */
#ifndef UI_SCREENS_PAPER_CARD_H
#define UI_SCREENS_PAPER_CARD_H

#include "session/view.h"
#include "ui/node/scene.h"
#include "ui/widgets/actions.h"

bool paper_running(const struct view *v);
/* The way on, which says `leave`; and once the paper is out what to do where it is not there, or was drawn back. Takes its
 * room from the page. */
struct actions paper_actions(const struct scene *s, const struct view *v, struct box *page, const char *leave);
/* From y to the lower end of the page with the picture of the slot, where that has room. Returns the y below. */
int paper_card(struct scene *s, const struct view *v, struct box page, int y);

#endif
