/* SPDX-License-Identifier: Apache-2.0
 *
 * What a bundle (一件事) is made of: a card with a row for each member. Before it is handed in it says whose each is and how
 * long it takes, then its number and until when.
 */
#ifndef UI_WIDGETS_MEMBERS_H
#define UI_WIDGETS_MEMBERS_H

#include "session/view.h"
#include "ui/widgets/leaves.h"

/* Of the item that is shown, which is a bundle; with numbers where v->done has one. Returns the y below. */
int members_card(struct scene *s, const struct view *v, struct leaves *l, int y);
/* After a restart: of the bundle's number alone, what it was made of is not known. */
int members_recovered(struct scene *s, const struct view *v, struct leaves *l, int y);

#endif
